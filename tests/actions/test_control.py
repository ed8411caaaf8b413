# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from cases.actions.control import (
    CannotControl,
    Handling,
    follow_obstacle,
    handle_deviation,
    keep_review,
    note_deviation,
    report_deviation,
    report_obstacle,
)
from cases.actions.nightly import settle_tasks
from cases.models import ControlReview, Deviation, FoundBy, ReviewedKind, Task, TaskKind
from cases.questions.control import control_of
from people.models import Employee, Household, Protection
from tests.factories.people import AT, DAY, UnitFactory, team_leader
from tests.factories.tasks import ControlReviewFactory, DeviationFactory, RuleObstacleFactory
from tests.journeys import placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

WHOLE = Handling(cause="Too few on call", measure="One more on call", due_on=DAY)


@pytest.fixture
def household() -> Household:
    return placed_household(DAY)


@pytest.fixture
def leader(household: Household) -> Employee:
    return team_leader(unit_of(household))


def reported(household: Household, **told: Any) -> Deviation:
    asked = {"what": "Nobody answered", "found_by": FoundBy.PERSON, "by": worker_for(household), "at": AT, **told}
    return report_deviation(household_id=household.pk, **asked)


def handled(deviation: Deviation, by: Employee, handling: Handling = WHOLE, **told: Any) -> Deviation:
    asked = {"effect": "It helped", "close": True, "at": AT, **told}
    return handle_deviation(deviation_id=deviation.pk, handling=handling, by=by, **asked)


def test_a_deviation_is_reported_from_a_case_and_closed_by_the_leader(household: Household, leader: Employee) -> None:
    deviation = reported(household)
    assert Task.objects.open().about(deviation).get().for_leader

    closed = handled(deviation, leader)

    assert (closed.closed_by, closed.closed_on) == (leader, DAY)
    assert not Task.objects.open().about(deviation).exists()
    with pytest.raises(CannotControl):
        handled(deviation, leader)


@pytest.mark.parametrize(
    ("handling", "told", "field"),
    [
        (Handling(cause="", measure="x"), {}, "cause"),
        (Handling(cause="x", measure=""), {}, "measure"),
        (WHOLE, {"effect": " "}, "effect"),
    ],
)
def test_a_deviation_closes_with_cause_measure_and_effect(
    household: Household, leader: Employee, handling: Handling, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotControl) as refused:
        handled(reported(household), leader, handling, **told)
    assert refused.value.field == field


def test_what_is_made_of_a_deviation_can_be_written_before_it_closes(household: Household, leader: Employee) -> None:
    kept = handled(reported(household), leader, Handling(cause="", measure="", due_on=DAY), effect="", close=False)
    assert (kept.due_on, kept.closed_on) == (DAY, None)


def test_a_deviation_says_what_went_wrong(household: Household, leader: Employee) -> None:
    for report in (
        lambda: reported(household, what=" "),
        lambda: note_deviation(unit_id=unit_of(household).pk, what="", found_by=FoundBy.CHECK, by=leader, at=AT),
    ):
        with pytest.raises(CannotControl):
            report()


def test_another_unit_s_leader_and_one_who_may_not_see_the_household_do_nothing(household: Household) -> None:
    deviation = reported(household)
    obstacle = RuleObstacleFactory.create(household=household)
    stranger, leader = team_leader(UnitFactory.create()), team_leader(unit_of(household))
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])
    for by in (stranger, leader):
        with pytest.raises(Http404):
            handled(deviation, by)
        with pytest.raises(Http404):
            follow_obstacle(
                obstacle_id=obstacle.pk, sent_to="x", sent_on=DAY, answer="", answered_on=None, by=by, at=AT
            )
        assert not control_of(unit_of(household), by, year=DAY.year, at=AT).deviations


def test_a_routine_s_day_comes_round_as_a_task_and_going_through_it_closes_it(
    household: Household, leader: Employee
) -> None:
    review = ControlReviewFactory.create(unit=unit_of(household))
    for _ in range(2):
        settle_tasks(at=AT)
    assert Task.objects.open().get(kind=TaskKind.REVIEW_ROUTINE).unit == review.unit

    told: dict[str, Any] = {"kind": ReviewedKind.ROUTINE, "title": "On call", "text": "", "measures": ""}
    keep_review(
        unit_id=review.unit_id, review_id=review.pk, next_on=DAY + timedelta(days=365), by=leader, at=AT, **told
    )

    assert not Task.objects.open().filter(kind=TaskKind.REVIEW_ROUTINE).exists()
    with pytest.raises(CannotControl):
        keep_review(unit_id=review.unit_id, next_on=DAY, by=leader, at=AT, **told)
    assert ControlReview.objects.count() == 1


def test_a_rule_in_the_way_is_told_and_answered(household: Household, leader: Employee) -> None:
    obstacle = report_obstacle(
        household_id=household.pk, rule="§ 4", stopped="A flat", better="", by=worker_for(household), at=AT
    )
    kept = follow_obstacle(
        obstacle_id=obstacle.pk, sent_to="The council", sent_on=DAY, answer="No", answered_on=DAY, by=leader, at=AT
    )
    assert (kept.sent_to, kept.answer) == ("The council", "No")


def test_the_year_counts_what_was_reported_and_closed_in_it(household: Household, leader: Employee) -> None:
    handled(reported(household), leader)
    DeviationFactory.create(household=household, reported_on=DAY - timedelta(days=400))

    year = control_of(unit_of(household), leader, year=DAY.year, at=AT).year

    assert (year.reported, year.closed, year.still_open, year.obstacles) == (1, 1, 0, 0)


def test_each_page_answers_and_saves(client: Client, household: Household, leader: Employee) -> None:
    client.force_login(worker_for(household))
    sent = {"what": "Nobody answered", "found_by": "person", "form_key": str(uuid4())}
    assert client.post(reverse("cases:report_deviation", args=[household.key]), sent).status_code == 302
    sent = {"rule": "§ 4", "stopped": "A flat", "form_key": str(uuid4())}
    assert client.post(reverse("cases:report_obstacle", args=[household.key]), sent).status_code == 302
    client.force_login(leader)
    sent = {"kind": "risk", "title": "Violence", "text": "At night", "next_on": "+365", "form_key": str(uuid4())}
    assert client.post(reverse("cases:add_review"), sent).status_code == 302
    page = client.get(reverse("cases:control")).content.decode()
    for words in ("Nobody answered", "Violence", "§ 4"):
        assert words in page
    deviation = household.deviations.get()
    url = reverse("cases:deviation", args=[deviation.pk])
    assert url in page and "Nobody answered" in client.get(url).content.decode()
    sent = {"cause": "x", "measure": "y", "effect": "z", "close": "on", "form_key": str(uuid4())}
    assert client.post(url, sent).status_code == 302
    deviation.refresh_from_db()
    assert deviation.closed_by == leader
