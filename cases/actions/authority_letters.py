"""Letters in which another authority asks something by a day: registered, with a task, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import close_tasks_about, open_task
from cases.models import Authority, AuthorityLetter, TaskKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotRegisterLetter(Refusal):
    """The letter says nothing to be done, or its days cannot be."""


class CannotAnswerLetter(Refusal):
    """It is answered already, or not so."""


@dataclass(frozen=True, kw_only=True)
class NewLetter:
    """What somebody reads out of the letter."""

    authority: Authority
    asks: str
    received_on: date
    due_on: date
    reference: str = ""


@act
def register_letter(
    *, household_id: int, letter: NewLetter, by: Employee, at: datetime, version: int | None = None
) -> AuthorityLetter:
    """Register a letter, with a task to answer it by its day.

    :raises CannotRegisterLetter: dated ahead, due before it came, or without a word on what it asks for
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if not letter.asks.strip():
        raise CannotRegisterLetter(_("Write what they ask for."), field="asks")
    if letter.received_on > localdate(at):
        raise CannotRegisterLetter(_("It cannot have been received later than today."), field="received_on")
    if letter.due_on < letter.received_on:
        raise CannotRegisterLetter(_("The deadline cannot be before the letter came."), field="due_on")
    made = AuthorityLetter.objects.create(
        household=household,
        authority=letter.authority,
        reference=letter.reference.strip(),
        asks=letter.asks.strip(),
        received_on=letter.received_on,
        due_on=letter.due_on,
        registered_by=by,
    )
    open_task(household=household, kind=TaskKind.EXTERNAL_LETTER, due_on=made.due_on, subject=made, by=by, at=at)
    _record(Act.AUTHORITY_WROTE, made, by=by, at=at, on=made.received_on)
    return made


@act
def answer_letter(
    *, letter_id: int, answered_on: date, answer: str, by: Employee, at: datetime, version: int | None = None
) -> AuthorityLetter:
    """Say when and what was answered; the task is done.

    :raises CannotAnswerLetter: when it is answered already, ahead of today or before it came, or without a word
    """
    found = AuthorityLetter.objects.filter(pk=letter_id).first()
    if found is None:
        raise Http404
    locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version)
    letter = AuthorityLetter.objects.get(pk=letter_id)
    if letter.answered_on is not None:
        raise CannotAnswerLetter(_("The letter is already answered."))
    if answered_on > localdate(at) or answered_on < letter.received_on:
        raise CannotAnswerLetter(
            _("It was answered between the day it came and today: write that day."), field="answered_on"
        )
    if not answer.strip():
        raise CannotAnswerLetter(_("Write what was answered."), field="answer")
    letter.answered_on, letter.answered_by, letter.answer = answered_on, by, answer.strip()
    letter.save(update_fields=["answered_on", "answered_by", "answer"])
    close_tasks_about(letter, by=by, at=at)
    _record(Act.AUTHORITY_ANSWERED, letter, by=by, at=at, on=answered_on)
    return letter


def _record(what: Act, letter: AuthorityLetter, *, by: Employee, at: datetime, on: date) -> None:
    details = {"authority": letter.authority, "due_on": letter.due_on.isoformat()}
    journal.record(what, household_id=letter.household_id, subject=letter, by=by, at=at, on=on, details=details)
