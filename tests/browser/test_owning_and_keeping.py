"""Rent-to-own from lease to ownership, and an eviction averted, by keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.lease_terms import Terms
from cases.actions.leases import sign_lease
from cases.actions.registration import register_household
from cases.models import (
    ContactWay,
    EvictionBecause,
    EvictionCase,
    EvictionMeasureKind,
    EvictionNoticeFrom,
    MeasureResult,
    OwningPaymentKind,
    OwningWay,
    PotentialCriterion,
    PurchaseStep,
)
from housing.models import Dwelling, Lease, Residence, ResidenceKind
from people.actions.persons import NewMember
from people.models import Employee, Household, MemberRole, Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.keyboard import Keyboard
from tests.browser.town import a_caseworker, a_dwelling
from tests.factories.people import at

pytestmark = pytest.mark.walk

DAY = date(2026, 3, 10)
MOVED_IN = date(2026, 2, 1)
ADDRESS = "Elvegata 4 B"


def test_rent_to_own_goes_from_lease_to_ownership(sit: Sit, clock: Clock, unit: Unit) -> None:
    clock.now = at(MOVED_IN)
    kari = a_caseworker(unit)
    household = a_tenant(unit, kari, a_dwelling(unit, ADDRESS))

    clock.now = at(DAY)
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/")
    keyboard.follow("From renting to owning")
    agree(keyboard)
    save_and_look(keyboard)
    buy(keyboard)

    lived = Residence.objects.filter(household=household).order_by("starts_on")
    assert [(one.kind, one.starts_on, one.ends_on) for one in lived] == [
        ("municipal_rental", MOVED_IN, DAY),
        ("owned", DAY, None),
    ]
    assert Dwelling.objects.get().disposed_on == DAY


def test_an_eviction_is_averted(sit: Sit, clock: Clock, unit: Unit) -> None:
    clock.now = at(MOVED_IN)
    kari = a_caseworker(unit)
    household = a_tenant(unit, kari, a_dwelling(unit, ADDRESS))

    clock.now = at(DAY)
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/")
    keyboard.follow("Evictions")
    keyboard.follow("Register an eviction")
    keyboard.pick("Who told us", EvictionNoticeFrom.LANDLORD.label)
    keyboard.pick("Why", EvictionBecause.RENT_UNPAID.label)
    keyboard.type("Petition for eviction", "today")
    keyboard.type("Day set for the eviction", "+21")
    keyboard.press("Register")
    keyboard.sees("the home is at risk from that day")

    keyboard.follow("The unit")
    keyboard.follow("Evictions to avert")
    keyboard.sees("Nothing is done yet")
    keyboard.follow("Own control")
    keyboard.follow("Nora Vik")
    keyboard.follow("Note a try to reach them")
    keyboard.pick("How", ContactWay.HOME_VISIT.label)
    keyboard.pick("Did you reach them?", "Yes")
    keyboard.press("Save")
    keyboard.follow("Do something against it")
    keyboard.pick("What is done", EvictionMeasureKind.PAYMENT_PLAN.label)
    number(keyboard, "Kroner", "2000")
    keyboard.press("Save")
    keyboard.follow("Tell what came of it Payment plan")
    keyboard.pick("What came of it", MeasureResult.HELD.label)
    keyboard.press("Save")
    keyboard.follow("Averted: they stay")
    keyboard.type("How it was averted", "A payment plan, and the landlord took the petition back")
    keyboard.press("Averted: they stay")
    keyboard.sees("Averted. The home is no longer at risk.")

    keyboard.open(f"/households/{household.key}/")
    keyboard.sees("In a permanent home")
    assert EvictionCase.objects.get().status == "averted"


def a_tenant(unit: Unit, by: Employee, dwelling: Dwelling) -> Household:
    """Registered without a roof, and moved into a dwelling of ours the same day."""
    moment = at(MOVED_IN)
    household = register_household(
        unit_id=unit.pk,
        members=[NewMember(role=MemberRole.APPLICANT, name="Nora Vik", born_on=date(1988, 4, 12))],
        opened_on=MOVED_IN,
        situation=ResidenceKind.ROUGH,
        accepted_warnings=True,
        by=by,
        at=moment,
    )
    terms = Terms(lease=Lease.ORDINARY, signed_on=MOVED_IN, rent_a_month=8_500)
    sign_lease(household_id=household.pk, dwelling_id=dwelling.pk, moves_in_on=MOVED_IN, terms=terms, by=by, at=moment)
    return household


def agree(keyboard: Keyboard) -> None:
    keyboard.follow("Agree on the way to owning")
    keyboard.pick("Which way", OwningWay.RENT_TO_OWN.label)
    keyboard.choose("The home they rent", ResidenceKind.MUNICIPAL_RENTAL.label)
    number(keyboard, "Price agreed, in kroner", "2100000")
    keyboard.type("Last day to buy at that price", "10.3.2031")
    number(keyboard, "Years", "5")
    number(keyboard, "To have saved before the purchase", "120000")
    keyboard.press("Save the agreement")
    keyboard.sees("The agreement is saved.")


def save_and_look(keyboard: Keyboard) -> None:
    keyboard.follow("Savings or rent of a month")
    keyboard.pick("What", OwningPaymentKind.SAVED.label)
    number(keyboard, "Kroner", "120000")
    keyboard.press("Save")
    keyboard.follow("Look at their chance to buy")
    for criterion in PotentialCriterion:
        keyboard.pick(str(criterion.label), "2: in place")
        keyboard.type(f"Why: {criterion.label}", "Seen over a year")
    keyboard.press("Save")
    keyboard.sees("14 of 14 points")
    keyboard.follow("A step to the purchase")
    keyboard.pick("Step", PurchaseStep.LOAN_GRANTED.label)
    keyboard.press("Taken")
    keyboard.follow("They are ready to buy")
    keyboard.press("Ready to buy")


def buy(keyboard: Keyboard) -> None:
    keyboard.follow("They buy")
    keyboard.pick("What they buy", "The home they rent")
    keyboard.press("Register the purchase")
    keyboard.sees("say that they leave the tenancy the same day")
    keyboard.tick("They leave the tenancy the same day")
    keyboard.press("Register the purchase")
    keyboard.sees("They own their home, and the tenancy has ended.")
    keyboard.follow("A talk after the purchase")
    keyboard.pick("Do they pay as agreed?", "Yes")
    keyboard.press("Save")
    keyboard.sees("The talk is saved.")


def number(keyboard: Keyboard, label: str, text: str) -> None:
    field = keyboard.main.get_by_role("spinbutton", name=label)
    keyboard.to(field)
    keyboard.page.keyboard.press("ControlOrMeta+a")
    keyboard.page.keyboard.type(text)
