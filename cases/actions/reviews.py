"""A leader's look at long stays."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import BreachReason, BreachReview, MonthSignOff
from housing.models import Spell
from people import journal
from people.access import locked_household, units_with
from people.journal import Act
from people.models import Employee, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotReview(Refusal):
    """There is no stay to review, or the review says too little."""


class CannotSign(Refusal):
    """The month is not one that can be signed."""


@act
def review_breach(
    *,
    household_id: int,
    reason: BreachReason,
    measure: str,
    deadline: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> BreachReview:
    """Say why a stay is near or over three months, what is done about it and by when. The newest review is in force.

    :raises CannotReview: without a stay, without a measure, or with a deadline that has passed
    """
    household = locked_household(by, Permission.REVIEW_BREACHES, household_id=household_id, at=at, version=version)
    today = localdate(at)
    if not measure.strip():
        raise CannotReview(_("Write what is to be done."), field="measure")
    if deadline < today:
        raise CannotReview(_("The deadline has already passed."), field="deadline")
    stay = Spell.objects.stays().filter(household=household, starts_on__lte=today).order_by("starts_on").last()
    if stay is None:
        raise CannotReview(_("The household has no stay in temporary accommodation."))
    review = BreachReview.objects.create(
        household=household,
        first_night=stay.starts_on,
        reason=reason,
        measure=measure.strip(),
        deadline=deadline,
        reviewed_on=today,
        by=by,
    )
    details = {"code": str(reason), "first_night": stay.starts_on.isoformat(), "deadline": deadline.isoformat()}
    journal.record(Act.BREACH_REVIEWED, household_id=household.pk, subject=review, by=by, at=at, details=details)
    return review


@act
def sign_month(
    *,
    unit_id: int,
    month: date,
    over: int,
    soon: int,
    without_measure: int,
    by: Employee,
    at: datetime,
    note: str = "",
) -> MonthSignOff:
    """Sign that the unit's long stays of a month have been gone through, with the figures as they stand.

    `month` is any day of it; the figures are numbers of households. It concerns a unit, not a household, and stands
    in its own history rather than in the journal.

    :raises CannotSign: when the month has not begun
    :raises PermissionDenied: when the employee does not lead this unit
    """
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if not units_with(by, Permission.REVIEW_BREACHES, at=at).filter(pk=unit_id).exists():
        raise PermissionDenied
    first = month.replace(day=1)
    if first > localdate(at):
        raise CannotSign(_("The month has not begun."), field="month")
    return MonthSignOff.objects.create(
        unit=unit,
        month=first,
        over=over,
        soon=soon,
        without_measure=without_measure,
        note=note.strip(),
        signed_by=by,
        signed_at=at,
    )
