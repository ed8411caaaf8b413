"""What breaks each rule of notices, requests for reasons and appeals; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import Appeal, AppealStatus, Appellant
from tests.factories.appeals import (
    AppealDocumentFactory,
    AppealFactory,
    AppealGroundFactory,
    AppealHandedOnFactory,
    NoticeFactory,
    ReasonsRequestFactory,
    RefusalFactory,
    SuspensionFactory,
)
from tests.factories.cases import DocumentFactory
from tests.factories.people import DAY, EmployeeFactory, UnitFactory

YESTERDAY = DAY - timedelta(days=1)
TOMORROW = DAY + timedelta(days=1)


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _of_one_appeal(factory: Any, **same: Any) -> None:
    _twice(factory, appeal=AppealFactory.create(), **same)


def _notice_twice() -> None:
    _twice(NoticeFactory, decision=RefusalFactory.create())


def _forwarded(**facts: Any) -> Appeal:
    decision = RefusalFactory.create()
    statement = DocumentFactory.create(decision=decision)
    told = {"facts": "x", "conclusion": "x", "forwarded_on": DAY, "statement": statement, **facts}
    return AppealFactory.create(decision=decision, **{"status": AppealStatus.FORWARDED, **told})


OF_APPEALS: dict[str, Callable[[], object]] = {
    "notice_way_is_known": lambda: NoticeFactory.create(way="pigeon"),
    "notice_recipient_standing_is_known": lambda: NoticeFactory.create(recipient_standing="friend"),
    "notice_reached_them_after_it_was_sent": lambda: NoticeFactory.create(sent_on=TOMORROW),
    "notice_presumed_says_when_it_was_sent": lambda: NoticeFactory.create(is_presumed=True),
    "notice_struck_says_by_whom_and_why": lambda: NoticeFactory.create(struck_because="Wrong"),
    "notice_once_a_recipient": _notice_twice,
    "reasons_request_channel_is_known": lambda: ReasonsRequestFactory.create(channel="pigeon"),
    "reasons_request_is_due_after_it_came": lambda: ReasonsRequestFactory.create(due_on=DAY),
    "reasons_request_is_answered_whole": lambda: ReasonsRequestFactory.create(answered_on=DAY),
    "reasons_request_one_open_a_party": lambda: _twice(ReasonsRequestFactory, decision=RefusalFactory.create()),
    "suspension_is_decided_whole": lambda: SuspensionFactory.create(is_granted=True),
    "suspension_lasts_only_when_granted": lambda: SuspensionFactory.create(
        is_granted=False, reason="x", decided_on=DAY, decided_by=EmployeeFactory.create(), until=TOMORROW
    ),
    "suspension_one_undecided_a_decision": lambda: _twice(SuspensionFactory, decision=RefusalFactory.create()),
    "appeal_status_is_known": lambda: AppealFactory.create(status="lost"),
    "appeal_channel_is_known": lambda: AppealFactory.create(channel="pigeon"),
    "appeal_appellant_is_known": lambda: AppealFactory.create(appellant="friend"),
    "appeal_excuse_is_known": lambda: AppealFactory.create(excuse="whim"),
    "appeal_posted_before_it_was_received": lambda: AppealFactory.create(posted_on=TOMORROW),
    "appeal_says_who_appeals": lambda: AppealFactory.create(appellant=Appellant.OUTSIDER, appellant_name=""),
    "appeal_says_what_is_appealed": lambda: AppealFactory.create(against=""),
    "appeal_of_an_outsider_is_not_tried": lambda: AppealFactory.create(
        appellant=Appellant.OUTSIDER, status=AppealStatus.RECONSIDERING
    ),
    "appeal_after_its_time_is_excused": lambda: AppealFactory.create(
        last_day=YESTERDAY, status=AppealStatus.RECONSIDERING
    ),
    "appeal_is_taken_within_a_year": lambda: AppealFactory.create(
        absolute_day=YESTERDAY, status=AppealStatus.RECONSIDERING
    ),
    "appeal_changed_says_what_and_when": lambda: AppealFactory.create(status=AppealStatus.CHANGED),
    "appeal_forwarded_with_its_statement": lambda: _forwarded(statement=None),
    "appeal_answer_is_whole": lambda: _forwarded(answer="upheld", consequence="none"),
    "appeal_answered_says_what": lambda: _forwarded(status=AppealStatus.ANSWERED),
    "appeal_dismissed_says_why": lambda: AppealFactory.create(status=AppealStatus.DISMISSED),
    "appeal_withdrawn_says_when_and_how": lambda: AppealFactory.create(status=AppealStatus.WITHDRAWN),
    "appeal_closed_says_when": lambda: AppealFactory.create(status=AppealStatus.CLOSED),
    "appeal_one_open_an_appellant": lambda: _twice(AppealFactory, decision=RefusalFactory.create()),
    "appeal_ground_number_once": lambda: _of_one_appeal(AppealGroundFactory),
    "appeal_ground_says_something": lambda: AppealGroundFactory.create(text=""),
    "appeal_document_number_once": lambda: _of_one_appeal(AppealDocumentFactory, source="x"),
    "appeal_document_listed_once": lambda: [
        AppealDocumentFactory.create(appeal=first.appeal, number=2) for first in [AppealDocumentFactory.create()]
    ],
    "appeal_handed_on_to_one_place": lambda: AppealHandedOnFactory.create(to_unit=UnitFactory.create()),
    "appeal_handed_on_says_what_and_why": lambda: AppealHandedOnFactory.create(reason=""),
}
