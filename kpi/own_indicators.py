"""The parts that a municipality makes indicators of its own from: whom they are among, and conditions on them.

Each condition is one that our own figures count by, so that an own figure and its list come of the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Population, Unit


@dataclass(frozen=True, kw_only=True)
class Among:
    """Whom one may count: in words, in which unit, and the conditions on them by key, in words and as SQL."""

    words: str | Promise
    unit: Unit
    conditions: dict[str, tuple[str | Promise, str]]


AMONG: dict[Population, Among] = {
    Population.IN_TEMPORARY: Among(
        words=_("Households with a night in temporary accommodation in the period"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "over": (_("more than three months"), "is_over"),
            "within": (_("up to three months"), "NOT is_over"),
            "short": (_("at most 14 nights in the period"), "nights <= 14"),
            "family": (_("with children under 18"), "is_family"),
            "childless": (_("without children under 18"), "NOT is_family"),
            "young": (_("under 25"), "is_young"),
            "grown": (_("25 or older"), "NOT is_young"),
        },
    ),
    Population.IN_SHELTER: Among(
        words=_("Households with a night in night shelter in the period"), unit=Unit.HOUSEHOLDS, conditions={}
    ),
    Population.DEPARTURE: Among(
        words=_("Stays in temporary accommodation that ended in the period"),
        unit=Unit.STAYS,
        conditions={
            "home": (_("to a lasting home"), "is_home"),
            "elsewhere": (_("to something else than a lasting home"), "NOT is_home"),
            "known": (_("not to an institution, out of the municipality, or by death"), "is_counted"),
        },
    ),
    Population.FIRST_HOME: Among(
        words=_("Households that came to a lasting home in the period, out of temporary accommodation"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "back_6": (_("back within six months"), "is_back_6"),
            "back_12": (_("back within twelve months"), "is_back_12"),
            "back_24": (_("back within twenty-four months"), "is_back_24"),
        },
    ),
}


def conditions_of(population: str) -> dict[str, tuple[str | Promise, str]]:
    """:raises ValueError: for what nobody may count"""
    return AMONG[Population(population)].conditions


def built(
    *,
    code: str,
    wording: str,
    definition: str,
    population: str,
    among: Sequence[str],
    counted: Sequence[str],
    is_share: bool,
    better: str,
    source: str | Promise,
) -> Indicator:
    """An indicator as the product's own are, by the conditions' keys.

    :raises ValueError: for a population or a condition that is none
    :raises KeyError: for a condition of another population
    """
    of, them = Population(population), AMONG[Population(population)]
    return Indicator(
        code=code,
        question=wording,
        population_text=them.words,
        definition=definition,
        unit=Unit.PERCENT if is_share else them.unit,
        better=Better(better),
        population=of,
        numerator=Count(_where(them, [*among, *counted])),
        denominator=Count(_where(them, among)) if is_share else None,
        source=str(source),
    )


def _where(them: Among, keys: Sequence[str]) -> str:
    return " AND ".join(them.conditions[key][1] for key in dict.fromkeys(keys)) or "TRUE"
