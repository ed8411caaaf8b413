"""Bringing a planned arrival to the state that the household's residences give it. Inside an act."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.timezone import localdate

from cases.coming import CameOut, Place, came_out
from cases.models import COMES_FROM, TO_COME, Transition, TransitionKind, TransitionStatus
from housing.actions.voids import release
from housing.models import Residence
from people import journal
from people.journal import Act
from people.models import Employee, Household


def follow_coming(household_id: int, *, by: Employee, at: datetime) -> None:
    """Out, or in a home, as the residences say; back to waiting where a move was undone."""
    rows = list(Transition.objects.filter(household=household_id).exclude(status=TransitionStatus.FELL_AWAY))
    housed = [one for one in rows if not one.is_open]
    latest = max(housed, key=lambda one: (one.expected_on, one.pk), default=None)
    for arrival in rows:
        if arrival.kind in COMES_FROM and (arrival.is_open or arrival is latest):
            _follow(arrival, by=by, at=at)


def coming_due(on: date) -> list[int]:
    """Households with an open arrival that have moved since, so that a move dated ahead is seen on its day."""
    moved = Residence.objects.filter(household=OuterRef("household"), starts_on__lte=on)
    found = Transition.objects.open().filter(Exists(moved.filter(starts_on__gte=OuterRef("known_on"))))
    left = moved.filter(ends_on__lte=on, ends_on__gte=OuterRef("known_on"))
    found |= Transition.objects.to_come().filter(Exists(left))
    return sorted(set(found.values_list("household_id", flat=True)))


def end_coming(household: Household, *, because: str, by: Employee, at: datetime) -> None:
    """Nobody comes to us any more: the case is closed."""
    for arrival in Transition.objects.open().filter(household=household):
        fall_away(arrival, on=localdate(at), because=because, by=by, at=at)


def fall_away(arrival: Transition, *, on: date, because: str, by: Employee, at: datetime) -> None:
    """What was held for it is held no longer."""
    unreserve(arrival, at=at)
    arrival.fall_away(on=on, because=because)
    arrival.save(update_fields=["status", "ended_on", "ended_because"])
    record(Act.TRANSITION_FELL_AWAY, arrival, by=by, at=at, on=on, reason=because)


def unreserve(arrival: Transition, *, at: datetime) -> None:
    if arrival.dwelling is not None:
        release(arrival.household, dwelling=arrival.dwelling, on=localdate(at))


def record(
    what: Act,
    arrival: Transition,
    *,
    by: Employee,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    **more: Any,
) -> None:
    """A line in the journal on an arrival: its dates and no place."""
    journal.record(
        what,
        household_id=arrival.household_id,
        subject=arrival,
        by=by,
        at=at,
        on=on,
        reason=journal.in_a_line(reason),
        details={"status": str(arrival.status), "expected_on": arrival.expected_on.isoformat(), **more},
    )


def _follow(arrival: Transition, *, by: Employee, at: datetime) -> None:
    found = _came_out(arrival, today=localdate(at))
    is_the_same = (found.left_on, found.housed_on) == (arrival.left_on, arrival.housed_on)
    if is_the_same or (arrival.is_told and found == CameOut()):
        return
    if found.housed_on is not None:
        what = _in(arrival, found.housed_on, found.left_on)
    elif found.left_on is not None:
        what = _out(arrival, found.left_on)
    else:
        arrival.wait_again()
        what = Act.TRANSITION_TAKEN_BACK
    arrival.save(update_fields=["status", "left_on", "housed_on"])
    if what is not None:
        record(what, arrival, by=by, at=at, on=found.housed_on or found.left_on)


def _in(arrival: Transition, housed_on: date, left_on: date | None) -> Act | None:
    if arrival.status == TransitionStatus.HOUSED:
        arrival.housed_on, arrival.left_on = housed_on, left_on
        return None
    arrival.house(on=housed_on, left_on=left_on)
    return Act.TRANSITION_HOUSED


def _out(arrival: Transition, left_on: date) -> Act | None:
    if arrival.status in TO_COME:
        arrival.arrive(on=left_on)
        return Act.TRANSITION_LEFT
    if arrival.status == TransitionStatus.HOUSED:
        arrival.lose_home(left_on=left_on)
        return Act.TRANSITION_TAKEN_BACK
    arrival.left_on = left_on
    return None


def _came_out(arrival: Transition, *, today: date) -> CameOut:
    rows = Residence.objects.filter(household=arrival.household_id).exclude(ends_on__lt=arrival.known_on)
    places = [Place(*row) for row in rows.order_by("starts_on").values_list("kind", "starts_on", F("ends_on"))]
    kinds = COMES_FROM.get(TransitionKind(arrival.kind), ())
    return came_out(places, since=arrival.known_on, comes_from=[str(kind) for kind in kinds], today=today)
