"""The leadership's own control (kommuneloven § 25-1): deviations, routines, risks, rules in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.models import ControlReview, Deviation, FoundBy, ReviewedKind, RuleObstacle, TaskKind
from people import journal
from people.access import locked_household, units_with
from people.journal import Act
from people.models import Employee, Household, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotControl(Refusal):
    """Something that the record needs is not told, or cannot be."""


@dataclass(frozen=True, kw_only=True)
class Handling:
    """What is made of a deviation: why it happened, what is done, who answers for it and by when."""

    cause: str
    measure: str
    due_on: date | None = None
    owner_id: int | None = None


@act
def report_deviation(
    *, what: str, found_by: FoundBy, household_id: int, by: Employee, at: datetime, version: int | None = None
) -> Deviation:
    """Report a failure in a household's case. Its leader gets a task.

    :raises CannotControl: without a word on what went wrong
    """
    household = locked_household(by, Permission.VIEW_HOUSEHOLD, household_id=household_id, at=at, version=version)
    today = localdate(at)
    _require(what, "what", _("Write what went wrong."))
    unit = unit_of(household, on=today)
    made = Deviation.objects.create(
        unit=unit, household=household, what=what.strip(), found_by=found_by, reported_by=by, reported_on=today
    )
    open_task(
        household=household, kind=TaskKind.CLOSE_DEVIATION, due_on=today, for_leader=True, subject=made, by=by, at=at
    )
    journal.record(Act.DEVIATION_REPORTED, household_id=household.pk, subject=made, by=by, at=at)
    return made


@act
def note_deviation(*, unit_id: int, what: str, found_by: FoundBy, by: Employee, at: datetime) -> Deviation:
    """The same, of no household: the leader's, at a unit that `by` leads.

    :raises CannotControl: without a word on what went wrong
    """
    unit = _led(unit_id, by=by, at=at)
    _require(what, "what", _("Write what went wrong."))
    return Deviation.objects.create(
        unit=unit, what=what.strip(), found_by=found_by, reported_by=by, reported_on=localdate(at)
    )


@act
def handle_deviation(
    *, deviation_id: int, handling: Handling, effect: str, close: bool, by: Employee, at: datetime
) -> Deviation:
    """Write cause, measure, owner and deadline; close it when it is seen that the measure helped.

    :raises CannotControl: when it is closed already, or is to be closed without cause, measure or effect
    """
    found = Deviation.objects.select_for_update(no_key=True).filter(pk=deviation_id).first()
    if found is None:
        raise Http404
    _led(found.unit_id, by=by, at=at)
    _require_shown(found.household_id, by=by, at=at)
    if found.closed_on is not None:
        raise CannotControl(_("The deviation is already closed."))
    if close:
        _require(handling.cause, "cause", _("Write the cause."))
        _require(handling.measure, "measure", _("Write what was done."))
        _require(effect, "effect", _("Write whether the measure helped."))
        found.closed_on, found.closed_by, found.effect = localdate(at), by, effect.strip()
    found.cause, found.measure, found.due_on = handling.cause.strip(), handling.measure.strip(), handling.due_on
    found.owner_id = handling.owner_id
    found.save(update_fields=["cause", "measure", "due_on", "owner", "closed_on", "closed_by", "effect"])
    if close:
        close_tasks_about(found, by=by, at=at)
        if found.household_id is not None:
            journal.record(Act.DEVIATION_CLOSED, household_id=found.household_id, subject=found, by=by, at=at)
    return found


@act
def keep_review(
    *,
    unit_id: int,
    kind: ReviewedKind,
    title: str,
    text: str,
    measures: str,
    next_on: date,
    by: Employee,
    at: datetime,
    review_id: int | None = None,
) -> ControlReview:
    """Write down a routine or a risk review of today, or that it was gone through today; with the next day.

    :raises CannotControl: without a name, or with a next day that is not ahead
    """
    unit, today = _led(unit_id, by=by, at=at), localdate(at)
    _require(title, "title", _("Write what it is called."))
    if next_on <= today:
        raise CannotControl(_("The next day must be ahead."), field="next_on")
    kept = ControlReview(unit=unit, kind=kind)
    if review_id is not None:
        found = ControlReview.objects.filter(pk=review_id, unit=unit).first()
        if found is None:
            raise Http404
        kept = found
    kept.title, kept.text, kept.measures = title.strip(), text.strip(), measures.strip()
    kept.dated_on, kept.next_on, kept.owner = today, next_on, by
    kept.save()
    close_tasks_about(kept, by=by, at=at)
    return kept


@act
def report_obstacle(
    *, household_id: int, rule: str, stopped: str, better: str, by: Employee, at: datetime, version: int | None = None
) -> RuleObstacle:
    """Tell of a rule that stopped a good solution for a household.

    :raises CannotControl: without the rule or what it stopped
    """
    household = locked_household(by, Permission.VIEW_HOUSEHOLD, household_id=household_id, at=at, version=version)
    _require(rule, "rule", _("Write which rule it is."))
    _require(stopped, "stopped", _("Write what it stopped."))
    made = RuleObstacle.objects.create(
        unit=unit_of(household, on=localdate(at)),
        household=household,
        rule=rule.strip(),
        stopped=stopped.strip(),
        better=better.strip(),
        reported_by=by,
        reported_on=localdate(at),
    )
    journal.record(Act.OBSTACLE_REPORTED, household_id=household.pk, subject=made, by=by, at=at)
    return made


@act
def follow_obstacle(
    *,
    obstacle_id: int,
    sent_to: str,
    sent_on: date | None,
    answer: str,
    answered_on: date | None,
    by: Employee,
    at: datetime,
) -> RuleObstacle:
    """Write to whom it was told and when, and the answer. The database holds the days to their order."""
    found = RuleObstacle.objects.select_for_update(no_key=True).filter(pk=obstacle_id).first()
    if found is None:
        raise Http404
    _led(found.unit_id, by=by, at=at)
    _require_shown(found.household_id, by=by, at=at)
    found.sent_to, found.sent_on = sent_to.strip(), sent_on
    found.answer, found.answered_on = answer.strip(), answered_on
    found.save(update_fields=["sent_to", "sent_on", "answer", "answered_on"])
    return found


def _led(unit_id: int, *, by: Employee, at: datetime) -> Unit:
    """:raises Http404: unless `by` leads the unit"""
    unit = units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    return unit


def _require_shown(household_id: int | None, *, by: Employee, at: datetime) -> None:
    """:raises Http404: unless the household, if it is of one, stands in the lists of `by`"""
    visible = Household.objects.visible_to(by, at=at)
    if household_id is not None and not visible.filter(pk=household_id).exists():
        raise Http404


def _require(text: str, field: str, sentence: Promise) -> None:
    if not text.strip():
        raise CannotControl(sentence, field=field)
