"""Decision, letter, appeal, forwarded: by keyboard only."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cases.models import Appeal, AppealStatus, Channel, DecisionStatus, NoticeWay
from people.models import Unit
from tests.browser.conftest import Clock, Sit
from tests.browser.town import a_caseworker, a_guesthouse, a_household_there
from tests.factories.appeals import RefusalFactory
from tests.factories.people import at

pytestmark = pytest.mark.walk

DECIDED, TOLD, APPEALED = at(date(2026, 3, 10)), at(date(2026, 3, 12)), at(date(2026, 3, 24))


def test_a_decision_is_told_appealed_and_forwarded(sit: Sit, clock: Clock, unit: Unit) -> None:
    a_guesthouse("Elvebredden")
    kari = a_caseworker(unit)
    household = a_household_there(unit, kari, "Nora Vik", date(2026, 3, 10), date(2026, 3, 31))
    decision = RefusalFactory.create(household=household, unit=unit, issued_at=DECIDED, drafted_by=kari, issued_by=kari)

    clock.now = TOLD
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/decisions/{decision.pk}")
    keyboard.sees("Not told yet")
    keyboard.follow("Register the notice")
    keyboard.pick("How", NoticeWay.HANDED_OVER.label)
    keyboard.type("Reached them", "today")
    keyboard.press("Register the notice")
    keyboard.sees("The notice is registered.", "to 7 April 2026")
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.NOTIFIED

    clock.now = APPEALED
    keyboard = sit(kari)
    keyboard.open(f"/households/{household.key}/decisions/{decision.pk}")
    keyboard.follow("The decision is appealed")
    keyboard.sees("The municipality's own appeals board")
    keyboard.pick("Who appeals", "Nora Vik")
    keyboard.choose("How it came", Channel.COUNTER.label)
    keyboard.type("What is appealed, and what they want", "The refusal. They want a dwelling.")
    keyboard.type("Grounds", "The guesthouse is no place for a child.")
    keyboard.press("Register the appeal")
    keyboard.follow("24 March 2026")
    keyboard.follow("Tell them that it has come")
    keyboard.press("Send the letter")
    keyboard.follow("Take the appeal up")
    keyboard.press("Take it up")
    keyboard.follow("Write our assessment")
    keyboard.type("Our assessment of ground 1", "We have looked at the place again.")
    keyboard.type("Conclusion", "The refusal stands.")
    keyboard.press("Save the assessment")
    keyboard.follow("Forward the appeal")
    keyboard.sees("We have looked at the place again.")
    keyboard.press("Forward the appeal")
    keyboard.sees("The appeal is forwarded, and the appellant is told.", "Documents that went with it")
    assert keyboard.download(re.compile(r"^Statement to the body of appeal \(PDF")).startswith(b"%PDF")
    assert Appeal.objects.get().status == AppealStatus.FORWARDED
