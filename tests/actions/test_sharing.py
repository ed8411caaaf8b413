from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.assignments import hand_over
from cases.actions.registration import register_household
from people.access import Stale, sight_of
from people.actions.persons import NewMember
from people.actions.sharing import (
    CannotShare,
    begin_practice,
    end_practice,
    end_sharing,
    share,
    share_by_practice,
)
from people.decision import Level
from people.journal import Act
from people.models import (
    CoResponsibility,
    Employee,
    Household,
    JournalEntry,
    MemberRole,
    Municipality,
    SharingBasis,
    SharingPractice,
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
    EmployeeFactory,
    HouseholdFactory,
    SharingPracticeFactory,
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


# ── every case ────────────────────────────────────────────────────────────────────────────────────────────────────


def practised(unit: Unit, with_unit: Unit, by: Employee, **told: str) -> SharingPractice:
    reason = told.get("reason", "The housing office lets the municipality's homes")
    return begin_practice(
        unit_id=unit.pk, with_unit_id=with_unit.pk, basis=SharingBasis.NECESSARY, reason=reason, by=by, at=AT
    )


def test_a_unit_shares_every_case_it_has_and_gets_but_the_shielded(household: Household, unit: Unit) -> None:
    shielded = HouseholdFactory.create(unit=unit, applicant__person__protection="confidential")
    by, other = caseworker(unit), UnitFactory.create()
    elsewhere, system = HouseholdFactory.create(), EmployeeFactory.create(is_system=True)

    practised(unit, other, team_leader(unit))
    member = NewMember(role=MemberRole.APPLICANT, name="Kari", born_on=date(1985, 1, 1))
    new = register_household(unit_id=unit.pk, members=[member], opened_on=DAY, by=by, at=AT)
    hand_over(household_id=elsewhere.pk, unit_id=unit.pk, on=DAY, reason="Moved", by=system, at=AT)

    shared_with = set(CoResponsibility.objects.filter(unit=other).values_list("household", flat=True))
    assert shared_with == {household.pk, new.pk, elsewhere.pk}
    assert not shielded.co_responsibilities.exists()
    assert JournalEntry.objects.filter(act=Act.SHARED).count() == 3


def test_what_is_shared_already_stays_as_it_was(household: Household, unit: Unit) -> None:
    sharing = CoResponsibilityFactory.create(household=household)

    practised(unit, sharing.unit, team_leader(unit))

    assert household.co_responsibilities.get() == sharing


def test_a_practice_that_has_ended_shares_no_new_case(household: Household, unit: Unit) -> None:
    leader = team_leader(unit)
    practice = practised(unit, UnitFactory.create(), leader)

    end_practice(practice_id=practice.pk, by=leader, at=AT)
    with pytest.raises(CannotShare):
        end_practice(practice_id=practice.pk, by=leader, at=AT)
    share_by_practice(new := HouseholdFactory.create(unit=unit), unit, on=DAY, by=leader, at=AT)

    assert not new.co_responsibilities.exists()
    assert household.co_responsibilities.get().ends_on is None


def test_only_its_leader_says_what_a_unit_shares(household: Household, unit: Unit) -> None:
    other = UnitFactory.create()
    practice = SharingPracticeFactory.create(unit=unit)

    for stranger in (caseworker(unit), team_leader(other)):
        with pytest.raises(PermissionDenied):
            practised(unit, other, stranger)
        with pytest.raises(PermissionDenied):
            end_practice(practice_id=practice.pk, by=stranger, at=AT)
    with pytest.raises(Http404):
        end_practice(practice_id=0, by=team_leader(unit), at=AT)


def test_every_case_is_shared_with_another_ordinary_unit_for_a_reason(unit: Unit) -> None:
    leader, fields = team_leader(unit), []
    special, other = UnitFactory.create(kind=UnitKind.SPECIAL), UnitFactory.create()
    for with_unit, reason in ((unit, "?"), (special, "?"), (other, " ")):
        with pytest.raises(CannotShare) as refused:
            practised(unit, with_unit, leader, reason=reason)
        fields.append(refused.value.field)

    assert fields == ["with_unit", "with_unit", "reason"]
