"""The indicators, their trend, and that each figure is its list of households."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from housing.models import ResidenceKind
from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.declaring import Count, Rule
from kpi.measurement import Period, Question, contributions, measure
from kpi.periods import Span, months_up_to, span_of
from people.access import shielded_households
from people.decision import Purpose
from people.models import Household, Municipality, Protection, Reading, Role, Showing, Unit
from tests.factories.housing import ProviderFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    DisqualificationFactory,
    EmployeeFactory,
    UnitFactory,
    caseworker,
    employee_with,
    reporter,
    team_leader,
)
from tests.factories.rights import SealFactory
from tests.web.pages import send
from tests.web.unit_life import shielded, stay, then

NEW_YEAR, OVER, SHORT = date(2026, 1, 1), date(2025, 11, 1), date(2026, 2, 1)
#: The first half of 2025 and all that came after it is in it.
LONG_PERIOD = {"period": "own", "first_day": "1.1.2025", "last_day": "10.3.2026"}


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


@pytest.fixture
def outsider(client: Client, unit: Unit) -> Client:
    """A reporter: sees figures and no names."""
    client.force_login(reporter(unit))
    return client


def many_lives(unit: Unit) -> None:
    """Over and under three months, a family, a return, homes found, and somebody shielded."""
    stay(unit, OVER)
    stay(unit, OVER, has_child=True)
    stay(unit, SHORT, has_child=True)
    home = stay(unit, SHORT, date(2026, 3, 1))
    then(home, ResidenceKind.MUNICIPAL_RENTAL, date(2026, 3, 1), lease="ordinary")
    left = stay(unit, OVER, SHORT)
    then(left, ResidenceKind.FRIENDS, SHORT)
    back = stay(unit, date(2025, 2, 1), date(2025, 3, 1))
    then(back, ResidenceKind.OWNED, date(2025, 3, 1), ends_on=date(2025, 6, 1))
    then(back, ResidenceKind.TEMPORARY, date(2025, 6, 1), is_placed=True, ends_on=date(2025, 7, 1))
    then(back, ResidenceKind.NIGHT_SHELTER, date(2025, 7, 1), provider=ProviderFactory.create(kind="night_shelter"))
    shielded(unit, OVER)


@pytest.mark.parametrize(
    ("span", "starts_on", "ends_on"),
    [
        (Span.THIS_YEAR, NEW_YEAR, DAY + timedelta(days=1)),
        (Span.LAST_YEAR, date(2025, 1, 1), NEW_YEAR),
        (Span.TWELVE_MONTHS, date(2025, 3, 11), DAY + timedelta(days=1)),
    ],
)
def test_a_period_under_way_ends_tomorrow(span: Span, starts_on: date, ends_on: date) -> None:
    assert span_of(span, DAY) == (starts_on, ends_on)


def test_a_trend_has_twelve_months_of_which_the_last_ends_with_the_period() -> None:
    months = months_up_to(date(2026, 3, 11))
    assert len(months) == 12
    assert months[0] == (date(2025, 4, 1), date(2025, 5, 1))
    assert months[-1] == (date(2026, 3, 1), date(2026, 3, 11))
    assert months_up_to(NEW_YEAR)[-1] == (date(2025, 12, 1), NEW_YEAR)


@pytest.mark.django_db
def test_every_indicator_stands_on_the_page_with_value_target_and_baseline(leader: Client, unit: Unit) -> None:
    many_lives(unit)
    page = leader.get(reverse("kpi:indicators"))
    assert page.status_code == 200
    shown = {row.indicator.code: row.figure for _goal, rows in page.context["goals"] for row in rows}
    assert sorted(shown) == sorted(indicator.code for indicator in CATALOGUE)
    assert (shown["2.2"].value, shown["2.s2"].value) == (3, 6)
    text = page.content.decode()
    for indicator in CATALOGUE:
        assert reverse("kpi:indicator", args=[indicator.code]) in text
        is_known = shown[indicator.code].value is not None
        assert (reverse("kpi:behind", args=[indicator.code]) in text) == is_known
    assert "(2014)" in text


@pytest.mark.django_db
@pytest.mark.parametrize("rule", list(Rule))
def test_every_figure_is_the_length_of_its_list(rule: Rule, leader: Client, unit: Unit) -> None:
    many_lives(unit)
    for code in BY_CODE:
        _is_the_length_of_its_list(code, rule, leader, unit)


def _is_the_length_of_its_list(code: str, rule: Rule, leader: Client, unit: Unit) -> None:
    indicator, asked = BY_CODE[code], {**LONG_PERIOD, "rule": rule.value}
    counted = leader.get(reverse("kpi:behind", args=[code]), asked)
    everyone = leader.get(reverse("kpi:behind", args=[code]), {**asked, "of": "population"})
    figure = counted.context["shown"].figure
    for side, page in ((indicator.numerator, counted), (indicator.denominator, everyone)):
        if side is not None:
            amounts = sum(row.amount for row in page.context["listed"].page.rows)
            number = figure.numerator if side is indicator.numerator else figure.denominator
            if indicator.code == "time_home":
                amounts = len(page.context["listed"].page.rows)
            assert amounts + hidden_amounts(indicator.code, rule, unit, side is indicator.denominator) == number, code


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(BY_CODE))
def test_contributions_add_up_to_the_figure(code: str, unit: Unit) -> None:
    many_lives(unit)
    indicator, period = BY_CODE[code], Period(date(2025, 1, 1), DAY + timedelta(days=1))
    question = Question(municipality=unit.municipality_id)
    [figure] = measure(question, [period], [indicator])
    counted = contributions(question, period, indicator)
    if indicator.numerator is None:
        assert len(counted) == figure.denominator
    else:
        assert sum(one.amount for one in counted) == figure.numerator
    if isinstance(indicator.denominator, Count) and indicator.numerator is not None:
        everyone = contributions(question, period, indicator, is_population=True)
        assert sum(one.amount for one in everyone) == figure.denominator


@pytest.mark.django_db
def test_a_unit_counts_its_own_and_the_municipality_all(leader: Client, unit: Unit) -> None:
    stay(unit, OVER)
    stay(UnitFactory.create(), OVER)
    url = reverse("kpi:indicator", args=["2.2"])
    assert leader.get(url).context["shown"].figure.value == 2
    assert leader.get(url, {"place": f"u{unit.pk}"}).context["shown"].figure.value == 1


@pytest.mark.django_db
def test_an_indicator_s_page_says_how_it_is_counted_and_draws_twelve_months(leader: Client, unit: Unit) -> None:
    stay(unit, OVER)
    page = leader.get(reverse("kpi:indicator", args=["2.2"]))
    assert len(page.context["chart"].rows) == 12
    assert [value for _month, value in page.context["chart"].rows][-3:] == [0, 1, 1]
    text = page.content.decode()
    assert str(BY_CODE["2.2"].definition) in text
    assert str(BY_CODE["2.2"].population_text) in text
    assert "<svg" in text


@pytest.mark.django_db
def test_somebody_who_may_see_the_household_gets_its_name_and_a_reporter_its_case(leader: Client, unit: Unit) -> None:
    household = stay(unit, OVER, name="Ingrid Nordmann", has_child=True)
    AssignmentFactory.create(household=household, employee=EmployeeFactory.create(name="Kari Saksbehandler"))
    url = reverse("kpi:behind", args=["2.2"])
    named = leader.get(url).content.decode()
    assert "Ingrid Nordmann" in named
    assert str(household.key) in named
    leader.force_login(reporter(unit))
    unnamed = leader.get(url).content.decode()
    assert "Ingrid Nordmann" not in unnamed
    assert str(household.key) not in unnamed
    assert reverse("kpi:ask_for_correction", args=[household.ref]) in unnamed
    assert household.ref[:8] in unnamed
    assert "Kari Saksbehandler" in unnamed


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.REPORTER, Role.AUDITOR])
def test_the_shielded_are_counted_and_never_listed(role: Role, client: Client, unit: Unit) -> None:
    hidden, shown = shielded(unit, OVER), stay(unit, OVER)
    client.force_login(employee_with(role, unit))
    page = client.get(reverse("kpi:behind", args=["2.2"]))
    listed = page.context["listed"]
    is_listing = role != Role.AUDITOR
    assert (listed.hidden, len(listed.page.rows)) == (None, 1 if is_listing else 0)
    text = page.content.decode()
    assert hidden.ref[:8] not in text
    assert str(hidden.key) not in text
    assert (shown.ref[:8] in text or str(shown.key) in text) == is_listing
    whole = client.get(reverse("kpi:behind", args=["2.s2"])).context["listed"]
    assert whole.page.total + whole.hidden == 2
    of_unit = client.get(reverse("kpi:behind", args=["2.s2"]), {"place": f"u{unit.pk}"}).context["listed"]
    assert of_unit.hidden is None


@pytest.mark.django_db
def test_a_shielded_household_s_own_caseworker_sees_it(client: Client, unit: Unit) -> None:
    hidden = shielded(unit, OVER)
    own = caseworker(unit)
    AssignmentFactory.create(household=hidden, employee=own)
    client.force_login(own)
    page = client.get(reverse("kpi:behind", args=["2.2"]))
    assert page.context["listed"].page.total == 1
    assert str(hidden.key) in page.content.decode()


@pytest.mark.django_db
def test_the_strictly_confidential_count_in_the_municipality_s_calendar_year_alone(leader: Client, unit: Unit) -> None:
    stay(unit, OVER)
    shielded(unit, OVER, Protection.STRICTLY_CONFIDENTIAL)
    url = reverse("kpi:indicator", args=["2.s2"])

    def counted(**asked: str) -> object:
        return leader.get(url, asked).context["shown"].figure.value

    assert counted(period="last_year") == 2
    assert counted() == counted(period="twelve_months") == counted(**LONG_PERIOD) == 1
    # a year and a day: with the year beside it, it would tell of the day
    assert counted(period="own", first_day="1.1.2025", last_day="1.1.2026") == 1
    assert counted(period="last_year", place=f"u{unit.pk}") == 1
    listed = leader.get(reverse("kpi:behind", args=["2.s2"]), {"period": "last_year"}).context["listed"]
    assert (listed.page.total, listed.hidden) == (1, 0)


@pytest.mark.django_db
def test_a_sealed_household_and_one_of_the_reporter_s_own_are_counted_and_not_listed(
    client: Client, unit: Unit
) -> None:
    sealed, own, shown = stay(unit, OVER), stay(unit, OVER), stay(unit, OVER)
    who = reporter(unit)
    SealFactory.create(household=sealed)
    DisqualificationFactory.create(employee=who, person=own.members.get().person)
    client.force_login(who)

    listed = client.get(reverse("kpi:behind", args=["2.s2"])).context["listed"]

    assert [row.household_id for row in listed.page.rows] == [shown.pk]
    assert listed.hidden == 2
    for household in (sealed, own):
        assert client.get(reverse("kpi:ask_for_correction", args=[household.ref])).status_code == 404


@pytest.mark.django_db
def test_a_reporter_asks_the_unit_for_a_correction_without_opening_the_case(client: Client, unit: Unit) -> None:
    household, hidden = stay(unit, OVER, name="Ingrid Nordmann"), shielded(unit, OVER)
    owner = AssignmentFactory.create(household=household).employee
    client.force_login(reporter(unit))
    url = reverse("kpi:ask_for_correction", args=[household.ref])
    assert "Ingrid" not in client.get(url).content.decode()

    send(client, url, {"words": "The first night seems to be the 2nd"})

    task = household.tasks.get()
    assert (task.about, task.employee) == ("The first night seems to be the 2nd", owner)
    assert client.get(reverse("kpi:ask_for_correction", args=[hidden.ref])).status_code == 404
    assert not send(client, url, {"words": " "}).context["form"].is_valid()


@pytest.mark.django_db
def test_the_cases_without_a_name_that_a_reporter_sees_are_in_the_read_log(outsider: Client, unit: Unit) -> None:
    household = stay(unit, OVER)

    outsider.get(reverse("kpi:behind", args=["2.2"]))
    outsider.get(reverse("kpi:ask_for_correction", args=[household.ref]))

    lines = Reading.objects.filter(household_id=household.pk).order_by("pk").values_list("route", "what", "purpose")
    assert list(lines) == [
        ("kpi:behind", Showing.LIST, Purpose.FIGURES),
        ("kpi:ask_for_correction", Showing.LIST, Purpose.FIGURES),
    ]


@pytest.mark.django_db
def test_only_a_reporter_of_the_municipality_asks_for_corrections(client: Client, unit: Unit) -> None:
    url = reverse("kpi:ask_for_correction", args=[stay(unit, OVER).ref])
    client.force_login(team_leader(unit))
    assert client.get(url).status_code == 403
    client.force_login(reporter(UnitFactory.create(municipality=Municipality.objects.get(number="0301"))))
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_own_dates_must_be_dates_in_order_and_not_to_come(outsider: Client) -> None:
    url = reverse("kpi:indicators")
    asked = {"period": "own", "first_day": "1.3.2026", "last_day": "1.2.2026"}
    page = outsider.get(url, asked)
    assert page.status_code == 200
    assert page.context["form"].errors["last_day"]
    assert page.context["period"] == Period(NEW_YEAR, DAY + timedelta(days=1))
    assert outsider.get(url, {**asked, "last_day": "11.3.2026"}).context["form"].errors["last_day"]
    assert outsider.get(url, {"period": "own"}).context["form"].errors.keys() == {"first_day", "last_day"}
    assert outsider.get(url, {**asked, "last_day": "x"}).context["form"].errors["last_day"]
    assert outsider.get(url, {"period": "never", "rule": "mine"}).context["form"].errors.keys() == {"period", "rule"}
    good = outsider.get(url, {**asked, "last_day": "10.3.2026"})
    assert good.context["period"] == Period(date(2026, 3, 1), DAY + timedelta(days=1))
    assert not good.context["form"].errors


@pytest.mark.django_db
def test_another_place_and_an_unknown_indicator_do_not_exist(outsider: Client, unit: Unit) -> None:
    other = UnitFactory.create()
    assert outsider.get(reverse("kpi:indicators"), {"place": f"u{other.pk}"}).status_code == 404
    assert outsider.get(reverse("kpi:indicators"), {"place": "0301"}).status_code == 404
    assert outsider.get(reverse("kpi:indicator", args=["9.9"])).status_code == 404
    assert outsider.get(reverse("kpi:behind", args=["9.9"])).status_code == 404


@pytest.mark.django_db
def test_operations_sees_no_figures(client: Client, unit: Unit) -> None:
    client.force_login(employee_with(Role.OPERATIONS, unit))
    for url in (reverse("kpi:indicators"), reverse("kpi:indicator", args=["2.2"]), reverse("kpi:behind", args=["2.2"])):
        assert client.get(url).status_code == 403


@pytest.mark.django_db
def test_a_long_list_comes_in_parts_that_keep_the_question(leader: Client, unit: Unit) -> None:
    for _n in range(53):
        stay(unit, SHORT)
    url = reverse("kpi:behind", args=["2.s2"])
    first = leader.get(url, {"period": "twelve_months"})
    page = first.context["listed"].page
    assert (page.first, page.last, page.total, page.next) == (1, 50, 53, "50")
    assert "period=twelve_months&amp;after=50" in first.content.decode()
    last = leader.get(url, {"period": "twelve_months", "after": "50"}).context["listed"].page
    assert (last.first, last.last, last.previous, last.next) == (51, 53, "50", None)
    again = leader.get(url, {"period": "twelve_months", "before": "50"}).context["listed"].page
    assert again.first == 1
    assert {row.key for row in page.rows}.isdisjoint(row.key for row in last.rows)
    assert leader.get(url, {"after": "nonsense"}).context["listed"].page.first == 1


@pytest.mark.django_db
def test_the_pages_take_as_many_statements_for_many_households(
    leader: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(8):
        stay(unit, OVER)
    with django_assert_max_num_queries(9):
        leader.get(reverse("kpi:indicators"))
    with django_assert_max_num_queries(15):
        leader.get(reverse("kpi:indicator", args=["2.2"]))
    with django_assert_max_num_queries(17):
        leader.get(reverse("kpi:behind", args=["2.2"]))


def hidden_amounts(code: str, rule: Rule, unit: Unit, is_population: bool) -> float:
    """What those who are left out of the list add to the figure."""
    question = Question(municipality=unit.municipality_id, rule=rule)
    found = contributions(
        question, Period(date(2025, 1, 1), DAY + timedelta(days=1)), BY_CODE[code], is_population=is_population
    )
    return sum(one.amount for one in found if one.household_id in _shielded_ids())


def _shielded_ids() -> set[int]:
    return set(shielded_households(Household.objects.all(), on=DAY).values_list("pk", flat=True))
