"""Letting another unit of the municipality follow a household together with the one that answers for it."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import CoResponsibility, Employee, Responsibility, SharingBasis, Unit, UnitKind
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


def _record(what: Act, shared: CoResponsibility, *, by: Employee, at: datetime, on: date, reason: str) -> None:
    details = {"unit": shared.unit.ref, "basis": shared.basis}
    journal.record(
        what, household_id=shared.household_id, subject=shared, by=by, at=at, on=on, reason=reason, details=details
    )
