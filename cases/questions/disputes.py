"""Households that services do not agree about: what waits for a leader, what is late, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from cases.deadlines import dispute_due_on
from cases.models import ResponsibilityDispute
from cases.questions.people import applicant_name
from housing.states import add_months
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, Unit

#: Decided disputes are shown and counted so many months back.
SHOWN_MONTHS = 12


class Which(StrEnum):
    WAITING = "waiting"
    LATE = "late"
    DECIDED = "decided"
    DECIDED_LATE = "decided_late"


@dataclass(frozen=True, kw_only=True)
class DisputeRow:
    """One dispute. `is_late`: waits, or waited, past its last day."""

    dispute_id: int
    key: UUID
    name: str
    other: str
    since: date
    due_on: date
    leader: str
    is_decided: bool
    decision: str
    decided_at: datetime | None
    is_late: bool

    @property
    def kinds(self) -> set[Which]:
        if self.is_decided:
            return {Which.DECIDED, Which.DECIDED_LATE} if self.is_late else {Which.DECIDED}
        return {Which.WAITING, Which.LATE} if self.is_late else {Which.WAITING}


def disputes_of(unit: Unit, employee: Employee, *, at: datetime) -> list[DisputeRow]:
    """Those of a unit's households that the employee may see: what waits longest first, then what was decided last."""
    today = localdate(at)
    visible = Household.objects.visible_to(employee, at=at)
    found: list[Any] = list(
        ResponsibilityDispute.objects.filter(unit=unit, household__in=visible)
        .exclude(decided_at__date__lt=add_months(today, -SHOWN_MONTHS))
        .annotate(name=applicant_name(today, "household"))
        .select_related("household", "with_unit", "leader")
        .order_by("since", "pk")
    )
    sights = sights_of({one.household_id for one in found}, employee, at=at)
    rows = [_row(one, one.name, tells_place=sights[one.household_id].whereabouts, today=today) for one in found]
    return sorted(rows, key=lambda row: (row.is_decided, -row.decided_at.timestamp() if row.decided_at else 0))


def _row(one: ResponsibilityDispute, name: str, *, tells_place: bool, today: date) -> DisputeRow:
    due_on = due_on_of(one)
    return DisputeRow(
        dispute_id=one.pk,
        key=one.household.key,
        name=name or one.household.ref,
        other=one.other if tells_place else str(SHIELDED_PLACE),
        since=one.since,
        due_on=due_on,
        leader=one.leader.name,
        is_decided=one.decided_at is not None,
        decision=one.get_decision_display() if one.decision else "",
        decided_at=one.decided_at,
        is_late=(localdate(one.decided_at) if one.decided_at else today) > due_on,
    )


def due_on_of(dispute: ResponsibilityDispute) -> date:
    """The last day for its leader to decide."""
    return dispute_due_on(dispute.since)
