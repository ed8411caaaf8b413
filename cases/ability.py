"""What a household can pay for a home and how large a loan that carries (betjeningsevne). Pure: standard library only.

Kroner a month, exact: interest is reckoned as decimals with forty digits and rounded once, where a sum is told. A
payment is rounded to the nearest krone, half up; the largest loan down, so that its payment is never more than there
is. A loan is repaid by equal monthly payments at the month's end (annuity), after years in which only interest is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

_DIGITS = 40
_ONE = Decimal(1)
#: a yearly rate in per cent, as a share a month
_A_MONTH = Decimal(1200)
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Debt:
    """What is owed to one lender. One that is refinanced is paid by the new loan and costs nothing more a month."""

    balance: int
    payment: int
    is_secured: bool = False
    is_refinanced: bool = False


@dataclass(frozen=True, kw_only=True)
class Economy:
    """What comes in and goes out in a month. `coming_income`: more, documented, once instalments begin."""

    incomes: Mapping[str, int]
    living_costs: int
    living_floor: int
    fixed_costs: Mapping[str, int] = field(default_factory=dict)
    home_costs: int = 0
    debts: tuple[Debt, ...] = ()
    coming_income: int = 0
    rent_now: int = 0


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Rates in per cent a year: `stress_rate` tries the ability, `offered_rate` is what the loan costs today."""

    stress_rate: Decimal
    offered_rate: Decimal
    years: int
    interest_only_years: int = 0


@dataclass(frozen=True, kw_only=True)
class Financing:
    """What is to be paid for, and by whom else. `home_value` limits a refinancing."""

    cost: int
    own_capital: int = 0
    grant: int = 0
    bank_loan: int = 0
    home_value: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ability:
    """The answer, every sum on the way to it with its own name. `left` can be less than nothing."""

    income: int
    living: int
    fixed: int
    debts: int
    home_costs: int
    bank_payment: int
    left: int
    left_later: int
    carried_first: int
    carried_later: int
    carried: int
    need: int
    room_in_home: int | None
    ceiling: int

    @property
    def is_enough(self) -> bool:
        """Whether the loan that is needed can be given in full."""
        return 0 < self.need <= self.ceiling

    @property
    def limited_by(self) -> str:
        """What keeps the loan from being larger: the ability to pay, the need, or the value of the home."""
        if self.ceiling == self.need:
            return "need"
        return "ability" if self.ceiling == self.carried else "home"


@dataclass(frozen=True, kw_only=True)
class Payments:
    """What a loan costs a month, while only interest is paid and after; the first is None without such years."""

    amount: int
    interest_only: int | None
    instalments: int
    total: int


def ability_of(economy: Economy, terms: Terms, financing: Financing) -> Ability:
    """How large a loan the household can carry, needs, and can be given."""
    income = sum(economy.incomes.values())
    living = max(economy.living_costs, economy.living_floor)
    fixed = sum(economy.fixed_costs.values())
    debts = sum(debt.payment for debt in economy.debts if not debt.is_refinanced)
    bank = payment_of(financing.bank_loan, rate=terms.stress_rate, months=terms.years * MONTHS)
    left = income - living - fixed - debts - economy.home_costs - bank
    left_later = left + (economy.coming_income if terms.interest_only_years else 0)
    carried_later = loan_for(left_later, rate=terms.stress_rate, months=_months_of_instalments(terms))
    carried_first = interest_only_loan_for(left, rate=terms.stress_rate) if terms.interest_only_years else carried_later
    carried = min(carried_first, carried_later)
    need = max(financing.cost - financing.own_capital - financing.grant - financing.bank_loan, 0)
    room = _room_in_home(economy, financing)
    limits = [carried, need] if room is None else [carried, need, room]
    return Ability(
        income=income,
        living=living,
        fixed=fixed,
        debts=debts,
        home_costs=economy.home_costs,
        bank_payment=bank,
        left=left,
        left_later=left_later,
        carried_first=carried_first,
        carried_later=carried_later,
        carried=carried,
        need=need,
        room_in_home=room,
        ceiling=min(limits),
    )


def payments_of(amount: int, terms: Terms, *, rate: Decimal) -> Payments:
    """What a loan costs a month at a rate, and in all over its years."""
    months = _months_of_instalments(terms)
    first = interest_of(amount, rate=rate) if terms.interest_only_years else None
    later = payment_of(amount, rate=rate, months=months)
    total = (first or 0) * terms.interest_only_years * MONTHS + later * months
    return Payments(amount=amount, interest_only=first, instalments=later, total=total)


def refinanced(debts: tuple[Debt, ...]) -> int:
    """What a refinancing pays off."""
    return sum(debt.balance for debt in debts if debt.is_refinanced)


def payment_of(amount: int, *, rate: Decimal, months: int) -> int:
    """The equal monthly payment of a loan."""
    with localcontext() as exact:
        exact.prec = _DIGITS
        return _to_the_nearest(amount / _loan_of_one_krone(rate, months))


def loan_for(payment: int, *, rate: Decimal, months: int) -> int:
    """The largest loan that an equal monthly payment repays; nothing where there is nothing to pay with."""
    with localcontext() as exact:
        exact.prec = _DIGITS
        return int((max(payment, 0) * _loan_of_one_krone(rate, months)).quantize(_ONE, ROUND_DOWN))


def interest_of(amount: int, *, rate: Decimal) -> int:
    """A month's interest of a loan."""
    with localcontext() as exact:
        exact.prec = _DIGITS
        return _to_the_nearest(amount * rate / _A_MONTH)


def interest_only_loan_for(payment: int, *, rate: Decimal) -> int:
    """The largest loan whose interest a monthly payment covers. At no interest at all the payment limits nothing."""
    if not rate:
        return 10**9
    with localcontext() as exact:
        exact.prec = _DIGITS
        return int((max(payment, 0) * _A_MONTH / rate).quantize(_ONE, ROUND_DOWN))


def _loan_of_one_krone(rate: Decimal, months: int) -> Decimal:
    """How large a loan one krone a month repays."""
    if not rate:
        return Decimal(months)
    monthly = rate / _A_MONTH
    return (1 - (1 + monthly) ** -months) / monthly


def _months_of_instalments(terms: Terms) -> int:
    return (terms.years - terms.interest_only_years) * MONTHS


def _room_in_home(economy: Economy, financing: Financing) -> int | None:
    """What the home is worth beyond what stays secured in it."""
    if financing.home_value is None:
        return None
    stays = sum(debt.balance for debt in economy.debts if debt.is_secured and not debt.is_refinanced)
    return max(financing.home_value - stays - financing.bank_loan, 0)


def _to_the_nearest(sum_of_money: Decimal) -> int:
    return int(sum_of_money.quantize(_ONE, ROUND_HALF_UP))
