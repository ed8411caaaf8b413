"""Dwellings come into the stock, cost something, break, and leave it; homes are planned and taken over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.buying import CannotBuy, buy_rented_home
from cases.actions.residences import Destination, settle
from cases.actions.undo import is_undoable
from housing.actions.dwellings import (
    CannotDispose,
    CannotKeepDwelling,
    add_dwelling,
    add_funding,
    change_dwelling,
    dispose,
    log_event,
    mend,
    save_building,
    set_rent,
    take_back_disposal,
)
from housing.actions.planned import CannotPlan, change_plan, drop, move_on, plan_home, take_over, talk_with_neighbours
from housing.models import (
    Disposal,
    Dwelling,
    DwellingRent,
    FundingKind,
    Lease,
    LogKind,
    PlannedStatus,
    ResidenceKind,
    Tenure,
)
from people.models import Employee, Household, Municipality, Unit
from people.refusals import Refusal
from tests.factories.housing import (
    AgreementFactory,
    BuildingFactory,
    DwellingFactory,
    DwellingFundingFactory,
    DwellingLogEntryFactory,
    PlannedHomeFactory,
    ResidenceFactory,
)
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, UnitFactory, caseworker, reporter
from tests.journeys import household_in, joined, state

pytestmark = pytest.mark.django_db

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
RENTAL: dict[str, Any] = {"kind": ResidenceKind.MUNICIPAL_RENTAL, "lease": Lease.ORDINARY}


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def dwelling() -> Dwelling:
    return DwellingFactory.create()


def kongsberg() -> Municipality:
    return Municipality.objects.get(pk=KONGSBERG)


def refused(do: Any, **facts: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do(at=AT, **facts)
    return caught.value


def tenant(dwelling: Dwelling, unit: Unit, since: date = LONG_AGO, **facts: Any) -> Household:
    return household_in(since=since, unit=unit, dwelling=dwelling, **{**RENTAL, **facts})


def test_a_dwelling_comes_into_the_stock_with_its_rent(worker: Employee) -> None:
    made = add_dwelling(
        municipality=kongsberg(),
        by=worker,
        at=AT,
        rent_a_month=9500,
        tenure=Tenure.OWNED,
        address="Myntgata 1",
        number="H0101",
        acquired_on=DAY,
    )

    assert str(made) == "Myntgata 1 H0101"
    assert list(made.rents.values_list("starts_on", "rent_a_month")) == [(DAY, 9500)]


def test_only_who_keeps_dwellings_may_add_one(unit: Unit) -> None:
    with pytest.raises(PermissionDenied):
        add_dwelling(municipality=kongsberg(), by=reporter(unit), at=AT, tenure=Tenure.OWNED, acquired_on=DAY)

    assert not Dwelling.objects.exists()


def test_a_dwelling_of_no_size_is_refused_at_its_field(worker: Employee) -> None:
    facts = {"tenure": Tenure.OWNED, "acquired_on": DAY, "area_m2": 0}

    assert refused(add_dwelling, municipality=kongsberg(), by=worker, **facts).field == "area_m2"
    assert not Dwelling.objects.exists()


@pytest.mark.parametrize("tenure", [Tenure.OWNED, Tenure.ALLOTMENT_AGREEMENT])
def test_a_dwelling_stands_under_an_agreement_of_its_own_kind(
    tenure: Tenure, worker: Employee, dwelling: Dwelling
) -> None:
    agreement = AgreementFactory.create()

    refusal = refused(change_dwelling, dwelling_id=dwelling.pk, by=worker, tenure=tenure, agreement=agreement)

    assert refusal.field == "agreement"


def test_a_dwelling_is_not_acquired_after_somebody_moved_in(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    tenant(dwelling, unit)

    assert refused(change_dwelling, dwelling_id=dwelling.pk, by=worker, acquired_on=DAY).field == "acquired_on"
    change_dwelling(dwelling_id=dwelling.pk, by=worker, at=AT, acquired_on=LONG_AGO - timedelta(days=1))


def test_a_dwelling_is_acquired_before_it_is_disposed_of(worker: Employee) -> None:
    gone = DwellingFactory.create(disposed_on=DAY)

    assert refused(change_dwelling, dwelling_id=gone.pk, by=worker, acquired_on=DAY).field == "acquired_on"


def test_a_rent_told_twice_for_a_day_is_corrected(worker: Employee, dwelling: Dwelling) -> None:
    for rent in (8000, 8200):
        set_rent(dwelling_id=dwelling.pk, starts_on=DAY, rent_a_month=rent, by=worker, at=AT)
    set_rent(dwelling_id=dwelling.pk, starts_on=TOMORROW, rent_a_month=8400, by=worker, at=AT)

    assert [rent.rent_a_month for rent in DwellingRent.objects.begun(DAY)] == [8200]
    assert refused(set_rent, dwelling_id=dwelling.pk, starts_on=DAY, rent_a_month=0, by=worker).field == "rent_a_month"


def test_a_grant_binds_its_years_and_is_registered_once(worker: Employee, dwelling: Dwelling) -> None:
    facts: dict[str, Any] = {"kind": FundingKind.RENTAL_GRANT, "amount": 500_000, "granted_on": date(2024, 2, 29)}
    grant = add_funding(dwelling_id=dwelling.pk, committed_years=30, by=worker, at=AT, **facts)

    assert grant.committed_until == date(2054, 3, 1)
    assert DwellingFundingFactory.build(granted_on=date(2024, 5, 1)).committed_until == date(2044, 5, 1)
    again = refused(add_funding, dwelling_id=dwelling.pk, committed_years=30, by=worker, **facts)
    assert again.field == "granted_on"
    nothing = refused(add_funding, dwelling_id=dwelling.pk, committed_years=1, by=worker, **{**facts, "amount": 0})
    assert nothing.field == "amount"


def test_damage_is_logged_and_mended(worker: Employee, dwelling: Dwelling) -> None:
    entry = log_event(
        dwelling_id=dwelling.pk, kind=LogKind.DAMAGE, happened_on=YESTERDAY, text=" Broken door ", by=worker, at=AT
    )

    assert entry.text == "Broken door"
    assert mend(entry_id=entry.pk, mended_on=DAY, cost=2500, by=worker, at=AT).cost == 2500
    assert refused(mend, entry_id=entry.pk, mended_on=LONG_AGO, cost=None, by=worker).field == "mended_on"


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"text": " "}, "text"), ({"happened_on": TOMORROW}, "happened_on"), ({"mended_on": LONG_AGO}, "mended_on")],
)
def test_the_log_tells_of_what_has_happened(
    facts: dict[str, Any], field: str, worker: Employee, dwelling: Dwelling
) -> None:
    told = {"kind": LogKind.DAMAGE, "happened_on": YESTERDAY, "text": "A pipe", **facts}

    assert refused(log_event, dwelling_id=dwelling.pk, by=worker, **told).field == field


def test_a_dwelling_is_sold_and_another_comes_in_its_place(worker: Employee, dwelling: Dwelling) -> None:
    other = DwellingFactory.create()
    sale: dict[str, Any] = {"disposal": Disposal.SOLD, "proceeds": 2_100_000, "replaced_by_id": other.pk}

    dispose(dwelling_id=dwelling.pk, on=DAY, by=worker, at=AT, **sale)

    assert list(Dwelling.objects.ours_on(DAY)) == [other]
    assert set(Dwelling.objects.ours_on(YESTERDAY)) == {dwelling, other}
    assert refused(dispose, dwelling_id=dwelling.pk, on=TOMORROW, by=worker, **sale).field == "on"
    take_back_disposal(dwelling_id=dwelling.pk, by=worker, at=AT)
    assert Dwelling.objects.ours_on(DAY).count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"on": LONG_AGO}, "on"),
        ({"disposal": Disposal.DEMOLISHED, "proceeds": 5}, "proceeds"),
        ({"disposal": Disposal.SOLD_TO_TENANT}, "disposal"),
    ],
)
def test_a_disposal_that_does_not_hang_together_changes_nothing(
    facts: dict[str, Any], field: str, worker: Employee, dwelling: Dwelling
) -> None:
    told = {"on": DAY, "disposal": Disposal.SOLD, **facts}

    assert refused(dispose, dwelling_id=dwelling.pk, by=worker, **told).field == field
    dwelling.refresh_from_db()
    assert dwelling.disposed_on is None


def test_a_dwelling_that_is_let_does_not_leave_the_stock(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    residence = tenant(dwelling, unit).residences.get()

    refusal = refused(dispose, dwelling_id=dwelling.pk, on=DAY, disposal=Disposal.SOLD, by=worker)
    residence.ends_on = DAY
    residence.save()

    assert (type(refusal), refusal.field) == (CannotDispose, "on")
    assert dispose(dwelling_id=dwelling.pk, on=DAY, disposal=Disposal.SOLD, by=worker, at=AT).disposed_on == DAY


def test_a_tenant_buys_the_home_and_goes_on_living_there(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    household = tenant(dwelling, unit)

    home = buy_rented_home(household_id=household.pk, on=DAY, by=joined(worker, household), at=AT, proceeds=1_900_000)

    dwelling.refresh_from_db()
    assert (dwelling.disposed_on, dwelling.disposal, dwelling.proceeds) == (DAY, "sold_to_tenant", 1_900_000)
    assert (home.kind, home.starts_on, home.dwelling) == (ResidenceKind.OWNED, DAY, None)
    assert household.residences.get(dwelling=dwelling).ends_on == DAY
    assert state(household) == "settled"
    with pytest.raises(CannotDispose):
        take_back_disposal(dwelling_id=dwelling.pk, by=worker, at=AT)


def test_a_sale_to_the_tenant_is_not_undone_as_a_move_is(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    household = tenant(dwelling, unit)
    by = joined(worker, household)
    buy_rented_home(household_id=household.pk, on=DAY, by=by, at=AT)

    assert not is_undoable(household, by=by, at=AT)


def test_who_rents_none_of_ours_buys_none_of_ours(unit: Unit, worker: Employee) -> None:
    household = household_in(ResidenceKind.FRIENDS, unit=unit)
    by = joined(worker, household)

    assert isinstance(refused(buy_rented_home, household_id=household.pk, on=DAY, by=by), CannotBuy)
    assert refused(buy_rented_home, household_id=household.pk, on=TOMORROW, by=by).field == "on"


def test_a_home_promised_to_somebody_after_is_not_sold(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    household = tenant(dwelling, unit)
    household.residences.update(ends_on=TOMORROW)
    ResidenceFactory.create(dwelling=dwelling, starts_on=TOMORROW, **RENTAL)

    refusal = refused(buy_rented_home, household_id=household.pk, on=DAY, by=joined(worker, household))

    assert (type(refusal), refusal.field) == (CannotDispose, "on")


def test_who_buys_elsewhere_frees_the_dwelling(unit: Unit, worker: Employee, dwelling: Dwelling) -> None:
    household = tenant(dwelling, unit)

    settle(
        household_id=household.pk,
        on=DAY,
        to=Destination(ResidenceKind.OWNED),
        by=joined(worker, household),
        at=AT,
    )

    assert not dwelling.residences.on(DAY).exists()
    assert Dwelling.objects.ours_on(DAY).get() == dwelling


def test_a_building_has_a_name_of_its_own(worker: Employee) -> None:
    block = BuildingFactory.create(name="The block")
    facts: dict[str, Any] = {"municipality": kongsberg(), "by": worker}

    assert refused(save_building, building_id=None, name="The block", **facts).field == "name"
    assert save_building(building_id=block.pk, name="The old block", at=AT, **facts).name == "The old block"
    assert save_building(building_id=None, name="The block", at=AT, **facts).pk != block.pk


def test_planned_homes_become_dwellings(worker: Employee) -> None:
    planned = plan_home(
        municipality=kongsberg(),
        by=worker,
        at=AT,
        name="Plot 7",
        source="built",
        expected_on=DAY,
        count=3,
        tenure=Tenure.OWNED,
        is_accessible=True,
        type="small_house",
    )
    for status in (PlannedStatus.DECIDED, PlannedStatus.UNDER_WAY):
        assert move_on(planned_id=planned.pk, by=worker, at=AT).status == status
    assert isinstance(refused(move_on, planned_id=planned.pk, by=worker), CannotPlan)

    made = take_over(planned_id=planned.pk, on=DAY, by=worker, at=AT)

    assert len(made) == 3
    assert all((one.acquired_on, one.is_accessible, one.is_small_house) == (DAY, True, True) for one in made)
    assert isinstance(refused(take_over, planned_id=planned.pk, on=DAY, by=worker), CannotPlan)
    assert isinstance(refused(drop, planned_id=planned.pk, because="x", by=worker), CannotPlan)
    assert Dwelling.objects.count() == 3


def test_homes_nobody_has_decided_on_are_not_taken_over(worker: Employee) -> None:
    planned = PlannedHomeFactory.create()

    assert isinstance(refused(take_over, planned_id=planned.pk, on=DAY, by=worker), CannotPlan)
    move_on(planned_id=planned.pk, by=worker, at=AT)
    assert refused(take_over, planned_id=planned.pk, on=TOMORROW, by=worker).field == "on"


def test_planned_homes_are_dropped_with_a_reason(worker: Employee) -> None:
    planned = PlannedHomeFactory.create()

    assert refused(drop, planned_id=planned.pk, because=" ", by=worker).field == "because"
    assert drop(planned_id=planned.pk, because="Too dear", by=worker, at=AT).status == PlannedStatus.DROPPED
    assert isinstance(refused(change_plan, planned_id=planned.pk, by=worker, name="Plot 8"), CannotPlan)


def test_the_neighbours_are_talked_with(worker: Employee) -> None:
    planned = PlannedHomeFactory.create()
    facts: dict[str, Any] = {"planned_id": planned.pk, "by": worker}

    assert talk_with_neighbours(on=DAY, text="A meeting at the school", at=AT, **facts).planned_home == planned
    assert refused(talk_with_neighbours, on=DAY, text="", **facts).field == "text"
    assert refused(talk_with_neighbours, on=TOMORROW, text="Later", **facts).field == "on"


def test_a_keeper_of_another_municipality_keeps_none_of_ours(dwelling: Dwelling) -> None:
    stranger = caseworker(UnitFactory.create(municipality_id="0301"))
    entry, planned = DwellingLogEntryFactory.create(dwelling=dwelling), PlannedHomeFactory.create()

    for do in (
        lambda: set_rent(dwelling_id=dwelling.pk, starts_on=DAY, rent_a_month=1, by=stranger, at=AT),
        lambda: dispose(dwelling_id=dwelling.pk, on=DAY, disposal=Disposal.SOLD, by=stranger, at=AT),
        lambda: mend(entry_id=entry.pk, mended_on=DAY, cost=None, by=stranger, at=AT),
        lambda: move_on(planned_id=planned.pk, by=stranger, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            do()


def test_a_fact_that_does_not_go_with_another_is_refused_for_planned_homes(worker: Employee) -> None:
    facts: dict[str, Any] = {"municipality": kongsberg(), "by": worker, "name": "x", "source": "built"}

    assert refused(plan_home, area_m2=0, expected_on=DAY, **facts).field == "area_m2"
    agreement = AgreementFactory.create()
    assert refused(plan_home, agreement=agreement, tenure="owned", expected_on=DAY, **facts).field == "agreement"


def test_a_dwelling_cannot_be_kept_by_an_employee_who_only_reads(unit: Unit, dwelling: Dwelling) -> None:
    with pytest.raises(PermissionDenied):
        change_dwelling(dwelling_id=dwelling.pk, by=reporter(unit), at=AT, address="Elsewhere")


def test_what_cannot_be_kept_is_a_refusal_that_names_its_field() -> None:
    assert CannotKeepDwelling("x", field="area_m2").field == "area_m2"
