"""What a household has applied for, is offered and is paid ends when it is no more: joined, moved away, dead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions.applications import take_up_application
from cases.actions.closing import close_case, reopen_case
from cases.actions.households import join_households
from cases.models import ClosingReason, EvictionCase, HousingAllowance, HousingApplication, LoanCase, Task, TaskKind
from housing.models import ResidenceKind
from people.models import Employee, Household, JournalEntry, Unit
from tests.factories.applied import HousingApplicationFactory
from tests.factories.followed import HousingAllowanceFactory
from tests.factories.loans import LoanCaseFactory
from tests.factories.offers import OfferFactory
from tests.factories.owning import EvictionCaseFactory
from tests.factories.people import AT, DAY, LONG_AGO, UnitFactory, caseworker
from tests.factories.tasks import TaskFactory
from tests.journeys import household_in, joined, worker_for

pytestmark = pytest.mark.django_db

YESTERDAY = DAY - timedelta(days=1)
FOR_GOOD = (ClosingReason.MOVED_AWAY, ClosingReason.DECEASED)
BECAUSE = {
    ClosingReason.MOVED_AWAY: "The household has moved to another municipality.",
    ClosingReason.DECEASED: "Whoever applied has died.",
}


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


def two(unit: Unit, worker: Employee) -> list[Household]:
    """The one that goes on, and the one that joins it."""
    made = [household_in(ResidenceKind.FRIENDS, since, unit=unit) for since in (date(2026, 1, 1), date(2026, 2, 1))]
    for household in made:
        joined(worker, household)
    return made


def about(application: HousingApplication) -> dict[str, Any]:
    return {"subject_kind": "housingapplication", "subject_id": application.pk}


def waiting(household: Household, **told: Any) -> HousingApplication:
    return HousingApplicationFactory.create(household=household, is_waiting=True, **told)


def paid(household: Household, **told: Any) -> HousingAllowance:
    facts = {"outcome": "granted", "decided_on": LONG_AGO, "starts_on": LONG_AGO, "applied_on": LONG_AGO}
    return HousingAllowanceFactory.create(household=household, **{**facts, **told})


def closed(household: Household, because: ClosingReason) -> None:
    close_case(household_id=household.pk, closing_reason=because, by=worker_for(household), at=AT)


@pytest.mark.parametrize("because", FOR_GOOD)
def test_a_case_closed_for_good_ends_what_was_applied_for_and_paid(because: ClosingReason) -> None:
    household = household_in(ResidenceKind.FRIENDS)
    application, allowance = waiting(household), paid(household)
    task = TaskFactory.create(household=household, kind=TaskKind.CONFIRM_APPLICATION, **about(application))

    closed(household, because)

    application = HousingApplication.objects.get(pk=application.pk)
    assert (application.status, application.ended_on) == ("lapsed", DAY)
    assert application.ended_because == BECAUSE[because]
    assert not HousingApplication.objects.open().exists()
    allowance.refresh_from_db()
    assert (allowance.outcome, allowance.ends_on) == ("granted", DAY)
    assert not Task.objects.open().filter(pk=task.pk).exists()
    told = JournalEntry.objects.filter(household_id=household.pk, act__in=["application.lapsed", "benefit.ended"])
    assert {(one.act, one.reason) for one in told} == {
        ("application.lapsed", BECAUSE[because]),
        ("benefit.ended", BECAUSE[because]),
    }


def test_what_is_not_paid_yet_lapses_and_what_has_ended_stays_as_it_was() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    asked = HousingAllowanceFactory.create(household=household, applied_on=YESTERDAY)
    to_come = paid(
        household, applied_on=YESTERDAY - timedelta(days=1), decided_on=YESTERDAY, starts_on=DAY + timedelta(days=30)
    )
    over = paid(household, ends_on=YESTERDAY)
    refused = HousingAllowanceFactory.create(
        household=household, applied_on=date(2025, 1, 7), outcome="refused", decided_on=date(2025, 2, 1)
    )
    ends_later = paid(
        household, applied_on=date(2025, 1, 8), decided_on=date(2025, 2, 1), ends_on=DAY + timedelta(days=90)
    )

    closed(household, ClosingReason.MOVED_AWAY)

    now = {one.pk: (one.outcome, one.decided_on, one.starts_on, one.ends_on) for one in HousingAllowance.objects.all()}
    assert now[asked.pk] == ("lapsed", DAY, None, None)
    assert now[to_come.pk] == ("lapsed", YESTERDAY, None, None)
    assert now[over.pk] == ("granted", LONG_AGO, LONG_AGO, YESTERDAY)
    assert now[refused.pk] == ("refused", date(2025, 2, 1), None, None)
    assert now[ends_later.pk] == ("granted", date(2025, 2, 1), LONG_AGO, DAY)


@pytest.mark.parametrize("because", [ClosingReason.WITHDRAWN, ClosingReason.NO_CONTACT, ClosingReason.OTHER])
def test_a_household_that_is_still_here_may_wait_and_be_paid(because: ClosingReason) -> None:
    household = household_in(ResidenceKind.FRIENDS)
    application, allowance = waiting(household), paid(household)

    closed(household, because)

    assert HousingApplication.objects.open().get() == application
    allowance.refresh_from_db()
    assert allowance.ends_on is None


@pytest.mark.parametrize("because", FOR_GOOD)
def test_a_loan_that_bought_nothing_lapses_and_an_eviction_is_withdrawn(because: ClosingReason) -> None:
    household = household_in(ResidenceKind.FRIENDS)
    loans = [LoanCaseFactory.create(household=household, **{trait: True}) for trait in ("is_applied", "is_committed")]
    on = {"decided_on": YESTERDAY, "bought_on": DAY, "price": 2_400_000}
    bought = LoanCaseFactory.create(household=household, is_committed=True, status="bought", **on)
    eviction = EvictionCaseFactory.create(household=household, learnt_on=YESTERDAY)
    task = TaskFactory.create(
        household=household, kind=TaskKind.EVICTION_CONTACT, subject_kind="evictioncase", subject_id=eviction.pk
    )

    closed(household, because)

    now = LoanCase.objects.filter(pk__in=[one.pk for one in loans]).values_list("status", "ended_on", "lapsed_because")
    left = "moved_away" if because == ClosingReason.MOVED_AWAY else "other"
    assert list(now) == [("lapsed", DAY, left)] * 2
    assert LoanCase.objects.open().get() == bought
    eviction = EvictionCase.objects.get()
    assert (eviction.status, eviction.ended_on, eviction.outcome_note) == ("withdrawn", DAY, BECAUSE[because])
    assert not Task.objects.open().filter(pk=task.pk).exists()
    told = JournalEntry.objects.filter(household_id=household.pk, act="loan.lapsed")
    assert {one.reason for one in told} == {BECAUSE[because]}


def test_a_commitment_of_who_joins_another_stays_and_what_was_asked_for_lapses(unit: Unit, worker: Employee) -> None:
    kept, other = two(unit, worker)
    LoanCaseFactory.create(household=other, is_applied=True)
    committed = LoanCaseFactory.create(household=other, is_committed=True)
    EvictionCaseFactory.create(household=other, learnt_on=YESTERDAY)

    join_households(household_id=kept.pk, other_id=other.pk, on=YESTERDAY, reason="Married.", by=worker, at=AT)

    assert LoanCase.objects.open().get() == committed
    assert EvictionCase.objects.get().status == "withdrawn"


def test_what_is_offered_falls_away() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    offer = OfferFactory.create(household=household)

    closed(household, ClosingReason.DECEASED)

    offer.refresh_from_db()
    assert (offer.status, offer.withdrawn_because) == ("withdrawn", "not_needed")


def test_who_joins_another_waits_and_is_paid_no_more_from_that_day(unit: Unit, worker: Employee) -> None:
    kept, other = two(unit, worker)
    mine, theirs = waiting(kept), waiting(other)
    late = HousingApplicationFactory.create(household=household_in(ResidenceKind.FRIENDS, unit=unit))
    allowance = paid(other)

    join_households(
        household_id=kept.pk, other_id=other.pk, on=YESTERDAY, reason="They live together.", by=worker, at=AT
    )

    assert set(HousingApplication.objects.open()) == {mine, late}
    theirs = HousingApplication.objects.get(pk=theirs.pk)
    assert (theirs.status, theirs.ended_on) == ("lapsed", YESTERDAY)
    assert theirs.ended_because == "The household has joined another."
    allowance.refresh_from_db()
    assert allowance.ends_on == YESTERDAY


def test_one_received_after_the_day_of_the_join_ends_the_day_it_came(unit: Unit, worker: Employee) -> None:
    kept, other = two(unit, worker)
    HousingApplicationFactory.create(household=other, received_on=DAY)

    join_households(
        household_id=kept.pk, other_id=other.pk, on=YESTERDAY, reason="They live together.", by=worker, at=AT
    )

    application = HousingApplication.objects.get()
    assert (application.status, application.ended_on) == ("lapsed", DAY)


def test_a_case_opened_again_takes_up_what_lapsed_by_an_act_of_its_own() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    application = waiting(household)
    closed(household, ClosingReason.MOVED_AWAY)

    reopen_case(household_id=household.pk, reason="A slip", by=worker_for(household), at=AT)
    assert not HousingApplication.objects.open().exists()
    take_up_application(application_id=application.pk, because="A slip", by=worker_for(household), at=AT)

    assert HousingApplication.objects.open().get().status == "granted"
