"""Letting a stay go on, alone and in a list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DataError

from cases.actions.extending import CannotExtend, Extension, approve_overstay, extend, extend_many
from cases.models import Decision, DecisionStatus
from housing.models import ResidenceKind
from people.models import JournalEntry
from tests.factories.people import AT, DAY, UnitFactory, caseworker
from tests.journeys import PARTS, good_room, household_in, joined, placed_household, worker_for

pytestmark = pytest.mark.django_db

END = date(2026, 3, 13)
LATER = date(2026, 3, 27)
#: A stay since then has its limit on 1 April.
SINCE = date(2026, 1, 1)


def test_a_stay_goes_on_with_a_decision_on_the_nights_added() -> None:
    household = placed_household(SINCE, planned_end=END)

    residence = extend(household_id=household.pk, planned_end=LATER, parts=PARTS, by=worker_for(household), at=AT)

    assert (residence.planned_end, residence.ends_on) == (LATER, None)
    decision = Decision.objects.get()
    assert (decision.starts_on, decision.ends_on, decision.status) == (END, LATER, DecisionStatus.ISSUED)
    assert JournalEntry.objects.filter(act="residence.extended", on=END).exists()


def test_a_stay_without_a_granted_end_is_granted_from_today() -> None:
    household = placed_household(SINCE)

    extend(household_id=household.pk, planned_end=LATER, parts=None, by=worker_for(household), at=AT)

    assert Decision.objects.get().starts_on == DAY


def test_a_stay_goes_on_to_the_limit_itself_and_not_a_night_longer() -> None:
    household = placed_household(SINCE, planned_end=END)
    worker, limit = worker_for(household), date(2026, 4, 1)

    with pytest.raises(CannotExtend) as refused:
        extend(household_id=household.pk, planned_end=limit + timedelta(days=1), parts=None, by=worker, at=AT)
    assert refused.value.field == "reason"
    extend(household_id=household.pk, planned_end=limit, parts=None, by=worker, at=AT)


def test_a_stay_beyond_three_months_is_approved_with_a_reason_that_the_journal_keeps() -> None:
    household = placed_household(SINCE, planned_end=END)

    residence = approve_overstay(
        household_id=household.pk,
        planned_end=date(2026, 4, 20),
        parts=PARTS,
        reason="Moves in on 20 April",
        by=worker_for(household),
        at=AT,
    )

    assert residence.planned_end == date(2026, 4, 20)
    entry = JournalEntry.objects.get(act="residence.overstay_approved")
    assert (entry.reason, entry.details["limit"]) == ("Moves in on 20 April", "2026-04-01")


@pytest.mark.parametrize(
    ("planned_end", "reason", "field"), [(date(2026, 4, 20), "  ", "reason"), (LATER, "Why not", "planned_end")]
)
def test_an_overstay_says_why_and_is_one(planned_end: date, reason: str, field: str) -> None:
    household = placed_household(SINCE, planned_end=END)

    with pytest.raises(CannotExtend) as refused:
        approve_overstay(
            household_id=household.pk,
            planned_end=planned_end,
            parts=None,
            reason=reason,
            by=worker_for(household),
            at=AT,
        )

    assert refused.value.field == field


@pytest.mark.parametrize("planned_end", [END, END - timedelta(days=1)])
def test_a_new_end_is_later_than_the_old(planned_end: date) -> None:
    household = placed_household(SINCE, planned_end=END)

    with pytest.raises(CannotExtend) as refused:
        extend(household_id=household.pk, planned_end=planned_end, parts=None, by=worker_for(household), at=AT)

    assert refused.value.field == "planned_end"


def test_a_room_that_goes_out_of_use_ends_the_extension() -> None:
    household = placed_household(SINCE, planned_end=END, room=good_room(closed_on=date(2026, 3, 20)))

    with pytest.raises(CannotExtend) as refused:
        extend(household_id=household.pk, planned_end=LATER, parts=None, by=worker_for(household), at=AT)

    assert refused.value.field == "planned_end"


def test_a_stay_with_an_agreed_move_is_not_extended() -> None:
    household = placed_household(SINCE, ends_on=END)

    with pytest.raises(CannotExtend):
        extend(household_id=household.pk, planned_end=LATER, parts=None, by=worker_for(household), at=AT)


def test_somebody_in_no_temporary_accommodation_has_no_stay_to_extend() -> None:
    household = household_in(ResidenceKind.FRIENDS)

    with pytest.raises(CannotExtend):
        extend(household_id=household.pk, planned_end=LATER, parts=None, by=worker_for(household), at=AT)


def test_many_stays_go_on_with_one_reason_and_one_that_cannot_does_not_stop_the_others() -> None:
    first = placed_household(SINCE, planned_end=END)
    unit = first.responsibilities.get().unit
    worker = worker_for(first)
    long = placed_household(date(2025, 12, 20), planned_end=END, unit=unit)
    rough = household_in(ResidenceKind.ROUGH, unit=unit)
    others = placed_household(SINCE, planned_end=END)
    stale = placed_household(SINCE, planned_end=END, unit=unit)
    for household in (long, rough, stale):
        joined(worker, household)
    asked = [Extension(one.pk, LATER) for one in (others, rough, long, first)] + [Extension(stale.pk, LATER, version=7)]

    results = extend_many(extensions=asked, reason="Nothing free before Easter", by=worker, at=AT)

    assert [result.household_id for result in results] == sorted(extension.household_id for extension in asked)
    went = {result.household_id: result.residence is not None for result in results}
    assert went == {first.pk: True, long.pk: True, rough.pk: False, others.pk: False, stale.pk: False}
    assert all((result.refusal is None) == (result.residence is not None) for result in results)
    assert JournalEntry.objects.get(act="residence.overstay_approved").household_id == long.pk
    assert others.residences.get().planned_end == END


def test_many_stays_need_a_reason() -> None:
    with pytest.raises(CannotExtend) as refused:
        extend_many(extensions=[], reason=" ", by=caseworker(UnitFactory.create()), at=AT)

    assert refused.value.field == "reason"


def test_an_error_that_is_no_refusal_is_not_hidden_in_the_list() -> None:
    household = placed_household(SINCE, planned_end=END)

    with pytest.raises(DataError):
        extend_many(extensions=[Extension(household.pk, LATER)], reason="x" * 501, by=worker_for(household), at=AT)
