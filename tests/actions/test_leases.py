"""Signing, renewing and ending a lease, notice to quit and rent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from cases.actions.lease_changes import (
    CannotEndLease,
    CannotGiveNotice,
    CannotSetRent,
    NewRent,
    Notice,
    end_lease,
    give_notice,
    set_rent,
    withdraw_notice,
)
from cases.actions.lease_terms import CannotSign, Terms
from cases.actions.leases import CannotRenew, renew_lease, sign_lease
from cases.actions.occupancy import CannotLiveThere
from cases.actions.residences import Destination
from cases.models import Task, TaskKind
from housing.models import EndedBecause, Lease, Residence, ResidenceKind, Tenancy
from people.models import Household, JournalEntry
from tests.factories.housing import DwellingFactory
from tests.factories.leases import LandlordFactory, TenancyFactory, TenancyRentFactory
from tests.factories.people import AT, DAY, LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker
from tests.journeys import household_in, lived, placed_household, state, worker_for

pytestmark = pytest.mark.django_db

SINCE = date(2026, 2, 1)
ORDINARY = Terms(lease=Lease.ORDINARY, signed_on=DAY, rent_a_month=9000)
PRIVATE = replace(ORDINARY, kind=ResidenceKind.PRIVATE_RENTAL)
TWO_YEARS = date(2028, 3, 10)
LIMITED = replace(
    ORDINARY, ends_on=TWO_YEARS, limited_because="own_use", reason="The owner moves back.", informed_on=DAY
)
RESERVED = replace(
    ORDINARY,
    lease=Lease.SECTION_11_1,
    ends_on=TWO_YEARS,
    reserved_because="tried_out",
    reason="The support is tried out.",
    informed_on=DAY,
)


def signed(household: Household, terms: Terms = ORDINARY, *, on: date = DAY, **others: Any) -> Tenancy:
    if terms.kind == ResidenceKind.MUNICIPAL_RENTAL:
        others.setdefault("dwelling_id", DwellingFactory.create(municipality=household.municipality).pk)
    told: dict[str, Any] = {"dwelling_id": None, "by": worker_for(household), "at": AT, **others}
    return sign_lease(household_id=household.pk, moves_in_on=on, terms=terms, **told)


def journal_of(household: Household) -> list[str]:
    return list(JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", flat=True))


def test_a_home_signed_for_and_left_on_one_day_is_refused_and_its_papers_stay() -> None:
    household = placed_household(SINCE)
    tenancy = signed(household, PRIVATE)

    with pytest.raises(CannotLiveThere):
        signed(household, replace(ORDINARY, leaves_home=True))

    assert Tenancy.objects.get() == tenancy
    assert lived(household)[-1] == ("private_rental", DAY, None)


def test_moving_in_ends_the_stay_the_same_day_without_gap_or_overlap() -> None:
    household = placed_household(SINCE)

    tenancy = signed(household)

    assert lived(household) == [("temporary", SINCE, DAY), ("municipal_rental", DAY, None)]
    assert state(household) == "settled"
    assert tenancy.residence.dwelling is not None
    assert [rent.rent_a_month for rent in tenancy.rents.all()] == [9000]
    assert journal_of(household)[-1] == "lease.signed"


def test_signing_closes_the_tasks_of_the_stay() -> None:
    household = placed_household(SINCE)
    unit = household.responsibilities.get().unit
    Task.objects.create(household=household, unit=unit, kind=TaskKind.MAKE_PLAN, due_on=DAY)

    signed(household)

    assert not Task.objects.open().exists()


@pytest.mark.parametrize(
    ("terms", "reached"),
    [
        (ORDINARY, "settled"),
        (replace(ORDINARY, ends_on=date(2029, 3, 10)), "settled"),
        (LIMITED, "elsewhere"),
        (RESERVED, "elsewhere"),
        (replace(RESERVED, ends_on=None, reserved_because="", reason=""), "settled"),
        (replace(LIMITED, limited_because="same_house", ends_on=date(2027, 3, 10)), "elsewhere"),
    ],
)
def test_the_terms_say_whether_the_household_is_settled(terms: Terms, reached: str) -> None:
    household = placed_household(SINCE)

    signed(household, terms)

    assert state(household) == reached


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(LIMITED, limited_because=""), "limited_because"),
        (replace(LIMITED, reason=" "), "reason"),
        (replace(LIMITED, informed_on=None), "informed_on"),
        (replace(LIMITED, informed_on=DAY + timedelta(days=1)), "informed_on"),
        (replace(LIMITED, limited_because="same_house", ends_on=date(2027, 3, 9)), "ends_on"),
        (replace(RESERVED, informed_on=None), "informed_on"),
        (replace(RESERVED, ends_on=None, informed_on=None), "informed_on"),
        (replace(RESERVED, reserved_because=""), "reserved_because"),
        (replace(RESERVED, reserved_because="", limited_because="own_use"), "reserved_because"),
        (replace(ORDINARY, rent_a_month=0), "rent_a_month"),
        (replace(ORDINARY, ends_on=DAY), "ends_on"),
        (replace(ORDINARY, signed_on=DAY + timedelta(days=1)), "signed_on"),
        (replace(ORDINARY, lease=""), "lease"),
        (replace(ORDINARY, kind=ResidenceKind.OWNED), "kind"),
        (replace(ORDINARY, address="Storgata 1"), "landlord"),
    ],
)
def test_a_lease_against_the_law_is_refused_at_its_field_and_changes_nothing(terms: Terms, field: str) -> None:
    household = placed_household(SINCE)

    with pytest.raises(CannotSign) as refused:
        signed(household, terms)

    assert refused.value.field == field
    assert lived(household) == [("temporary", SINCE, None)]
    assert not Tenancy.objects.exists()


def test_a_municipal_lease_names_its_dwelling() -> None:
    household = placed_household(SINCE)

    with pytest.raises(CannotSign) as refused:
        signed(household, dwelling_id=None)

    assert refused.value.field == "dwelling"


def test_a_dwelling_is_let_to_one_household() -> None:
    first, second = placed_household(SINCE), placed_household(SINCE)
    dwelling = signed(first).residence.dwelling
    assert dwelling is not None

    with pytest.raises(CannotLiveThere) as refused:
        signed(second, dwelling_id=dwelling.pk)

    assert refused.value.field == "dwelling"
    assert lived(second) == [("temporary", SINCE, None)]


def test_nobody_is_tenant_in_two_homes() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, SINCE, lease=Lease.ORDINARY)
    old = Tenancy.objects.create(residence=household.residences.get())

    with pytest.raises(CannotSign) as refused:
        signed(household)
    assert refused.value.field == "leaves_home"

    signed(household, replace(ORDINARY, leaves_home=True))
    old.refresh_from_db()
    assert lived(household) == [("private_rental", SINCE, DAY), ("municipal_rental", DAY, None)]
    assert old.ended_because == EndedBecause.OTHER_HOME


def test_a_private_tenancy_keeps_landlord_and_address() -> None:
    household = placed_household(SINCE)
    landlord = LandlordFactory.create(municipality=household.municipality)

    tenancy = signed(household, replace(PRIVATE, landlord_id=landlord.pk, address="Storgata 1"))

    assert (tenancy.landlord, tenancy.address) == (landlord, "Storgata 1")


@pytest.mark.parametrize("facts", [{"municipality_id": OSLO_NUMBER}, {"closed_on": LONG_AGO}])
def test_a_landlord_is_one_of_those_the_municipality_works_with(facts: dict[str, Any]) -> None:
    household = placed_household(SINCE)

    with pytest.raises(CannotSign) as refused:
        signed(household, replace(PRIVATE, landlord_id=LandlordFactory.create(**facts).pk))

    assert refused.value.field == "landlord"


def test_a_reason_is_kept_for_a_short_lease_only() -> None:
    long = signed(placed_household(SINCE), replace(LIMITED, ends_on=None))
    short = signed(placed_household(SINCE), LIMITED)

    assert (long.limited_because, short.limited_because) == ("", "own_use")


def test_nobody_else_s_unit_signs() -> None:
    with pytest.raises(Http404):
        signed(placed_household(SINCE), by=caseworker(UnitFactory.create()))


def rented(terms: Terms = LIMITED, *, on: date = DAY) -> Tenancy:
    return signed(placed_household(SINCE), terms, on=on)


def renewed(old: Tenancy, *, on: date, terms: Terms = ORDINARY, assessment: str = "Still needs it.") -> Tenancy:
    by = worker_for(old.residence.household)
    return renew_lease(residence_id=old.residence_id, starts_on=on, terms=terms, assessment=assessment, by=by, at=AT)


def test_a_lease_is_renewed_in_the_same_home_after_a_new_assessment() -> None:
    old = rented()

    new = renewed(old, on=DAY + timedelta(days=100))

    old.refresh_from_db()
    assert (new.renews, old.ended_because) == (old, EndedBecause.RENEWED)
    assert new.residence.dwelling == old.residence.dwelling
    assert Residence.objects.get(pk=old.residence_id).ends_on == new.residence.starts_on


def test_a_lease_is_not_renewed_without_an_assessment() -> None:
    with pytest.raises(CannotRenew) as refused:
        renewed(rented(), on=DAY + timedelta(days=100), assessment=" ")

    assert refused.value.field == "assessment"


def test_a_lease_that_the_household_has_left_is_not_renewed() -> None:
    old = rented()
    ended(old, on=DAY + timedelta(days=10))

    with pytest.raises(CannotRenew) as refused:
        renewed(old, on=DAY + timedelta(days=5))

    assert refused.value.field == "starts_on"


def ended(tenancy: Tenancy, *, on: date, because: str = "evicted", to: Destination | None = None) -> Residence:
    return end_lease(
        residence_id=tenancy.residence_id,
        on=on,
        because=because,
        to=to or Destination(ResidenceKind.ROUGH),
        by=worker_for(tenancy.residence.household),
        at=AT,
    )


def test_a_lease_ends_with_a_reason_and_where_to() -> None:
    tenancy = rented()

    now = ended(tenancy, on=DAY + timedelta(days=10))

    tenancy.refresh_from_db()
    assert (now.kind, tenancy.ended_because) == (ResidenceKind.ROUGH, "evicted")
    assert lived(tenancy.residence.household)[1:] == [
        ("municipal_rental", DAY, DAY + timedelta(days=10)),
        ("rough", DAY + timedelta(days=10), None),
    ]


def test_a_lease_known_by_its_dates_only_can_end_too() -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, SINCE, lease=Lease.ORDINARY)
    residence = household.residences.get()

    end_lease(
        residence_id=residence.pk,
        on=DAY,
        because="agreed",
        to=Destination(ResidenceKind.WITH_FAMILY),
        by=worker_for(household),
        at=AT,
    )

    assert Tenancy.objects.get(residence=residence).ended_because == "agreed"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"because": ""}, "because"),
        ({"because": "renewed"}, "because"),
        ({"to": Destination(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)}, "kind"),
        ({"on": SINCE}, "on"),
    ],
)
def test_an_end_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    tenancy = rented()

    with pytest.raises(CannotEndLease) as refused:
        ended(tenancy, **{"on": DAY + timedelta(days=10), **changes})

    assert refused.value.field == field


def noticed(tenancy: Tenancy, **changes: Any) -> Tenancy:
    told = {"given_on": DAY, "given_by": "landlord", "because": "rent_unpaid", **changes}
    by = worker_for(tenancy.residence.household)
    return give_notice(residence_id=tenancy.residence_id, notice=Notice(**told), by=by, at=AT)


def test_notice_runs_three_months_to_the_end_of_the_month_and_moves_nobody() -> None:
    tenancy = noticed(rented())

    assert tenancy.notice_ends_on == date(2026, 7, 1)
    assert tenancy.residence.ends_on is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_by": "a_cousin"}, "given_by"),
        ({"because": "a_whim"}, "because"),
        ({"given_on": DAY + timedelta(days=1)}, "given_on"),
        ({"ends_on": date(2026, 6, 30)}, "ends_on"),
        ({"given_by": "tenant", "ends_on": DAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotGiveNotice) as refused:
        noticed(rented(), **changes)

    assert refused.value.field == field


def test_a_tenant_may_agree_on_a_shorter_notice_and_a_room_has_one_of_its_own() -> None:
    assert noticed(rented(), given_by="tenant", ends_on=DAY).notice_ends_on == DAY
    assert noticed(rented(replace(ORDINARY, notice_months=1))).notice_ends_on == date(2026, 5, 1)


def test_a_notice_is_given_once_until_it_is_taken_back() -> None:
    tenancy = noticed(rented())
    by = worker_for(tenancy.residence.household)

    with pytest.raises(CannotGiveNotice):
        noticed(tenancy)
    withdraw_notice(residence_id=tenancy.residence_id, by=by, at=AT)
    with pytest.raises(CannotGiveNotice):
        withdraw_notice(residence_id=tenancy.residence_id, by=by, at=AT)

    assert noticed(tenancy).notice_on == DAY


def let_since(day: date) -> Tenancy:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, day, lease=Lease.ORDINARY)
    tenancy = TenancyFactory.create(residence=household.residences.get())
    TenancyRentFactory.create(tenancy=tenancy, rent_a_month=10_000)
    return tenancy


def rent_set(tenancy: Tenancy, **told: Any) -> int:
    rent = NewRent(**{"starts_on": DAY, "because": "index", **told})
    by = worker_for(tenancy.residence.household)
    return set_rent(residence_id=tenancy.residence_id, rent=rent, by=by, at=AT).rent_a_month


INDEX = {"index_before": Decimal("130.0"), "index_after": Decimal("136.5")}


def test_the_index_moves_the_rent_a_year_after_it_was_fixed() -> None:
    assert rent_set(let_since(DAY - timedelta(days=365)), **INDEX) == 10_500
    assert rent_set(let_since(DAY - timedelta(days=365)), **INDEX, rent_a_month=10_400) == 10_400


@pytest.mark.parametrize(
    ("since", "told", "field"),
    [
        (DAY - timedelta(days=364), INDEX, "starts_on"),
        (LONG_AGO, {**INDEX, "rent_a_month": 10_501}, "rent_a_month"),
        (LONG_AGO, {}, "index_before"),
        (LONG_AGO, {"because": "agreed"}, "rent_a_month"),
        (DAY, {"because": "agreed", "rent_a_month": 1}, "starts_on"),
        (DAY - timedelta(days=1), {"because": "agreed", "rent_a_month": 1, "starts_on": SINCE}, "starts_on"),
    ],
)
def test_a_rent_that_cannot_be_is_refused(since: date, told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotSetRent) as refused:
        rent_set(let_since(since), **told)

    assert refused.value.field == field


def test_a_rent_is_agreed_on_anew() -> None:
    assert rent_set(let_since(LONG_AGO), because="agreed", rent_a_month=8_000) == 8_000
