"""Taking back the last act on where a household lives, soon after it was done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.journey import follow
from cases.actions.occupancy import lock_dwellings, lock_rooms, refuse_room
from cases.actions.offers_undone import ended_by, stand_again
from cases.actions.tasks import close_task, reopen_task
from cases.models import FINAL, Decision, DecisionKind, Need, Request, Security, Task, TaskKind
from housing.actions.spells import refresh
from housing.models import Residence, Tenancy
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household, JournalEntry
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Every act that changes a residence or undoes one, as the journal names it.
_ON_RESIDENCES = (
    Act.RESIDENCE_STARTED,
    Act.RESIDENCE_ENDED,
    Act.RESIDENCE_EXTENDED,
    Act.OVERSTAY_APPROVED,
    Act.RESIDENCE_CORRECTED,
    Act.RESIDENCE_REMOVED,
    Act.SPLIT,
    Act.JOINED,
    Act.UNDONE,
)
#: The acts that can be undone, as history names them.
UNDOABLE = frozenset(
    {"place", "place_undisclosed", "move", "extend", "approve_overstay", "leave", "settle", "lose_home", "sign_lease"}
)


class CannotUndo(Refusal):
    """There is nothing to undo, it is too late, or something that stands came with it."""


@act
def undo_last(
    *, household_id: int, by: Employee, at: datetime, reason: str = "", version: int | None = None
) -> JournalEntry:
    """Put the residences back as they were before the household's last move, as a compensating act. → its entry.

    Whoever did it can within some minutes, without a word; after that, and anybody else, the same day with a reason.
    The tasks that came with it close, the request is unanswered again, offers that it ended stand as before, and the
    papers of a lease signed with it go. What was decided stays: an act that issued a
    written decision is not undone; one given by word of mouth was given, stays in force and is still to be written.

    :raises CannotUndo: when there is nothing to undo, it is too late, no reason is given or a decision was issued
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    entry = _last_entry(household)
    events = _events_of(household)
    _refuse(entry, events, reason, by=by, at=at)
    offers = ended_by(entry)
    _restore(events, dwellings=[offer.dwelling_id for offer in offers])
    _take_back(household, entry, by=by, at=at)
    stand_again(offers, moved_on=entry.on, by=by, at=at)
    refresh([household.pk])
    follow(case, on=localdate(at), by=by, at=at)
    return journal.record(
        Act.UNDONE,
        household_id=household.pk,
        subject=entry,
        by=by,
        at=at,
        on=entry.on,
        reason=reason.strip(),
        details={"act": events[-1].pgh_context["act"], "at": entry.at.isoformat()},
    )


def is_undoable(household: Household, *, by: Employee, at: datetime) -> bool:
    """Whether whoever asks could undo the last move now without giving a reason."""
    try:
        _refuse(_last_entry(household), _events_of(household), "", by=by, at=at)
    except CannotUndo:
        return False
    return True


def _last_entry(household: Household) -> JournalEntry:
    entries = JournalEntry.objects.filter(household_id=household.pk, act__in=_ON_RESIDENCES)
    entry = entries.select_related("by").order_by("at", "pk").last()
    if entry is None:
        raise CannotUndo(_("There is no move to undo."))
    return entry


def _events_of(household: Household) -> list[Any]:
    """What history kept of the last act on the household's residences: every version it wrote, in order.

    History gives all that one request wrote, or one act outside a request, the same context id, and names the act.
    """
    events = _events().filter(household_id=household.pk).order_by("pgh_id")
    last = events.last()
    if last is None or last.pgh_context_id is None:
        return [last] if last else []
    same_request = events.filter(pgh_context_id=last.pgh_context_id)
    return [event for event in same_request if event.pgh_context.get("act") == last.pgh_context.get("act")]


def _events() -> Any:
    return apps.get_model("housing", "ResidenceEvent")._default_manager


def _refuse(entry: JournalEntry, events: list[Any], reason: str, *, by: Employee, at: datetime) -> None:
    done = ((events[-1].pgh_context or {}) if events else {}).get("act")
    if entry.act == Act.UNDONE or done not in UNDOABLE:
        raise CannotUndo(_("The last thing done to where the household lives cannot be undone: correct it instead."))
    if localdate(entry.at) != localdate(at):
        raise CannotUndo(_("It is too late to undo: correct the residence instead."))
    is_fresh = at - entry.at <= timedelta(minutes=settings.VARIG_UNDO_MINUTES)
    if not (is_fresh and entry.by_id == by.pk) and not reason.strip():
        raise CannotUndo(_("Say why this is undone."), field="reason")
    issued = Decision.objects.filter(household_id=entry.household_id, status__in=FINAL, kind=DecisionKind.TEMPORARY)
    if issued.filter(issued_at__gte=entry.at).exists():
        raise CannotUndo(_("A decision has been issued with it: register where the household goes instead."))
    _refuse_secured(events)


def _refuse_secured(events: list[Any]) -> None:
    """What stands good for a lease is money, and is not undone."""
    made = [event.id for event in events if event.pgh_label == "insert"]
    if Security.objects.filter(tenancy__residence__in=made).exists():
        raise CannotUndo(
            _("A deposit or guarantee has been given for the lease: register where the household goes instead.")
        )


def _restore(events: list[Any], *, dwellings: list[int]) -> None:
    """Each row as its last version before the act. What the act made goes first, so that no two rows overlap.

    :param dwellings: others that are to be locked, of the offers that come back
    """
    first = {event.id: event for event in reversed(events)}
    before = {pk: _version_before(event) for pk, event in first.items()}
    kept = [version for version in before.values() if version is not None]
    rooms = lock_rooms(row.room_id for row in [*events, *kept])
    lock_dwellings([*(row.dwelling_id for row in [*events, *kept]), *dwellings])
    now = {residence.pk: residence for residence in Residence.objects.filter(pk__in=first)}
    for pk in set(now) - {version.id for version in kept}:
        now.pop(pk).delete()
    for version in kept:
        residence = now.get(version.id)
        if version.room_id is not None:
            refuse_room(rooms[version.room_id], version.starts_on, version.ends_on, but=residence)
        _put_back(version, residence)
    going_on = [version.id for version in kept if version.ends_on is None]
    for tenancy in Tenancy.objects.filter(residence__in=going_on).exclude(ended_because=""):
        tenancy.ended_because = ""
        tenancy.save(update_fields=["ended_because"])


def _version_before(event: Any) -> Any:
    return _events().filter(id=event.id, pgh_id__lt=event.pgh_id).order_by("pgh_id").last()


def _put_back(version: Any, residence: Residence | None) -> None:
    fields = [field for field in Residence._meta.concrete_fields if not field.primary_key]
    restored = residence or Residence(pk=version.id)
    for field in fields:
        setattr(restored, field.attname, getattr(version, field.attname))
    if residence is None:
        restored.save(force_insert=True)
    else:
        restored.save(update_fields=[field.name for field in fields])


def _take_back(household: Household, entry: JournalEntry, *, by: Employee, at: datetime) -> None:
    """Close the tasks that the act opened, but for a decision still to be written, and open those that it closed.

    A request that it answered is unanswered again, and a home that it left as good as lost is at risk again.
    """
    same_act = JournalEntry.objects.filter(household_id=household.pk, at=entry.at, by=entry.by_id)
    opened = same_act.filter(act=Act.TASK_OPENED).values_list("subject_id", flat=True)
    closed = same_act.filter(act=Act.TASK_DONE).values_list("subject_id", flat=True)
    finished = Task.objects.filter(pk__in=list(closed), done_on__isnull=False).exclude(pk__in=list(opened))
    for task in finished:
        reopen_task(task, by=by, at=at)
    for task in Task.objects.open().filter(pk__in=list(opened)).exclude(kind=TaskKind.WRITE_DECISION):
        close_task(task, by=by, at=at)
    over = same_act.filter(act=Act.NEED_ENDED).values_list("subject_id", flat=True)
    for need in Need.objects.filter(pk__in=list(over), household=household, ends_on__isnull=False):
        need.ends_on = None
        need.save(update_fields=["ends_on"])
    for request in Request.objects.filter(household=household, outcome_at=entry.at, outcome_by=entry.by_id):
        request.outcome, request.outcome_at, request.outcome_by = "", None, None
        request.save(update_fields=["outcome", "outcome_at", "outcome_by"])
