"""From the first night to a lasting home, by keyboard only."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cases.models import CaseState, ClosingReason, HomeAim
from housing.models import ResidenceKind
from people.journal import Act
from people.models import Household, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.steps import FAMILY, PARTS, give_reasons, register
from tests.browser.town import PASSWORD, a_caseworker, a_dwelling, a_guesthouse
from tests.factories.people import at

pytestmark = pytest.mark.walk

MOST_PAGES, MOST_FIELDS = 3, 12
#: A Tuesday evening, the morning after, and the days the family is seen again.
TONIGHT, NEXT_DAY = at(date(2026, 3, 10), 19), at(date(2026, 3, 11))
TALK, LONGER, MOVING_DAY = at(date(2026, 3, 20)), at(date(2026, 3, 23)), at(date(2026, 4, 20))


@pytest.fixture
def town(unit: Unit) -> Unit:
    a_guesthouse("Elvebredden")
    a_guesthouse("Fjordgløtt", price=1100)
    a_dwelling(unit, "Storgata 1")
    return unit


def test_a_caseworker_follows_a_family_from_the_first_night_to_a_home_and_closes(
    sit: Sit, clock: Clock, town: Unit
) -> None:
    clock.now = TONIGHT
    keyboard = sit(a_caseworker(town))

    keyboard.filled, keyboard.reached = 0, []
    register(keyboard)
    pages = [path for path in keyboard.reached if path.startswith("/register")]
    assert len(set(pages)) <= MOST_PAGES and keyboard.filled <= MOST_FIELDS

    keyboard.sees("The household is registered.", "Free rooms from Tuesday 10 March 2026")
    keyboard.follow("Elvebredden, Room 1")
    give_reasons(keyboard, "+14")
    keyboard.sees("Elvebredden, Room 1", "24 March 2026", *PARTS.values())
    keyboard.press("Place the household")
    keyboard.sees("The household is placed.", "Day 0 · limit 10 June 2026")
    household = Household.objects.get()
    assert household.cases.get().state == CaseState.TEMPORARY
    the_letters_are_there(keyboard)

    move_the_next_day(keyboard, clock)
    make_the_plan(keyboard, clock)
    extend_by_word_of_mouth_and_write_after(keyboard, clock)
    move_home(keyboard, clock)

    keyboard.follow("Close the case")
    keyboard.pick("Why is the case closed?", ClosingReason.PERMANENT_HOME.label)
    keyboard.press("Close the case")
    assert household.cases.get().state == CaseState.CLOSED

    keyboard.follow("Where they have lived")
    stay = keyboard.table("Stays in temporary accommodation").get_by_role("row").nth(1)
    assert stay.get_by_role("rowheader").inner_text() == "10 March 2026"
    assert stay.get_by_role("cell").all_inner_texts() == ["20 April 2026", "10 June 2026", "41"]
    keyboard.sees("Elvebredden, Room 1", "Fjordgløtt, Room 2", "Storgata 1")
    the_journal_tells_it_all(keyboard)


def the_letters_are_there(keyboard: Keyboard) -> None:
    keyboard.follow("Decisions")
    keyboard.follow("Temporary accommodation: Granted")
    assert keyboard.download(re.compile(r"^Decision letter \(PDF")).startswith(b"%PDF")
    assert keyboard.download(re.compile(r"^Requisition \(PDF")).startswith(b"%PDF")


def move_the_next_day(keyboard: Keyboard, clock: Clock) -> None:
    """The session has ended overnight; my day knows who was placed."""
    clock.now = NEXT_DAY
    keyboard.open("/")
    keyboard.sees("Sign in")
    keyboard.sign_in("kari", PASSWORD)
    keyboard.follow(FAMILY, within=keyboard.table("Where my households sleep tonight"))
    keyboard.follow("Move to another room or provider")
    keyboard.follow("Fjordgløtt, Room 2")
    give_reasons(keyboard, "24.3.26")
    keyboard.press("Move the household")
    keyboard.sees("The household is moved.", "Fjordgløtt, Room 2", "Day 1 · limit 10 June 2026")


def come_back(keyboard: Keyboard) -> None:
    """Some days later, straight to where one was: signing in leads there."""
    keyboard.open(keyboard.reached[-1])
    keyboard.sign_in("kari", PASSWORD)


def make_the_plan(keyboard: Keyboard, clock: Clock) -> None:
    clock.now = TALK
    come_back(keyboard)
    keyboard.follow("Make the housing plan")
    keyboard.pick("Home aimed at", HomeAim.MUNICIPAL_RENTAL.label)
    keyboard.type("What the user wants", "Three rooms near the school")
    step = keyboard.page.get_by_role("group", name="Step 1")
    keyboard.type("What", "Apply for a municipal home", within=step)
    keyboard.type("Who", "Kari Sol", within=step)
    keyboard.type("When", "+7", within=step)
    keyboard.press("Make the plan")
    keyboard.sees("The housing plan is made.", "Apply for a municipal home", "27 Mar 2026")
    keyboard.follow("Tick off: Apply for a municipal home")
    keyboard.press("The step is done")


def extend_by_word_of_mouth_and_write_after(keyboard: Keyboard, clock: Clock) -> None:
    clock.now = LONGER
    come_back(keyboard)
    keyboard.follow("Situation")
    keyboard.follow("Extend the stay")
    keyboard.type("Granted until", "24.4.26")
    keyboard.pick("The decision is given", "by word of mouth, to be written down after")
    keyboard.press("Check the answers")
    keyboard.press("Extend the stay")
    keyboard.sees("The stay is extended.", "24 April 2026")
    keyboard.follow("The decision is given in writing")
    for label, text in PARTS.items():
        keyboard.type(label, text)
    keyboard.press("Check the answers")
    keyboard.press("Issue the decision")
    keyboard.sees("The decision is issued.")


def move_home(keyboard: Keyboard, clock: Clock) -> None:
    clock.now = MOVING_DAY
    come_back(keyboard)
    keyboard.follow(FAMILY, within=keyboard.page.get_by_role("region", name="The household"))
    keyboard.follow("Settle in a home")
    keyboard.pick("Kind of place", ResidenceKind.MUNICIPAL_RENTAL.label)
    keyboard.press("Go on")
    keyboard.choose("Dwelling", "Storgata 1")
    keyboard.press("Settle the household")
    keyboard.sees("The household has a home.", "Storgata 1")


def the_journal_tells_it_all(keyboard: Keyboard) -> None:
    keyboard.follow("Journal")
    done = [
        Act.REGISTERED,
        Act.CASE_OPENED,
        Act.REQUEST_OPENED,
        Act.REQUEST_ANSWERED,
        Act.RESIDENCE_STARTED,
        Act.RESIDENCE_ENDED,
        Act.DECISION_ISSUED,
        Act.PLAN_MADE,
        Act.PLAN_STEP_DONE,
        Act.RESIDENCE_EXTENDED,
        Act.DECISION_TOLD,
        Act.CASE_CLOSED,
    ]
    keyboard.sees(*(str(act.label) for act in done))
