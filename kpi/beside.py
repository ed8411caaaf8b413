"""The rows beside the objectives' own: what the strategies' front pages print, and the product's further questions.

Sources: *Bolig for velferd* (2014-2020), its main indicators; *På vei til egen bolig* (2005-2007); docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Total, Unit

_OWN = "Varig"
_OLD = "På vei til egen bolig (2005-2007)"
_OVER = _("Over three months: still there after the day three calendar months after the first night.")

BESIDE: tuple[Indicator, ...] = (
    Indicator(
        code="families_over",
        goal="3",
        question=_("How many families stayed more than three months in temporary accommodation?"),
        population_text=_(
            "Households with a child under 18 on at least one of their nights in temporary accommodation in the period."
        ),
        definition=_OVER,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_family AND is_over"),
        target=_("None by 2020 (past)"),
        target_value=Decimal(0),
        baseline=Known(year=2014, value=Decimal(124), note=_("The source prints them as under three months.")),
    ),
    Indicator(
        code="allowance_recipients",
        goal="3",
        question=_("How many households got housing allowance?"),
        population_text=_("Households that were paid housing allowance for a day in the period."),
        definition=_("Each household counts once."),
        unit=Unit.HOUSEHOLDS,
        better=Better.NEITHER,
        population=Population.RECIPIENT,
        numerator=Count(),
        baseline=Known(year=2014, value=Decimal(111414)),
    ),
    Indicator(
        code="p.6",
        question=_("How many households stayed more than three months in temporary accommodation?"),
        population_text=_("Households with at least one night in temporary accommodation in the period."),
        definition=_OVER,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_over"),
        target=_("Nobody (past)"),
        target_value=Decimal(0),
        source=_OLD,
    ),
    Indicator(
        code="p.5",
        question=_("How many nights were without a valid quality agreement?"),
        population_text=_("Nights in temporary accommodation in the period at a provider that had no agreement then."),
        definition=_("Each household's nights. Nights at an undisclosed place are not counted."),
        unit=Unit.NIGHTS,
        better=Better.LOWER,
        population=Population.UNCOVERED,
        numerator=Total("nights"),
        target=_("Nobody (past)"),
        target_value=Decimal(0),
        source=_OLD,
    ),
    Indicator(
        code="long_term",
        question=_(
            "What share of the homeless have been homeless over several years, all the time or again and again?"
        ),
        population_text=_("Households without a home on the last night of the period."),
        definition=_("Homeless then, and homeless too two years before or earlier, all the time or again."),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        population=Population.HOMELESS_AFTER,
        numerator=Count("is_long_term"),
        denominator=Count(),
        source=_OWN,
    ),
    Indicator(
        code="moves_12",
        question=_("How many times did the homeless move in twelve months?"),
        population_text=_("Households without a home on the last night of the period."),
        definition=_("From one place to another, in the twelve months up to that night. Another room is no move."),
        unit=Unit.NUMBER,
        better=Better.LOWER,
        population=Population.HOMELESS_AFTER,
        numerator=Total("moves", "moves > 0"),
        source=_OWN,
    ),
    Indicator(
        code="crowded",
        question=_("How many of the households in municipal dwellings live crowded?"),
        population_text=_(
            "Households in a municipal dwelling on the last night of the period, where rooms and area are known."
        ),
        definition=_("Fewer rooms than persons, or one person in one room, and under 25 square metres a person."),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        population=Population.IN_DWELLING,
        numerator=Count("is_crowded"),
        denominator=Count(),
        source=_OWN,
    ),
    Indicator(
        code="handed_on",
        question=_("How many households were passed between units twice or more?"),
        population_text=_("Households that another unit became responsible for in the period."),
        definition=_("Each time another unit took over counts."),
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.HANDED,
        numerator=Count("times >= 2"),
        source=_OWN,
    ),
    Indicator(
        code="requests_unlawful",
        question=_("How many of those without a place for the night got an answer that the law does not allow?"),
        population_text=_("Answered requests in the period by somebody without a place for the coming 24 hours."),
        definition=_("No place found, a place below standard, or told to find one themselves. Each request counts."),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        population=Population.ASKED_TONIGHT,
        numerator=Count("is_unlawful"),
        denominator=Count(),
        source=_OWN,
    ),
)
