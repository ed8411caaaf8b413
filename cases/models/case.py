from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from people.constraints import CompositeForeignKey, period_is_forwards
from people.history import tracked
from people.models import Household, Municipality


class CaseState(models.TextChoices):
    """Where the household stands. The order of precedence is `cases.journey.state_of`'s."""

    REGISTERED = "registered", _("Registered")
    HOMELESS = "homeless", _("Homeless")
    AT_RISK = "at_risk", _("At risk of losing the home")
    UNSUITABLE = "unsuitable", _("Unsuitable home")
    TEMPORARY = "temporary", _("In temporary accommodation")
    SETTLED = "settled", _("In a permanent home")
    ELSEWHERE = "elsewhere", _("Elsewhere")
    CLOSED = "closed", _("Closed")


class LostHomeReason(models.TextChoices):
    EVICTION = "eviction", _("Evicted or given notice")
    LEASE_ENDED = "lease_ended", _("The lease ran out")
    BREAK_UP = "break_up", _("Break-up")
    VIOLENCE = "violence", _("Violence or threats")
    RELEASE = "release", _("Released or discharged without a home")
    FIRE = "fire", _("Fire, water or other damage")
    NEW_ARRIVAL = "new_arrival", _("New in the municipality")
    FAMILY_THROWN_OUT = "family_thrown_out", _("Could no longer stay with family or friends")
    OTHER = "other", _("Other reason")
    UNKNOWN = "unknown", _("Not known")


class ClosingReason(models.TextChoices):
    PERMANENT_HOME = "permanent_home", _("In a permanent home")
    MOVED_AWAY = "moved_away", _("Moved to another municipality")
    WITHDRAWN = "withdrawn", _("Help no longer wanted")
    NO_CONTACT = "no_contact", _("Contact lost")
    JOINED = "joined", _("Joined another household")
    DECEASED = "deceased", _("Deceased")
    OTHER = "other", _("Other reason")


OPEN_STATES = [state for state in CaseState if state is not CaseState.CLOSED]
#: States a known fact about tonight can lead to.
LIVED_STATES = [state for state in OPEN_STATES if state is not CaseState.REGISTERED]


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.exclude(state=CaseState.CLOSED)


@tracked()
class Case(ConcurrentTransitionMixin, models.Model):
    """One journey of one household, from losing a home to having one (sak).

    The state is a consequence of dated facts: an act writes the fact and makes the transition in one transaction, and
    `check_invariants` proves that they agree. Transitions set fields and nothing else.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    state = FSMField(max_length=12, choices=CaseState, default=CaseState.REGISTERED, protected=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    lost_home_reason = models.CharField(
        _("reason for the lost home"), max_length=20, choices=LostHomeReason, blank=True
    )
    closing_reason = models.CharField(_("closing reason"), max_length=20, choices=ClosingReason, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_one_open_a_household",
                fields=["household"],
                condition=~Q(state="closed"),
                violation_error_message=_("The household already has an open case."),
            ),
            models.CheckConstraint(name="case_state_is_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="case_lost_home_reason_is_known",
                condition=Q(lost_home_reason__in=["", *LostHomeReason.values]),
            ),
            models.CheckConstraint(
                name="case_closing_reason_is_known",
                condition=Q(closing_reason__in=["", *ClosingReason.values]),
            ),
            models.CheckConstraint(
                name="case_closed_has_day_and_reason",
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(closing_reason=""))
                | (~Q(state="closed") & Q(closed_on__isnull=True, closing_reason="")),
            ),
            models.CheckConstraint(
                name="case_closed_not_before_it_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("The case cannot be closed before it was opened."),
            ),
            CompositeForeignKey(
                name="case_in_its_household_s_municipality",
                fields=["household", "municipality"],
                to="people.Household",
                to_fields=["id", "municipality"],
            ),
        ]
        indexes = [
            models.Index(name="case_by_state", fields=["municipality", "state"]),
            models.Index(
                name="case_closed_for_good",
                fields=["municipality", "household"],
                include=["closed_on", "closing_reason"],
                condition=Q(closing_reason__in=["joined", "moved_away", "deceased"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @transition(field=state, source=LIVED_STATES, target=CaseState.REGISTERED)
    def forget_residence(self) -> None:
        """The only residence known was a slip and is undone."""

    @transition(field=state, source=[s for s in OPEN_STATES if s is not CaseState.HOMELESS], target=CaseState.HOMELESS)
    def lose_home(self) -> None:
        """Tonight without a home: rough, night shelter, friends or crisis centre."""

    @transition(
        field=state, source=[s for s in OPEN_STATES if s is not CaseState.TEMPORARY], target=CaseState.TEMPORARY
    )
    def place(self) -> None:
        """Tonight in temporary accommodation."""

    @transition(field=state, source=[s for s in OPEN_STATES if s is not CaseState.AT_RISK], target=CaseState.AT_RISK)
    def fear_loss(self) -> None:
        """Has a home that may be lost."""

    @transition(
        field=state, source=[s for s in OPEN_STATES if s is not CaseState.UNSUITABLE], target=CaseState.UNSUITABLE
    )
    def find_unsuitable(self) -> None:
        """Has a home that does not suit."""

    @transition(field=state, source=[s for s in OPEN_STATES if s is not CaseState.SETTLED], target=CaseState.SETTLED)
    def settle(self) -> None:
        """Tonight in a permanent home."""

    @transition(
        field=state, source=[s for s in OPEN_STATES if s is not CaseState.ELSEWHERE], target=CaseState.ELSEWHERE
    )
    def go_elsewhere(self) -> None:
        """Tonight in another kind of place, or nowhere known after an earlier residence."""

    @transition(field=state, source=OPEN_STATES, target=CaseState.CLOSED)
    def close(self, *, on: date, reason: str) -> None:
        self.closed_on = on
        self.closing_reason = reason

    @transition(field=state, source=CaseState.CLOSED, target=CaseState.REGISTERED)
    def reopen(self) -> None:
        """Registered anew; what is known of tonight decides the next state in the same act."""
        self.closed_on = None
        self.closing_reason = ""


class NeedKind(models.TextChoices):
    AT_RISK = "at_risk", _("At risk of losing the home")
    UNSUITABLE = "unsuitable", _("Unsuitable home or surroundings")


class NeedReason(models.TextChoices):
    PETITION = "petition", _("Petition for eviction")
    NOTICE = "notice", _("Notice to quit")
    BREAK_UP = "break_up", _("Break-up")
    VIOLENCE = "violence", _("Violence or threats")
    TOO_SMALL = "too_small", _("Too small")
    INACCESSIBLE = "inaccessible", _("Not accessible")
    UNHEALTHY = "unhealthy", _("Unhealthy")
    UNSAFE = "unsafe", _("Unsafe")
    OTHER = "other", _("Other")


class NeedQuerySet(models.QuerySet["Need"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Need(models.Model):
    """A dated fact of a home at risk or a home that does not suit (behov)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind)
    reason = models.CharField(_("reason"), max_length=15, choices=NeedReason)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("need_ends_after_it_starts"),
            models.CheckConstraint(name="need_kind_is_known", condition=Q(kind__in=NeedKind.values)),
            models.CheckConstraint(name="need_reason_is_known", condition=Q(reason__in=NeedReason.values)),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"
