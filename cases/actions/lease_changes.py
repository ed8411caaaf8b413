"""What happens to a lease while it runs: notice, rent, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases import law
from cases.actions.journey import follow
from cases.actions.leases import opened_lease, say_why_it_ended
from cases.actions.needs import fear_no_more, fear_notice
from cases.actions.occupancy import residence_on
from cases.actions.residences import Destination, go
from cases.models import EvictionCase
from cases.questions.law import choices_of
from cases.wording import day_in_words
from housing.leases import notice_ends_on, rent_by_index
from housing.models import (
    RENTALS,
    EndedBecause,
    NoticeBecause,
    NoticeBy,
    RentBecause,
    Residence,
    Tenancy,
    TenancyRent,
)
from housing.states import add_months
from people import journal
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act


class CannotEndLease(Refusal):
    """The lease cannot end so."""


class CannotGiveNotice(Refusal):
    """The notice cannot be as told, or there is none to take back."""


class CannotSetRent(Refusal):
    """The rent cannot be that, or not from then."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice to quit. `ends_on` is the first day after it has run out; none: as the law or the lease has it."""

    given_on: date
    given_by: NoticeBy | str
    because: NoticeBecause | str
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewRent:
    """A rent from a day on. By the index the two index numbers are given, and the rent may be left to them."""

    starts_on: date
    because: RentBecause | str
    rent_a_month: int | None = None
    index_before: Decimal | None = None
    index_after: Decimal | None = None


@act
def end_lease(
    *,
    residence_id: int,
    on: date,
    because: EndedBecause | str,
    to: Destination,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Residence:
    """The household leaves its rented home for somewhere else on the same day. → where it is now.

    :raises CannotEndLease: without a reason, when it does not live there that day, or goes to a rented home
    :raises CannotLeave: when what is told of the new place does not go with its kind
    :raises NoOpenCase: when the case is closed
    """
    household, case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    if because not in EndedBecause.values or because == EndedBecause.RENEWED:
        raise CannotEndLease(_("Choose why the lease ended."), field="because")
    if to.kind in RENTALS:
        raise CannotEndLease(_("Sign the lease of the next home: that ends this one the same day."), field="kind")
    if residence_on(household, on) != residence:
        raise CannotEndLease(_("The household does not live there on that day."), field="on")
    tenancy = _tenancy_of(residence)
    now = go(household, case, on=on, to=to, reason="", by=by, at=at)
    say_why_it_ended(residence.pk, EndedBecause(because))
    _record(Act.LEASE_ENDED, tenancy, on=on, by=by, at=at, because=because, to=to.kind)
    return now


@act
def give_notice(
    *, residence_id: int, notice: Notice, by: Employee, at: datetime, version: int | None = None
) -> Tenancy:
    """Write down that tenant or landlord has given notice. Nobody has moved by it, but by the landlord's the home is at
    risk.

    :raises CannotGiveNotice: when there is a notice already, or the landlord's is shorter than agreed or lawful
    :raises NoOpenCase: when the case is closed
    """
    _household, case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    tenancy = _tenancy_of(residence)
    _refuse_notice(residence, tenancy, notice, today=localdate(at))
    earliest = earliest_end(residence, tenancy, given_on=notice.given_on)
    ends_on = notice.ends_on or earliest
    if ends_on < notice.given_on:
        raise CannotGiveNotice(_("The notice cannot run out before it is given."), field="ends_on")
    if notice.given_by == NoticeBy.LANDLORD and ends_on < earliest:
        raise CannotGiveNotice(
            _("Notice from the landlord runs until %(day)s at the earliest.") % {"day": day_in_words(earliest)},
            field="ends_on",
        )
    tenancy.notice_on, tenancy.notice_ends_on = notice.given_on, ends_on
    tenancy.notice_by, tenancy.notice_because = notice.given_by, notice.because
    tenancy.save(update_fields=["notice_on", "notice_ends_on", "notice_by", "notice_because"])
    told = {"given_by": notice.given_by, "because": notice.because, "ends_on": ends_on.isoformat()}
    _record(Act.NOTICE_TO_QUIT, tenancy, on=notice.given_on, by=by, at=at, **told)
    if notice.given_by == NoticeBy.LANDLORD:
        fear_notice(residence, given_on=notice.given_on, by=by, at=at)
        follow(case, on=localdate(at), by=by, at=at)
    return tenancy


@act
def withdraw_notice(*, residence_id: int, by: Employee, at: datetime, version: int | None = None) -> Tenancy:
    """The notice is taken back, and the lease goes on as before; what was at risk by it is no more.

    :raises CannotGiveNotice: when there is none
    :raises NoOpenCase: when the case is closed
    """
    household, case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    tenancy = _tenancy_of(residence)
    if tenancy.notice_on is None:
        raise CannotGiveNotice(_("There is no notice to take back."))
    if not EvictionCase.objects.open().filter(household=household).exists():
        fear_no_more(residence, on=localdate(at), by=by, at=at)
    told = {"given_by": tenancy.notice_by, "given_on": tenancy.notice_on.isoformat()}
    tenancy.notice_on = tenancy.notice_ends_on = None
    tenancy.notice_by = tenancy.notice_because = ""
    tenancy.save(update_fields=["notice_on", "notice_ends_on", "notice_by", "notice_because"])
    _record(Act.NOTICE_TO_QUIT_WITHDRAWN, tenancy, on=localdate(at), by=by, at=at, **told)
    follow(case, on=localdate(at), by=by, at=at)
    return tenancy


@act
def set_rent(
    *, residence_id: int, rent: NewRent, by: Employee, at: datetime, version: int | None = None
) -> TenancyRent:
    """Another rent from a day on. By the index it is at most what the index gives, once a year at the most.

    :raises CannotSetRent: when it is not money, not later than the last, or more or sooner than the index allows
    :raises NoOpenCase: when the case is closed
    """
    _household, _case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    tenancy = _tenancy_of(residence)
    last = tenancy.rents.order_by("-starts_on").first()
    _refuse_day_of_rent(residence, last, rent.starts_on)
    amount = rent.rent_a_month
    if rent.because == RentBecause.INDEX:
        amount = _by_index(residence, last, rent)
    if amount is None or amount <= 0:
        raise CannotSetRent(_("The rent must be more than nothing."), field="rent_a_month")
    is_index = rent.because == RentBecause.INDEX
    made = TenancyRent.objects.create(
        tenancy=tenancy,
        starts_on=rent.starts_on,
        rent_a_month=amount,
        because=rent.because,
        index_before=rent.index_before if is_index else None,
        index_after=rent.index_after if is_index else None,
    )
    _record(Act.RENT_SET, tenancy, on=rent.starts_on, by=by, at=at, because=rent.because, rent_a_month=amount)
    return made


def earliest_end(residence: Residence, tenancy: Tenancy | None, *, given_on: date) -> date:
    """The first day after a notice that is given on a day, by the lease or else by the law."""
    months = tenancy.notice_months if tenancy else None
    if months is None:
        months = law.value("lease.notice_months", on=given_on, choices=choices_of(residence.municipality_id))
    return notice_ends_on(given_on, months)


def _refuse_notice(residence: Residence, tenancy: Tenancy, notice: Notice, *, today: date) -> None:
    if tenancy.notice_on is not None:
        raise CannotGiveNotice(_("Notice has been given already. Take it back first."))
    if notice.given_by not in NoticeBy.values:
        raise CannotGiveNotice(_("Choose who gave notice."), field="given_by")
    if notice.because not in NoticeBecause.values:
        raise CannotGiveNotice(_("Choose why notice was given."), field="because")
    if notice.given_on > today:
        raise CannotGiveNotice(_("That day has not come."), field="given_on")
    if residence.ends_on is not None and notice.given_on >= residence.ends_on:
        raise CannotGiveNotice(_("The household had moved out by then."), field="given_on")


def _refuse_day_of_rent(residence: Residence, last: TenancyRent | None, starts_on: date) -> None:
    if starts_on < residence.starts_on or (residence.ends_on is not None and starts_on >= residence.ends_on):
        raise CannotSetRent(_("The household does not live there on that day."), field="starts_on")
    if last is not None and starts_on <= last.starts_on:
        raise CannotSetRent(
            _("The rent was fixed last from %(day)s. Give a later day.") % {"day": day_in_words(last.starts_on)},
            field="starts_on",
        )


def _by_index(residence: Residence, last: TenancyRent | None, rent: NewRent) -> int:
    if last is None:
        raise CannotSetRent(_("There is no rent that the index could move."), field="because")
    if not rent.index_before or not rent.index_after or rent.index_before <= 0 or rent.index_after <= 0:
        raise CannotSetRent(_("Give the index before and after."), field="index_before")
    choices = choices_of(residence.municipality_id)
    earliest = add_months(last.starts_on, law.value("lease.index_after_months", on=rent.starts_on, choices=choices))
    if rent.starts_on < earliest:
        raise CannotSetRent(
            _("By the index the rent can change on %(day)s at the earliest.") % {"day": day_in_words(earliest)},
            field="starts_on",
        )
    most = rent_by_index(last.rent_a_month, rent.index_before, rent.index_after)
    if rent.rent_a_month is not None and rent.rent_a_month > most:
        raise CannotSetRent(
            _("By the index the rent is at most %(most)s kroner.") % {"most": most}, field="rent_a_month"
        )
    return rent.rent_a_month if rent.rent_a_month is not None else most


def _tenancy_of(residence: Residence) -> Tenancy:
    """The papers of the lease; one known by its dates only gets them now."""
    tenancy, _made = Tenancy.objects.get_or_create(residence=residence)
    return tenancy


def _record(what: Act, subject: Tenancy, *, on: date, by: Employee, at: datetime, **details: Any) -> None:
    journal.record(
        what,
        household_id=subject.residence.household_id,
        subject=subject,
        by=by,
        at=at,
        on=on,
        details={name: str(value) for name, value in details.items()},
    )
