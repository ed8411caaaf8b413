from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.law import BASES
from cases.models.case import Case
from cases.models.decision_codes import (
    FINAL,
    GIVEN,
    GRANTING,
    DecisionKind,
    DecisionMove,
    DecisionResult,
    DecisionStatus,
    Stage,
)
from cases.models.request import Request
from housing.models import Provider, Room
from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Language, Unit

_ISSUED_IS_FINAL = """
    IF TG_OP = 'DELETE'
       OR to_jsonb(OLD) - ARRAY['status', 'notified_on', 'ended_on', 'ended_because']
          IS DISTINCT FROM to_jsonb(NEW) - ARRAY['status', 'notified_on', 'ended_on', 'ended_because']
       OR OLD.status <> NEW.status AND NOT (
           NEW.status = 'annulled'
           OR OLD.status = 'issued' AND NEW.status IN ('notified', 'replaced', 'ended')
           OR OLD.status = 'notified' AND NEW.status IN ('issued', 'replaced', 'ended'))
    THEN
        RAISE EXCEPTION 'an issued decision never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_issued_never_changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
"""
_WEIGHS_EVERY_CHILD = """
    IF NEW.has_children AND NOT EXISTS (SELECT FROM cases_childinterest c WHERE c.decision_id = NEW.id)
       OR EXISTS (SELECT FROM cases_childinterest c WHERE c.decision_id = NEW.id AND btrim(c.text) = '') THEN
        RAISE EXCEPTION 'an issued decision weighs every child'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_issued_weighs_every_child';
    END IF;
    RETURN NEW;
"""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def given(self) -> Self:
        """Those that the household has been given, in writing or by word of mouth, and that nobody annulled."""
        return self.filter(status__in=GIVEN)

    def written(self) -> Self:
        """Those given in writing."""
        return self.given().exclude(status=DecisionStatus.ORAL)

    def unwritten(self) -> Self:
        return self.filter(status=DecisionStatus.ORAL)

    def open(self) -> Self:
        """Those still worked on: drafts and those that wait for approval."""
        return self.filter(status__in=[DecisionStatus.DRAFT, DecisionStatus.SUBMITTED])

    def granting(self) -> Self:
        """Those given that give something."""
        return self.given().filter(result__in=GRANTING)

    def temporary(self) -> Self:
        return self.filter(kind=DecisionKind.TEMPORARY)

    def in_force(self, day: date) -> Self:
        """Those that grant something that day, whatever the kind."""
        until = self.granting().annotate(until=Least("ends_on", "ended_on"))
        return until.filter(Q(until__isnull=True) | Q(until__gt=day), starts_on__lte=day)

    def covering(self, day: date) -> Self:
        """Those given that grant the night of that day in temporary accommodation."""
        return self.temporary().in_force(day)


def _basis_of_its_kind() -> Q:
    """Every kind of decision with what it can be founded on, from the rule data."""
    return reduce(or_, (Q(kind=one.kind, basis=one.code) for one in BASES.values()))


@tracked()
class Decision(ConcurrentTransitionMixin, models.Model):
    """An administrative decision (vedtak) of any kind.

    The granted period is half-open; a refusal has only its day. A decision given by word of mouth stands from `told_at`
    and must be written down; the text of an issued one never changes: the database refuses. What comes after, notice
    and end, are facts beside it. `basis` is the code of the legal basis in `cases.law`, which gives the body of appeal.
    Units: `price_a_night` and `amount` kroner, `size` square metres, `length_months` months.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=DecisionKind, default=DecisionKind.TEMPORARY)
    move = models.CharField(_("what it does"), max_length=8, choices=DecisionMove, default=DecisionMove.NEW)
    result = models.CharField(_("result"), max_length=10, choices=DecisionResult, default=DecisionResult.GRANTED)
    basis = models.CharField(_("legal basis"), max_length=20, default="sotjl-27")
    status = FSMField(max_length=10, choices=DecisionStatus, default=DecisionStatus.DRAFT, protected=True)
    #: the decision that this one changes or ends
    changes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="changed_by")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    #: none where the place is undisclosed, and for other kinds than temporary accommodation
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: of a refusal the day that it is about
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    price_a_night = models.PositiveIntegerField(_("price a night"), default=0)
    facts = models.TextField(_("facts"), blank=True)
    considerations = models.TextField(_("main considerations"), blank=True)
    start_reason = models.TextField(_("reason for the start date"), blank=True)
    user_view = models.TextField(_("what the user thinks"), blank=True)
    main_content = models.TextField(_("main content of the help"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    next_time = models.TextField(_("what would help next time"), blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"), null=True, blank=True)
    size = models.PositiveSmallIntegerField(_("size in square metres"), null=True, blank=True)
    length_months = models.PositiveSmallIntegerField(_("length of the lease in months"), null=True, blank=True)
    expected_wait = models.TextField(_("expected wait"), blank=True)
    amount = models.PositiveIntegerField(_("amount in kroner"), null=True, blank=True)
    has_children = models.BooleanField(default=False)
    language = models.CharField(_("language of the letter"), max_length=2, choices=Language, default=Language.BOKMAL)
    drafted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False)
    submitted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(_("why it was sent back"), blank=True)
    issued_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    #: the first day that the notice of it had reached a party
    notified_on = models.DateField(null=True, blank=True)
    #: the first day that it holds no more, before its own end
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("decision_ends_after_it_starts"),
            models.CheckConstraint(name="decision_status_is_known", condition=Q(status__in=DecisionStatus.values)),
            models.CheckConstraint(name="decision_move_is_known", condition=Q(move__in=DecisionMove.values)),
            models.CheckConstraint(name="decision_result_is_known", condition=Q(result__in=DecisionResult.values)),
            models.CheckConstraint(name="decision_language_is_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(
                name="decision_basis_is_of_its_kind",
                condition=_basis_of_its_kind(),
                violation_error_message=_("Such a decision cannot be founded on this."),
            ),
            models.CheckConstraint(
                name="decision_that_changes_names_what",
                condition=Q(move="new", changes__isnull=True) | (~Q(move="new") & Q(changes__isnull=False)),
                violation_error_message=_("Say which decision it changes or ends."),
            ),
            models.CheckConstraint(
                name="decision_end_results_in_an_end",
                condition=Q(move="end", result="ended", ends_on__isnull=True) | (~Q(move="end") & ~Q(result="ended")),
            ),
            models.CheckConstraint(
                name="decision_refusal_has_no_end",
                condition=~Q(result__in=["refused", "dismissed"]) | Q(ends_on__isnull=True),
                violation_error_message=_("A refusal has no period."),
            ),
            models.CheckConstraint(
                name="decision_on_temporary_accommodation_has_an_end",
                condition=~Q(kind="temporary", result__in=GRANTING) | Q(ends_on__isnull=False),
                violation_error_message=_("Say until when the place is given."),
            ),
            models.CheckConstraint(
                name="decision_room_only_at_its_provider",
                condition=Q(room__isnull=True) | Q(provider__isnull=False),
                violation_error_message=_("A decision names a room with its provider."),
            ),
            models.CheckConstraint(
                name="decision_issued_is_reasoned_and_signed",
                condition=~Q(status__in=FINAL)
                | (
                    Q(issued_at__isnull=False, issued_by__isnull=False)
                    & ~Q(facts="")
                    & ~Q(considerations="")
                    & ~Q(user_view="")
                    & (~Q(result__in=GRANTING) | ~Q(start_reason=""))
                ),
                violation_error_message=_("The decision lacks a part that it must have before it is issued."),
            ),
            models.CheckConstraint(
                name="decision_is_approved_by_another",
                condition=~Q(status__in=FINAL, needs_approval=True)
                | (~Q(issued_by=F("drafted_by")) & ~Q(issued_by=F("submitted_by")) & Q(submitted_by__isnull=False)),
                violation_error_message=_("Somebody else must approve it: two persons stand behind this decision."),
            ),
            models.CheckConstraint(
                name="decision_submitted_says_by_whom_and_when",
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_waits_for_approval_when_submitted",
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_oral_says_when",
                condition=~Q(status="oral") | Q(told_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_written_after_it_was_told",
                condition=Q(told_at__isnull=True) | Q(issued_at__isnull=True) | Q(issued_at__gte=F("told_at")),
            ),
            models.CheckConstraint(
                name="decision_notified_says_when",
                condition=~Q(status="notified") | Q(notified_on__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_ended_early_says_when_and_why",
                condition=(
                    ~Q(status__in=["replaced", "ended", "annulled"]) & Q(ended_on__isnull=True, ended_because="")
                )
                | (Q(status__in=["replaced", "ended", "annulled"], ended_on__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [
            models.Index(name="decision_by_household", fields=["household", "starts_on"]),
            models.Index(name="decision_to_approve", fields=["unit", "submitted_at"], condition=Q(status="submitted")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_is_final",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=FINAL),
                func=_ISSUED_IS_FINAL,
            ),
            pgtrigger.Trigger(
                name="issued_weighs_every_child",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__status="issued"),
                func=_WEIGHS_EVERY_CHILD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    def stage_on(self, day: date) -> Stage:
        """Where it stands that day: what the days alone tell, put on top of what was done."""
        if self.status not in {DecisionStatus.ISSUED, DecisionStatus.NOTIFIED}:
            return Stage(self.status)
        if self.ends_on is not None and self.ends_on <= day:
            return Stage.RUN_OUT
        has_begun = self.result in GRANTING and self.starts_on <= day
        return Stage.IN_FORCE if has_begun and self.status == DecisionStatus.NOTIFIED else Stage(self.status)

    def grants(self, day: date) -> bool:
        """Whether it gives a place in temporary accommodation for the night of that day."""
        if self.kind != DecisionKind.TEMPORARY or self.status not in GIVEN or self.result not in GRANTING:
            return False
        until = self.holds_until
        return self.starts_on <= day and (until is None or day < until)

    @property
    def refuses(self) -> bool:
        """Whether it gives nothing and takes nothing: it has a day, and no period."""
        return self.result in {DecisionResult.REFUSED, DecisionResult.DISMISSED}

    @property
    def is_running(self) -> bool:
        """Given, and neither replaced, ended nor annulled: it can be changed or ended."""
        return self.status in {DecisionStatus.ORAL, DecisionStatus.ISSUED, DecisionStatus.NOTIFIED}

    @property
    def holds_until(self) -> date | None:
        """The first day that it gives nothing any more; None when no end is known."""
        ends = [day for day in (self.ends_on, self.ended_on) if day is not None]
        return min(ends) if ends else None

    @transition(field=status, source=DecisionStatus.DRAFT, target=DecisionStatus.ORAL)
    def tell(self, *, at: datetime) -> None:
        """Given by word of mouth, when it cannot wait; to be written down without undue delay."""
        self.told_at = at

    @transition(field=status, source=DecisionStatus.DRAFT, target=DecisionStatus.SUBMITTED)
    def submit(self, *, by: Employee, at: datetime) -> None:
        """Sent to a colleague or the leader for approval."""
        self.submitted_by = by
        self.submitted_at = at

    @transition(field=status, source=DecisionStatus.SUBMITTED, target=DecisionStatus.DRAFT)
    def send_back(self, *, because: str) -> None:
        """Not approved: to be written better, and why."""
        self.submitted_by = None
        self.submitted_at = None
        self.sent_back_because = because

    @transition(
        field=status,
        source=[DecisionStatus.DRAFT, DecisionStatus.SUBMITTED, DecisionStatus.ORAL],
        target=DecisionStatus.ISSUED,
    )
    def issue(self, *, by: Employee, at: datetime) -> None:
        """Made in writing, with its letter. From now on the text never changes."""
        self.issued_by = by
        self.issued_at = at

    @transition(field=status, source=DecisionStatus.ISSUED, target=DecisionStatus.NOTIFIED)
    def notify(self, *, on: date) -> None:
        """The notice of it has reached a party: the time to appeal runs."""
        self.notified_on = on

    @transition(field=status, source=DecisionStatus.NOTIFIED, target=DecisionStatus.ISSUED)
    def lose_notice(self) -> None:
        """The notice turned out to have reached nobody: the time to appeal does not run."""
        self.notified_on = None

    @transition(field=status, source=[DecisionStatus.ISSUED, DecisionStatus.NOTIFIED], target=DecisionStatus.REPLACED)
    def replace(self, *, on: date, because: str) -> None:
        """Another decision on the same matter holds from that day."""
        self.ended_on = on
        self.ended_because = because

    @transition(field=status, source=[DecisionStatus.ISSUED, DecisionStatus.NOTIFIED], target=DecisionStatus.ENDED)
    def end(self, *, on: date, because: str) -> None:
        """Brought to an end by a decision, before its own last day."""
        self.ended_on = on
        self.ended_because = because

    @transition(
        field=status,
        source=[
            DecisionStatus.ORAL,
            DecisionStatus.ISSUED,
            DecisionStatus.NOTIFIED,
            DecisionStatus.REPLACED,
            DecisionStatus.ENDED,
        ],
        target=DecisionStatus.ANNULLED,
    )
    def annul(self, *, on: date, because: str) -> None:
        """Undone as unlawful, by the unit itself or by the body of appeal: it counts as never given."""
        self.ended_on = on
        self.ended_because = because


#: Rules a trigger guards, with the sentence a refused person reads.
TRIGGER_MESSAGES = {
    "decision_issued_never_changes": _("An issued decision never changes."),
    "decision_issued_weighs_every_child": _("Write how each child's best interest was looked into and weighed."),
}
