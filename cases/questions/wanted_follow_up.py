"""The tasks that follow-up and housing allowance ask for: of open cases, one statement or two a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cases.follow_up import evaluation_due, silent_on, start_due_on, warning_due_on
from cases.models import EVALUATED_AFTER, Case, EarlyWarning, FollowUpEvaluation, FollowUpService
from cases.questions.allowances import opens, to_apply
from cases.questions.follow_up import LAST_MET
from housing.models import Spell
from housing.models.spell import SpellState
from housing.states import add_months

_OPEN = Exists(Case.objects.open().filter(household=OuterRef("household")))


def not_begun(on: date, only: Q) -> Iterator[tuple[FollowUpService, date]]:
    """Services that were offered and not answered, each with the day it begins by."""
    for service in FollowUpService.objects.waiting().filter(only, _OPEN).order_by("offered_on", "pk"):
        yield service, start_due_on(service.offered_on)


def silent(on: date, only: Q) -> Iterator[tuple[FollowUpService, date]]:
    """Services that have met nobody for longer than they mean to, each with the day the contact was lost."""
    for service in FollowUpService.objects.given(on).filter(only, _OPEN).annotate(last_met_on=LAST_MET).order_by("pk"):
        last_met_on: date | None = vars(service)["last_met_on"]
        since = last_met_on or service.starts_on
        assert since is not None
        lost_on = silent_on(since, service.intensity)
        if lost_on <= on:
            yield service, lost_on


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The evaluation whose turn it is, of a home that was moved into on a day."""

    household_id: int
    moved_in_on: date
    months: int

    @property
    def due_on(self) -> date:
        return add_months(self.moved_in_on, self.months)


def to_evaluate(on: date, only: Q) -> Iterator[Turn]:
    """Of households that found a permanent home while the case ran."""
    earliest = add_months(on, -2 * max(EVALUATED_AFTER))
    while_open = Exists(
        Case.objects.open().filter(household=OuterRef("household"), opened_on__lte=OuterRef("starts_on"))
    )
    homes: Any = Spell.objects.on(on).filter(only, while_open, state=SpellState.PERMANENT, starts_on__gt=earliest)
    found = list(homes.order_by("household").values_list("household", "starts_on"))
    if not found:
        return
    held: dict[tuple[int, date], set[int]] = {}
    known = FollowUpEvaluation.objects.filter(household__in=[household for household, _since in found])
    for household, since, months in known.values_list("household", "moved_in_on", "months"):
        held.setdefault((household, since), set()).add(months)
    for household, since in found:
        turn = evaluation_due(since, held.get((household, since), set()), EVALUATED_AFTER, on=on)
        if turn is not None:
            yield Turn(household_id=household, moved_in_on=since, months=turn)


def unhandled(on: date, only: Q) -> Iterator[tuple[EarlyWarning, date]]:
    """Signs that a home may be lost, each with the day it is to be handled by."""
    for warning in EarlyWarning.objects.filter(only, _OPEN, handled_on__isnull=True).order_by("seen_on", "pk"):
        yield warning, warning_due_on(warning.seen_on)


def allowances_to_apply_for(on: date, only: Q) -> Iterator[tuple[int, date]]:
    """From some days before the month's last day: the households that are to apply, with that day."""
    last = opens(on)
    if last is not None:
        for household in to_apply(on, only):
            yield household, last
