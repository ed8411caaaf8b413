"""What more than one browser test does: registering a family, and saying why it is placed."""

from __future__ import annotations

from datetime import date

from cases.models import LostHomeReason
from housing.models import ResidenceKind
from tests.browser.keyboard import Keyboard
from tests.browser.town import synthetic_id

FAMILY = "Nora Vik"
PARTS = {
    "Facts": "The lease ended today and the family has nowhere to sleep.",
    "Main considerations": "Two rooms with a kitchen near the school.",
    "Reason for the start date": "They have no place tonight.",
    "The best interest of Alf Vik": "Keeps his school.",
    "The best interest of Eva Vik": "Sleeps with her brother and her mother.",
    "What the user thinks": "Wants to stay near the school.",
}


def register(keyboard: Keyboard) -> None:
    """A mother with two children who have nowhere to sleep."""
    keyboard.follow("Register a household")
    applicant = keyboard.page.get_by_role("group", name="The applicant")
    keyboard.type("National id", synthetic_id(date(1988, 4, 12)), within=applicant)
    keyboard.type("Name", FAMILY, within=applicant)
    for number, (name, born_on) in enumerate([("Alf Vik", date(2015, 9, 3)), ("Eva Vik", date(2019, 1, 30))], start=1):
        keyboard.press("Add a child or another member")
        child = keyboard.page.get_by_role("group", name=f"Household member {number}")
        keyboard.type("National id", synthetic_id(born_on), within=child)
        keyboard.type("Name", name, within=child)
    keyboard.press("Go on")
    keyboard.pick("Where do they sleep tonight if nothing is done?", ResidenceKind.ROUGH.label)
    keyboard.choose("Reason for the lost home", LostHomeReason.LEASE_ENDED.label)
    keyboard.press("Go on")
    keyboard.type("What was asked for", "A place for the night for three")
    keyboard.press("Register the household")


def give_reasons(keyboard: Keyboard, until: str) -> None:
    keyboard.type("Granted until", until)
    for label, text in PARTS.items():
        keyboard.type(label, text)
    keyboard.press("Check the answers")
