"""The indicators of what was mapped with households, and of what they say.

Source: *Bolig for velferd* (2014-2020), målsetting 1 and 13; docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Distinct, Indicator, Known, Population, Unit

_LAST_MAPPING = _("By the last finished mapping, and where they lived on the last night of the period.")
_ASKED = _("Surveys asked in the period.")

OF_HEARD: tuple[Indicator, ...] = (
    Indicator(
        code="1.1",
        goal="1",
        question=_("How many with a known drug problem have a permanent home that scores green?"),
        population_text=_("Households in which a drug problem is known, of own cases."),
        definition=_LAST_MAPPING,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.KNOWN_PROBLEM,
        numerator=Count("lives_well"),
        denominator=Count(),
        target=_("80 per cent by 2020 (past)"),
        target_value=Decimal(80),
        baseline=Known(year=2014, value=Decimal(74), note=_("BrukerPlan counts people, not households.")),
        is_special=True,
    ),
    Indicator(
        code="1.4",
        goal="1",
        question=_("How many who mainly live on social assistance have no home?"),
        population_text=_("Households that mainly live on social assistance, of own cases."),
        definition=_LAST_MAPPING,
        unit=Unit.HOUSEHOLDS,
        better=Better.LOWER,
        population=Population.ON_ASSISTANCE,
        numerator=Count("is_homeless"),
        target=_("Thirty per cent fewer by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal(5000), note=_("Of 133,483 who got social assistance.")),
    ),
    Indicator(
        code="13.1",
        goal="13",
        question=_("How many households answered a survey?"),
        population_text=_ASKED,
        definition=_("Each household counts once."),
        unit=Unit.HOUSEHOLDS,
        better=Better.HIGHER,
        population=Population.SURVEYED,
        numerator=Distinct("household_id", "is_answered"),
        target=_("25 per cent more municipalities with surveys by 2020 (past)"),
        baseline=Known(year=2015, value=Decimal(14), note=_("Per cent of the municipalities that asked users.")),
    ),
    Indicator(
        code="surveys_answered",
        goal="13",
        question=_("How many of the surveys that were asked were answered?"),
        population_text=_ASKED,
        definition=_("Declined and not reached count as not answered."),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.SURVEYED,
        numerator=Count("is_answered"),
        denominator=Count(),
        source="Varig",
    ),
)
