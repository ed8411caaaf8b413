"""The indicators: what each one asks, of whom, and how it is counted.

A declaration is never edited once a figure made by it is published: a new definition is a new declaration. The
populations named here are the common table expressions of `kpi/sql/populations.sql`; a predicate is a condition on one
row of its population, and serves both the count and the list behind it, so that figure and list cannot differ.
Sources: *Bolig for velferd* (2014-2020), målsetting 2, 3, 5, 6 and 8; docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kpi.beside import BESIDE
from kpi.coming import OF_COMING
from kpi.declaring import (
    Better,
    Count,
    Distinct,
    Indicator,
    Known,
    Percentile,
    Population,
    Total,
    Unit,
)
from kpi.evictions import EVICTIONS
from kpi.following import OF_FOLLOWING
from kpi.heard import OF_HEARD
from kpi.homes import HOMES
from kpi.loans import LOANS
from kpi.planned import PLANNED

_HOUSEHOLDS = _("Households with at least one night in temporary accommodation in the period.")
_FAMILIES = _(
    "Households with a child under 18 on at least one of their nights in temporary accommodation in the period."
)
_YOUNG = _("Households whose applicant or partner was under 25 on at least one of their nights there in the period.")
_FAMILIES_AND_YOUNG = _(
    "Households with a child under 18, or whose applicant or partner was under 25, "
    "on at least one of their nights there in the period."
)
_ENDED = _("Stays whose last move-out lies in the period and that are not continued under the gap rule.")
_EXITS = _("Households with a stay that ended in the period and led to a permanent home; the first such stay counts.")
_OVER = _("Over three months: still there after the day three calendar months after the first night.")
_ONCE = _("Each household counts once, however many places it stayed in.")

#: What is counted of stays in temporary accommodation, and of the ways out of it.
STAYS: tuple[Indicator, ...] = (
    Indicator(
        code="2.1",
        goal="2",
        question=_("How many of those in temporary accommodation stayed three months or less?"),
        population_text=_HOUSEHOLDS,
        definition=_OVER,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.IN_TEMPORARY,
        numerator=Count("NOT is_over"),
        denominator=Count(),
        target=_("Nobody over three months by 2020 (past)"),
        target_value=Decimal(100),
        baseline=Known(year=2014, value=Decimal(73)),
    ),
    Indicator(
        code="2.2",
        goal="2",
        question=_("How many households stayed more than three months in temporary accommodation?"),
        population_text=_HOUSEHOLDS,
        definition=_OVER,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_over"),
        target=_("None by 2020 (past)"),
        target_value=Decimal(0),
        baseline=Known(year=2014, value=Decimal(1482)),
    ),
    Indicator(
        code="2.s1",
        goal="2",
        question=_("How many households slept in night shelter?"),
        population_text=_("Households with at least one night in night shelter in the period."),
        definition=_ONCE,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_SHELTER,
        numerator=Count(),
        baseline=Known(year=2014, value=Decimal(561), note=_("The source counts 561 people, KOSTRA households.")),
    ),
    Indicator(
        code="2.s2",
        goal="2",
        question=_("How many households were in temporary accommodation?"),
        population_text=_HOUSEHOLDS,
        definition=_ONCE,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count(),
        baseline=Known(year=2014, value=Decimal(5438)),
    ),
    Indicator(
        code="3.1",
        goal="3",
        question=_("How many of the families in temporary accommodation stayed three months or less?"),
        population_text=_FAMILIES,
        definition=_OVER,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_family AND NOT is_over"),
        denominator=Count("is_family"),
        target=_("No families there by 2020 (past)"),
        baseline=Known(
            year=2014,
            value=Decimal(66),
            note=_(
                "The source's front page prints 124 families under three months; "
                "34 per cent of 363 is 124, so they were over."
            ),
        ),
    ),
    Indicator(
        code="3.2",
        goal="3",
        question=_("How many families were in temporary accommodation?"),
        population_text=_FAMILIES,
        definition=_ONCE,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_family"),
        target=_("None by 2020 (past)"),
        target_value=Decimal(0),
        baseline=Known(year=2014, value=Decimal(363), note=_("In 61 municipalities.")),
    ),
    Indicator(
        code="3.s1",
        goal="3",
        question=_("How many of the homeless families are in temporary accommodation?"),
        population_text=_("Families whose residence on the period's last night is of a homeless kind."),
        definition=_("Judged on the last night of the period."),
        unit=Unit.PERCENT,
        better=Better.LOWER,
        population=Population.HOMELESS_FAMILY,
        numerator=Count("is_temporary"),
        denominator=Count(),
        baseline=Known(year=2012, value=Decimal(21)),
    ),
    Indicator(
        code="3.s4",
        goal="3",
        question=_("How many of the young in temporary accommodation stayed three months or less?"),
        population_text=_YOUNG,
        definition=_OVER,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_young AND NOT is_over"),
        denominator=Count("is_young"),
    ),
    Indicator(
        code="3.s5",
        goal="3",
        question=_("How many young households were in temporary accommodation?"),
        population_text=_YOUNG,
        definition=_ONCE,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_young"),
        source="Varig",
    ),
    Indicator(
        code="families_and_young",
        goal="3",
        question=_("How many families with children and young households were in temporary accommodation?"),
        population_text=_FAMILIES_AND_YOUNG,
        definition=_("Each household counts once, also one that is both a family and young."),
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Count("is_family OR is_young"),
        source="Varig",
    ),
    Indicator(
        code="nights",
        question=_("How many nights were spent in temporary accommodation?"),
        population_text=_HOUSEHOLDS,
        definition=_("The different dates in the period on which the household had a place, added up over households."),
        unit=Unit.NIGHTS,
        better=Better.LOWER,
        population=Population.IN_TEMPORARY,
        numerator=Total("nights"),
        source="Varig",
    ),
    Indicator(
        code="nights_14",
        question=_("How many households had at most 14 nights?"),
        population_text=_HOUSEHOLDS,
        definition=_("Nights inside the period, added up over all places."),
        unit=Unit.HOUSEHOLDS,
        better=Better.NEITHER,
        population=Population.IN_TEMPORARY,
        numerator=Count("nights <= 14"),
        source="KOSTRA",
    ),
    Indicator(
        code="child_nights",
        question=_("How many nights did children spend in temporary accommodation?"),
        population_text=_FAMILIES,
        definition=_("Nights times the children in the household each night."),
        unit=Unit.NIGHTS,
        better=Better.LOWER,
        population=Population.CHILD_IN_TEMPORARY,
        numerator=Total("nights"),
        source="Varig",
    ),
    Indicator(
        code="children",
        question=_("How many children were in temporary accommodation?"),
        population_text=_FAMILIES,
        definition=_("Each child counts once."),
        unit=Unit.NUMBER,
        better=Better.LOWER,
        population=Population.CHILD_IN_TEMPORARY,
        numerator=Distinct("person_id"),
        source="Varig",
    ),
    Indicator(
        code="exits_permanent",
        question=_("How many of the stays that ended led to a permanent home?"),
        population_text=_ENDED,
        definition=_(
            "A permanent home that began at the move-out or within the tolerated nights. Stays followed by a care "
            "home, moving away or death are left out."
        ),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.DEPARTURE,
        numerator=Count("is_home AND is_counted"),
        denominator=Count("is_counted"),
        source="Varig",
    ),
    *(
        Indicator(
            code=f"returns_{months}",
            question=question,
            population_text=_EXITS,
            definition=_(
                "A homeless residence that begins after the permanent home began and in time counts as a return."
            ),
            unit=Unit.PERCENT,
            better=Better.LOWER,
            population=Population.FIRST_HOME,
            numerator=Count(f"is_back_{months}"),
            denominator=Count(),
            months_after=months,
            source="Varig",
        )
        for months, question in (
            (6, _("How many were homeless again within six months?")),
            (12, _("How many were homeless again within twelve months?")),
            (24, _("How many were homeless again within two years?")),
        )
    ),
    Indicator(
        code="time_home",
        question=_("How long did it take from homelessness to a permanent home?"),
        population_text=_("Permanent homes that began in the period after homelessness."),
        definition=_("Days from the first homeless residence since the previous permanent home; the middle value."),
        unit=Unit.DAYS,
        better=Better.LOWER,
        population=Population.HOME_FOUND,
        numerator=None,
        denominator=Count(),
        value=Percentile("days", 0.5),
        p90=Percentile("days", 0.9),
        source="Varig",
    ),
)

CATALOGUE: tuple[Indicator, ...] = (
    *STAYS,
    *HOMES,
    *OF_FOLLOWING,
    *PLANNED,
    *OF_COMING,
    *OF_HEARD,
    *LOANS,
    *EVICTIONS,
    *BESIDE,
)

BY_CODE: dict[str, Indicator] = {indicator.code: indicator for indicator in CATALOGUE}
