"""Special notes, grades of protection, and the decision to unmask, from the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from people.actions.protection import tell_of_ended_protection
from people.models import (
    Alert,
    AlertKind,
    Employee,
    GrantKind,
    Household,
    JournalEntry,
    Protection,
    SpecialNote,
    Unit,
    UnitKind,
)
from tests.factories.cases import CaseFactory
from tests.factories.people import (
    AssignmentFactory,
    ClearanceFactory,
    EmployeeFactory,
    GrantFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    team_leader,
)
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    made: Household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=made)
    return made


@pytest.fixture
def owner(unit: Unit, household: Household) -> Employee:
    return AssignmentFactory.create(household=household, employee=caseworker(unit)).employee


def browser(client: Client, employee: Employee) -> Client:
    sign_in(client, employee)
    client.cookies["django_language"] = "en"
    return client


def protect_url(household: Household) -> str:
    return reverse("cases:protect", args=[household.key, household.members.get().pk])


def unmask_url(household: Household) -> str:
    return reverse("cases:unmask", args=[household.key, household.members.get().pk])


def given(household: Household, grade: Protection, **dates: object) -> None:
    person = household.members.get().person
    person.protection = grade
    for name, value in dates.items():
        setattr(person, name, value)
    person.save(update_fields=["protection", *dates])


# ── special notes ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_special_note_is_read_where_it_is_written_and_on_no_other_page(
    client: Client, household: Household, owner: Employee
) -> None:
    browser(client, owner)
    url = reverse("cases:special_notes", args=[household.key])

    send(client, url, {"note_class": "drugs", "text": "Rusfugl"})

    assert "Rusfugl" in text_of(client.get(url))
    for name in ("household", "journal", "lived", "members", "plan", "decisions"):
        told = text_of(client.get(reverse(f"cases:{name}", args=[household.key])))
        assert "Rusfugl" not in told, name
    entry = JournalEntry.objects.get(act="special_note.written")
    assert (entry.reason, entry.details) == ("", {})


def test_an_empty_note_is_refused(client: Client, household: Household, owner: Employee) -> None:
    browser(client, owner)
    send(client, reverse("cases:special_notes", args=[household.key]), {"note_class": "drugs", "text": " "})
    assert not SpecialNote.objects.exists()


def test_colleague_and_leader_read_special_notes_after_saying_why(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    now = timezone.now()
    SpecialNote.objects.create(household=household, note_class="health", text="Helsefugl", by=owner, at=now)
    url = reverse("cases:special_notes", args=[household.key])
    for employee in (team_leader(unit), caseworker(unit)):
        browser(client, employee)
        assert client.get(url).status_code == 302
        GrantFactory.create(
            user=employee,
            content_object=household,
            kind=GrantKind.MEETING,
            granted_at=now - timedelta(minutes=1),
            expires_at=now + timedelta(hours=1),
        )
        assert "Helsefugl" in text_of(client.get(url))


# ── grades ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_grade_takes_effect_at_once_for_everybody_but_those_on_the_case(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    browser(client, owner)

    answer = send(
        client, protect_url(household), {"grade": "confidential", "starts_on": "today", "reason": "Folkeregisteret"}
    )

    assert answer.headers["Location"] == reverse("cases:members", args=[household.key])
    assert client.get(answer.headers["Location"]).status_code == 200
    browser(client, caseworker(unit))
    assert client.get(reverse("cases:household", args=[household.key])).status_code == 404


def test_a_strictly_confidential_address_leaves_the_caseworker_with_whom_to_ring(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    special = UnitFactory.create(municipality=unit.municipality, kind=UnitKind.SPECIAL)
    browser(client, owner)

    sent = {"grade": "strictly_confidential", "starts_on": "today", "reason": "The police"}
    answer = send(client, protect_url(household), sent)

    assert answer.headers["Location"] == reverse("cases:registered_elsewhere")
    assert client.get(reverse("cases:household", args=[household.key])).status_code == 404
    assert Alert.objects.get().unit == special


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"grade": "confidential", "starts_on": "today", "ends_on": "today", "reason": "x"}, "must come after"),
        ({"grade": "confidential", "starts_on": "today"}, "How it is known"),
    ],
)
def test_a_grade_that_cannot_be_is_refused_with_a_sentence(
    client: Client, household: Household, owner: Employee, sent: dict[str, str], sentence: str
) -> None:
    browser(client, owner)
    assert sentence in text_of(send(client, protect_url(household), sent))
    assert household.members.get().person.protection == Protection.NONE


def test_a_milder_grade_is_a_decision_for_whoever_may_unmask(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    given(household, Protection.CONFIDENTIAL)
    sent = {"grade": "client_address", "starts_on": "today", "reason": "x"}

    browser(client, owner)
    assert send(client, protect_url(household), sent).status_code == 403
    leader = team_leader(unit)
    ClearanceFactory.create(employee=leader, unit=unit)
    browser(client, leader)
    assert send(client, protect_url(household), sent).status_code == 302


def test_a_cleared_leader_unmasks_with_a_reason_and_the_caseworker_does_not(
    client: Client, unit: Unit, household: Household, owner: Employee
) -> None:
    given(household, Protection.CONFIDENTIAL)
    browser(client, owner)
    assert client.get(unmask_url(household)).status_code == 403
    leader = team_leader(unit)
    ClearanceFactory.create(employee=leader, unit=unit)
    browser(client, leader)

    send(client, unmask_url(household), {"reason": "The register says so"})

    person = household.members.get().person
    assert (person.unmasked_by, person.unmasked_because) == (leader, "The register says so")
    browser(client, caseworker(unit))
    assert client.get(reverse("cases:household", args=[household.key])).status_code in {200, 302}


def test_when_protection_ends_somebody_is_asked_once_and_everything_stays_masked(
    unit: Unit, household: Household, owner: Employee
) -> None:
    now = timezone.now()
    today = localdate(now)
    given(
        household,
        Protection.CONFIDENTIAL,
        protection_from=today - timedelta(days=30),
        protection_to=today - timedelta(days=1),
    )
    by = EmployeeFactory.create(is_system=True)

    assert [tell_of_ended_protection(by=by, at=now) for _ in range(2)] == [1, 0]

    alert = Alert.objects.get()
    assert (alert.kind, alert.unit, alert.household) == (AlertKind.PROTECTION_OVER, unit, household)
    assert not Household.objects.visible_to(caseworker(unit), at=now).exists()


def test_the_daily_job_asks_about_protection_that_has_ended(household: Household) -> None:
    today = localdate(timezone.now())
    given(household, Protection.CONFIDENTIAL, protection_from=today - timedelta(days=9), protection_to=today)
    call_command("daily")
    assert Alert.objects.filter(kind=AlertKind.PROTECTION_OVER).count() == 1
