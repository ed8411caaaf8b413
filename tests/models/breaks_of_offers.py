"""What breaks each rule of offers and housing meetings; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import AgendaDecision, AgendaItem, OfferStatus
from tests.factories.offers import (
    AgendaItemFactory,
    HousingMeetingFactory,
    MeetingMemberFactory,
    MeetingMinutesFactory,
    OfferedDwellingFactory,
    OfferFactory,
)
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory, UnitFactory

YESTERDAY = DAY - timedelta(days=1)


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _decided(**facts: Any) -> AgendaItem:
    told = {"decision": AgendaDecision.NOTED, "decision_text": "x", "decided_at": AT, **facts}
    return AgendaItemFactory.create(decided_by=EmployeeFactory.create(), **told)


def _one_dwelling_twice() -> None:
    dwelling = OfferedDwellingFactory.create()
    for _ in range(2):
        _decided(decision=AgendaDecision.ALLOT, dwelling=dwelling)


def _accepted_twice() -> None:
    household = HouseholdFactory.create()
    _twice(OfferFactory, household=household, status=OfferStatus.ACCEPTED, accepted_on=DAY)


OF_OFFERS: dict[str, Callable[[], object]] = {
    "offer_status_is_known": lambda: OfferFactory.create(status="lost", ended_on=DAY),
    "offer_can_be_answered_the_day_it_is_made": lambda: OfferFactory.create(expires_on=YESTERDAY),
    "offer_accepted_has_its_day": lambda: OfferFactory.create(status=OfferStatus.ACCEPTED),
    "offer_accepted_before_it_ran_out": lambda: OfferFactory.create(
        status=OfferStatus.ACCEPTED, accepted_on=DAY + timedelta(days=30)
    ),
    "offer_ended_has_its_day": lambda: OfferFactory.create(
        status=OfferStatus.WITHDRAWN, withdrawn_because="not_needed"
    ),
    "offer_declined_says_why": lambda: OfferFactory.create(status=OfferStatus.DECLINED, ended_on=DAY, effect="keeps"),
    "offer_effect_follows_from_its_end": lambda: OfferFactory.create(status=OfferStatus.EXPIRED, ended_on=DAY),
    "offer_withdrawn_says_why": lambda: OfferFactory.create(status=OfferStatus.WITHDRAWN, ended_on=DAY),
    "offer_one_live_a_dwelling": lambda: _twice(OfferFactory, dwelling=OfferedDwellingFactory.create()),
    "offer_one_accepted_a_household": _accepted_twice,
    "meeting_status_is_known": lambda: HousingMeetingFactory.create(status="lost"),
    "meeting_power_is_known": lambda: HousingMeetingFactory.create(power="all"),
    "meeting_closed_says_when_and_by_whom": lambda: HousingMeetingFactory.create(closed_at=AT),
    "meeting_once_a_unit_and_moment": lambda: _twice(HousingMeetingFactory, unit=UnitFactory.create()),
    "meeting_member_once_a_meeting": lambda: _twice(
        MeetingMemberFactory, meeting=HousingMeetingFactory.create(), employee=EmployeeFactory.create()
    ),
    "meeting_minutes_language_is_known": lambda: MeetingMinutesFactory.create(language="xx"),
    "meeting_minutes_have_content": lambda: MeetingMinutesFactory.create(content=b""),
    "meeting_minutes_tell_their_file": lambda: MeetingMinutesFactory.create(sha256="x"),
    "agenda_item_question_is_known": lambda: AgendaItemFactory.create(question="why"),
    "agenda_item_decision_is_known": lambda: _decided(decision="maybe"),
    "agenda_item_says_what_it_is_about": lambda: AgendaItemFactory.create(background=""),
    "agenda_item_decided_has_time_person_and_reason": lambda: _decided(decision_text=""),
    "agenda_item_dwelling_goes_with_its_decision": lambda: _decided(decision=AgendaDecision.ALLOT),
    "agenda_item_deadline_goes_with_its_decision": lambda: _decided(decision=AgendaDecision.FOLLOW_UP),
    "agenda_item_effected_after_it_was_decided": lambda: AgendaItemFactory.create(effected_on=DAY),
    "agenda_item_number_once_a_meeting": lambda: _twice(
        AgendaItemFactory, meeting=HousingMeetingFactory.create(), number=1
    ),
    "agenda_item_once_a_meeting": lambda: _twice(
        AgendaItemFactory, meeting=HousingMeetingFactory.create(), household=HouseholdFactory.create()
    ),
    "agenda_item_one_open_a_dwelling": _one_dwelling_twice,
}
