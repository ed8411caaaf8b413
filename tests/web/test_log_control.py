"""The month's reads, what a leader makes of the findings, and the signature that ends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.questions.log_control import Control, control_of
from housing.models import Dwelling, ResidenceKind
from people.actions.log_control import CannotMark, CannotSignControl, mark_finding, sign_log_control
from people.decision import Purpose
from people.log_control.month import Month, address_of, surnames_of
from people.log_control.signs import Sign
from people.models import Employee, FindingMark, FindingOutcome, Household, LogControl, Relation, Unit
from people.models.reading import Showing
from people.read_log import Read, write_readings
from tests.factories.housing import ResidenceFactory
from tests.factories.people import (
    LONG_AGO,
    AssignmentFactory,
    DisqualificationFactory,
    GrantFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    reporter,
    team_leader,
)
from tests.web.pages import followed, send
from tests.web.sign_ins import sign_in
from tests.web.unit_life import shielded

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
THIS = Month(TODAY.replace(day=1))
LATER = NOW + timedelta(days=40)
URL = reverse("cases:log_control")
ASKED = f"?month={THIS.starts_on}"
NOTE = "Talked to her about it"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


@pytest.fixture
def household(unit: Unit) -> Household:
    """One that somebody else has."""
    found = HouseholdFactory.create(unit=unit)
    AssignmentFactory.create(household=found)
    return found


def read(employee: Employee, household: Household, purpose: Purpose = Purpose.UNIT, **more: Any) -> None:
    """The employee reads the household now."""
    line = Read(purpose=purpose, household=household.pk)
    write_readings([line], by=employee, what=more.get("what", Showing.VIEW), route="test", request="")


def found(unit: Unit, leader: Employee) -> dict[tuple[int | None, int | None], set[Sign]]:
    """The signs of each finding of this month; what the hour of the test adds is left out."""
    hours = {Sign.NIGHT, Sign.NIGHT_WITH_REASON, Sign.OUTSIDE_HOURS}
    findings = [one.finding for one in control_of(unit, THIS, leader, at=NOW).found]
    return {one.key: set(one.signs) - hours for one in findings if set(one.signs) - hours}


def suspicious(unit: Unit, household: Household) -> Employee:
    """A colleague who tries the household of a relative."""
    employee = caseworker(unit)
    DisqualificationFactory.create(employee=employee, person=household.members.get().person)
    read(employee, household, Purpose.REFUSED)
    return employee


def test_a_month_is_asked_from_its_first_midnight_to_the_next_one_s() -> None:
    month = Month(date(2026, 12, 1))

    assert month.ends_on == date(2027, 1, 1)
    assert [moment.isoformat() for moment in month.moments] == [
        "2026-12-01T00:00:00+01:00",
        "2027-01-01T00:00:00+01:00",
    ]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Storgata 12", ("storgata", 12, "")),
        (" Øvre  Storgate 12 B, 3600 Kongsberg", ("ovre storgate", 12, "b")),
        ("Storgata", None),
        ("", None),
    ],
)
def test_an_address_is_street_and_number(text: str, known: tuple[str, int, str] | None) -> None:
    assert address_of(text) == known


def test_a_surname_is_the_last_word_and_both_of_a_double_one() -> None:
    assert surnames_of("Kari Bjørk-Ås") == {"bjork", "as"}
    assert surnames_of("Kari") == surnames_of("") == frozenset()


def test_a_colleague_who_tries_a_relative_s_household_is_found(
    unit: Unit, leader: Employee, household: Household
) -> None:
    employee = suspicious(unit, household)

    assert found(unit, leader) == {(employee.pk, household.pk): {Sign.PARTY, Sign.REFUSED}}


def test_whoever_is_on_the_case_and_a_colleague_with_nothing_against_them_are_not(
    unit: Unit, leader: Employee, household: Household
) -> None:
    own = caseworker(unit)
    AssignmentFactory.create(household=household, employee=own, role="substitute")
    read(own, household, Purpose.OWN_CASE)
    read(caseworker(unit), household)
    read(leader, household, Purpose.LEADER)

    assert found(unit, leader) == {}


def test_a_read_from_a_unit_that_has_nothing_to_do_with_it_is_found_unless_let_in(
    unit: Unit, leader: Employee, household: Household
) -> None:
    stranger, let_in = caseworker(UnitFactory.create()), caseworker(UnitFactory.create())
    GrantFactory.create(user=let_in, content_object=household, granted_at=NOW - timedelta(hours=1), expires_at=LATER)
    read(stranger, household)
    read(let_in, household, Purpose.GRANT)

    assert found(unit, leader) == {(stranger.pk, household.pk): {Sign.NO_RELATION}}


def test_namesakes_and_neighbours_are_known_from_the_registers(unit: Unit, leader: Employee) -> None:
    employee = caseworker(unit)
    Employee.objects.filter(pk=employee.pk).update(name="Kari Sjeldenrud")
    own, namesake, neighbour = (
        HouseholdFactory.create(unit=unit, applicant__person__name=name)
        for name in ("Kari Sjeldenrud", "Ola Sjeldenrud", "Per Hansen")
    )
    for one, number in ((own, 12), (neighbour, 14)):
        AssignmentFactory.create(household=one)
        dwelling = Dwelling.objects.create(
            address=f"Storgata {number}", municipality=unit.municipality, tenure="owned", acquired_on=LONG_AGO
        )
        ResidenceFactory.create(
            household=one,
            kind=ResidenceKind.MUNICIPAL_RENTAL,
            lease="ordinary",
            dwelling=dwelling,
            starts_on=LONG_AGO,
        )
    AssignmentFactory.create(household=namesake)
    DisqualificationFactory.create(employee=employee, person=own.members.get().person, relation=Relation.SELF)
    read(employee, namesake)
    read(employee, neighbour)
    colleague = caseworker(unit)
    read(colleague, own, Purpose.REFUSED)

    assert found(unit, leader) == {
        (employee.pk, namesake.pk): {Sign.SAME_NAME},
        (employee.pk, neighbour.pk): {Sign.NEIGHBOUR},
        (colleague.pk, own.pk): {Sign.COLLEAGUE, Sign.REFUSED},
    }


def test_lists_and_another_unit_s_month_are_left_out(unit: Unit, leader: Employee, household: Household) -> None:
    stranger = caseworker(UnitFactory.create())
    read(stranger, household, what=Showing.LIST)
    suspicious(UnitFactory.create(), HouseholdFactory.create())

    assert control_of(unit, THIS, leader, at=NOW).looks == []


def test_a_leader_marks_what_was_found_and_signs_when_the_month_is_over(
    client: Client, unit: Unit, leader: Employee, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    employee = suspicious(unit, household)
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    sign_in(client, leader)
    page = client.get(URL + ASKED)
    [one] = page.context["control"].found
    assert employee.name in page.content.decode()
    assert reverse("cases:sign_log_control") not in page.content.decode()

    finding = reverse("cases:finding", args=[one.ref]) + ASKED
    after = followed(client, send(client, finding, {"outcome": "follow_up", "note": NOTE}))
    assert after.context["control"].found[0].mark.note == NOTE
    signed = followed(client, send(client, reverse("cases:sign_log_control") + ASKED, {"note": ""}))

    control = LogControl.objects.get()
    assert (control.unit, control.month, control.signed_by) == (unit, THIS.starts_on, leader)
    assert (control.reads, control.findings, control.followed_up, control.left_to_others) == (1, 1, 1, 0)
    assert signed.context["control"].signed == control
    assert send(client, reverse("cases:sign_log_control") + ASKED).context["form"].errors


def test_a_month_with_findings_that_nobody_has_looked_at_cannot_be_signed(
    unit: Unit, leader: Employee, household: Household
) -> None:
    suspicious(unit, household)
    control = control_of(unit, THIS, leader, at=LATER)

    with pytest.raises(CannotSignControl):
        signs(control, leader)
    with pytest.raises(CannotSignControl):
        signs(control_of(unit, THIS, leader, at=NOW), leader, at=NOW)


def test_nobody_marks_their_own_reads_and_the_signature_tells_what_is_left(
    client: Client, unit: Unit, leader: Employee, household: Household
) -> None:
    DisqualificationFactory.create(employee=leader, person=household.members.get().person)
    read(leader, household, Purpose.REFUSED)
    control = control_of(unit, THIS, leader, at=LATER)
    [own] = control.found

    with pytest.raises(CannotMark):
        marks(control, leader)
    page = send(sign_in(client, leader), reverse("cases:finding", args=[own.ref]) + ASKED)

    assert own.is_own and control.left == 0
    assert page.status_code == 200 and not FindingMark.objects.exists()
    assert signs(control, leader).left_to_others == 1


@pytest.mark.parametrize("note", ["", "fine", "          "])
def test_a_mark_says_why(note: str, unit: Unit, leader: Employee, household: Household) -> None:
    suspicious(unit, household)

    with pytest.raises(CannotMark):
        marks(control_of(unit, THIS, leader, at=NOW), leader, note=note)


def test_what_is_marked_and_signed_stands(unit: Unit, leader: Employee, household: Household) -> None:
    suspicious(unit, household)
    control = control_of(unit, THIS, leader, at=LATER)
    marks(control, leader)
    signs(control, leader)

    with pytest.raises(DatabaseError, match="signed"):
        marks(control, leader)


@pytest.mark.parametrize("model", [FindingMark, LogControl])
def test_the_app_s_role_cannot_change_or_remove_it(
    model: Any, unit: Unit, leader: Employee, household: Household
) -> None:
    suspicious(unit, household)
    control = control_of(unit, THIS, leader, at=LATER)
    marks(control, leader)
    signs(control, leader)

    rows = model.objects.all()
    for act, told in ((rows.update, {"month": date(2020, 1, 1)}), (rows.delete, {})):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act(**told)


def test_the_newest_mark_counts(unit: Unit, leader: Employee, household: Household) -> None:
    suspicious(unit, household)
    control = control_of(unit, THIS, leader, at=NOW)
    marks(control, leader)
    marks(control, leader, outcome=FindingOutcome.EXPLAINED)

    [one] = control_of(unit, THIS, leader, at=NOW).found
    assert one.mark is not None and one.mark.outcome == FindingOutcome.EXPLAINED
    assert FindingMark.objects.count() == 2


def test_a_shielded_household_stands_there_without_name_or_case(client: Client, unit: Unit, leader: Employee) -> None:
    hidden = shielded(unit, date(2026, 1, 1))
    suspicious(unit, hidden)

    page = sign_in(client, leader).get(URL + ASKED)

    assert len(page.context["control"].found) == 1
    assert hidden.ref[:8] not in page.content.decode()
    assert str(hidden.key) not in page.content.decode()


def test_another_unit_s_control_and_whoever_does_not_control_are_refused(client: Client, unit: Unit) -> None:
    other = team_leader(UnitFactory.create())

    assert sign_in(client, other).get(URL, {"unit": unit.ref}).status_code == 404
    assert client.get(URL, {"month": "1999-01-01"}).status_code == 404
    assert client.get(reverse("cases:finding", args=["unknown"])).status_code == 404
    for employee in (caseworker(unit), reporter(unit)):
        assert sign_in(client, employee).get(URL).status_code == 403


def test_the_control_takes_as_many_statements_for_many_reads(
    client: Client,
    unit: Unit,
    leader: Employee,
    household: Household,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _n in range(5):
        one = HouseholdFactory.create(unit=unit)
        AssignmentFactory.create(household=one)
        suspicious(unit, one)
        read(caseworker(unit), household)
    sign_in(client, leader)

    with django_assert_max_num_queries(28):
        page = client.get(URL + ASKED)
    assert len(page.context["control"].found) >= 5


def marks(control: Control, by: Employee, note: str = NOTE, outcome: FindingOutcome = FindingOutcome.FOLLOW_UP) -> None:
    [one] = control.found
    mark_finding(
        unit_id=control.unit.pk,
        month=control.month.starts_on,
        employee_id=one.finding.employee,
        household_id=one.finding.household,
        signs=[sign.value for sign in one.finding.signs],
        weight=one.finding.weight,
        outcome=outcome,
        note=note,
        by=by,
        at=LATER,
    )


def signs(control: Control, by: Employee, at: Any = LATER) -> LogControl:
    return sign_log_control(
        unit_id=control.unit.pk,
        month=control.month.starts_on,
        reads=len(control.looks),
        findings=control.keys,
        note="",
        by=by,
        at=at,
    )
