"""Members in and out, births, splits and joins through their pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Employee, Household, MemberRole, Person, Unit
from tests.factories.people import AT, DAY, AssignmentFactory, MemberFactory, PersonFactory, UnitFactory, caseworker
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

NUMBER = "15858510055"
_SPLIT = {"because": "break_up", "on": "today", "reason": "Break-up"}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture(autouse=True)
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit) -> Household:
    return stay(unit, DAY - timedelta(days=30), name="Ingrid Nordmann")


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def test_a_child_is_added(client: Client, household: Household) -> None:
    told = {"role": "child", "name": "Ada", "born_on": "1.6.2019", "starts_on": "today"}
    answer = send(client, of(household, "add_member"), told)
    assert "Ada" in text_of(followed(client, answer))


def test_a_child_older_than_its_parent_is_asked_about(client: Client, household: Household) -> None:
    told = {"role": "child", "name": "Ada", "born_on": "1.6.1955", "starts_on": "today"}
    asked = send(client, of(household, "add_member"), told)
    assert "is not younger than" in text_of(asked)
    assert household.members.count() == 1
    key = str(asked.context["form"]["form_key"].value())
    confirmed = {**told, "accepted": "on", "form_key": key}
    assert client.post(of(household, "add_member"), confirmed).status_code == 302
    assert household.members.count() == 2


def test_somebody_in_another_household_is_refused_at_the_number(
    client: Client, household: Household, unit: Unit
) -> None:
    stay(unit, DAY, name="Ola Hansen")
    Person.objects.filter(name="Ola Hansen").update(national_id=NUMBER, id_kind="synthetic")
    told = {"role": "partner", "name": "Ola Hansen", "national_id": NUMBER, "starts_on": "today"}
    answer = send(client, of(household, "add_member"), told)
    assert "already a member of the household" in text_of(answer)
    assert answer.context["form"]["national_id"].errors


def test_a_birth_begins_the_membership_that_day(client: Client, household: Household) -> None:
    answer = send(client, of(household, "record_birth"), {"name": "", "born_on": "-2"})
    assert answer.status_code == 302, text_of(answer)
    assert household.members.get(role=MemberRole.CHILD).starts_on == DAY - timedelta(days=2)


def test_a_membership_is_ended_with_its_reason(client: Client, household: Household) -> None:
    child = MemberFactory.create(household=household, is_child=True)
    told = {"on": "today", "reason": "Lives with the father"}
    assert send(client, of(household, "end_member", child.pk), told).status_code == 302
    child.refresh_from_db()
    assert child.ends_on == DAY


def test_the_last_adult_cannot_leave_an_open_case(client: Client, household: Household) -> None:
    told = {"on": "today", "reason": "Gone"}
    answer = send(client, of(household, "end_member", household.members.get().pk), told)
    assert "The last adult cannot leave" in text_of(answer)


def test_a_split_gives_each_part_its_clock(client: Client, household: Household) -> None:
    partner = MemberFactory.create(
        household=household, role=MemberRole.PARTNER, person=PersonFactory.create(name="Per Nordmann")
    )
    told = {f"member-{partner.pk}": "applicant", **_SPLIT, "situation": "friends"}
    assert send(client, of(household, "split"), told).status_code == 302
    part = Household.objects.get(split_from=household)
    assert part.members.get().person.name == "Per Nordmann"


def test_after_violence_the_page_gives_the_new_household_to_nobody(
    client: Client, household: Household, kari: Employee
) -> None:
    AssignmentFactory.create(household=household, employee=kari)
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER)
    told = {**_SPLIT, "because": "violence", f"member-{partner.pk}": "applicant", "keeps_owner": "on"}
    refused = send(client, of(household, "split"), told)
    assert "not followed by the same caseworker" in text_of(refused)
    there = UnitFactory.create()
    del told["keeps_owner"]
    assert send(client, of(household, "split"), {**told, "unit": there.pk}).status_code == 302
    part = Household.objects.get(split_from=household)
    assert part.responsibilities.get().unit == there
    assert not part.assignments.exists()


def test_one_says_why_a_household_is_split(client: Client, household: Household) -> None:
    answer = send(client, of(household, "split"), {"on": "today", "reason": "Break-up"})
    assert answer.context["form"]["because"].errors


def test_a_split_of_nobody_is_refused(client: Client, household: Household) -> None:
    answer = send(client, of(household, "split"), _SPLIT)
    assert "Choose those who leave." in text_of(answer)


def test_joining_finds_the_other_by_a_number_and_keeps_the_longest_clock(
    client: Client, household: Household, unit: Unit
) -> None:
    other = stay(unit, DAY - timedelta(days=3), name="Ola Hansen")
    Person.objects.filter(name="Ola Hansen").update(national_id=NUMBER, id_kind="synthetic")
    told = {"other": NUMBER, "on": "today", "reason": "Live together"}
    assert send(client, of(household, "join"), told).status_code == 302
    assert household.members.on(DAY).count() == 2
    assert other.cases.get().closing_reason == "joined"


def test_joining_with_nobody_of_ours_tells_nothing(client: Client, household: Household) -> None:
    stay(UnitFactory.create(), DAY, name="Ola Annensteds")
    Person.objects.filter(name="Ola Annensteds").update(national_id=NUMBER, id_kind="synthetic")
    answer = send(client, of(household, "join"), {"other": NUMBER, "on": "today", "reason": "Live together"})
    assert "No other household of yours" in text_of(answer)
    assert "Ola Annensteds" not in text_of(answer)
