"""The invented municipality holds together, and shows what it is there to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from cases.demo.cast import Cast
from cases.demo.clock import Story, tell
from cases.demo.content import content
from cases.models import (
    AccessRequest,
    Assessment,
    Case,
    CorrectionRequest,
    Decision,
    DecisionStatus,
    HousingMeeting,
    Inspection,
    MeetingMinutes,
    MeetingStatus,
    NightListHour,
    Offer,
    Outcome,
    Request,
)
from housing.actions.spells import spell_differences
from housing.models import (
    ChildApproval,
    InvoiceLine,
    ProviderComplaint,
    ProviderInspection,
    ProviderInvoice,
    Residence,
    ResidenceKind,
    Verdict,
)
from people.models import (
    Alert,
    AlertKind,
    CoResponsibility,
    Disqualification,
    Employee,
    Grant,
    GrantKind,
    Household,
    JournalEntry,
    Relation,
    Role,
    Seal,
    SharingBasis,
    SpecialClass,
    SpecialNote,
)
from people.models.reading import Reading
from people.national_ids import Kind, read_national_id
from tests.factories.people import AT, DAY, OSLO, HouseholdFactory

EDGE = "2026-03-10"


def demo(*options: str) -> str:
    told = StringIO()
    call_command("demo", *options, stdout=told, stderr=StringIO())
    return told.getvalue()


@pytest.mark.django_db
def test_a_small_demo_is_built_by_acts_that_leave_every_invariant_whole(tmp_path: Path) -> None:
    told = demo("--households", "60", "--on", EDGE)

    assert 60 <= Household.objects.count() <= 90
    assert "saksbehandler" in told
    assert spell_differences() == []
    call_command("check_invariants", stdout=StringIO())
    late = JournalEntry.objects.filter(at__gt=datetime(2026, 3, 10, 15, tzinfo=OSLO))
    assert not late.exclude(by__username="calendar").exists()
    _shows_what_is_seldom()
    _shows_who_may_see_what()
    _shows_what_is_kept_of_providers()
    _shows_how_homes_are_given()
    call_command("export_data", str(tmp_path), stdout=StringIO())
    assert (tmp_path / "residences.csv").stat().st_size > 0


def _shows_what_is_seldom() -> None:
    assert Residence.objects.on(DAY).filter(kind=ResidenceKind.TEMPORARY).count() > 5
    assert Household.objects.filter(split_from__isnull=False).count() == 2
    assert Request.objects.filter(outcome="", asked_at__date=DAY).exists()
    assert {*Decision.objects.values_list("status", flat=True)} >= {DecisionStatus.ORAL, DecisionStatus.ISSUED}
    assert {*Request.objects.values_list("outcome", flat=True)} >= {Outcome.OFFER, Outcome.BELOW_STANDARD, ""}
    assert {*Case.objects.values_list("state", flat=True)} >= {"temporary", "homeless", "settled", "closed"}
    for act in ("act.undone", "household.joined", "residence.corrected", "member.born"):
        assert JournalEntry.objects.filter(act=act).exists(), act


def _shows_who_may_see_what() -> None:
    kinds = {AlertKind.EMERGENCY_DOOR, AlertKind.BLOCKED_AT_COUNTER, AlertKind.PROTECTION_OVER}
    assert {*Alert.objects.open().values_list("kind", flat=True)} >= kinds
    assert Alert.objects.filter(kind=AlertKind.EMERGENCY_DOOR, handled_at__isnull=False).exists()
    assert {*SpecialNote.objects.values_list("note_class", flat=True)} == {*SpecialClass}
    assert {*Disqualification.objects.values_list("relation", flat=True)} == {Relation.SELF, Relation.RELATIVE}
    assert {*CoResponsibility.objects.values_list("basis", flat=True)} == {*SharingBasis}
    for model in (AccessRequest, Assessment, CorrectionRequest, Inspection, Reading, Seal):
        assert model.objects.exists(), model
    for kind in (GrantKind.EMERGENCY, GrantKind.PHONE, GrantKind.MEETING, GrantKind.SAMPLE):
        assert Grant.objects.of(kind).exists(), kind


def _shows_what_is_kept_of_providers() -> None:
    for model in (ChildApproval, NightListHour, ProviderComplaint, ProviderInspection, ProviderInvoice):
        assert model.objects.exists(), model
    assert {*InvoiceLine.objects.values_list("verdict", flat=True)} == {"", *Verdict.values}


def _shows_how_homes_are_given() -> None:
    statuses = [*HousingMeeting.objects.order_by("held_at").values_list("status", flat=True)]
    assert statuses == [MeetingStatus.CLOSED, MeetingStatus.PLANNED]
    closed, planned = HousingMeeting.objects.order_by("held_at")
    assert MeetingMinutes.objects.get().meeting == closed
    assert {*closed.items.values_list("decision", flat=True)} == {"allot", "follow_up", "postpone"}
    assert planned.items.count() > 1
    assert {*Offer.objects.values_list("status", flat=True)} >= {"sent", "accepted", "declined"}


@pytest.mark.django_db
def test_where_somebody_lives_already_the_demo_is_refused_or_left_alone() -> None:
    HouseholdFactory.create()

    with pytest.raises(CommandError, match="empty database"):
        demo()
    told = demo("--if-empty")

    assert "leder" in told
    assert Household.objects.count() == 1
    assert not Employee.objects.filter(username="leder").exists()


@pytest.mark.django_db
def test_the_demo_is_refused_in_production(settings: LazySettings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="development"):
        demo("--if-empty")


@pytest.mark.django_db
def test_the_demo_cannot_end_on_a_day_that_has_not_come() -> None:
    with pytest.raises(CommandError, match="not come"):
        demo("--on", "2999-01-01")


def test_stories_go_on_in_the_order_of_their_moments_and_stop_at_the_edge() -> None:
    told: list[str] = []

    def story(name: str, *days: int) -> Iterator[datetime]:
        for day in days:
            yield AT + timedelta(days=day)
            told.append(f"{name}{day}")

    stories: list[Story] = [story("a", 0, 3, 9), story("b", 1, 3, 4), story("none")]
    heard: list[datetime] = []
    tell(stories, until=AT + timedelta(days=4), heard=heard.append)

    assert told == ["a0", "b1", "a3", "b3", "b4"]
    assert heard == [AT + timedelta(days=day) for day in (0, 1, 3, 3, 4)]


def test_everybody_has_an_id_of_the_synthetic_series_that_tells_their_birth_date_or_none() -> None:
    cast = Cast(Random(1))
    people = [person for _ in range(60) for person in cast.family(DAY, children=2, is_couple=True)]

    with_id = [person for person in people if person.national_id]
    read = [read_national_id(person.national_id, real=False, synthetic=True) for person in with_id]

    assert {number.kind for number in read} == {Kind.SYNTHETIC}
    assert [number.born_on for number in read] == [person.born_on for person in with_id]
    assert len({number.number for number in read}) == len(with_id) < len(people)


def test_there_is_somebody_to_sign_in_as_in_every_role_of_the_office() -> None:
    roles = {Role(row["role"]) for row in content("places")["employees"]}

    assert roles == {*Role}
