"""Away from a place that is held."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from cases.actions.absences import CannotBeAway, end_absence, record_absence
from housing.models import Absence, ResidenceKind
from people.models import Household
from tests.factories.people import AT, DAY
from tests.journeys import household_in, lived, placed_household, state, worker_for

pytestmark = pytest.mark.django_db

SINCE = date(2026, 2, 1)


def away(household: Household, **told: object) -> Absence:
    facts = {"starts_on": date(2026, 3, 1), "where": "Hospital", **told}
    return record_absence(household_id=household.pk, by=worker_for(household), at=AT, **facts)  # type: ignore[arg-type]


def test_an_absence_with_the_place_held_changes_no_clock() -> None:
    household = placed_household(SINCE)

    absence = away(household)

    assert (absence.is_held, absence.ends_on) == (True, None)
    assert lived(household) == [("temporary", SINCE, None)]
    assert state(household) == "temporary"


def test_who_was_away_comes_back_once() -> None:
    household = placed_household(SINCE)
    absence, worker = away(household), worker_for(household)

    with pytest.raises(CannotBeAway) as refused:
        end_absence(absence_id=absence.pk, on=absence.starts_on, by=worker, at=AT)
    assert refused.value.field == "on"
    end_absence(absence_id=absence.pk, on=DAY, by=worker, at=AT)
    with pytest.raises(CannotBeAway):
        end_absence(absence_id=absence.pk, on=DAY, by=worker, at=AT)
    with pytest.raises(Http404):
        end_absence(absence_id=0, on=DAY, by=worker, at=AT)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"where": " "}, "where"),
        ({"starts_on": DAY + timedelta(days=1)}, "starts_on"),
        ({"ends_on": date(2026, 3, 1)}, "ends_on"),
        ({"starts_on": date(2026, 1, 31)}, "starts_on"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_at_its_field(told: dict[str, object], field: str) -> None:
    with pytest.raises(CannotBeAway) as refused:
        away(placed_household(SINCE), **told)

    assert refused.value.field == field


def test_two_absences_do_not_overlap_but_may_follow_each_other() -> None:
    household = placed_household(SINCE)
    away(household, ends_on=date(2026, 3, 5))

    with pytest.raises(CannotBeAway):
        away(household, starts_on=date(2026, 3, 4))
    away(household, starts_on=date(2026, 3, 5))
    away(household, starts_on=date(2026, 2, 10), ends_on=date(2026, 3, 1))


def test_who_lives_nowhere_known_is_not_away() -> None:
    with pytest.raises(CannotBeAway):
        away(household_in(None))


def test_a_tenant_in_custody_keeps_the_home() -> None:
    household = household_in(ResidenceKind.OWNED)

    away(household, where="Custody")

    assert state(household) == "settled"
