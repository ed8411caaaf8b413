"""The housing meeting: planning it, who takes part, and what it decides of each case.

Locks: households by ascending id, then dwellings, then the meeting.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.agenda import carry_over, is_shielded, let_see, locked_meeting, record, refuse_names, shut_out
from cases.actions.occupancy import lock_dwellings
from cases.actions.offers import first_free_day, refuse_kept
from cases.actions.tasks import owner_of
from cases.models import (
    OF_A_DWELLING,
    WITH_DEADLINE,
    AgendaDecision,
    AgendaItem,
    HousingMeeting,
    MeetingMember,
    MeetingPower,
    MeetingStatus,
)
from cases.questions.law import choices_of
from housing.models import Dwelling
from people.access import locked_household, units_with
from people.journal import Act
from people.models import Employee, RoleGrant, Unit, UnitKind
from people.refusals import Refusal
from people.roles import Permission, roles_with
from people.transactions import act

#: A meeting is planned at most so long ahead.
_AHEAD = timedelta(days=400)

#: An employee and the unit whose service they speak for, by their ids.
Seat = tuple[int, int]


class CannotMeet(Refusal):
    """The meeting cannot be planned or changed so."""


class CannotDecideCase(Refusal):
    """The meeting cannot decide the case so."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What the meeting decided of a case. Dwelling, responsible and deadline go with the decision."""

    decision: AgendaDecision | str
    text: str
    note: str = ""
    dwelling_id: int | None = None
    responsible_id: int | None = None
    deadline: date | None = None


@act
def plan_meeting(
    *, unit_id: int, held_at: datetime, place: str, seats: Collection[Seat], by: Employee, at: datetime
) -> HousingMeeting:
    """Plan a housing meeting of the unit with its members. What was postponed earlier stands first on its agenda.

    What it may decide itself is the municipality's rule on that day.

    :raises CannotMeet: without anybody to take part, or at a time that cannot be
    """
    unit = _unit(unit_id, by=by, at=at)
    if not at - _AHEAD < held_at < at + _AHEAD:
        raise CannotMeet(_("That is too far away."), field="day")
    if HousingMeeting.objects.filter(unit=unit, held_at=held_at).exists():
        raise CannotMeet(_("The unit has a meeting at that time already."), field="day")
    power = law.CHOICES["housing_meeting_power"].on(localdate(held_at), choices_of(unit.municipality_id))
    meeting: HousingMeeting = HousingMeeting.objects.create(
        unit=unit,
        held_at=held_at,
        place=place.strip(),
        chair=by,
        power=MeetingPower(power),
        planned_by=by,
        planned_at=at,
    )
    _seat(meeting, seats, at=at)
    carry_over(meeting, by=by, at=at)
    return meeting


@act
def change_members(*, meeting_id: int, seats: Collection[Seat], by: Employee, at: datetime) -> HousingMeeting:
    """Who takes part, as a whole: who is new may see the minimum of the cases, who is left out no more.

    :raises CannotMeet: when the meeting is closed, or nobody is left
    """
    meeting = _meeting(meeting_id, by=by, at=at)
    before = {member.employee_id: member.employee for member in meeting.members.select_related("employee")}
    left_out = [employee for pk, employee in before.items() if pk not in {employee for employee, _unit_id in seats}]
    cases = list(meeting.items.values_list("household_id", flat=True))
    shut_out(meeting, cases, at=at, employees=left_out)
    meeting.members.all().delete()
    _seat(meeting, seats, at=at)
    let_see(meeting, cases, by=by, at=at)
    return meeting


@act
def hold_meeting(
    *, meeting_id: int, absent: Collection[int], others: str, by: Employee, at: datetime
) -> HousingMeeting:
    """The meeting begins: who of its members did not come, and who else is there. Can be said again.

    :raises CannotMeet: when it is closed
    """
    meeting = _meeting(meeting_id, by=by, at=at)
    if meeting.status == MeetingStatus.PLANNED:
        meeting.begin()
    meeting.others = others.strip()
    meeting.save(update_fields=["status", "others"])
    for member in meeting.members.all():
        member.is_absent = member.employee_id in absent
        member.save(update_fields=["is_absent"])
    return meeting


@act
def decide_case(
    *, item_id: int, decided: Decided, by: Employee, at: datetime, version: int | None = None
) -> AgendaItem:
    """Write down what was said and decided of a case. It can be written anew until the meeting is closed.

    :raises CannotDecideCase: naming the field; also when the meeting may only recommend
    :raises CannotOffer: when the dwelling is kept for another case
    """
    found = AgendaItem.objects.filter(pk=item_id).values_list("household_id", "meeting_id").first()
    if found is None:
        raise Http404
    household = locked_household(by, Permission.VIEW_MINIMUM, household_id=found[0], at=at, version=version)
    dwellings = lock_dwellings([decided.dwelling_id])
    meeting = _meeting(found[1], by=by, at=at)
    item: AgendaItem = AgendaItem.objects.select_related("household").get(pk=item_id)
    _refuse(meeting, decided, today=localdate(at))
    refuse_names(household, text=decided.text, note=decided.note)
    item.decision, item.decision_text, item.note = decided.decision, decided.text.strip(), decided.note.strip()
    item.dwelling = _dwelling(item, decided, dwellings, at=at)
    item.responsible = _responsible(item, decided, at=at)
    item.deadline = decided.deadline if decided.decision in WITH_DEADLINE else None
    item.decided_at, item.decided_by = at, by
    item.save()
    if meeting.status == MeetingStatus.PLANNED:
        meeting.begin()
        meeting.save(update_fields=["status"])
    record(Act.AGENDA_DECIDED, item, by=by, at=at, meeting=meeting.pk, decision=str(item.decision))
    return item


def responsible_for(item: AgendaItem, *, on: date) -> list[Employee]:
    """Who can answer for what is decided: whoever takes part, and the responsible caseworker."""
    owner = owner_of(item.household, on=on)
    members = [member.employee for member in item.meeting.members.select_related("employee").order_by("employee__name")]
    return [*members, *([owner] if owner is not None and owner not in members else [])]


def may_run(meeting: HousingMeeting, employee: Employee, *, at: datetime) -> bool:
    """Whether the employee plans, decides and closes: whoever does casework at the meeting's unit, or leads it."""
    return units_with(employee, Permission.VIEW_UNIT, at=at).filter(pk=meeting.unit_id).exists()


def seats_for(unit: Unit, *, on: date) -> list[tuple[str, str]]:
    """Everybody who can take part, with their service, as a form offers them: "employee-unit", words."""
    grants = (
        RoleGrant.objects.on(on)
        .filter(
            unit__municipality=unit.municipality_id,
            role__in=roles_with(Permission.VIEW_MINIMUM),
            employee__is_active=True,
        )
        .exclude(unit__kind=UnitKind.SPECIAL)
    )
    rows = grants.values_list("employee_id", "unit_id", "employee__name", "unit__name").distinct()
    return [
        (f"{employee}-{unit_id}", f"{name}, {service}")
        for employee, unit_id, name, service in sorted(rows, key=lambda row: (row[3], row[2]))
    ]


def _unit(unit_id: int, *, by: Employee, at: datetime) -> Unit:
    found = units_with(by, Permission.VIEW_UNIT, at=at).filter(pk=unit_id).first()
    if found is None:
        raise Http404
    return found


def _meeting(meeting_id: int, *, by: Employee, at: datetime) -> HousingMeeting:
    """:raises CannotMeet: when it is closed"""
    meeting = locked_meeting(meeting_id)
    _unit(meeting.unit_id, by=by, at=at)
    if not meeting.is_open:
        raise CannotMeet(_("The meeting is closed."))
    return meeting


def _seat(meeting: HousingMeeting, seats: Collection[Seat], *, at: datetime) -> None:
    known = {value for value, _words in seats_for(meeting.unit, on=localdate(at))}
    chosen = dict(seats)
    if not chosen:
        raise CannotMeet(_("Choose who takes part."), field="seats")
    if any(f"{employee}-{unit}" not in known for employee, unit in seats):
        raise CannotMeet(_("Choose among those who have a role in the municipality."), field="seats")
    for employee, unit in sorted(chosen.items()):
        MeetingMember.objects.create(meeting=meeting, employee_id=employee, service_id=unit)


def _refuse(meeting: HousingMeeting, decided: Decided, *, today: date) -> None:
    if decided.decision not in AgendaDecision.values:
        raise CannotDecideCase(_("Choose what was decided."), field="decision")
    if decided.decision == AgendaDecision.ALLOT and not meeting.may_allot:
        raise CannotDecideCase(
            _("By the municipality's rule the meeting recommends, and the unit of the case decides."), field="decision"
        )
    if not decided.text.strip():
        raise CannotDecideCase(_("Write what was decided, and why."), field="text")
    if decided.decision in WITH_DEADLINE and decided.deadline is None:
        raise CannotDecideCase(_("Say by when."), field="deadline")
    if decided.deadline is not None and decided.deadline < today:
        raise CannotDecideCase(_("The day has passed."), field="deadline")


def _dwelling(item: AgendaItem, decided: Decided, dwellings: dict[int, Dwelling], *, at: datetime) -> Dwelling | None:
    if decided.decision not in OF_A_DWELLING:
        return None
    if is_shielded(item.household, at=at):
        raise CannotDecideCase(
            _("Somebody here has a protected address: the unit of the case offers a dwelling itself."), field="decision"
        )
    dwelling = dwellings.get(decided.dwelling_id or 0)
    if dwelling is None or dwelling.municipality_id != item.household.municipality_id:
        raise CannotDecideCase(_("Choose the dwelling."), field="dwelling")
    on = localdate(at)
    free = first_free_day(dwelling, on=on)
    refuse_kept(dwelling, on=free or on, household=item.household, item=item)
    if free is None:
        raise CannotDecideCase(_("The dwelling is not available."), field="dwelling")
    return dwelling


def _responsible(item: AgendaItem, decided: Decided, *, at: datetime) -> Employee | None:
    if decided.decision not in WITH_DEADLINE:
        return None
    known = {employee.pk: employee for employee in responsible_for(item, on=localdate(at))}
    if decided.responsible_id not in known:
        raise CannotDecideCase(_("Choose who does it."), field="responsible")
    return known[decided.responsible_id]
