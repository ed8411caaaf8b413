# mypy: disable-error-code="no-untyped-call"
"""What a household with a protected address may never show to those who are not on it, whichever page they open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases import urls_heard, urls_person_plans
from cases.models import (
    BreachReason,
    BreachReview,
    DecisionStatus,
    Document,
    Need,
    NeedKind,
    NeedReason,
    PlanStep,
    Task,
    TaskKind,
)
from cases.questions.overview import MEASURES
from housing.actions.spells import refresh
from housing.models import Absence, Ban, Residence, Room
from kpi.catalogue import BY_CODE
from people import journal
from people.journal import Act
from people.models import Employee, Household, Member, MemberRole, Person, Role, Unit
from tests.factories.cases import CaseFactory, DecisionFactory, DocumentFactory, HousingPlanFactory, RequestFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AssignmentFactory,
    HouseholdFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    employee_with,
)
from tests.journeys import worker_for
from tests.web.test_every_route import OPEN

pytestmark = pytest.mark.django_db

#: In every text that somebody can write about the household.
CANARY = "Kanarifugl"
NUMBER = "01818510159"


@dataclass(frozen=True)
class Town:
    """A unit with a hidden household beside an open one, at the same provider; `ids` by the names addresses use."""

    unit: Unit
    hidden: Household
    beside: Household
    hidden_ids: dict[str, Any]
    ids: dict[str, Any]

    @property
    def secrets(self) -> list[str]:
        return [CANARY, NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}", str(self.hidden.key), self.hidden.ref]


@pytest.fixture
def town() -> Town:
    unit = UnitFactory.create()
    provider = ProviderFactory.create(municipality=unit.municipality)
    theirs, other, free = (RoomFactory.create(provider=provider) for _ in range(3))
    hidden = _household(unit, theirs, CANARY)
    person = hidden.members.get().person
    person.national_id, person.id_kind, person.protection = NUMBER, "synthetic", "strictly_confidential"
    person.save(update_fields=["national_id", "id_kind", "protection"])
    beside = _household(unit, other, "Aksel Apen")
    _was_once_in(beside, person)
    return Town(unit, hidden, beside, _ids_of(hidden, free), _ids_of(beside, free))


def _household(unit: Unit, room: Room, text: str) -> Household:
    now = timezone.now()
    today = localdate(now)
    writer = caseworker(unit)
    household: Household = HouseholdFactory.create(unit=unit, applicant__person__name=text)
    Household.objects.filter(pk=household.pk).update(ref=f"{text[:4]}-{uuid4().hex}")
    household.refresh_from_db()
    case = CaseFactory.create(household=household, opened_on=today - timedelta(days=120))
    residence = ResidenceFactory.create(
        household=household,
        kind=room.provider.kind,
        provider=room.provider,
        room=room,
        starts_on=today - timedelta(days=120),
        planned_end=today + timedelta(days=1),
        price_a_night=1234 if text == CANARY else 500,
    )
    Absence.objects.create(household=household, starts_on=today, where=text, is_held=True)
    Need.objects.create(household=household, kind=NeedKind.AT_RISK, reason=NeedReason.OTHER, starts_on=today)
    Ban.objects.create(
        household=household,
        provider=ProviderFactory.create(municipality=unit.municipality),
        starts_on=today,
        reason=text,
    )
    parts = dict.fromkeys(("facts", "considerations", "start_reason", "user_view"), text)
    decision = DecisionFactory.create(
        household=household,
        case=case,
        unit=unit,
        provider=room.provider,
        starts_on=residence.starts_on,
        ends_on=today + timedelta(days=1),
        status=DecisionStatus.ORAL,
        told_at=now,
        drafted_by=writer,
        **parts,
    )
    DocumentFactory.create(
        decision=decision,
        content=text.encode(),
        sha256=text,
        made_at=now,
    )
    plan = HousingPlanFactory.create(household=household, user_wants=text)
    PlanStep.objects.create(plan=plan, what=text, who=text, due_on=today)
    RequestFactory.create(household=household, unit=unit, asked_at=now, asked_by=text, about=text, outcome_note=text)
    for for_leader in (False, True):
        Task.objects.create(
            household=household, unit=unit, kind=TaskKind.OTHER, about=text, due_on=today, for_leader=for_leader
        )
    refresh([household.pk])
    BreachReview.objects.create(
        household=household,
        first_night=residence.starts_on,
        reason=BreachReason.OTHER,
        measure=text,
        deadline=today,
        reviewed_on=today,
        by=writer,
    )
    journal.record(Act.NOTE_WRITTEN, household_id=household.pk, subject=household, by=writer, at=now, reason=text)
    return household


def _was_once_in(household: Household, person: Person) -> None:
    """The hidden person left this household, which everybody of the unit sees, before the protection."""
    today = localdate(timezone.now())
    Member.objects.filter(person=person).update(starts_on=today - timedelta(days=200))
    MemberFactory.create(
        household=household,
        person=person,
        role=MemberRole.PARTNER,
        starts_on=today - timedelta(days=400),
        ends_on=today - timedelta(days=200),
    )


def _ids_of(household: Household, free: Room) -> dict[str, Any]:
    residence = Residence.objects.get(household=household)
    return {
        "key": household.key,
        "residence_id": residence.pk,
        "absence_id": household.absences.get().pk,
        "need_id": household.needs.get().pk,
        "request_id": household.requests.get().pk,
        "member_id": household.members.order_by("pk")[0].pk,
        "step_id": PlanStep.objects.get(plan__household=household).pk,
        "task_id": household.tasks.order_by("pk")[0].pk,
        "decision_id": household.decisions.get().pk,
        "document_id": Document.objects.get(household=household).pk,
        "provider_id": residence.provider_id,
        "room_id": free.pk,
        "household_id": household.pk,
    }


def _routes(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each name with the names of its arguments, in order."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        own = list(getattr(pattern.pattern, "converters", {}))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from ((name, [*own, *names]) for name, names in _routes(pattern.url_patterns, inner))
        elif pattern.name and f"{space}{pattern.name}" not in OPEN:
            yield f"{space}{pattern.name}", own


ROUTES = sorted((name, tuple(names)) for name, names in _routes())
_CHOICES = {
    "cases:overview_list": [[code] for code in MEASURES],
    "kpi:indicator": [[code] for code in BY_CODE],
    "kpi:behind": [[code] for code in BY_CODE],
}
#: What the lists can be asked beside their plain address.
_QUERIES = {
    "cases:households": ["", "?only=temporary", "?only=unassigned", "?only=over", "?sort=-name"],
    "kpi:behind": ["", "?of=population"],
    "cases:leave": ["?kind=friends"],
    "cases:settle": ["?kind=municipal_rental"],
    "cases:lose_home": ["?kind=rough"],
}


def _walked(town: Town) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Routes that ask for nothing else than what the town has; the canary crawl walks the others too."""
    for name, names in ROUTES:
        if name in _CHOICES or set(names) <= set(town.ids):
            yield name, names


def _addresses(town: Town) -> Iterator[tuple[str, str]]:
    """Every page about the open household, and every list."""
    for name, names in _walked(town):
        for values in _CHOICES.get(name) or [[town.ids[one] for one in names]]:
            for query in _QUERIES.get(name, [""]):
                yield name, reverse(name, args=values) + query


def _crossed(town: Town) -> Iterator[tuple[str, str]]:
    """Pages of the hidden household, and the hidden household's own things under the open one's address."""
    for name, names in _walked(town):
        if "key" in names:
            yield name, reverse(name, args=[town.hidden_ids[one] for one in names])
            if len(set(names) - {"room_id"}) > 1:
                mixed = {**town.hidden_ids, "key": town.ids["key"], "room_id": town.ids["room_id"]}
                yield name, reverse(name, args=[mixed[one] for one in names])


def _told(response: Any) -> str:
    """Everything that the browser gets: page or file, and the headers with addresses and file names."""
    return f"{response.headers} {response.content.decode('utf-8', 'replace')}"


def _signed_in(client: Client, employee: Employee) -> Client:
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.crawl
@pytest.mark.parametrize("role", list(Role))
def test_nothing_of_a_strictly_confidential_household_is_on_any_page(client: Client, town: Town, role: Role) -> None:
    _signed_in(client, employee_with(role, town.unit))
    for name, url in _addresses(town):
        answer = client.get(url)
        assert answer.status_code in {200, 302, 403, 404, 405}, (name, answer.status_code)
        told = _told(answer)
        assert not [secret for secret in town.secrets if secret in told], (name, url)


@pytest.mark.crawl
@pytest.mark.parametrize("role", list(Role))
def test_no_address_leads_to_what_belongs_to_a_hidden_household(client: Client, town: Town, role: Role) -> None:
    _signed_in(client, employee_with(role, town.unit))
    refused = {404, 405} if role in (Role.CASEWORKER, Role.TEAM_LEADER, Role.PLAN_COORDINATOR) else {403, 404, 405}
    for name, url in _crossed(town):
        # what belongs to the hidden one under the open one's address: the role may lack the page's permission there
        may_lack = {403} if str(town.beside.key) in url else set()
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in refused | may_lack, (name, url)
            told = _told(answer).replace(url, "")
            assert not [secret for secret in town.secrets if secret in told], (name, url)


def test_no_search_finds_a_hidden_person_by_a_household_they_left(client: Client, town: Town) -> None:
    for role in Role:
        _signed_in(client, employee_with(role, town.unit))
        for text in (CANARY, CANARY[:5].lower(), NUMBER, town.hidden.ref):
            found = client.post(reverse("cases:search"), {"text": text}).content.decode()
            assert str(town.beside.key) not in found, (role, text)
            assert str(town.hidden.key) not in found, (role, text)


def test_no_form_tells_of_a_hidden_person_whose_number_is_given(client: Client, town: Town) -> None:
    _signed_in(client, caseworker(town.unit))
    key, tomorrow = town.beside.key, "+1"
    for url, data in (
        (reverse("cases:join", args=[key]), {"other": NUMBER, "on": "today", "reason": "x"}),
        (
            reverse("cases:add_member", args=[key]),
            {"national_id": NUMBER, "name": "Siv", "role": "partner", "starts_on": "today"},
        ),
        (reverse("cases:end_member", args=[key, _left(town).pk]), {"on": tomorrow, "reason": "x"}),
    ):
        told = client.post(url, {"form_key": uuid4(), "version": town.beside.version, **data})
        assert told.status_code in {200, 404}, url
        assert CANARY not in told.content.decode(), url
        assert str(town.hidden.key) not in told.content.decode(), url


def test_those_on_the_case_see_a_confidential_household_and_where_the_person_was_before(
    client: Client, town: Town
) -> None:
    Person.objects.filter(pk=town.hidden.members.get().person_id).update(protection="confidential")
    worker = caseworker(town.unit)
    AssignmentFactory.create(household=town.hidden, employee=worker)
    _signed_in(client, worker)
    assert CANARY in client.get(reverse("cases:household", args=[town.hidden.key])).content.decode()
    assert CANARY in client.get(reverse("cases:members", args=[town.beside.key])).content.decode()
    assert str(town.hidden.key) in client.post(reverse("cases:search"), {"text": CANARY}).content.decode()


def test_a_household_that_a_protected_person_was_last_to_leave_stays_hidden(client: Client, town: Town) -> None:
    town.hidden.members.update(ends_on=localdate(timezone.now()))
    _signed_in(client, caseworker(town.unit))
    assert client.get(reverse("cases:household", args=[town.hidden.key])).status_code == 404
    assert CANARY not in client.get(reverse("cases:breaches")).content.decode()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.OPERATIONS])
def test_an_old_assignment_shows_no_household_to_who_now_has_another_role(
    client: Client, town: Town, role: Role
) -> None:
    somebody = employee_with(role, town.unit)
    for household in (town.hidden, town.beside):
        AssignmentFactory.create(household=household, employee=somebody)
    _signed_in(client, somebody)
    secrets = [*town.secrets, "Aksel Apen", str(town.beside.key)]
    if role is not Role.REPORTER:  # to whom a case behind a figure is told by its reference
        secrets.append(town.beside.ref)
    for name, url in _addresses(town):
        if str(town.beside.key) not in url:
            told = _told(client.get(url))
            assert not [secret for secret in secrets if secret in told], (name, url)
    for text in ("Aksel", NUMBER, town.beside.ref):
        assert str(town.beside.key) not in client.post(reverse("cases:search"), {"text": text}).content.decode()


def test_a_form_opened_by_one_and_sent_by_another_is_refused(client: Client, town: Town) -> None:
    form_key = str(uuid4())
    url = reverse("cases:open_request", args=[town.beside.key])
    sent = {"form_key": form_key, "kind": "place_tonight", "channel": "counter", "asked_on": "today"}
    assert _signed_in(client, worker_for(town.beside)).post(url, sent).status_code == 302
    assert _signed_in(client, worker_for(town.beside)).post(url, sent).status_code == 403
    assert town.beside.requests.count() == 2


def test_a_plan_coordinator_changes_nothing_but_the_plan(client: Client, town: Town) -> None:
    _signed_in(client, employee_with(Role.PLAN_COORDINATOR, town.unit))
    written = (*urls_person_plans.household, *urls_heard.household)
    planning = {"make_plan", "finish_step", *(route.name for route in written)}
    for name, url in _addresses(town):
        if name.removeprefix("cases:") not in planning and str(town.beside.key) in url:
            client.post(url, {"form_key": uuid4(), "on": "today", "reason": "x", "where": "x", "starts_on": "today"})
            assert Household.objects.get(pk=town.beside.pk).version == town.beside.version, name


def _left(town: Town) -> Member:
    """The hidden person's membership of the household that was left."""
    left: Member = town.beside.members.get(ends_on__isnull=False)
    return left
