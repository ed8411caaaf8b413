# mypy: disable-error-code="no-untyped-call"
"""Valid minimal dwellings to offer, offers, and housing meetings with an agenda."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    AgendaItem,
    AgendaQuestion,
    HousingMeeting,
    MeetingMember,
    MeetingMinutes,
    MeetingPower,
    MeetingStatus,
    Offer,
)
from housing.models import Dwelling, Tenure
from people.models import Municipality
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory

WEEK = timedelta(days=7)


class OfferedDwellingFactory(DjangoModelFactory[Dwelling]):
    """Ours since long ago, and nobody lives there."""

    class Meta:
        model = Dwelling

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    tenure = Tenure.OWNED
    address = Sequence(lambda n: f"Storgata {n}")
    rooms = 2
    acquired_on = LONG_AGO


class OfferFactory(DjangoModelFactory[Offer]):
    """Offered today, to be answered within a week."""

    class Meta:
        model = Offer

    household = SubFactory(HouseholdFactory)
    dwelling = SubFactory(OfferedDwellingFactory)
    unit = LazyAttribute(lambda made: made.household.responsibilities.get().unit)
    sent_on = DAY
    expires_on = DAY + WEEK
    moves_in_from = DAY
    offered_by = SubFactory(EmployeeFactory)
    offered_at = AT


class HousingMeetingFactory(DjangoModelFactory[HousingMeeting]):
    """Planned, to be held in an hour, and to allot dwellings itself."""

    class Meta:
        model = HousingMeeting

    class Params:
        is_closed = Trait(status=MeetingStatus.CLOSED, closed_at=AT, closed_by=SelfAttribute("chair"))

    unit = SubFactory(UnitFactory)
    held_at = AT + timedelta(hours=1)
    chair = SubFactory(EmployeeFactory)
    power = MeetingPower.ALLOTS
    planned_by = SelfAttribute("chair")
    planned_at = AT


class MeetingMemberFactory(DjangoModelFactory[MeetingMember]):
    class Meta:
        model = MeetingMember

    meeting = SubFactory(HousingMeetingFactory)
    employee = SubFactory(EmployeeFactory)
    service = SelfAttribute("meeting.unit")


class MeetingMinutesFactory(DjangoModelFactory[MeetingMinutes]):
    class Meta:
        model = MeetingMinutes

    meeting = SubFactory(HousingMeetingFactory, is_closed=True)
    language = "nb"
    template_version = "1"
    content = b"%PDF"
    sha256 = "0" * 64
    made_at = AT
    made_by = SelfAttribute("meeting.chair")


class AgendaItemFactory(DjangoModelFactory[AgendaItem]):
    """Put on the agenda today, and not decided."""

    class Meta:
        model = AgendaItem

    meeting = SubFactory(HousingMeetingFactory)
    household = SubFactory(HouseholdFactory)
    number = Sequence(lambda n: n + 1)
    question = AgendaQuestion.ALLOT
    background = "Has waited since spring"
    put_by = SubFactory(EmployeeFactory)
    put_at = AT
