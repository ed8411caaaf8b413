# mypy: disable-error-code="no-untyped-call"
"""A canary in every text of the help to live in a home; what tells of health sings of the special kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from people.models import Employee, Household
from tests.factories.followed import (
    AllowanceCheckFactory,
    EarlyWarningFactory,
    FidelityScoreFactory,
    FollowUpContactFactory,
    FollowUpEvaluationFactory,
    FollowUpServiceFactory,
    HousingAllowanceFactory,
)
from tests.factories.people import LONG_AGO

GIVEN: dict[str, Any] = {"starts_on": LONG_AGO, "intensity": "weekly"}


def plant_followed(household: Household, text: str, special: str, *, by: Employee, today: date) -> None:
    """Services of each state, signs, an evaluation and an allowance, all with words in them."""
    one = {"household": household, "given_by": text}
    given = FollowUpServiceFactory.create(**one, **GIVEN, offered_on=LONG_AGO)
    FollowUpServiceFactory.create(**one, declined_on=today, declined_because=text)
    FollowUpServiceFactory.create(**one, **GIVEN, ends_on=today, ended_because="other", ended_note=text)
    hidden = FollowUpServiceFactory.create(household=household, kind="act", given_by=special, **GIVEN)
    for service, note in ((given, text), (hidden, special)):
        FollowUpContactFactory.create(service=service, on=today, note=note, by=by)
    EarlyWarningFactory.create(household=household, seen_on=today, told_by=text, note=text, by=by)
    EarlyWarningFactory.create(
        household=household, seen_on=today, told_by=text, note=text, by=by, handled_on=today, handled_how=text
    )
    EarlyWarningFactory.create(household=household, sign="drugs", seen_on=today, told_by=special, note=special, by=by)
    evaluation = FollowUpEvaluationFactory.create(
        household=household, held_on=today, how="needs_more", user_view=text, next_steps=text, by=by
    )
    FidelityScoreFactory.create(evaluation=evaluation)
    AllowanceCheckFactory.create(household=household, on=today, because=text, by=by)
    HousingAllowanceFactory.create(household=household, applied_on=today, note=text)


def ids_of_followed(household: Household) -> dict[str, Any]:
    """What addresses of its pages take."""
    services = household.follow_up_services.filter(kind="housing_support")
    return {
        "service_id": services.get(ends_on=None, declined_on=None).pk,
        "warning_id": household.early_warnings.get(sign="rent_late", handled_on=None).pk,
        "allowance_id": household.allowances.get().pk,
    }
