"""From a figure to a household's nights, and from them to the decisions that they rest on."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from housing.actions.spells import refresh
from housing.models import ResidenceKind
from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.exports import list_behind
from kpi.measurement import Period, Question
from kpi.questions.households import all_households_behind
from people.models import Household, Role, Unit
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, UnitFactory, employee_with, reporter, team_leader
from tests.web.unit_life import shielded, stay, then

FIRST = date(2026, 1, 1)
#: Ten weeks of which the stay's first lie before.
ASKED = {"period": "own", "first_day": "1.1.2026", "last_day": "10.3.2026"}


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(client: Client, unit: Unit) -> Client:
    client.force_login(team_leader(unit))
    return client


def a_stay(unit: Unit) -> Household:
    """From 20 December, home on 20 February; decisions on the nights from 1 January to 9 February."""
    household = stay(unit, date(2025, 12, 20), date(2026, 2, 20), name="Got Home")
    then(household, ResidenceKind.MUNICIPAL_RENTAL, date(2026, 2, 20), lease="ordinary")
    for starts_on, ends_on in ((date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), date(2026, 2, 10))):
        DecisionFactory.create(household=household, unit=unit, is_oral=True, starts_on=starts_on, ends_on=ends_on)
    return household


def at(code: str, household: Household) -> str:
    return reverse("kpi:household_behind", args=[code, household.key])


@pytest.mark.django_db
def test_the_nights_that_count_are_told_with_the_decision_of_each(leader: Client, unit: Unit) -> None:
    household = a_stay(unit)
    behind = leader.get(reverse("kpi:behind", args=["nights"]), ASKED)
    assert at("nights", household) in behind.content.decode()
    found = leader.get(at("nights", household), ASKED).context["found"]
    told = [(one.starts_on, one.nights, one.counted, bool(one.decision)) for one in found.nights]
    assert told == [
        (date(2025, 12, 20), 12, 0, False),
        (date(2026, 1, 1), 31, 31, True),
        (date(2026, 2, 1), 9, 9, True),
        (date(2026, 2, 10), 10, 10, False),
        (date(2026, 2, 20), 19, 0, False),
    ]
    assert found.amount == found.counted == 50
    assert found.undecided == 22
    assert [(stay.limit_on, stay.nights, stay.is_over) for stay in found.stays] == [(date(2026, 3, 20), 50, False)]


@pytest.mark.django_db
def test_every_figure_leads_to_the_nights_of_a_household(leader: Client, unit: Unit) -> None:
    household = a_stay(unit)
    for indicator in CATALOGUE:
        url = reverse("kpi:household_behind", args=[indicator.code, household.key])
        page = leader.get(url, ASKED)
        rows = leader.get(reverse("kpi:behind", args=[indicator.code]), ASKED).context["listed"].page.rows
        amounts = [row.amount for row in rows if not indicator.side(is_population=False)[0].is_of_dwellings]
        assert ([] if page.context["found"].amount is None else [page.context["found"].amount]) == amounts


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR])
def test_who_may_not_read_the_case_is_told_nothing_of_it(client: Client, unit: Unit, role: Role) -> None:
    household = a_stay(unit)
    client.force_login(reporter(unit) if role is Role.REPORTER else employee_with(role, unit))
    assert client.get(at("nights", household), ASKED).status_code in (403, 404)


@pytest.mark.django_db
def test_a_shielded_household_and_one_of_elsewhere_are_not_found(leader: Client, unit: Unit) -> None:
    for household in (shielded(unit, date(2026, 1, 1)), a_stay(UnitFactory.create())):
        assert leader.get(at("nights", household), ASKED).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_list_as_it_was_known_has_beside_each_what_is_known_now(
    client: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = a_stay(unit), stay(unit, date(2026, 1, 1), date(2026, 1, 11))
    moment = datetime.now(timezone.get_current_timezone())
    kept.residences.filter(kind=ResidenceKind.TEMPORARY).update(starts_on=date(2026, 2, 1))
    gone.residences.all().delete()
    kept.decisions.update(ends_on=date(2026, 2, 20))
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(timezone.get_current_timezone()))
    refresh([kept.pk, gone.pk])
    client.force_login(team_leader(unit))
    asked = {**ASKED, "known_at": moment.isoformat()}
    rows = client.get(reverse("kpi:behind", args=["nights"]), asked).context["listed"].page.rows
    amounts = {row.household_id: (row.amount, row.amount_now) for row in rows}
    assert amounts == {kept.pk: (50, 19), gone.pk: (10, None)}
    found = client.get(at("nights", kept), asked).context["found"]
    assert (found.counted, found.undecided) == (50, 22)
    with translation.override("en"):
        assert _of_the_file(unit, moment) == {50: 19, 10: "not counted"}


def _of_the_file(unit: Unit, moment: datetime) -> dict[object, object]:
    """Each amount in the file of the list, and what it is known as now."""
    question, period = Question(municipality=unit.municipality_id, known_at=moment), Period(FIRST, date(2026, 3, 11))
    leader, one = team_leader(unit), BY_CODE["nights"]
    rows = all_households_behind(one, question, period, leader, is_population=False, at=timezone.now())
    file = list_behind(one, rows, amount_label="Nights", is_as_known=True)
    [sheet] = openpyxl.load_workbook(BytesIO(file.content)).worksheets
    heads, *told = sheet.iter_rows(values_only=True)
    assert heads[4:6] == ("Nights", "As known now")
    return {row[4]: row[5] for row in told}
