"""Refugees to be settled: registered, answered, settled; never before the decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.nightly import settle_tasks
from cases.actions.settlements import CannotSettleRefugee, Settlement, change_settlement, register_settlement
from cases.models import RefugeeSettlement, Task, TaskKind
from cases.settling import latest_on, target_on
from housing.models import ResidenceKind
from people.models import Household, JournalEntry
from tests.factories.coming import RefugeeSettlementFactory
from tests.factories.people import AT, DAY, UnitFactory, caseworker
from tests.journeys import family_in, household_in, worker_for

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
DECIDED = date(2026, 1, 5)


def registered(household: Household, **told: Any) -> RefugeeSettlement:
    said = Settlement(**{"decided_on": DECIDED, **told})
    return register_settlement(household_id=household.pk, told=said, by=worker_for(household), at=AT)


def changed(settlement: RefugeeSettlement, **told: Any) -> RefugeeSettlement:
    said = Settlement(**{"decided_on": settlement.decided_on, **told})
    by = worker_for(settlement.household)
    return change_settlement(settlement_id=settlement.pk, told=said, by=by, at=AT)


@pytest.mark.django_db
def test_refugees_are_registered_answered_and_settled() -> None:
    household = household_in(ResidenceKind.RECEPTION_CENTRE)
    settlement = registered(household, asked_on=DECIDED, family_ahead=3, family_expected_on=TOMORROW)
    changed(
        settlement,
        asked_on=DECIDED,
        answer="accepted",
        answered_on=YESTERDAY,
        home_found_on=YESTERDAY,
        settled_on=DAY,
        family_ahead=3,
    )

    settlement.refresh_from_db()
    assert (settlement.settled_on, settlement.grant_ends_on) == (DAY, date(2031, 3, 10))
    made = JournalEntry.objects.filter(household_id=household.pk, act__startswith="refugee.").order_by("pk")
    assert list(made.values_list("act", flat=True)) == ["refugee.registered", "refugee.changed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"settled_on": DECIDED - timedelta(days=1)}, "settled_on"),
        ({"settled_on": TOMORROW}, "settled_on"),
        ({"decided_on": TOMORROW}, "decided_on"),
        ({"answer": "accepted"}, "answered_on"),
        ({"answered_on": DAY}, "answer"),
        ({"answer": "perhaps", "answered_on": DAY}, "answer"),
        ({"asked_on": DAY, "answer": "accepted", "answered_on": YESTERDAY}, "answered_on"),
        ({"answer": "declined", "answered_on": DAY}, "declined_because"),
        ({"answer": "declined", "answered_on": DAY, "declined_because": "x", "settled_on": DAY}, "settled_on"),
        ({"home_found_on": DAY, "settled_on": YESTERDAY}, "home_found_on"),
        ({"family_expected_on": TOMORROW}, "family_ahead"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(told: dict[str, Any], field: str) -> None:
    household = household_in(ResidenceKind.RECEPTION_CENTRE)

    with pytest.raises(CannotSettleRefugee) as refused:
        registered(household, **told)

    assert refused.value.field == field
    assert not RefugeeSettlement.objects.exists()


@pytest.mark.django_db
def test_one_decision_is_settled_once() -> None:
    household = household_in(ResidenceKind.RECEPTION_CENTRE)
    first = registered(household)
    other = registered(household, decided_on=DAY)

    with pytest.raises(CannotSettleRefugee):
        registered(household)
    with pytest.raises(CannotSettleRefugee):
        changed(other, decided_on=first.decided_on)
    with pytest.raises(Http404):
        change_settlement(settlement_id=0, told=Settlement(decided_on=DAY), by=caseworker(UnitFactory.create()), at=AT)


@pytest.mark.django_db
def test_who_has_the_grant_is_counted_for_five_years() -> None:
    settlement = RefugeeSettlementFactory.create(settled_on=DAY)
    grants = RefugeeSettlement.objects.with_grant

    assert not grants(YESTERDAY).exists()
    assert grants(DAY).get() == settlement
    assert grants(date(2031, 3, 9)).exists()
    assert not grants(date(2031, 3, 10)).exists()
    assert RefugeeSettlementFactory.create().grant_ends_on is None


def test_a_family_is_settled_in_three_months_others_in_six_and_everybody_in_twelve() -> None:
    assert target_on(DECIDED, is_family=True) == date(2026, 4, 5)
    assert target_on(DECIDED, is_family=False) == date(2026, 7, 5)
    assert latest_on(DECIDED) == date(2027, 1, 5)


@pytest.mark.django_db
def test_the_unit_is_reminded_before_the_time_is_out() -> None:
    family, alone = family_in(ResidenceKind.RECEPTION_CENTRE), household_in(ResidenceKind.RECEPTION_CENTRE)
    registered(family), registered(alone)

    settle_tasks(at=AT)

    found = Task.objects.open().filter(kind=TaskKind.SETTLE_REFUGEE)
    assert [(task.household_id, task.due_on) for task in found] == [(family.pk, date(2026, 4, 5))]
