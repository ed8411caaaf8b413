"""How it goes some months after moving in, and signs that the home may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import close_tasks_about
from cases.models import (
    EVALUATED_AFTER,
    SPECIAL_SIGNS,
    EarlyWarning,
    FidelityPoint,
    FidelityScore,
    FollowUpEvaluation,
    HowItGoes,
    TaskKind,
    WarningSign,
)
from cases.models.home_evaluation import LEAST, MOST
from cases.questions.follow_up import has_housing_first, moved_in_on
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotEvaluate(Refusal):
    """It cannot be said so how it goes."""


class CannotWarn(Refusal):
    """The sign cannot be noted or handled so."""


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """How it goes, as it was found. `scores`: points of Housing First with 1 to 5 each."""

    months: int
    held_on: date
    how: HowItGoes | str
    user_view: str = ""
    next_steps: str = ""
    scores: Mapping[str, int] = field(default_factory=dict)


@act
def evaluate_home(
    *, household_id: int, said: Evaluated, by: Employee, at: datetime, version: int | None = None
) -> FollowUpEvaluation:
    """It was asked how it goes, 3, 6 or 12 months after moving into the permanent home.

    :raises CannotEvaluate: without a permanent home, when it is held already, what is next is not said, a day is out of
        order, or points are scored without Housing First
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    home_on = moved_in_on(household, on=localdate(at))
    if home_on is None:
        raise CannotEvaluate(_("They do not live in a permanent home."))
    _refuse_evaluated(said, home_on, today=localdate(at))
    if said.scores and not has_housing_first(household, on=localdate(at)):
        raise CannotEvaluate(_("Points are scored only where Housing First is given."))
    if household.follow_up_evaluations.filter(moved_in_on=home_on, months=said.months).exists():
        raise CannotEvaluate(_("This evaluation is already held."), field="months")
    made = FollowUpEvaluation.objects.create(
        household=household,
        moved_in_on=home_on,
        months=said.months,
        held_on=said.held_on,
        how=said.how,
        user_view=said.user_view.strip(),
        next_steps=said.next_steps.strip(),
        by=by,
    )
    FidelityScore.objects.bulk_create(
        FidelityScore(evaluation=made, point=point, score=score) for point, score in said.scores.items()
    )
    close_tasks_about(household, TaskKind.EVALUATE_HOME, by=by, at=at)
    details = {"months": said.months, "how": str(said.how)}
    journal.record(
        Act.FOLLOW_UP_EVALUATED,
        household_id=household.pk,
        subject=made,
        by=by,
        at=at,
        on=said.held_on,
        details=details,
    )
    return made


@act
def see_warning(
    *,
    household_id: int,
    sign: WarningSign | str,
    seen_on: date,
    by: Employee,
    at: datetime,
    told_by: str = "",
    note: str = "",
    version: int | None = None,
) -> EarlyWarning:
    """Somebody saw a sign that the home may be lost. It is to be handled within a week.

    :raises CannotWarn: without a sign, or with a day ahead
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    if sign not in WarningSign.values:
        raise CannotWarn(_("Choose the sign."), field="sign")
    if seen_on > localdate(at):
        raise CannotWarn(_("That day has not come."), field="seen_on")
    made = EarlyWarning.objects.create(
        household=household, sign=sign, seen_on=seen_on, told_by=told_by.strip(), note=note.strip(), by=by
    )
    _record(Act.WARNING_SEEN, made, on=seen_on, by=by, at=at)
    return made


@act
def handle_warning(
    *, warning_id: int, on: date, how: str, by: Employee, at: datetime, version: int | None = None
) -> EarlyWarning:
    """What was done about a sign.

    :raises CannotWarn: when it is handled already, nothing says what was done, or the day is out of order
    """
    household_id = EarlyWarning.objects.filter(pk=warning_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    warning = EarlyWarning.objects.get(pk=warning_id)
    if warning.sign in SPECIAL_SIGNS and not household.sight.special:
        raise Http404
    if warning.handled_on is not None:
        raise CannotWarn(_("It is handled already."))
    if not how.strip():
        raise CannotWarn(_("Say what was done."), field="how")
    if not warning.seen_on <= on <= localdate(at):
        raise CannotWarn(_("It is handled between the day it was seen and today."), field="on")
    warning.handled_on, warning.handled_how = on, how.strip()
    warning.save(update_fields=["handled_on", "handled_how"])
    close_tasks_about(warning, by=by, at=at)
    _record(Act.WARNING_HANDLED, warning, on=on, by=by, at=at)
    return warning


def _refuse_evaluated(said: Evaluated, home_on: date, *, today: date) -> None:
    if said.months not in EVALUATED_AFTER:
        raise CannotEvaluate(_("Choose which evaluation it is."), field="months")
    if said.how not in HowItGoes.values:
        raise CannotEvaluate(_("Choose how it goes."), field="how")
    if not home_on < said.held_on <= today:
        raise CannotEvaluate(_("It is held after they moved in, and no later than today."), field="held_on")
    if said.how != HowItGoes.WELL and not said.next_steps.strip():
        raise CannotEvaluate(_("Say what is done next."), field="next_steps")
    for point, score in said.scores.items():
        if point not in FidelityPoint.values or not LEAST <= score <= MOST:
            raise CannotEvaluate(_("A score is a number from 1 to 5."), field=point)


def _record(what: Act, warning: EarlyWarning, *, on: date, by: Employee, at: datetime) -> None:
    """One line. The sign is named only where it is of no special kind."""
    details = {} if warning.sign in SPECIAL_SIGNS else {"sign": warning.sign}
    journal.record(what, household_id=warning.household_id, subject=warning, by=by, at=at, on=on, details=details)
