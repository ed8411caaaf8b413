from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.accepting import CannotAccept, accept_finding, withdraw_acceptance
from cases.models import AcceptedFinding
from cases.questions.lacks import counts_of, households_lacking, lacks_of, lacks_of_unit
from people.journal import Act
from people.models import Employee, Household, JournalEntry
from tests.factories.people import AT, DAY, team_leader
from tests.journeys import placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

NEXT_MONTH = DAY + timedelta(days=30)


@pytest.fixture
def household() -> Household:
    """Three weeks in temporary accommodation, without decision (L01) or plan (L13)."""
    return placed_household(DAY - timedelta(weeks=3))


def accept(household: Household, number: str = "L13", *, by: Employee | None = None, **told: Any) -> AcceptedFinding:
    subject = household.residences.get().pk if number == "L01" else household.pk
    asked = {"reason": "In hospital meanwhile", "until": NEXT_MONTH, "subject_id": subject, "at": AT, **told}
    return accept_finding(household_id=household.pk, number=number, by=by or worker_for(household), **asked)


def is_open(household: Household, number: str, on: date = DAY) -> bool:
    return any(lack.is_open for lack in lacks_of(household, on=on) if lack.check.number == number)


def test_a_caseworker_accepts_what_is_ordinary_until_a_day(household: Household) -> None:
    accept(household)

    assert not is_open(household, "L13")
    assert not is_open(household, "L13", NEXT_MONTH)
    assert is_open(household, "L13", NEXT_MONTH + timedelta(days=1))
    assert JournalEntry.objects.get(household_id=household.pk, act=Act.FINDING_ACCEPTED).details["check"] == "L13"


def test_what_is_serious_is_the_leader_s_to_accept(household: Household) -> None:
    with pytest.raises(PermissionDenied):
        accept(household, "L01")
    accept(household, "L01", by=team_leader(unit_of(household)))
    assert not is_open(household, "L01")


def test_with_other_facts_it_stands_open_again(household: Household) -> None:
    accept(household)
    AcceptedFinding.objects.update(since=DAY - timedelta(days=20))

    assert is_open(household, "L13")


def test_what_is_taken_back_stands_open_again(household: Household) -> None:
    accepted = accept(household)
    withdraw_acceptance(accepted_id=accepted.pk, by=worker_for(household), at=AT)

    assert is_open(household, "L13")
    with pytest.raises(CannotAccept):
        withdraw_acceptance(accepted_id=accepted.pk, by=worker_for(household), at=AT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"until": DAY - timedelta(days=1)}, "until"),
        ({"until": DAY + timedelta(days=366)}, "until"),
        ({"subject_id": 0}, ""),
    ],
)
def test_an_acceptance_needs_a_lack_a_reason_and_a_day_within_a_year(
    household: Household, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotAccept) as refused:
        accept(household, **told)
    assert refused.value.field == field


def test_a_lack_is_accepted_once(household: Household) -> None:
    accept(household)
    with pytest.raises(CannotAccept):
        accept(household)


def test_there_is_no_accepting_by_a_number_that_is_no_check(household: Household) -> None:
    with pytest.raises(Http404):
        accept(household, "L99")
    with pytest.raises(Http404):
        withdraw_acceptance(accepted_id=0, by=worker_for(household), at=AT)


def test_the_unit_s_numbers_count_households_once_and_the_accepted_apart(household: Household) -> None:
    accept(household)
    unit = unit_of(household)

    counts = {count.check.number: (count.open, count.accepted) for count in counts_of(lacks_of_unit(unit, on=DAY))}

    assert counts["L13"] == (0, 1)
    assert counts["L01"] == (1, 0)
    assert counts["L14"] == (0, 0)
    assert households_lacking(unit, on=DAY) == 1
    assert households_lacking(unit, on=DAY, left_out=[household.pk]) == 0


def test_the_unit_s_numbers_take_as_many_statements_for_many_as_for_one(
    household: Household, django_assert_num_queries: Any
) -> None:
    unit = unit_of(household)
    with django_assert_num_queries(3):
        lacks_of_unit(unit, on=DAY)
