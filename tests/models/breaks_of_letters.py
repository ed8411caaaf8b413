"""Breaks of the rules about letters on their way, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from cases.models import Dispatch
from tests.factories.letters import ArchiveEntryFactory, DispatchFactory, LetterBatchFactory, LetterBatchItemFactory
from tests.factories.people import AT, LONG_AGO
from tests.factories.people import at as moment


def _to_one_twice() -> None:
    first: Dispatch = DispatchFactory.create()
    DispatchFactory.create(document=first.document, person=first.person)


def _same_number() -> None:
    for _ in range(2):
        DispatchFactory.create(external_id="1")


def _same_household() -> None:
    first = LetterBatchItemFactory.create()
    LetterBatchItemFactory.create(batch=first.batch, household=first.household)


OF_LETTERS: dict[str, Callable[[], object]] = {
    "dispatch_once_a_recipient": _to_one_twice,
    "dispatch_external_number_once": _same_number,
    "dispatch_way_is_known": lambda: DispatchFactory.create(way="pigeon"),
    "dispatch_state_is_known": lambda: DispatchFactory.create(state="lost"),
    "dispatch_fault_is_known": lambda: DispatchFactory.create(fault="boredom"),
    "dispatch_standing_is_known": lambda: DispatchFactory.create(standing="friend"),
    "dispatch_worker_takes_the_digital_alone": lambda: DispatchFactory.create(next_at=AT),
    "dispatch_sent_says_when": lambda: DispatchFactory.create(state="sent"),
    "dispatch_delivered_says_when": lambda: DispatchFactory.create(state="delivered", sent_at=AT),
    "dispatch_delivered_after_it_was_sent": lambda: DispatchFactory.create(
        state="delivered", sent_at=AT, delivered_at=moment(LONG_AGO)
    ),
    "dispatch_that_failed_says_why": lambda: DispatchFactory.create(state="failed"),
    "archive_entry_state_is_known": lambda: ArchiveEntryFactory.create(state="lost"),
    "archive_entry_fault_is_known": lambda: ArchiveEntryFactory.create(fault="boredom"),
    "archive_entry_received_has_the_archive_s_number": lambda: ArchiveEntryFactory.create(
        state="received", sent_at=AT, xml="x", xml_sha256="x", received_at=AT
    ),
    "archive_entry_sent_says_what_and_when": lambda: ArchiveEntryFactory.create(state="sent", sent_at=AT),
    "archive_entry_that_is_stuck_says_why": lambda: ArchiveEntryFactory.create(
        state="failed", next_at=AT + timedelta(days=1), fault="unreachable"
    ),
    "letter_batch_kind_is_known": lambda: LetterBatchFactory.create(kind="poem"),
    "letter_batch_language_is_known": lambda: LetterBatchFactory.create(language="xx"),
    "letter_batch_says_why": lambda: LetterBatchFactory.create(reason=""),
    "letter_batch_seen_after_it_is_finished": lambda: LetterBatchFactory.create(seen_at=AT),
    "letter_batch_item_once_a_household": _same_household,
    "letter_batch_item_state_is_known": lambda: LetterBatchItemFactory.create(state="lost"),
    "letter_batch_item_done_has_its_letter": lambda: LetterBatchItemFactory.create(state="done", done_at=AT),
}
