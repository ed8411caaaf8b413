"""Closing and reopening a case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from cases.actions.closing import CannotClose, CannotReopen, close_case, reopen_case
from cases.actions.journey import NoOpenCase
from cases.models import Case, ClosingReason
from housing.models import ResidenceKind
from people.models import Household, JournalEntry
from tests.factories.housing import ResidenceFactory
from tests.factories.people import AT, DAY, HouseholdFactory, UnitFactory, at, caseworker
from tests.journeys import good_room, household_in, placed_household, state, worker_for

pytestmark = pytest.mark.django_db


def close(household: Household, closing_reason: str = ClosingReason.WITHDRAWN) -> Case:
    return close_case(
        household_id=household.pk,
        closing_reason=closing_reason,  # type: ignore[arg-type]
        reason="Rang and said so",
        by=worker_for(household),
        at=AT,
    )


def test_a_case_closes_today_with_a_reason() -> None:
    household = household_in(ResidenceKind.OWNED)

    case = close(household, ClosingReason.PERMANENT_HOME)

    assert (case.state, case.closed_on, case.closing_reason) == ("closed", DAY, "permanent_home")
    entry = JournalEntry.objects.get(act="case.closed")
    assert (entry.reason, entry.details) == ("Rang and said so", {"code": "permanent_home"})


@pytest.mark.parametrize("kind", [None, ResidenceKind.ROUGH, ResidenceKind.FRIENDS, ResidenceKind.PRISON])
def test_a_case_closes_wherever_the_household_is_but_in_temporary_accommodation(kind: ResidenceKind | None) -> None:
    assert close(household_in(kind), ClosingReason.NO_CONTACT).state == "closed"


def test_a_household_in_temporary_accommodation_or_on_its_way_there_keeps_its_case() -> None:
    room = good_room()
    agreed = household_in(ResidenceKind.ROUGH, date(2026, 3, 1), ends_on=DAY + timedelta(days=1))
    ResidenceFactory.create(
        household=agreed, kind="temporary", provider=room.provider, room=room, starts_on=DAY + timedelta(days=1)
    )

    for household in (placed_household(date(2026, 2, 1)), agreed):
        with pytest.raises(CannotClose):
            close(household)


@pytest.mark.parametrize("closing_reason", ["", "bored", ClosingReason.JOINED, ClosingReason.PERMANENT_HOME])
def test_a_reason_that_is_not_so_is_refused_at_its_field(closing_reason: str) -> None:
    with pytest.raises(CannotClose) as refused:
        close(household_in(ResidenceKind.ROUGH), closing_reason)

    assert refused.value.field == "closing_reason"


def test_a_case_closes_once() -> None:
    household = household_in(ResidenceKind.ROUGH)
    close(household)

    with pytest.raises(NoOpenCase):
        close(household)


def test_a_reopened_case_stands_where_the_household_is_today() -> None:
    household = household_in(ResidenceKind.OWNED)
    close(household, ClosingReason.PERMANENT_HOME)
    owned = household.residences.get()
    owned.ends_on = DAY
    owned.save(update_fields=["ends_on"])
    ResidenceFactory.create(household=household, kind="rough", starts_on=DAY)

    case = reopen_case(
        household_id=household.pk, reason="Evicted", by=worker_for(household), at=at(DAY + timedelta(days=1))
    )

    assert (case.state, case.closed_on, case.closing_reason) == ("homeless", None, "")
    assert JournalEntry.objects.get(act="case.reopened").details == {
        "closed_on": "2026-03-10",
        "code": "permanent_home",
    }


def test_only_a_closed_case_is_reopened_and_with_a_reason() -> None:
    household = household_in(ResidenceKind.ROUGH)
    worker = worker_for(household)

    with pytest.raises(CannotReopen):
        reopen_case(household_id=household.pk, reason="Again", by=worker, at=AT)
    close(household)
    with pytest.raises(CannotReopen) as refused:
        reopen_case(household_id=household.pk, reason=" ", by=worker, at=AT)
    assert refused.value.field == "reason"
    assert state(household) == "closed"


def test_a_household_without_any_case_has_none_to_reopen() -> None:
    household = HouseholdFactory.create()

    with pytest.raises(CannotReopen):
        reopen_case(household_id=household.pk, reason="Again", by=worker_for(household), at=AT)
    with pytest.raises(Http404):
        reopen_case(household_id=household.pk, reason="Again", by=caseworker(UnitFactory.create()), at=AT)
