# mypy: disable-error-code="no-untyped-call"
"""Decisions on every matter: how they are begun, approved, issued, changed, ended, annulled and corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases import law
from cases.actions.corrections import Corrected, correct_residence
from cases.actions.deciding import (
    CannotApprove,
    NewDecision,
    approve_decision,
    begin_decision,
    discard_draft,
    send_back_decision,
    submit_decision,
    tell_decision,
)
from cases.actions.decisions import (
    CannotDraft,
    CannotIssue,
    DecisionParts,
    draft_decision,
    issue_decision,
    save_draft,
)
from cases.actions.effects import CannotAnnul, annul_decision
from cases.actions.law import CannotChoose, choose_law
from cases.actions.slips import CannotCorrect, correct_slip
from cases.models import (
    Decision,
    DecisionKind,
    DecisionMove,
    DecisionResult,
    DecisionStatus,
    DocumentKind,
    Stage,
    Task,
    TaskKind,
)
from cases.questions.law import choices_of
from housing.models import ResidenceKind
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Role
from tests.factories.people import AT, DAY, MemberFactory, at, employee_with
from tests.journeys import FORTNIGHT, PARTS, good_room, joined, placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

WHOLE = replace(
    PARTS,
    main_content="Help from the housing team every week.",
    expected_wait="About four months.",
    conditions="None.",
    next_time="An income that covers the rent.",
    rooms=2,
    size=50,
    length_months=36,
    amount=40_000,
)


@pytest.fixture
def household() -> Household:
    return placed_household(DAY)


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


def begun(household: Household, by: Employee, kind: str, result: str = "granted", **more: object) -> Decision:
    ends_on = FORTNIGHT if kind == "temporary" and result == "granted" else None
    starts_on = None if result in ("refused", "dismissed") else DAY
    new = NewDecision(kind=kind, result=result, **{"starts_on": starts_on, "ends_on": ends_on, **more})  # type: ignore[arg-type]
    return begin_decision(household_id=household.pk, new=new, by=by, at=AT)


def leader_of(household: Household) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit_of(household))


def issued(household: Household, by: Employee, kind: str, result: str = "granted", **more: object) -> Decision:
    decision = begun(household, by, kind, result, **more)
    if not decision.needs_approval:
        return issue_decision(decision_id=decision.pk, parts=WHOLE, by=by, at=AT)
    submit_decision(decision_id=decision.pk, parts=WHOLE, by=by, at=AT)
    return approve_decision(decision_id=decision.pk, by=leader_of(household), at=AT)


@pytest.mark.parametrize("kind", DecisionKind.values)
@pytest.mark.parametrize("result", ["granted", "partly", "refused", "dismissed"])
def test_a_decision_of_every_kind_and_result_is_issued_with_its_letter(
    household: Household, worker: Employee, kind: str, result: str
) -> None:
    ends_on = FORTNIGHT if kind == "temporary" and result == "partly" else None
    more = {"ends_on": ends_on} if ends_on else {}

    decision = issued(household, worker, kind, result, **more)

    assert decision.status == DecisionStatus.ISSUED
    assert decision.documents.filter(kind=DocumentKind.DECISION).count() == 1
    assert decision.basis == law.bases(kind, on=DAY)[0].code


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_a_decision_that_lacks_what_its_kind_asks_for_is_not_issued(
    household: Household, worker: Employee, kind: str
) -> None:
    decision = begun(household, worker, kind)
    act = submit_decision if decision.needs_approval else issue_decision

    with pytest.raises(CannotIssue) as refused:
        act(decision_id=decision.pk, parts=DecisionParts(), by=worker, at=AT)

    assert refused.value.field == "facts"
    assert not decision.documents.exists()


def test_a_refusal_says_what_would_help_next_time_and_needs_no_start(household: Household, worker: Employee) -> None:
    decision = begun(household, worker, "housing_help", "refused")

    with pytest.raises(CannotIssue) as refused:
        issue_decision(decision_id=decision.pk, parts=replace(WHOLE, next_time=""), by=worker, at=AT)
    assert list(refused.value.missing) == ["next_time"]
    made = issue_decision(decision_id=decision.pk, parts=replace(WHOLE, start_reason=""), by=worker, at=AT)
    assert not Decision.objects.in_force(DAY).filter(pk=made.pk).exists()


def test_help_under_boligsosialloven_states_its_main_content(household: Household, worker: Employee) -> None:
    decision = begun(household, worker, "housing_help")

    with pytest.raises(CannotIssue) as refused:
        issue_decision(decision_id=decision.pk, parts=replace(WHOLE, main_content=" "), by=worker, at=AT)

    assert list(refused.value.missing) == ["main_content"]


def test_a_decision_that_the_law_does_not_know_that_day_cannot_be_begun(household: Household, worker: Employee) -> None:
    with pytest.raises(CannotDraft) as refused:
        begun(household, worker, "dwelling", basis="loans-5")

    assert refused.value.field == "basis"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": DAY}, "ends_on"),
        ({"result": DecisionResult.ENDED}, "result"),
        ({"move": DecisionMove.CHANGE}, "changes"),
        ({"request_id": 0}, "request"),
        ({"kind": "castle"}, "kind"),
        ({"result": DecisionResult.REFUSED}, "starts_on"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_at_its_field(
    household: Household, worker: Employee, more: dict[str, object], field: str
) -> None:
    told: dict[str, object] = {"kind": "temporary", "result": "granted", "starts_on": DAY, "ends_on": FORTNIGHT, **more}
    with pytest.raises(CannotDraft) as refused:
        begin_decision(household_id=household.pk, new=NewDecision(**told), by=worker, at=AT)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_money_is_decided_by_two_persons(household: Household, worker: Employee) -> None:
    decision, leader = begun(household, worker, "start_loan"), leader_of(household)

    with pytest.raises(CannotIssue):
        issue_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    submit_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    task = Task.objects.get(kind=TaskKind.APPROVE_DECISION)
    with pytest.raises(CannotApprove):
        approve_decision(decision_id=decision.pk, by=worker, at=AT)
    approved = approve_decision(decision_id=decision.pk, by=leader, at=AT)

    assert (approved.issued_by, approved.drafted_by) == (leader, worker)
    task.refresh_from_db()
    assert task.done_by == leader


def test_the_leader_cannot_approve_what_the_leader_wrote(household: Household) -> None:
    leader = employee_with(Role.TEAM_LEADER, unit_of(household))
    joined(leader, household)
    decision = begun(household, leader, "grant")
    submit_decision(decision_id=decision.pk, parts=WHOLE, by=leader, at=AT)

    with pytest.raises(CannotApprove):
        approve_decision(decision_id=decision.pk, by=leader, at=AT)


def test_the_second_of_two_approvers_is_told_that_it_is_done(household: Household, worker: Employee) -> None:
    decision = begun(household, worker, "grant")
    submit_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    approve_decision(decision_id=decision.pk, by=leader_of(household), at=AT)

    with pytest.raises(CannotApprove, match="already"):
        approve_decision(decision_id=decision.pk, by=leader_of(household), at=AT)

    assert decision.documents.filter(kind=DocumentKind.DECISION).count() == 1


def test_what_waits_for_approval_is_not_written_in_until_it_is_taken_back(
    household: Household, worker: Employee
) -> None:
    decision = begun(household, worker, "grant")
    submit_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)

    with pytest.raises(CannotDraft):
        save_draft(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    with pytest.raises(CannotApprove):
        send_back_decision(decision_id=decision.pk, because=" ", by=worker, at=AT)
    back = send_back_decision(decision_id=decision.pk, because="The amount is wrong.", by=worker, at=AT)

    assert (back.status, back.sent_back_because) == (DecisionStatus.DRAFT, "The amount is wrong.")
    assert not Task.objects.open().filter(kind=TaskKind.APPROVE_DECISION).exists()
    save_draft(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)


def test_what_two_persons_stand_behind_is_not_given_by_word_of_mouth(household: Household, worker: Employee) -> None:
    with pytest.raises(CannotDraft):
        tell_decision(decision_id=begun(household, worker, "grant").pk, by=worker, at=AT)


def test_what_the_municipality_wants_two_persons_for_since_it_was_begun_is_not_given_by_word_of_mouth(
    household: Household, worker: Employee
) -> None:
    decision = begun(household, worker, "temporary", "refused")
    choice = {"code": "two_persons_temporary", "value": "refusals", "starts_on": DAY, "reason": "Council"}
    municipality = household.municipality_id
    choose_law(municipality_id=municipality, **choice, by=leader_of(household), at=AT)  # type: ignore[arg-type]

    with pytest.raises(CannotDraft, match="Two persons"):
        tell_decision(decision_id=decision.pk, by=worker, at=AT)


def test_a_refusal_that_cannot_wait_is_given_by_word_of_mouth_and_written_the_next_working_day(
    household: Household, worker: Employee
) -> None:
    decision = begun(household, worker, "temporary", "refused")

    tell_decision(decision_id=decision.pk, by=worker, at=AT)

    task = Task.objects.get(kind=TaskKind.WRITE_DECISION)
    assert task.due_on == DAY + timedelta(days=1)
    issue_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    task.refresh_from_db()
    assert task.done_on == DAY


def test_a_change_replaces_the_earlier_decision_from_its_first_day(household: Household, worker: Employee) -> None:
    first = issued(household, worker, "housing_help")
    later = DAY + timedelta(days=5)

    issued(household, worker, "housing_help", move=DecisionMove.CHANGE, changes_id=first.pk, starts_on=later)

    first.refresh_from_db()
    assert (first.status, first.ended_on) == (DecisionStatus.REPLACED, later)
    assert [d.pk for d in Decision.objects.in_force(DAY)] == [first.pk]
    assert first.pk not in {d.pk for d in Decision.objects.in_force(later)}


def test_an_end_ends_the_earlier_decision(household: Household, worker: Employee) -> None:
    first = issued(household, worker, "temporary")
    later = DAY + timedelta(days=5)

    told = {"move": DecisionMove.END, "changes_id": first.pk, "starts_on": later, "ends_on": None}
    issued(household, worker, "temporary", "ended", **told)

    first.refresh_from_db()
    assert (first.status, first.stage_on(later)) == (DecisionStatus.ENDED, Stage.ENDED)
    assert Decision.objects.covering(later - timedelta(days=1)).exists()
    assert not Decision.objects.covering(later).exists()


def test_what_is_replaced_cannot_be_changed_once_more(household: Household, worker: Employee) -> None:
    first = issued(household, worker, "housing_help")
    issued(household, worker, "housing_help", move=DecisionMove.CHANGE, changes_id=first.pk)

    with pytest.raises(CannotDraft):
        begun(household, worker, "housing_help", move=DecisionMove.CHANGE, changes_id=first.pk)


def test_of_two_drafts_that_change_the_same_decision_only_the_first_is_issued(
    household: Household, worker: Employee
) -> None:
    first = issued(household, worker, "housing_help")
    one, other = (
        begun(household, worker, "housing_help", move=DecisionMove.CHANGE, changes_id=first.pk) for _ in range(2)
    )
    issue_decision(decision_id=one.pk, parts=WHOLE, by=worker, at=AT)

    with pytest.raises(CannotIssue, match="does not run any more"):
        issue_decision(decision_id=other.pk, parts=WHOLE, by=worker, at=AT)
    with pytest.raises(CannotIssue, match="does not run any more"):
        tell_decision(decision_id=other.pk, by=worker, at=AT)

    assert not other.documents.exists()
    assert [found.pk for found in Decision.objects.in_force(DAY)] == [one.pk]


def test_what_was_ended_before_it_was_written_down_is_ended_once_it_is(household: Household, worker: Employee) -> None:
    told, later = begun(household, worker, "temporary"), DAY + timedelta(days=5)
    tell_decision(decision_id=told.pk, by=worker, at=AT)
    end = {"move": DecisionMove.END, "changes_id": told.pk, "starts_on": later, "ends_on": None}
    issued(household, worker, "temporary", "ended", **end)

    issue_decision(decision_id=told.pk, parts=WHOLE, by=worker, at=AT)

    told.refresh_from_db()
    assert (told.status, told.ended_on) == (DecisionStatus.ENDED, later)
    assert not Decision.objects.covering(later).exists()


def test_an_annulled_decision_counts_as_never_given(household: Household, worker: Employee) -> None:
    decision = issued(household, worker, "temporary")

    with pytest.raises(CannotAnnul):
        annul_decision(decision_id=decision.pk, because="", by=worker, at=AT)
    annul_decision(decision_id=decision.pk, because="Founded on the wrong facts.", by=worker, at=AT)

    assert not Decision.objects.covering(DAY).exists()
    with pytest.raises(CannotAnnul):
        annul_decision(decision_id=decision.pk, because="Once more.", by=worker, at=AT)


def test_a_draft_is_not_annulled(household: Household, worker: Employee) -> None:
    with pytest.raises(CannotAnnul):
        annul_decision(decision_id=begun(household, worker, "grant").pk, because="No.", by=worker, at=AT)


def test_a_draft_is_discarded_and_an_issued_decision_is_not(household: Household, worker: Employee) -> None:
    draft, made = begun(household, worker, "grant"), issued(household, worker, "housing_help")

    discard_draft(decision_id=draft.pk, by=worker, at=AT)
    with pytest.raises(CannotDraft):
        discard_draft(decision_id=made.pk, by=worker, at=AT)

    assert list(Decision.objects.all()) == [made]
    assert JournalEntry.objects.filter(act=Act.DECISION_DISCARDED).exists()


def test_a_slip_is_put_right_beside_the_text_and_the_letter_printed_anew(
    household: Household, worker: Employee
) -> None:
    decision = issued(household, worker, "housing_help")

    told = {"decision_id": decision.pk, "part": "facts", "by": worker, "at": AT}
    one = correct_slip(**told, becomes="Came to the counter yesterday.", reason="The wrong day.")  # type: ignore[arg-type]

    decision.refresh_from_db()
    assert (one.was, decision.facts) == (PARTS.facts, PARTS.facts)
    assert decision.documents.filter(kind=DocumentKind.CORRECTION).count() == 1
    with pytest.raises(CannotCorrect):
        correct_slip(**told, becomes="Came to the counter yesterday.", reason="The same.")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"part": "amount"}, "part"),
        ({"part": "next_time"}, "part"),
        ({"becomes": " "}, "becomes"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_correction_that_is_none_is_refused(
    household: Household, worker: Employee, change: dict[str, str], field: str
) -> None:
    decision = begun(household, worker, "housing_help")
    issue_decision(decision_id=decision.pk, parts=replace(WHOLE, next_time=""), by=worker, at=AT)
    told = {"part": "facts", "becomes": "Otherwise.", "reason": "A slip.", **change}

    with pytest.raises(CannotCorrect) as refused:
        correct_slip(decision_id=decision.pk, by=worker, at=AT, **told)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert not decision.documents.filter(kind=DocumentKind.CORRECTION).exists()


def test_a_draft_is_written_in_and_not_corrected(household: Household, worker: Employee) -> None:
    draft = begun(household, worker, "grant")

    with pytest.raises(CannotCorrect):
        correct_slip(decision_id=draft.pk, part="facts", becomes="Otherwise.", reason="A slip.", by=worker, at=AT)


def test_a_draft_on_a_place_is_not_issued_when_the_stay_has_changed(household: Household, worker: Employee) -> None:
    stay = household.residences.get()
    told = {"household_id": household.pk, "residence_id": stay.pk, "starts_on": DAY, "ends_on": FORTNIGHT}
    decision = draft_decision(**told, by=worker, at=AT)  # type: ignore[arg-type]
    other = good_room()
    corrected = Corrected(ResidenceKind.TEMPORARY, DAY, room_id=other.pk, provider_id=other.provider_id)
    correct_residence(residence_id=stay.pk, corrected=corrected, reason="Wrong room", by=worker, at=AT)

    with pytest.raises(CannotIssue, match="moved to another place"):
        issue_decision(decision_id=decision.pk, parts=PARTS, by=worker, at=AT)

    assert not decision.documents.exists()


def test_a_draft_on_a_place_that_was_left_meanwhile_is_not_issued(household: Household, worker: Employee) -> None:
    stay, left, then = household.residences.get(), DAY + timedelta(days=3), at(DAY + timedelta(days=5))
    told = {"household_id": household.pk, "residence_id": stay.pk, "starts_on": DAY, "ends_on": FORTNIGHT}
    decision = draft_decision(**told, by=worker, at=AT)  # type: ignore[arg-type]
    stay.ends_on = left
    stay.save(update_fields=["ends_on"])

    with pytest.raises(CannotIssue, match="moved out"):
        issue_decision(decision_id=decision.pk, parts=PARTS, by=worker, at=then)

    until_then = draft_decision(**told | {"ends_on": left}, by=worker, at=then)  # type: ignore[arg-type]
    assert issue_decision(decision_id=until_then.pk, parts=PARTS, by=worker, at=then).status == DecisionStatus.ISSUED


def test_somebody_of_another_unit_finds_no_decision(household: Household, worker: Employee) -> None:
    stranger = worker_for(placed_household(DAY))

    with pytest.raises(Http404):
        annul_decision(decision_id=issued(household, worker, "housing_help").pk, because="No.", by=stranger, at=AT)


def test_a_child_who_moved_in_after_the_draft_is_weighed_before_it_is_issued(
    household: Household, worker: Employee
) -> None:
    decision = begun(household, worker, "housing_help")
    child = MemberFactory.create(household=household, is_child=True).person

    with pytest.raises(CannotIssue) as refused:
        issue_decision(decision_id=decision.pk, parts=WHOLE, by=worker, at=AT)
    assert list(refused.value.missing) == ["child_interest"]
    weighed = replace(WHOLE, child_interests={child.pk: "Gets a room."})
    assert issue_decision(decision_id=decision.pk, parts=weighed, by=worker, at=AT).has_children


def choose(by: Employee, **change: object) -> object:
    told = {"code": "two_persons_temporary", "value": "always", "starts_on": DAY, "reason": "The council, case 12/26"}
    municipality_id = by.role_grants.get().unit.municipality_id
    return choose_law(municipality_id=municipality_id, by=by, at=AT, **{**told, **change})  # type: ignore[arg-type]


def test_the_municipality_s_choice_rules_from_its_day(household: Household, worker: Employee) -> None:
    choose(leader_of(household), starts_on=DAY + timedelta(days=1))

    assert not begun(household, worker, "temporary").needs_approval
    tomorrow = at(DAY + timedelta(days=1))
    new = NewDecision(kind="temporary", result="granted", starts_on=DAY, ends_on=FORTNIGHT)
    assert begin_decision(household_id=household.pk, new=new, by=worker, at=tomorrow).needs_approval


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "weather"}, ""),
        ({"value": "sometimes"}, "value"),
        ({"starts_on": DAY - timedelta(days=1)}, "starts_on"),
        ({"reason": " "}, "reason"),
        ({"code": "administration_act_2025", "value": "soon"}, "value"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(household: Household, change: dict[str, object], field: str) -> None:
    with pytest.raises(CannotChoose) as refused:
        choose(leader_of(household), **change)
    assert refused.value.field == field


def test_the_act_of_2025_is_told_from_the_day_that_is_set(household: Household) -> None:
    leader = leader_of(household)
    choose(leader, code="administration_act_2025", value="2028-01-01")
    choices = choices_of(unit_of(household).municipality_id)
    assert law.rule("appeal.weeks", on=date(2028, 1, 1), choices=choices).act.code == "fvl-2025"


def test_a_caseworker_does_not_choose(household: Household, worker: Employee) -> None:
    with pytest.raises(PermissionDenied):
        choose(worker)
