# mypy: disable-error-code="no-untyped-call"
"""The figures of start loans and grants, counted by hand and by plain Python, and the lists behind them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from cases.models import LoanCase, LoanKind, LoanPurpose, LoanStatus
from housing.models import RENTALS, Lease, Residence, ResidenceKind
from kpi.catalogue import BY_CODE
from kpi.loans import LOANS
from kpi.measurement import Period, Question, behind, measure, share
from people.models import Household, MemberRole
from tests.factories.housing import DwellingFactory, ResidenceFactory
from tests.factories.loans import LoanCaseFactory
from tests.factories.people import KONGSBERG, OSLO_NUMBER, HouseholdFactory, MemberFactory, UnitFactory

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
DECIDED, PAID = date(2025, 3, 1), date(2025, 5, 1)


def lent(household: Household, **told: Any) -> LoanCase:
    said = {"is_paid": True, "opened_on": DECIDED, "decided_on": DECIDED, "paid_on": PAID, **told}
    return LoanCaseFactory.create(household=household, **said)


def living(kind: ResidenceKind, **more: Any) -> Household:
    household = HouseholdFactory.create(**({"unit": more.pop("unit")} if "unit" in more else {}))
    if kind in RENTALS:
        more = {"lease": Lease.ORDINARY, **more}
    ResidenceFactory.create(household=household, kind=kind, starts_on=date(2022, 1, 1), **more)
    return household


def with_child(household: Household, *, born_on: date = date(2015, 1, 1), couple: bool = False) -> Household:
    MemberFactory.create(household=household, role=MemberRole.CHILD, person__born_on=born_on, starts_on=born_on)
    if couple:
        MemberFactory.create(household=household, role=MemberRole.PARTNER, starts_on=date(2020, 1, 1))
    return household


def told(question: Question = HERE, period: Period = YEAR) -> dict[str, tuple[Any, ...]]:
    return {
        one.indicator.code: (one.numerator, one.denominator, None if one.value is None else float(one.value))
        for one in measure(question, [period], LOANS)
    }


def test_the_year_s_loans_are_counted_by_hand() -> None:
    ours = with_child(living(ResidenceKind.MUNICIPAL_RENTAL, dwelling=DwellingFactory.create()), couple=True)
    private = with_child(living(ResidenceKind.PRIVATE_RENTAL))
    grown = with_child(living(ResidenceKind.OWNED), born_on=date(2007, 5, 1))
    for household in (ours, private):
        lent(household)
        lent(household, kind=LoanKind.ESTABLISHMENT_GRANT, amount=100_000)
    lent(grown, purpose=LoanPurpose.REFINANCING)
    # outside: not paid, paid the year before, another kind, another municipality
    lent(living(ResidenceKind.FRIENDS), status=LoanStatus.PRELIMINARY, paid_on=None)
    lent(living(ResidenceKind.FRIENDS), decided_on=date(2024, 1, 1), paid_on=date(2024, 12, 31))
    lent(living(ResidenceKind.OWNED), kind=LoanKind.ADAPTATION_GRANT)
    lent(living(ResidenceKind.PRIVATE_RENTAL, unit=UnitFactory.create(municipality_id=OSLO_NUMBER)))

    assert told() == {
        "8.1": (2, None, 2.0),
        "startlan_paid": (3, None, 3.0),
        "8.2": (1, 3, 33.3),
        "8.3": (2, None, 2.0),
        "8.4": (2, 3, 66.7),
        "startlan_couples": (1, 3, 33.3),
        "startlan_single_parents": (1, 3, 33.3),
        "8.5": (2, 2, 100.0),
        "9.1": (1, 3, 33.3),
    }
    listed = behind(HERE, YEAR, [BY_CODE["8.2"]])["8.2", KONGSBERG]
    assert (listed.households, listed.population) == ([ours.ref], sorted([ours.ref, private.ref, grown.ref]))


def test_without_a_loan_counts_are_nothing_and_shares_are_not_known() -> None:
    found = told()

    assert found["8.1"] == (0, None, 0.0)
    assert found["8.2"] == (0, 0, None)
    assert found["9.1"] == (0, 0, None)


def test_a_unit_s_loans_are_those_of_who_answered_on_the_day_of_payment() -> None:
    unit, other = UnitFactory.create(), UnitFactory.create()
    lent(living(ResidenceKind.OWNED, unit=unit))

    assert told(Question(municipality=KONGSBERG, unit=unit.pk))["8.1"][0] == 1
    assert told(Question(municipality=KONGSBERG, unit=other.pk))["8.1"][0] == 0


def test_who_moved_out_before_the_decision_came_from_none_of_ours() -> None:
    household = living(ResidenceKind.MUNICIPAL_RENTAL, dwelling=DwellingFactory.create(), ends_on=DECIDED)
    lent(household)

    assert told()["8.2"] == (0, 1, 0.0)


def test_the_figures_equal_plain_python() -> None:
    homes = (ResidenceKind.MUNICIPAL_RENTAL, ResidenceKind.PRIVATE_RENTAL, ResidenceKind.OWNED)
    every = product(homes, ("purchase", "refinancing"), ("startlan", "establishment_grant"))
    for number, (home, purpose, kind) in enumerate(every):
        household = living(home)
        if number % 3:
            with_child(household, born_on=date(2006 + number, 1, 1), couple=number % 2 == 0)
        lent(household, kind=kind, purpose=purpose, paid_on=PAID + timedelta(days=60 * number))

    paid_out = LoanCase.objects.filter(status="paid_out")
    rows = [row for row in paid_out if row.paid_on and YEAR.starts_on <= row.paid_on < YEAR.ends_on]
    loans = [row for row in rows if row.kind == LoanKind.STARTLAN]
    grants = [row for row in rows if row.kind == LoanKind.ESTABLISHMENT_GRANT]
    found = told()
    assert found["8.1"][0] == len({row.household_id for row in loans if row.is_purchase})
    assert found["8.2"][:2] == (sum(row.is_purchase and rented(row) == "municipal_rental" for row in loans), len(loans))
    assert found["8.3"][0] == sum(row.is_purchase and rented(row) in RENTALS for row in grants)
    assert found["8.4"][:2] == (sum(map(is_family, loans)), len(loans))
    assert found["8.5"][:2] == (sum(map(is_family, grants)), len(grants))
    refinancing = sum(row.purpose == LoanPurpose.REFINANCING for row in loans)
    assert found["9.1"] == (refinancing, len(loans), float(share(refinancing, len(loans)) or 0))


def rented(row: LoanCase) -> str:
    decided_on = row.decided_on
    assert decided_on is not None
    homes = Residence.objects.filter(household=row.household, starts_on__lte=decided_on)
    return next((one.kind for one in homes if one.ends_on is None or one.ends_on > decided_on), "")


def is_family(row: LoanCase) -> bool:
    paid_on = row.paid_on
    assert paid_on is not None
    children = row.household.members.filter(role=MemberRole.CHILD).select_related("person")
    return any(
        one.starts_on <= paid_on and paid_on < one.person.born_on.replace(year=one.person.born_on.year + 18)
        for one in children
    )
