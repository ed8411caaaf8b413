"""The indicators of dwellings and of those who apply for them: the strategy's, and the cells of KOSTRA's form 13.

Numbers a municipality reports on 31 December are asked on the last day of a period that is the year.
Sources: *Bolig for velferd* (2014-2020), målsetting 5, 6 and 8; KOSTRA form 13; docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.allotted import OF_APPLICATIONS, households
from kpi.declaring import Better, Count, Distinct, Indicator, Known, Percentile, Population, Total, Unit

#: The headings of our own codes.
STOCK, USE = "stock", "use"

_STOCK = _("Municipal dwellings on the last day of the period.")
_LAST_DAY = _("Judged on the last day of the period.")
_ACQUIRED = _("Dwellings that came into the stock in the period.")
_DISPOSED = _("Dwellings that left the stock in the period.")
_TIME = _("Municipal dwellings, each for its days in the stock in the period.")
_NOT_KNOWN = _("Where it is not known, the dwelling counts as one that is not.")
_KOSTRA = "KOSTRA"
_OWN = "Varig"
_BIG = "is_over_65"


def _dwellings(code: str, question: str | Promise, where: str = "TRUE", **more: Any) -> Indicator:
    """A number of dwellings on the last day, or in another population of dwellings."""
    told: dict[str, Any] = {
        "goal": STOCK,
        "population_text": _STOCK,
        "definition": _LAST_DAY,
        "unit": Unit.DWELLINGS,
        "better": Better.NEITHER,
        "population": Population.DWELLING_ON,
        "numerator": Count(where),
        "source": _KOSTRA,
    }
    return Indicator(code=code, question=question, **(told | more))


def _share(code: str, question: str | Promise, where: str, **more: Any) -> Indicator:
    told = {"unit": Unit.PERCENT, "better": Better.HIGHER, "denominator": Count(), **more}
    return _dwellings(code, question, where, **told)


_STRATEGY: dict[str, Any] = {"source": "Bolig for velferd (2014-2020)"}

HOMES: tuple[Indicator, ...] = (
    _dwellings(
        "5.1",
        _("How many dwellings does the municipality have at its disposal?"),
        goal="5",
        better=Better.HIGHER,
        target=_("Ten per cent more than in 2014 by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal(105567)),
        **_STRATEGY,
    ),
    _dwellings(
        "5.2",
        _("How many dwellings were given a grant for rental dwellings?"),
        goal="5",
        population=Population.GRANTED,
        population_text=_("Dwellings that a grant for rental dwellings was given to in the period."),
        definition=_("Each dwelling counts once."),
        better=Better.HIGHER,
        target=_("2,000 in 2016 (past)"),
        baseline=Known(year=2014, value=Decimal(1166)),
        **_STRATEGY,
    ),
    _dwellings(
        "5.4",
        _("How many new dwellings are meant for people with drug problems or mental illness?"),
        "is_for_drugs_or_mental",
        goal="5",
        population=Population.ACQUIRED,
        population_text=_ACQUIRED,
        definition=_("Among those the dwelling is meant for."),
        better=Better.HIGHER,
        target=_("500 by 2020 (past)"),
        **_STRATEGY,
    ),
    _dwellings(
        "5.5",
        _("How many new dwellings have a referral agreement and a basic loan, without a grant?"),
        "tenure = 'referral_agreement' AND has_loan AND NOT has_grant",
        goal="5",
        population=Population.ACQUIRED,
        population_text=_ACQUIRED,
        definition=_("By the grants and loans that are registered on the dwelling."),
        better=Better.HIGHER,
        target=_("300 in 2016 (past)"),
        **_STRATEGY,
    ),
    _dwellings(
        "5.6",
        _("How many new dwellings were made by a basic loan alone?"),
        "tenure <> 'referral_agreement' AND tenure <> 'user_owned' AND has_loan AND NOT has_grant",
        goal="5",
        population=Population.ACQUIRED,
        population_text=_ACQUIRED,
        definition=_("A basic loan, no grant and no referral agreement; the user does not own it."),
        better=Better.HIGHER,
        target=_("1,000 a year"),
        baseline=Known(year=2014, value=Decimal(317)),
        **_STRATEGY,
    ),
    _share(
        "5.7",
        _("Does the municipality use referral agreements?"),
        "tenure = 'referral_agreement'",
        goal="5",
        numerator=Distinct("municipality_id", "tenure = 'referral_agreement'"),
        denominator=Distinct("municipality_id"),
        definition=_(
            "A municipality with a dwelling under such an agreement on the last day: 100, else 0. Without any dwelling"
            " not known."
        ),
        target=_("Ten per cent of the municipalities by 2020 (past)"),
        **_STRATEGY,
    ),
    households(
        "5.8",
        _("How many households moved in, for each hundred dwellings?"),
        Population.NEW_TENANT,
        "TRUE",
        goal="5",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        denominator=Count(),
        of=Population.DWELLING_ON,
        definition=_("New tenant households in the period, by all municipal dwellings on its last day."),
        target=_("Ten per cent more by 2020 (past)"),
        baseline=Known(year=2014, value=Decimal("12.3")),
        **_STRATEGY,
    ),
    households(
        "5.s2",
        _("How many households moved into a municipal dwelling?"),
        Population.NEW_TENANT,
        "TRUE",
        goal="5",
        baseline=Known(year=2014, value=Decimal(12973)),
        **_STRATEGY,
    ),
    _share(
        "6.1",
        _("How many of the dwellings are accessible by wheelchair?"),
        "is_accessible",
        goal="6",
        definition=_NOT_KNOWN,
        target=_("55 per cent by 2020 (past)"),
        target_value=Decimal(55),
        baseline=Known(year=2014, value=Decimal(48)),
        **_STRATEGY,
    ),
    _share(
        "6.2",
        _("How many of the new dwellings stand alone, not co-located with others?"),
        "is_alone",
        goal="6",
        population=Population.ACQUIRED,
        population_text=_ACQUIRED,
        definition=_("Where it is not known, the dwelling counts as co-located."),
        target=_("50 per cent from 2017"),
        target_value=Decimal(50),
        **_STRATEGY,
    ),
    _share(
        "6.3",
        _("How much of the grants for rental dwellings went to dwellings over 65 square metres?"),
        _BIG,
        goal="6",
        population=Population.GRANTED,
        population_text=_("Grants for rental dwellings given in the period, in kroner."),
        definition=_NOT_KNOWN,
        numerator=Total("amount", _BIG),
        denominator=Total("amount"),
        target=_("20 per cent from 2017"),
        target_value=Decimal(20),
        baseline=Known(year=2014, value=Decimal("43.5")),
        **_STRATEGY,
    ),
    _share(
        "6.4",
        _("How many of the dwellings under referral agreements are over 65 square metres?"),
        f"tenure = 'referral_agreement' AND {_BIG}",
        goal="6",
        denominator=Count("tenure = 'referral_agreement'"),
        definition=_NOT_KNOWN,
        target=_("20 per cent from 2017"),
        target_value=Decimal(20),
        **_STRATEGY,
    ),
    _dwellings("stock_owned", _("How many dwellings does the municipality own?"), "tenure = 'owned'"),
    _dwellings("stock_rented_in", _("How many dwellings does the municipality rent in?"), "tenure = 'rented_in'"),
    _dwellings(
        "stock_private",
        _("For how many private dwellings may the municipality choose the tenant or approve the buyer?"),
        "tenure IN ('referral_agreement', 'allotment_agreement', 'user_owned')",
        definition=_("Under a referral or allotment agreement, or owned by the user."),
    ),
    _dwellings("stock_accessible", _("How many dwellings are accessible by wheelchair?"), "is_accessible"),
    _dwellings("stock_colocated", _("How many dwellings are co-located with others?"), "is_colocated"),
    _dwellings("stock_let", _("How many dwellings are let?"), "is_let"),
    _dwellings(
        "acquired",
        _("How many dwellings were built, bought or taken in?"),
        population=Population.ACQUIRED,
        population_text=_ACQUIRED,
        definition=_("By the first day in the stock."),
    ),
    _dwellings(
        "disposed",
        _("How many dwellings were sold or ended?"),
        population=Population.DISPOSED,
        population_text=_DISPOSED,
        definition=_("By the first day no longer in the stock."),
    ),
    *OF_APPLICATIONS,
    _share(
        "vacancy",
        _("How much of the time did the dwellings stand empty?"),
        "TRUE",
        goal=USE,
        better=Better.LOWER,
        population=Population.DWELLING_TIME,
        population_text=_TIME,
        definition=_("Days vacant or out of letting, by the days in the stock."),
        numerator=Total("vacant_days + void_days", "vacant_days + void_days > 0"),
        denominator=Total("our_days"),
        source=_OWN,
    ),
    *(
        _dwellings(
            code,
            question,
            goal=USE,
            unit=unit,
            better=Better.LOWER,
            population=Population.DWELLING_TIME,
            population_text=_TIME,
            definition=definition,
            numerator=Total(column, f"{column} > 0"),
            source=_OWN,
        )
        for code, question, unit, column, definition in (
            (
                "vacant_days",
                _("How many days did dwellings stand vacant and ready?"),
                Unit.DWELLING_DAYS,
                "vacant_days",
                _("Added up over the dwellings."),
            ),
            (
                "void_days",
                _("How many days were dwellings out of letting?"),
                Unit.DWELLING_DAYS,
                "void_days",
                _("Repair, cleaning, held and notice; added up over the dwellings."),
            ),
            (
                "void_cost",
                _("What did it cost to make dwellings ready?"),
                Unit.KRONER,
                "void_cost",
                _("The cost registered on what began in the period."),
            ),
            (
                "rent_lost",
                _("How much rent was lost on empty dwellings?"),
                Unit.KRONER,
                "rent_lost",
                _("A day's rent is twelve months' by 365. Dwellings without a registered rent add nothing."),
            ),
        )
    ),
    _dwellings(
        "turnaround",
        _("How long does a dwelling stand empty between two tenants?"),
        goal=USE,
        unit=Unit.DAYS,
        better=Better.LOWER,
        population=Population.RELET,
        population_text=_("Dwellings let anew in the period after standing empty."),
        definition=_("Days from moved out to moved in; the middle value."),
        numerator=None,
        denominator=Count(),
        value=Percentile("days", 0.5),
        p90=Percentile("days", 0.9),
        source=_OWN,
    ),
    _dwellings(
        "time_vacant",
        _("How long have the empty dwellings stood empty?"),
        goal=USE,
        unit=Unit.DAYS,
        better=Better.LOWER,
        population_text=_("Municipal dwellings that nobody lives in on the last day of the period."),
        definition=_("Days since somebody lived there or it came into the stock; the middle value."),
        numerator=None,
        denominator=Count("days_empty IS NOT NULL"),
        value=Percentile("days_empty", 0.5, "days_empty IS NOT NULL"),
        p90=Percentile("days_empty", 0.9, "days_empty IS NOT NULL"),
        source=_OWN,
    ),
    households(
        "tenants_bought",
        _("How many of those who bought a home came from a municipal dwelling?"),
        Population.BUYER,
        "was_tenant",
        goal="8",
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        denominator=Count(),
        population_text=_("Households that moved into an owned home in the period."),
        definition=_("Lived in a municipal dwelling the night before. Loans are not asked about."),
        source=_OWN,
    ),
)
