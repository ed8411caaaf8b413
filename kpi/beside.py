"""The rows beside the objectives' own: what the strategies' front pages print, and the product's further questions.

Sources: *Bolig for velferd* (2014-2020), its main indicators; *På vei til egen bolig* (2005-2007); docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Unit

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
)
