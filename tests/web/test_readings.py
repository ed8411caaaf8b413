"""Who has read what: of a household, of an employee, one's own, and the file for the person."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import Employee, ExportEntry, Household, Reading, Role, Showing, Unit
from tests.factories.people import (
    AssignmentFactory,
    DisqualificationFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in
from tests.web.test_exports import rows_of
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

SINCE = timezone.localdate() - timedelta(days=20)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    return stay(unit, SINCE, name="Ingrid Nordmann")


@pytest.fixture
def owner(unit: Unit, household: Household) -> Employee:
    worker = caseworker(unit)
    AssignmentFactory.create(household=household, employee=worker)
    return worker


def opens(client: Client, employee: Employee, household: Household) -> int:
    answer = sign_in(client, employee).get(reverse("cases:household", args=[household.key]))
    return int(answer.status_code)


def log_of(household: Household) -> str:
    return reverse("people:household_readings", args=[household.key])


def test_those_on_the_case_see_who_has_read_the_household_refusals_too(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    leader, stranger = team_leader(unit), caseworker(UnitFactory.create())
    opens(client, leader, household)
    assert opens(client, stranger, household) == 404

    page = sign_in(client, owner).get(log_of(household))

    text = text_of(page)
    assert leader.name in text and stranger.name in text
    assert [line.reading.is_refused for line in page.context["page"].rows] == [True, False]
    assert unit.name in text


def test_reading_the_log_of_a_household_is_a_reading(client: Client, household: Household, owner: Employee) -> None:
    sign_in(client, owner).get(log_of(household))
    page = client.get(log_of(household))

    [line] = page.context["page"].rows
    assert (line.reading.employee, line.reading.route) == (owner, "people:household_readings")


def test_a_colleague_of_the_unit_does_not_see_who_has_read(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    colleague = caseworker(unit)

    assert sign_in(client, colleague).get(log_of(household)).status_code == 403
    assert sign_in(client, team_leader(unit)).get(log_of(household)).status_code == 200
    assert sign_in(client, team_leader(UnitFactory.create())).get(log_of(household)).status_code == 404


def test_everybody_sees_what_they_have_read_themselves(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    opens(client, team_leader(unit), household)
    opens(client, owner, household)

    page = client.get(reverse("people:my_readings"))

    assert {line.reading.employee for line in page.context["page"].rows} == {owner}
    assert "Ingrid Nordmann" in text_of(page)


def test_a_household_one_no_longer_sees_goes_by_its_case(client: Client, unit: Unit, household: Household) -> None:
    worker = caseworker(unit)
    opens(client, worker, household)
    DisqualificationFactory.create(employee=worker, person=household.members.get().person)

    page = client.get(reverse("people:my_readings"))

    assert "Nordmann" not in text_of(page)
    assert str(household.key) not in page.content.decode()
    assert household.ref[:8] in text_of(page)


def test_a_shielded_household_is_named_by_nothing(client: Client, unit: Unit) -> None:
    hidden, worker = shielded(unit, SINCE), caseworker(unit)
    assert opens(client, worker, hidden) == 404

    page = client.get(reverse("people:my_readings"))

    assert page.context["page"].total == 1
    assert hidden.ref[:8] not in page.content.decode()
    assert str(hidden.key) not in page.content.decode()


@pytest.mark.parametrize("is_leader", [False, True])
def test_one_s_own_log_does_not_tell_a_hidden_number_from_nobody_s(client: Client, unit: Unit, is_leader: bool) -> None:
    hidden = shielded(unit, SINCE)
    person = hidden.members.get().person
    person.national_id, person.id_kind = "01818510159", "synthetic"
    person.save(update_fields=["national_id", "id_kind"])
    by = team_leader(unit) if is_leader else caseworker(unit)
    sign_in(client, by)

    client.post(reverse("cases:search"), {"text": "01818510159"})

    assert Reading.objects.filter(employee=by, household_id=hidden.pk, is_refused=True).exists()
    own = client.get(reverse("people:my_readings"))
    assert own.context["page"].total == 0
    if is_leader:
        own = client.get(reverse("people:employee_readings", args=[by.pk]))
        assert own.context["page"].total == 0


def test_a_leader_sees_what_the_unit_s_employees_have_read(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    opens(client, owner, household)
    sign_in(client, team_leader(unit))

    listed = client.get(reverse("people:employees_readings"))
    [row] = [row for row in listed.context["amounts"] if row.employee == owner]
    page = client.get(reverse("people:employee_readings", args=[owner.pk]))

    assert (row.reads, row.households, row.refused) == (1, 1, 0)
    assert "Ingrid Nordmann" in text_of(page)


def test_another_unit_s_leader_and_a_caseworker_do_not(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    url = reverse("people:employee_readings", args=[owner.pk])

    assert sign_in(client, team_leader(UnitFactory.create())).get(url).status_code == 404
    for role in (Role.CASEWORKER, Role.REPORTER, Role.OPERATIONS, Role.UNIT_ADMINISTRATOR):
        sign_in(client, employee_with(role, unit))
        for address in (url, reverse("people:employees_readings"), reverse("people:exports")):
            assert client.get(address).status_code == 403, (role, address)


def test_a_period_is_typed_and_one_that_makes_no_sense_is_said(
    client: Client, household: Household, owner: Employee
) -> None:
    opens(client, owner, household)
    url, today = log_of(household), timezone.localdate()

    before = client.get(url, {"first_day": "1.1.2026", "last_day": str(today - timedelta(days=1))})
    turned = client.get(url, {"first_day": "2.1.2026", "last_day": "1.1.2026"})
    prints = client.get(url, {"what": Showing.PRINT})

    assert before.context["page"].total == 0
    assert turned.context["form"].errors["last_day"]
    assert turned.context["page"].total > 0
    assert prints.context["page"].total == 0


def test_lists_are_left_out_until_asked_for(client: Client, household: Household, owner: Employee) -> None:
    opens(client, owner, household)
    url = reverse("people:my_readings")
    client.get(url)

    plain, everything = client.get(url), client.get(url, {"what": "all"})

    assert plain.context["page"].total == 1
    assert everything.context["page"].total > 1


def test_the_pages_take_as_many_statements_for_many_lines(
    client: Client,
    unit: Unit,
    household: Household,
    owner: Employee,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _n in range(6):
        opens(client, owner, stay(unit, SINCE))
        opens(client, caseworker(unit), household)
    sign_in(client, owner)
    with django_assert_max_num_queries(14):
        client.get(reverse("people:my_readings"))
    with django_assert_max_num_queries(20):
        client.get(log_of(household))
    sign_in(client, team_leader(unit))
    with django_assert_max_num_queries(12):
        client.get(reverse("people:employees_readings"))
    with django_assert_max_num_queries(16):
        client.get(reverse("people:employee_readings", args=[owner.pk]))


def test_a_long_log_comes_in_parts(client: Client, household: Household, owner: Employee) -> None:
    for _n in range(52):
        opens(client, owner, household)
    url = reverse("people:my_readings")

    first = client.get(url).context["page"]
    last = client.get(url, {"after": "50"}).context["page"]
    again = client.get(url, {"before": "50"}).context["page"]

    assert (first.first, first.last, first.next, first.previous) == (1, 50, "50", None)
    assert (last.first, last.last, last.next, last.previous) == (51, 52, None, "50")
    assert again.first == 1
    assert client.get(url, {"after": "x"}).context["page"].first == 1


@pytest.mark.parametrize("layout", ["xlsx", "json"])
def test_the_file_for_the_person_has_roles_and_units_and_no_names(
    layout: str, client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    leader = team_leader(unit)
    opens(client, leader, household)
    sign_in(client, owner)

    url = reverse("people:export_readings", args=[household.key])
    file = send(client, url, {"reason": "The person has asked for it", "layout": layout})

    if layout == "json":
        text = file.content.decode()
        assert json.loads(text)["read_log"][0]["purpose"] == "leader"
    else:
        text = str(rows_of(file.content))
    assert unit.name in text
    for employee in (leader, owner):
        assert employee.name not in text and employee.username not in text
    assert ExportEntry.objects.get().kind == "read_log"
    assert Reading.objects.filter(what=Showing.EXPORT).get().household_id == household.pk


def test_a_file_with_no_reason_is_refused(client: Client, household: Household, owner: Employee) -> None:
    sign_in(client, owner)
    page = send(client, reverse("people:export_readings", args=[household.key]), {"reason": "", "layout": "xlsx"})

    assert page.context["form"].errors["reason"]
    assert not ExportEntry.objects.exists()
