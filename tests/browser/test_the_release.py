"""A release planned two months ahead, a dwelling reserved, and housed the day they come out. By keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.registration import register_household
from cases.actions.residences import Destination, leave
from cases.models import Transition
from housing.models import DwellingVoid, Residence, ResidenceKind
from people.actions.persons import NewMember
from people.models import Employee, Household, MemberRole, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_dwelling
from tests.factories.people import at

pytestmark = pytest.mark.walk

BEFORE, TODAY, OUT = date(2025, 12, 1), date(2026, 3, 10), date(2026, 5, 12)
ADDRESS = "Elvegata 4 B"


def test_a_release_is_planned_and_housed_without_a_night_in_temporary_accommodation(
    sit: Sit, clock: Clock, unit: Unit
) -> None:
    clock.now = at(BEFORE)
    kari = a_caseworker(unit)
    household = in_prison(unit, kari)
    a_dwelling(unit, ADDRESS)

    clock.now = at(TODAY)
    keyboard = sit(kari)
    plan(keyboard, household)
    reserve(keyboard)
    the_unit_sees_it(keyboard)

    clock.now = at(OUT)
    keyboard = sit(kari)
    move_in(keyboard, household)

    lived = Residence.objects.filter(household=household).order_by("starts_on")
    assert [(one.kind, one.starts_on, one.ends_on) for one in lived] == [
        ("prison", BEFORE, OUT),
        ("municipal_rental", OUT, None),
    ]
    arrival = Transition.objects.get()
    assert (arrival.status, arrival.left_on, arrival.housed_on) == ("housed", OUT, OUT)


def in_prison(unit: Unit, by: Employee) -> Household:
    household = register_household(
        unit_id=unit.pk,
        members=[NewMember(role=MemberRole.APPLICANT, name="Per Ås", born_on=date(1988, 4, 12))],
        opened_on=BEFORE,
        situation=ResidenceKind.ROUGH,
        accepted_warnings=True,
        by=by,
        at=at(BEFORE),
    )
    leave(household_id=household.pk, on=BEFORE, to=Destination(ResidenceKind.PRISON), by=by, at=at(BEFORE))
    return household


def plan(keyboard: Keyboard, household: Household) -> None:
    keyboard.open(f"/households/{household.key}/")
    keyboard.follow("Release, discharge and refugees")
    keyboard.sees("Nobody is planned for.")
    keyboard.follow("Release from prison")
    keyboard.type("Day they come out", "1.3.2026")
    keyboard.press("Save the plan")
    keyboard.is_told("That day has passed: register where they live now.")
    keyboard.type("Day they come out", "12.5.2026")
    keyboard.type("Where from", "Ila")
    keyboard.type("Who to talk to there", "Kari Nes, 22 22 22 22")
    keyboard.press("Save the plan")
    keyboard.sees("It is planned.", "Planned, no home waits", "Kari Nes")


def reserve(keyboard: Keyboard) -> None:
    keyboard.follow("A home waits")
    keyboard.pick("Which home waits?", "A municipal dwelling")
    keyboard.choose("Reserve a dwelling", ADDRESS)
    keyboard.press("Save the home")
    keyboard.sees("A home waits for them.", ADDRESS)
    assert DwellingVoid.objects.get().starts_on == TODAY


def the_unit_sees_it(keyboard: Keyboard) -> None:
    keyboard.follow("The unit")
    keyboard.follow("Planned arrivals")
    keyboard.follow("1 All planned arrivals")
    keyboard.sees("May 2026", "Per Ås", ADDRESS)
    keyboard.follow("Per Ås")
    keyboard.sees("A home waits")


def move_in(keyboard: Keyboard, household: Household) -> None:
    keyboard.open(f"/households/{household.key}/")
    keyboard.sees("What runs", "Release from prison")
    keyboard.follow("Settle in a home")
    keyboard.pick("Kind of place", "Municipal rental")
    keyboard.press("Go on")
    keyboard.choose("Dwelling", ADDRESS)
    keyboard.press("Settle the household")
    keyboard.sees("The household has a home.")
    keyboard.open(f"/households/{household.key}/transitions")
    keyboard.sees("Housed", "the same day")
