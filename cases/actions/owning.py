"""The way from renting to owning: agreed, saved for, looked at, bought, or ended with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import close_tasks_about
from cases.law import value
from cases.models import (
    ENDS_OF_OWNERS,
    ENDS_OF_TENANTS,
    Case,
    OwningAgreement,
    OwningEnd,
    OwningStatus,
    OwningWay,
)
from cases.wording import day_in_words
from housing.models import RENTALS, Residence, Tenancy
from housing.states import add_months
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: What is told of an agreement.
_TOLD = (
    "option_price",
    "option_until",
    "years",
    "saves_a_month",
    "saves_in_all",
    "buy_back_price",
    "buy_back_until",
)


class CannotAgree(Refusal):
    """The agreement cannot be that."""


class CannotGoOn(Refusal):
    """The agreement is not where this can be done to it."""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What household and municipality agreed about. `residence_id` is the rented home it goes out from."""

    way: OwningWay | str
    agreed_on: date
    residence_id: int | None = None
    option_price: int | None = None
    option_until: date | None = None
    years: int | None = None
    saves_a_month: int | None = None
    saves_in_all: int | None = None
    buy_back_price: int | None = None
    buy_back_until: date | None = None


@act
def agree_to_own(
    *, household_id: int, agreed: Agreed, by: Employee, at: datetime, version: int | None = None
) -> OwningAgreement:
    """Sign an agreement on the way to owning; who rents first has a lease, a price, a last day and years.

    :raises CannotAgree: when something of that lacks, a day is out of order, or there is an agreement already
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    _refuse_agreed(agreed, today=localdate(at))
    if OwningAgreement.objects.before_purchase().filter(household=household).exists():
        raise CannotAgree(_("The household has an agreement to buy already."))
    made: OwningAgreement = OwningAgreement.objects.create(
        household=household,
        tenancy=_tenancy(household, agreed),
        way=agreed.way,
        agreed_on=agreed.agreed_on,
        **{name: getattr(agreed, name) for name in _TOLD},
    )
    record_owning(Act.OWNING_AGREED, made, on=agreed.agreed_on, by=by, at=at, way=agreed.way)
    return made


@act
def become_ready(*, agreement_id: int, by: Employee, at: datetime, version: int | None = None) -> OwningAgreement:
    """The household can buy: its potential was looked at within the last year.

    :raises CannotGoOn: when it was not, or the agreement is not on the way there
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, OwningStatus.AGREED, OwningStatus.SAVING)
    today = localdate(at)
    months = value("owning.potential_months", on=today)
    looked_at = agreement.potentials.order_by("-made_on").first()
    if looked_at is None or today > add_months(looked_at.made_on, months):
        raise CannotGoOn(_("Look at their potential first: it must be less than a year old."))
    agreement.become_ready()
    agreement.save(update_fields=["status"])
    record_owning(Act.OWNING_READY, agreement, on=today, by=by, at=at)
    return agreement


@act
def save_up(*, agreement_id: int, by: Employee, at: datetime, version: int | None = None) -> OwningAgreement:
    """The household puts money aside; or does so again, when it turned out that it was not ready.

    :raises CannotGoOn: when it does so already, or has bought, or the agreement is over
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, OwningStatus.AGREED, OwningStatus.READY)
    agreement.save_up()
    agreement.save(update_fields=["status"])
    record_owning(Act.OWNING_SAVING, agreement, on=localdate(at), by=by, at=at)
    return agreement


@act
def end_agreement(
    *,
    agreement_id: int,
    on: date,
    because: OwningEnd | str,
    note: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> OwningAgreement:
    """It came to nothing, for a reason; or, after the purchase, it is over.

    :raises CannotGoOn: when it is over already, the reason is none of those that can be, or the day cannot be
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    if agreement.status == OwningStatus.ENDED:
        raise CannotGoOn(_("The agreement has ended already."))
    first = agreement.purchased_on or agreement.agreed_on
    _refuse_end(agreement, because, on=on, first=first, today=localdate(at))
    agreement.end(on, because)
    agreement.ended_note = note.strip()
    agreement.save(update_fields=["status", "ended_on", "ended_because", "ended_note"])
    close_tasks_about(agreement, by=by, at=at)
    record_owning(Act.OWNING_ENDED, agreement, on=on, by=by, at=at, because=because)
    return agreement


def opened_agreement(
    agreement_id: int, *, by: Employee, at: datetime, version: int | None
) -> tuple[Household, Case, OwningAgreement]:
    """The household behind its lock, its open case, and the agreement, read again under the lock.

    :raises Http404: when there is none that one may see
    :raises NoOpenCase: when the case is closed
    """
    household_id = OwningAgreement.objects.filter(pk=agreement_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    return household, case, get_object_or_404(OwningAgreement, pk=agreement_id, household=household)


def require_status(agreement: OwningAgreement, *statuses: OwningStatus) -> None:
    """:raises CannotGoOn: saying where the agreement stands, when that is none of the statuses"""
    if agreement.status not in statuses:
        raise CannotGoOn(
            _("That cannot be done now. The agreement stands as: %(status)s.")
            % {"status": agreement.get_status_display()}
        )


def record_owning(what: Act, agreement: OwningAgreement, *, on: date, by: Employee, at: datetime, **told: Any) -> None:
    details = {name: str(said) for name, said in told.items()}
    journal.record(what, household_id=agreement.household_id, subject=agreement, by=by, at=at, on=on, details=details)


def _tenancy(household: Household, agreed: Agreed) -> Tenancy | None:
    if agreed.residence_id is None:
        return None
    require_moves(household)
    rented: Residence | None = (
        Residence.objects.on(agreed.agreed_on)
        .filter(pk=agreed.residence_id, household=household, kind__in=RENTALS)
        .first()
    )
    if rented is None:
        raise CannotAgree(_("Choose the home they rent on that day."), field="residence")
    tenancy, _made = Tenancy.objects.get_or_create(residence=rented)
    return tenancy


def _refuse_agreed(agreed: Agreed, *, today: date) -> None:
    if agreed.way not in OwningWay.values:
        raise CannotAgree(_("Choose which way."), field="way")
    if agreed.agreed_on > today:
        raise CannotAgree(_("That day has not come."), field="agreed_on")
    if agreed.way != OwningWay.OWN_FIRST:
        for name, lacks in _LACKS.items():
            if not getattr(agreed, name):
                raise CannotAgree(lacks(), field=name.removesuffix("_id"))
    _refuse_pair(agreed, "option", _("An option has a price and a last day."))
    _refuse_pair(agreed, "buy_back", _("A buy-back has a price and a last day."))


_LACKS: dict[str, Callable[[], str]] = {
    "residence_id": lambda: _("Whoever rents first has a lease. Sign it first."),
    "option_price": lambda: _("Give the price agreed."),
    "option_until": lambda: _("Give the last day to buy."),
    "years": lambda: _("Give the years agreed."),
}


def _refuse_pair(agreed: Agreed, name: str, lacks: str) -> None:
    price, until = getattr(agreed, f"{name}_price"), getattr(agreed, f"{name}_until")
    if bool(price) != bool(until):
        raise CannotAgree(lacks, field=f"{name}_price" if until else f"{name}_until")
    if until is not None and until < agreed.agreed_on:
        raise CannotAgree(_("The last day cannot be before the agreement."), field=f"{name}_until")


def _refuse_end(agreement: OwningAgreement, because: OwningEnd | str, *, on: date, first: date, today: date) -> None:
    known = ENDS_OF_OWNERS if agreement.purchased_on else ENDS_OF_TENANTS
    if because not in known:
        raise CannotGoOn(_("Choose why it ended."), field="because")
    if not first <= on <= today:
        raise CannotGoOn(_("The day is between %(first)s and today.") % {"first": day_in_words(first)}, field="on")
    if because == OwningEnd.BOUGHT_BACK and (agreement.buy_back_until is None or on > agreement.buy_back_until):
        raise CannotGoOn(_("There is no right to buy back on that day."), field="on")
