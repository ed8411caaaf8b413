"""The way into a case that is not one's own, as pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.access import sight_of
from people.decision import Purpose
from people.models import (
    Alert,
    AlertKind,
    CoResponsibility,
    Disqualification,
    DutyContact,
    DutyHours,
    Employee,
    Grant,
    Household,
    Municipality,
    Reading,
    Role,
    SharingPractice,
    Unit,
)
from tests.factories.people import (
    KONGSBERG,
    LONG_AGO,
    AssignmentFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

WHY = "She stands in the doorway with two children and no coat"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    """A colleague's, in a room since a week."""
    household = stay(unit, timezone.localdate() - timedelta(days=7), name="Kari Nordmann")
    AssignmentFactory.create(household=household, employee=caseworker(unit))
    return household


def page(name: str, household: Household) -> str:
    return reverse(f"cases:{name}", args=[household.key])


def purpose(employee: Employee, household: Household) -> Purpose:
    return sight_of(employee, household, at=timezone.now()).purpose


# ── a colleague's case ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_colleague_sees_header_tonight_owner_and_deadlines(client: Client, household: Household, unit: Unit) -> None:
    sign_in(client, caseworker(unit))

    shown = text_of(client.get(page("household", household)))

    owner = household.assignments.get().employee.name
    for words in ("Kari Nordmann", "Guesthouse", owner):
        assert words in shown
    assert page("journal", household) not in shown


@pytest.mark.parametrize("name", ["journal", "members", "lived", "decisions", "plan", "move", "close", "need"])
def test_every_other_page_leads_to_the_form_and_from_there_back(
    client: Client, household: Household, unit: Unit, name: str
) -> None:
    by = caseworker(unit)
    sign_in(client, by)
    asked = page("record_need" if name == "need" else name, household)

    led = client.get(asked)
    assert led.status_code == 302
    assert led.headers["Location"].startswith(page("open", household))
    opened = send(client, led.headers["Location"], {"kind": "open_by_phone"})

    assert opened.headers["Location"] == asked
    assert followed(client, opened).status_code == 200
    assert purpose(by, household) is Purpose.REASON


def test_a_post_to_a_closed_case_changes_nothing_and_leads_to_the_form(
    client: Client, household: Household, unit: Unit
) -> None:
    sign_in(client, caseworker(unit))

    answer = client.post(page("close", household), {"closing_reason": "other"})

    assert answer.headers["Location"].startswith(page("open", household))


def test_the_form_asks_for_a_reason_and_keeps_the_last(client: Client, household: Household, unit: Unit) -> None:
    by, other = caseworker(unit), stay(unit, timezone.localdate())
    AssignmentFactory.create(household=other)
    sign_in(client, by)

    refused = client.post(page("open", household), {"kind": "", "form_key": "0b6a4cf4-8c8c-4e2e-8c39-3d1bb9a1c9a1"})
    assert refused.status_code == 200
    assert not Grant.objects.exists()
    send(client, page("open", household), {"kind": "open_for_meeting"})

    shown = client.get(page("open", other)).content.decode()
    assert re.search(r'value="open_for_meeting"[^>]*checked', shown)


def test_opening_leads_nowhere_outside(client: Client, household: Household, unit: Unit) -> None:
    sign_in(client, caseworker(unit))

    opened = send(client, page("open", household) + "?next=https://example.org/", {"kind": "open_on_duty"})

    assert opened.headers["Location"] == page("household", household)


def test_an_open_case_says_until_when_and_why(client: Client, household: Household, unit: Unit) -> None:
    sign_in(client, caseworker(unit))

    shown = text_of(followed(client, send(client, page("open", household), {"kind": "open_on_duty"})))

    grant = Grant.objects.get()
    assert str(grant.kind.label) in shown
    assert "00.00" in shown
    again = client.get(page("open", household))
    assert again.headers["Location"] == page("household", household)


def test_a_leader_reads_without_and_changes_with_a_reason(client: Client, household: Household, unit: Unit) -> None:
    leader = team_leader(unit)
    sign_in(client, leader)
    assert client.get(page("journal", household)).status_code == 200
    assert page("open", household) in client.get(page("household", household)).content.decode()

    led = client.get(page("close", household))
    opened = send(client, led.headers["Location"], {"kind": "open_as_substitute"})

    assert opened.headers["Location"] == page("close", household)
    assert followed(client, opened).status_code == 200


def test_the_reading_is_logged_as_what_it_was(client: Client, household: Household, unit: Unit) -> None:
    by = caseworker(unit)
    sign_in(client, by)
    client.get(page("household", household))
    followed(client, send(client, page("open", household), {"kind": "open_on_duty"}))

    purposes = set(Reading.objects.filter(employee=by).values_list("purpose", flat=True))

    assert purposes == {"unit", "reason"}


# ── the emergency door ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_door_opens_another_unit_s_case_for_an_hour_and_the_leader_is_told(
    client: Client, household: Household, unit: Unit
) -> None:
    sign_in(client, caseworker(UnitFactory.create()))
    assert client.get(page("household", household)).status_code == 404

    told = {"number": household.ref, "emergency": "danger", "reason": WHY}
    shown = text_of(followed(client, send(client, reverse("cases:emergency"), told)))

    assert "Kari Nordmann" in shown
    assert client.get(page("close", household)).status_code == 403
    leader = Client()
    sign_in(leader, team_leader(unit))
    alerts = leader.get(reverse("people:alerts"))
    assert WHY in text_of(alerts)
    assert page("household", household) in alerts.content.decode()
    assert reverse("people:alerts") in leader.get("/").content.decode()


def test_a_shielded_case_and_a_number_of_nobody_get_the_same_answer_and_whom_to_ring(client: Client) -> None:
    for hours in DutyHours:
        DutyContact.objects.create(
            municipality=Municipality.objects.get(number=KONGSBERG),
            hours=hours,
            name="The watch",
            phone="32 00 00 00",
            starts_on=LONG_AGO,
        )
    by = caseworker(UnitFactory.create())
    sign_in(client, by)
    answers = []
    for ref in (HouseholdFactory.create(applicant__person__protection="confidential").ref, "nobody"):
        told = {"number": ref, "emergency": "danger", "reason": WHY}
        answers.append(text_of(send(client, reverse("cases:emergency"), told)))

    assert answers[0] == answers[1]
    assert "32 00 00 00" in answers[0]
    assert not Alert.objects.exists()
    assert list(Reading.objects.filter(employee=by).values_list("is_refused", flat=True)) == [True, True]


def test_the_door_asks_who_one_is_first_and_is_for_those_who_do_casework(client: Client, unit: Unit) -> None:
    sign_in(client, caseworker(unit), at=timezone.now() - timedelta(hours=1))
    assert "again" in client.get(reverse("cases:emergency")).headers["Location"]

    sign_in(client, employee_with(Role.REPORTER, unit))
    assert client.get(reverse("cases:emergency")).status_code == 403


def test_a_page_of_nothing_offers_the_door_and_the_duty_contact(client: Client, household: Household) -> None:
    sign_in(client, caseworker(UnitFactory.create()))

    missing = client.get(page("household", household))
    none = client.post(reverse("cases:search"), {"text": "Kari Nordmann"})

    assert missing.status_code == 404
    for answer in (missing, none):
        assert reverse("cases:emergency") in answer.content.decode()


# ── alerts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_says_what_came_of_an_alert(client: Client, unit: Unit) -> None:
    alert = Alert.objects.create(
        unit=unit, kind=AlertKind.PROTECTION_OVER, by=caseworker(unit), at=timezone.now(), reason="Ends today"
    )
    url = reverse("people:alert", args=[alert.pk])
    sign_in(client, caseworker(unit))
    assert client.get(url).status_code == 404

    sign_in(client, team_leader(unit))
    assert send(client, url, {"outcome": ""}).status_code == 200
    shown = text_of(followed(client, send(client, url, {"outcome": "Rang the person"})))

    assert "Rang the person" in shown
    assert "Rang the person" in text_of(client.get(url))


# ── shared, kept from, away ───────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_shared_and_no_longer_shared(client: Client, household: Household, unit: Unit) -> None:
    other = UnitFactory.create(name="Housing office")
    sign_in(client, household.assignments.get().employee)

    told = {"unit": other.pk, "basis": "consent", "reason": "They find the home", "starts_on": "-2"}
    shown = text_of(followed(client, send(client, page("share", household), told)))
    assert "They find the home" in shown
    sharing = CoResponsibility.objects.get()
    url = reverse("cases:end_sharing", args=[household.key, sharing.pk])
    assert "They find the home" not in text_of(followed(client, send(client, url, {"on": "-1"})))

    assert client.get(reverse("cases:end_sharing", args=[HouseholdFactory.create().key, sharing.pk])).status_code == 404


def test_who_must_not_deal_with_a_case_says_so_and_it_is_gone(client: Client, household: Household, unit: Unit) -> None:
    by = caseworker(unit)
    sign_in(client, by)
    person = household.members.get().person
    assert page("declare", household) in client.get(page("household", household)).content.decode()

    answer = send(client, page("declare", household), {"person": person.pk, "relation": "relative"})

    assert followed(client, answer).status_code == 200
    assert client.get(page("household", household)).status_code == 404


def test_a_unit_administrator_keeps_an_employee_from_a_case_and_ends_it(client: Client, unit: Unit) -> None:
    employee = caseworker(unit)
    url = reverse("cases:disqualifications")
    sign_in(client, employee)
    assert client.get(url).status_code == 403
    sign_in(client, employee_with(Role.UNIT_ADMINISTRATOR, unit))
    told = {"employee": employee.pk, "relation": "self", "reason": "Lives here"}

    assert Disqualification.objects.count() == 0
    assert send(client, url, {**told, "national_id": "123"}).status_code == 200
    shown = text_of(followed(client, send(client, url, {**told, "national_id": "15858510055"})))
    assert "Lives here" in shown
    assert "15858510055" not in shown
    end = reverse("cases:end_disqualification", args=[Disqualification.objects.get().pk])
    assert "Lives here" not in text_of(followed(client, send(client, end, {"on": "today"})))

    assert not Disqualification.objects.exists()


def test_who_goes_away_lets_a_colleague_stand_in_and_comes_back(
    client: Client, household: Household, unit: Unit
) -> None:
    owner, colleague = household.assignments.get().employee, caseworker(unit)
    sign_in(client, owner)
    url = reverse("cases:away")
    assert url in client.get("/").content.decode()

    assert send(client, url, {"employee": colleague.pk, "starts_on": "today", "ends_on": "-1"}).status_code == 200
    shown = followed(client, send(client, url, {"employee": colleague.pk, "starts_on": "today", "ends_on": "+14"}))
    assert colleague.name in text_of(shown)
    assert purpose(colleague, household) is Purpose.OWN_CASE
    until = household.assignments.get(employee=colleague).ends_on
    followed(client, client.post(reverse("cases:back", args=[colleague.pk, until])))

    assert purpose(colleague, household) is Purpose.UNIT
    assert client.post(reverse("cases:back", args=[colleague.pk, "never"])).status_code == 404


def test_a_leader_shares_every_case_with_another_unit_and_ends_it(client: Client, unit: Unit) -> None:
    other = UnitFactory.create(name="Housing office")
    url = reverse("cases:practices")
    sign_in(client, caseworker(unit))
    assert client.get(url).status_code == 403
    sign_in(client, team_leader(unit))

    told = {"unit": unit.pk, "with_unit": other.pk, "basis": "necessary", "reason": "They let the homes"}
    assert send(client, url, {**told, "reason": ""}).status_code == 200
    assert "They let the homes" in text_of(followed(client, send(client, url, told)))
    end = client.post(reverse("cases:end_practice", args=[SharingPractice.objects.get().pk]))

    assert "They let the homes" not in text_of(followed(client, end))
