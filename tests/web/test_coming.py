# mypy: disable-error-code="no-untyped-call"
"""Planned arrivals as one works with them: planned, a home found, changed, fallen away; refugees; the unit's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import RefugeeSettlement, Transition
from housing.models import DwellingVoid, ResidenceKind
from people.models import Household, Protection
from tests.factories.coming import RefugeeSettlementFactory, TransitionFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.offers import OfferedDwellingFactory
from tests.factories.people import UnitFactory, caseworker
from tests.journeys import household_in, joined, unit_of, worker_for
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def day(days: int) -> str:
    return (localdate() + timedelta(days=days)).isoformat()


def in_prison(client: Client, kind: ResidenceKind = ResidenceKind.PRISON) -> Household:
    household = household_in(kind, localdate() - timedelta(days=90))
    sign_in(client, worker_for(household))
    return household


def url(name: str, household: Household, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def arriving(household: Household, **facts: Any) -> Transition:
    today = localdate()
    told = {"known_on": today, "expected_on": today + timedelta(days=30), **facts}
    made: Transition = TransitionFactory.create(household=household, **told)
    return made


def test_a_release_is_planned_from_the_household_s_page_and_a_dwelling_reserved(client: Client) -> None:
    household = in_prison(client)
    assert url("transitions", household) in client.get(url("household", household)).content.decode()
    assert "Nobody is planned for" in text_of(client.get(url("transitions", household)))

    told = {"expected_on": day(40), "origin": "Ila", "coordinator": "Kari, 22 22 22 22"}
    page = text_of(followed(client, send(client, url("plan_transition", household, "release"), told)))

    assert "It is planned" in page and "Ila" in page and "two months or less, and no home" in page
    dwelling = OfferedDwellingFactory.create()
    arrival = Transition.objects.get()
    answer = send(
        client, url("prepare_home", household, arrival.pk), {"home": "municipal", "dwelling": str(dwelling.pk)}
    )
    page = text_of(followed(client, answer))
    assert "A home waits" in page and dwelling.address in page
    assert DwellingVoid.objects.get().held_for == household
    assert "Release from prison" in text_of(client.get(url("household", household)))


def test_a_home_that_falls_through_and_who_does_not_come(client: Client) -> None:
    household = in_prison(client)
    arrival = arriving(household, prepared=True)

    page = text_of(followed(client, send(client, url("lose_place", household, arrival.pk), {"because": "Sold"})))
    assert "No home waits for them now" in page
    page = text_of(followed(client, send(client, url("drop_transition", household, arrival.pk), {"because": "Moved"})))
    assert "Fell away" in page and "Moved" in page


def test_a_discharge_shows_what_the_municipality_pays(client: Client) -> None:
    household = in_prison(client, ResidenceKind.INSTITUTION)
    arrival = arriving(household, kind="discharge", known_on=localdate() - timedelta(days=9))

    told = {"expected_on": day(3), "ready_on": day(-5), "notice_on": day(-4), "pathway": "Ambulant team"}
    page = text_of(followed(client, send(client, url("change_transition", household, arrival.pk), told)))

    assert "4 nights" in page and "22 980 kr" in page.replace("\xa0", " ") and "Ambulant team" in page
    unit_page = text_of(client.get(f"{reverse('cases:unit_coming')}?only=pays"))
    assert "4 nights" in unit_page


def test_where_who_left_a_crisis_centre_went_is_told_afterwards(client: Client) -> None:
    today = localdate()
    out = today - timedelta(days=5)
    household = household_in(ResidenceKind.CRISIS_CENTRE, today - timedelta(days=90), ends_on=out)
    ResidenceFactory.create(household=household, kind=ResidenceKind.OWNED, starts_on=out)
    sign_in(client, worker_for(household))
    arrival = arriving(household, kind="leaves_crisis_centre", known_on=today - timedelta(days=30))

    told = {"expected_on": day(30), "returned_to_abuser": "no"}
    page = text_of(followed(client, send(client, url("change_transition", household, arrival.pk), told)))

    assert "not back to the abuser" in page
    assert Transition.objects.get().returned_to_abuser is False


def test_who_kept_their_home_is_told_to_be_home(client: Client) -> None:
    household = in_prison(client, ResidenceKind.OWNED)
    arrival = arriving(household, kind="discharge", status="prepared", home="own_home")

    page = text_of(followed(client, send(client, url("came_home", household, arrival.pk), {"on": "today"})))

    assert "They are home" in page and "the same day" in page


def test_a_slip_is_said_at_its_field_and_what_was_typed_is_kept(client: Client) -> None:
    household = in_prison(client)

    answer = send(client, url("plan_transition", household, "release"), {"expected_on": day(-1), "origin": "Ila"})

    assert answer.status_code == 200 and "That day has passed" in text_of(answer)
    assert 'value="Ila"' in answer.content.decode()
    assert not Transition.objects.exists()
    assert client.get(url("plan_transition", household, "escape")).status_code == 404


def test_refugees_are_registered_and_settled_but_not_before_the_decision(client: Client) -> None:
    household = in_prison(client, ResidenceKind.RECEPTION_CENTRE)
    where = url("register_settlement", household)

    answer = send(client, where, {"decided_on": day(-10), "settled_on": day(-11)})
    assert "Nobody is settled before the decision" in text_of(answer)
    assert not RefugeeSettlement.objects.exists()

    page = text_of(followed(client, send(client, where, {"decided_on": day(-10)})))
    assert "not answered" in page and "Settled by" in page
    settlement = RefugeeSettlement.objects.get()
    told = {"decided_on": day(-10), "answer": "accepted", "answered_on": day(-5), "settled_on": day(0)}
    page = text_of(followed(client, send(client, url("change_settlement", household, settlement.pk), told)))
    assert "We settle them" in page and "Integration grant" in page


def test_the_unit_sees_who_comes_by_month_and_who_has_no_home(client: Client) -> None:
    first = in_prison(client)
    worker = worker_for(first)
    sign_in(client, worker)
    second = household_in(ResidenceKind.PRISON, unit=unit_of(first))
    joined(worker, second)
    arriving(first)
    arriving(second, status="prepared", home="private", expected_on=localdate() + timedelta(days=70))
    RefugeeSettlementFactory.create(household=second, decided_on=localdate() - timedelta(days=200))
    address = reverse("cases:unit_coming")

    page = text_of(client.get(address))
    assert "Release from prison" in page and "A private tenancy" not in page
    everything = text_of(client.get(f"{address}?only=all"))
    assert "A private tenancy" in everything and "no home" in everything
    assert "late" in text_of(client.get(f"{address}?only=refugees"))
    assert "There is none" in text_of(client.get(f"{address}?only=inside"))
    third = household_in(ResidenceKind.INSTITUTION, unit=unit_of(first))
    joined(worker, third)
    inside = text_of(client.get(f"{address}?only=inside"))
    assert "Institution" in inside and "not known" in inside
    assert address in client.get(reverse("cases:unit")).content.decode()


def test_the_unit_s_page_asks_no_more_for_more_arrivals(client: Client, django_assert_max_num_queries: Any) -> None:
    first = in_prison(client)
    for _n in range(4):
        household = household_in(ResidenceKind.PRISON, unit=unit_of(first))
        arriving(household)
        RefugeeSettlementFactory.create(household=household, decided_on=localdate())
    client.get(reverse("cases:unit_coming"))

    with django_assert_max_num_queries(30):
        client.get(reverse("cases:unit_coming"))


def test_another_unit_and_who_may_not_know_the_place(client: Client) -> None:
    household = in_prison(client)
    arrival = arriving(household, prepared=True, origin="Ila", home_note="Storgata 7")
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])

    page = text_of(client.get(url("transitions", household)))
    assert "is shielded" in page and "Ila" not in page and "Storgata" not in page
    assert client.get(url("change_transition", household, arrival.pk)).status_code == 403
    assert "Release" not in text_of(client.get(f"{reverse('cases:unit_coming')}?only=all"))

    sign_in(client, caseworker(UnitFactory.create()))
    assert client.get(url("transitions", household)).status_code == 404
