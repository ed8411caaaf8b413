"""A tenant who buys: the dwelling leaves the stock and the household lives in a home of its own the same day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import case_to_act_on
from cases.actions.leases import say_why_it_ended
from cases.actions.occupancy import lock_dwellings, residence_on
from cases.actions.residences import Destination, go
from housing.actions.dwellings import CannotDispose, leave_stock, require_keeper
from housing.models import RENTALS, Disposal, EndedBecause, Residence, ResidenceKind
from people.access import locked_household
from people.masking import require_moves, require_whereabouts
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotBuy(Refusal):
    """The household does not rent the dwelling, or it cannot be sold to it that day."""


@act
def buy_rented_home(
    *,
    household_id: int,
    on: date,
    by: Employee,
    at: datetime,
    proceeds: int | None = None,
    replaced_by_id: int | None = None,
    version: int | None = None,
) -> Residence:
    """The household buys the municipal dwelling it rents; whether another is bought in its place can be told.

    :raises CannotBuy: when it rents none of ours that day, or somebody has the dwelling later
    :raises CannotDispose: when the dwelling leaves the stock already
    :raises PermissionDenied: unless the employee keeps dwellings where it lies
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    require_whereabouts(household)
    case = case_to_act_on(household, by=by, at=at)
    if on > localdate(at):
        raise CannotBuy(_("Register the sale on the day the home is the household's."), field="on")
    rented = residence_on(household, on)
    if rented is None or rented.dwelling_id is None or rented.kind not in RENTALS:
        raise CannotBuy(_("The household rents none of the municipality's dwellings on that day."), field="on")
    dwelling = lock_dwellings([rented.dwelling_id])[rented.dwelling_id]
    require_keeper(by, dwelling.municipality_id, at)
    if Residence.objects.touching(on, None).filter(dwelling=dwelling).exclude(pk=rented.pk).exists():
        raise CannotDispose(_("The dwelling is let or held on that day or later."), field="on")
    home = go(household, case, on=on, to=Destination(ResidenceKind.OWNED), reason="", by=by, at=at)
    say_why_it_ended(rented.pk, EndedBecause.BOUGHT)
    leave_stock(dwelling, on=on, disposal=Disposal.SOLD_TO_TENANT, proceeds=proceeds, replaced_by_id=replaced_by_id)
    return home
