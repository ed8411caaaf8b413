"""From a room to a placed household with its decision, in three pages; and on from there until undone or home."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.models import CaseState, DecisionStatus, Task, TaskKind
from housing.actions.spells import refresh
from housing.models import BelowStandard, ProviderOwner, Residence, ResidenceKind, Room
from people.models import Employee, Household, Unit
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    HouseholdFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
)
from tests.web.pages import followed, send, text_of

pytestmark = pytest.mark.django_db

PARTS = {
    "how": "written",
    "facts": "Lost the flat today.",
    "considerations": "Near work.",
    "start_reason": "No other place tonight.",
    "user_view": "Wants a flat.",
    "language": "nb",
}
ORAL = {"how": "oral", "language": "nb"}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit, kari: Employee) -> Household:
    """Without a roof since today."""
    made = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=made, opened_on=DAY)
    ResidenceFactory.create(household=made, starts_on=DAY)
    AssignmentFactory.create(household=made, employee=kari, starts_on=DAY)
    refresh([made.pk])
    return made


def room_at(name: str = "Byporten", **traits: Any) -> Room:
    provider = ProviderFactory.create(name=name, owner=ProviderOwner.MUNICIPAL, **traits)
    return RoomFactory.create(provider=provider, name="12", price_a_night=890)


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def placed(client: Client, household: Household, room: Room, parts: dict[str, str], *, until: str = "+14") -> Any:
    """Walk from the reasons by the check page to the placed household."""
    period = {"starts_on": "today", "planned_end": until}
    reasons = send(client, of(household, "place_reasons", room.pk), {**period, **parts})
    assert reasons.status_code == 302, text_of(reasons)
    return send(client, reasons.headers["Location"])


def tonight(household: Household) -> Residence:
    return household.residences.on(DAY).get()


def test_free_rooms_stand_with_price_and_what_speaks_against_them(client: Client, household: Household) -> None:
    room_at()
    RoomFactory.create(provider=ProviderFactory.create(name="Lapsed Inn"))
    taken = room_at("Full House")
    ResidenceFactory.create(
        household=HouseholdFactory.create(),
        kind=ResidenceKind.TEMPORARY,
        provider=taken.provider,
        room=taken,
        starts_on=DAY,
    )
    words = text_of(client.get(of(household, "place")))
    assert "Byporten, 12" in words
    assert "890" in words
    assert "No agreement on quality in force" in words
    assert "Full House" not in words


def test_placing_writes_residence_decision_letters_and_task_in_one(
    client: Client, household: Household, unit: Unit
) -> None:
    RequestFactory.create(household=household, unit=unit)
    room = room_at()
    answer = placed(client, household, room, PARTS)
    assert "The household is placed." in text_of(followed(client, answer))
    assert tonight(household).room == room
    [decision] = household.decisions.all()
    assert decision.status == DecisionStatus.ISSUED
    assert decision.documents.count() == 2
    assert Task.objects.open().filter(household=household, kind=TaskKind.MAKE_PLAN).exists()
    assert household.cases.get().state == CaseState.TEMPORARY
    assert household.requests.get().outcome


def test_the_check_page_shows_every_answer_and_where_to_change_it(client: Client, household: Household) -> None:
    room = room_at()
    send(client, of(household, "place_reasons", room.pk), {"starts_on": "today", "planned_end": "+14", **PARTS})
    page = client.get(of(household, "place_check", room.pk))
    words = text_of(page)
    for told in ("Byporten, 12", "Lost the flat today.", "24 March 2026"):
        assert told in words
    assert of(household, "place_reasons", room.pk) in page.content.decode()


def test_what_was_typed_stands_when_one_comes_back(client: Client, household: Household) -> None:
    room = room_at()
    send(client, of(household, "place_reasons", room.pk), {"starts_on": "today", **PARTS})
    assert "Lost the flat today." in text_of(client.get(of(household, "place_reasons", room.pk)))


def test_a_missing_part_is_asked_for_at_its_field(client: Client, household: Household) -> None:
    room = room_at()
    period = {"starts_on": "today", "planned_end": "+14"}
    answer = send(client, of(household, "place_reasons", room.pk), {**period, **PARTS, "facts": ""})
    assert answer.status_code == 200
    assert "Facts must be filled in." in text_of(answer)


def test_the_child_s_interest_is_asked_for_only_with_a_child(client: Client, household: Household) -> None:
    room = room_at(suits_children=True)
    url = of(household, "place_reasons", room.pk)
    assert 'name="child_' not in client.get(url).content.decode()
    child = MemberFactory.create(household=household, is_child=True).person
    assert f'name="child_{child.pk}"' in client.get(url).content.decode()


def test_an_end_before_the_first_night_is_refused(client: Client, household: Household) -> None:
    room = room_at()
    answer = send(client, of(household, "place_reasons", room.pk), {"starts_on": "today", "planned_end": "-3", **PARTS})
    assert "The end must be later than the first night" in text_of(answer)


def test_a_first_night_far_ahead_is_refused(client: Client, household: Household) -> None:
    room = room_at()
    answer = send(client, of(household, "place_reasons", room.pk), {"starts_on": "+40", "planned_end": "+50", **PARTS})
    assert "at most 31 days ahead" in text_of(answer)


def test_an_unsuitable_room_needs_a_coded_reason(client: Client, household: Household) -> None:
    room = RoomFactory.create(provider=ProviderFactory.create())
    period = {"starts_on": "today", "planned_end": "+14"}
    url = of(household, "place_reasons", room.pk)
    assert "Choose an answer" in text_of(send(client, url, {**period, **ORAL}))
    placed(client, household, room, {**ORAL, "below_standard": BelowStandard.NOTHING_ELSE_FREE})
    assert tonight(household).below_standard == BelowStandard.NOTHING_ELSE_FREE
    assert Task.objects.open().filter(household=household, for_leader=True).exists()


def test_a_room_taken_meanwhile_is_said_and_nothing_is_changed(client: Client, household: Household) -> None:
    room = room_at()
    period = {"starts_on": "today", "planned_end": "+14"}
    check = send(client, of(household, "place_reasons", room.pk), {**period, **ORAL}).headers["Location"]
    ResidenceFactory.create(
        household=HouseholdFactory.create(),
        kind=ResidenceKind.TEMPORARY,
        provider=room.provider,
        room=room,
        starts_on=DAY,
    )
    answer = send(client, check)
    assert answer.status_code == 200
    assert "12" in text_of(answer)
    assert answer.context["form"].non_field_errors()
    assert tonight(household).kind == ResidenceKind.ROUGH


def test_a_form_older_than_somebody_else_s_act_is_stopped(client: Client, household: Household) -> None:
    room = room_at()
    period = {"starts_on": "today", "planned_end": "+14"}
    check = send(client, of(household, "place_reasons", room.pk), {**period, **ORAL}).headers["Location"]
    answer = send(client, check, {"version": household.version - 1 if household.version else 99})
    assert "Somebody else has changed this household" in text_of(answer)


def test_the_same_form_sent_twice_places_once(client: Client, household: Household) -> None:
    room = room_at()
    period = {"starts_on": "today", "planned_end": "+14"}
    check = send(client, of(household, "place_reasons", room.pk), {**period, **ORAL}).headers["Location"]
    form = client.get(check).context["form"]
    data = {"form_key": str(form["form_key"].value()), "version": household.version}
    assert client.post(check, data).status_code == 302
    client.post(check, data)
    assert household.residences.filter(kind=ResidenceKind.TEMPORARY).count() == 1


def test_without_a_draft_the_check_page_leads_to_the_reasons(client: Client, household: Household) -> None:
    room = room_at()
    answer = client.get(of(household, "place_check", room.pk))
    assert answer.headers["Location"] == of(household, "place_reasons", room.pk)


def test_an_oral_placing_can_be_undone_from_its_notice(client: Client, household: Household) -> None:
    page = followed(client, placed(client, household, room_at(), ORAL))
    assert of(household, "undo") in page.content.decode()
    answer = client.post(of(household, "undo"))
    assert "The last move is undone." in text_of(followed(client, answer))
    assert tonight(household).kind == ResidenceKind.ROUGH


def test_moving_to_another_room_ends_the_first_the_same_day(client: Client, household: Household) -> None:
    first, second = room_at(), room_at("Fjordgata")
    placed(client, household, first, ORAL)
    told = {"starts_on": "tomorrow", "planned_end": "+14", **ORAL}
    check = send(client, of(household, "move_reasons", second.pk), told)
    assert send(client, check.headers["Location"]).status_code == 302
    tomorrow = DAY + timedelta(days=1)
    assert tonight(household).ends_on == tomorrow
    assert household.residences.on(tomorrow).get().room == second


def test_moving_within_a_provider_needs_no_new_decision(client: Client, household: Household) -> None:
    first = room_at()
    second = RoomFactory.create(provider=first.provider)
    placed(client, household, first, ORAL)
    told = {"starts_on": "tomorrow", "planned_end": "+14", "how": "written", "language": "nb"}
    check = send(client, of(household, "move_reasons", second.pk), told)
    assert check.status_code == 302, text_of(check)
    assert "The decision in force covers it." in text_of(client.get(check.headers["Location"]))
    assert send(client, check.headers["Location"]).status_code == 302
    assert household.decisions.count() == 1


def test_extending_within_three_months_needs_no_reason(client: Client, household: Household) -> None:
    placed(client, household, room_at(), ORAL)
    check = send(client, of(household, "extend"), {"planned_end": "+30", **PARTS})
    assert check.status_code == 302
    assert send(client, check.headers["Location"]).status_code == 302
    assert tonight(household).planned_end == DAY + timedelta(days=30)


def test_extending_beyond_three_months_needs_a_reason(client: Client, household: Household) -> None:
    placed(client, household, room_at(), ORAL)
    late = date(2026, 7, 1).strftime("%d.%m.%Y")
    answer = send(client, of(household, "extend"), {"planned_end": late, **PARTS})
    assert "Say why the stay must last more than three months." in text_of(answer)
    check = send(client, of(household, "extend"), {"planned_end": late, "reason": "Waits for a contract", **PARTS})
    assert send(client, check.headers["Location"]).status_code == 302
    assert tonight(household).planned_end == date(2026, 7, 1)


def test_the_list_of_rooms_asks_no_more_of_many_rooms(
    client: Client, household: Household, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        room_at(f"Byporten {number}")
    client.get(of(household, "place"))
    with django_assert_max_num_queries(30):
        client.get(of(household, "place"))
