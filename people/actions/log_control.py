"""A leader goes through what was read in a month: marks each finding, and signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.access import units_with
from people.models import Employee, FindingMark, FindingOutcome, LogControl, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: A note shorter than this explains nothing.
SHORTEST_NOTE = 10


class CannotMark(Refusal):
    """The note says too little, or the finding is about the marker's own reads."""


class CannotSignControl(Refusal):
    """The month is not over, or not all of it has been gone through."""


@act
def mark_finding(
    *,
    unit_id: int,
    month: date,
    employee_id: int | None,
    household_id: int | None,
    signs: Sequence[str],
    weight: int,
    outcome: FindingOutcome,
    note: str,
    by: Employee,
    at: datetime,
) -> FindingMark:
    """Say what a finding came to. The newest mark of a finding counts, until the month is signed.

    :raises CannotMark: with a note that says too little, or about one's own reads
    :raises IntegrityError: when the month is signed
    """
    unit = _locked(unit_id, by, at)
    if employee_id == by.pk:
        raise CannotMark(_("Somebody else must look at what you have read yourself."))
    if len(note.strip()) < SHORTEST_NOTE:
        raise CannotMark(_("Write what explains it, or what is to be done."), field="note")
    return FindingMark.objects.create(
        unit=unit,
        month=month.replace(day=1),
        employee_id=employee_id,
        household_id=household_id,
        signs=list(signs),
        weight=weight,
        outcome=outcome,
        note=note.strip(),
        marked_by=by,
        marked_at=at,
    )


@act
def sign_log_control(
    *,
    unit_id: int,
    month: date,
    reads: int,
    findings: Sequence[tuple[int | None, int | None]],
    note: str,
    by: Employee,
    at: datetime,
) -> LogControl:
    """Sign that a month has been gone through. `findings` are its own, by (employee, household).

    :raises CannotSignControl: before the month is over, or while a finding about others' reads has no mark
    :raises IntegrityError: when it is signed already
    """
    unit, first = _locked(unit_id, by, at), month.replace(day=1)
    today = localdate(at)
    if (first.year, first.month) >= (today.year, today.month):
        raise CannotSignControl(_("The month is not over yet."))
    marks = marks_of(unit, first)
    own = [key for key in findings if key not in marks and key[0] == by.pk]
    left = [key for key in findings if key not in marks and key[0] != by.pk]
    if left:
        raise CannotSignControl(_("Some findings have not been looked at yet. Mark each of them first."))
    return LogControl.objects.create(
        unit=unit,
        month=first,
        reads=reads,
        findings=len(findings),
        followed_up=sum(marks[key].outcome == FindingOutcome.FOLLOW_UP for key in findings if key in marks),
        left_to_others=len(own),
        note=note.strip(),
        signed_by=by,
        signed_at=at,
    )


def marks_of(unit: Unit, month: date) -> dict[tuple[int | None, int | None], FindingMark]:
    """The newest mark of each finding, by (employee, household)."""
    marks = FindingMark.objects.filter(unit=unit, month=month).select_related("marked_by").order_by("pk")
    return {(mark.employee_id, mark.household_id): mark for mark in marks}


def _locked(unit_id: int, by: Employee, at: datetime) -> Unit:
    """The unit, locked, so that nobody marks what is being signed."""
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if not units_with(by, Permission.CONTROL_READINGS, at=at).filter(pk=unit_id).exists():
        raise PermissionDenied
    return unit
