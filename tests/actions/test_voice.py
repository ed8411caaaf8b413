"""The user's voice: surveys in their time, the choice among homes, complaints that are answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.nightly import settle_tasks
from cases.actions.voice import (
    Asked,
    CannotHear,
    Shown,
    answer_complaint,
    receive_complaint,
    record_home_choice,
    register_survey,
)
from cases.models import (
    HomeChoice,
    InformalComplaint,
    Survey,
    SurveyKind,
    SurveyOutcome,
    SurveyQuestion,
    SurveyWay,
    Task,
    TaskKind,
)
from housing.models import Lease, ResidenceKind
from people.masking import WhereaboutsShielded
from people.models import Household, Protection
from tests.factories.heard import InformalComplaintFactory
from tests.factories.housing import DwellingFactory
from tests.factories.people import AT, DAY, OSLO_NUMBER, PersonFactory, UnitFactory, caseworker
from tests.journeys import household_in, worker_for

pytestmark = pytest.mark.django_db

MOVED_IN = DAY - timedelta(days=30)
SCORES = {SurveyQuestion.HOME_SUITS: 5, SurveyQuestion.SAFE: 2}


def at_home_since(day: date) -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, day, lease=Lease.ORDINARY)


def asked(household: Household, **told: Any) -> Survey:
    said: dict[str, Any] = {
        "kind": SurveyKind.MOVED_IN,
        "moved_in_on": MOVED_IN,
        "asked_on": DAY,
        "outcome": SurveyOutcome.ANSWERED,
        "way": SurveyWay.PHONE,
        "answers": SCORES,
        **told,
    }
    return register_survey(household_id=household.pk, asked=Asked(**said), by=worker_for(household), at=AT)


def open_tasks(household: Household) -> list[tuple[str, date]]:
    return list(Task.objects.open().filter(household=household).order_by("due_on").values_list("kind", "due_on"))


@pytest.mark.parametrize(
    ("days", "wanted"), [(29, 0), (30, 1), (119, 1), (120, 0), (364, 0), (365, 1), (454, 1), (455, 0)]
)
def test_a_survey_is_asked_for_after_a_month_and_after_a_year(days: int, wanted: int) -> None:
    household = at_home_since(DAY - timedelta(days=days))

    settle_tasks(at=AT)

    assert [kind for kind, _due in open_tasks(household)].count(TaskKind.ASK_SURVEY) == wanted


def test_the_task_is_done_when_the_survey_is_registered_and_does_not_come_back() -> None:
    household = at_home_since(MOVED_IN)
    settle_tasks(at=AT)
    survey = asked(household, comment=" Happy here ")

    assert open_tasks(household) == []
    settle_tasks(at=AT)
    assert open_tasks(household) == []
    assert survey.comment == "Happy here"
    assert dict(survey.answers.values_list("question", "score")) == SCORES


def test_who_did_not_want_to_answer_left_no_answer() -> None:
    survey = asked(at_home_since(MOVED_IN), outcome=SurveyOutcome.DECLINED, comment="x", person_id=None)

    assert (survey.way, survey.comment, survey.answers.count()) == ("", "", 0)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"answers": {}}, "home_suits"),
        ({"answers": {"home_suits": 6}}, "home_suits"),
        ({"answers": {"afford": 3}}, "home_suits"),
        ({"way": ""}, "way"),
        ({"asked_on": DAY + timedelta(days=1)}, "asked_on"),
        ({"asked_on": MOVED_IN - timedelta(days=1)}, "asked_on"),
    ],
)
def test_a_survey_with_a_slip_is_refused(told: dict[str, Any], field: str) -> None:
    household = at_home_since(MOVED_IN)

    with pytest.raises(CannotHear) as refused:
        asked(household, **told)

    assert refused.value.field == field
    assert household.surveys.count() == 0


def test_only_somebody_of_the_household_answers_and_only_once() -> None:
    household = at_home_since(MOVED_IN)
    with pytest.raises(CannotHear):
        asked(household, person_id=PersonFactory.create().pk)

    asked(household)
    with pytest.raises(CannotHear):
        asked(household)


def chosen(household: Household, *homes: Shown, on: date = DAY) -> HomeChoice:
    return record_home_choice(
        household_id=household.pk, on=on, homes=homes, wish="Near school", by=worker_for(household), at=AT
    )


def test_a_choice_is_among_homes_and_at_most_one_is_chosen() -> None:
    household = household_in()
    ours = DwellingFactory.create(municipality=household.municipality)

    made = chosen(household, Shown(dwelling_id=ours.pk), Shown(other="A flat by the river", is_chosen=True))

    assert made.homes.get(is_chosen=True).other == "A flat by the river"
    assert made.homes.count() == 2


def test_a_choice_with_a_slip_is_refused() -> None:
    household = household_in()
    theirs = DwellingFactory.create(municipality_id=OSLO_NUMBER)
    flat, house = Shown(other="A flat", is_chosen=True), Shown(other="A house", is_chosen=True)

    for homes, on, field in (
        ((flat,), DAY, "homes"),
        ((flat, house), DAY, "homes"),
        ((flat, Shown(dwelling_id=theirs.pk)), DAY, "homes"),
        ((flat, Shown(other="A house")), DAY + timedelta(days=1), "on"),
    ):
        with pytest.raises(CannotHear) as refused:
            chosen(household, *homes, on=on)
        assert refused.value.field == field
    assert household.home_choices.count() == 0


def test_no_home_is_named_where_the_address_is_masked() -> None:
    household = household_in()
    member = household.members.get()
    member.person.protection = Protection.CONFIDENTIAL
    member.person.protection_from = DAY
    member.person.save(update_fields=["protection", "protection_from"])

    with pytest.raises(WhereaboutsShielded):
        chosen(household, Shown(other="A flat"), Shown(other="A house"))


def complained(household: Household, **told: Any) -> InformalComplaint:
    said: dict[str, Any] = {"received_on": DAY, "about": "waiting", "text": "Nobody called back", **told}
    return receive_complaint(household_id=household.pk, by=worker_for(household), at=AT, **said)


def test_a_complaint_is_to_be_answered_in_a_fortnight_and_is_then_done() -> None:
    complaint = complained(household_in())
    settle_tasks(at=AT)
    assert open_tasks(complaint.household) == [(TaskKind.ANSWER_COMPLAINT, DAY + timedelta(days=14))]

    by = worker_for(complaint.household)
    told: dict[str, Any] = {
        "answered_on": DAY,
        "answer": "We call on Mondays now",
        "leads_to_change": True,
        "by": by,
        "at": AT,
    }
    answer_complaint(complaint_id=complaint.pk, **told)

    assert open_tasks(complaint.household) == []
    with pytest.raises(CannotHear):
        answer_complaint(complaint_id=complaint.pk, **told)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": " "}, "text"),
        ({"about": "nothing"}, "about"),
        ({"received_on": DAY + timedelta(days=1)}, "received_on"),
    ],
)
def test_a_complaint_with_a_slip_is_refused(told: dict[str, Any], field: str) -> None:
    household = household_in()
    with pytest.raises(CannotHear) as refused:
        complained(household, **told)
    assert refused.value.field == field
    assert household.complaints.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answered_on": DAY + timedelta(days=1)}, "answered_on"),
        ({"answered_on": DAY - timedelta(days=400)}, "answered_on"),
    ],
)
def test_an_answer_with_a_slip_is_refused(told: dict[str, Any], field: str) -> None:
    complaint = InformalComplaintFactory.create(received_on=DAY, due_on=DAY, household=household_in())
    said: dict[str, Any] = {"answered_on": DAY, "answer": "Yes", "leads_to_change": False, **told}

    with pytest.raises(CannotHear) as refused:
        answer_complaint(complaint_id=complaint.pk, by=worker_for(complaint.household), at=AT, **said)

    assert refused.value.field == field
    complaint.refresh_from_db()
    assert complaint.answered_on is None


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(Http404):
        answer_complaint(
            complaint_id=0,
            answered_on=DAY,
            answer="x",
            leads_to_change=False,
            by=caseworker(UnitFactory.create()),
            at=AT,
        )
