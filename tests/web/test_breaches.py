"""The three-month page: who stands where, the leader's review, the month's sign-off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.actions.reviews import review_breach
from cases.models import BreachReason, BreachReview, MonthSignOff
from cases.questions.breaches import Breaches, Section, breaches
from people.models import Employee, Household, Unit
from tests.factories.people import AT, DAY, UnitFactory, at, caseworker, reporter, team_leader
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

#: First nights whose limits lie the day before `DAY`, on it, in 14 days, in 15, in 30 and in 31.
OVER, ON_LIMIT, IN_14, IN_15, IN_30, IN_31 = (
    date(2025, 12, 9),
    date(2025, 12, 10),
    date(2025, 12, 24),
    date(2025, 12, 25),
    date(2026, 1, 9),
    date(2026, 1, 10),
)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


@pytest.fixture
def page(client: Client, leader: Employee) -> Client:
    client.force_login(leader)
    return client


def in_order(section: Section) -> list[int]:
    return [stay.standing.household_id for stay in section.stays]


def seen(unit: Unit, leader: Employee) -> Breaches:
    return breaches(unit, leader, at=AT)


def test_stays_stand_by_how_near_the_limit_is(unit: Unit, leader: Employee) -> None:
    nights = (OVER, ON_LIMIT, IN_14, IN_15, IN_30, IN_31)
    over, on_limit, in_14, in_15, in_30, _in_31 = [stay(unit, night).pk for night in nights]
    found = seen(unit, leader)
    assert in_order(found.over) == [over]
    assert in_order(found.near) == [on_limit, in_14]
    assert in_order(found.in_sight) == [in_15, in_30]


def test_families_and_young_come_before_those_who_have_waited_longer(unit: Unit, leader: Employee) -> None:
    longest = stay(unit, OVER - timedelta(days=60))
    family = stay(unit, OVER, has_child=True)
    assert in_order(seen(unit, leader).over) == [family.pk, longest.pk]


def test_a_stay_whose_move_out_is_agreed_stands_until_it_has_happened(unit: Unit, leader: Employee) -> None:
    moving = stay(unit, OVER, DAY + timedelta(days=3))
    stay(unit, OVER, DAY)
    assert in_order(seen(unit, leader).over) == [moving.pk]


def test_the_page_shows_days_plan_and_measure(page: Client, unit: Unit, leader: Employee) -> None:
    household = stay(unit, OVER, name="Ingrid Nordmann", has_child=True)
    reviewed(household, leader, measure="Flat in Fjordgata from April")
    text = page.get(reverse("cases:breaches")).content.decode()
    assert "Ingrid Nordmann" in text
    assert "Flat in Fjordgata from April" in text
    assert reverse("cases:review", args=[household.key]) in text


def test_the_newest_review_of_this_very_stay_is_in_force(unit: Unit, leader: Employee) -> None:
    household = stay(unit, OVER)
    reviewed(household, leader, measure="First")
    reviewed(household, leader, measure="Second")
    BreachReview.objects.create(
        household=household,
        first_night=date(2020, 1, 1),
        reason="other",
        measure="Of an earlier stay",
        deadline=DAY,
        reviewed_on=DAY,
        by=leader,
    )
    [shown] = seen(unit, leader).over.stays
    assert shown.review is not None
    assert shown.review.measure == "Second"


def test_the_shielded_are_neither_listed_nor_counted(page: Client, unit: Unit, leader: Employee) -> None:
    hidden = shielded(unit, OVER)
    section = seen(unit, leader).over
    assert (section.total, section.stays) == (0, [])
    assert str(hidden.key) not in page.get(reverse("cases:breaches")).content.decode()


def test_a_leader_reviews_a_stay_on_one_page(page: Client, unit: Unit) -> None:
    household = stay(unit, OVER)
    address = reverse("cases:review", args=[household.key])
    assert page.get(address).status_code == 200
    sent = page.post(address, form(reason="debt", measure="Deposit guarantee sent", deadline="+14"))
    assert sent.status_code == 302
    assert sent["Location"] == reverse("cases:breaches")
    review = BreachReview.objects.get()
    assert (review.household, review.first_night, review.reason) == (household, OVER, "debt")
    assert review.deadline == DAY + timedelta(days=14)


def test_a_review_without_a_measure_or_with_a_passed_deadline_comes_back_with_what_was_typed(
    page: Client, unit: Unit
) -> None:
    address = reverse("cases:review", args=[stay(unit, OVER).key])
    sent = page.post(address, form(reason="debt", measure="Call the landlord", deadline="-1"))
    assert sent.status_code == 200
    assert sent.context["form"].errors["deadline"]
    assert "Call the landlord" in sent.content.decode()
    sent = page.post(address, form(reason="debt", measure="", deadline="+1"))
    assert sent.context["form"].errors["measure"]
    assert not BreachReview.objects.exists()


def test_a_review_built_on_an_older_sight_of_the_household_is_refused(page: Client, unit: Unit) -> None:
    household = stay(unit, OVER)
    Household.objects.filter(pk=household.pk).update(version=4)
    address = reverse("cases:review", args=[household.key])
    sent = page.post(address, form(reason="debt", measure="Call", deadline="+1", version=3))
    assert sent.status_code == 200
    assert not BreachReview.objects.exists()


def test_a_caseworker_sees_the_list_and_reviews_nothing(client: Client, unit: Unit) -> None:
    household = stay(unit, OVER)
    client.force_login(caseworker(unit))
    text = client.get(reverse("cases:breaches")).content.decode()
    assert reverse("cases:review", args=[household.key]) not in text
    assert client.get(reverse("cases:review", args=[household.key])).status_code == 403
    assert client.get(reverse("cases:sign_month")).status_code == 403


def test_another_unit_s_stay_does_not_exist(page: Client) -> None:
    household = stay(UnitFactory.create(), OVER)
    assert page.get(reverse("cases:review", args=[household.key])).status_code == 404


def test_a_month_is_signed_once_with_the_figures_of_the_day(page: Client, unit: Unit, leader: Employee) -> None:
    reviewed(stay(unit, OVER), leader)
    stay(unit, OVER - timedelta(days=9))
    stay(unit, IN_14)
    stay(unit, IN_15)
    shielded(unit, ON_LIMIT)
    address = reverse("cases:sign_month")
    assert page.get(address).status_code == 200
    assert page.post(address, form(month="2026-03-01")).status_code == 302
    signed = MonthSignOff.objects.get()
    assert (signed.unit, signed.over, signed.soon, signed.without_measure) == (unit, 2, 1, 2)
    again = page.post(address, form(month="2026-03-01"))
    assert again.status_code == 200
    assert again.context["form"].errors
    assert MonthSignOff.objects.count() == 1
    assert leader.name in page.get(reverse("cases:breaches")).content.decode()


def test_only_this_month_and_the_one_before_can_be_signed(page: Client, unit: Unit) -> None:
    sent = page.post(reverse("cases:sign_month"), form(month="2026-01-01"))
    assert sent.context["form"].errors["month"]
    assert not MonthSignOff.objects.exists()


def test_a_reporter_sees_no_unit_s_stays(client: Client, unit: Unit) -> None:
    client.force_login(reporter(unit))
    assert client.get(reverse("cases:breaches")).status_code == 403


def test_the_page_takes_as_many_statements_for_many_stays(
    page: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(8):
        stay(unit, OVER)
    with django_assert_max_num_queries(17):
        page.get(reverse("cases:breaches"))


def reviewed(household: Household, leader: Employee, measure: str = "Call the landlord") -> None:
    review_breach(
        household_id=household.pk,
        reason=BreachReason.NO_DWELLING,
        measure=measure,
        deadline=DAY + timedelta(days=7),
        by=leader,
        at=at(DAY),
    )


def form(**fields: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **fields}
