"""Agreements about landlords' dwellings hold to their share, and are watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.corrections import Corrected, correct_residence
from cases.actions.residences import Destination, settle
from housing.actions.agreements import CannotAgree, OverShare, change_agreement, make_agreement
from housing.agreements import Finding, most_at_once, watched, without_agreement
from housing.models import Agreement, AgreementKind, Dwelling, Lease, ResidenceKind, Tenure
from people.models import Employee, Municipality, Unit
from people.refusals import Refusal
from tests.factories.housing import AgreementFactory, DwellingFactory, ResidenceFactory
from tests.factories.leases import LandlordFactory
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, UnitFactory, caseworker
from tests.journeys import household_in, joined

pytestmark = pytest.mark.django_db

RENTAL: dict[str, Any] = {"kind": ResidenceKind.MUNICIPAL_RENTAL, "lease": Lease.ORDINARY}
NEXT_YEAR = DAY + timedelta(days=365)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


def dwellings_under(agreement: Agreement, count: int) -> Sequence[Dwelling]:
    return DwellingFactory.create_batch(count, tenure=Tenure(agreement.kind), agreement=agreement)


def let(dwelling: Dwelling, starts_on: date = LONG_AGO, ends_on: date | None = None) -> None:
    ResidenceFactory.create(dwelling=dwelling, starts_on=starts_on, ends_on=ends_on, **RENTAL)


def move_in(dwelling: Dwelling, unit: Unit, worker: Employee) -> None:
    household = household_in(ResidenceKind.FRIENDS, unit=unit)
    to = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=dwelling.pk, lease=Lease.ORDINARY)
    settle(household_id=household.pk, on=DAY, to=to, by=joined(worker, household), at=AT)


@pytest.mark.parametrize(
    ("total", "percent", "whole_under", "allowed"),
    [(10, 40, 5, 4), (5, 40, 5, 2), (4, 40, 5, 4), (1, 40, 5, 1), (30, 100, 0, 30), (7, 40, 5, 2)],
)
def test_an_agreement_lets_its_share_and_all_where_there_are_few(
    total: int, percent: int, whole_under: int, allowed: int
) -> None:
    one = AgreementFactory.build(
        landlord=None, municipality=None, dwelling_total=total, share_percent=percent, whole_under=whole_under
    )

    assert one.allowed(DAY) == allowed
    assert one.allowed(LONG_AGO - timedelta(days=1)) == one.allowed(one.ends_on) == 0


def test_a_household_that_would_take_it_over_its_share_is_refused(unit: Unit, worker: Employee) -> None:
    one, two, three = dwellings_under(AgreementFactory.create(dwelling_total=5), 3)
    let(one)
    move_in(two, unit, worker)

    with pytest.raises(OverShare) as refused:
        move_in(three, unit, worker)

    assert refused.value.field == "dwelling"
    assert not three.residences.exists()


def test_a_dwelling_that_comes_free_makes_room_for_another(unit: Unit, worker: Employee) -> None:
    one, two, three = dwellings_under(AgreementFactory.create(dwelling_total=5), 3)
    let(one, ends_on=DAY)
    let(two)

    move_in(three, unit, worker)

    assert three.residences.exists()


def test_a_household_on_its_way_into_another_dwelling_counts(unit: Unit, worker: Employee) -> None:
    one, two, three = dwellings_under(AgreementFactory.create(dwelling_total=5), 3)
    let(one)
    let(two, starts_on=NEXT_YEAR)

    with pytest.raises(OverShare):
        move_in(three, unit, worker)


def test_nobody_moves_in_under_an_agreement_that_has_ended(unit: Unit, worker: Employee) -> None:
    [one] = dwellings_under(AgreementFactory.create(ends_on=DAY), 1)

    with pytest.raises(OverShare):
        move_in(one, unit, worker)


def test_a_correction_does_not_pass_the_share_either(unit: Unit, worker: Employee) -> None:
    one, two, three = dwellings_under(AgreementFactory.create(dwelling_total=5), 3)
    let(one)
    let(two)
    household = household_in(unit=unit, dwelling=DwellingFactory.create(), **RENTAL)
    corrected = Corrected(ResidenceKind.MUNICIPAL_RENTAL, LONG_AGO, dwelling_id=three.pk, lease=Lease.ORDINARY)
    residence = household.residences.get()

    with pytest.raises(OverShare):
        correct_residence(
            residence_id=residence.pk, corrected=corrected, reason="Slip", by=joined(worker, household), at=AT
        )


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20) | st.none()), max_size=8), st.integers(0, 40))
def test_the_most_at_once_is_what_counting_every_day_gives(drawn: list[tuple[int, int | None]], start: int) -> None:
    day = [DAY + timedelta(days=n) for n in range(120)]
    periods = [(day[a], None if length is None else day[a + length]) for a, length in drawn]
    counted = max(
        sum(begins <= one and (ends is None or one < ends) for begins, ends in periods)
        for one in day[start : start + 30]
    )

    assert most_at_once(periods, day[start], day[start + 30]) == counted


def test_agreements_are_watched() -> None:
    over = AgreementFactory.create(dwelling_total=5, name="Over")
    for one in dwellings_under(over, 3):
        let(one)
    ended = AgreementFactory.create(name="Ended", ends_on=DAY)
    dwellings_under(ended, 1)
    soon = AgreementFactory.create(name="Soon", ends_on=NEXT_YEAR, kind=AgreementKind.ALLOTMENT, share_percent=100)
    full = AgreementFactory.create(name="Full", dwelling_total=1)
    dwellings_under(full, 2)
    calm = AgreementFactory.create(name="Calm")
    dwellings_under(calm, 1)
    DwellingFactory.create(tenure=Tenure.REFERRAL_AGREEMENT)

    lines = {line.agreement: line for line in watched([KONGSBERG], DAY, ends_before=NEXT_YEAR + timedelta(days=1))}

    assert {one.name: line.findings for one, line in lines.items()} == {
        "Over": (Finding.OVER_SHARE,),
        "Ended": (Finding.ENDED,),
        "Soon": (Finding.ENDS_SOON,),
        "Full": (Finding.TOO_MANY,),
        "Calm": (),
    }
    assert (lines[over].taken, lines[over].allowed, lines[over].left, lines[calm].left) == (3, 2, 0, 1)
    assert [*lines][-1] == calm
    assert lines[soon].allowed == 10
    assert without_agreement([KONGSBERG], DAY) == 1


def test_an_agreement_is_made_and_changed(worker: Employee) -> None:
    facts: dict[str, Any] = {
        "kind": AgreementKind.REFERRAL,
        "name": "Storgata 4",
        "landlord": LandlordFactory.create(),
        "dwelling_total": 12,
        "share_percent": 40,
        "whole_under": 5,
        "starts_on": DAY,
        "ends_on": NEXT_YEAR,
    }
    where = Municipality.objects.get(pk=KONGSBERG)
    made = make_agreement(municipality=where, by=worker, at=AT, **facts)
    dwellings_under(made, 1)

    def refusal(do: Any, **changed: Any) -> Refusal:
        with pytest.raises(CannotAgree) as refused:
            do(by=worker, at=AT, **{**facts, **changed})
        return refused.value

    assert refusal(make_agreement, municipality=where).field == "name"
    assert refusal(make_agreement, municipality=where, name="x", dwelling_total=0).field == "dwelling_total"
    assert refusal(make_agreement, municipality=where, name="x", share_percent=0).field == "share_percent"
    assert refusal(make_agreement, municipality=where, name="x", ends_on=DAY).field == "ends_on"
    assert refusal(change_agreement, agreement_id=made.pk, kind=AgreementKind.ALLOTMENT).field == "kind"
    change_agreement(agreement_id=made.pk, by=worker, at=AT, **{**facts, "dwelling_total": 14})
    assert Agreement.objects.get(pk=made.pk).dwelling_total == 14
