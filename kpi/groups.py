"""The groups of households that a figure can be divided between, each household in exactly one. It knows no row."""

from __future__ import annotations

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Aggregate, Indicator, Percentile, Population

FAMILY, YOUNG, OTHER = "family", "young", "other"
NAMES: dict[str, str | Promise] = {
    FAMILY: _("Families with children"),
    YOUNG: _("Young without children"),
    OTHER: _("Others"),
}
_BY_AGE = {FAMILY: "is_family", YOUNG: "is_young AND NOT is_family", OTHER: "NOT is_family AND NOT is_young"}
_BY_FAMILY = {FAMILY: "is_family", OTHER: "NOT is_family"}
#: By population: the conditions on its rows.
CONDITIONS: dict[Population, dict[str, str]] = {
    Population.IN_TEMPORARY: _BY_AGE,
    Population.RECIPIENT: _BY_FAMILY,
    Population.GRANTEE: _BY_FAMILY,
    Population.BORROWER: _BY_FAMILY,
    Population.PAID_GRANT: _BY_FAMILY,
}


def is_of_group(indicator: Indicator) -> bool:
    """Whether it counts by who lives in the household, so that there is nothing to divide."""
    sides = (indicator.numerator, indicator.denominator)
    told = " ".join(side.where for side in sides if side is not None)
    return "is_family" in told or "is_young" in told


def groups_of(indicator: Indicator) -> list[str]:
    """The groups it can be divided between; none where it counts one of them, or rows that tell of none."""
    if is_of_group(indicator) or indicator.of is not None or indicator.value is not None:
        return []
    return list(CONDITIONS.get(indicator.population, {}))


def narrowed(indicator: Indicator, group: str) -> Indicator:
    """The indicator of one group alone: the same conditions, and the group's."""
    condition = CONDITIONS[indicator.population][group]
    return replace(
        indicator,
        numerator=_and(indicator.numerator, condition),
        denominator=_and(indicator.denominator, condition),
    )


def group_of_rows(population: Population) -> str:
    """The group of a household's rows together, as SQL over rows `x`."""
    conditions = CONDITIONS.get(population)
    if conditions is None:
        return "''"
    cases = [f"WHEN bool_or(x.is_{group}) THEN '{group}'" for group in conditions if group != OTHER]
    return f"CASE {' '.join(cases)} ELSE '{OTHER}' END"


def _and(side: Aggregate | None, condition: str) -> Aggregate | None:
    if side is None or isinstance(side, Percentile):
        return side
    return replace(side, where=condition if side.where == "TRUE" else f"({side.where}) AND {condition}")
