"""Time away from a place that is held: it changes no clock."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.occupancy import residence_on
from cases.wording import day_in_words, period_in_words
from housing.models import Absence
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotBeAway(Refusal):
    """The absence cannot be as told."""


@act
def record_absence(
    *,
    household_id: int,
    starts_on: date,
    where: str,
    by: Employee,
    at: datetime,
    ends_on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Absence:
    """The household is away, in hospital or custody or on a visit, and its place is held. Not held is moved out.

    :raises CannotBeAway: without a place to be away from, without a where, or for a period that cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case_to_act_on(household, by=by, at=at)
    if not where.strip():
        raise CannotBeAway(_("Say where the household is."), field="where")
    _refuse_period(household, starts_on, ends_on, today=localdate(at))
    absence = Absence.objects.create(
        household=household, starts_on=starts_on, ends_on=ends_on, where=where.strip(), is_held=True
    )
    _record(Act.ABSENCE_RECORDED, absence, on=starts_on, reason=reason, by=by, at=at)
    return absence


@act
def end_absence(*, absence_id: int, on: date, by: Employee, at: datetime, version: int | None = None) -> Absence:
    """The household is back, from a night on.

    :raises CannotBeAway: when it is back already, or the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household_id = Absence.objects.filter(pk=absence_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case_to_act_on(household, by=by, at=at)
    absence = Absence.objects.get(pk=absence_id)
    if absence.ends_on is not None and absence.ends_on <= localdate(at):
        raise CannotBeAway(_("The household is already back."))
    if on <= absence.starts_on:
        raise CannotBeAway(
            _("The household went away on %(day)s: it comes back later.") % {"day": day_in_words(absence.starts_on)},
            field="on",
        )
    absence.ends_on = on
    absence.save(update_fields=["ends_on"])
    _record(Act.ABSENCE_ENDED, absence, on=on, by=by, at=at)
    return absence


def _refuse_period(household: Household, starts_on: date, ends_on: date | None, *, today: date) -> None:
    if starts_on > today:
        raise CannotBeAway(_("An absence is registered when it has begun."), field="starts_on")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotBeAway(_("The end must come after the start."), field="ends_on")
    if residence_on(household, starts_on) is None:
        raise CannotBeAway(_("The household has no place to be away from on that day."), field="starts_on")
    for other in Absence.objects.filter(household=household).order_by("starts_on"):
        is_before = other.ends_on is not None and other.ends_on <= starts_on
        is_after = ends_on is not None and ends_on <= other.starts_on
        if not is_before and not is_after:
            period = period_in_words(other.starts_on, other.ends_on)
            raise CannotBeAway(
                _("The household is already registered as away %(period)s.") % {"period": period}, field="starts_on"
            )


def _record(what: Act, absence: Absence, *, on: date, by: Employee, at: datetime, reason: str = "") -> None:
    days = {"starts_on": absence.starts_on, "ends_on": absence.ends_on}
    details = {name: day.isoformat() for name, day in days.items() if day is not None}
    journal.record(
        what, household_id=absence.household_id, subject=absence, by=by, at=at, on=on, reason=reason, details=details
    )
