from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.access import Stale, sight_of
from people.actions.sharing import CannotShare, end_sharing, share
from people.decision import Level
from people.journal import Act
from people.models import (
    CoResponsibility,
    Employee,
    Household,
    JournalEntry,
    Municipality,
    SharingBasis,
    Unit,
    UnitKind,
)
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    OSLO_NUMBER,
    AssignmentFactory,
    CoResponsibilityFactory,
    HouseholdFactory,
    UnitFactory,
    at,
    caseworker,
    team_leader,
)

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    return HouseholdFactory.create(unit=unit)


def shared(household: Household, by: Employee, unit: Unit, starts_on: date = DAY, **told: str) -> CoResponsibility:
    return share(
        household_id=household.pk,
        unit_id=unit.pk,
        basis=SharingBasis.CONSENT,
        reason=told.get("reason", "The housing office finds the home"),
        starts_on=starts_on,
        by=by,
        at=AT,
    )


def test_a_unit_that_shares_the_case_sees_it_as_its_own_until_it_ends(household: Household, unit: Unit) -> None:
    by, other = caseworker(unit), UnitFactory.create()
    colleague = caseworker(other)
    assert not sight_of(colleague, household, at=AT)

    sharing = shared(household, by, other)
    assert sight_of(colleague, household, at=AT).level is Level.FULL
    end_sharing(sharing_id=sharing.pk, on=TOMORROW, reason="Consent withdrawn", by=by, at=at(TOMORROW))

    assert not sight_of(colleague, household, at=at(TOMORROW))
    assert list(JournalEntry.objects.order_by("pk").values_list("act", "reason")) == [
        (Act.SHARED, "The housing office finds the home"),
        (Act.SHARING_ENDED, "Consent withdrawn"),
    ]
    assert JournalEntry.objects.filter(details={"unit": other.ref, "basis": "consent"}).count() == 2


def test_a_leader_shares_a_case_without_opening_it_and_a_colleague_does_not(household: Household, unit: Unit) -> None:
    AssignmentFactory.create(household=household)

    with pytest.raises(PermissionDenied):
        shared(household, caseworker(unit), UnitFactory.create())
    with pytest.raises(Http404):
        shared(household, caseworker(UnitFactory.create()), UnitFactory.create())

    assert shared(household, team_leader(unit), UnitFactory.create()).basis == SharingBasis.CONSENT


def test_a_case_is_shared_with_another_ordinary_unit_of_the_municipality(household: Household, unit: Unit) -> None:
    by = caseworker(unit)
    far = UnitFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER))

    for other in (unit, far, UnitFactory.create(kind=UnitKind.SPECIAL)):
        with pytest.raises(CannotShare) as refused:
            shared(household, by, other)
        assert refused.value.field == "unit"


def test_sharing_has_a_reason_and_does_not_begin_ahead(household: Household, unit: Unit) -> None:
    by, other = caseworker(unit), UnitFactory.create()

    with pytest.raises(CannotShare) as no_reason:
        shared(household, by, other, reason="  ")
    with pytest.raises(CannotShare) as ahead:
        shared(household, by, other, starts_on=TOMORROW)

    assert (no_reason.value.field, ahead.value.field) == ("reason", "starts_on")


def test_sharing_ends_once_after_it_began_and_not_ahead(household: Household, unit: Unit) -> None:
    by, sharing = caseworker(unit), CoResponsibilityFactory.create(household=household)

    for day in (TOMORROW, LONG_AGO):
        with pytest.raises(CannotShare) as refused:
            end_sharing(sharing_id=sharing.pk, on=day, by=by, at=AT)
        assert refused.value.field == "on"
    end_sharing(sharing_id=sharing.pk, on=DAY, by=by, at=AT)
    with pytest.raises(CannotShare):
        end_sharing(sharing_id=sharing.pk, on=DAY, by=by, at=AT)
    with pytest.raises(Http404):
        end_sharing(sharing_id=0, on=DAY, by=by, at=AT)


def test_a_stale_form_ends_no_sharing(household: Household, unit: Unit) -> None:
    sharing = CoResponsibilityFactory.create(household=household)

    with pytest.raises(Stale):
        end_sharing(sharing_id=sharing.pk, on=DAY, by=caseworker(unit), at=AT, version=7)
