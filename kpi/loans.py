"""The indicators of start loans and grants: *Bolig for velferd*, målsetting 8 and 9.

What counts is the day of payment. 8.2 is a share of all who were paid a start loan, as the source has it: 11 per cent
of all recipients rented a municipal dwelling before they bought. 8.1 counts those who bought; all paid loans stand
beside it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Unit

_BORROWERS = _("Households that were paid a start loan in the period.")
_GRANTEES = _("Households that were paid an establishment grant in the period.")
_LOANS = _("Start loans paid out in the period.")
_PAID = _("Judged on the day of payment. Each household counts once.")
_FAMILY = _("With a child under 18 on the day of payment.")
_HALF = _("At least 50 per cent every year")
_STARTLAN = "kind = 'startlan'"


def _households(code: str, question: str | Promise, where: str, **more: Any) -> Indicator:
    told: dict[str, Any] = {
        "goal": "8",
        "population_text": _BORROWERS,
        "definition": _PAID,
        "unit": Unit.HOUSEHOLDS,
        "better": Better.HIGHER,
        "population": Population.BORROWER,
        "numerator": Count(where),
    }
    return Indicator(code=code, question=question, **(told | more))


def _share(code: str, question: str | Promise, where: str, **more: Any) -> Indicator:
    return _households(code, question, where, **({"unit": Unit.PERCENT, "denominator": Count()} | more))


LOANS: tuple[Indicator, ...] = (
    _households(
        "8.1",
        _("How many households bought a home with a start loan?"),
        "has_bought",
        target=_("20 per cent more by 2020 (past)"),
        baseline=Known(
            year=2014, value=Decimal(8770), note=_("The source counts all loans paid out, refinancing among them.")
        ),
    ),
    _households(
        "startlan_paid",
        _("How many start loans were paid out?"),
        _STARTLAN,
        population=Population.LENT,
        population_text=_LOANS,
        definition=_("For every purpose. Each loan counts."),
        unit=Unit.NUMBER,
        better=Better.NEITHER,
        source="Varig",
    ),
    _share(
        "8.2",
        _("How many of those who got a start loan bought their way out of a municipal dwelling?"),
        "was_ours",
        definition=_("Rented a municipal dwelling when the loan was decided, and bought with it. Of all with a loan."),
        target=_("15 per cent by 2020 (past)"),
        target_value=Decimal(15),
        baseline=Known(year=2014, value=Decimal(11)),
    ),
    _households(
        "8.3",
        _("How many tenants bought a home with an establishment grant?"),
        "has_bought_as_tenant",
        population=Population.PAID_GRANT,
        population_text=_GRANTEES,
        definition=_("Rented when the grant was decided, of the municipality or others."),
        target=_("20 per cent more by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal(914)),
    ),
    _share(
        "8.4",
        _("How many of those who got a start loan were families with children?"),
        "is_family",
        definition=_FAMILY,
        target=_HALF,
        target_value=Decimal(50),
        baseline=Known(year=2014, value=Decimal(47)),
    ),
    _share(
        "startlan_couples",
        _("How many of those who got a start loan were couples with children?"),
        "is_family AND is_couple",
        definition=_FAMILY,
        better=Better.NEITHER,
        baseline=Known(year=2014, value=Decimal(25)),
    ),
    _share(
        "startlan_single_parents",
        _("How many of those who got a start loan were single parents?"),
        "is_family AND NOT is_couple",
        definition=_FAMILY,
        better=Better.NEITHER,
        baseline=Known(year=2014, value=Decimal(22)),
    ),
    _share(
        "8.5",
        _("How many of those who got an establishment grant were families with children?"),
        "is_family",
        population=Population.PAID_GRANT,
        population_text=_GRANTEES,
        definition=_FAMILY,
        target=_HALF,
        target_value=Decimal(50),
        baseline=Known(year=2015, value=Decimal(39)),
    ),
    _share(
        "9.1",
        _("How many of the start loans were for refinancing?"),
        f"{_STARTLAN} AND purpose = 'refinancing'",
        goal="9",
        population=Population.LENT,
        population_text=_LOANS,
        denominator=Count(_STARTLAN),
        definition=_("Each loan counts, on the day of payment."),
        target=_("The disadvantaged get it by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal("13.6")),
    ),
)
