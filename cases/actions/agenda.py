"""Cases before a housing meeting: put on its agenda, taken off, carried over; and who sees their minimum meanwhile.

Locks: households by ascending id, then the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import case_to_act_on
from cases.models import OPEN_MEETINGS, AgendaItem, AgendaQuestion, HousingMeeting
from cases.questions.others_in_text import Redactor
from housing.models import Dwelling
from people import journal
from people.access import locked_household
from people.actions.grants import give_or_extend, take_back
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, GrantKind, Household, Person
from people.models.person import SHIELDED
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Who puts a case before the meeting.
PUTS = (Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN)
#: How long after the meeting its members still see the minimum, if nobody closes it.
_SEEN_AFTER = timedelta(days=7)


class CannotPut(Refusal):
    """The case cannot be put on the agenda, or not so."""


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """What the meeting is asked, and the least that it needs to know, naming nobody."""

    question: AgendaQuestion | str
    background: str
    proposal: str = ""
    dwelling_id: int | None = None


@act
def put_on_agenda(
    *, household_id: int, meeting_id: int, new: NewItem, by: Employee, at: datetime, version: int | None = None
) -> AgendaItem:
    """Put a case before a housing meeting of its municipality. Its members may see the minimum from now on.

    :raises CannotPut: naming the field; of a shielded household, that its unit offers a dwelling without a meeting
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, PUTS, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    meeting = locked_meeting(meeting_id)
    _refuse(household, meeting, new, at=at)
    item: AgendaItem = AgendaItem.objects.create(
        meeting=meeting,
        household=household,
        number=next_number(meeting),
        question=new.question,
        background=new.background.strip(),
        proposal=new.proposal.strip(),
        proposed_dwelling=_dwelling(household, new.dwelling_id),
        put_by=by,
        put_at=at,
    )
    let_see(meeting, [household.pk], by=by, at=at)
    record(Act.AGENDA_PUT, item, by=by, at=at, meeting=meeting.pk)
    return item


@act
def take_off_agenda(*, item_id: int, by: Employee, at: datetime, version: int | None = None) -> None:
    """Take a case off an agenda before anything is decided; its members see it no more.

    :raises CannotPut: when the meeting is closed or has decided
    """
    found = AgendaItem.objects.filter(pk=item_id).values_list("household_id", "meeting_id").first()
    if found is None:
        raise Http404
    locked_household(by, PUTS, household_id=found[0], at=at, version=version)
    meeting = locked_meeting(found[1])
    item = AgendaItem.objects.select_related("household").get(pk=item_id)
    if not meeting.is_open or item.decision:
        raise CannotPut(_("The meeting has decided this case already."))
    shut_out(meeting, [item.household_id], at=at)
    record(Act.AGENDA_TAKEN_OFF, item, by=by, at=at, meeting=meeting.pk)
    item.delete()


def carry_over(meeting: HousingMeeting, *, by: Employee, at: datetime) -> int:
    """Put what the unit's earlier meetings postponed first on this agenda. Inside an act. → how many.

    One that has been shielded since is left where it is.
    """
    waiting = AgendaItem.objects.postponed().filter(meeting__unit=meeting.unit_id, meeting__held_at__lt=meeting.held_at)
    ids = sorted(waiting.values_list("household_id", flat=True))
    list(Household.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    on_it = set(meeting.items.values_list("household_id", flat=True))
    carried = []
    for old in waiting.select_related("household").order_by("meeting__held_at", "number"):
        if old.household_id in on_it or is_shielded(old.household, at=at):
            continue
        on_it.add(old.household_id)
        item = AgendaItem.objects.create(
            meeting=meeting,
            household=old.household,
            number=next_number(meeting),
            question=old.question,
            background=old.background,
            proposal=old.proposal,
            proposed_dwelling=old.proposed_dwelling,
            carried_from=old,
            put_by=by,
            put_at=at,
        )
        record(Act.AGENDA_PUT, item, by=by, at=at, meeting=meeting.pk)
        carried.append(old.household_id)
    let_see(meeting, carried, by=by, at=at)
    return len(carried)


def let_see(meeting: HousingMeeting, household_ids: Iterable[int], *, by: Employee, at: datetime) -> None:
    """Give every member leave to see the minimum of the cases, until the meeting is closed or some days after it."""
    until = max(meeting.held_at, at) + _SEEN_AFTER
    members = [member.employee for member in meeting.members.select_related("employee").order_by("employee_id")]
    for household_id in sorted(household_ids):
        for employee in members:
            give_or_extend(
                household_id=household_id,
                user=employee,
                kind=GrantKind.AGENDA,
                reason=f"agenda {meeting.pk}",
                until=until,
                by=by,
                at=at,
            )


def shut_out(
    meeting: HousingMeeting, household_ids: Iterable[int], *, at: datetime, employees: Iterable[Employee] | None = None
) -> None:
    """Take back what members were let see, unless another open meeting lets them see it."""
    if employees is None:
        employees = [member.employee for member in meeting.members.select_related("employee")]
    others = AgendaItem.objects.filter(meeting__status__in=OPEN_MEETINGS).exclude(meeting=meeting)
    for household_id in sorted(household_ids):
        for employee in employees:
            if not others.filter(household=household_id, meeting__members__employee=employee).exists():
                take_back(household_id=household_id, user=employee, kind=GrantKind.AGENDA, at=at)


def locked_meeting(meeting_id: int) -> HousingMeeting:
    """:raises Http404: when there is none"""
    found: HousingMeeting | None = (
        HousingMeeting.objects.select_for_update(no_key=True, of=("self",)).filter(pk=meeting_id).first()
    )
    if found is None:
        raise Http404
    return found


def next_number(meeting: HousingMeeting) -> int:
    return (meeting.items.aggregate(last=Max("number"))["last"] or 0) + 1


def is_shielded(household: Household, *, at: datetime) -> bool:
    """Whether somebody in it has a protected address."""
    members = household.members.on(localdate(at)).select_related("person")
    return any(member.person.protection_on(localdate(at)) in SHIELDED for member in members)


def refuse_names(household: Household, **texts: str) -> None:
    """:raises CannotPut: at the field where a member's name or a national id stands: the agenda names nobody"""
    names = Person.objects.filter(memberships__household=household).values_list("name", flat=True)
    without = Redactor(dict.fromkeys(names, "-"), own="", own_number="", a_number="-")
    for field, text in texts.items():
        if without(text) != text:
            raise CannotPut(_("The agenda names nobody: write it without names and national ids."), field=field)


def record(what: Act, item: AgendaItem, *, by: Employee, at: datetime, **details: object) -> None:
    journal.record(what, household_id=item.household_id, subject=item, by=by, at=at, details=details)


def _refuse(household: Household, meeting: HousingMeeting, new: NewItem, *, at: datetime) -> None:
    if not meeting.is_open or meeting.unit.municipality_id != household.municipality_id:
        raise CannotPut(_("Choose a meeting of the municipality that is not closed."), field="meeting")
    if is_shielded(household, at=at):
        raise CannotPut(
            _("Somebody here has a protected address: the case is not put before a meeting. Offer a dwelling directly.")
        )
    if new.question not in AgendaQuestion.values:
        raise CannotPut(_("Choose what the meeting is asked."), field="question")
    if not new.background.strip():
        raise CannotPut(_("Write what the meeting needs to know."), field="background")
    if meeting.items.filter(household=household).exists():
        raise CannotPut(_("The case is on the agenda already."), field="meeting")
    refuse_names(household, background=new.background, proposal=new.proposal)


def _dwelling(household: Household, dwelling_id: int | None) -> Dwelling | None:
    if dwelling_id is None:
        return None
    require_whereabouts(household)
    found: Dwelling | None = Dwelling.objects.filter(pk=dwelling_id, municipality=household.municipality_id).first()
    if found is None:
        raise CannotPut(_("Choose one of the municipality's dwellings."), field="dwelling")
    return found
