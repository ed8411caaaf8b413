"""Asking the unit that answers for a household to put right what a figure shows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import open_task
from cases.models import Task, TaskKind
from people.access import reported_households, units_with
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: What fits in a task's words.
LONGEST_WORDS = 200


class CannotAsk(Refusal):
    """Nothing is said of what is wrong."""


def household_to_correct(ref: str, *, by: Employee, at: datetime) -> Household:
    """The household behind a row without a name, of a municipality that `by` reports for. It is not opened.

    :raises Http404: when there is none such, or it is shielded or sealed: those are counted only
    """
    return _one_of(Household.objects.filter(ref=ref), by=by, at=at)


def _one_of(asked: QuerySet[Household], *, by: Employee, at: datetime) -> Household:
    units = units_with(by, Permission.ASK_FOR_CORRECTION, at=at)
    households = asked.filter(municipality__in=units.values("municipality"))
    found = reported_households(households, by, at=at).first()
    if found is None:
        raise Http404
    return found


@act
def ask_for_correction(*, household_id: int, words: str, by: Employee, at: datetime) -> Task:
    """Open a task with the reporter's words, for whoever is responsible for the case, today.

    :raises Http404: as `household_to_correct`
    :raises CannotAsk: without words
    """
    household = _one_of(Household.objects.filter(pk=household_id), by=by, at=at)
    if not words.strip():
        raise CannotAsk(_("Write what is to be put right."), field="words")
    about = words.strip()[:LONGEST_WORDS]
    return open_task(household=household, kind=TaskKind.OTHER, due_on=localdate(at), about=about, by=by, at=at)
