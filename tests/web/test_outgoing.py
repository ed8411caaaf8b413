"""Pages of letters on their way: where each is, what is done about one, a unit's list, and the archive's queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import ArchiveEntry, ArchiveState, Dispatch, DispatchState, Fault, Way
from people.models import Employee, Household, Protection, Role, Unit
from tests.factories.cases import DecisionFactory, DocumentFactory
from tests.factories.letters import ArchiveEntryFactory, DispatchFactory
from tests.factories.people import AssignmentFactory, UnitFactory, caseworker, employee_with
from tests.journeys import joined
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    household = stay(unit, timezone.localdate() - timedelta(days=3))
    AssignmentFactory.create(household=household)
    return household


@pytest.fixture
def kari(client: Client, unit: Unit, household: Household) -> Employee:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    employee = joined(caseworker(unit), household)
    sign_in(client, employee)
    return employee


def waiting(household: Household, **told: object) -> Dispatch:
    document = DocumentFactory.create(decision=DecisionFactory.create(household=household, provider=None))
    found: Dispatch = DispatchFactory.create(document=document, made_at=timezone.now(), **told)
    return found


def of(found: Dispatch, name: str = "letter") -> str:
    args = [found.household.key, found.pk] if name == "letter" else [found.household.key]
    return reverse(f"cases:{name}", args=args)


def test_the_household_s_page_says_where_each_letter_is(client: Client, kari: Employee, household: Household) -> None:
    found = waiting(household)

    told = text_of(client.get(of(found, "letters")))

    assert "Decision letter" in told and "The party" in told and "Post" in told and "Waiting" in told


def test_a_letter_is_handed_over_and_says_so(client: Client, kari: Employee, household: Household) -> None:
    found = waiting(household)

    followed(client, send(client, of(found), {"what": "handed"}))

    found.refresh_from_db()
    assert (found.state, found.way) == (DispatchState.DELIVERED, Way.BY_HAND)
    assert "Delivered" in text_of(client.get(of(found, "letters")))
    assert "Nothing can be done" in text_of(client.get(of(found)))


def test_a_letter_that_was_stopped_is_sent_anew_once(client: Client, kari: Employee, household: Household) -> None:
    found = waiting(household)
    followed(client, send(client, of(found), {"what": "stop"}))

    followed(client, send(client, of(found), {"what": "anew-post"}))

    assert Dispatch.objects.get(replaces=found).state == DispatchState.WAITING
    assert "Nothing can be done" in text_of(client.get(of(found)))


def test_somebody_protected_is_not_offered_a_letter_by_post(
    client: Client, kari: Employee, household: Household
) -> None:
    found = waiting(household)
    followed(client, send(client, of(found), {"what": "stop"}))
    person = found.person
    person.protection = Protection.CONFIDENTIAL
    person.save()

    told = client.get(of(found)).content.decode()

    assert "anew-by_hand" in told and "anew-post" not in told and "anew-digital" not in told


def test_two_at_once_the_second_is_told_and_nothing_is_done_twice(
    client: Client, kari: Employee, household: Household
) -> None:
    found = waiting(household)
    page = client.get(of(found)).content.decode()
    assert "handed" in page
    followed(client, send(client, of(found), {"what": "stop"}))

    answer = client.post(of(found), {"what": "handed", "form_key": "0b8c7f5e-8f43-4d54-8a53-1f8a3b0f9a11"})

    assert answer.status_code == 200
    found.refresh_from_db()
    assert found.state == DispatchState.FAILED


def test_the_unit_ticks_off_what_is_in_the_post(client: Client, kari: Employee, household: Household) -> None:
    found = waiting(household)
    address = reverse("cases:unit_letters")
    assert "To be put in an envelope" in text_of(client.get(address))

    assert "Tick at least one" in text_of(send(client, address, {}))
    followed(client, send(client, address, {"ticked": [str(found.pk)]}))

    found.refresh_from_db()
    assert found.state == DispatchState.SENT
    assert f'value="{found.pk}"' not in client.get(address).content.decode()


def test_a_colleague_s_letter_stands_in_the_list_without_a_box(
    client: Client, unit: Unit, household: Household
) -> None:
    found = waiting(household)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, caseworker(unit))

    page = client.get(reverse("cases:unit_letters"))

    assert household.key.hex in page.content.decode().replace("-", "")
    assert f'value="{found.pk}"' not in page.content.decode()


def test_the_lists_cost_the_same_for_many(
    client: Client, kari: Employee, household: Household, django_assert_max_num_queries: object
) -> None:
    for _ in range(5):
        waiting(household)
    for address in (reverse("cases:unit_letters"), reverse("cases:letters", args=[household.key])):
        with django_assert_max_num_queries(45):  # type: ignore[operator]
            client.get(address)


def test_the_archive_queue_tells_operations_no_name_and_sends_again(
    client: Client, unit: Unit, household: Household
) -> None:
    entry = ArchiveEntryFactory.create(
        document=waiting(household).document, state=ArchiveState.REJECTED, fault=Fault.REFUSED, next_at=None
    )
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, employee_with(Role.OPERATIONS, unit))
    address = reverse("cases:archive_queue")

    told = client.get(address)
    assert "The receiver refused it" in text_of(told)
    assert household.members.all()[0].person.name not in text_of(told)
    assert str(household.key) not in told.content.decode() and household.ref not in told.content.decode()
    followed(client, send(client, address, {"ticked": [str(entry.pk)]}))

    assert ArchiveEntry.objects.get(pk=entry.pk).state == ArchiveState.WAITING


def test_another_municipality_s_queue_is_not_shown(client: Client, household: Household) -> None:
    entry = ArchiveEntryFactory.create(
        document=waiting(household).document, state=ArchiveState.REJECTED, fault=Fault.REFUSED, next_at=None
    )
    elsewhere = UnitFactory.create(municipality_id="0301")
    sign_in(client, employee_with(Role.OPERATIONS, elsewhere))

    told = client.get(reverse("cases:archive_queue")).content.decode()

    assert f'value="{entry.pk}"' not in told
