"""From application to key: decided, before the housing meeting, offered, accepted, signed, moved in. By keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.models import (
    AgendaDecision,
    AgendaQuestion,
    ApplicationKind,
    DecisionKind,
    HousingApplication,
    HousingMeeting,
    LawChoice,
    MainReason,
    Offer,
    OfferStatus,
)
from housing.models import Residence
from people.models import Employee, Household, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_dwelling, a_guesthouse, a_household_there
from tests.factories.people import at

pytestmark = pytest.mark.walk

DAY = date(2026, 3, 10)
FIRST_NIGHT = date(2026, 2, 1)
ADDRESS = "Elvegata 4 B"


def test_an_application_becomes_a_home_and_the_stay_ends_the_same_day(sit: Sit, clock: Clock, unit: Unit) -> None:
    clock.now = at(FIRST_NIGHT)
    a_guesthouse("Elvebredden")
    kari = a_caseworker(unit)
    household = a_household_there(unit, kari, "Nora Vik", FIRST_NIGHT, date(2026, 4, 1))
    a_dwelling(unit, ADDRESS)
    _the_meeting_allots(unit, kari)

    clock.now = at(DAY)
    keyboard = sit(kari)
    apply_and_decide(keyboard, household)
    put_before_the_meeting(keyboard, household)
    decide_in_the_meeting(keyboard)
    say_yes_and_sign(keyboard, household)

    lived = Residence.objects.filter(household=household).order_by("starts_on")
    assert [(one.kind, one.starts_on, one.ends_on) for one in lived] == [
        ("temporary", FIRST_NIGHT, DAY),
        ("municipal_rental", DAY, None),
    ]
    assert Offer.objects.get().status == OfferStatus.MOVED_IN
    assert HousingApplication.objects.get().status == "housed"


def apply_and_decide(keyboard: Keyboard, household: Household) -> None:
    keyboard.open(f"/households/{household.key}/applications/new")
    keyboard.pick("What is applied for?", ApplicationKind.NEW.label)
    keyboard.pick("Main reason", MainReason.OTHER.label)
    keyboard.press("Register the application")

    keyboard.open(f"/households/{household.key}/decisions/decide")
    keyboard.pick("What is it about?", DecisionKind.DWELLING.label)
    keyboard.pick("What is decided?", "Grant")
    keyboard.press("Go on")
    keyboard.press("Begin the decision")
    _fill_what_is_empty(keyboard)
    keyboard.press("Check the answers")
    keyboard.press("Issue the decision")
    keyboard.sees("The decision is issued.")
    assert HousingApplication.objects.get().status == "granted"


def put_before_the_meeting(keyboard: Keyboard, household: Household) -> None:
    keyboard.follow("The unit")
    keyboard.follow("Housing meetings")
    keyboard.follow("Plan a meeting")
    keyboard.type("Day", "today")
    keyboard.type("Time", "14:00")
    keyboard.press("Plan the meeting")
    keyboard.sees("The meeting is planned.", "No case is on the agenda.")

    keyboard.open(f"/households/{household.key}/meeting/new")
    keyboard.pick("What the meeting is asked", AgendaQuestion.ALLOT.label)
    keyboard.type("What the meeting needs to know", "Five weeks in a guesthouse")
    keyboard.type("Proposal", "The flat by the river")
    keyboard.choose("Dwelling proposed", ADDRESS)
    keyboard.press("Put on the agenda")
    keyboard.sees("The case is on the agenda.")


def decide_in_the_meeting(keyboard: Keyboard) -> None:
    keyboard.follow("The unit")
    keyboard.follow("Housing meetings")
    keyboard.open(f"/meetings/{HousingMeeting.objects.get().pk}")
    keyboard.follow("Show on a projector")
    keyboard.sees("Case 1", ADDRESS)
    keyboard.follow("Go back")
    keyboard.follow("Begin the meeting")
    keyboard.press("Save who is here")
    keyboard.follow("Case 1")
    keyboard.pick("Decision", AgendaDecision.ALLOT.label)
    keyboard.type("What was decided, and why", "Longest in a guesthouse, and it fits")
    keyboard.press("Save the decision")
    keyboard.follow("Close the meeting")
    keyboard.press("Close the meeting")
    keyboard.sees("The meeting is closed. Offers and tasks are made.")


def say_yes_and_sign(keyboard: Keyboard, household: Household) -> None:
    keyboard.open(f"/households/{household.key}/offers")
    keyboard.follow(ADDRESS)
    keyboard.follow("They say yes")
    keyboard.press("Save the yes")
    keyboard.sees("The offer is accepted, and the dwelling is held.")
    keyboard.open(f"/households/{household.key}/leases/sign?kind=municipal_rental")
    keyboard.choose("Dwelling", ADDRESS)
    rent = keyboard.page.get_by_role("spinbutton", name="Rent a month")
    keyboard.to(rent)
    keyboard.page.keyboard.press("ControlOrMeta+a")
    keyboard.page.keyboard.type("8500")
    keyboard.press("Sign and move in")
    keyboard.sees("In a permanent home")


def _the_meeting_allots(unit: Unit, by: Employee) -> None:
    LawChoice.objects.create(
        municipality=unit.municipality,
        code="housing_meeting_power",
        value="allots",
        starts_on=DAY - timedelta(days=60),
        reason="The council",
        by=by,
        at=at(FIRST_NIGHT),
    )


def _fill_what_is_empty(keyboard: Keyboard) -> None:
    """Write in every part that the decision asks for."""
    form = keyboard.main
    for role, text in (("textbox", "As told and weighed."), ("spinbutton", "2")):
        for field in form.get_by_role(role).all():  # type: ignore[arg-type]
            if not field.input_value():
                keyboard.to(field)
                keyboard.page.keyboard.type(text)
