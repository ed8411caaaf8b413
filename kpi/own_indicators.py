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
    Population.HOMELESS_FAMILY: Among(
        words=_("Families that are homeless on the period's last night"),
        unit=Unit.HOUSEHOLDS,
        conditions={"temporary": (_("in temporary accommodation"), "is_temporary")},
    ),
    Population.HOMELESS_AFTER: Among(
        words=_("Households that are homeless on the period's last night"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "long": (_("homeless for the first time two years ago or more"), "is_long_term"),
            "moved": (_("moved three times or more in twelve months"), "moves >= 3"),
            "prison": (_("came from prison"), "is_after_prison"),
            "institution": (_("came out of an institution in the last six months"), "is_after_institution"),
        },
    ),
    Population.HOMELESS_ON: Among(
        words=_("Households that are homeless on the period's last night, by their plans"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "individual": (_("somebody has an individual plan"), "has_individual_plan"),
            "group": (_("somebody has a responsibility group"), "has_group"),
            "other_plan": (_("another plan"), "has_other_plan"),
            "no_plan": (_("no plan"), "NOT (has_individual_plan OR has_other_plan)"),
        },
    ),
    Population.LEFT_PLACE: Among(
        words=_("Households that moved out of prison or an institution in the period, once of either"),
        unit=Unit.NUMBER,
        conditions={
            "prison": (_("out of prison"), "kind = 'prison'"),
            "institution": (_("out of an institution"), "kind = 'institution'"),
            "temporary": (_("to temporary accommodation"), "to_temporary"),
        },
    ),
    Population.ASKED_TONIGHT: Among(
        words=_("Requests in the period for a place the same night, answered"),
        unit=Unit.NUMBER,
        conditions={"unlawful": (_("with an answer that the law does not allow"), "is_unlawful")},
    ),
    Population.DWELLING_ON: Among(
        words=_("Municipal dwellings on the period's last day"),
        unit=Unit.DWELLINGS,
        conditions={
            "let": (_("let"), "is_let"),
            "vacant": (_("vacant"), "is_vacant"),
            "void": (_("empty and not to be let"), "is_void"),
            "long_empty": (_("empty for more than 60 days"), "days_empty > 60"),
            "accessible": (_("accessible"), "is_accessible"),
            "colocated": (_("in a group of dwellings"), "is_colocated"),
            "large": (_("over 65 square metres"), "is_over_65"),
        },
    ),
    Population.IN_DWELLING: Among(
        words=_("Households in a municipal dwelling whose rooms and area are known, on the period's last night"),
        unit=Unit.HOUSEHOLDS,
        conditions={"crowded": (_("crowded"), "is_crowded")},
    ),
    Population.NEW_TENANT: Among(
        words=_("Households that moved into a municipal dwelling in the period"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "refugee": (_("refugees"), "reason = 'refugee'"),
            "others": (_("others than refugees"), "reason <> 'refugee'"),
        },
    ),
    Population.APPLIED: Among(
        words=_("Applications for a municipal dwelling received in the period"),
        unit=Unit.APPLICATIONS,
        conditions={
            "new": (_("for a first dwelling"), "kind = 'new'"),
            "swap": (_("for another dwelling"), "kind = 'swap'"),
            "renewal": (_("for a new lease"), "kind = 'renewal'"),
        },
    ),
    Population.WAITING: Among(
        words=_("Households on the waiting list on the period's last day"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "refugee": (_("refugees"), "reason = 'refugee'"),
            "others": (_("others than refugees"), "reason <> 'refugee'"),
        },
    ),
    Population.BORROWER: Among(
        words=_("Households that were paid a start loan in the period"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "bought": (_("for buying a home"), "has_bought"),
            "tenant": (_("who bought out of a municipal dwelling"), "was_ours"),
            "family": (_("with children under 18"), "is_family"),
            "couple": (_("two or more who applied together"), "is_couple"),
        },
    ),
    Population.RECIPIENT: Among(
        words=_("Households that were paid housing allowance in the period"),
        unit=Unit.HOUSEHOLDS,
        conditions={
            "family": (_("with children under 18"), "is_family"),
            "owns": (_("who own their home"), "owns"),
        },
    ),
    Population.EVICTION_END: Among(
        words=_("Evictions that came to an end in the period"),
        unit=Unit.NUMBER,
        conditions={
            "averted": (_("averted"), "status = 'averted'"),
            "carried_out": (_("carried out"), "status = 'carried_out'"),
            "withdrawn": (_("withdrawn"), "status = 'withdrawn'"),
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
