# mypy: disable-error-code="no-untyped-call"
"""After a split nobody learns of the one household through the other: on no page, in no list, search, letter or file.

The one that left has a canary in everything that can be written of it. Whoever is entitled through the other alone
opens every route there is, and none may sing. A new route is opened too, by being in the URL configuration.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.actions.decisions import DecisionParts, issue_decision
from cases.actions.households import SplitReason, split_household
from cases.actions.rights import CannotRegister, answer_access, register_access
from cases.models import AccessRequest, Channel, Decision, Document
from cases.questions.overview import MEASURES
from kpi.catalogue import CATALOGUE
from people.models import (
    AssignmentRole,
    Employee,
    GrantKind,
    Household,
    IdKind,
    MemberRole,
    Person,
    Role,
    Unit,
)
from tests.factories.inspections import InspectionFactory, InspectorFactory, SampledCaseFactory
from tests.factories.people import (
    AssignmentFactory,
    CoResponsibilityFactory,
    GrantFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.canaries import Planted, planted
from tests.web.listening import FILLED, asked, pdf_text, routes, sung
from tests.web.sign_ins import sign_in
from tests.web.test_every_route import OPEN

pytestmark = pytest.mark.django_db

NUMBER = "15858510055"
ROUTES = [route for route in routes() if route.name not in OPEN]


@dataclass(frozen=True)
class Split:
    """The household that stays, with who left it; the one that left, at another unit, with a canary in everything."""

    old: Planted
    new: Planted
    unit: Unit
    left: Person
    stayed: Person
    child_of_both: Person
    inspection_id: int


@pytest.fixture
def split() -> Split:
    unit, there = UnitFactory.create(), UnitFactory.create()
    left = PersonFactory.create(name="Kari Kjent", national_id=NUMBER, id_kind=IdKind.SYNTHETIC)
    stayed, child = PersonFactory.create(name="Per Blir"), PersonFactory.create(name="Felles Barn", is_child=True)
    old = planted("gaukfugl", unit, applicant=left)
    MemberFactory.create(household=old.household, role=MemberRole.PARTNER, person=stayed)
    now = timezone.now()
    new = split_household(
        household_id=old.household.pk,
        leaving={old.household.members.get(person=left).pk: MemberRole.APPLICANT},
        on=localdate(now),
        because=SplitReason.VIOLENCE,
        reason="Spurvfuglord",
        situation=None,
        unit_id=there.pk,
        by=old.owner,
        at=now,
    )
    for household in (old.household, new):
        MemberFactory.create(household=household, role=MemberRole.CHILD, person=child, starts_on=localdate(now))
    inspection = InspectionFactory.create(unit=unit, expires_at=now + timedelta(days=14))
    SampledCaseFactory.create(inspection=inspection, household=old.household)
    # what who left has said of their own life goes with them; it is no canary of those who stayed
    new.individual_plans.update(goals="", resources="", needs="", own_part="")
    fledgling = planted("spurvfugl", there, household=new, days=0)
    return Split(old, fledgling, unit, left, stayed, child, inspection.pk)


def _owner(split: Split) -> Employee:
    return split.old.owner


def _colleague_with_a_reason(split: Split) -> Employee:
    return _granted(caseworker(split.unit), split.old.household, GrantKind.ON_DUTY)


def _assigned_elsewhere(split: Split) -> Employee:
    employee = caseworker(UnitFactory.create())
    AssignmentFactory.create(household=split.old.household, employee=employee, role=AssignmentRole.SUBSTITUTE)
    return employee


def _leader(split: Split) -> Employee:
    return team_leader(split.unit)


def _in_an_emergency(split: Split) -> Employee:
    return _granted(caseworker(UnitFactory.create()), split.old.household, GrantKind.EMERGENCY)


def _of_a_unit_that_shares_it(split: Split) -> Employee:
    unit = UnitFactory.create()
    CoResponsibilityFactory.create(household=split.old.household, unit=unit)
    return _granted(caseworker(unit), split.old.household, GrantKind.PHONE)


def _on_the_agenda(split: Split) -> Employee:
    return _granted(employee_with(Role.MEETING_PARTICIPANT, split.unit), split.old.household, GrantKind.AGENDA)


def _in_the_plan(split: Split) -> Employee:
    return _granted(employee_with(Role.MEETING_PARTICIPANT, split.unit), split.old.household, GrantKind.PLAN)


def _inspector(split: Split) -> Employee:
    employee = employee_with(Role.AUDITOR, split.unit)
    InspectorFactory.create(inspection_id=split.inspection_id, inspection=None, employee=employee)
    return _granted(employee, split.old.household, GrantKind.SAMPLE_SPECIAL)


def _reporter(split: Split) -> Employee:
    return employee_with(Role.REPORTER, split.unit)


def _granted(employee: Employee, household: Household, kind: GrantKind) -> Employee:
    now = timezone.now()
    GrantFactory.create(
        user=employee,
        content_object=household,
        kind=kind,
        granted_at=now - timedelta(minutes=1),
        expires_at=now + timedelta(hours=1),
    )
    return employee


#: Each way in which somebody is entitled to the old household, and by that to nothing of the new.
ENTITLED: list[Callable[[Split], Employee]] = [
    _owner,
    _colleague_with_a_reason,
    _assigned_elsewhere,
    _leader,
    _in_an_emergency,
    _of_a_unit_that_shares_it,
    _on_the_agenda,
    _in_the_plan,
    _inspector,
    _reporter,
]
_NAMES = [entitled.__name__.strip("_") for entitled in ENTITLED]
#: In the ordinary run; what the others may read one of these reads too, on another ground: they are in the long one.
_READ_MOST = (_owner, _leader, _in_the_plan, _inspector, _reporter)
_OPENING = [
    pytest.param(entitled, id=name, marks=() if entitled in _READ_MOST else pytest.mark.long)
    for entitled, name in zip(ENTITLED, _NAMES, strict=True)
]


def _addresses(split: Split, *, acts: bool) -> Iterator[tuple[str, str]]:
    """Every route, as (method, address): of the old one, of the new, and of the new one's things under the old.

    :param acts: whether the old one's own forms are sent too
    """
    shared = {"inspection_id": split.inspection_id}
    old, new = {**split.old.ids, **shared}, {**split.new.ids, **shared}
    crossed = {**new, "key": split.old.household.key}
    for route in ROUTES:
        ways = {route.url(old)} | ({route.url(new), route.url(crossed)} if route.arguments else set())
        for url in sorted(ways):
            yield "get", url
            if acts or url != route.url(old):
                yield "post", url
    figures = {indicator.population: indicator.code for indicator in CATALOGUE}.values()
    for name, codes in (("kpi:behind", figures), ("kpi:export_behind", figures), ("cases:overview_list", MEASURES)):
        for code in codes:
            yield "post" if name == "kpi:export_behind" else "get", reverse(name, args=[code])


@pytest.mark.crawl
@pytest.mark.parametrize("entitled", _OPENING)
def test_nothing_of_who_left_is_told_to_who_is_entitled_through_those_who_stayed(
    client: Client, split: Split, entitled: Callable[[Split], Employee]
) -> None:
    sign_in(client, entitled(split))
    kept = split.new.all_but_the_number if entitled is _reporter else split.new.everything
    for method, url in _addresses(split, acts=entitled in (_owner, _leader)):
        data = {**FILLED, "form_key": uuid4(), "version": split.old.household.version} if method == "post" else {}
        with asked(client, method, url, data) as answer:
            assert sung(answer, kept, but=url) == [], (method, url)


@pytest.mark.crawl
@pytest.mark.parametrize("entitled", ENTITLED, ids=_NAMES)
def test_no_search_leads_from_those_who_stayed_to_who_left(
    client: Client, split: Split, entitled: Callable[[Split], Employee]
) -> None:
    sign_in(client, entitled(split))
    for text in ("Spurvfuglnavn", "spurvfuglsted", split.new.household.ref, "Kari Kjent", NUMBER, "Felles Barn"):
        with asked(client, "post", reverse("cases:search"), {"text": text}) as answer:
            assert sung(answer, split.new.everything, but=text) == [], text


@pytest.mark.crawl
def test_nothing_of_those_who_stayed_is_told_to_who_follows_the_one_that_left(client: Client, split: Split) -> None:
    """Where they lived together until that day is the past of both."""
    sign_in(client, split.new.owner)
    kept = [*split.old.name, *split.old.text, *split.old.special]
    for route in ROUTES:
        for url in {route.url(split.new.ids), route.url(split.old.ids)}:
            with asked(client, "get", url) as answer:
                assert sung(answer, kept, but=url) == [], url


def test_the_old_household_s_pages_say_that_somebody_left_and_when(client: Client, split: Split) -> None:
    sign_in(client, split.old.owner)
    page = client.get(reverse("cases:members", args=[split.old.household.key]), headers={"accept-language": "en"})
    assert b"Left the household" in page.content
    assert b"Kari Kjent" not in page.content
    assert b"Felles Barn" in page.content


def test_who_sees_both_sees_who_left_by_name(client: Client, split: Split) -> None:
    AssignmentFactory.create(household=split.new.household, employee=split.old.owner, role=AssignmentRole.SUBSTITUTE)
    sign_in(client, split.old.owner)
    assert b"Kari Kjent" in client.get(reverse("cases:members", args=[split.old.household.key])).content


def test_the_child_of_both_is_shown_in_both_with_neither_s_place(client: Client, split: Split) -> None:
    sign_in(client, split.new.owner)
    page = client.get(reverse("cases:members", args=[split.new.household.key]))
    assert b"Felles Barn" in page.content
    assert b"aukfuglsted" not in page.content


def test_a_letter_that_goes_after_the_split_is_addressed_to_nobody_who_left(split: Split) -> None:
    decision = Decision.objects.unwritten().get(household=split.old.household)
    said: dict[str, Any] = dict.fromkeys(_PARTS, "Gaukfuglord")
    parts = DecisionParts(**said, language="nb")

    issue_decision(decision_id=decision.pk, parts=parts, by=split.old.owner, at=timezone.now())

    letters = [pdf_text(bytes(one.content)) for one in Document.objects.filter(decision=decision, language="nb")]
    assert len(letters) == 2
    for letter in letters:
        assert "Kari" not in letter
        assert "purv" not in letter
    assert any("Per Blir" in letter for letter in letters)


_PARTS = ("facts", "considerations", "start_reason", "user_view")


def test_the_package_of_who_stayed_has_nothing_of_who_left(split: Split) -> None:
    request = _asks(split.stayed, split.old.household, by=split.old.owner)

    handed = answer_access(request_id=request.pk, language="nb", withheld=(), by=split.old.owner, at=timezone.now())

    told = f"{pdf_text(handed.pdf)} {json.dumps(json.loads(handed.json), ensure_ascii=False)}".lower()
    assert "per blir" in told
    assert not [canary for canary in split.new.everything if canary in told]
    assert "kari kjent" not in told


def test_the_package_of_who_left_has_nothing_that_came_after_with_those_who_stayed(split: Split) -> None:
    by = split.new.owner
    request = AccessRequest.objects.get(household=split.new.household)

    handed = answer_access(request_id=request.pk, language="nb", withheld=(), by=by, at=timezone.now())

    told = f"{pdf_text(handed.pdf)} {json.dumps(json.loads(handed.json), ensure_ascii=False)}".lower()
    assert not [canary for canary in [*split.old.name, *split.old.text] if canary in told]


def test_who_left_is_not_asked_for_at_the_household_they_left(split: Split) -> None:
    with pytest.raises(CannotRegister):
        _asks(split.left, split.old.household, by=split.old.owner)


def _asks(person: Person, household: Household, *, by: Employee) -> AccessRequest:
    now = timezone.now()
    return register_access(
        household_id=household.pk,
        person_id=person.pk,
        channel=Channel.WRITTEN,
        received_on=localdate(now),
        by=by,
        at=now,
    )
