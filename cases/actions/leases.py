"""Signing and renewing a lease: papers and moving in are one act."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.lease_terms import (
    CannotSign,
    Terms,
    facts_of_lease,
    landlord_of,
    refuse_terms,
    write_tenancy,
)
from cases.actions.occupancy import refuse_too_far_ahead, residence_on
from cases.actions.residences import HOMES, Destination, go
from cases.models import Case
from housing.models import RENTALS, EndedBecause, Residence, ResidenceKind, Tenancy
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotRenew(Refusal):
    """The lease is not one that can be renewed so."""


@act
def sign_lease(
    *,
    household_id: int,
    dwelling_id: int | None,
    moves_in_on: date,
    terms: Terms,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Tenancy:
    """The household signs a lease and moves in on a day; where it lives it leaves that same day, no gap, no overlap.

    :raises CannotSign: when the law speaks against the terms, or the household would have two homes
    :raises CannotLiveThere: when the dwelling is taken, or the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    refuse_terms(household, terms, starts_on=moves_in_on, today=localdate(at))
    _refuse_dwelling_of(household, terms, dwelling_id)
    landlord = landlord_of(household, terms)
    left = residence_on(household, moves_in_on)
    _refuse_two_homes(left, terms)
    residence = go(household, case, on=moves_in_on, to=_destination(terms, dwelling_id), reason="", by=by, at=at)
    tenancy = write_tenancy(residence, terms, landlord)
    if left is not None:
        say_why_it_ended(left.pk, EndedBecause.OTHER_HOME)
    _record(Act.LEASE_SIGNED, tenancy, terms, on=moves_in_on, by=by, at=at)
    return tenancy


@act
def renew_lease(
    *,
    residence_id: int,
    starts_on: date,
    terms: Terms,
    assessment: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Tenancy:
    """A new lease of the same home from a day, after the household's situation was looked at anew.

    What stands good for the old lease goes on standing for the new one.

    :raises CannotRenew: without an assessment, when the household does not live there that day, or leaves later
    :raises CannotSign: when the law speaks against the terms
    :raises NoOpenCase: when the case is closed
    """
    household, case, old = opened_lease(residence_id, by=by, at=at, version=version)
    if not assessment.strip():
        raise CannotRenew(_("Write what the new assessment found."), field="assessment")
    if residence_on(household, starts_on) != old or old.ends_on is not None:
        raise CannotRenew(_("The household does not live there on that day and on."), field="starts_on")
    if old.lease_ends_on is None or starts_on > old.lease_ends_on:
        refuse_too_far_ahead(starts_on, today=localdate(at), field="starts_on")
    if terms.kind != old.kind:
        raise CannotRenew(_("A renewed lease is of the same home."), field="kind")
    refuse_terms(household, terms, starts_on=starts_on, today=localdate(at))
    landlord = landlord_of(household, terms)
    before, _made = Tenancy.objects.get_or_create(residence=old)
    to = _destination(terms, old.dwelling_id)
    residence = go(household, case, on=starts_on, to=to, reason="", by=by, at=at, renews=True)
    tenancy = write_tenancy(residence, terms, landlord, renews=before, assessment=assessment.strip())
    say_why_it_ended(old.pk, EndedBecause.RENEWED)
    for security in before.securities.filter(released_on__isnull=True):
        security.tenancy = tenancy
        security.save(update_fields=["tenancy"])
    _record(Act.LEASE_RENEWED, tenancy, terms, on=starts_on, by=by, at=at)
    return tenancy


def opened_lease(
    residence_id: int, *, by: Employee, at: datetime, version: int | None
) -> tuple[Household, Case, Residence]:
    """The household behind its lock, its open case, and the rented home, read again under the lock.

    :raises Http404: when there is no such rented home that one may see
    :raises NoOpenCase: when the case is closed
    """
    household_id = Residence.objects.filter(pk=residence_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    return household, case, get_object_or_404(Residence, pk=residence_id, household=household, kind__in=RENTALS)


def say_why_it_ended(residence_id: int, because: EndedBecause) -> None:
    """Note on a lease that is being left why it ended, unless that is told already."""
    for tenancy in Tenancy.objects.filter(residence=residence_id, ended_because=""):
        tenancy.ended_because = because
        tenancy.save(update_fields=["ended_because"])


def _refuse_dwelling_of(household: Household, terms: Terms, dwelling_id: int | None) -> None:
    if terms.kind == ResidenceKind.PRIVATE_RENTAL:
        if dwelling_id is not None:
            raise CannotSign(_("A private tenancy is of none of the municipality's dwellings."), field="dwelling")
    elif dwelling_id is None and household.sight.whereabouts:
        raise CannotSign(_("Choose the dwelling."), field="dwelling")


def _refuse_two_homes(left: Residence | None, terms: Terms) -> None:
    if left is not None and left.kind in HOMES and not terms.leaves_home:
        raise CannotSign(
            _("The household has a home already, and nobody has two. Say that it moves out of it the same day."),
            field="leaves_home",
        )


def _destination(terms: Terms, dwelling_id: int | None) -> Destination:
    return Destination(
        kind=terms.kind,
        dwelling_id=dwelling_id,
        lease=terms.lease,
        lease_ends_on=terms.ends_on,
        lease_reason=terms.reason,
    )


def _record(what: Act, tenancy: Tenancy, terms: Terms, *, on: date, by: Employee, at: datetime) -> None:
    journal.record(
        what,
        household_id=tenancy.residence.household_id,
        subject=tenancy,
        by=by,
        at=at,
        on=on,
        details=facts_of_lease(tenancy, terms),
    )
