"""What breaks each rule of decisions, their corrections, and the municipality's choices of law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import ChildInterest, Decision, DecisionCorrection, DecisionStatus, LawChoice
from people.models import Municipality
from tests.factories.cases import DecisionFactory
from tests.factories.housing import RoomFactory
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, PersonFactory

WRITTEN = dict.fromkeys(("facts", "considerations", "start_reason", "user_view"), "Written")
#: of another kind than temporary accommodation
HELP = {"kind": "housing_help", "basis": "bsl-6", "provider": None}


def issued(**facts: Any) -> Decision:
    signed = {"status": DecisionStatus.ISSUED, "issued_at": AT, "issued_by": EmployeeFactory.create()}
    return DecisionFactory.create(**{**signed, **WRITTEN, **facts})


def correction(**facts: Any) -> DecisionCorrection:
    told = {"part": "facts", "was": "Wrote", "becomes": "Written", "reason": "A slip", **facts}
    return DecisionCorrection.objects.create(decision=issued(), by=EmployeeFactory.create(), at=AT, **told)


def choice(**facts: Any) -> LawChoice:
    told = {"code": "dwelling_basis", "value": "local-dwelling", "starts_on": DAY, "reason": "The council", **facts}
    municipality = Municipality.objects.order_by("pk")[0]
    return LawChoice.objects.create(municipality=municipality, by=EmployeeFactory.create(), at=AT, **told)


def _issued_changed() -> None:
    Decision.objects.filter(pk=issued().pk).update(facts="Otherwise")


def _child_twice() -> None:
    decision, child = DecisionFactory.create(), PersonFactory.create()
    for _ in range(2):
        ChildInterest.objects.create(decision=decision, person=child, text="Hears")


def _choice_twice() -> None:
    for _ in range(2):
        choice()


def _approved_by_oneself() -> Decision:
    writer = EmployeeFactory.create()
    sent = {"submitted_by": EmployeeFactory.create(), "submitted_at": AT, "needs_approval": True}
    return issued(drafted_by=writer, issued_by=writer, **sent)


OF_DECISIONS: dict[str, Callable[[], object]] = {
    "decision_ends_after_it_starts": lambda: DecisionFactory.create(starts_on=DAY, ends_on=DAY),
    "decision_status_is_known": lambda: DecisionFactory.create(status="posted"),
    "decision_move_is_known": lambda: DecisionFactory.create(move="dance"),
    "decision_result_is_known": lambda: DecisionFactory.create(result="perhaps"),
    "decision_language_is_known": lambda: DecisionFactory.create(language="xx"),
    "decision_basis_is_of_its_kind": lambda: DecisionFactory.create(basis="loans-5"),
    "decision_that_changes_names_what": lambda: DecisionFactory.create(move="change"),
    "decision_end_results_in_an_end": lambda: DecisionFactory.create(result="ended"),
    "decision_refusal_has_no_end": lambda: DecisionFactory.create(result="refused"),
    "decision_on_temporary_accommodation_has_an_end": lambda: DecisionFactory.create(ends_on=None),
    "decision_issued_is_reasoned_and_signed": lambda: issued(start_reason=""),
    "decision_issued_never_changes": _issued_changed,
    "decision_issued_weighs_every_child": lambda: issued(has_children=True),
    "decision_is_approved_by_another": _approved_by_oneself,
    "decision_submitted_says_by_whom_and_when": lambda: DecisionFactory.create(submitted_at=AT),
    "decision_waits_for_approval_when_submitted": lambda: DecisionFactory.create(status="submitted"),
    "decision_room_only_at_its_provider": lambda: DecisionFactory.create(provider=None, room=RoomFactory.create()),
    "decision_oral_says_when": lambda: DecisionFactory.create(status="oral"),
    "decision_written_after_it_was_told": lambda: issued(told_at=AT + timedelta(hours=1)),
    "decision_notified_says_when": lambda: issued(status="notified"),
    "decision_ended_early_says_when_and_why": lambda: issued(status="annulled", ended_on=LONG_AGO),
    "child_interest_once_a_child": _child_twice,
    "decision_correction_part_is_known": lambda: correction(part="amount"),
    "decision_correction_changes_something": lambda: correction(becomes="Wrote"),
    "law_choice_is_known": lambda: choice(code="weather"),
    "law_choice_once_a_day": _choice_twice,
    "law_choice_says_why": lambda: choice(reason=""),
}
