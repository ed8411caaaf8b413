"""What stands in a person's plan: measures, the responsibility group and its meetings; coordinators of children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.plan_doors import (
    CannotPlanFor,
    NoConsent,
    PlanHasEnded,
    end_groups,
    locked_live_plan,
    record,
    refuse_day,
    stands,
)
from cases.actions.tasks import close_tasks_about
from cases.models import (
    ChildCoordinator,
    ConsentPart,
    CoordinatingUnit,
    GroupMeeting,
    IndividualPlan,
    MeasureOutcome,
    PlanMeasure,
    ResponsibilityGroup,
    Responsible,
)
from people import journal
from people.access import locked_household, require, units_with
from people.journal import Act
from people.models import Employee, MemberRole
from people.roles import Permission
from people.transactions import act


@dataclass(frozen=True, kw_only=True)
class NewMeasure:
    what: str
    responsible: Responsible | str
    extent: str
    begins_on: date
    due_on: date
    participant_id: int | None = None


@act
def add_measure(
    *, plan_id: int, new: NewMeasure, by: Employee, at: datetime, version: int | None = None
) -> PlanMeasure:
    """Write down what is to be done, by whom, how much, from when and by when.

    :raises CannotPlanFor: naming the field
    :raises PlanHasEnded: when the plan was declined or has ended
    :raises NoConsent: before the person has said yes to an individual plan
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    if not plan.may_begin():
        raise NoConsent(_("Register first that the person wants the plan."))
    if not new.what.strip():
        raise CannotPlanFor(_("Write what is to be done."), field="what")
    if not new.extent.strip():
        raise CannotPlanFor(_("Write how much or how often."), field="extent")
    if new.due_on < new.begins_on:
        raise CannotPlanFor(_("It cannot be due before it begins."), field="due_on")
    measure = PlanMeasure.objects.create(
        plan=plan,
        what=new.what.strip(),
        responsible=_responsible(plan, new),
        participant_id=new.participant_id if new.responsible == Responsible.PARTICIPANT else None,
        extent=new.extent.strip(),
        begins_on=new.begins_on,
        due_on=new.due_on,
    )
    record(Act.PLAN_MEASURE_ADDED, plan, by=by, at=at, measure=measure.pk)
    return measure


@act
def finish_measure(
    *,
    measure_id: int,
    outcome: MeasureOutcome | str,
    why: str = "",
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> PlanMeasure:
    """Say what came of a measure, and why when it was not done.

    :raises CannotPlanFor: when it is finished already, or the reason is lacking
    """
    plan_id = PlanMeasure.objects.filter(pk=measure_id).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Http404
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    measure = PlanMeasure.objects.get(pk=measure_id)
    if measure.finished_on is not None:
        raise CannotPlanFor(_("It is said already what came of this measure."))
    if outcome not in MeasureOutcome.values:
        raise CannotPlanFor(_("Choose what came of it."), field="outcome")
    told = "" if outcome == MeasureOutcome.DONE else why.strip()
    if outcome != MeasureOutcome.DONE and not told:
        raise CannotPlanFor(_("Write why it was not done."), field="why")
    measure.finished_on, measure.outcome, measure.why = localdate(at), str(outcome), told
    measure.save(update_fields=["finished_on", "outcome", "why"])
    record(Act.PLAN_MEASURE_FINISHED, plan, by=by, at=at, measure=measure.pk, outcome=str(outcome))
    return measure


@act
def form_group(
    *,
    plan_id: int,
    led_by: str,
    member_ids: Collection[int],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> ResponsibilityGroup:
    """Participants of the plan become its responsibility group, or the group that is there gets these members.

    :raises NoConsent: unless the person has said yes to the group
    :raises CannotPlanFor: without members or somebody who leads it
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    if not stands(plan, ConsentPart.GROUP):
        raise NoConsent(_("The person has not said yes to a responsibility group. Register that first."))
    members = set(plan.participants.now().filter(pk__in=member_ids).values_list("pk", flat=True))
    if not members or members != set(member_ids):
        raise CannotPlanFor(_("Choose who is in the group, among those who take part."), field="members")
    if not led_by.strip():
        raise CannotPlanFor(_("Write who leads the group."), field="led_by")
    for participant in plan.participants.now():
        if participant.is_in_group != (participant.pk in members):
            participant.is_in_group = participant.pk in members
            participant.save(update_fields=["is_in_group"])
    group, _is_new = ResponsibilityGroup.objects.update_or_create(
        plan=plan, ended_on=None, defaults={"led_by": led_by.strip()}, create_defaults=_formed(led_by, at=at)
    )
    record(Act.PLAN_GROUP_FORMED, plan, by=by, at=at, members=len(members))
    return group


@act
def record_group_meeting(
    *,
    plan_id: int,
    held_on: date,
    present: str,
    minutes: str,
    next_on: date | None = None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> GroupMeeting:
    """Write the minutes of a meeting of the group, and when it meets next.

    :raises PlanHasEnded: when the plan has no group
    :raises CannotPlanFor: naming the field
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    group = plan.groups.filter(ended_on__isnull=True).first()
    if group is None:
        raise PlanHasEnded(_("The plan has no responsibility group."))
    refuse_day(held_on, plan=plan, at=at, field="held_on")
    if group.meetings.filter(held_on=held_on).exists():
        raise CannotPlanFor(_("The minutes of that day are written already."), field="held_on")
    for field, text in (("present", present), ("minutes", minutes)):
        if not text.strip():
            raise CannotPlanFor(_("Write who came and what was agreed."), field=field)
    if next_on is not None and next_on <= held_on:
        raise CannotPlanFor(_("The next meeting must come after this one."), field="next_on")
    meeting = GroupMeeting.objects.create(
        group=group, held_on=held_on, present=present.strip(), minutes=minutes.strip(), next_on=next_on, by=by
    )
    close_tasks_about(group, by=by, at=at)
    record(Act.PLAN_GROUP_MET, plan, by=by, at=at, on=held_on)
    return meeting


@act
def end_group(*, plan_id: int, by: Employee, at: datetime, version: int | None = None) -> None:
    """The responsibility group meets no more; its members still take part in the plan.

    :raises PlanHasEnded: when the plan has no group
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    if not plan.groups.filter(ended_on__isnull=True).exists():
        raise PlanHasEnded(_("The plan has no responsibility group."))
    end_groups(plan, on=localdate(at), by=by, at=at)
    record(Act.PLAN_GROUP_ENDED, plan, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class NewChildCoordinator:
    person_id: int
    name: str
    service: str
    phone: str = ""


@act
def set_child_coordinator(
    *,
    household_id: int,
    new: NewChildCoordinator,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> ChildCoordinator:
    """Register who coordinates a child's services, from today. Who did it before does it no more.

    :raises CannotPlanFor: naming the field
    """
    household = locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    today = localdate(at)
    child = household.members.on(today).filter(person=new.person_id, role=MemberRole.CHILD).first()
    if child is None:
        raise CannotPlanFor(_("Choose a child of the household."), field="person")
    for field, text in (("name", new.name), ("service", new.service)):
        if not text.strip():
            raise CannotPlanFor(_("Write name and service."), field=field)
    of_child = ChildCoordinator.objects.filter(household=household, person=new.person_id)
    if of_child.filter(starts_on=today).exists():
        raise CannotPlanFor(_("A coordinator was registered for this child today."), field="person")
    of_child.filter(ends_on__isnull=True).update(ends_on=today)
    made = ChildCoordinator.objects.create(
        household=household,
        person=child.person,
        name=new.name.strip(),
        service=new.service.strip(),
        phone=new.phone.strip(),
        starts_on=today,
    )
    journal.record(Act.CHILD_COORDINATOR_SET, household_id=household.pk, subject=made, by=by, at=at)
    return made


@act
def end_child_coordinator(
    *, coordinator_id: int, by: Employee, at: datetime, version: int | None = None
) -> ChildCoordinator:
    """Nobody coordinates the child's services any more, from today; registered today it is taken away as a slip.

    :raises CannotPlanFor: when it has ended already
    """
    household_id = ChildCoordinator.objects.filter(pk=coordinator_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, Permission.MAKE_PLAN, household_id=household_id, at=at, version=version)
    found = ChildCoordinator.objects.get(pk=coordinator_id)
    if found.ends_on is not None:
        raise CannotPlanFor(_("It has ended already."))
    journal.record(Act.CHILD_COORDINATOR_ENDED, household_id=household_id, subject=found, by=by, at=at)
    if found.starts_on >= localdate(at):
        found.delete()
        return found
    found.ends_on = localdate(at)
    found.save(update_fields=["ends_on"])
    return found


@act
def name_coordinating_unit(
    *, unit_id: int, name: str, phone: str = "", email: str = "", by: Employee, at: datetime
) -> CoordinatingUnit:
    """Register the municipality's coordinating unit, whom services tell of a need for a plan.

    :raises PermissionDenied: unless one leads the unit
    :raises CannotPlanFor: without a name
    """
    require(by, Permission.LEAD, at=at)
    unit = units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if not name.strip():
        raise CannotPlanFor(_("Write what the unit is called."), field="name")
    told = {"name": name.strip(), "phone": phone.strip(), "email": email.strip()}
    made, _is_new = CoordinatingUnit.objects.update_or_create(municipality=unit.municipality, defaults=told)
    return made


def _formed(led_by: str, *, at: datetime) -> dict[str, object]:
    return {"led_by": led_by.strip(), "formed_on": localdate(at)}


def _responsible(plan: IndividualPlan, new: NewMeasure) -> str:
    if new.responsible not in Responsible.values:
        raise CannotPlanFor(_("Choose who answers for it."), field="responsible")
    is_named = new.responsible == Responsible.PARTICIPANT
    if is_named and not plan.participants.now().filter(pk=new.participant_id or 0).exists():
        raise CannotPlanFor(_("Choose which participant answers for it."), field="responsible")
    return str(new.responsible)
