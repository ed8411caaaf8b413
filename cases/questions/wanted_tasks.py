"""The tasks that dated facts ask for on a day: the whole of them, whatever stands open already.

One statement a kind, for all households or for one. What is asked for no longer is not in the answer, by which the
nightly job closes what others did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.utils.timezone import localdate

from cases.deadlines import (
    confirmation_due_on,
    decision_due_on,
    opens_on,
    plan_due_on,
    preliminary_answer_due_on,
    renewal_due_on,
)
from cases.models import (
    AccessRequest,
    AllotmentRules,
    AnswerDelay,
    Appeal,
    ApplicationStatus,
    AuthorityLetter,
    ControlReview,
    CorrectionRequest,
    Decision,
    HousingApplication,
    HousingPlan,
    PlanStep,
    ReasonsRequest,
    Request,
    ReviewedKind,
    TaskKind,
)
from cases.questions import wanted_follow_up
from cases.questions.lease_deadlines import leases_to_think_of, securities_to_settle
from cases.questions.loans import loans_to_use
from cases.questions.wanted_coming import homes_to_have_ready, refugees_to_settle
from cases.questions.wanted_heard import complaints_to_answer, steps_due, surveys_due
from cases.questions.wanted_owning import evictions_to_avert, owning_to_follow
from cases.questions.wanted_plans import groups_to_meet, plans_to_revise
from cases.questions.wanted_providers import OfProvider, providers_to_look_at
from housing.models import Residence, ResidenceKind, Spell


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One task that a row asks for. `household_id` is None where the task is about a provider."""

    kind: TaskKind
    subject_kind: str
    subject_id: int
    due_on: date
    household_id: int | None
    provider_id: int | None = None
    unit_id: int | None = None
    for_leader: bool = False

    @property
    def key(self) -> tuple[str, str, int, date]:
        """What makes it one task and not two."""
        return (self.kind, self.subject_kind, self.subject_id, self.due_on)


def wanted_of_households(on: date, *, household_id: int | None = None) -> list[Wanted]:
    """What the facts of all households, or of one, ask for on the day."""
    only = Q() if household_id is None else Q(household=household_id)
    return [wanted for source in _SOURCES for wanted in source(on, only)]


def wanted_of_providers(on: date) -> list[Wanted]:
    """What providers' agreements, approvals and inspections ask for on the day."""
    return [_of_provider(subject, kind, due_on) for subject, kind, due_on in providers_to_look_at(on)]


def _of_provider(subject: OfProvider, kind: TaskKind, due_on: date) -> Wanted:
    return Wanted(
        kind=kind,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        due_on=due_on,
        household_id=None,
        provider_id=subject.provider_id,
    )


def wanted_of_units(on: date) -> list[Wanted]:
    """Routines and risk reviews whose day to be gone through again has come."""
    kinds = {ReviewedKind.ROUTINE: TaskKind.REVIEW_ROUTINE, ReviewedKind.RISK: TaskKind.REVIEW_RISK}
    return [
        Wanted(
            kind=kinds[ReviewedKind(review.kind)],
            subject_kind="controlreview",
            subject_id=review.pk,
            due_on=review.next_on,
            household_id=None,
            unit_id=review.unit_id,
            for_leader=True,
        )
        for review in ControlReview.objects.in_force().filter(next_on__lte=on)
    ]


def _unwritten(on: date, only: Q) -> Iterator[Wanted]:
    """Source: forvaltningsloven § 23: what is given by word of mouth is written down."""
    for decision in Decision.objects.unwritten().filter(only).only("household", "told_at"):
        assert decision.told_at is not None
        yield _of(decision, TaskKind.WRITE_DECISION, decision_due_on(localdate(decision.told_at)))


def _running_out(on: date, only: Q) -> Iterator[Wanted]:
    """The last decision of a stay that goes on past it: no night without a decision (sosialtjenesteloven §§ 27, 41)."""
    given = Decision.objects.granting().temporary().annotate(until=Least("ends_on", "ended_on"))
    later = given.filter(household=OuterRef("household"), until__gt=OuterRef("until"))
    tonight = Residence.objects.on(on).filter(household=OuterRef("household"), kind=ResidenceKind.TEMPORARY)
    goes_on = tonight.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("until")))
    for decision in given.filter(only, ~Exists(later), Exists(goes_on)):
        due_on = renewal_due_on(decision.until)
        if opens_on(due_on, ahead="decision_expires") <= on:
            yield _of(decision, TaskKind.DECISION_EXPIRES, due_on)


def _unplanned(on: date, only: Q) -> Iterator[Wanted]:
    """Whoever is or will be in temporary accommodation without a housing plan (docs/glossary.md)."""
    plan = HousingPlan.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), household=OuterRef("household"))
    stays = Spell.objects.stays().filter(only, ~Exists(plan), ends_on__gt=on)
    for stay in stays.only("household", "starts_on"):
        yield Wanted(
            kind=TaskKind.MAKE_PLAN,
            subject_kind="household",
            subject_id=stay.household_id,
            due_on=plan_due_on(stay.starts_on),
            household_id=stay.household_id,
        )


def _steps(on: date, only: Q) -> Iterator[Wanted]:
    """Steps of a plan in force that are due soon."""
    current: QuerySet[HousingPlan] = HousingPlan.objects.filter(only, ended_on__isnull=True)
    for step in PlanStep.objects.filter(plan__in=current, done_on__isnull=True).select_related("plan"):
        if opens_on(step.due_on, ahead="step") <= on:
            yield Wanted(
                kind=TaskKind.FOLLOW_UP,
                subject_kind="planstep",
                subject_id=step.pk,
                due_on=step.due_on,
                household_id=step.plan.household_id,
            )


def _waiting(on: date, only: Q) -> Iterator[Wanted]:
    """Source: forvaltningsloven § 11 a: a preliminary answer within a month, then what it promised."""
    promised = AnswerDelay.objects.filter(request=OuterRef("pk")).latest_first().values("expected_by")[:1]
    requests: Any = Request.objects.filter(only, outcome="").annotate(expected_by=Subquery(promised))
    for request in requests:
        kind = TaskKind.DELAY_NOTICE if request.expected_by else TaskKind.PRELIMINARY_ANSWER
        due_on = request.expected_by or preliminary_answer_due_on(localdate(request.asked_at))
        if opens_on(due_on, ahead="preliminary_answer") <= on:
            yield _of(request, kind, due_on)


def _authorities(on: date, only: Q) -> Iterator[Wanted]:
    for letter in AuthorityLetter.objects.filter(only, answered_on__isnull=True).only("household", "due_on"):
        yield _of(letter, TaskKind.EXTERNAL_LETTER, letter.due_on)


def _rights(on: date, only: Q) -> Iterator[Wanted]:
    """Source: personvernforordningen article 12 (3)."""
    for access in AccessRequest.objects.unanswered().filter(only).only("household", "due_on"):
        yield _of(access, TaskKind.ANSWER_ACCESS, access.due_on)
    for correction in CorrectionRequest.objects.undecided().filter(only).only("household", "due_on"):
        yield _of(correction, TaskKind.ANSWER_CORRECTION, correction.due_on)


def _appealed(on: date, only: Q) -> Iterator[Wanted]:
    """Source: forvaltningsloven §§ 24 and 33: reasons asked for, appeals at the unit, and what came of them."""
    for asked in ReasonsRequest.objects.unanswered().filter(only).only("household", "due_on"):
        yield _of(asked, TaskKind.GIVE_REASONS, asked.due_on)
    for appeal in Appeal.objects.at_the_unit().filter(only).only("household", "due_on"):
        yield _of(appeal, TaskKind.ANSWER_APPEAL, appeal.due_on)
    decided = Appeal.objects.lacking_consequence().filter(only, consequence_due_on__isnull=False)
    for appeal in decided.only("household", "consequence_due_on"):
        yield _of(appeal, TaskKind.CARRY_OUT_APPEAL, appeal.consequence_due_on)


def _unconfirmed(on: date, only: Q) -> Iterator[Wanted]:
    """Applications that wait for a dwelling, to be confirmed at the times of the municipality's own rules."""
    rules = AllotmentRules.objects.filter(municipality=OuterRef("household__municipality"), starts_on__lte=on)
    months = Subquery(rules.order_by("-starts_on").values("confirm_months")[:1])
    waiting: Any = HousingApplication.objects.filter(only, status=ApplicationStatus.GRANTED).annotate(months=months)
    for application in waiting.only("household", "confirmed_on"):
        due_on = confirmation_due_on(application.confirmed_on, application.months)
        if opens_on(due_on, ahead="confirm_application") <= on:
            yield _of(application, TaskKind.CONFIRM_APPLICATION, due_on)


def _leases(on: date, only: Q) -> Iterator[Wanted]:
    """What follows a lease that ends, and what stood good for a home that is left."""
    for residence, due_on in leases_to_think_of(on, only):
        yield _of(residence, TaskKind.LEASE_ENDS, due_on)
    for security, due_on in securities_to_settle(on, only):
        yield _of(security, TaskKind.RELEASE_SECURITY, due_on)


def _follow_up(on: date, only: Q) -> Iterator[Wanted]:
    """Services that do not begin or meet nobody, homes to ask about, signs to handle, the month's applications."""
    for service, due_on in wanted_follow_up.not_begun(on, only):
        yield _of(service, TaskKind.START_FOLLOW_UP, due_on)
    for service, due_on in wanted_follow_up.silent(on, only):
        yield _of(service, TaskKind.FOLLOW_UP_SILENT, due_on)
    for warning, due_on in wanted_follow_up.unhandled(on, only):
        yield _of(warning, TaskKind.HANDLE_WARNING, due_on)
    for turn in wanted_follow_up.to_evaluate(on, only):
        yield _of_household(turn.household_id, TaskKind.EVALUATE_HOME, turn.due_on)
    for household_id, due_on in wanted_follow_up.allowances_to_apply_for(on, only):
        yield _of_household(household_id, TaskKind.APPLY_ALLOWANCE, due_on)


def _of_household(household_id: int, kind: TaskKind, due_on: date) -> Wanted:
    return Wanted(
        kind=kind, subject_kind="household", subject_id=household_id, due_on=due_on, household_id=household_id
    )


def _loans(on: date, only: Q) -> Iterator[Wanted]:
    for loan, due_on in loans_to_use(on, only):
        yield _of(loan, TaskKind.COMMITMENT_EXPIRES, due_on)


def _plans(on: date, only: Q) -> Iterator[Wanted]:
    """Persons' plans to be looked at again, and responsibility groups that are to meet."""
    for plan, due_on in plans_to_revise(only):
        if opens_on(due_on, ahead="plan_revision") <= on:
            yield _of(plan, TaskKind.REVISE_PLAN, due_on)
    for group_id, household_id, due_on in groups_to_meet(only):
        if opens_on(due_on, ahead="group_meets") <= on:
            yield Wanted(
                kind=TaskKind.GROUP_MEETS,
                subject_kind="responsibilitygroup",
                subject_id=group_id,
                due_on=due_on,
                household_id=household_id,
            )


def _coming(on: date, only: Q) -> Iterator[Wanted]:
    """A home for the day somebody comes out, and refugees settled in time."""
    for arrival, due_on in homes_to_have_ready(on, only):
        yield _of(arrival, TaskKind.HOME_BEFORE, due_on)
    for settlement, due_on in refugees_to_settle(on, only):
        yield _of(settlement, TaskKind.SETTLE_REFUGEE, due_on)


def _heard(on: date, only: Q) -> Iterator[Wanted]:
    """Steps of work processes, surveys to ask, and complaints to answer."""
    for step, household_id in steps_due(on, only):
        yield Wanted(
            kind=TaskKind.PROCESS_STEP,
            subject_kind="appliedstep",
            subject_id=step.pk,
            due_on=step.due_on,
            household_id=household_id,
        )
    for due in surveys_due(on, only):
        yield _of_household(due.household_id, TaskKind.ASK_SURVEY, due.due_on)
    for complaint in complaints_to_answer(on, only):
        yield _of(complaint, TaskKind.ANSWER_COMPLAINT, complaint.due_on)


def _owning(on: date, only: Q) -> Iterator[Wanted]:
    """Homes that may be lost by eviction, and households on the way to owning one."""
    for eviction, kind, due_on in evictions_to_avert(on, only):
        yield _of(eviction, kind, due_on)
    for agreement, kind, due_on in owning_to_follow(on, only):
        yield _of(agreement, kind, due_on)


def _of(subject: Any, kind: TaskKind, due_on: date) -> Wanted:
    """What a row of a household asks for."""
    return Wanted(
        kind=kind,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        due_on=due_on,
        household_id=subject.household_id,
    )


_SOURCES: tuple[Callable[[date, Q], Iterator[Wanted]], ...] = (
    _unwritten,
    _running_out,
    _unplanned,
    _steps,
    _waiting,
    _authorities,
    _rights,
    _appealed,
    _unconfirmed,
    _leases,
    _owning,
    _follow_up,
    _plans,
    _coming,
    _heard,
    _loans,
)
#: The kinds that stand open exactly while the facts ask for them.
FOLLOWED = (
    TaskKind.REVISE_PLAN,
    TaskKind.GROUP_MEETS,
    TaskKind.WRITE_DECISION,
    TaskKind.DECISION_EXPIRES,
    TaskKind.MAKE_PLAN,
    TaskKind.FOLLOW_UP,
    TaskKind.PRELIMINARY_ANSWER,
    TaskKind.DELAY_NOTICE,
    TaskKind.EXTERNAL_LETTER,
    TaskKind.ANSWER_ACCESS,
    TaskKind.ANSWER_CORRECTION,
    TaskKind.GIVE_REASONS,
    TaskKind.ANSWER_APPEAL,
    TaskKind.CARRY_OUT_APPEAL,
    TaskKind.CONFIRM_APPLICATION,
    TaskKind.LEASE_ENDS,
    TaskKind.RELEASE_SECURITY,
    TaskKind.EVICTION_CONTACT,
    TaskKind.EVICTION_DAY,
    TaskKind.OWNING_POTENTIAL,
    TaskKind.OWNING_OPTION,
    TaskKind.OWNING_CONTACT,
    TaskKind.START_FOLLOW_UP,
    TaskKind.FOLLOW_UP_SILENT,
    TaskKind.HANDLE_WARNING,
    TaskKind.EVALUATE_HOME,
    TaskKind.APPLY_ALLOWANCE,
    TaskKind.HOME_BEFORE,
    TaskKind.SETTLE_REFUGEE,
    TaskKind.PROCESS_STEP,
    TaskKind.ASK_SURVEY,
    TaskKind.ANSWER_COMPLAINT,
    TaskKind.COMMITMENT_EXPIRES,
    TaskKind.AGREEMENT_LAPSES,
    TaskKind.CHILD_APPROVAL_LAPSES,
    TaskKind.FAULT_OVERDUE,
    TaskKind.REVIEW_ROUTINE,
    TaskKind.REVIEW_RISK,
)
