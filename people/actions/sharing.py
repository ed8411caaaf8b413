"""Letting another unit of the municipality follow a household together with the one that answers for it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household, shielded_households, units_with
from people.journal import Act
from people.models import (
    CoResponsibility,
    Employee,
    Household,
    Responsibility,
    SharingBasis,
    SharingPractice,
    Unit,
    UnitKind,
)
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Who shares a case: those on it, and the leader, who needs not open it for that.
_SHARES = (Permission.CHANGE_HOUSEHOLD, Permission.ASSIGN_OTHERS)


class CannotShare(Refusal):
    """The household cannot be shared with that unit, or no longer be."""


@act
def share(
    *,
    household_id: int,
    unit_id: int,
    basis: SharingBasis,
    reason: str,
    starts_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> CoResponsibility:
    """Let a unit read and follow the household as its own from a day, on a basis, with a reason.

    :raises CannotShare: for another municipality's unit, the responsible or a special one, a day ahead, or no reason
    """
    household = locked_household(by, _SHARES, household_id=household_id, at=at, version=version)
    today = localdate(at)
    units = Unit.objects.filter(municipality=household.municipality_id).exclude(kind=UnitKind.SPECIAL)
    unit = units.filter(pk=unit_id).first()
    if unit is None:
        raise CannotShare(_("Choose a unit of the household's municipality."), field="unit")
    if Responsibility.objects.on(today).filter(household=household, unit=unit).exists():
        raise CannotShare(_("This unit answers for the household already."), field="unit")
    if not reason.strip():
        raise CannotShare(_("Say why the units share the case."), field="reason")
    if starts_on > today:
        raise CannotShare(_("A case is shared from today or an earlier day."), field="starts_on")
    shared = CoResponsibility.objects.create(
        household=household, unit=unit, basis=basis, reason=reason.strip(), starts_on=starts_on
    )
    _record(Act.SHARED, shared, by=by, at=at, on=starts_on, reason=shared.reason)
    return shared


@act
def end_sharing(
    *, sharing_id: int, on: date, by: Employee, at: datetime, reason: str = "", version: int | None = None
) -> CoResponsibility:
    """Let the unit follow the household no longer from a day: consent withdrawn, or the task is done.

    :raises CannotShare: when it has ended, the day lies ahead, or it comes no later than the first day
    """
    found = CoResponsibility.objects.filter(pk=sharing_id).first()
    if found is None:
        raise Http404
    locked_household(by, _SHARES, household_id=found.household_id, at=at, version=version)
    # read again: somebody may have ended it while this act waited for the lock
    shared = CoResponsibility.objects.get(pk=sharing_id)
    if shared.ends_on is not None:
        raise CannotShare(_("The unit no longer shares the case."))
    if on > localdate(at):
        raise CannotShare(_("Sharing ends today or with effect from an earlier day."), field="on")
    if on <= shared.starts_on:
        raise CannotShare(_("The end must come after the first day."), field="on")
    shared.ends_on = on
    shared.save(update_fields=["ends_on"])
    _record(Act.SHARING_ENDED, shared, by=by, at=at, on=on, reason=reason.strip())
    return shared


@act
def begin_practice(
    *, unit_id: int, with_unit_id: int, basis: SharingBasis, reason: str, by: Employee, at: datetime
) -> SharingPractice:
    """Share every case of a unit one leads with another unit: those it has today, and those it gets from now on.

    :raises PermissionDenied: when `by` does not lead the unit
    :raises CannotShare: for another municipality's or a special unit, or without a reason
    """
    unit = _led(unit_id, by, at=at)
    units = Unit.objects.filter(municipality=unit.municipality_id).exclude(pk=unit.pk).exclude(kind=UnitKind.SPECIAL)
    with_unit = units.filter(pk=with_unit_id).first()
    if with_unit is None:
        raise CannotShare(_("Choose another unit of the municipality."), field="with_unit")
    if not reason.strip():
        raise CannotShare(_("Say why the units share every case."), field="reason")
    practice = SharingPractice.objects.create(
        unit=unit, with_unit=with_unit, basis=basis, reason=reason.strip(), starts_on=localdate(at)
    )
    answers = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    for household in Household.objects.filter(pk__in=answers).order_by("pk"):
        _share_by(practice, household, on=localdate(at), by=by, at=at)
    return practice


@act
def end_practice(*, practice_id: int, by: Employee, at: datetime) -> SharingPractice:
    """Share the cases that come no longer. Those shared before go on until each is ended: its basis is its own.

    :raises PermissionDenied: when `by` does not lead the unit
    :raises CannotShare: when it has ended
    """
    practice = SharingPractice.objects.select_for_update(no_key=True).filter(pk=practice_id).first()
    if practice is None:
        raise Http404
    _led(practice.unit_id, by, at=at)
    if practice.ends_on is not None:
        raise CannotShare(_("This has ended already."))
    practice.ends_on = localdate(at)
    practice.save(update_fields=["ends_on"])
    return practice


def share_by_practice(household: Household, unit: Unit, *, on: date, by: Employee, at: datetime) -> None:
    """Share a household that a unit comes to answer for as the unit shares every case, inside the act that gives it."""
    for practice in SharingPractice.objects.on(localdate(at)).filter(unit=unit).order_by("pk"):
        _share_by(practice, household, on=on, by=by, at=at)


def _share_by(practice: SharingPractice, household: Household, *, on: date, by: Employee, at: datetime) -> None:
    """Nothing for a shielded household, which is shared one by one, or for one shared already."""
    is_shielded = shielded_households(Household.objects.filter(pk=household.pk), on=localdate(at)).exists()
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    is_shared = CoResponsibility.objects.filter(lasting, household=household, unit=practice.with_unit_id).exists()
    if is_shielded or is_shared:
        return
    shared = CoResponsibility.objects.create(
        household=household,
        unit=practice.with_unit,
        basis=practice.basis,
        reason=practice.reason,
        starts_on=on,
    )
    _record(Act.SHARED, shared, by=by, at=at, on=on, reason=practice.reason)


def _led(unit_id: int, by: Employee, *, at: datetime) -> Unit:
    unit = units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).first()
    if unit is None:
        raise PermissionDenied
    return unit


def _record(what: Act, shared: CoResponsibility, *, by: Employee, at: datetime, on: date, reason: str) -> None:
    details = {"unit": shared.unit.ref, "basis": shared.basis}
    journal.record(
        what, household_id=shared.household_id, subject=shared, by=by, at=at, on=on, reason=reason, details=details
    )
