"""The user's voice as pages show it: of a household, and of a unit's households together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.models import (
    HomeChoice,
    HomeShown,
    InformalComplaint,
    Survey,
    SurveyAnswer,
    SurveyKind,
    SurveyOutcome,
    SurveyQuestion,
)
from cases.questions.standing import Standing, standings
from cases.questions.wanted_heard import SurveyDue, surveys_due
from cases.what_runs import Running
from housing.models import Spell, SpellState
from people.models import Employee, Household, Responsibility, Unit

#: How far back a unit sees its answers.
LOOKS_BACK_DAYS = 365
#: Fewer answers than this are not shown as a mean: it would be somebody's answer.
FEWEST_ANSWERS = 5


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What one household has said, and may be asked."""

    surveys: list[Survey]
    complaints: list[InformalComplaint]
    choices: list[HomeChoice]
    moved_in_on: date | None
    to_ask: list[SurveyKind]


def voice_of(household: Household, *, on: date) -> Voice:
    """With the surveys that can be registered for the home they have, whether their time has come or not."""
    surveys = list(household.surveys.prefetch_related("answers").select_related("person").order_by("-asked_on", "-pk"))
    moved_in_on = home_since(household, on=on)
    asked = {survey.kind for survey in surveys if survey.moved_in_on == moved_in_on}
    homes = Prefetch("homes", HomeShown.objects.select_related("dwelling").order_by("pk"))
    may_name = household.sight.whereabouts
    return Voice(
        surveys=surveys,
        complaints=list(household.complaints.order_by("-received_on", "-pk")),
        choices=list(household.home_choices.prefetch_related(homes).order_by("-on", "-pk")) if may_name else [],
        moved_in_on=moved_in_on,
        to_ask=[kind for kind in SurveyKind if moved_in_on and kind not in asked],
    )


def home_since(household: Household, *, on: date) -> date | None:
    """Since when they have the permanent home that they have that day."""
    spells = Spell.objects.filter(household=household, state=SpellState.PERMANENT).on(on)
    return spells.values_list("starts_on", flat=True).first()


def running_complaints(household: Household, on: date) -> Iterator[Running]:
    """Source of what runs: complaints that nobody has answered."""
    for complaint in household.complaints.unanswered():
        yield Running(
            label=_("Complaint"),
            state_label=complaint.get_about_display(),
            url=reverse("cases:voice", args=[household.key]),
            next_on=complaint.due_on,
            next_label=_("Answer the complaint"),
        )


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """What a unit's households answered to a question in the last year; None where too few did."""

    label: str | Promise
    answers: int
    mean: Decimal | None


@dataclass(frozen=True, kw_only=True)
class UnitVoice:
    unanswered: list[tuple[Standing, InformalComplaint]]
    due: list[tuple[Standing, SurveyDue]]
    questions: list[QuestionLine]
    asked: int
    answered: int
    led_to_change: int


def unit_voice(unit: Unit, employee: Employee, *, at: datetime) -> UnitVoice:
    """Whom to answer and whom to ask, and what was said in the last year.

    The lists are of households that the employee's lists show; the numbers count those of the unit all told.
    """
    on = localdate(at)
    since = on - timedelta(days=LOOKS_BACK_DAYS)
    answers_for = Responsibility.objects.on(on).filter(unit=unit)
    listed = Household.objects.visible_to(employee, at=at).filter(Exists(answers_for.filter(household=OuterRef("pk"))))
    open_complaints = list(InformalComplaint.objects.unanswered().filter(household__in=listed).order_by("due_on", "pk"))
    due = sorted(surveys_due(on, Q(household__in=listed)), key=lambda one: (one.due_on, one.household_id))
    told = standings(
        {*(one.household_id for one in open_complaints), *(one.household_id for one in due)}, by=employee, at=at
    )
    mine = Exists(answers_for.filter(household=OuterRef("household")))
    surveys: QuerySet[Survey] = Survey.objects.filter(mine, asked_on__gt=since, asked_on__lte=on)
    changes = InformalComplaint.objects.filter(mine, answered_on__gt=since, leads_to_change=True)
    return UnitVoice(
        unanswered=[(told[one.household_id], one) for one in open_complaints],
        due=[(told[one.household_id], one) for one in due],
        questions=_questions(surveys),
        asked=surveys.count(),
        answered=surveys.filter(outcome=SurveyOutcome.ANSWERED).count(),
        led_to_change=changes.count(),
    )


def _questions(surveys: QuerySet[Survey]) -> list[QuestionLine]:
    rows = SurveyAnswer.objects.filter(survey__in=surveys).values("question").annotate(n=Count("pk"), mean=Avg("score"))
    found = {row["question"]: row for row in rows}
    lines = []
    for question in SurveyQuestion:
        row = found.get(question.value)
        if row is None:
            continue
        is_shown = row["n"] >= FEWEST_ANSWERS
        mean = Decimal(row["mean"]).quantize(Decimal("0.1"), ROUND_HALF_UP) if is_shown else None
        lines.append(QuestionLine(label=question.label, answers=row["n"], mean=mean))
    return lines
