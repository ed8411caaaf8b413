"""What a municipality has told of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kpi.models import (
    Answer,
    CatalogueRow,
    ChosenIndicator,
    ChosenStrategy,
    LocalTarget,
    Objective,
    RegisterValue,
    Strategy,
)

#: Followed by who has chosen none: the one whose indicators the product computes most of.
_USUAL = "bolig-for-velferd"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of a municipality for a year, by the row's id."""

    answers: dict[int, Answer]
    values: dict[int, RegisterValue]
    targets: dict[int, LocalTarget]


def told_of(municipality: str, year: int) -> Told:
    """Three statements."""
    of = {"municipality": municipality}
    answers = Answer.objects.filter(**of, year=year).select_related("by")
    values = RegisterValue.objects.filter(**of, year=year).select_related("by")
    targets = LocalTarget.objects.filter(**of).select_related("by")
    return Told(
        answers={one.row_id: one for one in answers},
        values={one.row_id: one for one in values},
        targets={one.row_id: one for one in targets},
    )


def strategy_of(municipality: str) -> Strategy:
    """The strategy chosen, else the usual one."""
    chosen = ChosenStrategy.objects.filter(municipality=municipality).select_related("strategy").first()
    return Strategy.objects.get(key=_USUAL) if chosen is None else chosen.strategy


def national_strategies() -> list[Strategy]:
    """The state's, the newest first."""
    return list(Strategy.objects.filter(starts_on__isnull=False).order_by("-starts_on"))


def answered_rows() -> list[CatalogueRow]:
    """Every row that municipalities answer, in the order of strategies and objectives."""
    return _in_order(CatalogueRow.objects.filter(how__contains=["S"]))


def imported_rows() -> list[CatalogueRow]:
    """Every row whose value is taken from another register, in the same order."""
    return _in_order(CatalogueRow.objects.filter(how__contains=["I"]))


def every_row() -> list[CatalogueRow]:
    return _in_order(CatalogueRow.objects.all())


def chosen_rows(municipality: str, strategy: Strategy, objective: Objective | None = None) -> QuerySet[CatalogueRow]:
    """The rows that the municipality has chosen under a strategy's objectives, or under one of them."""
    chosen = ChosenIndicator.objects.filter(municipality=municipality, objective__strategy=strategy)
    if objective is not None:
        chosen = chosen.filter(objective=objective)
    return CatalogueRow.objects.filter(pk__in=chosen.values("row"))


def by_objective(rows: Iterable[CatalogueRow]) -> list[tuple[Objective, list[CatalogueRow]]]:
    found: dict[Objective, list[CatalogueRow]] = {}
    for row in rows:
        found.setdefault(row.objective, []).append(row)
    return list(found.items())


def _in_order(rows: QuerySet[CatalogueRow]) -> list[CatalogueRow]:
    ordered = rows.select_related("objective__strategy").order_by(
        "objective__strategy__starts_on", "objective__strategy__key", "objective__position", "position"
    )
    return list(ordered)
