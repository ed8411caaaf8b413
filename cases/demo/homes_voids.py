"""Dwellings that stood empty and could not be let: some are ready again, one is late, one waits for the electrician."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.town import Town
from housing.actions.voids import begin_void, end_void
from housing.models import VoidReason

#: So many are left for those who need a home.
LEFT_FREE = 6


def voids(town: Town) -> list[Story]:
    return [_out_of_letting(town, row) for row in content("homes_voids")["voids"]]


def _out_of_letting(town: Town, row: dict[str, Any]) -> Story:
    """One of the dwellings that nobody has, from the far end of the street."""
    at, by = town.edge - timedelta(days=row["began"]), town.employees["bolig"]
    yield at
    starts_on = localdate(at)
    free = list(town.free_dwellings(starts_on).order_by("-ref"))
    if len(free) <= LEFT_FREE:
        return
    void = begin_void(
        dwelling_id=free[0].pk,
        starts_on=starts_on,
        reason=VoidReason(row["reason"]),
        expected_on=town.edge_day + timedelta(days=row["expected"]),
        note=row["note"],
        by=by,
        at=at,
    )
    if "ready" in row:
        ready = town.edge - timedelta(days=row["ready"])
        yield ready
        end_void(void_id=void.pk, on=localdate(ready), cost=row["cost"], by=by, at=ready)
