"""Roles and clearances: given in time, with a reason, by somebody else; confirmed every year; ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import Http404
from django.utils import translation

from people.access import permissions_of, roles_of
from people.actions import roles
from people.actions.roles import CannotConfirm, CannotEnd, CannotGive, CannotLetIn, NotForOneself
from people.actors import SIGN_IN
from people.holders import count_lapsing, holders_at, to_confirm
from people.models import Clearance, Employee, Role, RoleGrant, Unit
from people.models.employee import CONFIRMED_FOR
from people.roles import Permission
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    AssignmentFactory,
    ClearanceFactory,
    EmployeeFactory,
    RoleGrantFactory,
    UnitFactory,
    employee_with,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def una(unit: Unit) -> Employee:
    return employee_with(Role.UNIT_ADMINISTRATOR, unit)


@pytest.fixture
def kari() -> Employee:
    return EmployeeFactory.create(name="Kari")


def give(una: Employee, employee: Employee, unit: Unit, role: Role = Role.CASEWORKER, **more: Any) -> RoleGrant:
    told = {"starts_on": DAY, "ends_on": None, "reason": "Starts at the counter", **more}
    return roles.give_role(employee_id=employee.pk, unit_id=unit.pk, role=role, **told, by=una, at=AT)


def clear(una: Employee, employee: Employee, unit: Unit, **more: Any) -> Clearance:
    told = {"starts_on": DAY, "ends_on": None, "reason": "Follows shielded households", **more}
    return roles.give_clearance(employee_id=employee.pk, unit_id=unit.pk, **told, by=una, at=AT)


def end(una: Employee, grant: RoleGrant, on: date = DAY, reason: str = "Has left") -> None:
    roles.end_role(grant_id=grant.pk, on=on, reason=reason, by=una, at=AT)


def confirm(una: Employee, grant: RoleGrant) -> RoleGrant:
    return roles.confirm_role(grant_id=grant.pk, by=una, at=AT)


def held(employee: Employee, unit: Unit, *, confirmed_on: date = DAY - A_DAY, **more: Any) -> RoleGrant:
    return RoleGrantFactory.create(employee=employee, unit=unit, confirmed_on=confirmed_on, **more)


def by_group(employee: Employee, unit: Unit) -> RoleGrant:
    return held(employee, unit, granted_by=Employee.objects.get(username=SIGN_IN))


# Giving


def test_a_role_given_today_holds_today_and_says_who_gave_it_and_why(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = give(una, kari, unit)
    assert roles_of(kari, at=AT) == {Role.CASEWORKER}
    assert (grant.granted_by, grant.confirmed_by, grant.reason) == (una, una, "Starts at the counter")
    assert grant.lapses_on == DAY + CONFIRMED_FOR


def test_a_role_given_from_a_later_day_holds_from_that_day(una: Employee, kari: Employee, unit: Unit) -> None:
    give(una, kari, unit, starts_on=DAY + A_DAY, ends_on=DAY + 3 * A_DAY)
    days = range(5)
    assert [bool(roles_of(kari, at=AT + days_on * A_DAY)) for days_on in days] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"starts_on": DAY - A_DAY}, "starts_on"),
        ({"ends_on": DAY}, "ends_on"),
        ({"reason": "  "}, "reason"),
        ({"role": Role.AUDITOR}, "ends_on"),
    ],
)
def test_a_role_is_not_given_backwards_without_a_reason_or_to_an_auditor_without_an_end(
    una: Employee, kari: Employee, unit: Unit, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotGive) as refused:
        give(una, kari, unit, **told)
    assert refused.value.field == field
    assert not RoleGrant.objects.filter(employee=kari).exists()


def test_an_auditor_s_role_is_given_with_its_end(una: Employee, kari: Employee, unit: Unit) -> None:
    give(una, kari, unit, Role.AUDITOR, ends_on=DAY + 30 * A_DAY)
    assert roles_of(kari, at=AT) == {Role.AUDITOR}


def test_a_role_that_is_held_is_not_given_twice_but_another_is(una: Employee, kari: Employee, unit: Unit) -> None:
    give(una, kari, unit)
    again: list[dict[str, Any]] = [{}, {"starts_on": DAY + A_DAY}]
    for period in again:
        with pytest.raises(CannotGive):
            give(una, kari, unit, **period)
    give(una, kari, unit, Role.TEAM_LEADER)
    assert roles_of(kari, at=AT) == {Role.CASEWORKER, Role.TEAM_LEADER}


def test_a_role_is_given_up_to_the_day_when_the_next_begins(una: Employee, kari: Employee, unit: Unit) -> None:
    give(una, kari, unit, starts_on=DAY + 10 * A_DAY)
    give(una, kari, unit, ends_on=DAY + 10 * A_DAY)
    assert RoleGrant.objects.filter(employee=kari).count() == 2


def test_a_role_that_has_lapsed_is_closed_when_it_is_given_anew(una: Employee, kari: Employee, unit: Unit) -> None:
    old = held(kari, unit, confirmed_on=DAY - CONFIRMED_FOR)
    new = give(una, kari, unit)
    old.refresh_from_db()
    assert (old.ends_on, new.starts_on) == (DAY, DAY)


def test_nobody_gives_themself_a_role_or_a_clearance(una: Employee, unit: Unit) -> None:
    with pytest.raises(NotForOneself):
        give(una, una, unit)
    with pytest.raises(NotForOneself):
        clear(una, una, unit)
    assert roles_of(una, at=AT) == {Role.UNIT_ADMINISTRATOR}


def test_nobody_gives_a_role_at_a_unit_they_do_not_administer(una: Employee, kari: Employee) -> None:
    other = UnitFactory.create()
    with pytest.raises(PermissionDenied):
        give(una, kari, other)
    with pytest.raises(PermissionDenied):
        clear(una, kari, other)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.UNIT_ADMINISTRATOR])
def test_no_other_role_gives_roles(kari: Employee, unit: Unit, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        give(employee_with(role, unit), kari, unit)


def test_actors_of_the_system_are_given_nothing(una: Employee, unit: Unit) -> None:
    with pytest.raises(Http404):
        give(una, Employee.objects.get(username=SIGN_IN), unit)


def test_somebody_disabled_is_given_nothing(una: Employee, unit: Unit) -> None:
    with pytest.raises(CannotGive, match="disabled"):
        give(una, EmployeeFactory.create(is_active=False), unit)


# Confirming


def test_a_confirmed_role_holds_for_another_year(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = held(kari, unit, confirmed_on=DAY - CONFIRMED_FOR + A_DAY)
    assert confirm(una, grant).lapses_on == DAY + CONFIRMED_FOR
    grant.refresh_from_db()
    assert (grant.confirmed_on, grant.confirmed_by) == (DAY, una)


def test_confirming_what_has_lapsed_gives_it_anew_and_leaves_the_gap(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = held(kari, unit, confirmed_on=DAY - CONFIRMED_FOR - A_DAY)
    new = confirm(una, grant)
    assert (new.starts_on, new.role, new.reason) == (DAY, grant.role, grant.reason)
    on_the_day_between = RoleGrant.objects.on(DAY - A_DAY).filter(employee=kari)
    assert roles_of(kari, at=AT) == {Role.CASEWORKER}
    assert not on_the_day_between.exists()


def test_what_is_not_the_unit_s_to_confirm_is_refused(una: Employee, kari: Employee, unit: Unit) -> None:
    disabled = EmployeeFactory.create(is_active=False)
    for grant in (
        held(kari, unit, ends_on=DAY),
        held(kari, unit, role=Role.REPORTER, starts_on=DAY + A_DAY, confirmed_on=DAY + A_DAY),
        by_group(EmployeeFactory.create(), unit),
        held(disabled, unit),
    ):
        with pytest.raises(CannotConfirm):
            confirm(una, grant)


def test_nobody_confirms_or_ends_what_is_their_own(una: Employee) -> None:
    [own] = RoleGrant.objects.filter(employee=una)
    with pytest.raises(NotForOneself):
        confirm(una, own)
    with pytest.raises(NotForOneself):
        end(una, own)


def test_another_unit_s_role_is_neither_confirmed_nor_ended(una: Employee, kari: Employee) -> None:
    grant = held(kari, UnitFactory.create())
    with pytest.raises(PermissionDenied):
        confirm(una, grant)
    with pytest.raises(PermissionDenied):
        end(una, grant)


def test_all_that_was_looked_through_is_confirmed_at_once(una: Employee, unit: Unit) -> None:
    grants = [held(EmployeeFactory.create(), unit, confirmed_on=DAY - 300 * A_DAY) for _ in range(3)]
    told = [one.grant.pk for one in to_confirm(unit, una, on=DAY)]
    assert set(told) == {grant.pk for grant in grants}
    assert roles.confirm_roles(unit_id=unit.pk, grant_ids=told, by=una, at=AT) == 3
    assert {grant.confirmed_on for grant in RoleGrant.objects.filter(pk__in=told)} == {DAY}


def test_nobody_confirms_a_role_that_was_not_in_the_list_they_saw(una: Employee, kari: Employee, unit: Unit) -> None:
    seen = [one.grant.pk for one in to_confirm(unit, una, on=DAY)]
    grant = held(kari, unit)
    with pytest.raises(CannotConfirm, match="changed"):
        roles.confirm_roles(unit_id=unit.pk, grant_ids=seen, by=una, at=AT)
    grant.refresh_from_db()
    assert grant.confirmed_on == DAY - A_DAY


def test_the_list_holds_neither_one_s_own_nor_lapsed_nor_a_group_s_nor_somebody_disabled_s(
    una: Employee, unit: Unit
) -> None:
    held(EmployeeFactory.create(), unit, confirmed_on=DAY - CONFIRMED_FOR)
    by_group(EmployeeFactory.create(), unit)
    held(EmployeeFactory.create(is_active=False), unit)
    held(EmployeeFactory.create(), unit, ends_on=DAY)
    assert to_confirm(unit, una, on=DAY) == []


def test_the_unit_administrator_is_told_of_roles_that_lapse_within_thirty_days(
    una: Employee, kari: Employee, unit: Unit
) -> None:
    lapses_in = {days: DAY - CONFIRMED_FOR + days * A_DAY for days in (0, 1, 30, 31)}
    for confirmed_on in lapses_in.values():
        held(EmployeeFactory.create(), unit, confirmed_on=confirmed_on)
    held(kari, unit, confirmed_on=lapses_in[30], ends_on=DAY + 10 * A_DAY)
    assert count_lapsing(una, at=AT) == 2
    [tags] = [[one.tag for one in holder.roles] for holder in holders_at(unit, on=DAY) if holder.employee == kari]
    assert tags == [None]
    assert count_lapsing(kari, at=AT) == 0


# Ending


def test_a_role_ended_today_holds_no_more_today(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = held(kari, unit)
    assert Permission.VIEW_HOUSEHOLD in permissions_of(kari, at=AT)
    end(una, grant)
    at_the_next_request = Employee.objects.get(pk=kari.pk)
    assert permissions_of(at_the_next_request, at=AT) == frozenset()


def test_a_role_that_began_today_or_has_not_begun_is_taken_back(una: Employee, kari: Employee, unit: Unit) -> None:
    end(una, give(una, kari, unit))
    end(una, give(una, kari, unit, starts_on=DAY + 5 * A_DAY), on=DAY + 2 * A_DAY)
    assert not RoleGrant.objects.filter(employee=kari).exists()


def test_a_lapsed_role_ends_the_day_it_lapsed(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = held(kari, unit, confirmed_on=DAY - CONFIRMED_FOR - 5 * A_DAY)
    end(una, grant)
    grant.refresh_from_db()
    assert grant.ends_on == DAY - 5 * A_DAY


@pytest.mark.parametrize(
    ("ends_on", "on", "reason"),
    [(None, DAY - A_DAY, "Left"), (None, DAY, " "), (DAY, DAY, "Left"), (DAY + A_DAY, DAY + 2 * A_DAY, "Left")],
)
def test_a_role_does_not_end_backwards_unexplained_twice_or_later_than_it_does(
    una: Employee, kari: Employee, unit: Unit, ends_on: date | None, on: date, reason: str
) -> None:
    grant = held(kari, unit, ends_on=ends_on)
    with pytest.raises(CannotEnd):
        end(una, grant, on=on, reason=reason)
    grant.refresh_from_db()
    assert grant.ends_on == ends_on


def test_a_role_by_a_group_is_ended_where_the_group_is(una: Employee, kari: Employee, unit: Unit) -> None:
    with pytest.raises(CannotEnd, match="group"):
        end(una, by_group(kari, unit))


def test_the_reason_for_an_end_stands_in_the_history(una: Employee, kari: Employee, unit: Unit) -> None:
    grant = held(kari, unit)
    end(una, grant, reason="Has moved to Skien")
    last = RoleGrant.pgh_event_model.objects.filter(pgh_obj_id=grant.pk).latest("pgh_id")  # type: ignore[attr-defined]
    assert last.pgh_context == {"act": "end_role", "reason": "Has moved to Skien", "user": una.pk}


# Clearances


def test_somebody_with_a_role_at_the_unit_is_cleared(una: Employee, kari: Employee, unit: Unit) -> None:
    held(kari, unit)
    given = clear(una, kari, unit)
    assert Clearance.objects.on(DAY).get() == given
    roles.end_clearance(clearance_id=given.pk, on=DAY, reason="A mistake", by=una, at=AT)
    assert not Clearance.objects.exists()


def test_a_clearance_ends(una: Employee, kari: Employee, unit: Unit) -> None:
    given = ClearanceFactory.create(employee=kari, unit=unit)
    roles.end_clearance(clearance_id=given.pk, on=DAY, reason="Works with something else", by=una, at=AT)
    assert not Clearance.objects.on(DAY).exists()
    with pytest.raises(CannotEnd):
        roles.end_clearance(clearance_id=given.pk, on=DAY, reason="Again", by=una, at=AT)


def test_a_clearance_needs_a_role_at_the_unit(una: Employee, kari: Employee, unit: Unit) -> None:
    with pytest.raises(CannotGive, match="role"):
        clear(una, kari, unit)


def test_clearances_are_ended_by_somebody_else_at_the_unit(una: Employee, unit: Unit) -> None:
    own, others = ClearanceFactory.create(employee=una, unit=unit), ClearanceFactory.create(employee=una)
    for given, refusal in ((own, NotForOneself), (others, PermissionDenied)):
        with pytest.raises(refusal):
            roles.end_clearance(clearance_id=given.pk, on=DAY, reason="Why", by=una, at=AT)
    with pytest.raises(Http404):
        roles.end_clearance(clearance_id=0, on=DAY, reason="Why", by=una, at=AT)


# In and out


def new_employee(una: Employee, unit: Unit, username: str) -> Employee:
    return roles.add_employee(
        unit_id=unit.pk,
        username=username,
        name="Nina Ny",
        title="Consultant",
        role=Role.CASEWORKER,
        starts_on=DAY,
        ends_on=None,
        reason="New",
        by=una,
        at=AT,
    )


def test_somebody_new_has_a_role_and_no_password(una: Employee, unit: Unit) -> None:
    nina = new_employee(una, unit, "nina")
    assert roles_of(nina, at=AT) == {Role.CASEWORKER}
    assert not nina.has_usable_password()


def test_a_user_name_is_one_employee_whatever_its_letters(una: Employee, unit: Unit) -> None:
    new_employee(una, unit, "nina")
    with pytest.raises(CannotLetIn) as refused:
        new_employee(una, unit, "Nina")
    assert refused.value.field == "username"


def test_an_employee_of_the_unit_is_disabled_and_enabled_with_a_reason(
    una: Employee, kari: Employee, unit: Unit
) -> None:
    held(kari, unit)
    told: dict[str, Any] = {"employee_id": kari.pk, "unit_id": unit.pk, "by": una, "at": AT}
    with pytest.raises(CannotLetIn):
        roles.enable_employee(**told, reason="Is back")
    with pytest.raises(CannotLetIn):
        roles.disable_employee(**told, reason="")
    assert not roles.disable_employee(**told, reason="Is on leave").is_active
    with pytest.raises(CannotLetIn):
        roles.disable_employee(**told, reason="Is on leave")
    assert roles.enable_employee(**told, reason="Is back").is_active


def test_nobody_disables_themself_or_somebody_who_never_worked_at_the_unit(
    una: Employee, kari: Employee, unit: Unit
) -> None:
    AssignmentFactory.create(employee=kari)
    for employee, refusal in ((una, NotForOneself), (kari, PermissionDenied)):
        with pytest.raises(refusal):
            roles.disable_employee(employee_id=employee.pk, unit_id=unit.pk, reason="Why", by=una, at=AT)


# From the command line


def test_the_first_unit_administrator_is_given_the_role_by_those_who_run_varig(kari: Employee, unit: Unit) -> None:
    call_command("give_role", kari.username, "unit_administrator", unit.ref, "--reason", "The first one")
    [grant] = RoleGrant.objects.filter(employee=kari)
    assert (grant.role, grant.granted_by.username) == (Role.UNIT_ADMINISTRATOR, "command")


@pytest.mark.parametrize("wrong", ["username", "unit", "twice"])
def test_the_command_says_what_is_wrong(kari: Employee, unit: Unit, wrong: str) -> None:
    if wrong == "twice":
        held(kari, unit, starts_on=LONG_AGO, confirmed_on=date(2100, 1, 1))
    username = "nobody" if wrong == "username" else kari.username
    ref = "nowhere" if wrong == "unit" else unit.ref
    with pytest.raises(CommandError):
        call_command("give_role", username, "caseworker", ref, "--reason", "Why not")
