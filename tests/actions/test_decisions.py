from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from cases.actions.decisions import (
    CannotDraft,
    CannotIssue,
    children_of,
    draft_decision,
    issue_decision,
    missing_parts,
    save_draft,
    write_decision,
)
from cases.actions.documents import decision_letter, requisition
from cases.letters import LETTER_LANGUAGES
from cases.models import Case, Decision, DecisionStatus, DocumentKind, Task, TaskKind
from housing.models import Residence
from people.access import Stale
from people.constraints import broken_constraint, constraint_message
from people.journal import Act
from people.models import Household, JournalEntry, Member, MemberRole, Role
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, DAY, LONG_AGO, MemberFactory, PersonFactory, at, employee_with
from tests.journeys import PARTS, placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

END = DAY + timedelta(days=14)


def given(household: Household, parts: object = PARTS) -> Decision:
    """Decided today, on the place the household has."""
    return write_decision(
        household=household,
        case=household.cases.get(),
        residence=household.residences.get(),
        starts_on=DAY,
        ends_on=END,
        parts=parts,  # type: ignore[arg-type]
        by=worker_for(household),
        at=AT,
    )


def members_of(household: Household) -> list[Member]:
    return list(household.members.select_related("person"))


def test_a_decision_in_writing_is_issued_at_once_with_letter_and_requisition() -> None:
    household = placed_household(DAY)

    decision = given(household)

    assert decision.status == DecisionStatus.ISSUED
    assert decision.issued_at == AT
    assert decision.unit == unit_of(household)
    assert decision.price_a_night == 900
    documents = {document.kind: document for document in decision.documents.all()}
    assert set(documents) == {DocumentKind.DECISION, DocumentKind.REQUISITION}
    for document in documents.values():
        assert bytes(document.content).startswith(b"%PDF-1.7")
        assert sha256(document.content).hexdigest() == document.sha256
        assert document.language == "nb"
        assert len(document.template_version) == 16
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.DECISION_ISSUED)
    assert line.details["letters"] == [document.sha256 for document in decision.documents.order_by("id")]


def test_the_price_of_the_stay_goes_before_the_price_of_the_room() -> None:
    household = placed_household(DAY, price_a_night=750)

    assert given(household).price_a_night == 750


def test_a_provider_without_a_room_or_price_gives_a_decision_without_them() -> None:
    household = placed_household(DAY)
    Residence.objects.filter(household=household).update(room=None)

    decision = given(household)

    assert (decision.room, decision.price_a_night) == (None, 0)


def test_a_decision_by_word_of_mouth_stands_and_is_to_be_written_the_next_working_day() -> None:
    household = placed_household(DAY)

    decision = given(household, None)

    assert (decision.status, decision.told_at) == (DecisionStatus.ORAL, AT)
    assert not decision.documents.exists()
    task = Task.objects.get(household=household, kind=TaskKind.WRITE_DECISION)
    assert task.due_on == date(2026, 3, 11)
    assert JournalEntry.objects.filter(household_id=household.pk, act=Act.DECISION_TOLD).exists()
    assert list(Decision.objects.covering(DAY)) == list(Decision.objects.unwritten()) == [decision]


def test_writing_it_down_issues_it_and_closes_its_own_task_only() -> None:
    household = placed_household(DAY)
    decision = given(household, None)
    other = Task.objects.create(
        household=household, unit=unit_of(household), kind=TaskKind.WRITE_DECISION, due_on=date(2026, 3, 20)
    )
    worker = worker_for(household)

    issued = issue_decision(decision_id=decision.pk, parts=PARTS, by=worker, at=at(DAY, 15))

    assert issued.status == DecisionStatus.ISSUED
    assert (issued.told_at, issued.issued_at, issued.issued_by) == (AT, at(DAY, 15), worker)
    assert issued.facts == PARTS.facts
    assert list(Task.objects.open().filter(household=household, kind=TaskKind.WRITE_DECISION)) == [other]
    assert issued.documents.count() == 2


def test_a_decision_can_be_written_down_when_its_task_is_gone() -> None:
    household = placed_household(DAY)
    decision = given(household, None)
    Task.objects.filter(household=household).update(done_on=DAY, done_by=worker_for(household))

    assert issue_decision(decision_id=decision.pk, parts=PARTS, by=worker_for(household), at=AT).documents.count() == 2


@pytest.mark.parametrize("part", ["facts", "considerations", "start_reason", "user_view"])
def test_no_decision_is_issued_without_each_of_its_parts(part: str) -> None:
    household = placed_household(DAY)

    with pytest.raises(CannotIssue) as refused, transaction.atomic():
        given(household, replace(PARTS, **{part: "  "}))  # type: ignore[arg-type]

    assert refused.value.field == part
    assert list(refused.value.missing) == [part]
    assert not Decision.objects.filter(household=household).exists()


def test_the_refusal_names_every_part_that_is_missing() -> None:
    household = placed_household(DAY)

    with pytest.raises(CannotIssue) as refused:
        given(household, replace(PARTS, facts="", user_view=""))

    assert list(refused.value.missing) == ["facts", "user_view"]
    assert all(str(sentence) in str(refused.value.message) for sentence in refused.value.missing.values())


def test_where_a_child_lives_the_decision_weighs_the_child_s_best_interest() -> None:
    household = placed_household(DAY)
    children = [MemberFactory.create(household=household, is_child=True).person for _child in range(2)]

    for weighed in ({}, {children[0].pk: "Stays at the same school."}):
        with pytest.raises(CannotIssue) as refused:
            given(household, replace(PARTS, child_interests=weighed))
        assert refused.value.field == "child_interest"
    decision = given(household, replace(PARTS, child_interests={child.pk: "Stays at school." for child in children}))
    assert decision.has_children
    assert decision.child_interests.count() == 2


@pytest.mark.parametrize(
    ("role", "born_on", "counts"),
    [
        (MemberRole.CHILD, DAY - timedelta(days=30), True),
        (MemberRole.CHILD, date(2008, 3, 11), True),
        (MemberRole.CHILD, date(2008, 3, 10), False),
        (MemberRole.CHILD_VISIT, date(2018, 6, 1), False),
        (MemberRole.OTHER, date(2018, 6, 1), False),
    ],
)
def test_a_child_is_one_in_that_role_and_under_eighteen_that_day(role: str, born_on: date, counts: bool) -> None:
    household = placed_household(DAY)
    starts_on = max(born_on, LONG_AGO)
    MemberFactory.create(
        household=household, role=role, person=PersonFactory.create(born_on=born_on), starts_on=starts_on
    )

    assert bool(children_of(household, on=DAY)) is counts


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_the_letter_is_in_the_language_that_was_chosen(language: str) -> None:
    decision = given(placed_household(DAY), replace(PARTS, language=language))

    assert {document.language for document in decision.documents.all()} == {language}


def test_a_language_without_letters_is_refused() -> None:
    with pytest.raises(CannotIssue) as refused:
        given(placed_household(DAY), replace(PARTS, language="se"))

    assert refused.value.field == "language"


def test_an_issued_decision_is_not_issued_again() -> None:
    household = placed_household(DAY)
    decision = given(household)

    with pytest.raises(CannotIssue):
        issue_decision(decision_id=decision.pk, parts=PARTS, by=worker_for(household), at=AT)


def test_an_issued_decision_never_changes() -> None:
    decision = given(placed_household(DAY))

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(facts="Something else.")

    assert broken_constraint(refused.value) == "decision_issued_never_changes"
    assert constraint_message(refused.value)


def test_an_issued_decision_is_not_deleted() -> None:
    decision = given(placed_household(DAY))

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")

    assert broken_constraint(refused.value) == "decision_issued_never_changes"


def test_a_stored_letter_is_neither_deleted_nor_rewritten() -> None:
    decision = given(placed_household(DAY))

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        # straight to the database: Django itself refuses what an outgoing letter hangs on
        decision.documents.all()._raw_delete("default")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        decision.documents.update(sha256="0" * 64)


def drafted(household: Household, **changes: object) -> Decision:
    told = {"residence_id": household.residences.get().pk, "starts_on": DAY, "ends_on": END, **changes}
    return draft_decision(household_id=household.pk, by=worker_for(household), at=AT, **told)  # type: ignore[arg-type]


def test_a_place_without_a_decision_gets_a_draft_that_saves_itself_and_is_issued() -> None:
    household = placed_household(DAY - timedelta(days=10))
    worker = worker_for(household)
    decision = drafted(household)

    saved = save_draft(decision_id=decision.pk, parts=replace(PARTS, facts=" Half a sen"), by=worker, at=AT)

    assert (saved.status, saved.facts) == (DecisionStatus.DRAFT, "Half a sen")
    assert not Decision.objects.covering(DAY).exists()
    assert missing_parts(saved, on=DAY) == []
    version = Household.objects.get(pk=household.pk).version
    issued = issue_decision(decision_id=decision.pk, parts=PARTS, by=worker, at=AT, version=version)
    assert issued.status == DecisionStatus.ISSUED
    acts = JournalEntry.objects.filter(household_id=household.pk).values_list("act", flat=True)
    assert {Act.DECISION_DRAFTED, Act.DECISION_ISSUED} <= set(acts)


def test_nobody_issues_a_text_that_a_colleague_changed_after_it_was_shown() -> None:
    household = placed_household(DAY)
    decision = drafted(household)
    shown = Household.objects.get(pk=household.pk).version
    save_draft(decision_id=decision.pk, parts=replace(PARTS, facts="Other words"), by=worker_for(household), at=AT)

    with pytest.raises(Stale):
        issue_decision(decision_id=decision.pk, parts=PARTS, by=worker_for(household), at=AT, version=shown)


def test_a_stale_form_issues_nothing() -> None:
    household = placed_household(DAY)
    decision = drafted(household)

    with pytest.raises(Stale):
        issue_decision(decision_id=decision.pk, parts=PARTS, by=worker_for(household), at=AT, version=0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": DAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": DAY}, "ends_on"),
        ({"residence_id": 0}, ""),
    ],
)
def test_a_draft_is_for_a_period_of_the_household_s_own_stay(changes: dict[str, object], field: str) -> None:
    with pytest.raises(CannotDraft) as refused:
        drafted(placed_household(DAY), **changes)

    assert refused.value.field == field


def test_nothing_is_drafted_in_a_closed_case() -> None:
    household = placed_household(DAY)
    case = Case.objects.get(household=household)
    case.close(on=DAY, reason="other")
    case.save()

    with pytest.raises(CannotDraft):
        drafted(household)


def test_an_issued_decision_is_no_draft_to_save() -> None:
    household = placed_household(DAY)
    decision = given(household)

    with pytest.raises(CannotDraft):
        save_draft(decision_id=decision.pk, parts=PARTS, by=worker_for(household), at=AT)


def test_what_does_not_exist_is_neither_saved_nor_issued() -> None:
    worker = worker_for(placed_household(DAY))

    for change in (save_draft, issue_decision):
        with pytest.raises(Http404):
            change(decision_id=0, parts=PARTS, by=worker, at=AT)


def test_a_decision_of_another_unit_s_household_does_not_exist() -> None:
    decision = given(placed_household(DAY), None)
    stranger = worker_for(placed_household(DAY))

    for change in (save_draft, issue_decision):
        with pytest.raises(Http404):
            change(decision_id=decision.pk, parts=PARTS, by=stranger, at=AT)


def test_a_plan_coordinator_sees_a_decision_but_does_not_issue_it() -> None:
    household = placed_household(DAY)
    decision = given(household, None)
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit_of(household))

    for change in (save_draft, issue_decision):
        with pytest.raises(PermissionDenied):
            change(decision_id=decision.pk, parts=PARTS, by=coordinator, at=AT)


def test_the_requisition_names_who_checks_in_and_how_many_and_nothing_else_of_them() -> None:
    household = placed_household(DAY)
    MemberFactory.create(household=household, is_child=True)
    MemberFactory.create(household=household, is_child=True, role=MemberRole.CHILD_VISIT)
    decision = DecisionFactory.create(household=household, starts_on=DAY, ends_on=END, price_a_night=900)
    present = [member for member in members_of(household) if member.role != MemberRole.CHILD_VISIT]

    order = requisition(decision, present, at=AT)

    assert order.guest == household.members.get(role=MemberRole.APPLICANT).person.name
    assert (order.persons, order.nights, order.most) == (2, 14, 12600)


def test_the_requisition_of_a_shielded_household_names_nobody() -> None:
    household = placed_household(DAY)
    name = f"Secret {uuid4().hex}"
    MemberFactory.create(household=household, is_child=True, person=PersonFactory.create(is_shielded=True, name=name))
    decision = DecisionFactory.create(household=household, starts_on=DAY, ends_on=END)

    order = requisition(decision, members_of(household), at=AT)

    assert order.guest == ""
    assert name not in repr(order)
    assert household.ref not in repr(order)


def test_a_household_without_an_applicant_is_addressed_by_reference() -> None:
    household = placed_household(DAY)
    household.members.update(role=MemberRole.OTHER)
    decision = DecisionFactory.create(household=household, is_oral=True)

    letter = decision_letter(decision, [], at=AT)

    assert letter.recipient == ""
    assert letter.told_at == AT
    assert requisition(decision, [], at=AT).guest == ""
