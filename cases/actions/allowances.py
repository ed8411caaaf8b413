"""Housing allowance (bostøtte): considered, applied for, answered, ended. Husbanken decides; here it is followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import close_tasks_about
from cases.models import (
    ALLOWANCE_ANSWERS,
    AllowanceCheck,
    AllowanceFinding,
    AllowanceOutcome,
    HousingAllowance,
    TaskKind,
)
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotFollowAllowance(Refusal):
    """The allowance cannot be considered, applied for, answered or ended so."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What Husbanken answered. `starts_on`, and perhaps `ends_on`, of what is granted."""

    outcome: AllowanceOutcome | str
    decided_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


@act
def check_allowance(
    *,
    household_id: int,
    finding: AllowanceFinding | str,
    by: Employee,
    at: datetime,
    because: str = "",
    version: int | None = None,
) -> AllowanceCheck:
    """Somebody looked at whether the household may be entitled, and found so.

    :raises CannotFollowAllowance: without a finding, or one that ends it without a reason
    :raises NoOpenCase: when the case is closed
    """
    household = _household(household_id, by=by, at=at, version=version)
    if finding not in AllowanceFinding.values:
        raise CannotFollowAllowance(_("Choose what you found."), field="finding")
    if finding != AllowanceFinding.MAY_BE_ENTITLED and not because.strip():
        raise CannotFollowAllowance(_("Say why."), field="because")
    made = AllowanceCheck.objects.create(
        household=household, on=localdate(at), finding=finding, because=because.strip(), by=by
    )
    if finding != AllowanceFinding.MAY_BE_ENTITLED:
        close_tasks_about(household, TaskKind.APPLY_ALLOWANCE, by=by, at=at)
    journal.record(
        Act.ALLOWANCE_CHECKED,
        household_id=household.pk,
        subject=made,
        by=by,
        at=at,
        details={"finding": str(finding)},
    )
    return made


@act
def apply_for_allowance(
    *, household_id: int, on: date, by: Employee, at: datetime, note: str = "", version: int | None = None
) -> HousingAllowance:
    """The application was sent to Husbanken.

    :raises CannotFollowAllowance: when the day lies ahead, one of that day is known, or one waits for its answer
    :raises NoOpenCase: when the case is closed
    """
    household = _household(household_id, by=by, at=at, version=version)
    if on > localdate(at):
        raise CannotFollowAllowance(_("That day has not come."), field="on")
    known = household.allowances.all()
    if known.filter(applied_on=on).exists():
        raise CannotFollowAllowance(_("An application from that day is already registered."), field="on")
    if known.filter(outcome="").exists():
        raise CannotFollowAllowance(_("An application waits for its answer. Register that first."))
    made = HousingAllowance.objects.create(household=household, applied_on=on, note=note.strip())
    close_tasks_about(household, TaskKind.APPLY_ALLOWANCE, by=by, at=at)
    _record(Act.ALLOWANCE_APPLIED, made, on=on, by=by, at=at)
    return made


@act
def answer_allowance(
    *, allowance_id: int, answer: Answer, by: Employee, at: datetime, version: int | None = None
) -> HousingAllowance:
    """Husbanken granted or refused it.

    :raises CannotFollowAllowance: when it is answered already, a day is out of order, or a grant has no first day
    """
    allowance = _allowance(allowance_id, by=by, at=at, version=version)
    if allowance.outcome:
        raise CannotFollowAllowance(_("It is answered already."))
    _refuse_answer(allowance, answer, today=localdate(at))
    allowance.outcome, allowance.decided_on = answer.outcome, answer.decided_on
    if answer.outcome == AllowanceOutcome.GRANTED:
        allowance.starts_on, allowance.ends_on = answer.starts_on, answer.ends_on
    allowance.note = answer.note.strip() or allowance.note
    allowance.save(update_fields=["outcome", "decided_on", "starts_on", "ends_on", "note"])
    told = {"outcome": str(answer.outcome)}
    _record(Act.ALLOWANCE_ANSWERED, allowance, on=answer.decided_on, by=by, at=at, **told)
    return allowance


@act
def end_allowance(
    *, allowance_id: int, on: date, by: Employee, at: datetime, version: int | None = None
) -> HousingAllowance:
    """What was granted is paid no longer; `on` is the first day it is not paid for.

    :raises CannotFollowAllowance: unless it is granted and runs, or when the day is before the first one
    """
    allowance = _allowance(allowance_id, by=by, at=at, version=version)
    if allowance.outcome != AllowanceOutcome.GRANTED:
        raise CannotFollowAllowance(_("Only what is granted has an end."))
    if allowance.ends_on is not None and allowance.ends_on <= localdate(at):
        raise CannotFollowAllowance(_("It has ended already."))
    if on <= (allowance.starts_on or allowance.applied_on):
        raise CannotFollowAllowance(_("The end must come after the first day."), field="on")
    allowance.ends_on = on
    allowance.save(update_fields=["ends_on"])
    _record(Act.ALLOWANCE_ENDED, allowance, on=on, by=by, at=at)
    return allowance


def end_allowances_of(household: Household, *, on: date, because: str, by: Employee, at: datetime) -> None:
    """What is paid ends on the day, and what was not paid before it lapses. Inside the act that ends the household."""
    for allowance in HousingAllowance.objects.unfinished(on).filter(household=household).order_by("pk"):
        begins = allowance.starts_on or allowance.applied_on
        if allowance.outcome == AllowanceOutcome.GRANTED and begins < on:
            allowance.ends_on = on
        else:
            allowance.decided_on = allowance.decided_on or max(on, allowance.applied_on)
            allowance.outcome, allowance.starts_on, allowance.ends_on = AllowanceOutcome.LAPSED, None, None
        allowance.save(update_fields=["outcome", "decided_on", "starts_on", "ends_on"])
        journal.record(
            Act.ALLOWANCE_ENDED,
            household_id=household.pk,
            subject=allowance,
            by=by,
            at=at,
            on=on,
            reason=because,
            details={"outcome": str(allowance.outcome)},
        )


def _household(household_id: int, *, by: Employee, at: datetime, version: int | None) -> Household:
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    return household


def _allowance(allowance_id: int, *, by: Employee, at: datetime, version: int | None) -> HousingAllowance:
    """The application behind its household's lock."""
    household_id = HousingAllowance.objects.filter(pk=allowance_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    _household(household_id, by=by, at=at, version=version)
    return HousingAllowance.objects.get(pk=allowance_id)


def _refuse_answer(allowance: HousingAllowance, answer: Answer, *, today: date) -> None:
    if answer.outcome not in ALLOWANCE_ANSWERS:
        raise CannotFollowAllowance(_("Choose the answer."), field="outcome")
    if not allowance.applied_on <= answer.decided_on <= today:
        raise CannotFollowAllowance(
            _("It is answered between the day it was applied for and today."), field="decided_on"
        )
    if answer.outcome == AllowanceOutcome.REFUSED:
        if answer.starts_on or answer.ends_on:
            raise CannotFollowAllowance(_("Only what is granted has a period."), field="starts_on")
        return
    if answer.starts_on is None:
        raise CannotFollowAllowance(_("Say from which day it is paid."), field="starts_on")
    if answer.ends_on is not None and answer.ends_on <= answer.starts_on:
        raise CannotFollowAllowance(_("The end must come after the first day."), field="ends_on")


def _record(what: Act, allowance: HousingAllowance, *, on: date, by: Employee, at: datetime, **details: Any) -> None:
    journal.record(what, household_id=allowance.household_id, subject=allowance, by=by, at=at, on=on, details=details)
