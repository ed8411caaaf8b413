"""What one household has asked for, where each request went, and what is disputed about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.models import Forwarding, Request, ResponsibilityDispute
from cases.questions.disputes import due_on_of
from cases.questions.requests import Clock, clocks_of, refused_without_decision
from people.masking import SHIELDED_PLACE
from people.models import Household


@dataclass(frozen=True, kw_only=True)
class Step:
    """One time it was handed on. Places are masked where the household's whereabouts are."""

    at: datetime
    from_unit: str
    to: str
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request with how it stands and the way it went."""

    request: Request
    clock: Clock
    unit: str
    way: Sequence[Step]
    #: refused, and the decision that says so is missing
    lacks_decision: bool


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """One dispute; `is_late`: waits past its last day."""

    dispute: ResponsibilityDispute
    other: str
    due_on: date
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class AskedByHousehold:
    """Newest first. `times_handed_on`: all times, whatever it had asked for."""

    requests: list[Asked]
    disputes: list[Disputed]

    @property
    def times_handed_on(self) -> int:
        return sum(len(one.way) for one in self.requests)


def asked_by_household(household: Household, *, at: datetime) -> AskedByHousehold:
    """Everything, behind the door that opened the household; seven statements however much it is."""
    found = list(household.requests.select_related("unit", "household").order_by("-asked_at", "-pk"))
    disputes = household.disputes.select_related("with_unit", "leader", "decided_by").order_by("-since", "-pk")
    return AskedByHousehold(
        requests=_told(found, household, at=at), disputes=[disputed(one, household, at=at) for one in disputes]
    )


def told_of(request: Request, *, at: datetime) -> Asked:
    """One request of a household that a door opened."""
    [told] = _told([request], request.household, at=at)
    return told


def disputed(dispute: ResponsibilityDispute, household: Household, *, at: datetime) -> Disputed:
    due_on = due_on_of(dispute)
    return Disputed(
        dispute=dispute,
        other=_place(dispute.other, household),
        due_on=due_on,
        is_late=dispute.decided_at is None and localdate(at) > due_on,
    )


def _told(requests: list[Request], household: Household, *, at: datetime) -> list[Asked]:
    clocks = clocks_of(requests, at=at)
    steps = Forwarding.objects.filter(request__in=requests).select_related("from_unit", "to_unit", "by").order_by("pk")
    ways: dict[int, list[Step]] = {one.pk: [] for one in requests}
    for step in steps:
        ways[step.request_id].append(
            Step(
                at=step.at,
                from_unit=_place(step.from_unit.name, household),
                to=_place(step.to, household),
                reason=step.reason,
                by=step.by.name,
            )
        )
    undecided = Request.objects.filter(refused_without_decision(), pk__in=ways)
    lacking = set(undecided.values_list("pk", flat=True))
    return [
        Asked(
            request=one,
            clock=clocks[one.pk],
            unit=_place(one.unit.name, household),
            way=ways[one.pk],
            lacks_decision=one.pk in lacking,
        )
        for one in requests
    ]


def _place(name: str, household: Household) -> str:
    return name if household.sight.whereabouts else str(SHIELDED_PLACE)
