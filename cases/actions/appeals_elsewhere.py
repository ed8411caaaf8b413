"""An appeal that was lodged with the wrong office is handed on to where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.appeals import CannotDeal
from cases.models import AppealHandedOn
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Unit
from people.roles import Permission
from people.transactions import act


@act
def hand_on(
    *,
    household_id: int,
    received_on: date,
    about: str,
    reason: str,
    by: Employee,
    at: datetime,
    to_unit_id: int | None = None,
    to_body: str = "",
    version: int | None = None,
) -> AppealHandedOn:
    """Hand an appeal that was lodged here by mistake on to where it belongs, with a trace of when it came.

    :raises CannotDeal: naming the field at fault
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if received_on > localdate(at):
        raise CannotDeal(_("The day is not here yet."), field="received_on")
    if not about.strip():
        raise CannotDeal(_("Say what the appeal is about."), field="about")
    if not reason.strip():
        raise CannotDeal(_("Say why it belongs there."), field="reason")
    unit = Unit.objects.filter(pk=to_unit_id, municipality=household.municipality_id).first() if to_unit_id else None
    if (unit is None) == (not to_body.strip()):
        raise CannotDeal(_("Choose a unit, or write which other municipality or service."), field="to_unit")
    made = AppealHandedOn.objects.create(
        household=household,
        received_on=received_on,
        about=about.strip(),
        to_unit=unit,
        to_body=to_body.strip(),
        reason=reason.strip(),
        at=at,
        by=by,
    )
    journal.record(
        Act.APPEAL_HANDED_ON,
        household_id=household.pk,
        subject=made,
        by=by,
        at=at,
        on=received_on,
        reason=journal.in_a_line(made.reason),
        details={"to_unit": unit.ref if unit else None},
    )
    return made


def units_of(household: Household) -> Iterable[Unit]:
    """Units that an appeal can have come to first, or be handed on to."""
    return Unit.objects.filter(municipality=household.municipality_id).order_by("name", "pk")
