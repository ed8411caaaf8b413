"""Deposit and guarantee: six months' rent together, paid out of, released, and reminded of; help to rent privately."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.nightly import settle_tasks
from cases.actions.private_help import CannotHelp, note_help
from cases.actions.securities import CannotSecure, Given, give_security, settle_security
from cases.models import DecisionKind, PrivateHelp, Security, Task, TaskKind
from housing.models import Lease, ResidenceKind, Tenancy
from people.models import Household
from tests.factories.leases import LandlordFactory, SecurityFactory, TenancyFactory, TenancyRentFactory
from tests.factories.people import AT, DAY, LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker
from tests.journeys import household_in, worker_for
from tests.models.breaks_of_decisions import issued

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)


def let(**facts: Any) -> Tenancy:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY, **facts)
    tenancy = TenancyFactory.create(residence=household.residences.get())
    TenancyRentFactory.create(tenancy=tenancy, rent_a_month=10_000)
    return tenancy


def given(tenancy: Tenancy, amount: int = 30_000, **told: Any) -> Security:
    said = Given(**{"kind": "guarantee", "amount": amount, "given_on": DAY, **told})
    by = worker_for(tenancy.residence.household)
    return give_security(residence_id=tenancy.residence_id, given=said, by=by, at=AT)


def settled(security: Security, **told: Any) -> Security:
    said = {"drawn": 0, "drawn_because": "", "released_on": DAY, **told}
    return settle_security(security_id=security.pk, by=worker_for(security.household), at=AT, **said)


def test_deposit_and_guarantee_are_together_at_most_six_months_rent() -> None:
    tenancy = let()
    given(tenancy, 40_000)

    with pytest.raises(CannotSecure) as refused:
        given(tenancy, 20_001, kind="deposit")
    assert refused.value.field == "amount"

    given(tenancy, 20_000, kind="deposit")
    assert sum(one.amount for one in tenancy.securities.all()) == 60_000


def test_what_is_released_makes_room_again() -> None:
    tenancy = let()
    settled(given(tenancy, 60_000))

    assert given(tenancy, 60_000).amount == 60_000


def test_without_a_rent_nobody_knows_the_most() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY)

    with pytest.raises(CannotSecure):
        given(TenancyFactory.create(residence=household.residences.get()))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "promise"}, "kind"),
        ({"given_by": "nobody"}, "given_by"),
        ({"amount": 0}, "amount"),
        ({"given_on": TOMORROW}, "given_on"),
        ({"ends_on": DAY}, "ends_on"),
        ({"decision_id": 0}, "decision"),
    ],
)
def test_a_security_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotSecure) as refused:
        given(let(), **told)

    assert refused.value.field == field


def test_a_decision_that_grants_it_is_named() -> None:
    tenancy = let()
    decision = issued(
        household=tenancy.residence.household,
        provider=None,
        kind=DecisionKind.GUARANTEE,
        basis="sotjl-18-guarantee",
        amount=30_000,
    )

    assert given(tenancy, decision_id=decision.pk).decision == decision
    with pytest.raises(CannotSecure):
        given(tenancy, kind="deposit", decision_id=decision.pk)


def test_it_is_followed_until_it_is_released() -> None:
    security = given(let())
    security = settled(security, drawn=12_000, drawn_because="Two months' rent", released_on=None)
    assert (security.drawn, security.released_on) == (12_000, None)

    settled(security, drawn=12_000, drawn_because="Two months' rent")
    with pytest.raises(CannotSecure):
        settled(security)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"drawn": 30_001, "drawn_because": "Damage"}, "drawn"),
        ({"drawn": 1, "drawn_because": " "}, "drawn_because"),
        ({"released_on": YESTERDAY}, "released_on"),
        ({"released_on": TOMORROW}, "released_on"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotSecure) as refused:
        settled(given(let()), **told)

    assert refused.value.field == field


def test_another_unit_settles_nothing() -> None:
    security = given(let())

    with pytest.raises(Http404):
        settle_security(
            security_id=security.pk,
            drawn=0,
            drawn_because="",
            released_on=DAY,
            by=caseworker(UnitFactory.create()),
            at=AT,
        )


def open_tasks(kind: TaskKind) -> list[date]:
    settle_tasks(at=AT)
    return list(Task.objects.open().filter(kind=kind).values_list("due_on", flat=True))


def test_what_stands_for_a_home_that_is_left_is_to_be_settled_and_the_task_goes_when_it_is() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY, ends_on=YESTERDAY)
    security = SecurityFactory.create(tenancy=TenancyFactory.create(residence=household.residences.get()))

    assert open_tasks(TaskKind.RELEASE_SECURITY) == [YESTERDAY + timedelta(days=30)]
    settled(security)
    assert open_tasks(TaskKind.RELEASE_SECURITY) == []


@pytest.mark.parametrize(
    ("ends_on", "due"),
    [
        (date(2026, 9, 11), []),
        (date(2026, 9, 10), [date(2026, 6, 10)]),
        (date(2026, 6, 10), [date(2026, 5, 10)]),
        (date(2026, 4, 10), [date(2026, 4, 9)]),
        (date(2026, 3, 1), [date(2026, 2, 27)]),
    ],
)
def test_a_lease_that_ends_reminds_of_itself_six_three_and_one_month_before(ends_on: date, due: list[date]) -> None:
    household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY, lease_ends_on=ends_on)

    assert open_tasks(TaskKind.LEASE_ENDS) == due


def helped(household: Household, **told: Any) -> PrivateHelp:
    said = {"kind": "viewing_found", "on": DAY, **told}
    return note_help(household_id=household.pk, by=worker_for(household), at=AT, **said)


def test_help_is_noted_one_time_each() -> None:
    household = household_in(ResidenceKind.ROUGH)
    landlord = LandlordFactory.create(municipality=household.municipality)

    helped(household)
    helped(household, kind="landlord_contact", landlord_id=landlord.pk, note=" Called. ")

    assert list(household.private_help.order_by("pk").values_list("kind", "note")) == [
        ("viewing_found", ""),
        ("landlord_contact", "Called."),
    ]


@pytest.mark.parametrize(
    ("told", "field"), [({"kind": "magic"}, "kind"), ({"on": TOMORROW}, "on"), ({"landlord_id": 0}, "landlord")]
)
def test_help_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    LandlordFactory.create(municipality_id=OSLO_NUMBER)
    with pytest.raises(CannotHelp) as refused:
        helped(household_in(ResidenceKind.ROUGH), **told)

    assert refused.value.field == field
