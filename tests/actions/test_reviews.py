from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404

from cases.actions.reviews import CannotReview, CannotSign, review_breach, sign_month
from cases.models import BreachReason, BreachReview, MonthSignOff
from housing.models import ResidenceKind
from people.constraints import broken_constraint
from people.journal import Act
from people.models import Household, JournalEntry, Unit
from tests.factories.people import AT, DAY, UnitFactory, team_leader
from tests.journeys import household_in, placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

LONG_SINCE = DAY - timedelta(days=100)


def reviewed(household: Household, **changes: Any) -> BreachReview:
    told: dict[str, Any] = {
        "reason": BreachReason.NO_DWELLING,
        "measure": "Offer the flat in Storgata",
        "deadline": DAY + timedelta(days=10),
        "by": team_leader(unit_of(household)),
        "at": AT,
    }
    return review_breach(household_id=household.pk, **{**told, **changes})


def test_a_leader_says_why_a_stay_is_long_and_what_is_done_about_it() -> None:
    household = placed_household(LONG_SINCE)

    review = reviewed(household)

    assert (review.first_night, review.reviewed_on) == (LONG_SINCE, DAY)
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.BREACH_REVIEWED)
    assert line.details == {"code": "no_dwelling", "first_night": LONG_SINCE.isoformat(), "deadline": "2026-03-20"}


def test_the_earlier_review_of_a_stay_is_kept() -> None:
    household = placed_household(LONG_SINCE)
    reviewed(household)

    newest = reviewed(household, reason=BreachReason.DEBT)

    assert BreachReview.objects.filter(household=household, first_night=LONG_SINCE).count() == 2
    assert BreachReview.objects.filter(household=household).latest("pk") == newest


@pytest.mark.parametrize(
    ("changes", "field"), [({"measure": " "}, "measure"), ({"deadline": DAY - timedelta(days=1)}, "deadline")]
)
def test_a_review_names_a_measure_and_a_deadline_to_come(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotReview) as refused:
        reviewed(placed_household(LONG_SINCE), **changes)

    assert refused.value.field == field


def test_a_household_that_was_never_placed_has_no_stay_to_review() -> None:
    with pytest.raises(CannotReview):
        reviewed(household_in(ResidenceKind.FRIENDS))


def test_a_caseworker_does_not_review_long_stays() -> None:
    household = placed_household(LONG_SINCE)

    with pytest.raises(PermissionDenied):
        reviewed(household, by=worker_for(household))


def signed(unit: Unit, **changes: Any) -> MonthSignOff:
    told: dict[str, Any] = {"month": date(2026, 2, 28), "over": 3, "soon": 5, "without_measure": 1, "at": AT}
    told["by"] = changes.pop("by", None) or team_leader(unit)
    return sign_month(unit_id=changes.pop("unit_id", unit.pk), **{**told, **changes})


def test_a_leader_signs_a_month_with_its_figures() -> None:
    signature = signed(UnitFactory.create(), note=" Seen in the leaders' meeting ")

    assert signature.month == date(2026, 2, 1)
    assert (signature.over, signature.soon, signature.without_measure) == (3, 5, 1)
    assert (signature.note, signature.signed_at) == ("Seen in the leaders' meeting", AT)


def test_a_month_is_signed_once_a_unit() -> None:
    unit = UnitFactory.create()
    signed(unit)

    with pytest.raises(IntegrityError) as refused:
        signed(unit)

    assert broken_constraint(refused.value) == "month_signed_once_a_unit"


def test_a_month_to_come_is_not_signed() -> None:
    with pytest.raises(CannotSign) as refused:
        signed(UnitFactory.create(), month=date(2026, 4, 1))

    assert refused.value.field == "month"


def test_only_the_unit_s_own_leader_signs() -> None:
    unit = UnitFactory.create()

    with pytest.raises(PermissionDenied):
        signed(unit, by=team_leader(UnitFactory.create()))


def test_a_unit_that_is_not_there_is_not_signed_for() -> None:
    with pytest.raises(Http404):
        signed(UnitFactory.create(), unit_id=0)
