"""The demo's dwellings are told of well enough to be let, and no agreement is over its share."""

from __future__ import annotations

import pytest

from cases.demo.stock import furnish
from cases.demo.town import SIZES, TENURES
from housing.agreements import Finding, watched
from housing.models import TO_COME, Building, Dwelling, PlannedHome
from housing.states import add_months
from people.models import Municipality
from tests.factories.housing import DwellingFactory
from tests.factories.people import DAY, KONGSBERG, UnitFactory, at, caseworker

pytestmark = pytest.mark.django_db


def test_the_demo_s_dwellings_have_doors_rents_and_agreements() -> None:
    dwellings = [
        DwellingFactory.create(
            tenure=TENURES[number % len(TENURES)],
            area_m2=SIZES[number % len(SIZES)][0],
            rooms=SIZES[number % len(SIZES)][1],
            is_accessible=number % 4 == 0,
        )
        for number in range(40)
    ]

    by = caseworker(UnitFactory.create())
    furnish(dwellings, municipality=Municipality.objects.get(pk=KONGSBERG), by=by, at=at(DAY))

    told = Dwelling.objects.all()
    assert not told.filter(number="").exists() and not told.filter(rents__isnull=True).exists()
    assert len({(one.building_id, one.number) for one in told}) == 40
    assert Building.objects.count() == 4
    assert PlannedHome.objects.filter(status__in=TO_COME).count() == 3
    lines = watched([KONGSBERG], DAY, ends_before=add_months(DAY, 13))
    assert {line.agreement.name: line.findings for line in lines} == {
        "Bryggekvartalet": (Finding.ENDS_SOON,),
        "Solvik Utleie, tilvisning": (),
    }
    referral = lines[1]
    assert referral.allowed >= referral.registered == 8
