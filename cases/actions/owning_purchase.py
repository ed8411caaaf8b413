"""The purchase: the household leaves its tenancy and owns its home from the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.buying import buy_rented_home
from cases.actions.leases import say_why_it_ended
from cases.actions.occupancy import residence_on
from cases.actions.owning import CannotGoOn, opened_agreement, record_owning, require_status
from cases.actions.residences import Destination, go
from cases.actions.tasks import close_tasks_about
from cases.models import Case, OwningAgreement, OwningStatus
from cases.wording import day_in_words
from housing.models import RENTALS, EndedBecause, Residence, ResidenceKind
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.transactions import act


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """What was bought and on what terms. `leaves_tenancy` says that the lease ends the same day."""

    on: date
    price: int | None = None
    leaves_tenancy: bool
    #: the home they rent; else another, and the one they rent is free
    is_rented_home: bool
    replaced_by_id: int | None = None


@act
def purchase(
    *, agreement_id: int, bought: Purchase, by: Employee, at: datetime, version: int | None = None
) -> OwningAgreement:
    """The home is the household's own from a day, at the latest the option's last; its tenancy ends that day.

    The municipal dwelling that it buys leaves the stock; one it moves out of can be let again.

    :raises CannotGoOn: when the option has run out, they are not ready, or do not leave the tenancy
    :raises CannotBuy: when the dwelling cannot be sold to them
    """
    household, case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, OwningStatus.READY)
    _refuse_purchase(agreement, bought, today=localdate(at))
    home = _home_of(household, case, bought, by=by, at=at)
    agreement.purchase(bought.on, home, bought.price)
    agreement.save(update_fields=["status", "purchased_on", "home", "price_paid"])
    close_tasks_about(agreement, by=by, at=at)
    freed = "no" if bought.is_rented_home else "yes"
    record_owning(Act.OWNING_PURCHASED, agreement, on=bought.on, by=by, at=at, freed=freed)
    return agreement


def _refuse_purchase(agreement: OwningAgreement, bought: Purchase, *, today: date) -> None:
    if bought.on > today:
        raise CannotGoOn(_("Register the purchase on the day the home is the household's."), field="on")
    if bought.on < agreement.agreed_on:
        raise CannotGoOn(_("The agreement is from %(day)s.") % {"day": day_in_words(agreement.agreed_on)}, field="on")
    if agreement.option_until is not None and bought.on > agreement.option_until:
        raise CannotGoOn(
            _("The option ran out on %(day)s.") % {"day": day_in_words(agreement.option_until)}, field="on"
        )


def _home_of(household: Household, case: Case, bought: Purchase, *, by: Employee, at: datetime) -> Residence:
    """The owned residence from the day: moved into now, or known already because somebody registered it."""
    here = residence_on(household, bought.on)
    if here is not None and here.kind == ResidenceKind.OWNED:
        return here
    require_moves(household)
    rents = here is not None and here.kind in RENTALS
    if rents and not bought.leaves_tenancy:
        raise CannotGoOn(
            _("Nobody has two homes here: say that they leave the tenancy the same day."), field="leaves_tenancy"
        )
    if not bought.is_rented_home:
        home = go(household, case, on=bought.on, to=Destination(ResidenceKind.OWNED), reason="", by=by, at=at)
    elif here is None or not rents:
        raise CannotGoOn(_("The household rents no home on that day."), field="which")
    elif here.dwelling_id is not None:
        return buy_rented_home(
            household_id=household.pk,
            on=bought.on,
            proceeds=bought.price,
            replaced_by_id=bought.replaced_by_id,
            by=by,
            at=at,
        )
    else:
        home = go(household, case, on=bought.on, to=Destination(ResidenceKind.OWNED), reason="", by=by, at=at)
    if here is not None:
        say_why_it_ended(here.pk, EndedBecause.BOUGHT)
    return home
