"""The leader's overview: what it counts, and that each number is its list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.questions.overview import MEASURES, households_behind, overview
from housing.models import ResidenceKind
from people.models import JournalEntry, Protection, Role, Unit
from tests.factories.cases import DecisionFactory, HousingPlanFactory
from tests.factories.people import AT, DAY, AssignmentFactory, UnitFactory, employee_with, reporter, team_leader
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db

LAST_MONTH, THIS_MONTH = date(2026, 2, 20), date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(client: Client, unit: Unit) -> Client:
    client.force_login(team_leader(unit))
    return client


def counted(unit: Unit) -> dict[str, int]:
    return overview(unit, today=DAY).counts


def test_those_of_the_turn_of_the_month_with_those_in_without_those_out_are_those_of_tonight(unit: Unit) -> None:
    stay(unit, LAST_MONTH)
    stay(unit, LAST_MONTH, THIS_MONTH)
    stay(unit, LAST_MONTH, LAST_MONTH + timedelta(days=3))
    stay(unit, THIS_MONTH)
    stay(unit, THIS_MONTH, DAY)
    stay(unit, DAY)
    counts = counted(unit)
    assert (counts["before"], counts["in"], counts["out"], counts["now"]) == (2, 3, 2, 3)
    lists = {what: set(households_behind(MEASURES[what], unit, today=DAY)) for what in ("before", "in", "out", "now")}
    assert lists["now"] == (lists["before"] | lists["in"]) - lists["out"]


def test_a_household_that_came_and_went_within_the_month_stands_on_both_lists(unit: Unit) -> None:
    household = stay(unit, THIS_MONTH, DAY)
    assert households_behind(MEASURES["in"], unit, today=DAY) == [household.pk]
    assert households_behind(MEASURES["out"], unit, today=DAY) == [household.pk]


def test_children_and_their_nights_are_counted_tonight_and_this_month(unit: Unit) -> None:
    stay(unit, LAST_MONTH, has_child=True)
    stay(unit, date(2026, 3, 9), has_child=True)
    stay(unit, date(2026, 3, 1), date(2026, 3, 3), has_child=True)
    stay(unit, LAST_MONTH)
    found = overview(unit, today=DAY)
    assert found.counts["children"] == 2
    assert (found.sums.children, found.sums.child_nights) == (2, 2)
    assert found.sums.child_nights_in_month == 10 + 2 + 2


def test_kroner_are_the_placement_s_price_and_else_the_room_s(unit: Unit) -> None:
    stay(unit, THIS_MONTH, price_a_night=900)
    stay(unit, THIS_MONTH, price_a_night=650)
    stay(unit, THIS_MONTH)
    found = overview(unit, today=DAY)
    assert found.sums.kroner == 1550
    assert (found.counts["kroner"], found.counts["without_price"]) == (2, 1)


def test_a_case_that_nobody_is_responsible_for_is_missing_an_owner(unit: Unit) -> None:
    owned, left = stay(unit, THIS_MONTH), stay(unit, THIS_MONTH)
    AssignmentFactory.create(household=owned)
    AssignmentFactory.create(household=left, ends_on=DAY)
    assert households_behind(MEASURES["without_owner"], unit, today=DAY) == [left.pk]


def test_a_night_of_the_stay_that_no_decision_covers_is_missing_one(unit: Unit) -> None:
    covered, gap, draft = (stay(unit, THIS_MONTH) for _n in range(3))
    DecisionFactory.create(household=covered, starts_on=THIS_MONTH, ends_on=DAY + timedelta(days=1), is_oral=True)
    DecisionFactory.create(household=gap, starts_on=THIS_MONTH, ends_on=DAY, is_oral=True)
    DecisionFactory.create(household=draft, starts_on=THIS_MONTH, ends_on=DAY + timedelta(days=9))
    assert set(households_behind(MEASURES["without_decision"], unit, today=DAY)) == {gap.pk, draft.pk}


def test_a_plan_is_missing_from_the_fifteenth_day(unit: Unit) -> None:
    stay(unit, DAY - timedelta(days=14))
    late, planned = stay(unit, DAY - timedelta(days=15)), stay(unit, DAY - timedelta(days=15))
    HousingPlanFactory.create(household=planned, made_on=DAY - timedelta(days=2))
    assert households_behind(MEASURES["without_plan"], unit, today=DAY) == [late.pk]


def test_a_case_is_silent_when_no_person_has_written_for_fourteen_days(unit: Unit) -> None:
    silent, heard = stay(unit, LAST_MONTH - timedelta(days=9)), stay(unit, LAST_MONTH - timedelta(days=9))
    written(heard.pk, DAY - timedelta(days=13), unit)
    written(silent.pk, DAY - timedelta(days=14), unit)
    new = stay(unit, THIS_MONTH)
    assert households_behind(MEASURES["silent"], unit, today=DAY) == [silent.pk]
    assert new.pk != silent.pk


def test_a_lease_of_less_than_three_years_after_the_stay_is_no_permanent_home(unit: Unit) -> None:
    short, long = stay(unit, LAST_MONTH, THIS_MONTH), stay(unit, LAST_MONTH, THIS_MONTH)
    rental = ResidenceKind.PRIVATE_RENTAL
    then(short, rental, THIS_MONTH, lease="ordinary", lease_ends_on=date(2029, 3, 3))
    then(long, rental, THIS_MONTH, lease="ordinary", lease_ends_on=date(2029, 3, 4))
    assert households_behind(MEASURES["short_lease"], unit, today=DAY) == [short.pk]


def test_every_number_of_the_page_is_the_length_of_its_list(leader: Client, unit: Unit) -> None:
    stay(unit, LAST_MONTH, has_child=True, price_a_night=900)
    stay(unit, THIS_MONTH, DAY)
    page = leader.get(reverse("cases:overview"))
    assert page.status_code == 200
    for code, number in counted(unit).items():
        listed = leader.get(reverse("cases:overview_list", args=[code]))
        assert number == listed.context["page"].total, code


def test_a_figure_counts_what_its_list_shows_so_that_neither_tells_of_the_shielded(leader: Client, unit: Unit) -> None:
    stay(unit, LAST_MONTH, name="Ingrid Nordmann")
    hidden = shielded(unit, LAST_MONTH)
    page = leader.get(reverse("cases:overview_list", args=["now"]))
    assert (page.context["page"].total, len(page.context["rows"])) == (1, 1)
    assert leader.get(reverse("cases:overview")).context["counts"]["now"] == 1
    assert "Ingrid Nordmann" in page.content.decode()
    assert str(hidden.key) not in page.content.decode()


def test_a_unit_s_figures_leave_out_the_strictly_confidential(leader: Client, unit: Unit) -> None:
    shielded(unit, LAST_MONTH, Protection.STRICTLY_CONFIDENTIAL)
    assert leader.get(reverse("cases:overview")).context["counts"]["now"] == 0


def test_another_unit_s_overview_does_not_exist(leader: Client) -> None:
    other = UnitFactory.create()
    assert leader.get(reverse("cases:overview"), {"unit": other.ref}).status_code == 404
    assert leader.get(reverse("cases:overview_list", args=["now"]), {"unit": other.ref}).status_code == 404
    assert leader.get(reverse("cases:overview_list", args=["nonsense"])).status_code == 404


def test_a_leader_of_two_units_chooses_between_them(client: Client, unit: Unit) -> None:
    leader = team_leader(unit)
    other = UnitFactory.create(name="NAV Åmot")
    employee_with(Role.TEAM_LEADER, other, employee=leader)
    stay(other, LAST_MONTH)
    client.force_login(leader)
    page = client.get(reverse("cases:overview"), {"unit": other.ref})
    assert page.context["counts"]["now"] == 1
    assert f"unit={other.ref}" in page.content.decode()


def test_a_reporter_sees_no_unit_s_overview(client: Client, unit: Unit) -> None:
    client.force_login(reporter(unit))
    assert client.get(reverse("cases:overview")).status_code == 403


def test_the_page_and_its_lists_take_as_many_statements_for_many_households(
    leader: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(12):
        stay(unit, LAST_MONTH)
    with django_assert_max_num_queries(17):
        leader.get(reverse("cases:overview"))
    with django_assert_max_num_queries(13):
        leader.get(reverse("cases:overview_list", args=["now"]))


def written(household_id: int, on: date, unit: Unit) -> None:
    JournalEntry.objects.create(
        household_id=household_id,
        act="note.written",
        subject_kind="household",
        subject_id=household_id,
        on=on,
        at=AT.replace(year=on.year, month=on.month, day=on.day),
        by=team_leader(unit),
    )
