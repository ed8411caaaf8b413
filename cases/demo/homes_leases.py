"""Leases in the demo: who moves into a rented home signs for it, with a landlord and perhaps a guarantee."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from django.utils.timezone import localdate

from cases.actions.lease_changes import Notice, give_notice
from cases.actions.lease_terms import Terms
from cases.actions.leases import sign_lease
from cases.actions.private_help import note_help
from cases.actions.residences import Destination
from cases.actions.securities import Given, give_security
from cases.demo.content import content
from cases.models import PrivateHelpKind, SecurityKind
from housing.actions.landlords import add_landlord
from housing.models import (
    RENTALS,
    Landlord,
    Lease,
    LimitedBecause,
    NoticeBecause,
    NoticeBy,
    ReservedBecause,
    ResidenceKind,
    Tenancy,
)
from people.models import Employee, Household, Municipality

#: Share of leases whose papers are registered; of the others only the dates are known.
WITH_PAPERS = 0.85
GUARANTEED = 0.4
NOTICED = 0.08
_RENTS = range(6500, 14500, 250)
_GROUNDS = [LimitedBecause.OWN_USE, LimitedBecause.WORKS, LimitedBecause.SAME_HOUSE]
_HELP = [
    PrivateHelpKind.LANDLORD_CONTACT,
    PrivateHelpKind.VIEWING_FOUND,
    PrivateHelpKind.FOLLOWED_TO_VIEWING,
    PrivateHelpKind.HOUSING_SCHOOL,
    PrivateHelpKind.VOLUNTEER,
]


def add_landlords(municipality: Municipality, *, by: Employee, at: datetime) -> None:
    """Those of the private market that the municipality works with."""
    for row in content("places")["landlords"]:
        add_landlord(municipality=municipality, by=by, at=at, **row)


def sign(household: Household, to: Destination, *, on: date, by: Employee, at: datetime) -> Tenancy | None:
    """Sign for the home that the household moves into. → None where only its dates are to be known."""
    rng = Random(household.pk)
    is_ours = to.kind == ResidenceKind.MUNICIPAL_RENTAL
    if to.kind not in RENTALS or (is_ours and to.dwelling_id is None) or rng.random() > WITH_PAPERS:
        return None
    terms = _terms(household, to, rng, on=localdate(at))
    told: dict[str, Any] = {"by": by, "at": at}
    tenancy = sign_lease(household_id=household.pk, dwelling_id=to.dwelling_id, moves_in_on=on, terms=terms, **told)
    if not is_ours:
        _help(household, tenancy, rng, by=by, at=at)
    if on <= localdate(at) and rng.random() < GUARANTEED:
        given = Given(kind=SecurityKind.GUARANTEE, amount=3 * terms.rent_a_month, given_on=localdate(at))
        give_security(residence_id=tenancy.residence_id, given=given, **told)
    if on <= localdate(at) and to.lease_ends_on is None and rng.random() < NOTICED:
        notice = Notice(given_on=localdate(at), given_by=NoticeBy.TENANT, because=NoticeBecause.OWN_WISH)
        give_notice(residence_id=tenancy.residence_id, notice=notice, **told)
    return tenancy


def _terms(household: Household, to: Destination, rng: Random, *, on: date) -> Terms:
    is_private = to.kind == ResidenceKind.PRIVATE_RENTAL
    landlords = list(Landlord.objects.filter(municipality=household.municipality_id).order_by("name"))
    is_reserved = to.lease == Lease.SECTION_11_1
    is_shorter = to.lease_ends_on is not None or is_reserved
    grounds = _GROUNDS[:2] if to.lease_ends_on is not None else []
    return Terms(
        kind=to.kind,
        lease=to.lease,
        signed_on=on,
        informed_on=on if is_reserved or to.lease_ends_on else None,
        rent_a_month=rng.choice(_RENTS),
        ends_on=to.lease_ends_on,
        limited_because=rng.choice(grounds) if grounds and not is_reserved else "",
        reserved_because=rng.choice([*ReservedBecause][:3]) if is_reserved else "",
        reason=(to.lease_reason or str(content("texts")["leases"]["reason"])) if is_shorter else "",
        landlord_id=rng.choice(landlords).pk if is_private and landlords else None,
        address=rng.choice(content("places")["streets"]) + f" {rng.randint(1, 80)}" if is_private else "",
        leaves_home=True,
    )


def _help(household: Household, tenancy: Tenancy, rng: Random, *, by: Employee, at: datetime) -> None:
    for kind in rng.sample(_HELP, k=rng.randint(1, 3)):
        landlord_id = tenancy.landlord_id if kind != PrivateHelpKind.HOUSING_SCHOOL else None
        note_help(household_id=household.pk, kind=kind, on=localdate(at), landlord_id=landlord_id, by=by, at=at)
