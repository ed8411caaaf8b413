"""The homeless by name in the database: they balance, they are those of the residences, and each reason by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from housing.models import ResidenceKind
from housing.states import HOMELESS_KINDS, add_months
from kpi.balance import Came, Went
from kpi.catalogue import BY_CODE
from kpi.measurement import Period, Question, measure
from kpi.questions.balance import Group, balance, known_of
from people.models import Household, Unit
from tests import oracle
from tests.factories.people import UnitFactory
from tests.store import store
from tests.strategies import countries
from tests.unit.test_balance_generated import balances
from tests.web.unit_life import stay, then

pytestmark = pytest.mark.django_db


class GeneratedNames(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(countries(), st.sampled_from([date(2024, 1, 1), date(2025, 1, 1)]))
    def test_every_month_balances_by_name_and_has_those_of_the_residences(
        self, households: list[oracle.Household], first: date
    ) -> None:
        stored = store(households)
        months = [(add_months(first, n), add_months(first, n + 1)) for n in range(8)]
        question = Question(municipality="0301")
        known = known_of(question, months)
        for group in Group:
            told = balance(known, months, group)
            assert all(balances(month) for month in told)
            for month, following in pairwise(told):
                assert month.after == following.before
            for month in told if group is not Group.RELEASED else ():
                night = month.ends_on - timedelta(days=1)
                assert month.after == {
                    stored[one.ref].pk
                    for one in households
                    if one.kind_on(night) in HOMELESS_KINDS and _is_of(one, group, night)
                }, (group, night)


def _is_of(one: oracle.Household, group: Group, night: date) -> bool:
    if group is Group.FAMILIES:
        return one.is_family_on(night)
    if group is Group.YOUNG:
        return one.is_young_on(night)
    return True


MARCH = (date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def test_by_hand_how_each_came_and_went(unit: Unit) -> None:
    new = stay(unit, date(2026, 3, 2))
    stays = stay(unit, date(2026, 2, 1))
    housed = stay(unit, date(2026, 2, 1), date(2026, 3, 10))
    then(housed, ResidenceKind.MUNICIPAL_RENTAL, date(2026, 3, 10), lease="ordinary")
    back = stay(unit, date(2025, 1, 1), date(2025, 2, 1))
    then(back, ResidenceKind.OWNED, date(2025, 2, 1), ends_on=date(2026, 3, 5))
    then(back, ResidenceKind.FRIENDS, date(2026, 3, 5))
    freed = stay(unit, date(2025, 1, 1), date(2025, 2, 1))
    then(freed, ResidenceKind.PRISON, date(2025, 2, 1), ends_on=date(2026, 3, 20))
    then(freed, ResidenceKind.ROUGH, date(2026, 3, 20), ends_on=date(2026, 3, 25))
    gone = stay(unit, date(2026, 1, 1), date(2026, 3, 2))
    then(gone, ResidenceKind.MOVED_AWAY, date(2026, 3, 2))
    lost = stay(unit, date(2026, 1, 1), date(2026, 3, 3))

    [month] = balance(known_of(Question(municipality=unit.municipality_id), [MARCH]), [MARCH])
    assert month.before == {one.pk for one in (stays, housed, gone, lost)}
    assert month.came == {new.pk: Came.NEW, back.pk: Came.RETURNED, freed.pk: Came.FROM_INSTITUTION}
    assert month.went == {
        housed.pk: Went.HOME,
        gone.pk: Went.ELSEWHERE,
        lost.pk: Went.NOT_KNOWN,
        freed.pk: Went.NOT_KNOWN,
    }
    assert month.after == {one.pk for one in (new, stays, back)}
    [released] = balance(known_of(Question(municipality=unit.municipality_id), [MARCH]), [MARCH], Group.RELEASED)
    assert set(released.came) == {freed.pk}


def test_those_homeless_after_a_month_are_those_of_the_figure(unit: Unit) -> None:
    for first in (date(2026, 1, 1), date(2026, 3, 2)):
        stay(unit, first)
    indicator = next(one for one in BY_CODE.values() if one.population == "homeless_on" and one.denominator)
    question = Question(municipality=unit.municipality_id)
    [figure] = measure(question, [Period(*MARCH)], [indicator])
    [month] = balance(known_of(question, [MARCH]), [MARCH])
    assert figure.denominator == len(month.after) == 2


def test_a_unit_s_months_balance_when_another_takes_over(unit: Unit) -> None:
    household = stay(unit, date(2026, 1, 1))
    other = UnitFactory.create(municipality=unit.municipality)
    responsibility = household.responsibilities.get()
    responsibility.ends_on = date(2026, 3, 15)
    responsibility.save(update_fields=["ends_on"])
    household.responsibilities.create(unit=other, starts_on=date(2026, 3, 15))
    for one, came, went in (
        (unit, {}, {household.pk: Went.OUT_OF_GROUP}),
        (other, {household.pk: Came.INTO_GROUP}, {}),
    ):
        [month] = balance(known_of(Question(municipality=unit.municipality_id, unit=one.pk), [MARCH]), [MARCH])
        assert (month.came, month.went) == (came, went)


def test_those_left_out_stand_in_no_month(unit: Unit) -> None:
    household: Household = stay(unit, date(2026, 1, 1))
    question = Question(municipality=unit.municipality_id, left_out=(household.pk,))
    [month] = balance(known_of(question, [MARCH]), [MARCH])
    assert not month.after
