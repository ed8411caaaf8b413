"""The terms of a lease as they are signed, and what the law refuses of them. Inside an act, never one itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases import law
from cases.questions.law import choices_of
from cases.wording import day_in_words
from housing.leases import judge
from housing.models import (
    RENTALS,
    Landlord,
    Lease,
    LimitedBecause,
    ReservedBecause,
    Residence,
    ResidenceKind,
    Tenancy,
    TenancyRent,
)
from housing.states import add_months
from people.masking import require_whereabouts
from people.models import Household
from people.refusals import Refusal


class CannotSign(Refusal):
    """The lease cannot be signed so."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is signed. `ends_on` none: without end. `informed_on`: told in writing why it may be short.

    Landlord and address are for a home that is none of the municipality's. `leaves_home`: somebody who has a home moves
    out of it the same day.
    """

    lease: Lease | str
    signed_on: date
    rent_a_month: int
    kind: ResidenceKind = ResidenceKind.MUNICIPAL_RENTAL
    ends_on: date | None = None
    informed_on: date | None = None
    limited_because: str = ""
    reserved_because: str = ""
    reason: str = ""
    notice_months: int | None = None
    landlord_id: int | None = None
    address: str = ""
    leaves_home: bool = False

    @property
    def is_reserved(self) -> bool:
        return self.lease == Lease.SECTION_11_1


def refuse_terms(household: Household, terms: Terms, *, starts_on: date, today: date) -> None:
    """:raises CannotSign: naming the field, when the law or good sense speaks against the terms"""
    if terms.kind not in RENTALS:
        raise CannotSign(_("A lease is of a rented home."), field="kind")
    if terms.lease not in Lease.values:
        raise CannotSign(_("Choose what kind of lease it is."), field="lease")
    if terms.rent_a_month <= 0:
        raise CannotSign(_("The rent must be more than nothing."), field="rent_a_month")
    if terms.signed_on > today:
        raise CannotSign(_("The lease is signed today or earlier."), field="signed_on")
    if terms.ends_on is not None and terms.ends_on <= starts_on:
        raise CannotSign(_("The lease must end after the household moved in."), field="ends_on")
    if (terms.address.strip() or terms.landlord_id is not None) and terms.kind != ResidenceKind.PRIVATE_RENTAL:
        raise CannotSign(_("Only a private tenancy has a landlord and an address of its own."), field="landlord")
    _refuse_untold(terms)
    if is_short(household, starts_on=starts_on, ends_on=terms.ends_on):
        _refuse_short(household, terms, starts_on=starts_on)


def is_short(household: Household, *, starts_on: date, ends_on: date | None) -> bool:
    """Whether the time is shorter than the law has as its least, so that it needs a ground."""
    if ends_on is None:
        return False
    years = law.value("lease.least_years", on=starts_on, choices=choices_of(household.municipality_id))
    return ends_on < add_months(starts_on, 12 * years)


def _refuse_untold(terms: Terms) -> None:
    if terms.is_reserved and terms.informed_on is None:
        raise CannotSign(
            _(
                "A lease after section 11-1 is signed after the tenant has been told in writing."
                " Give the day they were told."
            ),
            field="informed_on",
        )
    if terms.informed_on is not None and terms.informed_on > terms.signed_on:
        raise CannotSign(_("The tenant must be told in writing before the lease is signed."), field="informed_on")


def _refuse_short(household: Household, terms: Terms, *, starts_on: date) -> None:
    assert terms.ends_on is not None
    if terms.is_reserved:
        if terms.reserved_because not in ReservedBecause.values:
            raise CannotSign(
                _("A lease after section 11-1 is short for a special reason only. Choose it."), field="reserved_because"
            )
    else:
        _refuse_without_ground(household, terms, starts_on=starts_on)
    if not terms.reason.strip():
        raise CannotSign(_("Write the reason as it stands in the lease."), field="reason")


def _refuse_without_ground(household: Household, terms: Terms, *, starts_on: date) -> None:
    assert terms.ends_on is not None
    if terms.limited_because not in LimitedBecause.values:
        raise CannotSign(
            _("This is shorter than the law allows (%(rule)s). Choose the reason, or sign it for longer.")
            % {"rule": law.rule("lease.least_years", on=starts_on).citation},
            field="limited_because",
        )
    if terms.informed_on is None:
        raise CannotSign(
            _("The tenant must be told the reason in writing. Give the day they were told."), field="informed_on"
        )
    if terms.limited_because == LimitedBecause.SAME_HOUSE:
        choices = choices_of(household.municipality_id)
        years = law.value("lease.least_years_same_house", on=starts_on, choices=choices)
        least = add_months(starts_on, 12 * years)
        if terms.ends_on < least:
            raise CannotSign(
                _("With that reason it lasts at least until %(day)s.") % {"day": day_in_words(least)}, field="ends_on"
            )


def landlord_of(household: Household, terms: Terms) -> Landlord | None:
    """:raises CannotSign: when the landlord is another municipality's or no longer used"""
    if not terms.address.strip() and terms.landlord_id is None:
        return None
    require_whereabouts(household)
    if terms.landlord_id is None:
        return None
    known = Landlord.objects.in_use(terms.signed_on).filter(municipality=household.municipality_id)
    found: Landlord | None = known.filter(pk=terms.landlord_id).first()
    if found is None:
        raise CannotSign(_("Choose one of the landlords on the list."), field="landlord")
    return found


def write_tenancy(
    residence: Residence,
    terms: Terms,
    landlord: Landlord | None,
    *,
    renews: Tenancy | None = None,
    assessment: str = "",
) -> Tenancy:
    """The papers of a residence that has just begun, with its first rent. Grounds are kept for a short lease only."""
    is_limited = is_short(residence.household, starts_on=residence.starts_on, ends_on=terms.ends_on)
    tenancy = Tenancy.objects.create(
        residence=residence,
        landlord=landlord,
        address=terms.address.strip(),
        signed_on=terms.signed_on,
        informed_on=terms.informed_on,
        limited_because="" if terms.is_reserved or not is_limited else terms.limited_because,
        reserved_because=terms.reserved_because if terms.is_reserved and is_limited else "",
        notice_months=terms.notice_months,
        renews=renews,
        assessment=assessment,
    )
    TenancyRent.objects.create(tenancy=tenancy, starts_on=residence.starts_on, rent_a_month=terms.rent_a_month)
    return tenancy


def facts_of_lease(tenancy: Tenancy, terms: Terms) -> dict[str, str | int | bool]:
    """What the journal keeps of a lease: codes, days and amounts."""
    residence = tenancy.residence
    judged = judge(
        lease=residence.lease,
        starts_on=residence.starts_on,
        ends_on=residence.lease_ends_on,
        has_reason=bool(residence.lease_reason),
    )
    days = {"signed_on": tenancy.signed_on, "informed_on": tenancy.informed_on, "lease_ends_on": terms.ends_on}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    codes = {"limited_because": tenancy.limited_because, "reserved_because": tenancy.reserved_because}
    return {
        **told,
        **{name: code for name, code in codes.items() if code},
        "rent_a_month": terms.rent_a_month,
        "is_permanent": judged.is_permanent,
    }
