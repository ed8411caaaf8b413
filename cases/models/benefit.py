from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.constraints import last_day
from people.history import tracked
from people.models import Employee, Household, InAMunicipality


class AllowanceKind(models.TextChoices):
    BOSTOTTE = "bostotte", _("Housing allowance")


class AllowanceOutcome(models.TextChoices):
    """What came of an application. One lapses, answered or not, when the household is no more before it is paid."""

    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    LAPSED = "lapsed", _("Lapsed: the household is no more")


#: What Husbanken answers.
ALLOWANCE_ANSWERS = (AllowanceOutcome.GRANTED, AllowanceOutcome.REFUSED)


class HousingAllowanceQuerySet(models.QuerySet["HousingAllowance"]):
    def running(self, on: date) -> Self:
        """Applied for and not answered, or granted and not ended, on a day."""
        return self.unfinished(on).filter(applied_on__lte=on)

    def unfinished(self, on: date) -> Self:
        """As those that run, with what is applied for later."""
        return self.filter(Q(outcome="") | Q(outcome=AllowanceOutcome.GRANTED)).exclude(ends_on__lte=on)


@tracked(exclude=["municipality"])
class HousingAllowance(InAMunicipality):
    """An application for Husbanken's monthly allowance (bostøtte), and what came of it."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="allowances")
    kind = models.CharField(max_length=10, choices=AllowanceKind, default=AllowanceKind.BOSTOTTE)
    applied_on = models.DateField(_("applied for"))
    decided_on = models.DateField(_("answered"), null=True, blank=True)
    outcome = models.CharField(_("answer"), max_length=10, choices=AllowanceOutcome, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    #: the first day it is no longer paid for
    ends_on = models.DateField(_("to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = HousingAllowanceQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="allowance_kind_is_known", condition=Q(kind__in=AllowanceKind.values)),
            models.CheckConstraint(
                name="allowance_outcome_is_known", condition=Q(outcome__in=["", *AllowanceOutcome.values])
            ),
            models.CheckConstraint(
                name="allowance_answered_has_its_day",
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                violation_error_message=_("An answer has a day, and a day an answer."),
            ),
            models.CheckConstraint(
                name="allowance_answered_after_it_is_applied_for",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("applied_on")),
                violation_error_message=_("It cannot be answered before it was applied for."),
            ),
            models.CheckConstraint(
                name="allowance_paid_when_granted",
                condition=Q(outcome=AllowanceOutcome.GRANTED) | Q(starts_on__isnull=True, ends_on__isnull=True),
                violation_error_message=_("Only what is granted has a period."),
            ),
            models.CheckConstraint(
                name="allowance_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must come after the first day."),
            ),
            models.UniqueConstraint(
                name="allowance_applied_for_once_a_day",
                fields=["household", "kind", "applied_on"],
                violation_error_message=_("An application from that day is already registered."),
            ),
        ]
        indexes = [
            models.Index(
                F("municipality"),
                last_day("ends_on"),
                name="allowance_paid",
                include=["ends_on", "starts_on", "applied_on", "household"],
                condition=Q(outcome="granted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id} {self.applied_on}"


class AllowanceFinding(models.TextChoices):
    MAY_BE_ENTITLED = "may_be_entitled", _("May be entitled")
    NOT_ENTITLED = "not_entitled", _("Not entitled")
    DOES_NOT_WANT = "does_not_want", _("Does not want to apply")


@tracked()
class AllowanceCheck(models.Model):
    """Whether a household may be entitled to the allowance (vurdering av bostøtte), as somebody found it one day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="allowance_checks")
    on = models.DateField(_("day"))
    finding = models.CharField(_("found"), max_length=16, choices=AllowanceFinding)
    because = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="allowance_check_finding_is_known", condition=Q(finding__in=AllowanceFinding.values)
            ),
            models.CheckConstraint(
                name="allowance_check_that_ends_it_says_why",
                condition=Q(finding=AllowanceFinding.MAY_BE_ENTITLED) | ~Q(because=""),
                violation_error_message=_("Say why."),
            ),
        ]
        indexes = [models.Index(name="allowance_check_by_household", fields=["household", "-on", "-id"])]

    def __str__(self) -> str:
        return f"{self.finding} {self.household_id}"
