from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, for_the_rule_alone, period_is_forwards
from people.history import tracked
from people.models.employee import Employee
from people.models.household import Household
from people.models.unit import Unit


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Responsibility(models.Model):
    """Which unit answers for a household, and when (ansvarlig enhet)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="responsibilities", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="responsibilities", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("responsibility_ends_after_it_starts"),
            NoOverlap(
                name="responsibility_one_unit_a_day",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another unit already answers for the household in that period."),
            ),
        ]
        indexes = [
            models.Index(name="responsibility_by_unit", fields=["unit", "household"]),
            models.Index(name="responsibility_begun", fields=["unit", "starts_on"], include=["household"]),
            models.Index(
                name="responsibility_in_order", fields=["household", "starts_on"], include=["unit", "ends_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} for {self.household_id}"


class AssignmentRole(models.TextChoices):
    OWNER = "owner", _("Responsible caseworker")
    SUBSTITUTE = "substitute", _("Substitute")
    PLAN_COORDINATOR = "plan_coordinator", _("Plan coordinator")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Assignment(models.Model):
    """Who follows the household up, in which role and when (saksansvar)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assignments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=AssignmentRole)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_does_not_end_before_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="assignment_role_is_known", condition=Q(role__in=AssignmentRole.values)),
            NoOverlap(
                name="assignment_one_owner_a_day",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="owner"),
                violation_error_message=_("Somebody else is already responsible for the case in that period."),
            ),
        ]
        indexes = [models.Index(name="assignment_by_employee", fields=["employee", "household"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.role} {self.household_id}"


class SharingBasis(models.TextChoices):
    """Why two services may know of the same household."""

    CONSENT = "consent", _("The household's consent")
    NECESSARY = "necessary", _("Necessary for the task")


class CoResponsibilityQuerySet(models.QuerySet["CoResponsibility"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class CoResponsibility(models.Model):
    """A unit that follows a household together with the one that answers for it, on a basis (medansvarlig enhet).

    Its employees read the household as those of the responsible unit do.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="co_responsibilities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="co_responsibilities")
    basis = models.CharField(_("basis"), max_length=12, choices=SharingBasis)
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = CoResponsibilityQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("co_responsibility_ends_after_it_starts"),
            models.CheckConstraint(name="co_responsibility_basis_is_known", condition=Q(basis__in=SharingBasis.values)),
            models.CheckConstraint(name="co_responsibility_has_a_reason", condition=~Q(reason="")),
            NoOverlap(
                name="co_responsibility_once_a_unit_a_day",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (for_the_rule_alone("unit"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This unit already shares the household in that period."),
            ),
        ]
        indexes = [models.Index(name="co_responsibility_by_unit", fields=["unit", "household"])]

    def __str__(self) -> str:
        return f"{self.unit_id} with {self.household_id}"


class SharingPracticeQuerySet(models.QuerySet["SharingPractice"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class SharingPractice(models.Model):
    """A unit that shares every case it gets with another, as a NAV office with the housing office (delingspraksis).

    While it lasts each household that the unit comes to answer for gets a `CoResponsibility` of its own, so that who
    sees what stands on the household. Shielded households are shared one by one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sharing_practices")
    with_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("basis"), max_length=12, choices=SharingBasis)
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = SharingPracticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sharing_practice_does_not_end_before_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="sharing_practice_basis_is_known", condition=Q(basis__in=SharingBasis.values)),
            models.CheckConstraint(name="sharing_practice_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="sharing_practice_is_with_another_unit",
                condition=~Q(unit=F("with_unit")),
                violation_error_message=_("A unit shares its cases with another unit."),
            ),
            NoOverlap(
                name="sharing_practice_once_a_pair_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (for_the_rule_alone("with_unit"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The units share every case in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} with {self.with_unit_id}"
