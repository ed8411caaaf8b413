"""A loan or grant from its commitment on: bidding, the home bought, paid out, prolonged, lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.buying import buy_rented_home
from cases.actions.calendar import case_to_act_on
from cases.actions.leases import say_why_it_ended
from cases.actions.loans import CannotLend, locked_loan, record
from cases.actions.occupancy import residence_on
from cases.actions.residences import HOMES, Destination, go
from cases.actions.tasks import close_tasks_about
from cases.models import UNDECIDED_LOANS, ClosingReason, LapsedBecause, LoanCase, LoanStatus
from housing.models import RENTALS, EndedBecause, Residence, ResidenceKind
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.transactions import act


class BoughtHome(StrEnum):
    """How the household comes to live in the home that it buys."""

    MOVES = "moves"
    RENTED = "rented"
    THERE = "there"


@dataclass(frozen=True, kw_only=True)
class Payout:
    """What is paid and when. Of a purchase: how they come to live in the home, and that the one they have is left."""

    on: date
    amount: int
    home: BoughtHome | str = BoughtHome.MOVES
    leaves_home: bool = False
    proceeds: int | None = None


@act
def start_bidding(*, loan_id: int, on: date, by: Employee, at: datetime, version: int | None = None) -> LoanCase:
    """The household bids on homes with the commitment in hand.

    :raises CannotLend: when there is none that holds that day, or it is not for a purchase
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.PRELIMINARY)
    _require_purchase(loan)
    _refuse_day(loan, on, at=at)
    _refuse_expired(loan, on)
    loan.bid(on=on)
    loan.save(update_fields=["status", "bidding_on"])
    record(Act.LOAN_BIDDING, loan, by=by, at=at, on=on)
    return loan


@act
def lose_bids(*, loan_id: int, by: Employee, at: datetime, version: int | None = None) -> LoanCase:
    """No home came of the bids; the commitment stands until it expires.

    :raises CannotLend: when they do not bid
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.BIDDING)
    loan.lose_bids()
    loan.save(update_fields=["status", "bidding_on"])
    record(Act.LOAN_BIDS_LOST, loan, by=by, at=at)
    return loan


@act
def register_purchase(
    *, loan_id: int, on: date, price: int, by: Employee, at: datetime, version: int | None = None
) -> LoanCase:
    """A bid was accepted: the home is bought, and taken over later.

    :raises CannotLend: when there is no commitment that holds that day, or the price is nothing
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.PRELIMINARY, LoanStatus.BIDDING)
    _require_purchase(loan)
    _refuse_day(loan, on, at=at)
    _refuse_expired(loan, on)
    if price <= 0:
        raise CannotLend(_("Write the price of the home."), field="price")
    loan.buy(on=on, price=price)
    loan.save(update_fields=["status", "bought_on", "price"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_HOME_BOUGHT, loan, by=by, at=at, on=on)
    return loan


@act
def lose_purchase(*, loan_id: int, by: Employee, at: datetime, version: int | None = None) -> LoanCase:
    """The purchase came to nothing before it was paid; the commitment stands until it expires.

    :raises CannotLend: when no home is bought
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.BOUGHT)
    loan.lose_home()
    loan.save(update_fields=["status", "bidding_on", "bought_on", "price"])
    record(Act.LOAN_HOME_LOST, loan, by=by, at=at)
    return loan


@act
def pay_out(*, loan_id: int, told: Payout, by: Employee, at: datetime, version: int | None = None) -> LoanCase:
    """Pay out a loan or grant. Of a purchase the household lives in its own home from the same day, and what it rented
    is left: a municipal dwelling comes free.

    :raises CannotLend: when it is above the commitment, used after its last day, not explained, or the household would
        keep the home it has
    :raises NoOpenCase: when the household moves, and its case is closed
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.BOUGHT if loan.is_purchase else LoanStatus.PRELIMINARY)
    _refuse_day(loan, told.on, at=at, field="on")
    if not loan.is_purchase:
        _refuse_expired(loan, told.on)
    _refuse_amount(loan, told.amount)
    if loan.is_loan and not loan.is_explained:
        raise CannotLend(_("First explain the loan by word of mouth and look in the debt register, and record both."))
    if loan.is_purchase:
        loan.home = _move_in(loan, told, by=by, at=at)
    loan.pay_out(on=told.on, amount=told.amount)
    loan.save(update_fields=["status", "paid_on", "amount", "home"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_PAID, loan, by=by, at=at, on=told.on, amount=told.amount)
    return loan


@act
def prolong_commitment(
    *, loan_id: int, until: date, by: Employee, at: datetime, version: int | None = None
) -> LoanCase:
    """Let a commitment that is not used hold longer; also one whose time has run out, while it stands.

    :raises CannotLend: when nothing is committed, or the day is not later
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    _require(loan, LoanStatus.PRELIMINARY, LoanStatus.BIDDING)
    if until < localdate(at) or (loan.expires_on is not None and until <= loan.expires_on):
        raise CannotLend(_("Choose a day after the one it holds until now, and not one gone by."), field="until")
    loan.expires_on = until
    loan.save(update_fields=["expires_on"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_PROLONGED, loan, by=by, at=at, until=until.isoformat())
    return loan


@act
def lapse_loan(
    *, loan_id: int, on: date, because: LapsedBecause | str, by: Employee, at: datetime, version: int | None = None
) -> LoanCase:
    """It came to nothing without being refused: the time ran out, or they want it no more.

    :raises CannotLend: when it is ended already, no reason is given, or the day is ahead
    """
    loan = locked_loan(loan_id, by=by, at=at, version=version)
    if not loan.is_open:
        raise CannotLend(_("It is ended already."))
    if because not in LapsedBecause.values:
        raise CannotLend(_("Choose why it lapsed."), field="because")
    if because == LapsedBecause.EXPIRED and loan.can_be_used(on):
        raise CannotLend(_("The commitment still holds on that day."), field="because")
    if not loan.opened_on <= on <= localdate(at):
        raise CannotLend(_("It lapses between the day it was first considered and today."), field="on")
    _lapse(loan, on=on, because=because, by=by, at=at)
    return loan


def lapse_loans_of(
    household: Household, closing_reason: str, *, on: date, because: str, by: Employee, at: datetime
) -> None:
    """Inside the act by which the household is no more here. What is bought already is left as it is, and of who joins
    another so is a commitment."""
    not_used = () if closing_reason == ClosingReason.JOINED else (LoanStatus.PRELIMINARY, LoanStatus.BIDDING)
    left = LapsedBecause.MOVED_AWAY if closing_reason == ClosingReason.MOVED_AWAY else LapsedBecause.OTHER
    for loan in LoanCase.objects.filter(household=household, status__in=(*UNDECIDED_LOANS, *not_used)):
        _lapse(loan, on=max(on, loan.opened_on), because=left, by=by, at=at, reason=because)


def _lapse(
    loan: LoanCase, *, on: date, because: LapsedBecause | str, by: Employee, at: datetime, reason: str = ""
) -> None:
    loan.lapse(on=on, because=because)
    loan.save(update_fields=["status", "ended_on", "lapsed_because"])
    close_tasks_about(loan, by=by, at=at)
    record(Act.LOAN_LAPSED, loan, by=by, at=at, on=on, reason=reason, because=str(because))


def _move_in(loan: LoanCase, told: Payout, *, by: Employee, at: datetime) -> Residence:
    household = loan.household
    if told.home == BoughtHome.RENTED:
        return buy_rented_home(household_id=household.pk, on=told.on, proceeds=told.proceeds, by=by, at=at)
    here = residence_on(household, told.on)
    if told.home == BoughtHome.THERE:
        if here is None or here.kind != ResidenceKind.OWNED:
            raise CannotLend(_("The household owns no home on that day. It must leave the one it rents."), field="home")
        return here
    if told.home != BoughtHome.MOVES:
        raise CannotLend(_("Say how they come to live in the home."), field="home")
    if here is not None and here.kind in HOMES and not told.leaves_home:
        raise CannotLend(
            _("The household still has the home it lives in. It leaves that the day it takes over the one it buys."),
            field="leaves_home",
        )
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    home = go(household, case, on=told.on, to=Destination(ResidenceKind.OWNED), reason="", by=by, at=at)
    if here is not None and here.kind in RENTALS:
        say_why_it_ended(here.pk, EndedBecause.BOUGHT)
    return home


def _require(loan: LoanCase, *states: LoanStatus) -> None:
    if loan.status not in states:
        raise CannotLend(
            _("This cannot be done now: the loan or grant stands as “%(state)s”.")
            % {"state": loan.get_status_display()}
        )


def _require_purchase(loan: LoanCase) -> None:
    if not loan.is_purchase:
        raise CannotLend(_("It is not for buying a home."))


def _refuse_day(loan: LoanCase, on: date, *, at: datetime, field: str = "on") -> None:
    if on > localdate(at):
        raise CannotLend(_("That day has not come."), field=field)
    earliest = max(day for day in (loan.decided_on, loan.bought_on, loan.opened_on) if day is not None)
    if on < earliest:
        raise CannotLend(_("That is before what it follows from."), field=field)


def _refuse_expired(loan: LoanCase, on: date) -> None:
    if not loan.can_be_used(on):
        raise CannotLend(
            _("The commitment could be used until %(day)s. Prolong it first.") % {"day": loan.expires_on}, field="on"
        )


def _refuse_amount(loan: LoanCase, amount: int) -> None:
    if amount <= 0:
        raise CannotLend(_("The amount must be more than nothing."), field="amount")
    if loan.amount is not None and amount > loan.amount:
        raise CannotLend(
            _("The commitment is of %(amount)s kroner: no more can be paid out.") % {"amount": loan.amount},
            field="amount",
        )
