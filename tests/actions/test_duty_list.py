"""The duty list: kept by leaders and unit administrators, always with somebody to ring."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from people.actions.duty import CannotEnter, enter_duty_contact
from people.duty import lacking, municipalities_kept_by
from people.models import DutyContact, DutyHours, Employee, Municipality, Role, Unit, UnitKind
from tests.factories.people import AT, DAY, KONGSBERG, OSLO_NUMBER, UnitFactory, employee_with

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def una(unit: Unit) -> Employee:
    return employee_with(Role.UNIT_ADMINISTRATOR, unit)


def enter(by: Employee, **more: Any) -> DutyContact:
    told = {"municipality": KONGSBERG, "hours": DutyHours.DAY, "name": "The watch", "phone": "32 00 00 00", **more}
    return enter_duty_contact(**{"starts_on": DAY, **told}, by=by, at=AT)


def periods() -> list[tuple[str, Any, Any]]:
    return list(DutyContact.objects.order_by("starts_on").values_list("name", "starts_on", "ends_on"))


def test_whoever_is_entered_answers_until_the_next_does(una: Employee) -> None:
    enter(una, name="First")
    enter(una, name="Second", starts_on=DAY + 7 * A_DAY)
    assert periods() == [("First", DAY, DAY + 7 * A_DAY), ("Second", DAY + 7 * A_DAY, None)]


def test_one_entered_before_another_answers_until_then(una: Employee) -> None:
    enter(una, name="Later", starts_on=DAY + 7 * A_DAY)
    enter(una, name="Now")
    assert periods() == [("Now", DAY, DAY + 7 * A_DAY), ("Later", DAY + 7 * A_DAY, None)]


def test_one_entered_for_the_same_day_takes_the_other_s_place(una: Employee) -> None:
    enter(una, name="Wrong number")
    enter(una, name="Right number")
    assert periods() == [("Right number", DAY, None)]


def test_day_and_night_have_a_list_each(una: Employee) -> None:
    enter(una)
    enter(una, hours=DutyHours.NIGHT)
    assert DutyContact.objects.on(DAY).count() == 2


@pytest.mark.parametrize("told", [{"starts_on": DAY - A_DAY}, {"name": " "}, {"phone": " "}])
def test_nobody_is_entered_backwards_or_without_a_name_and_a_telephone(una: Employee, told: dict[str, Any]) -> None:
    with pytest.raises(CannotEnter) as refused:
        enter(una, **told)
    assert refused.value.field in told
    assert not DutyContact.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TEAM_LEADER, Role.UNIT_ADMINISTRATOR)])
def test_others_do_not_keep_the_list(unit: Unit, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        enter(employee_with(role, unit))


def test_another_municipality_s_list_is_its_own(una: Employee) -> None:
    with pytest.raises(PermissionDenied):
        enter(una, municipality=OSLO_NUMBER)


def test_what_a_municipality_lacks_is_said_to_those_who_keep_its_list(una: Employee, unit: Unit) -> None:
    kept = municipalities_kept_by(una, at=AT)
    assert list(kept) == [unit.municipality]
    assert len(lacking(kept, on=DAY)) == 3
    enter(una)
    enter(una, hours=DutyHours.NIGHT)
    UnitFactory.create(kind=UnitKind.SPECIAL)
    assert lacking(kept, on=DAY) == []
    assert lacking(Municipality.objects.none(), on=DAY) == []
