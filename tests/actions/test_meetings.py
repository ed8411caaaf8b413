"""The housing meeting: who sees what of its cases, what it may decide, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.http import Http404

from cases.actions.agenda import CannotPut, NewItem, put_on_agenda, take_off_agenda
from cases.actions.closing_meetings import close_meeting
from cases.actions.meeting_minutes import minutes_pdf
from cases.actions.meetings import (
    CannotDecideCase,
    CannotMeet,
    Decided,
    change_members,
    decide_case,
    hold_meeting,
    plan_meeting,
)
from cases.actions.offers import CannotOffer, NewOffer, make_offer
from cases.models import AgendaItem, HousingMeeting, LawChoice, MeetingMinutes, Offer, Task, TaskKind
from cases.questions.meetings import agenda_of, minuted
from housing.models import Dwelling, ResidenceKind
from people.access import sight_of
from people.decision import Level
from people.models import Employee, Household, Protection, Role, Unit, UnitKind
from tests.factories.offers import OfferedDwellingFactory
from tests.factories.people import AT, DAY, EmployeeFactory, UnitFactory, at, caseworker, employee_with
from tests.journeys import household_in, joined, unit_of, worker_for

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.ROUGH)


@pytest.fixture
def office() -> Unit:
    """The housing office, which runs the meeting."""
    return UnitFactory.create(kind=UnitKind.HOUSING_OFFICE, name="Boligkontoret")


@pytest.fixture
def chair(office: Unit) -> Employee:
    return caseworker(office)


@pytest.fixture
def nurse() -> Employee:
    return employee_with(Role.MEETING_PARTICIPANT, UnitFactory.create(name="Helse"))


@pytest.fixture
def dwelling() -> Dwelling:
    return OfferedDwellingFactory.create()


def seat(employee: Employee) -> tuple[int, int]:
    return employee.pk, employee.role_grants.get().unit_id


def planned(chair: Employee, *others: Employee, **changes: Any) -> HousingMeeting:
    told = {"held_at": AT + timedelta(hours=2), "place": "Room 2", "at": AT, **changes}
    return plan_meeting(
        unit_id=chair.role_grants.get().unit_id, seats=[seat(one) for one in (chair, *others)], by=chair, **told
    )


def put(household: Household, meeting: HousingMeeting, **changes: Any) -> AgendaItem:
    told = {"question": "allot", "background": "Long without a home", **changes}
    return put_on_agenda(
        household_id=household.pk, meeting_id=meeting.pk, new=NewItem(**told), by=worker_for(household), at=AT
    )


def decided(item: AgendaItem, decision: str, by: Employee, **told: Any) -> AgendaItem:
    return decide_case(item_id=item.pk, decided=Decided(decision=decision, text="So", **told), by=by, at=AT)


def may_allot(unit: Unit) -> None:
    LawChoice.objects.create(
        municipality=unit.municipality,
        code="housing_meeting_power",
        value="allots",
        starts_on=DAY - WEEK,
        reason="The council",
        by=EmployeeFactory.create(),
        at=AT,
    )


def level(employee: Employee, household: Household) -> Level:
    return sight_of(employee, household, at=AT).level


def test_members_see_the_minimum_of_its_cases_until_it_is_closed(
    household: Household, chair: Employee, nurse: Employee
) -> None:
    meeting = planned(chair, nurse)
    assert level(nurse, household) is Level.NOTHING

    put(household, meeting)
    assert level(nurse, household) is Level.MINIMUM

    close_meeting(meeting_id=meeting.pk, by=chair, at=AT + timedelta(minutes=5))
    assert sight_of(nurse, household, at=AT + timedelta(minutes=6)).level is Level.NOTHING


def test_who_joins_later_sees_it_too_and_who_is_left_out_no_more(
    household: Household, chair: Employee, nurse: Employee
) -> None:
    meeting = planned(chair)
    put(household, meeting)

    change_members(meeting_id=meeting.pk, seats=[seat(chair), seat(nurse)], by=chair, at=AT)
    assert level(nurse, household) is Level.MINIMUM

    later = AT + timedelta(minutes=5)
    change_members(meeting_id=meeting.pk, seats=[seat(chair)], by=chair, at=later)
    assert sight_of(nurse, household, at=later + timedelta(minutes=1)).level is Level.NOTHING


def test_a_case_taken_off_is_seen_no_more(household: Household, chair: Employee, nurse: Employee) -> None:
    item = put(household, planned(chair, nurse))

    take_off_agenda(item_id=item.pk, by=worker_for(household), at=AT + timedelta(minutes=1))

    assert not AgendaItem.objects.exists()
    assert sight_of(nurse, household, at=AT + timedelta(minutes=2)).level is Level.NOTHING


@pytest.mark.parametrize(
    ("told", "field"),
    [({"question": ""}, "question"), ({"background": " "}, "background")],
)
def test_an_item_says_what_is_asked_and_why(
    household: Household, chair: Employee, told: dict[str, str], field: str
) -> None:
    with pytest.raises(CannotPut) as refused:
        put(household, planned(chair), **told)

    assert refused.value.field == field


def test_the_agenda_names_nobody(household: Household, chair: Employee) -> None:
    name = household.members.get().person.name

    with pytest.raises(CannotPut) as refused:
        put(household, planned(chair), background=f"{name} sleeps outside")

    assert refused.value.field == "background"
    assert not AgendaItem.objects.exists()


def test_a_shielded_household_is_not_put_before_a_meeting(household: Household, chair: Employee) -> None:
    worker, person = worker_for(household), household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, DAY
    person.save()

    with pytest.raises(CannotPut, match="protected"):
        put_on_agenda(
            household_id=household.pk,
            meeting_id=planned(chair).pk,
            new=NewItem(question="allot", background="Long"),
            by=worker,
            at=AT,
        )


def test_a_meeting_allots_only_where_the_municipality_lets_it(
    household: Household, chair: Employee, dwelling: Dwelling
) -> None:
    item = put(household, planned(chair))

    with pytest.raises(CannotDecideCase) as refused:
        decided(item, "allot", chair, dwelling_id=dwelling.pk)

    assert refused.value.field == "decision"


def test_a_dwelling_allotted_is_offered_when_the_meeting_is_closed(
    household: Household, chair: Employee, office: Unit, dwelling: Dwelling
) -> None:
    may_allot(office)
    dwelling.rents.create(starts_on=DAY - WEEK, rent_a_month=7900)
    item = put(household, planned(chair))
    decided(item, "allot", chair, dwelling_id=dwelling.pk)
    assert not Offer.objects.exists()

    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)

    offer = Offer.objects.get()
    assert (offer.household, offer.dwelling, offer.agenda_item) == (household, dwelling, item)
    assert (offer.status, offer.expires_on, offer.rent_a_month) == ("sent", DAY + WEEK, 7900)
    assert offer.unit == unit_of(household)


def test_a_dwelling_recommended_is_a_task_for_the_unit_of_the_case(
    household: Household, chair: Employee, dwelling: Dwelling
) -> None:
    item = put(household, planned(chair))
    decided(item, "recommend", chair, dwelling_id=dwelling.pk, responsible_id=chair.pk, deadline=DAY + WEEK)

    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)

    task = Task.objects.get(kind=TaskKind.MEETING_DECIDED)
    assert (task.household, task.unit, task.due_on) == (household, unit_of(household), DAY + WEEK)
    assert not Offer.objects.exists()


def test_of_somebody_shielded_since_the_meeting_gives_no_dwelling(
    household: Household, chair: Employee, office: Unit, dwelling: Dwelling
) -> None:
    may_allot(office)
    item, person = put(household, planned(chair)), household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, DAY
    person.save()

    with pytest.raises(Http404):
        decided(item, "allot", chair, dwelling_id=dwelling.pk)
    with pytest.raises(CannotDecideCase) as refused:
        decided(item, "allot", joined(chair, household), dwelling_id=dwelling.pk)

    assert refused.value.field == "decision"
    assert AgendaItem.objects.get().dwelling is None


def test_a_meeting_is_shut_when_it_is_closed(household: Household, chair: Employee) -> None:
    meeting = planned(chair)
    item = put(household, meeting)
    close_meeting(meeting_id=meeting.pk, by=chair, at=AT)

    with pytest.raises(CannotMeet):
        decided(item, "noted", chair)
    with pytest.raises(CannotMeet):
        hold_meeting(meeting_id=meeting.pk, absent=[], others="", by=chair, at=AT)
    with pytest.raises(CannotMeet):
        close_meeting(meeting_id=meeting.pk, by=chair, at=AT)


def test_what_nobody_decided_stands_first_next_time(household: Household, chair: Employee, nurse: Employee) -> None:
    meeting = planned(chair, nurse)
    item = put(household, meeting)
    close_meeting(meeting_id=meeting.pk, by=chair, at=AT)

    following = planned(chair, nurse, held_at=AT + WEEK, at=AT + timedelta(minutes=5))

    carried = following.items.get()
    assert (carried.carried_from, carried.number, carried.background) == (item, 1, item.background)
    assert sight_of(nurse, household, at=AT + timedelta(minutes=6)).level is Level.MINIMUM


def test_a_following_meeting_that_is_planned_takes_it_at_once(household: Household, chair: Employee) -> None:
    following = planned(chair, held_at=AT + WEEK)
    item = put(household, planned(chair))
    decided(item, "postpone", chair)

    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)

    assert following.items.get().carried_from == item


def test_two_meetings_do_not_give_the_same_dwelling(chair: Employee, office: Unit, dwelling: Dwelling) -> None:
    may_allot(office)
    other_office = UnitFactory.create(kind=UnitKind.DISTRICT)
    other_chair = caseworker(other_office)
    one = put(household_in(ResidenceKind.ROUGH), planned(chair))
    other = put(household_in(ResidenceKind.ROUGH), planned(other_chair))
    decided(one, "allot", chair, dwelling_id=dwelling.pk)

    with pytest.raises(CannotOffer) as refused:
        decided(other, "allot", other_chair, dwelling_id=dwelling.pk)

    assert refused.value.field == "dwelling"


def test_an_offer_beside_the_meeting_does_not_take_its_dwelling(
    household: Household, chair: Employee, office: Unit, dwelling: Dwelling
) -> None:
    may_allot(office)
    decided(put(household, planned(chair)), "allot", chair, dwelling_id=dwelling.pk)
    other = household_in(ResidenceKind.ROUGH)

    with pytest.raises(CannotOffer):
        make_offer(
            household_id=other.pk,
            new=NewOffer(dwelling_id=dwelling.pk, expires_on=DAY, moves_in_from=DAY),
            by=worker_for(other),
            at=AT,
        )


def test_closing_is_refused_whole_with_the_number_of_the_case(
    household: Household, chair: Employee, office: Unit, dwelling: Dwelling
) -> None:
    may_allot(office)
    item = put(household, planned(chair))
    decided(item, "allot", chair, dwelling_id=dwelling.pk)
    Dwelling.objects.filter(pk=dwelling.pk).update(disposed_on=DAY, disposal="sold")

    with pytest.raises(CannotMeet, match="Case 1"):
        close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)

    assert HousingMeeting.objects.get().is_open
    assert AgendaItem.objects.get().effected_on is None


def test_who_neither_works_there_nor_takes_part_plans_and_decides_nothing(
    household: Household, chair: Employee, office: Unit, nurse: Employee
) -> None:
    item = put(household, planned(chair, nurse))

    with pytest.raises(Http404):
        plan_meeting(
            unit_id=office.pk, held_at=AT + WEEK, place="", seats=[seat(nurse)], by=worker_for(household), at=AT
        )
    with pytest.raises(Http404):
        decided(item, "noted", nurse)


def test_the_minutes_are_kept_as_they_were_when_it_closed(household: Household, chair: Employee) -> None:
    item = decided(put(household, planned(chair)), "noted", chair)
    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)
    kept = MeetingMinutes.objects.get()
    Unit.objects.filter(pk=item.meeting.unit_id).update(name="Another name", address="Another street 1")

    meeting = HousingMeeting.objects.get()
    rows = agenda_of(meeting, chair, at=AT + WEEK)

    assert minutes_pdf(meeting, rows, at=AT + WEEK) == bytes(kept.content)
    assert sha256(bytes(kept.content)).hexdigest() == kept.sha256
    assert (kept.made_by, kept.made_at) == (chair, AT)


def test_whom_a_case_is_kept_from_reads_the_minutes_without_it(
    household: Household, chair: Employee, office: Unit
) -> None:
    item = decided(put(household, planned(chair)), "noted", chair)
    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)
    meeting, colleague = HousingMeeting.objects.get(), caseworker(office)

    def read(by: Employee) -> bytes:
        return minutes_pdf(meeting, agenda_of(meeting, by, at=AT), at=AT)

    assert read(colleague) != read(chair)
    person = household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, DAY
    person.save()
    assert read(chair) == read(colleague)


def test_the_minutes_kept_leave_out_who_is_shielded_when_it_closes(household: Household, chair: Employee) -> None:
    item = decided(put(household, planned(chair)), "noted", chair)
    person = household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, DAY
    person.save()

    close_meeting(meeting_id=item.meeting_id, by=chair, at=AT)

    assert [row.is_told for row in minuted(HousingMeeting.objects.get(), at=AT)] == [False]


def test_the_meeting_is_once_at_its_time_and_not_empty(chair: Employee) -> None:
    planned(chair)

    with pytest.raises(CannotMeet) as refused:
        planned(chair)
    assert refused.value.field == "day"
    with pytest.raises(CannotMeet) as refused:
        plan_meeting(
            unit_id=chair.role_grants.get().unit_id, held_at=at(DAY + WEEK), place="", seats=[], by=chair, at=AT
        )
    assert refused.value.field == "seats"
