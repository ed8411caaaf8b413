# mypy: disable-error-code="no-untyped-call"
"""Notes in the journal: appended, corrected beside what stood, and nothing to who may not read special ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404

from cases.actions.notes import CannotWrite, NewNote, correct_note, write_note
from cases.models import Note, NoteClass, NoteCorrection, NoteKind
from cases.questions.journal import JournalKind, journal_facts, journal_lines
from people.access import household_for
from people.journal import Act
from people.models import AssignmentRole, Employee, Household, JournalEntry, Role
from people.roles import Permission
from people.uploads import MediaType, TakenIn
from tests.factories.cases import DecisionFactory
from tests.factories.noted import NoteFactory
from tests.factories.people import AT, AssignmentFactory, HouseholdFactory, PersonFactory, employee_with, team_leader
from tests.journeys import household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

SCAN = TakenIn(content=b"%PDF", media_type=MediaType.PDF, sha256="0" * 64)


def note(household: Household, by: Employee | None = None, **told: Any) -> Note:
    facts: dict[str, Any] = {"kind": NoteKind.PHONE, "text": "Rang about the key", "happened_at": AT, **told}
    return write_note(household_id=household.pk, new=NewNote(**facts), by=by or worker_for(household), at=AT)


def correct(row: Note, by: Employee | None = None, **told: Any) -> NoteCorrection:
    facts: dict[str, Any] = {"text": "Rang about the lock", "note_class": NoteClass.ORDINARY, "reason": "Slip", **told}
    by = by or worker_for(row.household)
    return correct_note(household_id=row.household_id, note_id=row.pk, **facts, by=by, at=AT)


def seen_by(employee: Employee, household: Household) -> Household:
    return household_for(employee, Permission.VIEW_HOUSEHOLD, key=household.key, at=AT)


def test_a_note_stands_in_the_journal_with_what_it_says() -> None:
    household = household_in()
    by = worker_for(household)

    note(household, by, participants="Kari at the guesthouse", files=[SCAN, SCAN], files_about="The lock")

    [fact] = journal_facts(seen_by(by, household), limit=5, kind=JournalKind.NOTES)
    assert (fact.text, fact.by, fact.earlier) == ("Rang about the key", by.name, [])
    assert [link.label for link in fact.links] == ["The lock (1)", "The lock (2)"]
    line = JournalEntry.objects.get(act=Act.NOTE_WRITTEN)
    assert (line.reason, line.details) == ("", {})


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("text", {"text": "  "}),
        ("happened_on", {"happened_at": AT + timedelta(minutes=6)}),
        ("special_about", {"note_class": NoteClass.SPECIAL}),
        ("person", {"person_id": 0}),
    ],
)
def test_a_note_that_says_nothing_true_is_refused_at_its_field(field: str, told: dict[str, Any]) -> None:
    household = household_in()
    if "person_id" in told:
        told = {"person_id": PersonFactory.create().pk}

    with pytest.raises(CannotWrite) as refused:
        note(household, **told)

    assert refused.value.field == field
    assert not Note.objects.exists()


def test_a_note_belongs_to_nothing_of_another_household() -> None:
    with pytest.raises(CannotWrite) as refused:
        note(household_in(), decision=DecisionFactory.create())

    assert refused.value.field == "linked"


def test_a_correction_strikes_out_what_stood_and_says_who_and_why() -> None:
    household = household_in()
    by = worker_for(household)
    row = note(household, by)

    correct(row, by)
    correct(row, by, text="", reason="Another household's")

    fact = next(one for one in journal_facts(seen_by(by, household), limit=5) if one.text)
    assert [old.text for old in fact.earlier] == ["Rang about the key", "Rang about the lock"]
    assert "Slip" in fact.earlier[0].why
    assert by.name in fact.earlier[1].why
    assert Note.objects.get().text == "Rang about the key"


def test_two_who_correct_at_once_do_not_overwrite_each_other() -> None:
    row = note(household_in())
    correct(row, corrections=0)

    with pytest.raises(CannotWrite, match=r"."):
        correct(row, corrections=0, text="Something else")

    assert row.corrections.count() == 1


@pytest.mark.parametrize(("field", "told"), [("reason", {"reason": " "}), ("text", {"text": "Rang about the key"})])
def test_a_correction_changes_something_for_a_reason(field: str, told: dict[str, Any]) -> None:
    row = note(household_in())

    with pytest.raises(CannotWrite) as refused:
        correct(row, **told)

    assert refused.value.field == field


def test_the_database_lets_nobody_change_or_remove_a_note() -> None:
    row = note(household_in())
    correct(row)
    for change in (
        lambda: Note.objects.update(text="x"),
        lambda: NoteCorrection.objects.all().delete(),
        lambda: Note.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_to_a_leader_who_has_not_said_why_there_is_no_special_note_at_all() -> None:
    household = household_in()
    leader, worker = team_leader(unit_of(household)), worker_for(household)
    row = note(household, worker, note_class=NoteClass.SPECIAL, special_about="health", files=[SCAN])
    ordinary = note(household, worker)
    for_leader, for_worker = seen_by(leader, household), seen_by(worker, household)

    assert journal_lines(for_worker, kind=JournalKind.NOTES).count() == 2
    assert journal_lines(for_leader, kind=JournalKind.NOTES).count() == 1
    correct(ordinary, worker, text=ordinary.text, note_class=NoteClass.SPECIAL, reason="Tells of health")
    assert journal_lines(for_leader).count() == journal_lines(for_worker).count() - 3
    assert row.files.get().is_special


def test_who_may_not_read_a_special_note_does_not_correct_it() -> None:
    household = HouseholdFactory.create()
    row = NoteFactory.create(household=household, is_special=True)
    stranger = employee_with(Role.CASEWORKER, unit_of(HouseholdFactory.create()))

    with pytest.raises((Http404, PermissionDenied)):
        correct(row, stranger)
    with pytest.raises(Http404):
        correct_note(
            household_id=household_in().pk,
            note_id=row.pk,
            text="",
            note_class=NoteClass.ORDINARY,
            reason="x",
            by=worker_for(household),
            at=AT,
        )


def test_whoever_coordinates_the_plan_writes_notes_too() -> None:
    household = household_in()
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit_of(household))
    AssignmentFactory.create(household=household, employee=coordinator, role=AssignmentRole.PLAN_COORDINATOR)

    assert note(household, coordinator, kind=NoteKind.MEETING).pk


def test_every_kind_of_line_is_in_one_part_of_the_journal_alone() -> None:
    household = household_in()
    by = worker_for(household)
    note(household, by)
    for what in Act:
        JournalEntry.objects.create(
            household_id=household.pk, act=what, subject_kind="x", subject_id=1, on=AT.date(), at=AT, by=by
        )
    seen = seen_by(by, household)

    parts = [list(journal_lines(seen, kind=kind).values_list("pk", flat=True)) for kind in JournalKind]

    assert sorted(pk for part in parts for pk in part) == sorted(journal_lines(seen).values_list("pk", flat=True))
