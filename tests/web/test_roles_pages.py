"""The pages of a unit's roles and clearances, and the page that gathers what is about access."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import Clearance, DutyContact, Employee, Role, RoleGrant, Unit, UnitKind
from people.models.employee import CONFIRMED_FOR
from people.templatetags.varig import NAVIGATION
from people.views.access_hub import WAYS
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    ClearanceFactory,
    RoleGrantFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
GIVEN = {"role": "caseworker", "starts_on": "today", "ends_on": "", "reason": "Starts at the counter"}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create(name="NAV Kongsberg")


@pytest.fixture
def una(client: Client, unit: Unit) -> Employee:
    """The unit administrator, signed in."""
    employee = employee_with(Role.UNIT_ADMINISTRATOR, unit)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, employee)
    return employee


def held(unit: Unit, **more: Any) -> RoleGrant:
    return RoleGrantFactory.create(unit=unit, **{"confirmed_on": DAY - A_DAY, **more})


def url(name: str, *args: object) -> str:
    return reverse(f"people:{name}", args=args)


def test_the_unit_s_page_shows_who_holds_what_from_when_by_whom_and_why(
    client: Client, una: Employee, unit: Unit
) -> None:
    grant = held(unit, employee__name="Kari Nordmann", granted_by__name="Ola Leder", reason="At the counter")
    ClearanceFactory.create(employee=grant.employee, unit=unit)
    page = text_of(followed(client, client.get(url("roles"))))
    for word in (
        "Kari Nordmann",
        "Caseworker",
        "1 Jan 2020",
        "Ola Leder",
        "At the counter",
        "9 Mar 2026",
        "9 Mar 2027",
    ):
        assert word in page, word
    assert "Cleared" in page
    assert "Has never signed in" in page


def test_another_unit_s_roles_do_not_exist(client: Client, una: Employee) -> None:
    other = UnitFactory.create()
    grant, given = held(other), ClearanceFactory.create(unit=other)
    for address in (
        url("unit_roles", other.pk),
        url("confirm_roles", other.pk),
        url("add_employee", other.pk),
        url("give_role_by_name", other.pk),
        url("holder", other.pk, grant.employee_id),
        url("give_role", other.pk, grant.employee_id),
        url("give_clearance", other.pk, grant.employee_id),
        url("disable_employee", other.pk, grant.employee_id),
        url("enable_employee", other.pk, grant.employee_id),
        url("end_role", other.pk, grant.pk),
        url("end_clearance", other.pk, given.pk),
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in {404, 405}, address
    assert client.post(url("confirm_role", other.pk, grant.pk)).status_code == 404


def test_a_role_of_another_unit_is_not_reached_through_one_s_own(client: Client, una: Employee, unit: Unit) -> None:
    other = UnitFactory.create()
    grant, given = held(other), ClearanceFactory.create(unit=other)
    assert client.get(url("end_role", unit.pk, grant.pk)).status_code == 404
    assert client.get(url("end_clearance", unit.pk, given.pk)).status_code == 404
    assert client.get(url("holder", unit.pk, grant.employee_id)).status_code == 404
    assert client.post(url("confirm_role", unit.pk, grant.pk)).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.UNIT_ADMINISTRATOR])
def test_only_the_unit_administrator_opens_it(client: Client, unit: Unit, role: Role) -> None:
    sign_in(client, employee_with(role, unit))
    assert client.get(url("roles")).status_code == 403
    assert client.get(url("unit_roles", unit.pk)).status_code == 404


def test_every_act_asks_for_a_fresh_proof(client: Client, una: Employee, unit: Unit) -> None:
    grant = held(unit)
    sign_in(client, una, at=AT - timedelta(minutes=30))
    assert client.get(url("unit_roles", unit.pk)).status_code == 200
    for address in (
        url("holder", unit.pk, grant.employee_id),
        url("give_role", unit.pk, grant.employee_id),
        url("confirm_roles", unit.pk),
        url("end_role", unit.pk, grant.pk),
        url("disable_employee", unit.pk, grant.employee_id),
    ):
        assert client.get(address).headers["Location"].startswith(url("sign_in_again")), address
    answer = client.post(url("confirm_role", unit.pk, grant.pk))
    assert answer.headers["Location"].startswith(url("sign_in_again"))
    grant.refresh_from_db()
    assert grant.confirmed_on == DAY - A_DAY


def test_a_role_is_given_on_the_employee_s_page(client: Client, una: Employee, unit: Unit) -> None:
    employee = held(unit, role=Role.REPORTER).employee
    done = send(client, url("give_role", unit.pk, employee.pk), GIVEN)
    page = text_of(followed(client, done))
    assert "The role is given." in page
    assert "Starts at the counter" in page


def test_an_auditor_without_an_end_is_refused_in_a_sentence_and_what_was_typed_is_kept(
    client: Client, una: Employee, unit: Unit
) -> None:
    employee = held(unit).employee
    page = send(client, url("give_role", unit.pk, employee.pk), {**GIVEN, "role": "auditor"})
    assert "say when it ends" in text_of(page)
    assert "Starts at the counter" in page.content.decode()
    assert RoleGrant.objects.filter(employee=employee).count() == 1


def test_somebody_from_another_unit_is_given_a_role_by_user_name(client: Client, una: Employee, unit: Unit) -> None:
    kari = held(UnitFactory.create(), employee__username="kari").employee
    address = url("give_role_by_name", unit.pk)
    assert "no employee with this user name" in text_of(send(client, address, {**GIVEN, "username": "kai"}))
    assert send(client, address, {**GIVEN, "username": "kari"}).status_code == 302
    assert RoleGrant.objects.filter(employee=kari, unit=unit).exists()


def test_one_s_own_roles_are_somebody_else_s_to_decide_on(client: Client, una: Employee, unit: Unit) -> None:
    page = client.get(url("holder", unit.pk, una.pk))
    assert "Another unit administrator" in text_of(page)
    assert url("give_role", unit.pk, una.pk) not in page.content.decode()
    assert "their own access" in text_of(send(client, url("give_role", unit.pk, una.pk), GIVEN))
    assert RoleGrant.objects.filter(employee=una).count() == 1


def test_a_new_employee_comes_with_a_role_and_is_told_apart_by_user_name(
    client: Client, una: Employee, unit: Unit
) -> None:
    new = {**GIVEN, "name": "Nina Ny", "title": "Consultant", "username": "nina"}
    page = text_of(followed(client, send(client, url("add_employee", unit.pk), new)))
    assert "Nina Ny" in page
    assert "those who run Varig link it" in page
    assert "There is an employee with this user name" in text_of(send(client, url("add_employee", unit.pk), new))
    spaced = send(client, url("add_employee", unit.pk), {**new, "username": "nina ny"})
    assert "without spaces" in text_of(spaced)
    assert Employee.objects.filter(name="Nina Ny").count() == 1


def test_a_role_is_confirmed_on_the_employee_s_page_and_a_refusal_is_said_there(
    client: Client, una: Employee, unit: Unit
) -> None:
    grant, ended = held(unit), held(unit, ends_on=DAY)
    page = followed(client, client.post(url("confirm_role", unit.pk, grant.pk)))
    assert "confirmed for another year" in text_of(page)
    page = followed(client, client.post(url("confirm_role", unit.pk, ended.pk)))
    assert "This role has ended" in text_of(page)


def test_all_is_confirmed_once_it_has_been_looked_through(client: Client, una: Employee, unit: Unit) -> None:
    grant = held(unit, confirmed_on=DAY - 350 * A_DAY)
    address = url("confirm_roles", unit.pk)
    assert "1 role lapses within 30 days" in text_of(client.get("/"))
    assert "Tick that you have looked through" in text_of(send(client, address))
    page = followed(client, send(client, address, {"is_looked_through": "on"}))
    assert "confirmed for another year" in text_of(page)
    grant.refresh_from_db()
    assert (grant.confirmed_on, grant.confirmed_by) == (DAY, una)
    assert "lapses within 30 days" not in text_of(client.get("/"))


def test_a_list_that_changed_meanwhile_is_to_be_looked_through_again(client: Client, una: Employee, unit: Unit) -> None:
    held(unit)
    seen = client.get(url("confirm_roles", unit.pk)).context["form"]["grants"].value()
    late = held(unit)
    answer = send(client, url("confirm_roles", unit.pk), {"grants": seen, "is_looked_through": "on"})
    assert "The list has changed" in text_of(answer)
    late.refresh_from_db()
    assert late.confirmed_on == DAY - A_DAY
    assert answer.context["form"]["grants"].value() != seen


def test_nothing_to_confirm_is_said(client: Client, una: Employee, unit: Unit) -> None:
    assert "no role that you can confirm" in text_of(client.get(url("confirm_roles", unit.pk)))


def test_a_role_just_ended_shuts_the_next_request(client: Client, una: Employee, unit: Unit) -> None:
    household, kari = stay(unit, DAY, name="Kanari Fuglesang"), caseworker(unit)
    hers = sign_in(Client(), kari)
    page = reverse("cases:household", args=[household.key])
    assert hers.get(page).status_code == 200

    [grant] = RoleGrant.objects.filter(employee=kari)
    AssignmentFactory.create(employee=kari)
    address = url("end_role", unit.pk, grant.pk)
    assert "Responsible for 1 case now" in text_of(client.get(address))
    assert send(client, address, {"on": "today", "reason": "Has left"}).status_code == 302

    assert hers.get(page).status_code == 404
    assert hers.get(reverse("cases:households")).status_code == 403


def test_somebody_disabled_is_out_at_the_next_request_and_in_again_when_enabled(
    client: Client, una: Employee, unit: Unit
) -> None:
    kari = caseworker(unit)
    hers = sign_in(Client(), kari)
    assert hers.get("/").status_code == 200
    page = followed(client, send(client, url("disable_employee", unit.pk, kari.pk), {"reason": "Lost a telephone"}))
    assert "Enable the employee" in text_of(page)
    assert hers.get("/").status_code == 302
    send(client, url("enable_employee", unit.pk, kari.pk), {"reason": "Has a new one"})
    assert Employee.objects.get(pk=kari.pk).is_active


def test_an_employee_is_cleared_and_the_clearance_ended(client: Client, una: Employee, unit: Unit) -> None:
    kari = caseworker(unit)
    told = {"starts_on": "today", "ends_on": "", "reason": "Follows shielded households"}
    page = text_of(followed(client, send(client, url("give_clearance", unit.pk, kari.pk), told)))
    assert "The employee is cleared." in page
    [given] = Clearance.objects.on(DAY)
    send(client, url("end_clearance", unit.pk, given.pk), {"on": "today", "reason": "A mistake"})
    assert not Clearance.objects.on(DAY).exists()


def test_lapsed_and_ended_roles_are_told_apart(client: Client, una: Employee, unit: Unit) -> None:
    grant = held(unit, confirmed_on=DAY - CONFIRMED_FOR)
    held(unit, employee=grant.employee, role=Role.REPORTER, ends_on=DAY - A_DAY)
    page = client.get(url("holder", unit.pk, grant.employee_id))
    assert [held.tag[0] for held in page.context["roles"]] == ["Lapsed"]
    assert [held.grant.role for held in page.context["ended"]] == [Role.REPORTER]
    assert "1 role has lapsed" in text_of(client.get(url("unit_roles", unit.pk)))


def test_statements_do_not_grow_with_the_employees(
    client: Client, una: Employee, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        grant = held(unit)
        held(unit, employee=grant.employee, role=Role.REPORTER)
        ClearanceFactory.create(employee=grant.employee, unit=unit)
    for address, most in (
        (url("unit_roles", unit.pk), 12),
        (url("confirm_roles", unit.pk), 10),
        (url("holder", unit.pk, grant.employee_id), 12),
        (url("access_hub"), 8),
        (url("duty"), 14),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


# The page that gathers what is about access


@pytest.mark.parametrize("role", Role)
def test_access_leads_each_role_only_to_what_it_may_open(client: Client, unit: Unit, role: Role) -> None:
    sign_in(client, employee_with(role, unit))
    offered = [way for _title, ways in client.get(url("access_hub")).context["groups"] for way in ways if way.view]
    for way in offered:
        assert client.get(reverse(way.view), follow=True).status_code == 200, way.view
    for _title, ways in WAYS:
        for way in ways:
            if way.view and way not in offered and not way.is_special_unit_s:
                assert client.get(reverse(way.view)).status_code in {302, 403, 404}, way.view


def test_the_special_unit_finds_its_cases_and_its_alerts_under_access(client: Client) -> None:
    sign_in(client, caseworker(UnitFactory.create(kind=UnitKind.SPECIAL)))
    page = client.get(url("access_hub")).content.decode()
    assert reverse("cases:special_unit") in page
    assert url("alerts") in page


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_eight_items_at_most_and_ends_with_access(client: Client, unit: Unit, role: Role) -> None:
    sign_in(client, employee_with(role, unit))
    page = client.get("/").content.decode()
    menu = page.split('class="varig-nav')[1].split("</nav>")[0]
    assert menu.count("<li>") <= 8
    assert f'href="{url("access_hub")}"' in menu
    assert NAVIGATION[-1][0] == "people:access_hub"


# The duty list


def test_the_leader_enters_who_answers(client: Client, una: Employee, unit: Unit) -> None:
    assert "nobody on the duty list" in text_of(client.get("/"))
    told = {"hours": "night", "name": "Barnevernvakten", "phone": "32 00 00 00", "starts_on": "today"}
    sign_in(client, team_leader(unit))
    page = text_of(followed(client, send(client, url("duty"), told)))
    assert "Barnevernvakten" in page
    assert DutyContact.objects.get().municipality == unit.municipality
    assert "as it is rung" in text_of(send(client, url("duty"), {**told, "phone": "ring meg"}))


def test_others_do_not_open_the_duty_list(client: Client, unit: Unit) -> None:
    sign_in(client, caseworker(unit))
    assert client.get(url("duty")).status_code == 403


def test_somebody_who_keeps_two_municipalities_lists_says_which(client: Client, una: Employee, unit: Unit) -> None:
    oslo = UnitFactory.create(municipality_id="0301")
    RoleGrantFactory.create(employee=una, role=Role.UNIT_ADMINISTRATOR, unit=oslo)
    told = {"hours": "day", "name": "The watch", "phone": "22 00 00 00", "starts_on": "today"}
    assert send(client, url("duty"), told).status_code == 200
    assert send(client, url("duty"), {**told, "municipality": "0301"}).status_code == 302
    assert DutyContact.objects.get().municipality == oslo.municipality
