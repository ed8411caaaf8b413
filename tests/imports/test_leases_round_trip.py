# mypy: disable-error-code="no-untyped-call"
"""Homes and leases made by acts leave as files and come back the same; what the files lack stays where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from cases.actions.lease_changes import end_lease
from cases.actions.lease_terms import Terms
from cases.actions.leases import renew_lease, sign_lease
from cases.actions.residences import Destination
from housing.actions.spells import spell_differences
from housing.models import Dwelling, Lease, Residence, ResidenceKind, Tenancy
from people.models import Household
from tests.factories.housing import DwellingFactory
from tests.factories.people import AT, DAY
from tests.imports.files import exported, run_import
from tests.journeys import placed_household, worker_for

pytestmark = pytest.mark.django_db

SHORT = Terms(
    lease=Lease.SECTION_11_1,
    signed_on=DAY,
    informed_on=DAY,
    ends_on=date(2027, 3, 10),
    reserved_because="tried_out",
    reason="The support is tried out; «Fjordgata», 3.",
    rent_a_month=8_000,
)
LATER = DAY + timedelta(days=20)


def lived_on_leases() -> None:
    """One who signs and renews in a municipal dwelling, one who rents privately and moves out again."""
    household = placed_household(date(2026, 2, 1))
    dwelling = DwellingFactory.create(municipality=household.municipality, address="Fjordgata 3")
    first = _signed(household, SHORT, dwelling)
    terms = replace(SHORT, ends_on=None, reserved_because="", reason="")
    by = worker_for(household)
    renew_lease(residence_id=first.residence_id, starts_on=LATER, terms=terms, assessment="Stays.", by=by, at=AT)
    other = placed_household(date(2026, 2, 1))
    private = Terms(kind=ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY, signed_on=DAY, rent_a_month=9_000)
    left = _signed(other, private, None)
    end_lease(
        residence_id=left.residence_id,
        on=LATER,
        because="agreed",
        to=Destination(ResidenceKind.WITH_FAMILY),
        by=worker_for(other),
        at=AT,
    )


def _signed(household: Household, terms: Terms, dwelling: Dwelling | None) -> Tenancy:
    return sign_lease(
        household_id=household.pk,
        dwelling_id=dwelling.pk if dwelling else None,
        moves_in_on=DAY,
        terms=terms,
        by=worker_for(household),
        at=AT,
    )


def test_homes_and_leases_come_back_in_an_empty_database_as_they_left(tmp_path: Path) -> None:
    with transaction.atomic():
        lived_on_leases()
        once = exported(tmp_path / "once")
        transaction.set_rollback(True)

    ran = run_import(tmp_path / "once")

    assert ran.status == 0, ran.err
    assert exported(tmp_path / "twice") == once
    assert not spell_differences()
    assert list(Residence.objects.filter(lease="section_11_1").order_by("starts_on").values_list("lease_ends_on")) == [
        (date(2027, 3, 10),),
        (None,),
    ]


def test_the_same_files_change_nothing_where_the_leases_were_signed(tmp_path: Path) -> None:
    lived_on_leases()
    papers = list(Tenancy.objects.order_by("pk").values())
    once = exported(tmp_path / "once")

    ran = run_import(tmp_path / "once")

    assert ran.status == 0, ran.err
    assert exported(tmp_path / "twice") == once
    assert list(Tenancy.objects.order_by("pk").values()) == papers
