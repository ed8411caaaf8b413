"""Which rooms are offered tonight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from housing.models import (
    Ban,
    ChildApproval,
    NotTogether,
    Provider,
    ProviderKind,
    ProviderOwner,
    QualityAgreement,
    ResidenceKind,
)
from housing.rooms import PROBLEM_LABELS, free_rooms, lodgers_of
from housing.suitability import Problem
from people.models import Household, MemberRole
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import DAY, LONG_AGO, OSLO_NUMBER, HouseholdFactory, MemberFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


def taken_room(**residence: Any) -> Any:
    room = RoomFactory.create()
    ResidenceFactory.create(kind=ResidenceKind.TEMPORARY, provider=room.provider, room=room, **residence)
    return room


def rooms_offered(household: Household) -> list[Any]:
    return [offer.room for offer in free_rooms(household=household, night=DAY)]


def test_a_room_is_free_when_nobody_has_it_from_tonight_on(household: Household) -> None:
    free = RoomFactory.create()
    left = taken_room(ends_on=DAY)
    taken_room()
    taken_room(starts_on=DAY + timedelta(days=5))

    assert set(rooms_offered(household)) == {free, left}


def test_a_room_out_of_use_is_not_offered_and_one_that_will_be_says_when(household: Household) -> None:
    RoomFactory.create(closed_on=DAY)
    RoomFactory.create(opened_on=DAY + timedelta(days=1))
    soon = RoomFactory.create(opened_on=DAY, closed_on=DAY + timedelta(days=1))

    [offer] = free_rooms(household=household, night=DAY)

    assert (offer.room, offer.free_until) == (soon, DAY + timedelta(days=1))


def test_another_municipality_s_rooms_are_offered_when_asked_for_and_after_our_own(household: Household) -> None:
    away = RoomFactory.create(provider__municipality_id=OSLO_NUMBER, price_a_night=100)
    ours = RoomFactory.create(price_a_night=900)

    assert rooms_offered(household) == [ours]
    both = free_rooms(household=household, night=DAY, providers=Provider.objects.all())
    assert [(offer.room, offer.is_own) for offer in both] == [(ours, True), (away, False)]


def test_rooms_that_suit_come_first_then_the_cheapest_and_barred_ones_last(household: Household) -> None:
    agreed = ProviderFactory.create()
    QualityAgreement.objects.create(provider=agreed, starts_on=LONG_AGO)
    barred = ProviderFactory.create()
    QualityAgreement.objects.create(provider=barred, starts_on=LONG_AGO)
    Ban.objects.create(household=household, provider=barred, starts_on=DAY, reason="Threats")
    last = RoomFactory.create(provider=barred)
    without = RoomFactory.create(price_a_night=1)
    dear, cheap = (RoomFactory.create(provider=agreed, price_a_night=price) for price in (900, 500))

    offers = free_rooms(household=household, night=DAY)

    assert [offer.room for offer in offers] == [cheap, dear, without, last]
    assert [offer.is_possible for offer in offers] == [True, True, True, False]
    assert (offers[0].price, offers[0].beds, offers[0].has_quality_agreement) == (500, 1, True)


@pytest.mark.parametrize(
    ("ban", "barred"),
    [
        ({"starts_on": DAY}, True),
        ({"starts_on": LONG_AGO, "ends_on": DAY}, False),
        ({"starts_on": DAY + timedelta(days=1)}, False),
    ],
)
def test_a_ban_bars_from_its_first_night_until_its_last(
    household: Household,
    ban: dict[str, date],
    barred: bool,
) -> None:
    room = RoomFactory.create()
    Ban.objects.create(household=household, provider=room.provider, reason="Threats", **ban)

    [offer] = free_rooms(household=household, night=DAY)

    assert (Problem.BARRED in offer.problems) is barred


def test_a_provider_where_somebody_to_be_kept_apart_from_stays_is_barred(household: Household) -> None:
    room = RoomFactory.create()
    there = ResidenceFactory.create(kind=ResidenceKind.TEMPORARY, provider=room.provider)
    NotTogether.objects.create(household=household, other=there.household, reason="Violence")

    [offer] = free_rooms(household=household, night=DAY)
    [seen_from_there] = free_rooms(household=there.household, night=DAY)

    assert Problem.BARRED in offer.problems
    assert Problem.BARRED not in seen_from_there.problems


def test_a_visiting_child_is_counted_and_one_of_age_is_no_child(household: Household) -> None:
    MemberFactory.create(household=household, is_child=True, role=MemberRole.CHILD_VISIT, ends_on=DAY)
    grown = PersonFactory.create(born_on=date(2008, 3, 10))
    MemberFactory.create(household=household, role=MemberRole.CHILD, person=grown)

    yesterday, tonight = (lodgers_of(household, night=DAY - timedelta(days=ago)) for ago in (1, 0))

    assert (yesterday.people, yesterday.has_children) == (3, True)
    assert (tonight.people, tonight.has_children) == (2, False)


def test_a_night_shelter_is_offered_as_what_it_is(household: Household) -> None:
    RoomFactory.create(provider__kind=ProviderKind.NIGHT_SHELTER)

    [offer] = free_rooms(household=household, night=DAY)

    assert Problem.NIGHT_SHELTER in offer.problems


def test_many_rooms_take_no_more_statements_than_one(
    household: Household, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RoomFactory.create_batch(5)

    with django_assert_num_queries(2):
        assert len(free_rooms(household=household, night=DAY)) == 5


def test_every_problem_has_its_words() -> None:
    assert set(PROBLEM_LABELS) == set(Problem)


def test_an_approval_for_children_makes_a_place_suit_until_it_lapses(household: Household) -> None:
    MemberFactory.create(household=household, is_child=True)
    provider = ProviderFactory.create(owner=ProviderOwner.MUNICIPAL)
    RoomFactory.create(provider=provider, capacity=2)
    ChildApproval.objects.create(provider=provider, starts_on=DAY, ends_on=DAY + timedelta(days=1))

    found = [free_rooms(household=household, night=DAY + timedelta(days=n))[0].problems for n in (-1, 0, 1)]

    assert found == [(Problem.NOT_FOR_CHILDREN,), (), (Problem.CHILD_APPROVAL_LAPSED,)]
