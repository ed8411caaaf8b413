"""The Friday page: what ends before Monday, and extending many at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.actions.extending import Extension, extend_many
from cases.forms.friday import picking
from cases.models import Decision
from cases.questions.friday import Weekend, before_monday, coming_monday
from housing.models import Residence, ResidenceKind
from people.models import Employee, Grant, GrantKind, Household, Unit
from tests.factories.cases import DecisionFactory
from tests.factories.people import AssignmentFactory, UnitFactory, at, caseworker, reporter, team_leader
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 3, 13)
SATURDAY, MONDAY, TUESDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=4)
FIRST_NIGHT = date(2026, 2, 20)
NOW: datetime = at(FRIDAY)


@pytest.fixture(autouse=True)
def _on_a_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


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


def seen(unit: Unit, leader: Employee) -> Weekend:
    return before_monday(unit, leader, at=NOW)


def listed(unit: Unit, leader: Employee) -> list[int]:
    return [ending.standing.household_id for ending in seen(unit, leader).endings]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 3, 9), date(2026, 3, 16)),
        (date(2026, 3, 12), date(2026, 3, 16)),
        (FRIDAY, MONDAY),
        (SATURDAY, MONDAY),
        (date(2026, 3, 15), MONDAY),
        (MONDAY, date(2026, 3, 23)),
    ],
)
def test_the_coming_monday_is_the_first_after_today(today: date, monday: date) -> None:
    assert coming_monday(today) == monday


def test_a_room_is_listed_when_its_last_granted_night_is_before_monday(unit: Unit, leader: Employee) -> None:
    on_saturday = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    on_monday = stay(unit, FIRST_NIGHT, planned_end=MONDAY)
    passed = stay(unit, FIRST_NIGHT, planned_end=FRIDAY - timedelta(days=5))
    stay(unit, FIRST_NIGHT, planned_end=TUESDAY)
    stay(unit, FIRST_NIGHT)
    assert listed(unit, leader) == [passed.pk, on_saturday.pk, on_monday.pk]


def test_a_household_that_is_to_move_out_is_left_out(unit: Unit, leader: Employee) -> None:
    stay(unit, FIRST_NIGHT, SATURDAY, planned_end=SATURDAY)
    assert listed(unit, leader) == []


def test_a_decision_is_listed_when_no_later_one_follows_it(unit: Unit, leader: Employee) -> None:
    ending, followed = stay(unit, FIRST_NIGHT), stay(unit, FIRST_NIGHT)
    for household in (ending, followed):
        DecisionFactory.create(household=household, starts_on=FIRST_NIGHT, ends_on=SATURDAY, is_oral=True)
    DecisionFactory.create(household=followed, starts_on=SATURDAY, ends_on=TUESDAY, is_oral=True)
    DecisionFactory.create(household=ending, starts_on=SATURDAY, ends_on=TUESDAY)
    [shown] = seen(unit, leader).endings
    assert (shown.standing.household_id, shown.decision_until, shown.room_until) == (ending.pk, SATURDAY, None)


def test_nights_between_a_decision_and_its_room_are_not_for_extending(unit: Unit, leader: Employee) -> None:
    household = stay(unit, FIRST_NIGHT, planned_end=TUESDAY)
    DecisionFactory.create(household=household, starts_on=FIRST_NIGHT, ends_on=SATURDAY, is_oral=True)
    [shown] = seen(unit, leader).endings
    assert (shown.decision_until, shown.is_extendable) == (SATURDAY, False)


def test_a_lease_that_runs_out_is_listed_and_not_extended_here(unit: Unit, leader: Employee) -> None:
    tenant = stay(unit, FIRST_NIGHT, date(2026, 3, 1), planned_end=SATURDAY)
    then(tenant, ResidenceKind.PRIVATE_RENTAL, date(2026, 3, 1), lease="ordinary", lease_ends_on=SATURDAY)
    [shown] = seen(unit, leader).endings
    assert (shown.lease_until, shown.room_until, shown.is_extendable) == (SATURDAY, None, False)


def test_families_come_first(unit: Unit, leader: Employee) -> None:
    alone = stay(unit, FIRST_NIGHT, planned_end=FRIDAY)
    family = stay(unit, FIRST_NIGHT, planned_end=MONDAY, has_child=True)
    assert listed(unit, leader) == [family.pk, alone.pk]


def test_the_shielded_are_neither_listed_nor_counted(page: Client, unit: Unit, leader: Employee) -> None:
    hidden = shielded(unit, FIRST_NIGHT)
    Residence.objects.filter(household=hidden).update(planned_end=SATURDAY)
    weekend = seen(unit, leader)
    assert (weekend.total, weekend.endings) == (0, [])
    assert str(hidden.key) not in page.get(reverse("cases:friday")).content.decode()


def test_the_ticked_stays_are_extended_with_one_reason_and_the_page_says_so(page: Client, unit: Unit) -> None:
    households = [stay(unit, FIRST_NIGHT, planned_end=SATURDAY, name=f"Nordmann {n}") for n in range(2)]
    other = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    sent = page.post(reverse("cases:friday"), form(households, planned_end="+10", reason="Waits for a contract"))
    assert sent.status_code == 302
    until = FRIDAY + timedelta(days=10)
    ends = dict(Residence.objects.values_list("household", "planned_end"))
    assert [ends[household.pk] for household in (*households, other)] == [until, until, SATURDAY]
    assert Decision.objects.given().count() == 2
    told = page.get(reverse("cases:friday"))
    assert [row.name for row in told.context["extended"]] == ["Nordmann 0", "Nordmann 1"]
    assert "extended" not in page.get(reverse("cases:friday")).context


def test_one_that_cannot_be_extended_does_not_stop_the_others_and_gets_its_own_sentence(
    page: Client, unit: Unit
) -> None:
    good, bad = (stay(unit, FIRST_NIGHT, planned_end=SATURDAY) for _n in range(2))
    fields = form([good, bad], planned_end="+10", reason="Waits for a contract")
    Household.objects.filter(pk=bad.pk).update(version=7)
    page.post(reverse("cases:friday"), fields)
    told = page.get(reverse("cases:friday"))
    assert [row.household_id for row in told.context["extended"]] == [good.pk]
    [(row, sentence)] = told.context["refused"]
    assert row.household_id == bad.pk
    assert sentence in told.content.decode()
    assert told.context["form"].initial["reason"] == "Waits for a contract"


def test_nothing_ticked_no_reason_or_a_made_up_box_is_said_at_the_form(page: Client, unit: Unit) -> None:
    household = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    sent = page.post(reverse("cases:friday"), form([], planned_end="+10", reason="Waits"))
    assert sent.status_code == 200
    assert sent.context["form"].errors["households"]
    sent = page.post(reverse("cases:friday"), form([household], planned_end="+10", reason=""))
    assert sent.context["form"].errors["reason"]
    assert "checked" in sent.content.decode()
    made_up = {**form([], planned_end="+10", reason="Waits"), "households": ["nonsense"]}
    assert page.post(reverse("cases:friday"), made_up).context["form"].errors["households"]
    assert not Decision.objects.exists()


def test_a_colleague_s_households_are_opened_with_one_reason_chosen_once(page: Client, unit: Unit) -> None:
    own, *others = (stay(unit, FIRST_NIGHT, planned_end=SATURDAY) for _n in range(3))
    for household in others:
        AssignmentFactory.create(household=household)
    typed = {"planned_end": "+10", "reason": "Waits for a contract"}
    asked = page.post(reverse("cases:friday"), form([own, *others], **typed))
    assert asked.context["form"].errors["opening"]
    assert not Decision.objects.exists()
    page.post(reverse("cases:friday"), form([own, *others], **typed, opening="open_as_substitute"))
    assert Decision.objects.given().count() == 3
    grants = Grant.objects.all()
    assert {grant.content_object_id for grant in grants} == {household.pk for household in others}
    assert {grant.kind for grant in grants} == {GrantKind.SUBSTITUTE}


def test_the_reason_is_asked_for_only_where_somebody_else_s_household_ends(page: Client, unit: Unit) -> None:
    household = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    assert "opening" not in page.get(reverse("cases:friday")).context["form"].fields
    AssignmentFactory.create(household=household)
    assert "opening" in page.get(reverse("cases:friday")).context["form"].fields


def test_a_colleague_s_household_is_not_extended_by_an_act_without_a_reason(unit: Unit, leader: Employee) -> None:
    household = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    AssignmentFactory.create(household=household)
    [came_of] = extend_many(
        extensions=[Extension(household.pk, TUESDAY + timedelta(days=9))], reason="Waits", by=leader, at=NOW
    )
    assert came_of.refusal is not None
    assert not Grant.objects.exists()


def test_a_form_sent_twice_extends_once(page: Client, unit: Unit) -> None:
    household = stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    fields = form([household], planned_end="+10", reason="Waits")
    page.post(reverse("cases:friday"), fields)
    page.post(reverse("cases:friday"), fields)
    assert Decision.objects.count() == 1


def test_another_unit_s_household_is_not_extended(page: Client) -> None:
    household = stay(UnitFactory.create(), FIRST_NIGHT, planned_end=SATURDAY)
    page.post(reverse("cases:friday"), form([household], planned_end="+10", reason="Waits"))
    assert Residence.objects.get(household=household).planned_end == SATURDAY


def test_a_caseworker_uses_the_page_and_a_reporter_does_not(client: Client, unit: Unit) -> None:
    client.force_login(caseworker(unit))
    assert client.get(reverse("cases:friday")).status_code == 200
    client.force_login(reporter(unit))
    assert client.get(reverse("cases:friday")).status_code == 403


def test_the_page_takes_as_many_statements_for_many_endings(
    page: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(8):
        stay(unit, FIRST_NIGHT, planned_end=SATURDAY)
    with django_assert_max_num_queries(14):
        page.get(reverse("cases:friday"))


def form(households: list[Household], **fields: Any) -> dict[str, Any]:
    ticked = [picking(household.key, household.version) for household in households]
    return {"form_key": str(uuid4()), "households": ticked, **fields}
