"""The invariants hold on sound data; each one that the constraints leave open is found when it is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Case
from housing.models import Residence
from kpi.invariants import INVARIANTS, broken
from people.models import Household, Municipality
from tests.factories.cases import DocumentFactory

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def household(db: None) -> Household:
    household = Household.objects.create(ref="h1", municipality=Municipality.objects.get(pk="0301"))
    Case.objects.create(household=household, municipality_id="0301", opened_on=date(2026, 1, 1))
    return household


def sentences() -> set[str]:
    return {invariant.sentence for invariant, _rows in broken(AT)}


def test_they_hold_in_an_empty_database(db: None) -> None:
    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert said.getvalue() == f"all {len(INVARIANTS)} invariants hold\n"


def live_rough(household: Household) -> None:
    Residence.objects.create(
        household=household, municipality_id="0301", kind="rough", starts_on=date(2026, 2, 1), ends_on=None
    )


def test_a_residence_without_derived_spells_is_found(household: Household) -> None:
    live_rough(household)
    assert "stored spells equal the derivation" in sentences()


def test_a_state_that_the_facts_do_not_give_is_found(household: Household) -> None:
    live_rough(household)
    refresh(household)
    assert sentences() == {"every state agrees with tonight's residence and needs"}


def test_a_placement_without_a_journal_entry_is_found(
    household: Household, make_placement: Callable[[Household], Residence]
) -> None:
    make_placement(household)
    assert "every stay's start and end stands in the journal" in sentences()


def test_the_command_names_the_rows_and_fails(household: Household) -> None:
    live_rough(household)
    said = StringIO()
    with pytest.raises(CommandError, match="invariants do not hold"):
        call_command("check_invariants", stderr=said)
    assert f"missing: household {household.pk} homeless 2026-02-01" in said.getvalue()


def refresh(household: Household) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_spells(%s)", [[household.pk]])


@pytest.fixture
def make_placement(db: None) -> Callable[[Household], Residence]:
    from housing.models import Provider

    def make(household: Household) -> Residence:
        provider = Provider.objects.create(municipality_id="0301", name="Pensjonat", kind="temporary")
        residence = Residence.objects.create(
            household=household, municipality_id="0301", kind="temporary", starts_on=date(2026, 2, 1), provider=provider
        )
        refresh(household)
        return residence

    return make


def test_a_letter_whose_bytes_were_changed_is_found(
    household: Household, make_placement: Callable[[Household], Residence]
) -> None:
    from cases.models import Decision
    from people.models import Employee, Unit

    residence = make_placement(household)
    unit = Unit.objects.create(municipality_id="0301", name="NAV Prøve")
    decision = Decision.objects.create(
        household=household,
        case=household.cases.get(),
        unit=unit,
        provider=residence.provider,
        starts_on=date(2026, 2, 1),
        ends_on=date(2026, 3, 1),
        drafted_by=Employee.objects.get(username="import"),
    )
    DocumentFactory.create(
        decision=decision,
        content=b"%PDF",
        sha256="0" * 64,
        made_at=AT,
    )
    assert "a letter's bytes have the hash that is stored" in sentences()


def test_visible_and_hidden_add_up_for_an_employee_with_a_shielded_household(household: Household) -> None:
    from people.models import Employee, Member, Person, Responsibility, RoleGrant, Unit

    unit = Unit.objects.create(municipality_id="0301", name="NAV Prøve")
    employee = Employee.objects.create_user(username="kari", name="Kari")
    RoleGrant.objects.create(
        employee=employee,
        role="caseworker",
        unit=unit,
        starts_on=date(2026, 1, 1),
        granted_by=employee,
        reason="test",
        confirmed_on=date(2026, 1, 1),
        confirmed_by=employee,
    )
    Responsibility.objects.create(household=household, unit=unit, starts_on=date(2026, 1, 1))
    person = Person.objects.create(born_on=date(1980, 1, 1), protection="confidential")
    Member.objects.create(household=household, person=person, role="applicant", starts_on=date(2026, 1, 1))
    assert sentences() == set()
    assert Household.objects.all().hidden_from(employee, at=AT).count() == 1
