"""The catalogue as the tables of docs/kpi.md; a test holds the document to them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation

from kpi.catalogue import CATALOGUE
from kpi.declaring import Aggregate, Count, Distinct, Indicator, Percentile, Total

CELLS = ("code", "population", "numerator", "denominator", "unit", "better", "target", "baseline", "source")


def cells_table() -> str:
    """What is counted, a row an indicator: the predicates are those that the statements run."""
    return _table(CELLS, [_cells(indicator) for indicator in CATALOGUE])


def words_table() -> str:
    """What each indicator asks, of whom and how, in the words of the pages."""
    with translation.override("en"):
        rows = [
            (f"`{one.code}`", str(one.question), str(one.population_text), str(one.definition)) for one in CATALOGUE
        ]
    return _table(("code", "question", "of whom", "how"), rows)


def _cells(one: Indicator) -> tuple[str, ...]:
    with translation.override("en"):
        target, note = str(one.target), str(one.baseline.note) if one.baseline else ""
    baseline = f"{one.baseline.value} ({one.baseline.year})" if one.baseline else "–"  # noqa: RUF001 -- a dash for none
    return (
        f"`{one.code}`",
        f"`{one.population.value}`",
        _in_words(one.value or one.numerator),
        _in_words(one.denominator) + (f" of `{one.of.value}`" if one.of else ""),
        one.unit.value,
        one.better.value,
        target or "–",  # noqa: RUF001
        f"{baseline} {note}".strip(),
        one.source,
    )


def _in_words(aggregate: Aggregate | None) -> str:
    match aggregate:
        case Count(where="TRUE"):
            return "rows"
        case Count(where=where):
            return f"rows where `{where}`"
        case Total(expression=expression):
            return f"sum of `{expression}`"
        case Distinct(column=column):
            return f"different `{column}`"
        case Percentile(expression=expression, at=at):
            return f"percentile {round(at * 100)} of `{expression}`"
        case None:
            return "–"  # noqa: RUF001


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _head in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
