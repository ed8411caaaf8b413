"""What stays masked of a household that one sees, page by page, and that nothing hidden is counted where it tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.models import CaseState, DecisionStatus, DocumentKind
from housing.actions.spells import refresh
from housing.models import Absence, Residence, ResidenceKind, Room
from people.models import (
    Employee,
    GrantKind,
    Household,
    Person,
    Protection,
    Role,
    Unit,
    UnitKind,
)
from tests.factories.cases import CaseFactory, DecisionFactory, DocumentFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AssignmentFactory,
    ClearanceFactory,
    GrantFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

#: In the name of every place that the household is or was at.
WHERE = "Fjellvik"
NUMBER = "01818510159"
PAGES = ("household", "lived", "journal", "members", "decisions", "plan")
OF_PLACES = ("place", "move", "extend", "leave", "settle", "lose_home", "record_absence", "hand_over")


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create(name=f"NAV {WHERE}")


def a_room(unit: Unit, kind: ResidenceKind = ResidenceKind.TEMPORARY) -> Room:
    provider = ProviderFactory.create(municipality=unit.municipality, name=f"{WHERE} pensjonat", kind=kind)
    return RoomFactory.create(provider=provider, name=f"{WHERE} 7")


def placed(unit: Unit, protection: Protection = Protection.NONE, room: Room | None = None) -> Household:
    """At the place for ten days, with a decision and its letter."""
    now = timezone.now()
    room, since = room or a_room(unit), localdate(now) - timedelta(days=10)
    household: Household = HouseholdFactory.create(
        unit=unit, applicant__person__name="Randi Rask", applicant__person__protection=protection
    )
    case = CaseFactory.create(household=household, opened_on=since, state=CaseState.TEMPORARY)
    ResidenceFactory.create(
        household=household, kind=room.provider.kind, provider=room.provider, room=room, starts_on=since
    )
    decision = DecisionFactory.create(
        household=household,
        case=case,
        unit=unit,
        provider=room.provider,
        room=room,
        starts_on=since,
        ends_on=since + timedelta(days=30),
        status=DecisionStatus.ORAL,
        told_at=now,
    )
    DocumentFactory.create(
        decision=decision,
        content=WHERE.encode(),
        sha256=str(household.pk),
        made_at=now,
    )
    refresh([household.pk])
    return household


def on_the_case(unit: Unit, household: Household) -> Employee:
    return AssignmentFactory.create(household=household, employee=caseworker(unit)).employee


def cleared(employee: Employee, unit: Unit) -> Employee:
    ClearanceFactory.create(employee=employee, unit=unit)
    return employee


def browser(client: Client, employee: Employee) -> Client:
    sign_in(client, employee)
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, name: str, key: UUID) -> Any:
    return client.get(reverse(f"cases:{name}", args=[key]))


# ── K5: on the case, not cleared ──────────────────────────────────────────────────────────────────────────────────


def test_who_is_on_a_confidential_case_but_not_cleared_sees_name_and_case_and_no_place(
    client: Client, unit: Unit
) -> None:
    household = placed(unit, Protection.CONFIDENTIAL)
    browser(client, on_the_case(unit, household))

    for name in PAGES:
        told = text_of(page(client, name, household.key))
        assert "Randi Rask" in told
        assert WHERE not in told, name
    assert "Temporary accommodation, shielded address" in text_of(page(client, "household", household.key))
    for url in ("cases:households", "cases:my_day", "cases:friday", "cases:breaches"):
        assert WHERE not in text_of(client.get(reverse(url))).replace(unit.name, ""), url


@pytest.mark.parametrize("name", OF_PLACES)
def test_a_page_that_names_places_says_who_is_cleared_instead(client: Client, unit: Unit, name: str) -> None:
    household = placed(unit, Protection.CONFIDENTIAL)
    colleague = cleared(caseworker(unit), unit)
    browser(client, on_the_case(unit, household))

    answer = page(client, name, household.key)

    assert answer.status_code == 403
    assert "Shielded address: a cleared colleague does this" in text_of(answer)
    assert colleague.name in text_of(answer)
    assert WHERE not in text_of(answer)


def test_decision_and_letter_that_name_the_place_are_for_the_cleared(client: Client, unit: Unit) -> None:
    household = placed(unit, Protection.CONFIDENTIAL)
    decision, letter = household.decisions.get(), household.documents.get()
    worker = on_the_case(unit, household)
    browser(client, worker)
    urls = [
        reverse("cases:decision", args=[household.key, decision.pk]),
        reverse("cases:write_decision", args=[household.key, decision.pk]),
        reverse("cases:document", args=[household.key, letter.pk]),
    ]

    assert [client.get(url).status_code for url in urls] == [403, 403, 403]
    assert WHERE not in "".join(client.get(url).content.decode() for url in urls)
    cleared(worker, unit)
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]


def test_who_is_cleared_and_on_the_case_sees_the_place(client: Client, unit: Unit) -> None:
    household = placed(unit, Protection.CONFIDENTIAL)
    browser(client, cleared(on_the_case(unit, household), unit))

    for name in ("household", "lived", "decisions"):
        assert f"{WHERE} pensjonat" in text_of(page(client, name, household.key)), name
    assert f"{WHERE} pensjonat" in text_of(client.get(reverse("cases:households")))


# ── K4 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["prison", "institution", "crisis_centre", "night_shelter"])
def test_a_place_of_a_special_class_reads_other_place_to_the_unit_and_its_leader(
    client: Client, unit: Unit, kind: str
) -> None:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    at_provider = {}
    if kind == "night_shelter":
        room = a_room(unit, ResidenceKind.NIGHT_SHELTER)
        at_provider = {"provider": room.provider, "room": room}
    ResidenceFactory.create(household=household, kind=kind, **at_provider)
    Absence.objects.create(household=household, starts_on=localdate(timezone.now()), where=WHERE, is_held=True)
    refresh([household.pk])
    owner = on_the_case(unit, household)
    own_words = str(ResidenceKind(kind).label) if kind != "night_shelter" else WHERE

    browser(client, team_leader(unit))
    for url in (reverse("cases:households"), reverse("cases:lived", args=[household.key])):
        told = text_of(client.get(url)).replace(unit.name, "")
        assert "Other place" in told, url
        assert own_words not in told, url
    assert WHERE not in text_of(page(client, "lived", household.key)).replace(unit.name, "")

    browser(client, caseworker(unit))
    assert own_words not in text_of(client.get(reverse("cases:households"))).replace(unit.name, "")

    browser(client, owner)
    assert "Other place" not in text_of(page(client, "lived", household.key))


def test_a_leader_who_says_why_sees_the_special_place(client: Client, unit: Unit) -> None:
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    ResidenceFactory.create(household=household, kind=ResidenceKind.PRISON)
    AssignmentFactory.create(household=household)
    leader, now = team_leader(unit), timezone.now()
    browser(client, leader)
    assert "Other place" in text_of(page(client, "lived", household.key))

    GrantFactory.create(
        user=leader,
        content_object=household,
        kind=GrantKind.MEETING,
        granted_at=now - timedelta(minutes=1),
        expires_at=now + timedelta(hours=1),
    )

    assert "Other place" not in text_of(page(client, "lived", household.key))


# ── rooms ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_room_reads_the_same_whether_shielded_people_another_unit_s_or_nobody_may_have_it(
    client: Client, unit: Unit
) -> None:
    provider = ProviderFactory.create(municipality=unit.municipality)
    today = localdate(timezone.now())
    rooms = {name: RoomFactory.create(provider=provider, name=name) for name in ("A", "B", "C", "D")}
    placed(unit, Protection.STRICTLY_CONFIDENTIAL, rooms["A"])
    placed(UnitFactory.create(municipality=unit.municipality), room=rooms["B"])
    Room.objects.filter(pk=rooms["C"].pk).update(closed_on=today)
    placed(unit, Protection.CONFIDENTIAL, rooms["D"])
    browser(client, caseworker(unit))

    html = client.get(reverse("housing:provider", args=[provider.pk])).content.decode()
    lines = {name: _line_of(html, room) for name, room in rooms.items()}
    forms = {name: _form_of(client, room) for name, room in rooms.items()}

    assert set(lines.values()) == {lines["A"]}
    assert "Not available" in lines["A"]
    assert set(forms.values()) == {forms["A"]}
    listed = text_of(client.get(reverse("housing:providers")))
    assert "0 of 4" in listed


def _line_of(html: str, room: Room) -> str:
    row = next(part for part in html.split("<tr>") if f"/rooms/{room.pk}" in part or f">{room.name}</a>" in part)
    return row.split("</tr>")[0].replace(f"/rooms/{room.pk}", "/rooms/N").replace(f">{room.name}<", ">R<")


def _form_of(client: Client, room: Room) -> str:
    html = client.get(reverse("housing:change_room", args=[room.provider_id, room.pk])).content.decode()
    form = html.split('<form method="post"')[-1].split("</form>")[0]
    kept = [line for line in form.splitlines() if "form_key" not in line and "csrf" not in line]
    return "\n".join(kept).replace(f'value="{room.name}"', 'value="R"')


def test_closing_a_room_tells_nothing_of_a_shielded_household_in_it(client: Client, unit: Unit) -> None:
    hidden = placed(unit, Protection.CONFIDENTIAL)
    room = Residence.objects.get(household=hidden).room
    assert room is not None
    browser(client, caseworker(unit))

    url = reverse("housing:change_room", args=[room.provider_id, room.pk])
    answer = send(client, url, {"name": "1", "capacity": 2, "price_a_night": 500, "closed_on": "today"})

    assert answer.status_code == 302
    room.refresh_from_db()
    assert room.closed_on == localdate(timezone.now())


def test_a_room_that_is_out_of_use_is_taken_back_into_use(client: Client, unit: Unit) -> None:
    room = a_room(unit)
    Room.objects.filter(pk=room.pk).update(closed_on=localdate(timezone.now()))
    browser(client, caseworker(unit))
    url = reverse("housing:change_room", args=[room.provider_id, room.pk])

    send(client, url, {"name": "1", "capacity": 2, "price_a_night": 500})
    room.refresh_from_db()
    assert room.closed_on is not None
    send(client, url, {"name": "1", "capacity": 2, "price_a_night": 500, "in_use_again": "on"})
    room.refresh_from_db()
    assert room.closed_on is None


# ── K6: the special unit ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def special(unit: Unit) -> Unit:
    return UnitFactory.create(municipality=unit.municipality, kind=UnitKind.SPECIAL, name="Spesialenheten")


def test_the_special_unit_sees_no_place_no_age_and_no_number(client: Client, unit: Unit, special: Unit) -> None:
    household = placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    person = household.members.get().person
    person.national_id, person.id_kind = NUMBER, "synthetic"
    person.save(update_fields=["national_id", "id_kind"])
    browser(client, caseworker(special))

    for name in PAGES:
        told = text_of(page(client, name, household.key))
        assert WHERE not in told, name
        assert "1985" not in told, name
        assert NUMBER not in told.replace(" ", ""), name
        assert " years" not in told, name
    assert "Randi Rask" not in text_of(client.get(reverse("cases:households")))
    assert str(household.key) not in client.post(reverse("cases:search"), {"text": "Randi"}).content.decode()


def test_the_special_unit_gets_in_by_case_number_or_national_id(client: Client, unit: Unit, special: Unit) -> None:
    household = placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    other = placed(unit)
    Person.objects.filter(memberships__household=household).update(name="Randi Rask")
    person = household.members.get().person
    person.national_id, person.id_kind = NUMBER, "synthetic"
    person.save(update_fields=["national_id", "id_kind"])
    browser(client, caseworker(special))
    url = reverse("cases:special_unit")

    told = client.get(url).content.decode()
    assert household.ref[:8] in told
    assert str(other.key) not in told
    assert "Randi" not in told
    to = reverse("cases:household", args=[household.key])
    assert [client.post(url, {"number": text}).headers.get("Location") for text in (household.ref, NUMBER)] == [to, to]
    assert "has no case with that number" in text_of(client.post(url, {"number": other.ref}))


def test_the_special_unit_s_page_is_nobody_else_s(client: Client, unit: Unit, special: Unit) -> None:
    placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    for employee in (caseworker(unit), team_leader(unit), employee_with(Role.UNIT_ADMINISTRATOR, special)):
        assert browser(client, employee).get(reverse("cases:special_unit")).status_code == 403


def test_the_special_unit_places_without_saying_where_and_the_clock_goes_on(
    client: Client, unit: Unit, special: Unit
) -> None:
    household = placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    browser(client, caseworker(special))
    today = localdate(timezone.now())
    assert page(client, "place", household.key).headers["Location"].endswith("/place-undisclosed")

    url = reverse("cases:place_undisclosed", args=[household.key])
    answer = send(client, url, {"kind": "temporary", "starts_on": "today", "planned_end": "+14"})

    assert WHERE not in text_of(followed(client, answer))
    now = Residence.objects.on(today).get(household=household)
    assert (now.is_undisclosed, now.provider, now.room, now.kind) == (True, None, None, "temporary")
    stay = household.spells.stays().get()
    assert stay.starts_on == today - timedelta(days=10)
    decision = household.decisions.get(starts_on=today)
    assert (decision.provider, decision.status) == (None, DecisionStatus.ORAL)


def test_a_decision_on_an_undisclosed_place_is_written_down_and_its_letter_names_none(
    client: Client, unit: Unit, special: Unit
) -> None:
    household = placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    browser(client, caseworker(special))
    url = reverse("cases:place_undisclosed", args=[household.key])
    send(client, url, {"kind": "temporary", "starts_on": "today", "planned_end": "+14"})
    decision = household.decisions.get(provider=None)
    parts = dict.fromkeys(("facts", "considerations", "start_reason", "user_view"), "Because.")

    write = reverse("cases:write_decision", args=[household.key, decision.pk])
    answer = send(client, write, {**parts, "language": "nb"})
    send(client, answer.headers["Location"])

    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ISSUED
    letter = decision.documents.get()
    assert letter.kind == DocumentKind.DECISION
    assert client.get(reverse("cases:document", args=[household.key, letter.pk])).status_code == 200


def test_nobody_but_the_special_unit_places_without_saying_where(client: Client, unit: Unit) -> None:
    household = placed(unit)
    browser(client, on_the_case(unit, household))
    assert page(client, "place_undisclosed", household.key).status_code == 403


# ── what is hidden is counted ─────────────────────────────────────────────────────────────────────────────────────


def test_beside_a_municipality_s_whole_list_visible_and_hidden_are_all_but_the_strictly_confidential(
    client: Client, unit: Unit
) -> None:
    other = UnitFactory.create(municipality=unit.municipality)
    mine, confidential = placed(unit), placed(unit, Protection.CONFIDENTIAL)
    elsewhere = placed(other)
    placed(unit, Protection.STRICTLY_CONFIDENTIAL)
    for employee, shown in ((caseworker(unit), [mine]), (caseworker(other), [elsewhere])):
        browser(client, employee)
        html = client.get(reverse("cases:households"), {"municipality": unit.municipality_id}).content.decode()
        assert [h for h in (mine, confidential, elsewhere) if str(h.key) in html] == shown
        assert "2 open cases of the municipality are not shown to you." in html


def test_no_other_list_counts_what_is_hidden(client: Client, unit: Unit) -> None:
    placed(unit)
    placed(unit, Protection.CONFIDENTIAL)
    leader = team_leader(unit)
    browser(client, leader)
    whole = {"municipality": unit.municipality_id}
    for asked in ({}, {**whole, "only": "temporary"}, {**whole, "owner": str(leader.pk)}):
        assert "not shown to you" not in text_of(client.get(reverse("cases:households"), asked)), asked
    for url in ("cases:friday", "cases:breaches", "housing:providers"):
        assert "hielded (" not in text_of(client.get(reverse(url))), url
