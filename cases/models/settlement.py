from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.settling import GRANT_YEARS, grant_ends_on
from housing.states import add_months
from people.history import tracked
from people.models import Household, InAMunicipality


class SettlementAnswer(models.TextChoices):
    """What the municipality answers."""

    ACCEPTED = "accepted", _("We settle them")
    DECLINED = "declined", _("We cannot settle them")


class RefugeeSettlementQuerySet(models.QuerySet["RefugeeSettlement"]):
    def waiting(self) -> Self:
        """To be settled: neither settled nor declined."""
        return self.filter(settled_on__isnull=True).exclude(answer=SettlementAnswer.DECLINED)

    def with_grant(self, on: date) -> Self:
        """Those the municipality gets the integration grant for on a day."""
        return self.filter(settled_on__lte=on, settled_on__gt=add_months(on, -12 * GRANT_YEARS))


@tracked(exclude=["municipality"])
class RefugeeSettlement(InAMunicipality):
    """A household of refugees is settled in the municipality (bosetting av flyktninger).

    `asked_on`: the directorate (IMDi) asked us. `decided_on`: the decision, or the entry permit, that the targets are
    counted from. The integration grant is paid for five years from `settled_on`. `family_ahead`: how many of the
    family are expected later (familiegjenforening).
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="settlements")
    asked_on = models.DateField(_("asked by the directorate"), null=True, blank=True)
    decided_on = models.DateField(_("day of the decision or entry permit"))
    answer = models.CharField(_("our answer"), max_length=10, choices=SettlementAnswer, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    declined_because = models.CharField(_("why we cannot"), max_length=300, blank=True)
    home_found_on = models.DateField(_("home found"), null=True, blank=True)
    settled_on = models.DateField(_("settled"), null=True, blank=True)
    unaccompanied_minor = models.BooleanField(_("unaccompanied minor"), default=False)
    family_ahead = models.PositiveSmallIntegerField(_("family members expected later"), default=0)
    family_expected_on = models.DateField(_("family expected"), null=True, blank=True)

    objects = RefugeeSettlementQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(
                name="settlement_answer_is_known", condition=Q(answer__in=["", *SettlementAnswer.values])
            ),
            models.CheckConstraint(
                name="settlement_answer_is_whole",
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                violation_error_message=_("An answer has its day."),
            ),
            models.CheckConstraint(
                name="settlement_answered_after_it_was_asked",
                condition=Q(answered_on__isnull=True) | Q(asked_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                violation_error_message=_("It cannot be answered before it was asked."),
            ),
            models.CheckConstraint(
                name="settlement_declined_says_why",
                condition=~Q(answer="declined") | (~Q(declined_because="") & Q(settled_on__isnull=True)),
                violation_error_message=_("Say why they cannot be settled here; who is settled was not declined."),
            ),
            models.CheckConstraint(
                name="settlement_settled_after_the_decision",
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("decided_on")),
                violation_error_message=_("Nobody is settled before the decision."),
            ),
            models.CheckConstraint(
                name="settlement_home_found_before_they_settle",
                condition=Q(home_found_on__isnull=True)
                | Q(settled_on__isnull=True)
                | Q(home_found_on__lte=F("settled_on")),
                violation_error_message=_("The home is found before they settle in it."),
            ),
            models.CheckConstraint(
                name="settlement_family_expected_is_of_somebody",
                condition=Q(family_expected_on__isnull=True) | Q(family_ahead__gt=0),
                violation_error_message=_("Say how many of the family are expected."),
            ),
            models.UniqueConstraint(
                name="settlement_once_a_decision",
                fields=["household", "decided_on"],
                violation_error_message=_("The settlement after that decision is registered already."),
            ),
        ]
        indexes = [
            models.Index(name="settlement_by_day", fields=["settled_on"]),
            models.Index(name="settlement_waiting", fields=["decided_on"], condition=Q(settled_on__isnull=True)),
            models.Index(name="settlement_settled", fields=["municipality", "settled_on"], include=["household"]),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.decided_on}"

    @property
    def grant_ends_on(self) -> date | None:
        """The first day without the integration grant."""
        return grant_ends_on(self.settled_on) if self.settled_on else None
