"""Keys to the figures: who gives them, for how long, and that a withdrawn one opens nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from kpi.actions.tokens import (
    CannotGiveToken,
    CannotWithdrawToken,
    fingerprint,
    give_token,
    take_token,
    withdraw_token,
)
from kpi.models import ApiToken
from people.models import Employee, Role, Unit
from tests.factories.people import AT, DAY, KONGSBERG, OSLO_NUMBER, UnitFactory, employee_with
from tests.factories.tokens import ApiTokenFactory

pytestmark = pytest.mark.django_db

IN_A_YEAR = date(2027, 3, 10)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def administrator(unit: Unit) -> Employee:
    return employee_with(Role.UNIT_ADMINISTRATOR, unit)


def given(by: Employee, **told: Any) -> str:
    asked = {"municipality": KONGSBERG, "name": "Statistics", "expires_on": IN_A_YEAR, **told}
    return give_token(by=by, at=AT, **asked)


def test_a_key_opens_and_only_its_fingerprint_is_kept(administrator: Employee) -> None:
    secret = given(administrator)

    token = ApiToken.objects.get()
    assert len(secret) >= 40
    assert token.fingerprint == fingerprint(secret)
    assert secret not in str(ApiToken.objects.values_list().get())
    assert (token.given_by, token.municipality_id, token.expires_on) == (administrator, KONGSBERG, IN_A_YEAR)
    assert take_token(secret, at=AT) == token


def test_operations_gives_them_too(unit: Unit) -> None:
    assert take_token(given(employee_with(Role.OPERATIONS, unit)), at=AT)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATIONS, Role.UNIT_ADMINISTRATOR}))
def test_nobody_else_gives_or_withdraws_one(role: Role, unit: Unit) -> None:
    token, other = ApiTokenFactory.create(), employee_with(role, unit)

    with pytest.raises(PermissionDenied):
        given(other)
    with pytest.raises(PermissionDenied):
        withdraw_token(token_id=token.pk, by=other, at=AT)
    assert ApiToken.objects.get().withdrawn_at is None


def test_not_in_another_municipality(administrator: Employee) -> None:
    theirs = ApiTokenFactory.create(municipality_id=OSLO_NUMBER)

    with pytest.raises(PermissionDenied):
        given(administrator, municipality=OSLO_NUMBER)
    with pytest.raises(PermissionDenied):
        withdraw_token(token_id=theirs.pk, by=administrator, at=AT)
    with pytest.raises(PermissionDenied):
        withdraw_token(token_id=0, by=administrator, at=AT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": "  "}, "name"),
        ({"expires_on": DAY - timedelta(days=1)}, "expires_on"),
        ({"expires_on": IN_A_YEAR + timedelta(days=1)}, "expires_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(told: dict[str, Any], field: str, administrator: Employee) -> None:
    with pytest.raises(CannotGiveToken) as refused:
        given(administrator, **told)

    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_a_name_is_one_live_key_s(administrator: Employee) -> None:
    given(administrator)

    with pytest.raises(CannotGiveToken) as refused:
        given(administrator)

    assert refused.value.field == "name"
    assert ApiToken.objects.count() == 1


def test_one_that_has_run_out_gives_up_its_name(administrator: Employee) -> None:
    old = ApiTokenFactory.create(name="Statistics", expires_on=DAY - timedelta(days=1))

    assert take_token(given(administrator), at=AT)

    old.refresh_from_db()
    assert (old.withdrawn_at, old.withdrawn_by) == (AT, administrator)


def test_a_withdrawn_key_opens_nothing_and_is_not_withdrawn_twice(administrator: Employee) -> None:
    secret = given(administrator)
    token = withdraw_token(token_id=ApiToken.objects.get().pk, by=administrator, at=AT)

    assert take_token(secret, at=AT) is None
    assert (token.withdrawn_at, token.withdrawn_by) == (AT, administrator)
    with pytest.raises(CannotWithdrawToken):
        withdraw_token(token_id=token.pk, by=administrator, at=AT)


def test_a_key_holds_up_to_and_including_its_last_day() -> None:
    ApiTokenFactory.create(secret="mine", expires_on=DAY)

    assert take_token("mine", at=AT) is not None
    assert take_token("mine", at=AT + timedelta(days=1)) is None
    assert take_token("another", at=AT) is None
    assert take_token("", at=AT) is None


def test_the_day_of_its_last_use_is_kept_once_a_day() -> None:
    token = ApiTokenFactory.create(secret="mine", expires_on=IN_A_YEAR)
    for at in (AT, AT + timedelta(hours=1), AT + timedelta(days=1)):
        take_token("mine", at=at)

    token.refresh_from_db()
    assert token.last_used_on == DAY + timedelta(days=1)
    assert apps.get_model("kpi", "ApiTokenEvent").objects.filter(pgh_obj=token.pk).count() == 3
