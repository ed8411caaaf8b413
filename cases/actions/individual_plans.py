"""A person's plan from the offer to its end: declined or consented to, written, begun, revised, evaluated, ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import is_kept_from
from cases.actions.calendar import case_to_act_on
from cases.actions.plan_doors import (
    CannotPlanFor,
    NoConsent,
    PlanHasEnded,
    bring_to_end,
    let_in,
    locked_live_plan,
    record,
    refuse_day,
)
from cases.actions.tasks import close_tasks_about, unit_of
from cases.models import (
    ConsentPart,
    ConsentWay,
    GoalsReached,
    IndividualPlan,
    PlanConsent,
    PlanEnd,
    PlanEvaluation,
    PlanKind,
    PlanRight,
    PlanState,
    PlanVersion,
)
from cases.questions.plan_texts import whole_text
from people import journal
from people.access import locked_household, units_with
from people.journal import Act
from people.models import Assignment, AssignmentRole, Employee
from people.roles import Permission
from people.transactions import act


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """The plan in words, as its columns are named; the first four are the person's own."""

    goals: str = ""
    resources: str = ""
    needs: str = ""
    own_part: str = ""
    carried_out: str = ""
    cooperation: str = ""


@act
def offer_plan(
    *,
    household_id: int,
    person_id: int,
    kind: PlanKind | str,
    right: PlanRight | str,
    offered_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> IndividualPlan:
    """Register that somebody of the household was offered a plan, and why.

    :raises CannotPlanFor: at the field; for a second live plan of the person, wherever they live
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    member = household.members.on(localdate(at)).filter(person=person_id).select_related("person").first()
    if member is None:
        raise CannotPlanFor(_("Choose somebody of the household."), field="person")
    if kind not in PlanKind.values or (kind == PlanKind.SAFETY and not household.sight.special):
        raise CannotPlanFor(_("Choose what kind of plan it is."), field="kind")
    if right not in PlanRight.values:
        raise CannotPlanFor(_("Choose why it is offered."), field="right")
    if offered_on > localdate(at):
        raise CannotPlanFor(_("That day has not come."), field="offered_on")
    _refuse_second(household.pk, person_id, PlanKind(kind))
    plan: IndividualPlan = IndividualPlan(
        household=household, person=member.person, kind=kind, right=right, offered_on=offered_on, offered_by=by
    )
    plan.save()
    record(Act.PLAN_OFFERED, plan, by=by, at=at, on=offered_on, right=str(right))
    return plan


@act
def decline_plan(
    *, plan_id: int, on: date, because: str, by: Employee, at: datetime, version: int | None = None
) -> IndividualPlan:
    """The person does not want the plan that was offered.

    :raises PlanHasEnded: when it is answered already
    :raises CannotPlanFor: with a day that cannot be
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    refuse_day(on, plan=plan, at=at, field="on")
    _refuse_unless(plan, PlanState.OFFERED, _("The offer is answered already."))
    plan.refuse(on=on, because=because.strip())
    plan.save(update_fields=["state", "refused_on", "refused_because"])
    record(Act.PLAN_DECLINED, plan, by=by, at=at, on=on)
    return plan


@act
def consent_to_plan(
    *,
    plan_id: int,
    on: date,
    way: ConsentWay | str,
    parts: Collection[ConsentPart | str] = (),
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> IndividualPlan:
    """The person wants the plan, and says yes to these parts of it besides; naming nobody yet.

    :raises PlanHasEnded: when it is answered already
    :raises CannotPlanFor: with a day or a way that cannot be
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    refuse_day(on, plan=plan, at=at, field="on")
    if way not in ConsentWay.values:
        raise CannotPlanFor(_("Choose how they consented."), field="way")
    _refuse_unless(plan, PlanState.OFFERED, _("The offer is answered already."))
    plan.consent(on=on)
    plan.save(update_fields=["state", "consented_on"])
    named = {ConsentPart(part) for part in parts} - {ConsentPart.SHARING}
    for part in sorted({ConsentPart.PLAN, *named}):
        PlanConsent.objects.get_or_create(
            plan=plan, part=part, withdrawn_on=None, defaults={"way": way, "given_on": on}
        )
    record(Act.PLAN_CONSENTED, plan, by=by, at=at, on=on, parts=sorted(str(part) for part in named))
    return plan


@act
def write_plan(
    *,
    plan_id: int,
    words: OwnWords,
    coordinator_id: int | None = None,
    ends_on: date | None = None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> IndividualPlan:
    """Write the plan, and who coordinates it: that one is put on the case.

    :raises PlanHasEnded: when it was declined or has ended
    :raises NoConsent: before the person has said yes to an individual plan
    :raises CannotPlanFor: for a coordinator who makes no plans here, or an end before the beginning
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    _refuse_unconsented(plan)
    if ends_on is not None and ends_on <= (plan.starts_on or plan.offered_on):
        raise CannotPlanFor(_("The end must come after the start."), field="ends_on")
    coordinator = _coordinator(plan, coordinator_id, at=at) if coordinator_id else None
    if coordinator is None and plan.state == PlanState.ACTIVE and plan.needs_consent:
        raise CannotPlanFor(_("Choose who coordinates the plan."), field="coordinator")
    told = {name: text.strip() for name, text in asdict(words).items()}
    changed = sorted(name for name, text in told.items() if getattr(plan, name) != text)
    for name, text in told.items():
        setattr(plan, name, text)
    is_new = coordinator is not None and plan.coordinator_id != coordinator.pk
    plan.coordinator, plan.ends_on = coordinator, ends_on
    plan.save(update_fields=[*told, "coordinator", "ends_on"])
    if coordinator is not None and is_new:
        _put_on_the_case(plan, coordinator, by=by, at=at)
    record(Act.PLAN_WRITTEN, plan, by=by, at=at, changed=changed)
    return plan


@act
def begin_plan(
    *, plan_id: int, on: date, next_revision_on: date, by: Employee, at: datetime, version: int | None = None
) -> IndividualPlan:
    """The plan runs from a day: its first version is kept. An action plan of the same person gives way to it.

    :raises NoConsent: before the person has said yes to an individual plan
    :raises CannotPlanFor: without goals or a coordinator, or with days that cannot be
    :raises PlanHasEnded: when it runs already
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    _refuse_unconsented(plan)
    if plan.state == PlanState.ACTIVE:
        raise PlanHasEnded(_("The plan runs already."))
    refuse_day(on, plan=plan, at=at, field="on")
    _refuse_revision(next_revision_on, after=max(on, localdate(at)))
    if not plan.goals:
        raise CannotPlanFor(_("Write the plan first: what the person wants."))
    if plan.needs_consent and plan.coordinator_id is None:
        raise CannotPlanFor(_("Choose who coordinates the plan first."))
    if plan.ends_on is not None and plan.ends_on <= on:
        raise CannotPlanFor(_("The plan's period ends before that day."), field="on")
    plan.begin(on=on, next_revision_on=next_revision_on)
    plan.save(update_fields=["state", "starts_on", "next_revision_on", "revision"])
    _keep_version(plan, because="", by=by, at=at)
    record(Act.PLAN_BEGUN, plan, by=by, at=at, on=on)
    if plan.kind == PlanKind.INDIVIDUAL:
        simpler = IndividualPlan.objects.live().filter(person=plan.person_id, kind=PlanKind.ACTION)
        for other in simpler.filter(household=plan.household_id):
            bring_to_end(other, on=max(on, other.offered_on), because=PlanEnd.REPLACED, by=by, at=at)
    return plan


@act
def revise_plan(
    *,
    plan_id: int,
    because: str,
    next_revision_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> IndividualPlan:
    """The plan as it stands was gone through with the person: it is kept as a version, and has a day to be looked at.

    Whoever takes part may read on from today.

    :raises PlanHasEnded: unless it runs
    :raises CannotPlanFor: without what was changed, or with a day that is not ahead
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    _refuse_unless(plan, PlanState.ACTIVE, _("The plan has not begun."))
    if not because.strip():
        raise CannotPlanFor(_("Write what was changed and why, or that nothing was."), field="because")
    _refuse_revision(next_revision_on, after=localdate(at))
    plan.revise(next_revision_on=next_revision_on)
    plan.save(update_fields=["state", "next_revision_on", "revision"])
    _keep_version(plan, because=because.strip(), by=by, at=at)
    for participant in plan.participants.now().select_related("employee", "plan").order_by("pk"):
        let_in(participant, by=by, at=at)
    close_tasks_about(plan, by=by, at=at)
    record(Act.PLAN_REVISED, plan, by=by, at=at, number=plan.revision)
    return plan


@act
def evaluate_plan(
    *,
    plan_id: int,
    held_on: date,
    goals: GoalsReached | str,
    person_says: str,
    we_say: str = "",
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> PlanEvaluation:
    """Write down how the plan has worked: the person's words, and the services'.

    :raises PlanHasEnded: unless it runs
    :raises CannotPlanFor: without the person's words, or with a day that cannot be
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    _refuse_unless(plan, PlanState.ACTIVE, _("The plan has not begun."))
    refuse_day(held_on, plan=plan, at=at, field="held_on")
    if goals not in GoalsReached.values:
        raise CannotPlanFor(_("Choose how it stands with the goals."), field="goals")
    if not person_says.strip():
        raise CannotPlanFor(_("Write what the person says."), field="person_says")
    made = PlanEvaluation.objects.create(
        plan=plan, held_on=held_on, goals=goals, person_says=person_says.strip(), we_say=we_say.strip(), by=by
    )
    record(Act.PLAN_EVALUATED, plan, by=by, at=at, on=held_on)
    return made


@act
def end_plan(
    *, plan_id: int, on: date, because: PlanEnd | str, by: Employee, at: datetime, version: int | None = None
) -> IndividualPlan:
    """The plan runs no more: nobody takes part, and whoever did reads nothing from this moment.

    :raises PlanHasEnded: when it has ended already
    :raises CannotPlanFor: without a reason, or with a day that cannot be
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    if because not in PlanEnd.values:
        raise CannotPlanFor(_("Choose why the plan ends."), field="because")
    refuse_day(on, plan=plan, at=at, field="on")
    bring_to_end(plan, on=on, because=PlanEnd(because), by=by, at=at)
    return plan


def _keep_version(plan: IndividualPlan, *, because: str, by: Employee, at: datetime) -> None:
    PlanVersion.objects.create(plan=plan, number=plan.revision, because=because, content=whole_text(plan), by=by, at=at)


def _refuse_second(household_id: int, person_id: int, kind: PlanKind) -> None:
    """The database says the same: there is never more than one. A safety plan is asked for in this household alone."""
    live = IndividualPlan.objects.live().filter(person=person_id)
    if kind == PlanKind.SAFETY:
        live = live.filter(household=household_id)
    if live.filter(kind=kind).exists():
        raise CannotPlanFor(_("This person has such a plan already. There is never more than one."), field="person")
    if kind == PlanKind.ACTION and live.filter(kind=PlanKind.INDIVIDUAL).exists():
        raise CannotPlanFor(_("This person has an individual plan: it takes the place of a simpler one."), field="kind")


def _refuse_unless(plan: IndividualPlan, state: PlanState, sentence: object) -> None:
    if plan.state != state:
        raise PlanHasEnded(str(sentence))


def _refuse_unconsented(plan: IndividualPlan) -> None:
    if not plan.may_begin():
        raise NoConsent(_("Register first that the person wants the plan."))


def _refuse_revision(day: date, *, after: date) -> None:
    if day <= after:
        raise CannotPlanFor(_("Choose a day ahead to look at the plan again."), field="next_revision_on")


def _coordinator(plan: IndividualPlan, employee_id: int, *, at: datetime) -> Employee:
    found = Employee.objects.filter(pk=employee_id, is_active=True, is_system=False).first()
    unit = unit_of(plan.household, on=localdate(at))
    if found is None or not units_with(found, Permission.MAKE_PLAN, at=at).filter(pk=unit.pk).exists():
        raise CannotPlanFor(_("Choose somebody who makes plans at the household's unit."), field="coordinator")
    if is_kept_from(found, plan.household, on=localdate(at)):
        raise CannotPlanFor(_("This person must not deal with the case. Choose somebody else."), field="coordinator")
    return found


def _put_on_the_case(plan: IndividualPlan, coordinator: Employee, *, by: Employee, at: datetime) -> None:
    on_it = Assignment.objects.on(localdate(at)).filter(household=plan.household_id, employee=coordinator)
    if on_it.exists():
        return
    made = Assignment.objects.create(
        household=plan.household,
        employee=coordinator,
        role=AssignmentRole.PLAN_COORDINATOR,
        starts_on=localdate(at),
    )
    details = {"employee": coordinator.pk, "role": AssignmentRole.PLAN_COORDINATOR.value, "ends_on": None}
    journal.record(Act.ASSIGNED, household_id=plan.household_id, subject=made, by=by, at=at, details=details)
