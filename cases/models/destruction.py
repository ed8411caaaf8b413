"""What is destroyed when its time has come: by a rule, by two persons, with a protocol."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Municipality


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class RetentionRule(models.Model):
    """How long a municipality keeps a household after its last case closed (bevaringsregel), half-open.

    Without a rule nothing is destroyed: arkivlova § 13. `basis` names the regulation or the permission.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="retention_rules")
    years = models.PositiveSmallIntegerField(_("years after the last case closed"))
    basis = models.CharField(_("rule or permission"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("retention_rule_ends_after_it_starts"),
            models.CheckConstraint(name="retention_rule_is_of_years", condition=Q(years__gte=1)),
            models.CheckConstraint(name="retention_rule_names_its_basis", condition=~Q(basis="")),
            NoOverlap(
                name="retention_rule_one_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The municipality has a rule for that time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.years} years"


@tracked()
class DestructionList(models.Model):
    """What one person proposes to destroy by a rule, and another approves (kassasjonsliste).

    `protocol` says what was done: rule, persons, moments, and the number of rows a table. It names nobody that the rows
    were about; `sha256` is the protocol's own.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="destruction_lists")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="lists")
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    protocol = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destruction_list_approved_by_somebody_at_a_time",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="destruction_list_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                violation_error_message=_("Somebody else than who proposed the list must approve it."),
            ),
            models.CheckConstraint(
                name="destruction_list_carried_out_when_approved",
                condition=Q(carried_out_at__isnull=True, sha256="")
                | (Q(carried_out_at__isnull=False, approved_at__isnull=False) & ~Q(sha256="")),
            ),
            models.UniqueConstraint(
                name="destruction_list_one_open_a_municipality",
                fields=["municipality"],
                condition=Q(carried_out_at__isnull=True),
                violation_error_message=_("There is a list already that is not carried out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.municipality_id}"


class Kept(models.TextChoices):
    """Why a household on an approved list was not destroyed after all (holdt tilbake)."""

    LIVE = "live", _("It has an open case again, or its time has not come")
    SEALED = "sealed", _("It is sealed")
    DISPUTED = "disputed", _("A request or a complaint is open")
    INSPECTED = "inspected", _("An inspection is open")
    FAMILY = "family", _("A household that it was split from, or that was split from it, is kept")


@tracked()
class DestructionItem(models.Model):
    """One household on a destruction list (post på kassasjonsliste), by its last day; destroyed, or kept and why."""

    list = models.ForeignKey(DestructionList, on_delete=models.PROTECT, related_name="items")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="destruction_items")
    closed_on = models.DateField()
    is_destroyed = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=10, choices=Kept, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="destruction_item_once_a_list", fields=["list", "household"]),
            models.CheckConstraint(
                name="destruction_item_reason_is_known", condition=Q(kept_because__in=["", *Kept.values])
            ),
            models.CheckConstraint(
                name="destruction_item_destroyed_or_kept", condition=Q(is_destroyed=False) | Q(kept_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.household_id}"
