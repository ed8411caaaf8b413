"""What breaks each rule of representatives and of notes; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import NoteCorrection, RepresentativeKind
from tests.factories.noted import NoteFactory
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory
from tests.factories.represented import RepresentativeFactory


def _registered_twice() -> None:
    first = RepresentativeFactory.create()
    RepresentativeFactory.create(household=first.household, person=first.person, name=first.name)


def _corrected(**facts: Any) -> NoteCorrection:
    told = {"text": "x", "note_class": "ordinary", "reason": "x", "by": EmployeeFactory.create(), "at": AT, **facts}
    return NoteCorrection.objects.create(note=NoteFactory.create(), **told)


OF_RECIPIENTS: dict[str, Callable[[], object]] = {
    "representative_ends_after_it_starts": lambda: RepresentativeFactory.create(starts_on=DAY, ends_on=DAY),
    "representative_kind_is_known": lambda: RepresentativeFactory.create(kind="friend"),
    "representative_scope_is_known": lambda: RepresentativeFactory.create(scope="moon"),
    "representative_is_named": lambda: RepresentativeFactory.create(name=""),
    "representative_agent_shows_power_of_attorney": lambda: RepresentativeFactory.create(
        kind=RepresentativeKind.AGENT, household=HouseholdFactory.create(), paper=None
    ),
    "representative_for_an_estate_gets_no_letters": lambda: RepresentativeFactory.create(
        kind=RepresentativeKind.ESTATE
    ),
    "representative_end_reason_has_an_end": lambda: RepresentativeFactory.create(end_reason="Withdrawn"),
    "representative_once_at_a_time": _registered_twice,
    "note_kind_is_known": lambda: NoteFactory.create(kind="gossip"),
    "note_class_is_known": lambda: NoteFactory.create(note_class="secret"),
    "note_of_a_special_kind_says_which": lambda: NoteFactory.create(note_class="special"),
    "note_says_something": lambda: NoteFactory.create(text=""),
    "note_is_of_what_has_happened": lambda: NoteFactory.create(happened_at=AT + timedelta(hours=1)),
    "note_correction_class_is_known": lambda: _corrected(note_class="secret"),
    "note_correction_says_why": lambda: _corrected(reason=""),
}
