"""The tasks that planned arrivals and refugees to be settled ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cases.coming import homeless_from
from cases.deadlines import opens_on
from cases.models import RefugeeSettlement, Transition, TransitionStatus
from cases.settling import target_on
from housing.states import add_months
from people.models import Member, MemberRole

#: Years old that a child no longer is one.
OF_AGE = 18
#: Days from when it is known, where less than two months are left.
_AT_LEAST = timedelta(days=7)


def homes_to_have_ready(on: date, only: Q) -> Iterator[tuple[Transition, date]]:
    """Arrivals with no home that waits, and the day before which they should have one."""
    found = Transition.objects.filter(only, status=TransitionStatus.PLANNED)
    for arrival in found.only("household", "known_on", "expected_on"):
        least = min(arrival.known_on + _AT_LEAST, arrival.expected_on)
        due_on = max(homeless_from(arrival.expected_on), least)
        if opens_on(due_on, ahead="home_before") <= on:
            yield arrival, due_on


def refugees_to_settle(on: date, only: Q) -> Iterator[tuple[RefugeeSettlement, date]]:
    """Refugees not settled yet, and the last day that reaches the target."""
    children = Member.objects.on(on).filter(
        household=OuterRef("household"), role=MemberRole.CHILD, person__born_on__gt=add_months(on, -12 * OF_AGE)
    )
    waiting: Any = RefugeeSettlement.objects.waiting().filter(only).annotate(is_family=Exists(children))
    for settlement in waiting:
        due_on = target_on(settlement.decided_on, is_family=settlement.is_family)
        if opens_on(due_on, ahead="settle_refugee") <= on:
            yield settlement, due_on
