from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from people.models import Employee, Household, Member, Municipality, Person, Responsibility, RoleGrant, Unit
from people.search import AT_A_TIME, Why, search

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def employee(db: None) -> Employee:
    employee = Employee.objects.create_user(username="kari", name="Kari Prøve")
    unit = Unit.objects.create(municipality=Municipality.objects.get(pk="0301"), name="NAV Prøve")
    RoleGrant.objects.create(
        employee=employee,
        role="caseworker",
        unit=unit,
        starts_on=date(2026, 1, 1),
        granted_by=employee,
        reason="test",
        confirmed_on=date(2026, 1, 1),
        confirmed_by=employee,
    )
    return employee


def household(name: str, *, unit: Unit, national_id: str = "", **protection: str) -> Household:
    found = Household.objects.create(municipality_id="0301")
    Responsibility.objects.create(household=found, unit=unit, starts_on=date(2026, 1, 1))
    kind = {"id_kind": "synthetic"} if national_id else {}
    person = Person.objects.create(name=name, born_on=date(1985, 1, 1), national_id=national_id, **kind, **protection)
    Member.objects.create(household=found, person=person, role="applicant", starts_on=date(2026, 1, 1))
    return found


def own_unit(employee: Employee) -> Unit:
    return Unit.objects.get(role_grants__employee=employee)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("01818510159", Why.NUMBER),
        ("018185 10159", Why.NUMBER),
        ("Sørbø", Why.NAME_BEGINS),
        ("sorbo", Why.NAME_BEGINS),
        ("ærlig", Why.NAME_CONTAINS),
        ("Sorboe", Why.NAME_ALIKE),
    ],
)
def test_somebody_is_found_by_number_and_by_name_however_spelt(employee: Employee, text: str, why: Why) -> None:
    wanted = household("Sørbø Åse Ærlig", unit=own_unit(employee), national_id="01818510159")
    household("Hansen Per", unit=own_unit(employee))
    [hit] = search(text, employee, at=AT)
    assert (hit.household, hit.why) == (wanted, why)


def test_a_case_is_found_by_its_reference(employee: Employee) -> None:
    wanted = household("Hansen Per", unit=own_unit(employee))
    assert [hit.why for hit in search(wanted.ref, employee, at=AT)] == [Why.CASE]


def test_however_many_others_have_the_name_one_s_own_are_found(employee: Employee) -> None:
    other = Unit.objects.create(municipality_id="0301", name="NAV Annen")
    for number in range(AT_A_TIME + 5):
        household(f"Sørbø A {number:02}", unit=other)
        household(f"Sørbø B {number:02}", unit=own_unit(employee), protection="confidential")
    wanted = household("Sørbø Åse", unit=own_unit(employee))
    assert [hit.household for hit in search("sørbø", employee, at=AT)] == [wanted]
    assert [hit.household for hit in search("ørbø", employee, at=AT)] == [wanted]
    assert [hit.household for hit in search("sørbu", employee, at=AT)] == [wanted]


def test_what_one_may_not_see_is_not_found(employee: Employee) -> None:
    other = Unit.objects.create(municipality_id="0301", name="NAV Annen")
    household("Sørbø Åse", unit=other, national_id="01818510159")
    household("Sørbø Ola", unit=own_unit(employee), protection="confidential")
    assert search("sørbø", employee, at=AT) == []
    assert search("01818510159", employee, at=AT) == []
    assert search("s", employee, at=AT) == []
