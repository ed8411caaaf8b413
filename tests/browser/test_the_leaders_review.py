"""The leader's round of the unit: the long stays, the month, the overview, the figures and the weekend. By keyboard."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cases.actions.residences import Destination, leave
from cases.models import BreachReason
from housing.models import Lease, Residence, ResidenceKind
from people.models import Employee, GrantKind, Protection, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there, a_leader
from tests.factories.people import at

pytestmark = pytest.mark.walk

THURSDAY = date(2026, 3, 12)
PRICE = 900
#: Over three months too, in the municipality's figures, and on no list of a leader who is not cleared.
SHIELDED = "Anne Skjold"
#: How a number is read out that leads to its list. The browser reads this pattern too, so no names in it.
FIGURE = re.compile(r"^([\d\s]+)( kr)?: .+$")
LONG_STAYS = "How many households stayed more than three months in temporary accommodation?"
MOST_CLICKS = 2


@pytest.fixture
def town(unit: Unit, clock: Clock) -> Unit:
    """Two over three months and one more whose address is hidden, one near it, and some coming and going."""
    clock.now = at(THURSDAY)
    a_guesthouse("Elvebredden", rooms=8, price=PRICE)
    by = a_caseworker(unit)
    a_household_there(unit, by, "Ola Eik", date(2025, 11, 20), date(2026, 2, 15))
    a_household_there(unit, by, "Siri Lund", date(2025, 12, 1), date(2026, 2, 25), children=2)
    a_household_there(unit, by, SHIELDED, date(2025, 11, 10), date(2026, 2, 1), protection=Protection.CONFIDENTIAL)
    a_household_there(unit, by, "Jon Moe", date(2025, 12, 20), date(2026, 3, 14))
    a_household_there(unit, by, "Mina Vang", date(2026, 1, 5), date(2026, 4, 1), born_on=date(2004, 6, 1))
    a_household_there(unit, by, "Per Hei", date(2026, 3, 3), date(2026, 3, 20), children=1)
    _left_to_a_short_lease(unit, by)
    return unit


def _left_to_a_short_lease(unit: Unit, by: Employee) -> None:
    household = a_household_there(unit, by, "Lise Dal", date(2026, 2, 1), date(2026, 3, 10))
    day = date(2026, 3, 5)
    home = Destination(
        kind=ResidenceKind.PRIVATE_RENTAL,
        lease=Lease.ORDINARY,
        lease_ends_on=date(2027, 3, 5),
        lease_reason="The owner moves back in",
    )
    leave(household_id=household.pk, on=day, to=home, by=by, at=at(day))


def test_a_leader_reviews_the_long_stays_signs_the_month_and_opens_every_figure(
    sit: Sit, clock: Clock, town: Unit
) -> None:
    keyboard = sit(a_leader(town))

    keyboard.reached = []
    keyboard.follow("Three months")
    assert len(keyboard.reached) <= MOST_CLICKS
    review_one_on_one_page(keyboard)
    sign_the_month(keyboard)
    open_every_number_of_the_overview(keyboard)
    open_a_figure(keyboard)
    extend_before_the_weekend(keyboard)


def review_one_on_one_page(keyboard: Keyboard) -> None:
    over = keyboard.page.get_by_role("region", name="Over three months")
    assert over.get_by_role("heading").inner_text() == "Over three months: 2"
    names = over.get_by_role("rowheader").all_inner_texts()
    assert [name.split(" family")[0] for name in names] == ["Siri Lund", "Ola Eik"]
    assert SHIELDED not in keyboard.main.inner_text()

    keyboard.reached = []
    keyboard.follow("Review Siri Lund")
    keyboard.pick("Why is the stay long?", BreachReason.NO_DWELLING.label)
    keyboard.type("What is to be done", "The housing office buys three rooms in Storgata")
    keyboard.type("By when", "+14")
    keyboard.press("Save the review")
    assert len(keyboard.reached) == 2, "the page of the review, and the list again"
    keyboard.sees("The review is saved.", "No dwelling of the size: The housing office buys three rooms", "26 Mar 2026")


def sign_the_month(keyboard: Keyboard) -> None:
    keyboard.follow("Sign the month")
    keyboard.type("Note", "Gone through with the housing office")
    keyboard.press("Sign the month")
    keyboard.sees("The month is signed.", "March 2026: signed by Liv Berg", "with 2 over, 1 near, 2 without a measure")


def open_every_number_of_the_overview(keyboard: Keyboard) -> None:
    keyboard.follow("Overview")
    links = keyboard.main.get_by_role("link", name=FIGURE).all()
    names = [str(link.get_attribute("aria-label")) for link in links]
    assert len(names) == len(set(names)) == 18
    for name in names:
        keyboard.follow(name)
        if ":" not in keyboard.heading():  # the requests' own list, which its tests count
            keyboard.back()
            continue
        number, total = number_in(name), int(keyboard.heading().rpartition(":")[2])
        assert listed(keyboard) == total, name
        if "Kroner" in name:
            assert number == PRICE * total
        elif "Children" in name:
            assert number == sum(column(keyboard, "Children"))
        else:
            assert number == total, name
        keyboard.back()


def open_a_figure(keyboard: Keyboard) -> None:
    """The municipality's figure counts everybody, its list those whom the leader may see."""
    keyboard.follow("Figures")
    keyboard.follow("All indicators")
    keyboard.follow(LONG_STAYS)
    keyboard.unfold("Show as a table")
    keyboard.follow(f"3: {LONG_STAYS}")
    keyboard.sees("2 households.")
    assert listed(keyboard) == 2
    assert SHIELDED not in keyboard.main.inner_text()


def extend_before_the_weekend(keyboard: Keyboard) -> None:
    """Families first; both get the same reason, and the same for opening a colleague's cases."""
    keyboard.follow("The unit")
    keyboard.follow("Before the weekend")
    names = keyboard.table("Ends before Monday").get_by_role("rowheader").all_inner_texts()
    assert [name.split(" family")[0] for name in names] == ["Siri Lund", "Ola Eik", "Jon Moe"]
    keyboard.tick("Extend Siri Lund")
    keyboard.tick("Extend Ola Eik")
    keyboard.press("Extend the ticked stays")
    keyboard.is_told("New end must be filled in.")
    assert keyboard.page.get_by_role("checkbox", checked=True).count() == 2, "what was ticked is still ticked"
    keyboard.type("New end", "+14")
    keyboard.pick("Why do you open the cases that are not yours?", GrantKind.SUBSTITUTE.label)
    keyboard.type("Reason for letting them stay", "No home is ready")
    keyboard.press("Extend the ticked stays")
    keyboard.sees("Extended to 26 March 2026: Ola Eik, Siri Lund.")
    until = Residence.objects.filter(planned_end=date(2026, 3, 26)).values_list("household__members__person__name")
    assert {name for (name,) in until} >= {"Siri Lund", "Ola Eik"}


def number_in(name: str) -> int:
    found = FIGURE.match(name)
    assert found
    return int(re.sub(r"\s", "", found[1]))


def listed(keyboard: Keyboard) -> int:
    """Households on the list."""
    return keyboard.main.get_by_role("rowheader").count()


def column(keyboard: Keyboard, head: str) -> list[int]:
    """The numbers under a head of the page's table."""
    heads = keyboard.main.get_by_role("columnheader").all_inner_texts()
    rows = keyboard.main.get_by_role("row").filter(has=keyboard.page.get_by_role("rowheader")).all()
    cells = [row.get_by_role("cell").nth(heads.index(head) - 1).inner_text() for row in rows]
    return [int(cell) for cell in cells]
