from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils.translation import gettext

from cases.actions.assignments import CannotAssign
from cases.actions.registration import CannotRegister, NewNeed, register_household
from cases.actions.requests import CannotReceive, NewRequest
from cases.models import Case, CaseState, Channel, LostHomeReason, NeedKind, NeedReason, TaskKind
from housing.models import ResidenceKind, Spell
from people.actions.persons import CannotBeMember, MemberElsewhere, NeedsConfirmation, NewMember
from people.duplicates import FollowedElsewhere, NotToBeToldHere
from people.identification import NotIdentified
from people.journal import Act
from people.models import Employee, Household, IdKind, JournalEntry, MemberRole, Person, Protection, Unit
from people.national_ids import Rule, with_check_digits
from people.refusals import REFUSABLE, Refusal, refusal_of
from tests.factories.people import (
    AT,
    DAY,
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    reporter,
    team_leader,
)

pytestmark = pytest.mark.django_db
AT_ONCE = 8

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
#: Born on 15 May 1985 in the synthetic series.
NUMBER = with_check_digits("158585100") or with_check_digits("158585102") or ""

Register = Callable[..., Household]


def applicant(**kwargs: Any) -> NewMember:
    return NewMember(**{"role": MemberRole.APPLICANT, "name": "Kari Hansen", "born_on": date(1985, 5, 15), **kwargs})


def partner(**kwargs: Any) -> NewMember:
    return NewMember(**{"role": MemberRole.PARTNER, "name": "Per Olsen", "born_on": date(1983, 2, 1), **kwargs})


def child(**kwargs: Any) -> NewMember:
    return NewMember(**{"role": MemberRole.CHILD, "name": "Lise Hansen", "born_on": date(2019, 2, 1), **kwargs})


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def register(unit: Unit, worker: Employee) -> Register:
    """Registers one applicant at the unit today unless told otherwise."""

    def run(**kwargs: Any) -> Household:
        told: dict[str, Any] = {"unit_id": unit.pk, "members": [applicant()], "opened_on": DAY, "by": worker, "at": AT}
        return register_household(**told | kwargs)

    return run


def state(household: Household) -> str:
    return str(Case.objects.get(household=household).state)


def acts(household: Household) -> set[str]:
    return set(JournalEntry.objects.filter(household_id=household.pk).values_list("act", flat=True))


def nothing_was_written() -> bool:
    return not (Household.objects.exists() or Person.objects.exists() or JournalEntry.objects.exists())


def test_a_family_without_a_roof_tonight_is_registered_in_one_sweep(register: Register, unit: Unit) -> None:
    household = register(
        members=[applicant(), partner(), child()],
        lost_home_reason=LostHomeReason.EVICTION,
        situation=ResidenceKind.ROUGH,
        request=NewRequest(channel=Channel.PHONE, asked_by="The school"),
    )

    assert household.municipality == unit.municipality
    assert [m.role for m in household.members.order_by("pk")] == ["applicant", "partner", "child"]
    assert household.responsibilities.get().unit == unit
    assert household.requests.get().channel == Channel.PHONE
    assert household.residences.get().starts_on == DAY
    assert household.cases.get().lost_home_reason == LostHomeReason.EVICTION
    assert state(household) == CaseState.HOMELESS
    assert acts(household) == {
        Act.REGISTERED,
        Act.ASSIGNED,
        Act.CASE_OPENED,
        Act.REQUEST_OPENED,
        Act.RESIDENCE_STARTED,
        Act.CASE_MOVED_ON,
    }


def test_its_spells_are_derived_in_the_same_sweep(register: Register) -> None:
    household = register(situation=ResidenceKind.FRIENDS, since=YESTERDAY)

    spell = Spell.objects.get(household=household)
    assert (spell.state, spell.starts_on, spell.homeless_since) == ("homeless", YESTERDAY, YESTERDAY)


def test_a_household_of_which_nothing_is_known_is_registered(register: Register) -> None:
    assert state(register()) == CaseState.REGISTERED


def test_a_home_at_risk_makes_the_case_one_of_risk(register: Register) -> None:
    household = register(situation=ResidenceKind.PRIVATE_RENTAL, need=NewNeed(NeedKind.AT_RISK, NeedReason.PETITION))

    assert state(household) == CaseState.AT_RISK
    assert household.needs.get().starts_on == DAY


def test_a_situation_that_began_earlier_begins_the_household(register: Register) -> None:
    household = register(situation=ResidenceKind.ROUGH, since=DAY - timedelta(days=20))

    assert household.opened_on == household.members.get().starts_on == DAY - timedelta(days=20)
    assert household.cases.get().opened_on == DAY


def test_a_child_born_after_the_situation_began_is_a_member_from_birth(register: Register) -> None:
    household = register(
        members=[applicant(), child(born_on=YESTERDAY)],
        situation=ResidenceKind.ROUGH,
        since=DAY - timedelta(days=20),
    )

    assert household.members.get(role=MemberRole.CHILD).starts_on == YESTERDAY


def test_who_registers_becomes_responsible(register: Register, worker: Employee) -> None:
    assert register().assignments.get().employee == worker


def test_a_leader_can_register_for_somebody_else(register: Register, unit: Unit, worker: Employee) -> None:
    household = register(by=team_leader(unit), owner=worker)

    assert household.assignments.get().employee == worker


def test_a_caseworker_cannot_register_for_somebody_else(register: Register, unit: Unit) -> None:
    with pytest.raises(PermissionDenied):
        register(owner=caseworker(unit))


def test_only_those_who_do_casework_at_the_unit_can_be_responsible(register: Register, unit: Unit) -> None:
    with pytest.raises(CannotAssign) as refused:
        register(by=team_leader(unit), owner=caseworker(UnitFactory.create()))

    assert refused.value.field == "owner"


def test_an_actor_of_the_system_registers_without_being_responsible(register: Register) -> None:
    household = register(by=EmployeeFactory.create(is_system=True))

    assert not household.assignments.exists()


def test_somebody_of_another_unit_cannot_register_here(register: Register) -> None:
    with pytest.raises(PermissionDenied):
        register(by=caseworker(UnitFactory.create()))


def test_a_reporter_cannot_register(register: Register, unit: Unit) -> None:
    with pytest.raises(PermissionDenied):
        register(by=reporter(unit))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"members": []}, "members"),
        ({"members": [partner()]}, "members"),
        ({"members": [applicant(), applicant(name="Another")]}, "members"),
        ({"opened_on": TOMORROW}, "opened_on"),
        ({"situation": ResidenceKind.ROUGH, "since": TOMORROW}, "since"),
        ({"situation": ResidenceKind.TEMPORARY}, "situation"),
        ({"situation": ResidenceKind.NIGHT_SHELTER}, "situation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(register: Register, told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotRegister) as refused:
        register(**told)

    assert refused.value.field == field
    assert nothing_was_written()


@pytest.mark.parametrize("told", [{"born_on": None}, {"born_on": TOMORROW}])
def test_somebody_without_a_possible_birth_date_is_refused(register: Register, told: dict[str, Any]) -> None:
    with pytest.raises(CannotBeMember) as refused:
        register(members=[applicant(), child(prefix="members-1-", **told)])

    assert refused.value.field == "members-1-born_on"
    assert nothing_was_written()


def test_a_request_from_the_future_is_refused(register: Register) -> None:
    with pytest.raises(CannotReceive):
        register(request=NewRequest(asked_at=AT + timedelta(minutes=1)))

    assert nothing_was_written()


def test_a_national_id_gives_kind_and_birth_date(register: Register) -> None:
    person = register(members=[applicant(national_id=NUMBER, born_on=None)]).members.get().person

    assert (person.national_id, person.id_kind, person.born_on) == (NUMBER, IdKind.SYNTHETIC, date(1985, 5, 15))


def test_an_invalid_national_id_says_which_rule_it_breaks(register: Register) -> None:
    with pytest.raises(NotIdentified) as refused:
        register(members=[applicant(national_id=NUMBER[:-1], prefix="members-0-")])

    assert (refused.value.rule, refused.value.field) == (Rule.LENGTH, "members-0-national_id")


def test_a_birth_date_that_is_not_the_number_s_is_asked_about(register: Register) -> None:
    members = [applicant(national_id=NUMBER, born_on=date(1985, 5, 16))]
    with pytest.raises(NeedsConfirmation):
        register(members=members)

    household = register(members=members, accepted_warnings=True)
    assert household.members.get().person.born_on == date(1985, 5, 16)


def test_a_known_number_reuses_the_person(register: Register) -> None:
    known = PersonFactory.create(name="Kari Hansen", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)

    household = register(members=[applicant(national_id=NUMBER, language="so", needs_interpreter=True)])

    assert household.members.get().person == known
    known.refresh_from_db()
    assert (known.language, known.needs_interpreter) == ("so", True)


def test_a_known_number_with_another_name_is_asked_about(register: Register) -> None:
    PersonFactory.create(name="Anne Lie", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)

    with pytest.raises(NeedsConfirmation) as asked:
        register(members=[applicant(national_id=NUMBER)])

    assert asked.value.warnings == [gettext("The national id is already registered, with another name.")]


def test_somebody_one_has_met_is_named_when_the_name_differs(register: Register, unit: Unit) -> None:
    known = PersonFactory.create(name="Anne Lie", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    household = HouseholdFactory.create(unit=unit, applicant=None)
    MemberFactory.create(household=household, person=known, role=MemberRole.CHILD_VISIT)

    with pytest.raises(NeedsConfirmation) as asked:
        register(members=[applicant(national_id=NUMBER)])

    assert "Anne Lie" in asked.value.warnings[0]


def test_protection_told_now_is_taken_for_a_known_person(register: Register) -> None:
    known = PersonFactory.create(name="Kari Hansen", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)

    register(members=[applicant(national_id=NUMBER, protection=Protection.CONFIDENTIAL, protection_from=DAY)])

    known.refresh_from_db()
    assert (known.protection, known.protection_from) == (Protection.CONFIDENTIAL, DAY)


def test_who_registers_a_protected_household_still_sees_it(register: Register, worker: Employee, unit: Unit) -> None:
    household = register(members=[applicant(protection=Protection.CONFIDENTIAL)])

    assert Household.objects.visible_to(worker, at=AT).contains(household)
    assert not Household.objects.visible_to(team_leader(unit), at=AT).contains(household)


def test_an_adult_of_another_household_is_refused_naming_it(register: Register, unit: Unit) -> None:
    other = HouseholdFactory.create(unit=unit, applicant__person__name="Anne Lie")
    known = PersonFactory.create(name="Kari Hansen", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    MemberFactory.create(household=other, role=MemberRole.PARTNER, person=known)

    with pytest.raises(MemberElsewhere) as refused:
        register(members=[applicant(national_id=NUMBER, prefix="members-0-")])

    assert refused.value.household == other
    assert "Anne Lie" in str(refused.value)
    assert refused.value.field == "members-0-national_id"


def test_of_an_adult_of_another_unit_s_household_only_the_unit_is_told(register: Register) -> None:
    known = PersonFactory.create(name="Anne Lie", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    other = UnitFactory.create(name="NAV Nord", phone="32 00 00 00")
    MemberFactory.create(household=HouseholdFactory.create(unit=other, applicant=None), person=known)

    with pytest.raises(FollowedElsewhere) as refused:
        register(members=[applicant(national_id=NUMBER)], accepted_warnings=True)

    assert "NAV Nord" in str(refused.value)
    assert "Anne Lie" not in str(refused.value)


def test_a_protected_person_gets_the_same_neutral_answer(register: Register, unit: Unit) -> None:
    known = PersonFactory.create(national_id=NUMBER, id_kind=IdKind.SYNTHETIC, is_shielded=True, name="Secret")
    MemberFactory.create(household=HouseholdFactory.create(unit=unit, applicant=None), person=known)

    with pytest.raises(NotToBeToldHere) as refused:
        register(members=[applicant(national_id=NUMBER)])

    assert "Secret" not in str(refused.value)


def test_a_protected_person_in_no_household_is_not_told_of_either(register: Register) -> None:
    PersonFactory.create(national_id=NUMBER, id_kind=IdKind.SYNTHETIC, is_shielded=True)

    with pytest.raises(NotToBeToldHere):
        register(members=[applicant(national_id=NUMBER)])


def test_the_child_of_a_protected_person_gets_the_neutral_answer(register: Register, unit: Unit) -> None:
    hidden = HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True)
    known = PersonFactory.create(is_child=True, national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    MemberFactory.create(household=hidden, role=MemberRole.CHILD, person=known)

    with pytest.raises(NotToBeToldHere):
        register(members=[applicant(), child(national_id=NUMBER)], accepted_warnings=True)


def test_a_child_can_live_in_two_households_and_not_in_three(register: Register, unit: Unit) -> None:
    known = PersonFactory.create(name="Lise Hansen", is_child=True, national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    MemberFactory.create(household=HouseholdFactory.create(unit=unit), role=MemberRole.CHILD, person=known)
    members = [applicant(), child(national_id=NUMBER, prefix="members-1-")]

    second = register(members=members)

    assert second.members.filter(person=known).exists()
    with pytest.raises(MemberElsewhere):
        register(members=[applicant(name="Ola Vik", born_on=date(1980, 1, 1)), members[1]])


def test_a_child_of_one_household_cannot_be_an_adult_of_another(register: Register, unit: Unit) -> None:
    known = PersonFactory.create(name="Kari Hansen", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    MemberFactory.create(household=HouseholdFactory.create(unit=unit), role=MemberRole.CHILD, person=known)

    with pytest.raises(MemberElsewhere):
        register(members=[applicant(national_id=NUMBER)])


def test_a_visiting_child_clashes_with_nothing(register: Register, unit: Unit) -> None:
    known = PersonFactory.create(name="Lise Hansen", is_child=True, national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    for _ in range(2):
        MemberFactory.create(household=HouseholdFactory.create(unit=unit), role=MemberRole.CHILD, person=known)

    household = register(members=[applicant(), child(national_id=NUMBER, role=MemberRole.CHILD_VISIT)])

    assert household.members.filter(person=known).exists()


def test_the_same_national_id_twice_in_one_form_is_refused(register: Register) -> None:
    with pytest.raises(CannotBeMember) as refused:
        register(
            members=[applicant(national_id=NUMBER), child(name="", national_id=NUMBER, prefix="members-1-")],
            accepted_warnings=True,
        )

    assert refused.value.field == "members-1-national_id"
    assert nothing_was_written()


def test_a_person_known_to_the_employee_is_taken_by_id(register: Register, unit: Unit) -> None:
    left = MemberFactory.create(household=HouseholdFactory.create(unit=unit), role="partner", ends_on=YESTERDAY)

    assert register(members=[applicant(person_id=left.person_id)]).members.get().person == left.person


def test_a_person_never_met_cannot_be_taken_by_id(register: Register) -> None:
    stranger = MemberFactory.create()

    for person_id in (stranger.person_id, 0):
        with pytest.raises(NotToBeToldHere):
            register(members=[applicant(person_id=person_id)])


def test_somebody_alike_is_shown_before_a_second_is_made(register: Register, unit: Unit) -> None:
    HouseholdFactory.create(
        unit=unit, applicant__person__name="Kåre Hånsen", applicant__person__born_on=date(1985, 5, 15)
    )
    members = [applicant(name="Kare Hansen")]

    with pytest.raises(NeedsConfirmation) as asked:
        register(members=members)

    assert "Kåre Hånsen" in asked.value.warnings[0]
    assert register(members=members, accepted_warnings=True).members.exists()


def test_with_an_approximate_birth_date_the_year_is_enough(register: Register, unit: Unit) -> None:
    HouseholdFactory.create(unit=unit, applicant__person__name="Kari Hansen")

    register(members=[applicant(born_on=date(1984, 1, 1), is_birth_approximate=True)])
    with pytest.raises(NeedsConfirmation):
        register(members=[applicant(born_on=date(1985, 1, 1), is_birth_approximate=True)])


def test_nobody_hidden_is_shown_as_alike(register: Register, unit: Unit) -> None:
    same = {"applicant__person__name": "Kari Hansen", "applicant__person__born_on": date(1985, 5, 15)}
    HouseholdFactory.create(**same)
    HouseholdFactory.create(unit=unit, applicant__person__is_shielded=True, **same)
    moved = PersonFactory.create(name="Kari Hansen", born_on=date(1985, 5, 15), is_shielded=True)
    MemberFactory.create(household=HouseholdFactory.create(unit=unit), role="other", person=moved, ends_on=DAY)

    assert register().members.exists()


def test_somebody_without_a_name_is_like_nobody(register: Register, unit: Unit) -> None:
    HouseholdFactory.create(unit=unit, applicant__person__born_on=date(1985, 5, 15))

    assert register(members=[applicant(name=" ")]).members.exists()


def test_twins_registered_together_are_not_taken_for_one(register: Register) -> None:
    household = register(members=[applicant(), child(name="Lise Hansen"), child(name="Elise Hansen")])

    assert household.members.count() == 3


def test_a_child_older_than_a_parent_is_asked_about(register: Register) -> None:
    members = [applicant(), child(born_on=date(1985, 5, 15))]

    with pytest.raises(NeedsConfirmation) as asked:
        register(members=members)

    assert "Lise Hansen" in asked.value.warnings[0]
    assert nothing_was_written()
    assert register(members=members, accepted_warnings=True).members.count() == 2


def test_somebody_under_age_alone_is_a_task_for_the_leader(register: Register) -> None:
    household = register(members=[applicant(born_on=date(2008, 3, 11))])

    task = household.tasks.get()
    assert (task.kind, task.for_leader, task.due_on) == (TaskKind.OTHER, True, DAY)


def test_somebody_who_turns_eighteen_today_is_of_age(register: Register) -> None:
    assert not register(members=[applicant(born_on=date(2008, 3, 10))]).tasks.exists()


@pytest.mark.django_db(transaction=True)
def test_somebody_registered_at_two_counters_at_once_is_one_person(register: Register) -> None:
    start = Barrier(AT_ONCE)

    def try_it(_counter: int) -> Refusal | None:
        start.wait()
        try:
            register(members=[applicant(national_id=NUMBER)])
        except REFUSABLE as error:
            refusal = refusal_of(error)
            assert refusal is not None, error
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(AT_ONCE) as counters:
        refused = [answer for answer in counters.map(try_it, range(AT_ONCE)) if answer is not None]

    assert len(refused) == AT_ONCE - 1
    assert Person.objects.with_number(NUMBER).count() == Household.objects.count() == 1
