from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404

from cases.actions.households import (
    CannotJoin,
    CannotSplit,
    Situation,
    SplitReason,
    join_households,
    split_household,
)
from cases.actions.journey import NoOpenCase
from cases.actions.requests import NewRequest
from cases.actions.tasks import open_task
from cases.models import Case, ClosingReason, Need, NeedKind, NeedReason, TaskKind
from housing.actions.spells import refresh, spell_differences
from housing.models import NotTogether, ResidenceKind, Spell
from people.access import Stale
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Member, MemberRole, Municipality, Role, Unit
from people.refusals import refusal_of
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    OSLO_NUMBER,
    AssignmentFactory,
    CoResponsibilityFactory,
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    SharingPracticeFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
)
from tests.journeys import opened_by

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
A_MONTH_AGO = date(2026, 2, 10)
APPLICANT, PARTNER, CHILD, OTHER = MemberRole.APPLICANT, MemberRole.PARTNER, MemberRole.CHILD, MemberRole.OTHER

Act_ = Callable[..., Household]


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


def placed(unit: Unit, *, since: date = A_MONTH_AGO, kind: ResidenceKind = ResidenceKind.TEMPORARY) -> Household:
    """A household with an open case, placed at a provider, or living otherwise, since a day."""
    household: Household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    where: dict[str, Any] = {"is_placed": True} if kind == ResidenceKind.TEMPORARY else {"kind": kind}
    ResidenceFactory.create(household=household, starts_on=since, **where)
    refresh([household.pk])
    return household


@pytest.fixture
def family(unit: Unit) -> Household:
    """Applicant, partner and child, placed since a month."""
    household = placed(unit)
    MemberFactory.create(household=household, role=PARTNER)
    MemberFactory.create(household=household, is_child=True)
    return household


def member(household: Household, role: MemberRole) -> Member:
    return household.members.on(DAY).get(role=role)


@pytest.fixture
def split(family: Household, worker: Employee) -> Act_:
    """Lets partner and child leave today to friends, unless told otherwise."""

    def run(**kwargs: Any) -> Household:
        told: dict[str, Any] = {
            "household_id": family.pk,
            "leaving": {member(family, PARTNER).pk: APPLICANT, member(family, CHILD).pk: CHILD},
            "on": DAY,
            "because": SplitReason.BREAK_UP,
            "reason": "Break-up",
            "situation": Situation(ResidenceKind.FRIENDS),
            "by": worker,
            "at": AT,
        }
        return split_household(**told | kwargs)

    return run


@pytest.fixture
def join(worker: Employee) -> Act_:
    def run(first: Household, second: Household, **kwargs: Any) -> Household:
        told: dict[str, Any] = {"on": DAY, "reason": "Moved together", "by": worker, "at": AT}
        return join_households(**told | {"household_id": first.pk, "other_id": second.pk} | kwargs)

    return run


def state(household: Household) -> str:
    return str(Case.objects.get(household=household).state)


def test_who_leaves_forms_a_household_of_their_own(split: Act_, family: Household, worker: Employee) -> None:
    partner, child = member(family, PARTNER).person, member(family, CHILD).person

    new = split(request=NewRequest(asked_by="Herself"))

    assert (new.split_from, new.split_on, new.opened_on) == (family, DAY, DAY)
    assert {(m.person, m.role, m.starts_on) for m in new.members.all()} == {
        (partner, APPLICANT, DAY),
        (child, CHILD, DAY),
    }
    assert [m.role for m in family.members.on(DAY)] == [APPLICANT]
    assert new.requests.get().asked_by == "Herself"
    assert new.assignments.get().employee == worker
    assert (state(family), state(new)) == ("temporary", "homeless")
    assert JournalEntry.objects.get(act=Act.SPLIT, household_id=family.pk).subject_id == new.pk
    formed = JournalEntry.objects.get(act=Act.FORMED_BY_SPLIT, household_id=new.pk)
    assert (formed.reason, formed.details["because"]) == ("Break-up", "break_up")


def test_the_old_household_s_journal_tells_neither_why_nor_how(split: Act_, family: Household) -> None:
    split(because=SplitReason.VIOLENCE)

    line = JournalEntry.objects.get(act=Act.SPLIT, household_id=family.pk)
    assert (line.reason, line.details) == ("", {"members": 2})
    assert not JournalEntry.objects.filter(household_id=family.pk, act=Act.KEPT_APART).exists()


def test_the_stay_of_each_part_goes_on_with_its_first_night(split: Act_, family: Household) -> None:
    elsewhere = ProviderFactory.create()

    new = split(situation=Situation(ResidenceKind.TEMPORARY, provider_id=elsewhere.pk, planned_end=TOMORROW))

    assert new.residences.get().provider == elsewhere
    for household in (family, new):
        stay = Spell.objects.stays().get(household=household)
        assert (stay.starts_on, stay.limit_on) == (A_MONTH_AGO, date(2026, 5, 10))
    assert state(new) == "temporary"
    assert spell_differences() == []


def test_the_nights_before_the_split_stay_with_the_old_household(split: Act_) -> None:
    new = split(situation=Situation(ResidenceKind.TEMPORARY, provider_id=ProviderFactory.create().pk))

    [nights] = Spell.objects.stays().get(household=new).nights
    assert nights.lower == DAY


def test_a_part_of_which_no_place_is_known_is_elsewhere(split: Act_) -> None:
    assert state(split(situation=None)) == "elsewhere"


def test_a_part_that_rents_is_settled(split: Act_) -> None:
    assert state(split(situation=Situation(ResidenceKind.PRIVATE_RENTAL))) == "settled"


def test_when_the_applicant_leaves_the_partner_is_the_applicant_of_those_who_stay(
    split: Act_, family: Household
) -> None:
    partner = member(family, PARTNER).person

    split(leaving={member(family, APPLICANT).pk: APPLICANT})

    assert member(family, APPLICANT).person == partner


def test_the_old_caseworker_goes_on_with_both_when_that_is_said(split: Act_, family: Household, unit: Unit) -> None:
    owner = caseworker(unit)
    AssignmentFactory.create(household=family, employee=owner)

    with pytest.raises(PermissionDenied):
        split()

    assert split(by=owner, keeps_owner=True).assignments.get().employee == owner


def test_a_leader_lets_the_old_caseworker_go_on_with_both(split: Act_, family: Household, unit: Unit) -> None:
    owner = caseworker(unit)
    AssignmentFactory.create(household=family, employee=owner)

    new = split(by=opened_by(employee_with(Role.TEAM_LEADER, unit), family), keeps_owner=True)

    assert new.assignments.get().employee == owner


def test_unless_it_is_said_the_leader_says_who_follows_the_new_household(
    split: Act_, family: Household, unit: Unit
) -> None:
    owner = caseworker(unit)
    AssignmentFactory.create(household=family, employee=owner)

    new = split(by=owner)

    assert not new.assignments.exists()
    task = new.tasks.get()
    assert (task.kind, task.for_leader, task.due_on) == (TaskKind.LEADER_ASSIGN_PART, True, DAY)


def test_a_colleague_who_splits_follows_the_new_household(split: Act_, family: Household, unit: Unit) -> None:
    AssignmentFactory.create(household=family, employee=caseworker(unit))
    colleague = opened_by(caseworker(unit), family)

    new = split(by=colleague)

    assert new.assignments.get().employee == colleague
    assert not new.tasks.exists()


def test_after_violence_the_two_have_nobody_and_no_place_in_common(split: Act_, family: Household, unit: Unit) -> None:
    owner, other = caseworker(unit), UnitFactory.create()
    AssignmentFactory.create(household=family, employee=owner)
    CoResponsibilityFactory.create(household=family, unit=other)
    SharingPracticeFactory.create(unit=unit, with_unit=other)

    new = split(by=owner, because=SplitReason.VIOLENCE, reason="Threats with a knife")

    assert not new.assignments.exists()
    assert not new.co_responsibilities.exists()
    assert not new.grants.exists()
    assert new.tasks.get().kind == TaskKind.LEADER_ASSIGN_PART
    pair = NotTogether.objects.get()
    assert (pair.household, pair.other, pair.reason) == (family, new, "Threats with a knife")
    assert JournalEntry.objects.filter(household_id=new.pk, act=Act.KEPT_APART).exists()


def test_after_a_break_up_the_unit_s_practice_of_sharing_holds_for_both(split: Act_, unit: Unit) -> None:
    other = UnitFactory.create()
    SharingPracticeFactory.create(unit=unit, with_unit=other)

    assert split().co_responsibilities.get().unit == other


def test_who_cannot_go_on_with_both_is_said_at_the_field(split: Act_, family: Household, unit: Unit) -> None:
    with pytest.raises(CannotSplit) as nobody:
        split(keeps_owner=True)
    owner = caseworker(unit)
    AssignmentFactory.create(household=family, employee=owner)
    refused = []
    for told in (
        {"by": owner, "because": SplitReason.VIOLENCE},
        {"by": owner, "unit_id": UnitFactory.create().pk},
        {"by": opened_by(caseworker(unit), family)},
    ):
        with pytest.raises(CannotSplit) as error:
            split(keeps_owner=True, **told)
        refused.append(error.value)

    assert {error.field for error in (nobody.value, *refused)} == {"keeps_owner"}
    assert len({str(error.message) for error in refused}) == 3


def test_somebody_under_age_who_leaves_alone_is_a_task_for_the_leader(split: Act_, family: Household) -> None:
    youth = MemberFactory.create(household=family, role=OTHER, person__born_on=date(2009, 1, 1))

    assert split(leaving={youth.pk: APPLICANT}).tasks.get().for_leader
    assert not family.tasks.exists()


def test_another_unit_can_answer_for_the_new_household(split: Act_) -> None:
    other = UnitFactory.create()

    new = split(unit_id=other.pk)

    assert new.responsibilities.get().unit == other
    assert not new.assignments.exists()


def test_the_system_splits_without_being_responsible(split: Act_) -> None:
    assert not split(by=EmployeeFactory.create(is_system=True)).assignments.exists()


def test_a_split_needs_a_day_members_an_applicant_and_an_adult_who_stays(split: Act_, family: Household) -> None:
    applicant, partner, child = (member(family, role) for role in (APPLICANT, PARTNER, CHILD))
    joined_today = MemberFactory.create(household=family, role=OTHER, starts_on=DAY)
    fields = []
    refusable: list[dict[str, Any]] = [
        {"on": TOMORROW},
        {"leaving": {}},
        {"leaving": {partner.pk: APPLICANT, 0: CHILD}},
        {"leaving": {joined_today.pk: APPLICANT}},
        {"leaving": {partner.pk: OTHER, child.pk: CHILD}},
        {"leaving": {applicant.pk: APPLICANT, partner.pk: APPLICANT}},
        {"leaving": {applicant.pk: APPLICANT, partner.pk: PARTNER}, "on": YESTERDAY},
        {"situation": Situation(ResidenceKind.TEMPORARY)},
        {"situation": Situation(ResidenceKind.FRIENDS, provider_id=1)},
        {"unit_id": 0},
    ]
    for told in refusable:
        with pytest.raises(CannotSplit) as refused:
            split(**told)
        fields.append(refused.value.field)

    assert fields == ["on", "leaving", "leaving", "on", "leaving", "leaving", "leaving", "provider", "provider", "unit"]
    assert Household.objects.count() == 1


def test_a_room_that_is_taken_is_refused_by_name(split: Act_, unit: Unit) -> None:
    room = RoomFactory.create()
    ResidenceFactory.create(
        household=HouseholdFactory.create(unit=unit), kind="temporary", provider=room.provider, room=room
    )

    with pytest.raises(IntegrityError) as refused:
        split(situation=Situation(ResidenceKind.TEMPORARY, provider_id=room.provider_id, room_id=room.pk))

    assert refusal_of(refused.value) is not None


def test_a_household_with_a_closed_case_is_not_split(split: Act_, family: Household) -> None:
    Case.objects.filter(household=family).delete()

    with pytest.raises(NoOpenCase):
        split()


def test_for_others_there_is_nothing_to_split(split: Act_, unit: Unit) -> None:
    for somebody, answer in (
        (caseworker(UnitFactory.create()), Http404),
        (reporter(unit), Http404),
        (employee_with(Role.PLAN_COORDINATOR, unit), PermissionDenied),
    ):
        with pytest.raises(answer):
            split(by=somebody)


def test_a_protected_household_is_split_by_those_assigned(split: Act_, family: Household, worker: Employee) -> None:
    person = member(family, PARTNER).person
    person.protection = "confidential"
    person.save(update_fields=["protection"])
    with pytest.raises(Http404):
        split()

    AssignmentFactory.create(household=family, employee=worker)

    assert Household.objects.visible_to(worker, at=AT).contains(split(keeps_owner=True))


def test_a_stale_form_splits_nothing(split: Act_) -> None:
    with pytest.raises(Stale):
        split(version=5)


def test_the_household_with_the_earlier_first_night_goes_on(join: Act_, unit: Unit) -> None:
    late, early = placed(unit, since=A_MONTH_AGO), placed(unit, since=date(2026, 1, 10))
    guest = late.members.get().person

    kept = join(late, early)

    assert kept == early
    assert kept.members.on(DAY).get(person=guest).role == PARTNER
    assert not late.members.on(DAY).exists()
    assert late.residences.get().ends_on == DAY
    case = Case.objects.get(household=late)
    assert (case.state, case.closed_on, case.closing_reason) == ("closed", DAY, ClosingReason.JOINED)
    assert Spell.objects.stays().get(household=kept).limit_on == date(2026, 4, 10)
    assert spell_differences() == []
    assert {e.household_id for e in JournalEntry.objects.filter(act=Act.JOINED)} == {late.pk, early.pk}


def test_a_stay_outlasts_longer_homelessness_without_one(join: Act_, unit: Unit) -> None:
    rough = placed(unit, since=date(2025, 1, 1), kind=ResidenceKind.ROUGH)
    staying = placed(unit)

    kept = join(rough, staying)

    assert kept == staying
    # and the household is homeless since its own first night, not since the other's
    assert Spell.objects.stays().get(household=kept).homeless_since == A_MONTH_AGO
    assert Spell.objects.get(household=rough).starts_on == date(2025, 1, 1)


def test_without_a_stay_the_longer_homelessness_goes_on(join: Act_, unit: Unit) -> None:
    longer = placed(unit, since=A_MONTH_AGO, kind=ResidenceKind.FRIENDS)
    shorter = placed(unit, since=YESTERDAY, kind=ResidenceKind.ROUGH)

    assert join(shorter, longer) == longer


def test_without_any_clock_the_older_household_goes_on(join: Act_, unit: Unit) -> None:
    first = HouseholdFactory.create(unit=unit)
    second = HouseholdFactory.create(unit=unit)
    for household in (first, second):
        CaseFactory.create(household=household)

    assert join(second, first) == first


def test_what_is_open_in_the_other_goes_along_or_ends(join: Act_, unit: Unit, worker: Employee) -> None:
    kept, other = placed(unit, since=date(2026, 1, 10)), placed(unit)
    task = open_task(household=other, kind=TaskKind.OTHER, due_on=TOMORROW, by=worker, at=AT)
    need = Need.objects.create(household=other, kind=NeedKind.AT_RISK, reason=NeedReason.OTHER, starts_on=YESTERDAY)
    assigned = AssignmentFactory.create(household=other, employee=worker)

    join(kept, other)

    for row in (task, need, assigned):
        row.refresh_from_db()
    assert (task.household, need.ends_on, assigned.ends_on) == (kept, DAY, DAY)


def test_a_child_of_both_is_a_child_of_the_one(join: Act_, unit: Unit) -> None:
    kept, other = placed(unit, since=date(2026, 1, 10)), placed(unit)
    child = PersonFactory.create(is_child=True)
    for household in (kept, other):
        MemberFactory.create(household=household, role=CHILD, person=child)

    join(kept, other)

    assert child.memberships.on(DAY).get().household == kept


def test_a_child_who_visited_the_one_and_lived_in_the_other_lives_in_the_one(join: Act_, unit: Unit) -> None:
    kept, other = placed(unit, since=date(2026, 1, 10)), placed(unit)
    child = PersonFactory.create(is_child=True)
    MemberFactory.create(household=kept, role=MemberRole.CHILD_VISIT, person=child)
    MemberFactory.create(household=other, role=CHILD, person=child)

    join(kept, other)

    assert child.memberships.on(DAY).get().role == CHILD


def test_a_stale_form_joins_nothing(join: Act_, unit: Unit) -> None:
    with pytest.raises(Stale):
        join(placed(unit), placed(unit), version=9)


def test_a_second_partner_is_another_member_unless_told(join: Act_, unit: Unit) -> None:
    kept, other = placed(unit, since=date(2026, 1, 10)), placed(unit)
    MemberFactory.create(household=kept, role=PARTNER)
    grown_up = MemberFactory.create(household=other, role=PARTNER)

    join(kept, other, roles={grown_up.pk: OTHER})

    assert sorted(kept.members.on(DAY).values_list("role", flat=True)) == ["applicant", "other", "other", "partner"]


def test_a_join_that_cannot_be_is_refused(join: Act_, unit: Unit) -> None:
    kept, other = placed(unit, since=date(2026, 1, 10)), placed(unit)
    oslo = UnitFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER))
    far = placed(oslo)
    system = EmployeeFactory.create(is_system=True)
    fields = []
    for pair, told in (
        ((kept, kept), {}),
        ((kept, far), {"by": system}),
        ((kept, other), {"on": TOMORROW}),
        ((kept, other), {"on": date(2019, 1, 1)}),
        ((kept, other), {"on": A_MONTH_AGO}),
    ):
        with pytest.raises(CannotJoin) as refused:
            join(*pair, **told)
        fields.append(refused.value.field)
    RequestFactory.create(household=other, unit=unit)
    with pytest.raises(CannotJoin):
        join(kept, other)

    assert fields == ["other", "other", "on", "on", "on"]
    assert other.members.on(DAY).exists()


def test_households_with_a_closed_case_are_not_joined(join: Act_, unit: Unit) -> None:
    closed = HouseholdFactory.create(unit=unit)

    for pair in ((placed(unit), closed), (closed, placed(unit))):
        with pytest.raises(NoOpenCase):
            join(*pair)


def test_both_households_must_be_the_employee_s_to_change(join: Act_, unit: Unit) -> None:
    own, other = placed(unit), placed(UnitFactory.create())

    with pytest.raises(Http404):
        join(own, other)
    with pytest.raises(PermissionDenied):
        join(own, placed(unit), by=employee_with(Role.PLAN_COORDINATOR, unit))
