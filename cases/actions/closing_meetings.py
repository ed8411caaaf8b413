"""Closing a housing meeting: what it decided becomes offers and tasks, and its members see the cases no more."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.agenda import carry_over, locked_meeting, record, shut_out
from cases.actions.meeting_minutes import keep_minutes
from cases.actions.meetings import CannotMeet, may_run
from cases.actions.occupancy import lock_dwellings
from cases.actions.offers import NewOffer, answer_by, first_free_day, offer_dwelling
from cases.actions.tasks import open_task, unit_of
from cases.models import AgendaDecision, AgendaItem, HousingMeeting, TaskKind
from people.access import sight_of, units_with
from people.decision import Level
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


@act
def close_meeting(*, meeting_id: int, by: Employee, at: datetime, next_at: datetime | None = None) -> HousingMeeting:
    """Carry out what was decided, keep the minutes and shut the agenda. What nobody decided is taken again next time.

    A case that its closer may not see any more, as when somebody in it has been shielded, is left to its unit.

    :raises CannotMeet: when it is closed already, has no cases decided, or names the case whose offer cannot be made
    """
    before = set(AgendaItem.objects.filter(meeting=meeting_id).values_list("pk", flat=True))
    households = _lock_households(meeting_id)
    _lock_dwellings(meeting_id)
    meeting = locked_meeting(meeting_id)
    if not may_run(meeting, by, at=at):
        raise Http404
    if not meeting.is_open:
        raise CannotMeet(_("The meeting is closed."))
    items = list(meeting.items.select_related("household", "dwelling", "responsible").order_by("number"))
    if {item.pk for item in items} != before:
        raise CannotMeet(_("Somebody changed the agenda at the same moment. Try again."))
    for item in items:
        _carry_out(item, by=by, at=at)
    meeting.close()
    meeting.closed_at, meeting.closed_by, meeting.next_at = at, by, next_at
    meeting.save(update_fields=["status", "closed_at", "closed_by", "next_at"])
    keep_minutes(meeting, by=by, at=at)
    shut_out(meeting, households, at=at)
    following = HousingMeeting.objects.open().filter(unit=meeting.unit_id, held_at__gt=meeting.held_at)
    if (following_one := following.order_by("held_at").first()) is not None:
        carry_over(locked_meeting(following_one.pk), by=by, at=at)
    return meeting


def _lock_households(meeting_id: int) -> list[int]:
    """All of them, whoever may see them: what their case was decided is the meeting's to carry out."""
    ids = AgendaItem.objects.filter(meeting=meeting_id).values("household")
    found = list(Household.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    for household in found:
        household.version += 1
        household.save(update_fields=["version"])
    return [household.pk for household in found]


def _lock_dwellings(meeting_id: int) -> None:
    lock_dwellings(AgendaItem.objects.filter(meeting=meeting_id).values_list("dwelling_id", flat=True))


def _carry_out(item: AgendaItem, *, by: Employee, at: datetime) -> None:
    if not item.decision:
        _postpone(item, by=by, at=at)
    item.effected_on = localdate(at)
    item.save(update_fields=["effected_on"])
    decision = AgendaDecision(item.decision)
    is_seen = sight_of(by, item.household, at=at).level >= Level.MINIMUM
    match decision:
        case AgendaDecision.ALLOT if is_seen:
            _offer(item, by=by, at=at)
        case AgendaDecision.ALLOT:
            _ask(item, due_on=localdate(at), by=by, at=at)
        case AgendaDecision.RECOMMEND | AgendaDecision.FOLLOW_UP:
            _ask(item, due_on=item.deadline or localdate(at), by=by, at=at)
        case AgendaDecision.POSTPONE | AgendaDecision.NOTED:
            pass
        case _:
            assert_never(decision)


def _postpone(item: AgendaItem, *, by: Employee, at: datetime) -> None:
    item.decision, item.decision_text = AgendaDecision.POSTPONE, _("The meeting did not come to it.")
    item.decided_at, item.decided_by = at, by
    item.save(update_fields=["decision", "decision_text", "decided_at", "decided_by"])
    record(Act.AGENDA_DECIDED, item, by=by, at=at, meeting=item.meeting_id, decision=str(item.decision))


def _offer(item: AgendaItem, *, by: Employee, at: datetime) -> None:
    today, household = localdate(at), item.household
    assert item.dwelling is not None, "a dwelling goes with the decision"
    new = NewOffer(
        dwelling_id=item.dwelling.pk,
        expires_on=answer_by(household, on=today),
        moves_in_from=first_free_day(item.dwelling, on=today) or today,
    )
    try:
        offer_dwelling(household, new, by=by, at=at, item=item)
    except Refusal as refused:
        told = {"number": item.number, "why": refused.message}
        raise CannotMeet(_("Case %(number)s: %(why)s Decide it anew, then close the meeting.") % told) from refused


def _ask(item: AgendaItem, *, due_on: date, by: Employee, at: datetime) -> None:
    """A task at the unit of the case: whoever was named gets it, if they do casework there."""
    unit = unit_of(item.household, on=localdate(at))
    named = item.responsible
    works_there = named and units_with(named, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=unit.pk).exists()
    open_task(
        household=item.household,
        kind=TaskKind.MEETING_DECIDED,
        due_on=due_on,
        employee=named if works_there else None,
        about=item.decision_text[:200],
        subject=item,
        by=by,
        at=at,
    )
