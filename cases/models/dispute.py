from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.request import Request
from people.history import tracked
from people.models import Employee, Household, Unit


class Forwarding(models.Model):
    """A request that came to the wrong place is handed on to the right one (videresending). Appended, never changed.

    It goes to a unit of the municipality, or to somebody else told by name; the request's clock is not begun anew.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="forwardings")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="forwardings")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_body = models.CharField(_("other municipality or service"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="forwarding_goes_to_one_place",
                condition=Q(to_unit__isnull=False, to_body="") | (Q(to_unit__isnull=True) & ~Q(to_body="")),
                violation_error_message=_("Choose a unit, or write which other municipality or service."),
            ),
            models.CheckConstraint(
                name="forwarding_goes_to_another_unit",
                condition=Q(to_unit__isnull=True) | ~Q(to_unit=F("from_unit")),
                violation_error_message=_("The request is at this unit already."),
            ),
            models.CheckConstraint(name="forwarding_says_why", condition=~Q(reason="")),
        ]
        indexes = [models.Index(name="forwarding_by_household", fields=["household", "at"])]

    def __str__(self) -> str:
        return f"{self.request_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def to(self) -> str:
        """Where it went, in words."""
        return self.to_unit.name if self.to_unit is not None else self.to_body


class DisputeDecision(models.TextChoices):
    """Who is to help, once a leader has decided."""

    OURS = "ours", _("We are responsible")
    THEIRS = "theirs", _("The other one is responsible")
    SHARED = "shared", _("Both, each with its part")


class ResponsibilityDisputeQuerySet(models.QuerySet["ResponsibilityDispute"]):
    def undecided(self) -> Self:
        return self.filter(decided_at__isnull=True)

    def raised_within(self, starts_on: date, ends_on: date) -> Self:
        """Half-open."""
        return self.filter(since__gte=starts_on, since__lt=ends_on)


@tracked()
class ResponsibilityDispute(models.Model):
    """Two services or municipalities do not agree who answers for a household (ansvarstvist).

    Help goes on meanwhile, and a leader who is named decides within the working days of the rule data. The other is a
    unit of the municipality, or somebody else told by name.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="disputes")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="disputes", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disputes")
    with_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    with_body = models.CharField(_("other municipality or service"), max_length=200, blank=True)
    about = models.TextField(_("what is disputed"))
    help_meanwhile = models.TextField(_("help that goes on meanwhile"))
    since = models.DateField(_("disputed since"))
    leader = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=DisputeDecision, blank=True)
    decision_reason = models.TextField(_("why"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True)

    objects = ResponsibilityDisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dispute_is_with_one_other",
                condition=Q(with_unit__isnull=False, with_body="") | (Q(with_unit__isnull=True) & ~Q(with_body="")),
                violation_error_message=_("Choose a unit, or write which other municipality or service."),
            ),
            models.CheckConstraint(
                name="dispute_is_with_another_unit",
                condition=Q(with_unit__isnull=True) | ~Q(with_unit=F("unit")),
                violation_error_message=_("The dispute is with another unit than the household's own."),
            ),
            models.CheckConstraint(
                name="dispute_says_what_and_what_help_goes_on", condition=~Q(about="") & ~Q(help_meanwhile="")
            ),
            models.CheckConstraint(
                name="dispute_decision_is_known", condition=Q(decision__in=["", *DisputeDecision.values])
            ),
            models.CheckConstraint(
                name="dispute_decision_has_time_person_and_reason",
                condition=Q(
                    decision="", decided_at__isnull=True, decided_by__isnull=True, decision_reason="", result=""
                )
                | (~Q(decision="") & ~Q(decision_reason="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("The decision needs its reason."),
            ),
            models.CheckConstraint(
                name="dispute_decided_after_it_was_registered",
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("registered_at")),
            ),
            models.UniqueConstraint(
                name="dispute_one_undecided_a_household",
                fields=["household"],
                condition=Q(decided_at__isnull=True),
                violation_error_message=_("A dispute about this household waits for its decision already."),
            ),
        ]
        indexes = [models.Index(name="dispute_by_unit", fields=["unit", "since"])]

    def __str__(self) -> str:
        return f"{self.household_id} {self.since} {self.decision or 'undecided'}"

    @property
    def other(self) -> str:
        """Whom it is with, in words."""
        return self.with_unit.name if self.with_unit is not None else self.with_body
