"""Who may see more, and who must see nothing."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, for_the_rule_alone, period_is_forwards
from people.history import tracked
from people.models.employee import Employee
from people.models.person import Person
from people.models.unit import Unit


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Clearance(models.Model):
    """An employee cleared for confidential addresses and own employees, half-open (klarering): class K5.

    Given at a unit, and good for cases of its municipality that the employee is on or leads.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="clearances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="clearances")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("clearance_ends_after_it_starts"),
            models.CheckConstraint(name="clearance_has_a_reason", condition=~Q(reason="")),
            NoOverlap(
                name="clearance_once_at_a_unit_a_day",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (for_the_rule_alone("unit"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This employee is cleared at the unit in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} at {self.unit_id}"


class Relation(models.TextChoices):
    """How an employee stands to a person whose household they must not open."""

    SELF = "self", _("The employee's own person")
    RELATIVE = "relative", _("Close relative, partner or former partner")
    COLLEAGUE = "colleague", _("Colleague, or a close relative of one")
    PARTY = "party", _("Party to the case, or with an interest in it")


class DisqualificationQuerySet(models.QuerySet["Disqualification"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Disqualification(models.Model):
    """An employee who must not deal with a person's household, while it lasts (inhabilitet).

    With the relation `self` the person is one of our own employees, and the household is as confidential as a
    confidential address makes it.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="disqualifications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disqualifies")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    declared_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DisqualificationQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("disqualification_ends_after_it_starts"),
            models.CheckConstraint(
                name="disqualification_relation_is_known", condition=Q(relation__in=Relation.values)
            ),
            NoOverlap(
                name="disqualification_once_a_person_a_day",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (for_the_rule_alone("person"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This employee is already kept from the person in that period."),
            ),
            NoOverlap(
                name="disqualification_one_person_is_oneself",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(relation="self"),
                violation_error_message=_("This employee is already registered as another person."),
            ),
        ]
        indexes = [models.Index(name="disqualification_by_person", fields=["person", "employee"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.relation} {self.person_id}"
