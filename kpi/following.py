"""The indicators of what keeps a home: housing allowance, advice on the private market, and grants to owners.

Source: *Bolig for velferd* (2014-2020), målsetting 3, 7 and 9; docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Unit

_PAID: dict[str, Any] = {
    "population": Population.RECIPIENT,
    "unit": Unit.PERCENT,
    "better": Better.HIGHER,
}
_LAST_DAY = _("As the household was on the last day of the period that allowance was paid for.")

OF_FOLLOWING: tuple[Indicator, ...] = (
    Indicator(
        code="3.5",
        goal="3",
        question=_("How many of those who got housing allowance were families with children?"),
        population_text=_("Households that were paid housing allowance for a day in the period."),
        definition=_LAST_DAY,
        numerator=Count("is_family"),
        denominator=Count(),
        target=_("Everybody entitled by 2020 (past)"),
        baseline=Known(
            year=2014, value=Decimal(12), note=_("The source's own front page says 11.5, its numbers 11.6.")
        ),
        **_PAID,
    ),
    Indicator(
        code="7.2",
        goal="7",
        question=_("How many households were advised or helped on the private market?"),
        population_text=_("Households with help to rent privately noted in the period."),
        definition=_("Each household counts once. Whether there are routines is the municipality's own answer."),
        unit=Unit.HOUSEHOLDS,
        better=Better.NEITHER,
        population=Population.ADVISED,
        numerator=Count(),
        target=_("25 per cent more municipalities with routines by 2020 (past)"),
    ),
    Indicator(
        code="9.4",
        goal="9",
        question=_("How many of the families who got housing allowance owned their home?"),
        population_text=_("Families with children that were paid housing allowance for a day in the period."),
        definition=_LAST_DAY,
        numerator=Count("is_family AND owns"),
        denominator=Count("is_family"),
        target=_("Everybody in need of it by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal("13.5")),
        **_PAID,
    ),
    Indicator(
        code="9.s1",
        goal="9",
        question=_("How many of those who got an establishment grant were families in a home they own?"),
        population_text=_("Households that were paid an establishment grant in the period."),
        definition=_("Judged on the last day of the period."),
        unit=Unit.PERCENT,
        better=Better.NEITHER,
        population=Population.GRANTEE,
        numerator=Count("is_family AND owns"),
        denominator=Count(),
        baseline=Known(year=2014, value=Decimal(25)),
    ),
)
