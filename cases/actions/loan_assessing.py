"""Assessing what a household can pay for a home, and how large a loan that carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.loans import CannotLend, locked_loan, record, require_undecided
from cases.law.loans import LONG_CONDITIONS
from cases.models import DebtKind, LoanAssessment, LoanCase, LoanDebt, LoanPurpose, LongTerm, LongWaiver
from cases.questions.loans import Limits, limits_of, rates_of, reckoned, stressed
from people.journal import Act
from people.models import Employee
from people.transactions import act

#: Beyond this many per cent a year it is a slip.
_MOST_PERCENT = 30


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One debt as it is told."""

    kind: DebtKind | str
    balance: int
    payment: int = 0
    is_secured: bool = False
    is_refinanced: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that an assessment goes by, in kroner (a month for what comes in and goes out) and per cent a year."""

    adults: int
    children_0_5: int = 0
    children_6_10: int = 0
    children_11_17: int = 0
    wages: int = 0
    benefits: int = 0
    child_benefit: int = 0
    housing_allowance: int = 0
    maintenance_in: int = 0
    other_income: int = 0
    coming_income: int = 0
    coming_because: str = ""
    living_costs: int = 0
    child_care: int = 0
    maintenance_out: int = 0
    other_costs: int = 0
    home_costs: int = 0
    rent_now: int = 0
    cost: int = 0
    own_capital: int = 0
    grant: int = 0
    bank_loan: int = 0
    home_value: int | None = None
    policy_rate: Decimal
    offered_rate: Decimal
    years: int
    interest_only_years: int = 0
    long_terms: tuple[str, ...] = ()
    long_waiver: str = ""
    note: str = ""

    @property
    def children(self) -> dict[str, int]:
        names = ("children_0_5", "children_6_10", "children_11_17")
        return {name: getattr(self, name) for name in names}


@act
def assess_loan(
    *,
    loan_id: int,
    told: Told,
    debts: Sequence[Owed],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> LoanAssessment:
    """Reckon what the household can carry, and keep what went in with what came out. A new one takes the place of the
    one before, which is kept.

    :raises CannotLend: when it is decided, the time to repay is beyond the law, the refinancing beyond the home's
        value, or nothing is told to pay for
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    require_undecided(loan)
    today = localdate(at)
    _refuse_people_and_rates(told)
    _refuse_terms(told, limits_of(on=today), on=today)
    _refuse_cost(loan, told, debts)
    floor = rates_of(loan.household, on=today).floor(adults=told.adults, children=told.children)
    facts = asdict(told) | {
        "coming_because": told.coming_because.strip(),
        "note": told.note.strip(),
        "long_terms": [code for code in LongTerm.values if code in told.long_terms] if _is_long(told, today) else [],
        "long_waiver": told.long_waiver if _is_long(told, today) else "",
    }
    made = LoanAssessment(
        loan=loan,
        made_on=today,
        by=by,
        living_floor=floor,
        stress_rate=stressed(told.policy_rate, on=today),
        **facts,
    )
    owed = [LoanDebt(**asdict(debt)) for debt in debts]
    found = reckoned(made, owed, purpose=loan.purpose)
    made.left, made.carried, made.need, made.ceiling = found.left, found.carried, found.need, found.ceiling
    made.save()
    for debt in owed:
        debt.assessment = made
        debt.save()
    record(Act.LOAN_ASSESSED, loan, by=by, at=at, ceiling=made.ceiling, need=made.need)
    return made


def _refuse_people_and_rates(told: Told) -> None:
    if told.adults < 1:
        raise CannotLend(_("There must be an adult."), field="adults")
    for name in ("policy_rate", "offered_rate"):
        if not 0 <= getattr(told, name) <= _MOST_PERCENT:
            raise CannotLend(_("Write the rate in per cent a year."), field=name)
    if told.coming_income and not told.coming_because.strip():
        raise CannotLend(_("Say what income is coming, and the plan."), field="coming_because")
    if told.coming_income and not told.interest_only_years:
        raise CannotLend(
            _("Income that is coming counts when instalments begin: say how many years are without them."),
            field="interest_only_years",
        )


def _refuse_terms(told: Told, limits: Limits, *, on: date) -> None:
    if not 1 <= told.years <= limits.years_long:
        raise CannotLend(
            _("A loan is repaid within %(most)s years, and never over more than %(long)s.")
            % {"most": limits.years_most, "long": limits.years_long},
            field="years",
        )
    if told.interest_only_years > limits.interest_only_years:
        raise CannotLend(
            _("At most %(years)s years can be without instalments.") % {"years": limits.interest_only_years},
            field="interest_only_years",
        )
    if told.interest_only_years >= told.years:
        raise CannotLend(_("Some of the years must have instalments."), field="interest_only_years")
    if _is_long(told, on):
        _refuse_long(told, limits)


def _refuse_long(told: Told, limits: Limits) -> None:
    """The conditions for more than the ordinary years: each met, or waived."""
    if told.long_waiver not in ["", *LongWaiver.values] or not set(told.long_terms) <= set(LongTerm.values):
        raise CannotLend(_("Choose among the conditions."), field="long_terms")
    lacking = [
        LongTerm(one.code).label
        for one in LONG_CONDITIONS.values()
        if one.code not in told.long_terms and told.long_waiver not in one.exceptions
    ]
    if lacking:
        raise CannotLend(
            _("Over more than %(most)s years only when this holds too: %(lacking)s.")
            % {"most": limits.years_most, "lacking": "; ".join(str(label) for label in lacking)},
            field="long_terms",
        )


def _refuse_cost(loan: LoanCase, told: Told, debts: Sequence[Owed]) -> None:
    for debt in debts:
        if debt.kind not in DebtKind.values or debt.balance <= 0:
            raise CannotLend(_("Say of every debt what it is and how much is owed."), field="debt_1_balance")
    if loan.purpose != LoanPurpose.REFINANCING:
        if any(debt.is_refinanced for debt in debts):
            raise CannotLend(_("Debts are refinanced only by a loan for refinancing."), field="debt_1_balance")
        if told.cost <= 0:
            raise CannotLend(_("Say what it costs, or how dear a home they look for."), field="cost")
        return
    _refuse_refinancing(told, debts)


def _refuse_refinancing(told: Told, debts: Sequence[Owed]) -> None:
    paid_off = sum(debt.balance for debt in debts if debt.is_refinanced)
    if paid_off <= 0:
        raise CannotLend(_("Say which debts are refinanced."), field="debt_1_balance")
    if told.home_value is None:
        raise CannotLend(_("Say what the home is worth."), field="home_value")
    stays = sum(debt.balance for debt in debts if debt.is_secured and not debt.is_refinanced)
    owed = paid_off + told.cost + stays + told.bank_loan - told.own_capital - told.grant
    has_unsecured = any(debt.is_refinanced and not debt.is_secured for debt in debts)
    if has_unsecured and owed > told.home_value:
        raise CannotLend(
            _(
                "With unsecured debt in it a refinancing may not be more than the home is worth:"
                " %(owed)s kroner against %(value)s. Leave a debt out."
            )
            % {"owed": owed, "value": told.home_value},
            field="home_value",
        )


def _is_long(told: Told, on: date) -> bool:
    return told.years > limits_of(on=on).years_most
