# mypy: disable-error-code="no-untyped-call"
"""Evictions as one works with them: told of, reached, something done, how they ended; the unit's list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import EvictionCase
from housing.models import Lease, ResidenceKind
from people.models import AssignmentRole, Household, Protection
from tests.factories.owning import EvictionCaseFactory, EvictionContactFactory, EvictionMeasureFactory
from tests.factories.people import AssignmentFactory, MemberFactory, caseworker
from tests.journeys import household_in, unit_of, worker_for
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

TOLD = {"notice_from": "landlord", "because": "rent_unpaid", "learnt_on": "today"}


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household(client: Client) -> Household:
    """Lives in a rented home; the client is on the case."""
    made = household_in(ResidenceKind.PRIVATE_RENTAL, localdate() - timedelta(days=400), lease=Lease.ORDINARY)
    sign_in(client, worker_for(made))
    return made


def url(name: str, household: Household, *args: int) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def eviction_of(household: Household, **told: Any) -> EvictionCase:
    return EvictionCaseFactory.create(**{"household": household, "learnt_on": localdate(), **told})


def test_what_somebody_tells_is_registered_from_the_household_s_page(client: Client, household: Household) -> None:
    assert url("evictions", household) in client.get(url("household", household)).content.decode()
    assert "No eviction is registered." in text_of(client.get(url("evictions", household)))

    answer = send(client, url("register_eviction", household), {**TOLD, "petitioned_on": "yesterday"})

    assert "the home is at risk" in text_of(followed(client, answer))
    eviction = EvictionCase.objects.get()
    assert (eviction.notice_from, eviction.petitioned_on) == ("landlord", localdate() - timedelta(days=1))
    page = text_of(client.get(url("household", household)))
    assert "Eviction to avert" in page and "At risk of losing the home" in page


def test_a_day_that_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    client: Client, household: Household
) -> None:
    answer = send(client, url("register_eviction", household), {**TOLD, "petitioned_on": "+3", "note": "Rang twice"})

    page = answer.content.decode()
    assert answer.status_code == 200 and "That day has not come." in page and "Rang twice" in page
    assert not EvictionCase.objects.exists()


def test_it_is_followed_on_its_own_page(client: Client, household: Household) -> None:
    eviction = eviction_of(household, planned_on=localdate() + timedelta(days=9), amount_owed=43000)
    where = url("eviction", household, eviction.pk)
    assert "Within two weeks, and nothing runs" in text_of(client.get(where))

    send(
        client,
        url("eviction_contact", household, eviction.pk),
        {"way": "home_visit", "on": "today", "reached": "yes", "note": "Wants a plan"},
    )
    send(
        client,
        url("eviction_measure", household, eviction.pk),
        {"kind": "payment_plan", "starts_on": "today", "amount": "2000"},
    )
    measure = eviction.measures.get()
    send(client, url("measure_result", household, measure.pk), {"result": "held", "on": "today"})
    send(client, url("change_eviction", household, eviction.pk), {**TOLD, "amount_owed": "41000"})

    page = text_of(client.get(where))
    assert "Wants a plan" in page and "Payment plan" in page and "It helped" in page and "41 000 kr" in page
    assert "nothing runs" not in page


@pytest.mark.parametrize(
    ("name", "said", "status"),
    [
        ("avert_eviction", {"on": "today", "note": "Paid"}, "averted"),
        ("withdraw_eviction", {"on": "today"}, "withdrawn"),
        ("carry_out_eviction", {"on": "today", "to": "friends"}, "carried_out"),
    ],
)
def test_it_ends_one_of_three_ways(
    client: Client, household: Household, name: str, said: dict[str, str], status: str
) -> None:
    eviction = eviction_of(household)

    answer = send(client, url(name, household, eviction.pk), said)

    assert answer.status_code == 302
    eviction.refresh_from_db()
    assert eviction.status == status


def test_what_was_averted_is_not_carried_out(client: Client, household: Household) -> None:
    eviction = eviction_of(household, status="averted", ended_on=localdate())

    answer = send(client, url("carry_out_eviction", household, eviction.pk), {"on": "today", "to": "rough"})

    assert "It was averted on" in text_of(answer)
    eviction.refresh_from_db()
    assert eviction.status == "averted"
    assert [one.kind for one in household.residences.all()] == ["private_rental"]
    page = client.get(url("eviction", household, eviction.pk)).content.decode()
    assert url("carry_out_eviction", household, eviction.pk) not in page


def test_where_they_are_now_must_be_said(client: Client, household: Household) -> None:
    eviction = eviction_of(household)

    answer = send(client, url("carry_out_eviction", household, eviction.pk), {"on": "today"})

    assert answer.status_code == 200
    eviction.refresh_from_db()
    assert eviction.is_open


def test_another_household_s_eviction_is_not_found_here(client: Client, household: Household) -> None:
    other = eviction_of(household_in(ResidenceKind.OWNED))

    assert client.get(url("eviction", household, other.pk)).status_code == 404
    assert client.get(url("avert_eviction", household, other.pk)).status_code == 404


def beside(household: Household, *, is_family: bool = False) -> Household:
    """Another one of the same unit."""
    made = household_in(ResidenceKind.OWNED, unit=unit_of(household))
    if is_family:
        MemberFactory.create(household=made, is_child=True)
    return made


def rows(client: Client, show: str = "") -> list[str]:
    """The keys of the households in the unit's list, in its order."""
    page = client.get(reverse("cases:unit_evictions"), {"show": show} if show else {}).content.decode()
    keys = {str(one.key): page.find(f"/households/{one.key}/evictions/") for one in Household.objects.all()}
    return [key for key, place in sorted(keys.items(), key=lambda pair: pair[1]) if place > 0]


def test_the_unit_s_list_has_families_first_then_the_nearest_day(client: Client, household: Household) -> None:
    soon, family, ended = beside(household), beside(household, is_family=True), beside(household)
    eviction_of(household, planned_on=localdate() + timedelta(days=30))
    eviction_of(soon, planned_on=localdate() + timedelta(days=3))
    eviction_of(family)
    eviction_of(ended, status="withdrawn", ended_on=localdate())

    assert rows(client) == [str(one.key) for one in (family, soon, household)]
    assert rows(client, "ended") == [str(ended.key)]


def test_own_control_names_what_is_not_done(client: Client, household: Household) -> None:
    today = localdate()
    late = eviction_of(household, learnt_on=today - timedelta(days=4), planned_on=today - timedelta(days=1))
    done = eviction_of(beside(household), learnt_on=today)
    EvictionMeasureFactory.create(eviction=done, starts_on=today)
    broken = eviction_of(beside(household), learnt_on=today)
    EvictionContactFactory.create(eviction=broken, on=today)
    EvictionMeasureFactory.create(eviction=broken, starts_on=today, result="broken", result_on=today)

    page = text_of(client.get(reverse("cases:unit_evictions"), {"show": "control"}))

    assert set(rows(client, "control")) == {str(late.household.key), str(broken.household.key)}
    for words in (
        "Not reached in time",
        "Nothing is done yet",
        "The day has passed: tell how it ended",
        "What was done did not hold",
    ):
        assert words in page


def test_somebody_shielded_is_on_no_list_of_who_may_not_know(client: Client, household: Household) -> None:
    shielded = beside(household)
    person = shielded.members.get().person
    person.protection = Protection.STRICTLY_CONFIDENTIAL
    person.save(update_fields=["protection"])
    eviction_of(shielded)

    assert rows(client) == []


def test_a_colleague_says_why_before_reading(client: Client, household: Household) -> None:
    eviction = eviction_of(household)
    sign_in(client, caseworker(unit_of(household)))

    answer = client.get(url("eviction", household, eviction.pk))

    assert answer.status_code == 302 and "/open" in answer["Location"]


def test_the_list_takes_as_many_statements_however_long_it_is(
    client: Client, household: Household, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def add() -> None:
        eviction = eviction_of(beside(household))
        EvictionMeasureFactory.create(eviction=eviction, starts_on=localdate())
        AssignmentFactory.create(
            household=eviction.household, role=AssignmentRole.SUBSTITUTE, employee=worker_for(household)
        )

    for _each in range(2):
        add()
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("cases:unit_evictions"))
    for _each in range(4):
        add()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("cases:unit_evictions"))
