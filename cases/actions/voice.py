"""The user's voice: surveys, the choice among homes, and complaints without formality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.tasks import close_task, close_tasks_about
from cases.law import value
from cases.models import (
    QUESTIONS,
    ComplaintAbout,
    HomeChoice,
    HomeShown,
    InformalComplaint,
    Survey,
    SurveyAnswer,
    SurveyKind,
    SurveyOutcome,
    SurveyScore,
    SurveyWay,
    Task,
    TaskEnd,
    TaskKind,
)
from housing.models import Dwelling
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Who hears them: whoever changes the case, and whoever makes its plans.
WRITERS = (Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN)


class CannotHear(Refusal):
    """What was said lacks something, or is registered already."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One survey as it was asked. `answers`: the score of each question that was answered."""

    kind: SurveyKind
    moved_in_on: date
    asked_on: date
    outcome: SurveyOutcome
    way: SurveyWay | str = ""
    person_id: int | None = None
    answers: Mapping[str, int] | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One home that they were shown: a dwelling of ours, or another in words."""

    dwelling_id: int | None = None
    other: str = ""
    is_chosen: bool = False


@act
def register_survey(
    *, household_id: int, asked: Asked, by: Employee, at: datetime, version: int | None = None
) -> Survey:
    """Register what they answered, or that they did not.

    :raises CannotHear: for an answer without a score, a day that cannot be, or one registered already
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    is_answered = asked.outcome == SurveyOutcome.ANSWERED
    scores = {code: score for code, score in (asked.answers or {}).items() if score} if is_answered else {}
    _refuse_a_survey_with_faults(asked, scores, today=localdate(at))
    if asked.person_id and not household.members.on(asked.asked_on).filter(person=asked.person_id).exists():
        raise CannotHear(_("Choose somebody of the household."), field="person")
    if household.surveys.filter(kind=asked.kind, moved_in_on=asked.moved_in_on).exists():
        raise CannotHear(_("This survey is registered already."))
    made = Survey.objects.create(
        household=household,
        kind=asked.kind,
        moved_in_on=asked.moved_in_on,
        asked_on=asked.asked_on,
        outcome=asked.outcome,
        way=asked.way if is_answered else "",
        person_id=asked.person_id if is_answered else None,
        comment=asked.comment.strip() if is_answered else "",
        by=by,
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=made, question=code, score=score) for code, score in scores.items()
    )
    _close_the_task(made, by=by, at=at)
    journal.record(
        Act.SURVEY_REGISTERED,
        household_id=household.pk,
        subject=made,
        by=by,
        at=at,
        on=asked.asked_on,
        details={"kind": str(asked.kind), "outcome": str(asked.outcome)},
    )
    return made


def survey_due_on(kind: SurveyKind, moved_in_on: date) -> date:
    """The day on which one asks. Source: the rule data, `survey.*_days`."""
    return moved_in_on + timedelta(days=value(f"survey.{kind}_days", on=moved_in_on))


@act
def record_home_choice(
    *,
    household_id: int,
    on: date,
    homes: Sequence[Shown],
    wish: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> HomeChoice:
    """Which homes they were shown, and which one they chose, if any.

    :raises WhereaboutsShielded: when where they live is masked for the employee
    :raises CannotHear: for fewer than two homes, more than one chosen, or a dwelling that is not the municipality's
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    if on > localdate(at):
        raise CannotHear(_("That day has not come."), field="on")
    if len(homes) < 2:
        raise CannotHear(_("A choice is among two homes or more."), field="homes")
    if sum(home.is_chosen for home in homes) > 1:
        raise CannotHear(_("Only one of the homes can be chosen."), field="homes")
    ours = {home.dwelling_id for home in homes if home.dwelling_id}
    if Dwelling.objects.filter(pk__in=ours, municipality=household.municipality_id).count() < len(ours):
        raise CannotHear(_("Choose one of the municipality's dwellings."), field="homes")
    made = HomeChoice.objects.create(household=household, on=on, wish=wish.strip(), by=by)
    for home in homes:
        HomeShown.objects.create(
            choice=made, dwelling_id=home.dwelling_id, other=home.other.strip(), is_chosen=home.is_chosen
        )
    details = {"homes": len(homes), "is_chosen": any(home.is_chosen for home in homes)}
    journal.record(Act.HOME_CHOSEN, household_id=household.pk, subject=made, by=by, at=at, on=on, details=details)
    return made


@act
def receive_complaint(
    *,
    household_id: int,
    received_on: date,
    about: ComplaintAbout | str,
    text: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> InformalComplaint:
    """Take in a complaint as it is told. It has a day by which somebody answers.

    :raises CannotHear: without a word, or with a day ahead
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    if received_on > localdate(at):
        raise CannotHear(_("That day has not come."), field="received_on")
    if about not in ComplaintAbout.values:
        raise CannotHear(_("Choose what it is about."), field="about")
    if not text.strip():
        raise CannotHear(_("Write what they say."), field="text")
    made = InformalComplaint.objects.create(
        household=household,
        received_on=received_on,
        about=about,
        text=text.strip(),
        due_on=received_on + timedelta(days=value("complaint.answer_days", on=received_on)),
        by=by,
    )
    journal.record(Act.COMPLAINT_RECEIVED, household_id=household.pk, subject=made, by=by, at=at, on=received_on)
    return made


@act
def answer_complaint(
    *,
    complaint_id: int,
    answered_on: date,
    answer: str,
    leads_to_change: bool,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> InformalComplaint:
    """Write down what was answered, and whether it leads to a change.

    :raises CannotHear: when it is answered, nothing is said, or the day cannot be
    """
    household_id = InformalComplaint.objects.filter(pk=complaint_id).values_list("household", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    complaint = InformalComplaint.objects.get(pk=complaint_id)
    if complaint.answered_on is not None:
        raise CannotHear(_("The complaint is answered already."))
    if not answer.strip():
        raise CannotHear(_("Write what was answered."), field="answer")
    if not complaint.received_on <= answered_on <= localdate(at):
        raise CannotHear(_("It is answered after it came, and not ahead of today."), field="answered_on")
    complaint.answered_on, complaint.answer = answered_on, answer.strip()
    complaint.answered_by, complaint.leads_to_change = by, leads_to_change
    complaint.save(update_fields=["answered_on", "answer", "answered_by", "leads_to_change"])
    close_tasks_about(complaint, by=by, at=at)
    journal.record(Act.COMPLAINT_ANSWERED, household_id=household_id, subject=complaint, by=by, at=at, on=answered_on)
    return complaint


def _refuse_a_survey_with_faults(asked: Asked, scores: Mapping[str, int], *, today: date) -> None:
    if asked.asked_on > today:
        raise CannotHear(_("That day has not come."), field="asked_on")
    if asked.asked_on < asked.moved_in_on:
        raise CannotHear(_("They had not moved in yet."), field="asked_on")
    if asked.outcome != SurveyOutcome.ANSWERED:
        return
    if asked.way not in SurveyWay.values:
        raise CannotHear(_("Say how they answered."), field="way")
    if not scores:
        raise CannotHear(_("Register at least one answer."), field=QUESTIONS[asked.kind][0])
    if not set(scores) <= set(QUESTIONS[asked.kind]) or not set(scores.values()) <= set(SurveyScore.values):
        raise CannotHear(_("Choose one of the answers."), field=QUESTIONS[asked.kind][0])


def _close_the_task(survey: Survey, *, by: Employee, at: datetime) -> None:
    due_on = survey_due_on(SurveyKind(survey.kind), survey.moved_in_on)
    asked = Task.objects.open().filter(household=survey.household_id, kind=TaskKind.ASK_SURVEY, due_on=due_on)
    for task in asked:
        close_task(task, by=by, at=at, because=TaskEnd.ACTED)
