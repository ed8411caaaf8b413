"""The checks of the facts beneath KOSTRA's form, each with what it finds and what it does not, and the nightly run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import Case, CaseState, ClosingReason
from housing.models import ResidenceKind
from kpi.actions.form_checks import check_form, check_forms, years_checked
from kpi.form_checks import FACT_CHECKS
from kpi.measurement import Period, Question
from kpi.models import FormFinding
from kpi.questions.form_checks import fact_findings
from people.models import Household, Member, MemberRole, Unit
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import DecisionFactory
from tests.factories.coming import RefugeeSettlementFactory
from tests.factories.housing import ProviderFactory
from tests.factories.people import AT, DAY, KONGSBERG, EmployeeFactory, MemberFactory, UnitFactory
from tests.web.unit_life import stay, then

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
IN, OUT = date(2025, 11, 1), date(2025, 12, 1)


def found(key: str) -> list[int]:
    told = fact_findings(Question(municipality=KONGSBERG), YEAR)
    return next((one.households for one in told if one.check.key == key), [])


def decided(household: Household, starts_on: date, ends_on: date) -> None:
    DecisionFactory.create(household=household, is_oral=True, starts_on=starts_on, ends_on=ends_on, result="granted")


def _housed(unit: Unit) -> Household:
    household = stay(unit, IN, OUT)
    then(household, ResidenceKind.MUNICIPAL_RENTAL, OUT, lease="ordinary")
    return household


def _without_decision(unit: Unit) -> Household:
    household = _housed(unit)
    decided(household, IN, OUT - timedelta(days=1))
    return household


def _decided(unit: Unit) -> Household:
    household = _housed(unit)
    decided(household, IN, OUT)
    return household


def _nowhere(unit: Unit) -> Household:
    return stay(unit, IN, OUT)


def _unknown(unit: Unit) -> Household:
    household = stay(unit, IN, OUT)
    then(household, ResidenceKind.UNKNOWN, OUT)
    return household


def _closed(unit: Unit) -> Household:
    household = stay(unit, IN)
    Case.objects.filter(household=household).update(
        state=CaseState.CLOSED, closed_on=OUT, closing_reason=ClosingReason.values[0]
    )
    return household


def _still_there(unit: Unit) -> Household:
    return stay(unit, IN)


def _child_in_two(unit: Unit) -> Household:
    one, other = stay(unit, IN), stay(unit, IN)
    child = MemberFactory.create(household=one, is_child=True).person
    MemberFactory.create(household=other, is_child=True, person=child)
    return one


def _child_first_in_one(unit: Unit) -> Household:
    one, other = stay(unit, IN, OUT), stay(unit, OUT)
    child = MemberFactory.create(household=one, is_child=True).person
    MemberFactory.create(household=other, is_child=True, person=child)
    return one


def _placed_again_months_later(unit: Unit) -> Household:
    household = stay(unit, date(2025, 3, 1), date(2025, 4, 1))
    then(household, ResidenceKind.TEMPORARY, IN, provider=ProviderFactory.create())
    return household


def _tenant(unit: Unit, settled_on: date | None) -> Household:
    household = _housed(unit)
    HousingApplicationFactory.create(household=household, received_on=IN, main_reason="refugee")
    if settled_on is not None:
        RefugeeSettlementFactory.create(household=household, decided_on=settled_on, settled_on=settled_on)
    return household


def _settled_long_ago(unit: Unit) -> Household:
    return _tenant(unit, date(2019, 3, 1))


def _never_settled(unit: Unit) -> Household:
    return _tenant(unit, None)


def _settled(unit: Unit) -> Household:
    return _tenant(unit, date(2022, 3, 1))


def _nobody(unit: Unit) -> Household:
    household = stay(unit, IN)
    Member.objects.filter(household=household).delete()
    return household


CASES: dict[str, tuple[list[Callable[[Unit], Household]], Callable[[Unit], Household]]] = {
    "no_decision": ([_without_decision, _housed], _decided),
    "unknown_exit": ([_nowhere, _unknown, _placed_again_months_later], _housed),
    "no_end": ([_closed], _still_there),
    "twice": ([_child_in_two], _child_first_in_one),
    "no_grant": ([_settled_long_ago, _never_settled], _settled),
    "nobody": ([_nobody], _still_there),
}


def test_each_check_has_its_fixtures() -> None:
    assert set(CASES) == {check.key for check in FACT_CHECKS}


@pytest.mark.parametrize("key", CASES)
def test_a_check_finds_what_is_wrong_and_nothing_else(key: str) -> None:
    wrong, right = CASES[key]
    unit = UnitFactory.create()
    for make in wrong:
        household = make(unit)
        assert household.pk in found(key), make.__name__

    assert right(unit).pk not in found(key)


def test_a_child_who_visits_is_in_one_household_alone() -> None:
    unit = UnitFactory.create()
    one, other = stay(unit, IN), stay(unit, IN)
    child = MemberFactory.create(household=one, is_child=True).person
    MemberFactory.create(household=other, is_child=True, person=child, role=MemberRole.CHILD_VISIT)

    assert found("twice") == []


def test_no_household_points_at_one_that_is_left_out() -> None:
    one = _child_in_two(UnitFactory.create())
    [other] = [pk for pk in found("twice") if pk != one.pk]

    told = fact_findings(Question(municipality=KONGSBERG, left_out=(other,)), YEAR)

    assert [each.households for each in told if each.check.key == "twice"] == []


def test_what_would_fail_is_kept_each_night_with_its_first_day_until_it_is_mended() -> None:
    unit, by = UnitFactory.create(), EmployeeFactory.create()
    household = stay(unit, date(2026, 1, 5), date(2026, 2, 1))
    told: dict[str, Any] = {"municipality": KONGSBERG, "year": 2026, "by": by}

    check_form(**told, at=AT)
    check_form(**told, at=AT + timedelta(days=1))
    kept = FormFinding.objects.get(key="unknown_exit")
    assert (kept.count, kept.found_on, kept.cleared_on) == (1, DAY, None)

    then(household, ResidenceKind.OWNED, date(2026, 2, 1))
    check_form(**told, at=AT + timedelta(days=2))
    assert FormFinding.objects.get(key="unknown_exit").cleared_on == DAY + timedelta(days=2)


def test_the_first_job_of_the_day_checks_every_municipality_s_form() -> None:
    stay(UnitFactory.create(), date(2026, 1, 5))
    stay(UnitFactory.create(municipality_id="0301"), date(2026, 1, 5))

    assert check_forms(AT) == "2 findings in this year's KOSTRA forms"
    assert set(FormFinding.objects.values_list("municipality", "year", "key")) == {
        (KONGSBERG, 2026, "no_decision"),
        ("0301", 2026, "no_decision"),
    }


@pytest.mark.parametrize(
    ("on", "years"), [(date(2026, 4, 15), [2025, 2026]), (date(2026, 4, 16), [2026]), (date(2026, 1, 1), [2025, 2026])]
)
def test_last_year_s_form_is_checked_while_it_can_be_corrected(on: date, years: list[int]) -> None:
    assert years_checked(on) == years
