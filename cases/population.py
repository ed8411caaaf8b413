"""What an inspection's sample is drawn from: every request, decision, placement and stay of a unit in a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Decision, EntryKind, Request, Theme
from housing.models import OPEN, Residence, ResidenceKind, Spell
from people.models import Responsibility, Unit


class Line(NamedTuple):
    """One line of a population; `until` is the first day it was over, None for what goes on or has no length."""

    theme: Theme
    kind: EntryKind
    household: int
    on: date
    until: date | None
    outcome: str

    def as_text(self, case_number: str) -> str:
        """The line as its fingerprint reads it: six columns between tabs, days as 2026-03-10, nothing as nothing."""
        until = self.until.isoformat() if self.until else ""
        return f"{self.theme}\t{self.kind}\t{case_number}\t{self.on.isoformat()}\t{until}\t{self.outcome}"


def population(unit: Unit, themes: list[Theme], *, starts_on: date, ends_on: date, special: bool) -> list[Line]:
    """Every line of the themes with a day in the half-open period, as known now, in order.

    `special` takes in nights at a night shelter, which only a scope with special notes may.
    """
    found: list[Line] = []
    if Theme.ALLOTMENT in themes:
        found += [*_requests(unit, starts_on, ends_on), *_decisions(unit, starts_on, ends_on)]
    if Theme.STANDARD in themes:
        found += _placements(unit, starts_on, ends_on, special=special)
    if Theme.TRANSITION in themes:
        found += _stays(unit, starts_on, ends_on)
    return sorted(found, key=lambda line: (line.theme, line.on, line.kind, line.household, line.outcome))


def _requests(unit: Unit, starts_on: date, ends_on: date) -> Iterator[Line]:
    """Those made to the unit, with or without an outcome."""
    asked = Request.objects.filter(unit=unit, asked_at__gte=_midnight(starts_on), asked_at__lt=_midnight(ends_on))
    for household, at, outcome in asked.values_list("household", "asked_at", "outcome"):
        yield Line(Theme.ALLOTMENT, EntryKind.REQUEST, household, localdate(at), None, outcome)


def _decisions(unit: Unit, starts_on: date, ends_on: date) -> Iterator[Line]:
    """Those given, on the day they were first given; the period is what they grant."""
    first, last = _midnight(starts_on), _midnight(ends_on)
    told = Q(told_at__gte=first, told_at__lt=last)
    written = Q(told_at__isnull=True, issued_at__gte=first, issued_at__lt=last)
    given = Decision.objects.given().filter(told | written, unit=unit)
    for household, told_at, issued_at, status in given.values_list("household", "told_at", "issued_at", "status"):
        yield Line(Theme.ALLOTMENT, EntryKind.DECISION, household, localdate(told_at or issued_at), None, status)


def _placements(unit: Unit, starts_on: date, ends_on: date, *, special: bool) -> Iterator[Line]:
    """Places for the night that began while the unit answered for the household."""
    kinds = [ResidenceKind.TEMPORARY, *([ResidenceKind.NIGHT_SHELTER] if special else [])]
    answered = Responsibility.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("starts_on")),
        household=OuterRef("household"),
        unit=unit,
        starts_on__lte=OuterRef("starts_on"),
    )
    placed = Residence.objects.touching(starts_on, ends_on).filter(Exists(answered), kind__in=kinds)
    rows = placed.values_list("household", "starts_on", "ends_on", "kind", "below_standard")
    for household, on, until, kind, below_standard in rows:
        outcome = below_standard or (kind if kind != ResidenceKind.TEMPORARY else "")
        yield Line(Theme.STANDARD, EntryKind.PLACEMENT, household, on, until, outcome)


def _stays(unit: Unit, starts_on: date, ends_on: date) -> Iterator[Line]:
    """Stays in temporary accommodation, and to what they led."""
    stays = Spell.objects.stays().filter(unit=unit, starts_on__lt=ends_on, ends_on__gt=starts_on)
    for household, on, until, led_to in stays.values_list("household", "starts_on", "ends_on", "next_state"):
        is_over = until != OPEN
        yield Line(
            Theme.TRANSITION, EntryKind.STAY, household, on, until if is_over else None, (led_to or "") * is_over
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
