"""The landlord gives notice: the household may lose its home, until it is taken back or the home is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cases.actions.lease_changes import Notice, give_notice, withdraw_notice
from cases.actions.needs import record_need
from cases.actions.residences import Destination, leave
from cases.actions.undo import undo_last
from cases.models import Need, NeedKind, NeedReason
from housing.models import Lease, ResidenceKind, Tenancy
from people.journal import Act
from people.models import Household, JournalEntry
from tests.factories.leases import TenancyFactory
from tests.factories.people import AT, DAY, LONG_AGO
from tests.journeys import household_in, state, worker_for

pytestmark = pytest.mark.django_db

EARLIER = DAY - timedelta(days=10)
SOON = AT + timedelta(minutes=1)


@pytest.fixture
def tenancy() -> Tenancy:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY)
    return TenancyFactory.create(residence=household.residences.get())


@pytest.fixture
def household(tenancy: Tenancy) -> Household:
    return tenancy.residence.household


def noticed(tenancy: Tenancy, by: str = "landlord", on: date = EARLIER) -> None:
    notice = Notice(given_on=on, given_by=by, because="rent_unpaid")
    worker = worker_for(tenancy.residence.household)
    give_notice(residence_id=tenancy.residence_id, notice=notice, by=worker, at=AT)


def taken_back(tenancy: Tenancy, at: datetime = AT) -> None:
    withdraw_notice(residence_id=tenancy.residence_id, by=worker_for(tenancy.residence.household), at=at)


def gone(household: Household) -> None:
    to = Destination(ResidenceKind.FRIENDS)
    leave(household_id=household.pk, on=DAY, to=to, by=worker_for(household), at=SOON)


def feared() -> list[tuple[str, str, date, date | None]]:
    return list(Need.objects.order_by("pk").values_list("kind", "reason", "starts_on", "ends_on"))


def test_the_landlord_s_notice_puts_the_home_at_risk(tenancy: Tenancy, household: Household) -> None:
    noticed(tenancy)

    assert feared() == [(NeedKind.AT_RISK, NeedReason.NOTICE, EARLIER, None)]
    assert state(household) == "at_risk"
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.NEED_RECORDED).exists()


def test_the_tenant_s_own_notice_does_not(tenancy: Tenancy, household: Household) -> None:
    noticed(tenancy, by="tenant")

    assert feared() == []
    assert state(household) != "at_risk"


def test_what_is_known_already_is_not_recorded_twice_and_goes_on(tenancy: Tenancy, household: Household) -> None:
    record_need(
        household_id=household.pk,
        kind=NeedKind.AT_RISK,
        need_reason=NeedReason.PETITION,
        starts_on=DAY,
        by=worker_for(household),
        at=AT,
    )

    noticed(tenancy)
    taken_back(tenancy)

    assert feared() == [(NeedKind.AT_RISK, NeedReason.PETITION, DAY, None)]
    assert state(household) == "at_risk"


@pytest.mark.parametrize(
    ("given_on", "after"), [(EARLIER, [(NeedKind.AT_RISK, NeedReason.NOTICE, EARLIER, DAY)]), (DAY, [])]
)
def test_a_notice_taken_back_puts_nothing_at_risk(
    tenancy: Tenancy, household: Household, given_on: date, after: list[object]
) -> None:
    before = state(household)
    noticed(tenancy, on=given_on)

    taken_back(tenancy)

    assert feared() == after
    assert state(household) == before


def test_a_home_that_is_left_is_at_risk_no_more_until_that_is_undone(tenancy: Tenancy, household: Household) -> None:
    noticed(tenancy)

    gone(household)
    assert feared() == [(NeedKind.AT_RISK, NeedReason.NOTICE, EARLIER, DAY)]
    assert state(household) == "homeless"

    undo_last(household_id=household.pk, by=worker_for(household), at=SOON + timedelta(minutes=1), reason="By mistake")
    assert feared() == [(NeedKind.AT_RISK, NeedReason.NOTICE, EARLIER, None)]
    assert state(household) == "at_risk"
