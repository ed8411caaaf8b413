"""What is done against an eviction: tries to reach the household, and measures with what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.evictions import opened_eviction, refuse_ended
from cases.actions.tasks import close_tasks_about
from cases.models import (
    ContactWay,
    EvictionContact,
    EvictionMeasure,
    EvictionMeasureKind,
    MeasureResult,
    TaskKind,
)
from people import journal
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act


class CannotNoteContact(Refusal):
    """The try to reach the household cannot be noted so."""


class CannotTakeMeasure(Refusal):
    """The measure cannot be written down so."""


@dataclass(frozen=True, kw_only=True)
class NewMeasure:
    """Something done so that the household stays; `amount` in kroner: a month's part of a plan, or what was paid."""

    kind: EvictionMeasureKind | str
    starts_on: date
    amount: int | None = None
    note: str = ""


@act
def note_eviction_contact(
    *,
    eviction_id: int,
    on: date,
    way: ContactWay | str,
    reached: bool,
    by: Employee,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> EvictionContact:
    """Somebody tried to reach the household. Each try is noted, also one that nobody answered.

    :raises CannotNoteContact: without a way, or with a day that cannot be
    :raises CannotEndEviction: when it has ended
    """
    _household, _case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    refuse_ended(eviction)
    if way not in ContactWay.values:
        raise CannotNoteContact(_("Choose how."), field="way")
    if on > localdate(at):
        raise CannotNoteContact(_("That day has not come."), field="on")
    made = EvictionContact.objects.create(eviction=eviction, on=on, way=way, reached=reached, note=note.strip(), by=by)
    if reached:
        close_tasks_about(eviction, TaskKind.EVICTION_CONTACT, by=by, at=at)
    details = {"way": str(way), "reached": "yes" if reached else "no"}
    journal.record(
        Act.EVICTION_CONTACT, household_id=eviction.household_id, subject=eviction, by=by, at=at, on=on, details=details
    )
    return made


@act
def take_measure(
    *, eviction_id: int, measure: NewMeasure, by: Employee, at: datetime, version: int | None = None
) -> EvictionMeasure:
    """Something is done so that the household can stay.

    :raises CannotTakeMeasure: without a kind, or with a day that has not come
    :raises CannotEndEviction: when it has ended
    """
    _household, _case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    refuse_ended(eviction)
    if measure.kind not in EvictionMeasureKind.values:
        raise CannotTakeMeasure(_("Choose a measure."), field="kind")
    if measure.starts_on > localdate(at):
        raise CannotTakeMeasure(_("That day has not come."), field="starts_on")
    made = EvictionMeasure.objects.create(
        eviction=eviction,
        kind=measure.kind,
        starts_on=measure.starts_on,
        amount=measure.amount,
        note=measure.note.strip(),
        by=by,
    )
    journal.record(
        Act.EVICTION_MEASURE,
        household_id=eviction.household_id,
        subject=eviction,
        by=by,
        at=at,
        on=measure.starts_on,
        details={"kind": str(measure.kind)},
    )
    return made


@act
def tell_result(
    *, measure_id: int, result: MeasureResult | str, on: date, by: Employee, at: datetime, version: int | None = None
) -> EvictionMeasure:
    """What came of a measure.

    :raises CannotTakeMeasure: when that is told already, or the day cannot be
    """
    eviction_id = EvictionMeasure.objects.filter(pk=measure_id).values_list("eviction_id", flat=True).first()
    if eviction_id is None:
        raise Http404
    _household, _case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    measure = get_object_or_404(EvictionMeasure, pk=measure_id, eviction=eviction)
    if measure.result:
        raise CannotTakeMeasure(_("What came of it is told already."))
    if result not in MeasureResult.values:
        raise CannotTakeMeasure(_("Choose what came of it."), field="result")
    if not measure.starts_on <= on <= localdate(at):
        raise CannotTakeMeasure(_("It is between the day the measure began and today."), field="on")
    measure.result, measure.result_on = result, on
    measure.save(update_fields=["result", "result_on"])
    journal.record(
        Act.EVICTION_MEASURE_TOLD,
        household_id=eviction.household_id,
        subject=eviction,
        by=by,
        at=at,
        on=on,
        details={"kind": str(measure.kind), "result": str(result)},
    )
    return measure
