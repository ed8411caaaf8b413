"""The pages of the housing meeting: who is led where, what stands there, and who reads a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.actions.agenda import NewItem, put_on_agenda
from cases.actions.meetings import plan_meeting
from cases.models import AgendaItem, HousingMeeting, LawChoice, MeetingStatus, Offer, OfferStatus
from housing.models import Dwelling, ResidenceKind
from people.models import Employee, Household, Role, UnitKind
from tests.factories.offers import OfferedDwellingFactory
from tests.factories.people import EmployeeFactory, UnitFactory, caseworker, employee_with
from tests.journeys import household_in, unit_of, worker_for
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages_in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.ROUGH)


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


@pytest.fixture
def chair() -> Employee:
    return caseworker(UnitFactory.create(kind=UnitKind.HOUSING_OFFICE, name="Boligkontoret"))


@pytest.fixture
def nurse() -> Employee:
    return employee_with(Role.MEETING_PARTICIPANT, UnitFactory.create(name="Helse"))


@pytest.fixture
def dwelling() -> Dwelling:
    return OfferedDwellingFactory.create(address="Elvegata 4")


@pytest.fixture
def meeting(chair: Employee, nurse: Employee) -> HousingMeeting:
    at = timezone.now()
    seats = [(one.pk, one.role_grants.get().unit_id) for one in (chair, nurse)]
    LawChoice.objects.create(
        municipality=chair.role_grants.get().unit.municipality,
        code="housing_meeting_power",
        value="allots",
        starts_on=localdate(at) - timedelta(days=1),
        reason="The council",
        by=EmployeeFactory.create(),
        at=at,
    )
    return plan_meeting(
        unit_id=chair.role_grants.get().unit_id,
        held_at=at + timedelta(hours=1),
        place="Room 2",
        seats=seats,
        by=chair,
        at=at,
    )


@pytest.fixture
def item(household: Household, worker: Employee, meeting: HousingMeeting, dwelling: Dwelling) -> AgendaItem:
    new = NewItem(question="allot", background="Sleeps outside since May", dwelling_id=dwelling.pk)
    return put_on_agenda(household_id=household.pk, meeting_id=meeting.pk, new=new, by=worker, at=timezone.now())


def page(client: Client, who: Employee, name: str, *args: object, status: int = 200) -> str:
    sign_in(client, who)
    response = client.get(reverse(f"cases:{name}", args=args))
    assert response.status_code == status
    return response.content.decode()


def send(client: Client, who: Employee, name: str, *args: object, **told: object) -> str:
    sign_in(client, who)
    url = reverse(f"cases:{name}", args=args)
    form = client.get(url).context["form"]
    first = {field: form[field].value() for field in form.fields}
    data = {key: value for key, value in {**first, **told}.items() if value is not None}
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_participant_finds_the_meeting_and_reads_the_minimum_without_a_name(
    client: Client, nurse: Employee, item: AgendaItem
) -> None:
    name = item.household.members.get().person.name

    assert reverse("cases:meeting", args=[item.meeting_id]) in page(client, nurse, "my_day")
    for shown in (
        page(client, nurse, "meeting", item.meeting_id),
        page(client, nurse, "meeting_case", item.meeting_id, item.number),
        page(client, nurse, "meeting_projector", item.meeting_id),
        page(client, nurse, "meeting_paper", item.meeting_id),
    ):
        assert "1 adult" in shown and "Elvegata 4" in shown
        assert name not in shown and str(item.household.key) not in shown
    assert "Sleeps outside since May" in page(client, nurse, "meeting_case", item.meeting_id, item.number)
    page(client, nurse, "household", item.household.key, status=403)


def test_whose_service_is_on_the_case_reads_the_name_but_not_on_the_projector(
    client: Client, worker: Employee, item: AgendaItem, meeting: HousingMeeting
) -> None:
    name = item.household.members.get().person.name
    meeting.members.create(employee=worker, service=unit_of(item.household))

    assert name in page(client, worker, "meeting", meeting.pk)
    assert name in page(client, worker, "meeting_paper", meeting.pk)
    assert name not in page(client, worker, "meeting_projector", meeting.pk)


def test_a_colleague_outside_the_meeting_sees_that_there_is_a_case_and_no_more(
    client: Client, item: AgendaItem, chair: Employee
) -> None:
    colleague = caseworker(chair.role_grants.get().unit)

    shown = page(client, colleague, "meeting", item.meeting_id)

    assert "Not shown to you" in shown
    assert "Sleeps outside" not in shown and "1 adult" not in shown and "Elvegata" not in shown


def test_nobody_else_finds_the_meeting(client: Client, meeting: HousingMeeting, worker: Employee) -> None:
    page(client, worker, "meeting", meeting.pk, status=404)
    page(client, worker, "meeting_minutes", meeting.pk, status=404)


def test_from_planning_to_the_offer_by_its_pages(
    client: Client, chair: Employee, worker: Employee, household: Household, dwelling: Dwelling, meeting: HousingMeeting
) -> None:
    told = {"meeting": meeting.pk, "question": "allot", "background": "Outside since May"}
    assert "The case is on the agenda." in send(client, worker, "put_on_agenda", household.key, **told)
    assert "has begun" in send(client, chair, "hold_meeting", meeting.pk, others="Kirken")
    decided = {"decision": "allot", "dwelling": dwelling.pk, "text": "Longest without a home"}
    assert "is saved" in send(client, chair, "meeting_case", meeting.pk, 1, **decided)
    assert "Offers and tasks are made" in send(client, chair, "close_meeting", meeting.pk)

    offer = Offer.objects.get()
    assert (offer.household, offer.dwelling, offer.status) == (household, dwelling, OfferStatus.SENT)
    assert "Elvegata 4" in page(client, worker, "offers")
    assert "accepted" in send(client, worker, "accept_offer", household.key, offer.pk)
    assert "Sign the lease" in page(client, worker, "offer", household.key, offer.pk)


def test_a_dwelling_that_was_given_away_meanwhile_is_said_at_its_field(
    client: Client, chair: Employee, item: AgendaItem, dwelling: Dwelling
) -> None:
    shown = send(client, chair, "meeting_case", item.meeting_id, 1, decision="allot", text="So", dwelling="")

    assert "Choose the dwelling." in shown
    assert AgendaItem.objects.get().decision == ""


def test_the_minutes_are_a_pdf_that_a_member_still_reads_when_it_is_closed(
    client: Client, chair: Employee, item: AgendaItem, nurse: Employee
) -> None:
    send(client, chair, "close_meeting", item.meeting_id)
    assert HousingMeeting.objects.get().status == MeetingStatus.CLOSED

    sign_in(client, nurse)
    response = client.get(reverse("cases:meeting_minutes", args=[item.meeting_id]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "did not come to it" in page(client, nurse, "meeting_case", item.meeting_id, 1)


def test_a_meeting_is_planned_from_the_list(client: Client, chair: Employee, nurse: Employee) -> None:
    seats = [f"{one.pk}-{one.role_grants.get().unit_id}" for one in (chair, nurse)]

    shown = send(client, chair, "plan_meeting", day="tomorrow", time="09:00", place="Room 2", seats=seats)

    assert "The meeting is planned." in shown
    assert HousingMeeting.objects.get().members.count() == 2
