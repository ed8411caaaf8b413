from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from people.access import hidden_households, household_for, persons_not_withheld, sealed_households, sight_of
from people.actions.seals import CannotSeal, lift_seal, seal
from people.decision import NOTHING, Facts, Grade, decide
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Person, Protection, SealBasis, Unit, UnitKind
from people.roles import Permission
from tests.factories.people import (
    AT,
    ClearanceFactory,
    DisqualificationFactory,
    GrantFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    team_leader,
)
from tests.factories.rights import SealFactory
from tests.journeys import unit_of, worker_for

pytestmark = pytest.mark.django_db

REASON = "Asked by letter to be erased; the archive keeps it"


def sealed_household(unit: Unit | None = None, **person: object) -> Household:
    applicant = {f"applicant__person__{name}": value for name, value in person.items()}
    household = HouseholdFactory.create(**({"unit": unit} if unit else {}), **applicant)
    SealFactory.create(household=household)
    return household


def may_lift(employee: Employee, household: Household) -> bool:
    return sealed_households(employee, at=AT).filter(pk=household.pk).exists()


@pytest.mark.parametrize("grade", Grade)
def test_sealed_data_is_nobody_s_to_see_whatever_else_holds(grade: Grade) -> None:
    everything = {name: True for name in Facts.__dataclass_fields__ if name not in {"grade", "system", "party"}}

    assert decide(Facts(grade=grade, **everything)) is NOTHING


def test_the_system_itself_goes_on_with_sealed_households() -> None:
    assert decide(Facts(system=True, sealed=True))


def test_who_seals_a_household_sees_it_no_more() -> None:
    household = HouseholdFactory.create()
    worker = worker_for(household)

    made = seal(household_id=household.pk, basis=SealBasis.ERASURE, reason=REASON, by=worker, at=AT)

    assert made.reason == REASON
    assert JournalEntry.objects.get(act=Act.SEALED).household_id == household.pk
    assert not sight_of(worker, household, at=AT)
    with pytest.raises(Http404):
        household_for(worker, Permission.VIEW_SUMMARY, key=household.key, at=AT)
    assert not Household.objects.visible_to(worker, at=AT).exists()


def test_a_leader_and_a_colleague_with_a_reason_do_not_see_it_either() -> None:
    unit = UnitFactory.create()
    household = sealed_household(unit)
    colleague = caseworker(unit)
    GrantFactory.create(user=colleague, content_object=household)

    for employee in (colleague, team_leader(unit)):
        assert not sight_of(employee, household, at=AT)
        assert not Household.objects.visible_to(employee, at=AT).exists()


def test_sealed_households_are_counted_among_the_hidden() -> None:
    unit = UnitFactory.create()
    sealed_household(unit)
    leader = team_leader(unit)

    assert hidden_households(Household.objects.all(), leader, at=AT).count() == 1


def test_whoever_lives_in_a_sealed_household_is_not_named_elsewhere() -> None:
    unit = UnitFactory.create()
    household = sealed_household(unit)

    told = persons_not_withheld(Person.objects.all(), caseworker(unit), at=AT)

    assert not told.filter(memberships__household=household).exists()


def test_a_household_is_sealed_with_a_reason_only() -> None:
    household = HouseholdFactory.create()

    with pytest.raises(CannotSeal):
        seal(household_id=household.pk, basis=SealBasis.CLAIM, reason=" ", by=worker_for(household), at=AT)


def test_a_colleague_who_sees_the_header_only_does_not_seal() -> None:
    household = HouseholdFactory.create()
    worker_for(household)
    owner = household.assignments.get()
    owner.role = "owner"
    owner.save(update_fields=["role"])

    with pytest.raises(PermissionDenied):
        seal(
            household_id=household.pk,
            basis=SealBasis.CLAIM,
            reason=REASON,
            by=caseworker(unit_of(household)),
            at=AT,
        )


def test_the_leader_lifts_it_with_a_reason_and_it_is_seen_as_before() -> None:
    unit = UnitFactory.create()
    household = sealed_household(unit)
    leader, worker = team_leader(unit), worker_for(household)
    one = household.seals.get()

    with pytest.raises(CannotSeal):
        lift_seal(seal_id=one.pk, reason="", by=leader, at=AT)
    lifted = lift_seal(seal_id=one.pk, reason="The objection was withdrawn", by=leader, at=AT)

    assert (lifted.lifted_by, lifted.lifted_at) == (leader, AT)
    assert sight_of(worker, household, at=AT)
    assert JournalEntry.objects.get(act=Act.SEAL_LIFTED).reason == "The objection was withdrawn"
    with pytest.raises(Http404):
        lift_seal(seal_id=one.pk, reason="Again", by=leader, at=AT)


def test_neither_a_caseworker_nor_another_unit_s_leader_lifts_it() -> None:
    household = sealed_household()

    for employee in (worker_for(household), team_leader(UnitFactory.create())):
        with pytest.raises(Http404):
            lift_seal(seal_id=household.seals.get().pk, reason="Curious", by=employee, at=AT)


def test_a_leader_who_must_not_deal_with_somebody_in_it_does_not_lift_it() -> None:
    unit = UnitFactory.create()
    household, leader = sealed_household(unit), team_leader(unit)
    DisqualificationFactory.create(employee=leader, person=household.members.get().person)

    assert not may_lift(leader, household)


def test_a_confidential_household_s_seal_is_for_a_cleared_leader() -> None:
    unit = UnitFactory.create()
    household, leader = sealed_household(unit, protection=Protection.CONFIDENTIAL), team_leader(unit)

    before = may_lift(leader, household)
    ClearanceFactory.create(employee=leader, unit=unit)

    assert (before, may_lift(leader, household)) == (False, True)


def test_a_strictly_confidential_household_s_seal_is_for_the_special_unit_s_leader() -> None:
    unit = UnitFactory.create()
    special = UnitFactory.create(kind=UnitKind.SPECIAL)
    household = sealed_household(unit, protection=Protection.STRICTLY_CONFIDENTIAL)
    leader = team_leader(unit)
    ClearanceFactory.create(employee=leader, unit=unit)

    assert not may_lift(leader, household)
    assert may_lift(team_leader(special), household)
    assert not may_lift(caseworker(special), household)
