"""A decision given by word of mouth, written down, checked and issued, and its letters fetched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Decision, DecisionStatus
from people.models import Employee, Household, Unit
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, DAY, MemberFactory, UnitFactory, caseworker
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

PARTS = {
    "facts": "Lost the flat.",
    "considerations": "Near work.",
    "start_reason": "No other place.",
    "user_view": "Wants a flat.",
    "language": "nn",
}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture(autouse=True)
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit) -> Household:
    return stay(unit, DAY - timedelta(days=3), planned_end=DAY + timedelta(days=11))


@pytest.fixture
def oral(household: Household, unit: Unit) -> Decision:
    provider = household.residences.get().provider
    return DecisionFactory.create(
        household=household, unit=unit, provider=provider, is_oral=True, starts_on=DAY, ends_on=DAY + timedelta(days=9)
    )


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def test_the_page_names_each_missing_part_with_the_way_to_it(
    client: Client, household: Household, oral: Decision
) -> None:
    page = client.get(of(household, "decision", oral.pk))
    assert text_of(page).count("Missing") == 4
    assert f"{of(household, 'write_decision', oral.pk)}#id_facts" in page.content.decode()


def test_it_is_written_checked_and_issued_with_its_letters(
    client: Client, household: Household, oral: Decision
) -> None:
    check = send(client, of(household, "write_decision", oral.pk), PARTS)
    assert check.headers["Location"] == of(household, "write_decision_check", oral.pk)
    assert "Lost the flat." in text_of(client.get(check.headers["Location"]))
    issued = followed(client, send(client, check.headers["Location"]))
    assert "The decision is issued." in text_of(issued)
    oral.refresh_from_db()
    assert (oral.status, oral.language) == (DecisionStatus.ISSUED, "nn")
    assert oral.documents.count() == 2


def test_what_is_written_is_kept_although_it_is_not_complete(
    client: Client, household: Household, oral: Decision
) -> None:
    answer = send(client, of(household, "write_decision", oral.pk), {**PARTS, "facts": ""})
    assert "Facts must be filled in." in text_of(answer)
    oral.refresh_from_db()
    assert oral.considerations == "Near work."
    saved = send(client, of(household, "write_decision", oral.pk), {**PARTS, "facts": "", "save": "1"})
    assert "The draft is saved." in text_of(followed(client, saved))


def test_the_check_page_of_an_incomplete_decision_leads_back(
    client: Client, household: Household, oral: Decision
) -> None:
    answer = client.get(of(household, "write_decision_check", oral.pk))
    assert answer.headers["Location"] == of(household, "write_decision", oral.pk)


def test_with_a_child_its_best_interest_must_be_written(client: Client, household: Household, oral: Decision) -> None:
    child = MemberFactory.create(household=household, is_child=True).person
    answer = send(client, of(household, "write_decision", oral.pk), PARTS)
    assert answer.context["form"][f"child_{child.pk}"].errors
    written = {**PARTS, f"child_{child.pk}": "Stays at the same school."}
    check = followed(client, send(client, of(household, "write_decision", oral.pk), written))
    assert "Stays at the same school." in text_of(check)


def test_an_issued_decision_cannot_be_written_again(client: Client, household: Household, oral: Decision) -> None:
    send(client, of(household, "write_decision", oral.pk), PARTS)
    send(client, of(household, "write_decision_check", oral.pk))
    assert client.get(of(household, "write_decision", oral.pk)).status_code == 404


def test_a_letter_is_a_file_with_nothing_personal_in_its_name(
    client: Client, household: Household, oral: Decision
) -> None:
    send(client, of(household, "write_decision", oral.pk), PARTS)
    send(client, of(household, "write_decision_check", oral.pk))
    document = oral.documents.get(kind="decision")
    answer = client.get(of(household, "document", document.pk))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="decision-{document.pk}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_letter_is_not_found_at_another_household(
    client: Client, household: Household, oral: Decision, unit: Unit
) -> None:
    send(client, of(household, "write_decision", oral.pk), PARTS)
    send(client, of(household, "write_decision_check", oral.pk))
    other = stay(unit, DAY)
    assert client.get(of(other, "document", oral.documents.get(kind="decision").pk)).status_code == 404
    assert client.get(of(other, "decision", oral.pk)).status_code == 404


def test_a_place_without_a_decision_gets_one_begun(client: Client, household: Household) -> None:
    told = {"starts_on": "today", "ends_on": "+9"}
    assert send(client, of(household, "begin_decision"), told).status_code == 302
    assert household.decisions.get().status == DecisionStatus.DRAFT


def test_a_decision_cannot_begin_before_the_place(client: Client, household: Household) -> None:
    answer = send(client, of(household, "begin_decision"), {"starts_on": "-30", "ends_on": "+9"})
    assert answer.context["form"]["starts_on"].errors
    assert not household.decisions.exists()
