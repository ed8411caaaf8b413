from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404

from cases.actions.destroying import NotApproved, carry_out
from cases.actions.destruction import CannotDestroy, approve, due, propose, set_rule, withdraw
from cases.models import DecisionStatus, DestructionList, Kept, RetentionRule
from housing.actions.spells import refresh, spell_differences
from housing.models import NotTogether, ResidenceKind, Spell
from people import journal
from people.evidence.chain import seal as chain
from people.evidence.reconciliation import reconcile
from people.evidence.verification import destroyed, verify
from people.journal import Act
from people.models import (
    Employee,
    Household,
    JournalEntry,
    Member,
    Person,
    Protection,
    Role,
    SpecialClass,
    SpecialNote,
    Unit,
)
from people.owner import as_owner
from tests.factories.cases import CaseFactory, DecisionFactory, DocumentFactory, HousingPlanFactory, RequestFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import (
    AT,
    DAY,
    KONGSBERG,
    AssignmentFactory,
    DisqualificationFactory,
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.factories.rights import (
    AccessRequestFactory,
    CorrectionRequestFactory,
    RetentionRuleFactory,
    SealFactory,
)

OLD, CLOSED = date(2010, 5, 1), date(2012, 5, 1)
CANARY = "KANARI"
NUMBER = "15858510055"


def long_closed(unit: Unit | None = None, **household: Any) -> Household:
    """A household whose one case closed in 2012."""
    made = HouseholdFactory.create(**({"unit": unit} if unit else {}), **household)
    CaseFactory.create(household=made, opened_on=OLD, state="closed", closed_on=CLOSED, closing_reason="permanent_home")
    return made


def rule(**facts: Any) -> RetentionRule:
    return RetentionRuleFactory.create(**{"years": 10, **facts})


def leader(unit: Unit | None = None) -> Employee:
    return team_leader(unit or UnitFactory.create())


def proposed(by: Employee | None = None) -> DestructionList:
    return propose(municipality=KONGSBERG, by=by or leader(), at=AT)


def on_list(made: DestructionList) -> set[int]:
    return set(made.items.values_list("household", flat=True))


# ── the rule and the list ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_rule_ends_the_one_before_and_names_what_it_rests_on() -> None:
    first = rule()
    by = leader()

    set_rule(municipality=KONGSBERG, years=5, basis="Permission of the national archives", by=by, at=AT)
    second = set_rule(municipality=KONGSBERG, years=6, basis="The same, put right", by=by, at=AT)

    first.refresh_from_db()
    assert (first.ends_on, second.starts_on, RetentionRule.objects.count()) == (DAY, DAY, 2)
    wrongs: list[tuple[dict[str, Any], str]] = [({"years": 0}, "years"), ({"basis": " "}, "basis")]
    for wrong, field in wrongs:
        told: dict[str, Any] = {"years": 5, "basis": "x", **wrong}
        with pytest.raises(CannotDestroy) as refused:
            set_rule(municipality=KONGSBERG, by=by, at=AT, **told)
        assert refused.value.field == field


@pytest.mark.django_db
def test_without_a_rule_nothing_can_be_destroyed() -> None:
    long_closed()

    with pytest.raises(CannotDestroy):
        proposed()


@pytest.mark.django_db
def test_the_list_has_those_closed_so_long_ago_and_no_others() -> None:
    rule()
    old = long_closed()
    late = long_closed()
    late.cases.update(closed_on=date(2020, 1, 1))
    reopened = long_closed()
    CaseFactory.create(household=reopened, opened_on=DAY)
    HouseholdFactory.create()

    assert on_list(proposed()) == {old.pk}


@pytest.mark.django_db
def test_when_nothing_is_due_there_is_no_list() -> None:
    rule()

    with pytest.raises(CannotDestroy):
        proposed()


@pytest.mark.django_db
@pytest.mark.parametrize("holding", [SealFactory, AccessRequestFactory, CorrectionRequestFactory])
def test_what_is_sealed_or_asked_about_is_never_destroyed(holding: Any) -> None:
    household = long_closed()
    holding.create(household=household)

    assert due(rule(), at=AT) == {}


@pytest.mark.django_db
def test_a_family_is_destroyed_whole_or_not_at_all() -> None:
    whole, part, second_part = long_closed(), long_closed(), long_closed()
    Household.objects.filter(pk=part.pk).update(split_from=whole, split_on=CLOSED)
    Household.objects.filter(pk=second_part.pk).update(split_from=part, split_on=CLOSED)
    one = rule()

    assert set(due(one, at=AT)) == {whole.pk, part.pk, second_part.pk}
    SealFactory.create(household=second_part)
    assert due(one, at=AT) == {}


@pytest.mark.django_db
def test_who_proposed_a_list_does_not_approve_it_and_it_is_approved_once() -> None:
    rule()
    long_closed()
    one, another = leader(), employee_with(Role.UNIT_ADMINISTRATOR, UnitFactory.create())
    made = proposed(one)

    with pytest.raises(CannotDestroy):
        approve(list_id=made.pk, by=one, at=AT)
    assert approve(list_id=made.pk, by=another, at=AT).approved_by == another
    with pytest.raises(CannotDestroy):
        approve(list_id=made.pk, by=leader(), at=AT)


@pytest.mark.django_db
def test_only_who_may_destroy_there_proposes_approves_and_withdraws() -> None:
    rule()
    long_closed()
    stranger, made = caseworker(UnitFactory.create()), proposed()

    with pytest.raises(PermissionDenied):
        propose(municipality=KONGSBERG, by=stranger, at=AT)
    for act in (approve, withdraw):
        with pytest.raises(PermissionDenied):
            act(list_id=made.pk, by=stranger, at=AT)
        with pytest.raises(Http404):
            act(list_id=made.pk + 1, by=leader(), at=AT)


@pytest.mark.django_db
def test_a_list_that_is_not_carried_out_can_be_withdrawn() -> None:
    rule()
    long_closed()
    made = proposed()

    withdraw(list_id=made.pk, by=leader(), at=AT)

    assert not DestructionList.objects.exists()


# ── carrying it out ───────────────────────────────────────────────────────────────────────────────────────────────


def full_household(**applicant: Any) -> Household:
    """A household closed long ago, with a canary in every text that it has, and with every version of it in history."""
    facts = {f"applicant__person__{name}": value for name, value in applicant.items()}
    household = long_closed(applicant__person__name=CANARY, **facts)
    person = household.members.get().person
    worker = EmployeeFactory.create()
    Person.objects.filter(pk=person.pk).update(language=CANARY[:4], protection=Protection.CONFIDENTIAL)
    child = {"person__name": f"{CANARY} BARN", "person__born_on": OLD}
    MemberFactory.create(household=household, role="child", starts_on=OLD, **child)
    ResidenceFactory.create(household=household, is_placed=True, starts_on=OLD, ends_on=CLOSED)
    ResidenceFactory.create(
        household=household, kind=ResidenceKind.PRIVATE_RENTAL, lease="ordinary", lease_reason=CANARY, starts_on=CLOSED
    )
    refresh([household.pk])
    RequestFactory.create(household=household, about=CANARY)
    HousingPlanFactory.create(household=household, user_wants=CANARY)
    SpecialNote.objects.create(
        household=household, person=person, note_class=SpecialClass.HEALTH, text=CANARY, by=worker, at=AT
    )
    AssignmentFactory.create(household=household)
    DisqualificationFactory.create(person=person, reason=CANARY)
    other = HouseholdFactory.create()
    NotTogether.objects.create(household=household, other=other, reason=CANARY)
    decision = DecisionFactory.create(
        household=household,
        case=household.cases.get(),
        status=DecisionStatus.ISSUED,
        issued_at=AT,
        issued_by=worker,
        facts=CANARY,
        considerations=CANARY,
        start_reason=CANARY,
        user_view=CANARY,
    )
    DocumentFactory.create(
        decision=decision,
        content=CANARY.encode(),
        sha256="0" * 64,
        made_at=AT,
    )
    journal.record(
        Act.NOTE_WRITTEN,
        household_id=household.pk,
        subject=household,
        by=worker,
        at=AT,
        reason=CANARY,
        details={"x": 1},
    )
    return household


def approved(by: Employee | None = None) -> DestructionList:
    made = proposed(by)
    return approve(list_id=made.pk, by=leader(), at=AT)


def destroy(made: DestructionList, at: datetime = AT) -> DestructionList:
    with as_owner():
        return carry_out(list_id=made.pk, at=at)


def rows_with(text: str) -> list[str]:
    """Every table of the database, history too, with a row that says this anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE to_jsonb(t)::text ILIKE %s", [f"%{text}%"])
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_no_text_and_no_version_of_it_is_left_and_the_record_verifies() -> None:
    rule()
    household = full_household()
    ref, key = household.ref, str(household.key)
    chain()
    assert len(rows_with(CANARY)) > 10

    done = destroy(approved())

    hexed = CANARY.encode().hex()
    assert [table for text in (CANARY, hexed, ref, key) for table in rows_with(text)] == []
    assert list(verify()) == []
    assert list(reconcile()) == []
    chain()
    assert list(verify()) == []
    assert {number for _table, number, _gone, _bared in destroyed()} == {done.pk}


@pytest.mark.django_db(transaction=True)
def test_what_the_figures_rest_on_is_left_without_a_name() -> None:
    rule()
    household = full_household(born_on=date(1985, 5, 17))
    nights = [(row.state, row.starts_on, row.ends_on) for row in Spell.objects.order_by("starts_on")]

    destroy(approved())

    person = Member.objects.get(household=household, role="applicant").person
    assert (person.name, person.born_on, person.is_birth_approximate) == ("", date(1985, 1, 1), True)
    assert person.protection == Protection.NONE
    assert [(row.state, row.starts_on, row.ends_on) for row in Spell.objects.order_by("starts_on")] == nights
    assert spell_differences() == []
    line = JournalEntry.objects.filter(household_id=household.pk).latest("pk")
    assert (line.reason, line.details) == ("", {})


@pytest.mark.django_db(transaction=True)
def test_who_lives_in_another_household_keeps_their_name_there_and_is_parted_from_this_one() -> None:
    rule()
    household = full_household()
    person = household.members.get(role="applicant").person
    Member.objects.filter(household=household, person=person).update(starts_on=OLD, ends_on=CLOSED)
    living = HouseholdFactory.create(applicant=None)
    MemberFactory.create(household=living, person=person, starts_on=CLOSED)

    destroy(approved())

    person.refresh_from_db()
    assert person.name == CANARY
    assert [member.household_id for member in person.memberships.all()] == [living.pk]
    assert household.members.count() == 2
    assert list(verify()) == [] and list(reconcile()) == []


@pytest.mark.django_db(transaction=True)
def test_the_protocol_says_what_by_which_rule_and_by_whom_and_nothing_of_who_it_was() -> None:
    one = rule()
    full_household()
    made = approved()

    done = destroy(made)

    told = json.dumps(done.protocol, sort_keys=True, ensure_ascii=False)
    assert done.sha256 == sha256(told.encode()).hexdigest()
    assert done.protocol["rule"] == {"years": 10, "basis": one.basis}
    assert done.protocol["households"] == {"destroyed": 1, "kept": {}}
    assert done.protocol["rows"]["cases_decision"] == {"removed": 1}
    assert done.protocol["proposed"]["by"] != done.protocol["approved"]["by"]
    assert CANARY not in told


@pytest.mark.django_db(transaction=True)
def test_what_was_sealed_or_reopened_since_is_kept_and_the_list_says_why() -> None:
    rule()
    sealed, reopened, gone = long_closed(), long_closed(), long_closed()
    made = approved()
    SealFactory.create(household=sealed)
    CaseFactory.create(household=reopened, opened_on=DAY)

    done = destroy(made)

    outcome = dict(done.items.values_list("household", "kept_because"))
    assert outcome == {sealed.pk: Kept.SEALED, reopened.pk: Kept.LIVE, gone.pk: ""}
    assert done.protocol["households"] == {"destroyed": 1, "kept": {"live": 1, "sealed": 1}}
    assert Person.objects.get(memberships__household=sealed).name


@pytest.mark.django_db(transaction=True)
def test_a_list_is_carried_out_once_and_only_when_approved() -> None:
    rule()
    long_closed()
    made = proposed()

    with pytest.raises(NotApproved):
        destroy(made)
    with pytest.raises(CommandError):
        call_command("destroy", "--list", str(made.pk))
    approve(list_id=made.pk, by=leader(), at=AT)
    call_command("destroy", "--list", str(made.pk))
    with pytest.raises(NotApproved):
        destroy(made)
    with pytest.raises(CannotDestroy):
        withdraw(list_id=made.pk, by=leader(), at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_is_destroyed_is_on_no_list_again() -> None:
    one = rule()
    long_closed()
    destroy(approved())

    assert due(one, at=AT + timedelta(days=400)) == {}


@pytest.mark.django_db(transaction=True)
def test_a_bared_row_altered_afterwards_is_found() -> None:
    rule()
    household = full_household()
    destroy(approved())
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(
            "UPDATE people_memberevent SET role = 'other' WHERE pgh_id ="
            " (SELECT min(pgh_id) FROM people_memberevent WHERE household_id = %s)",
            [household.pk],
        )

    assert [finding.where for finding in verify()] == ["public.people_memberevent"]
