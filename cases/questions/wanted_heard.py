"""What work processes and the user's voice ask for on a day: steps, surveys to ask, complaints to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from cases.deadlines import opens_on
from cases.law import value
from cases.models import AppliedProcess, AppliedStep, Case, InformalComplaint, Survey, SurveyKind
from housing.models import Spell, SpellState


@dataclass(frozen=True, kw_only=True)
class SurveyDue:
    """A household to be asked how it went: since when it has had its home, and from which day one asks."""

    household_id: int
    kind: SurveyKind
    moved_in_on: date
    due_on: date


def steps_due(on: date, only: Q) -> Iterator[tuple[AppliedStep, int]]:
    """Open steps of processes that run, that are due soon, each with its household's id."""
    live = AppliedProcess.objects.live().filter(only)
    steps = AppliedStep.objects.open().filter(process__in=live)
    for step in steps.select_related("process").order_by("due_on", "pk"):
        if opens_on(step.due_on, ahead="step") <= on:
            yield step, step.process.household_id


def surveys_due(on: date, only: Q) -> Iterator[SurveyDue]:
    """Households with an open case that have had a permanent home so long that one asks how it went, and not asked yet.

    One that nobody asked in its time is not asked for any more. Source: the rule data, `survey.*_days`.
    """
    window = value("survey.open_days", on=on)
    for kind in SurveyKind:
        days = value(f"survey.{kind}_days", on=on)
        asked = Survey.objects.filter(household=OuterRef("household"), kind=kind, moved_in_on=OuterRef("starts_on"))
        lives = Spell.objects.filter(only, ~Exists(asked), state=SpellState.PERMANENT).on(on)
        is_open = Exists(Case.objects.open().filter(household=OuterRef("household")))
        first, last = on - timedelta(days=days + window), on - timedelta(days=days)
        for spell in lives.filter(is_open, starts_on__gt=first, starts_on__lte=last).order_by("starts_on", "pk"):
            yield SurveyDue(
                household_id=spell.household_id,
                kind=kind,
                moved_in_on=spell.starts_on,
                due_on=spell.starts_on + timedelta(days=days),
            )


def complaints_to_answer(on: date, only: Q) -> Iterator[InformalComplaint]:
    yield from InformalComplaint.objects.unanswered().filter(only).only("household", "due_on")
