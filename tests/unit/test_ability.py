"""What a household can carry: the examples of docs/ability.md, computed by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.ability import (
    Ability,
    Debt,
    Economy,
    Financing,
    Terms,
    ability_of,
    interest_of,
    interest_only_loan_for,
    loan_for,
    payment_of,
    payments_of,
    refinanced,
)

STRESS, TODAY = Decimal("6.50"), Decimal("5.00")
DOCUMENT = Path(__file__).parents[2] / "docs" / "ability.md"


def over(years: int, *, interest_only: int = 0) -> Terms:
    return Terms(stress_rate=STRESS, offered_rate=TODAY, years=years, interest_only_years=interest_only)


ALONE = Economy(
    incomes={"benefits": 30_000},
    living_costs=9_000,
    living_floor=7_850,
    fixed_costs={"other": 1_500},
    home_costs=4_000,
    rent_now=12_000,
)
FAMILY = Economy(
    incomes={"wages": 38_500, "child_benefit": 3_600, "housing_allowance": 1_400},
    living_costs=19_000,
    living_floor=13_100 + 3_850 + 3_950,
    fixed_costs={"child_care": 2_400},
    home_costs=5_200,
    debts=(Debt(balance=96_000, payment=1_600),),
)
DEBTS = (
    Debt(balance=1_450_000, payment=9_800, is_secured=True, is_refinanced=True),
    Debt(balance=180_000, payment=4_300, is_refinanced=True),
    Debt(balance=70_000, payment=2_600, is_refinanced=True),
    Debt(balance=220_000, payment=1_900),
)
IN_DEBT = Economy(
    incomes={"wages": 27_500, "child_benefit": 1_966},
    living_costs=9_500,
    living_floor=7_850 + 3_850,
    home_costs=3_600,
    debts=DEBTS,
)
COMING = Economy(
    incomes={"benefits": 24_000, "other": 1_000},
    living_costs=8_200,
    living_floor=7_850,
    home_costs=3_800,
    coming_income=2_500,
)
LOW = Economy(incomes={"benefits": 22_500}, living_costs=7_000, living_floor=7_850, home_costs=3_450)
EARNS = Economy(incomes={"wages": 41_000}, living_costs=10_500, living_floor=7_850, home_costs=4_500)


@dataclass(frozen=True)
class Example:
    """An example with its answers: left, carried, needed, the largest loan, and what that costs tried and today."""

    economy: Economy
    terms: Terms
    financing: Financing
    left: int
    carried: int
    need: int
    ceiling: int
    tried: int
    today: int

    @property
    def found(self) -> Ability:
        return ability_of(self.economy, self.terms, self.financing)


EXAMPLES = {
    "alone": Example(
        ALONE, over(30), Financing(cost=2_000_000), 15_500, 2_452_267, 2_000_000, 2_000_000, 12_641, 10_736
    ),
    "with children": Example(
        FAMILY,
        over(30),
        Financing(cost=3_150_000, own_capital=60_000, grant=150_000),
        13_400,
        2_120_024,
        2_940_000,
        2_120_024,
        13_400,
        11_381,
    ),
    "refinancing": Example(
        IN_DEBT,
        over(30),
        Financing(cost=refinanced(DEBTS) + 10_000, home_value=1_800_000),
        12_266,
        1_940_613,
        1_710_000,
        1_710_000,
        10_808,
        9_180,
    ),
    "interest only": Example(
        COMING,
        over(30, interest_only=8),
        Financing(cost=1_950_000),
        13_000,
        2_174_099,
        1_950_000,
        1_950_000,
        13_902,
        12_193,
    ),
    "30 years": Example(
        LOW, over(30), Financing(cost=1_900_000), 11_200, 1_771_961, 1_900_000, 1_771_961, 11_200, 9_512
    ),
    "50 years": Example(
        LOW, over(50), Financing(cost=1_900_000), 11_200, 1_986_812, 1_900_000, 1_900_000, 10_711, 8_629
    ),
    "with a bank": Example(
        EARNS,
        over(30),
        Financing(cost=3_400_000, bank_loan=1_200_000),
        18_415,
        2_913_452,
        2_200_000,
        2_200_000,
        13_905,
        11_810,
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_comes_out_as_by_hand(name: str) -> None:
    one = EXAMPLES[name]

    assert (one.found.left, one.found.carried, one.found.need, one.found.ceiling) == (
        one.left,
        one.carried,
        one.need,
        one.ceiling,
    )
    assert payments_of(one.ceiling, one.terms, rate=STRESS).instalments == one.tried
    assert payments_of(one.ceiling, one.terms, rate=TODAY).instalments == one.today


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_document_tells_the_same_figures(name: str) -> None:
    told, one = DOCUMENT.read_text(encoding="utf-8"), EXAMPLES[name]

    for figure in (one.left, one.carried, one.need, one.ceiling):
        assert f"{figure:,}" in told


def test_the_guiding_rate_counts_where_they_use_less_and_their_use_where_they_use_more() -> None:
    assert EXAMPLES["with children"].found.living == 20_900
    assert EXAMPLES["alone"].found.living == 9_000


def test_interest_alone_is_paid_at_first_and_limits_the_loan_too() -> None:
    one = EXAMPLES["interest only"]
    tried, today = (payments_of(one.ceiling, one.terms, rate=rate) for rate in (STRESS, TODAY))

    assert (one.found.carried_first, one.found.left_later) == (2_400_000, 15_500)
    assert (tried.interest_only, today.interest_only) == (10_563, 8_125)
    assert today.total == 8 * 12 * 8_125 + 22 * 12 * 12_193


def test_coming_income_counts_only_when_instalments_come_later() -> None:
    at_once = ability_of(COMING, over(30), Financing(cost=1_950_000))

    assert at_once.left_later == at_once.left == 13_000


def test_a_refinancing_is_limited_by_the_value_of_the_home_less_what_stays_secured_in_it() -> None:
    staying = (*DEBTS, Debt(balance=150_000, payment=0, is_secured=True))
    found = ability_of(
        replace(IN_DEBT, debts=staying), over(30), Financing(cost=1_700_000, home_value=1_800_000, bank_loan=50_000)
    )

    assert found.room_in_home == 1_600_000
    assert found.ceiling == 1_600_000
    assert found.limited_by == "home"


def test_what_limits_the_loan_is_told() -> None:
    assert EXAMPLES["alone"].found.limited_by == "need"
    assert EXAMPLES["alone"].found.is_enough
    assert EXAMPLES["with children"].found.limited_by == "ability"
    assert not EXAMPLES["with children"].found.is_enough


def test_who_has_nothing_left_can_be_lent_nothing() -> None:
    poor = replace(ALONE, incomes={"benefits": 14_000})
    found = ability_of(poor, over(30), Financing(cost=2_000_000))

    assert (found.left, found.ceiling) == (-500, 0)
    assert ability_of(poor, over(30, interest_only=8), Financing(cost=2_000_000)).ceiling == 0


def test_without_interest_a_loan_is_paid_in_equal_parts() -> None:
    nothing = Decimal(0)

    assert payment_of(360_000, rate=nothing, months=360) == 1_000
    assert loan_for(1_000, rate=nothing, months=360) == 360_000
    assert interest_of(360_000, rate=nothing) == 0
    assert interest_only_loan_for(1, rate=nothing) == 10**9


def left_after(amount: int, payment: Fraction, *, rate: Decimal, months: int) -> Fraction:
    """What is owed after so many months, month by month: interest added, the payment taken off."""
    owed, interest = Fraction(amount), Fraction(rate) / 1200
    for _month in range(months):
        owed += owed * interest - payment
    return owed


@given(
    amount=st.integers(10_000, 6_000_000),
    rate=st.decimals("0.25", "12", places=2),
    years=st.integers(1, 12),
)
def test_equal_payments_repay_the_loan_month_by_month(amount: int, rate: Decimal, years: int) -> None:
    months = years * 12
    payment = payment_of(amount, rate=rate, months=months)

    assert left_after(amount, Fraction(payment) + Fraction(1, 2), rate=rate, months=months) <= 0
    assert left_after(amount, Fraction(payment) - Fraction(1, 2), rate=rate, months=months) >= 0


@given(
    payment=st.integers(1, 60_000),
    rate=st.decimals("0", "15", places=2),
    years=st.integers(1, 50),
)
def test_the_largest_loan_costs_no_more_than_there_is_and_one_krone_more_would(
    payment: int, rate: Decimal, years: int
) -> None:
    months = years * 12
    largest = loan_for(payment, rate=rate, months=months)

    assert payment_of(largest, rate=rate, months=months) <= payment
    assert largest < loan_for(payment + 1, rate=rate, months=months)
    assert interest_of(interest_only_loan_for(payment, rate=max(rate, Decimal("0.25"))), rate=rate) <= payment
