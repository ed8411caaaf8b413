"""Help to rent on the private market, noted one time each."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.models import PrivateHelp, PrivateHelpKind
from housing.models import Landlord
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotHelp(Refusal):
    """The help cannot be noted so."""


@act
def note_help(
    *,
    household_id: int,
    kind: PrivateHelpKind | str,
    on: date,
    by: Employee,
    at: datetime,
    landlord_id: int | None = None,
    note: str = "",
    version: int | None = None,
) -> PrivateHelp:
    """Somebody was helped to rent, or to keep a private tenancy.

    :raises CannotHelp: without a kind, with a day ahead, or a landlord that is not on the list
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if kind not in PrivateHelpKind.values:
        raise CannotHelp(_("Choose how you helped."), field="kind")
    if on > localdate(at):
        raise CannotHelp(_("That day has not come."), field="on")
    landlord = None
    if landlord_id is not None:
        require_whereabouts(household)
        landlord = Landlord.objects.filter(pk=landlord_id, municipality=household.municipality_id).first()
        if landlord is None:
            raise CannotHelp(_("Choose one of the landlords on the list."), field="landlord")
    made = PrivateHelp.objects.create(
        household=household, kind=kind, on=on, landlord=landlord, note=note.strip(), by=by
    )
    journal.record(
        Act.HELPED_TO_RENT, household_id=household.pk, subject=made, by=by, at=at, on=on, details={"kind": str(kind)}
    )
    return made
