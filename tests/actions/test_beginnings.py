from __future__ import annotations

from datetime import date

import pytest

from people.actions.beginnings import CannotBeginEarlier, begin_no_later_than
from people.models import Household, Member, Municipality, Person, Responsibility, Unit

FIRST = date(2026, 3, 10)


@pytest.fixture
def household(db: None) -> Household:
    household = Household.objects.create(municipality=Municipality.objects.get(pk="0301"), opened_on=FIRST)
    unit = Unit.objects.create(municipality_id="0301", name="NAV Prøve")
    Responsibility.objects.create(household=household, unit=unit, starts_on=FIRST)
    for born_on, role in ((date(1990, 1, 1), "applicant"), (date(2026, 3, 5), "child")):
        person = Person.objects.create(born_on=born_on)
        Member.objects.create(household=household, person=person, role=role, starts_on=FIRST)
    return household


def test_what_is_older_moves_opening_unit_and_members_back_but_nobody_before_birth(household: Household) -> None:
    begin_no_later_than(household, date(2026, 3, 1))
    household.refresh_from_db()
    assert household.opened_on == date(2026, 3, 1)
    assert household.responsibilities.get().starts_on == date(2026, 3, 1)
    starts = household.members.order_by("pk").values_list("starts_on", flat=True)
    assert list(starts) == [date(2026, 3, 1), date(2026, 3, 5)]


@pytest.mark.parametrize("day", [FIRST, date(2026, 4, 1)])
def test_a_household_that_is_old_enough_stays_as_it_is(household: Household, day: date) -> None:
    begin_no_later_than(household, day)
    household.refresh_from_db()
    assert household.opened_on == FIRST


def test_a_household_whose_beginning_is_not_known_stays_so(household: Household) -> None:
    household.opened_on = None
    begin_no_later_than(household, date(2026, 3, 1))
    assert household.opened_on is None


def test_a_household_formed_by_a_split_does_not_begin_before_it(household: Household) -> None:
    part = Household.objects.create(municipality_id="0301", opened_on=FIRST, split_from=household, split_on=FIRST)
    with pytest.raises(CannotBeginEarlier):
        begin_no_later_than(part, date(2026, 3, 1))
