"""Why a figure changed, on its page: parts that sum, the households of each, and figures as they were known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.models import ResidenceKind
from kpi.catalogue import CATALOGUE
from kpi.declaring import Rule
from kpi.explaining import Part
from kpi.forms.figures import RULES
from kpi.models import Report
from kpi.questions.kostra import sealed_of
from kpi.sealing import digest_of, with_digests
from people.models import Household, Protection, Role, Unit
from tests.factories.people import AT, EmployeeFactory, UnitFactory, employee_with, reporter, team_leader
from tests.factories.reports import ReportFactory
from tests.web.unit_life import shielded, stay, then

#: What differs between last year and this one.
COMPARED = {"period": "own", "first_day": "1.1.2026", "last_day": "10.3.2026"}


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


def two_years(unit: Unit) -> None:
    stay(unit, date(2024, 11, 1), date(2025, 3, 1), name="Gone Long Ago")
    stay(unit, date(2025, 11, 1), name="Still Here", has_child=True)
    stay(unit, date(2026, 2, 1), date(2026, 2, 20), name="Came Short")
    home = stay(unit, date(2026, 1, 5), date(2026, 3, 1), name="Got Home")
    then(home, ResidenceKind.MUNICIPAL_RENTAL, date(2026, 3, 1), lease="ordinary")
    shielded(unit, date(2025, 11, 1))


@pytest.mark.django_db
def test_a_change_is_told_in_parts_that_sum_and_each_part_by_household(leader: Client, unit: Unit) -> None:
    two_years(unit)
    page = leader.get(reverse("kpi:why", args=["2.s2"]), COMPARED)
    assert (page.context["then"].value, page.context["now"].value, page.context["change"]) == (1, 4, 3)
    lines = {line.part: line for line in page.context["lines"]}
    assert sum(line.change for line in lines.values()) == 3
    assert lines[Part.REAL].households == 5
    listed = leader.get(lines[Part.REAL].url)
    households = listed.context["households"]
    assert households.page.total + households.hidden == 5
    text = listed.content.decode()
    assert "Gone Long Ago" in text
    assert "Still Here" in text


@pytest.mark.django_db
def test_both_ends_lead_to_exactly_their_lists(leader: Client, unit: Unit) -> None:
    two_years(unit)
    page = leader.get(reverse("kpi:why", args=["2.1"]), COMPARED)
    for side in (page.context["then"], page.context["now"]):
        behind = leader.get(side.url)
        assert behind.context["shown"].figure.value == side.value
    for group in page.context["groups"]:
        assert leader.get(group.urls["after"]).context["shown"].figure.denominator == group.after
        assert leader.get(group.urls["before"]).context["shown"].figure.denominator == group.before


@pytest.mark.django_db
def test_every_figure_can_be_explained(leader: Client, unit: Unit) -> None:
    two_years(unit)
    for indicator in CATALOGUE:
        page = leader.get(reverse("kpi:why", args=[indicator.code]), COMPARED)
        assert page.status_code == 200
        change = page.context["change"]
        changes = [line.change for line in page.context["lines"]]
        assert changes == [None] * len(Part) if change is None else sum(changes) == change


@pytest.mark.django_db
def test_a_reporter_is_told_case_numbers_and_no_names(client: Client, unit: Unit) -> None:
    two_years(unit)
    client.force_login(reporter(unit))
    page = client.get(reverse("kpi:explained_households", args=["2.s2", "real"]), COMPARED)
    text, shown = page.content.decode(), [one.row.household_id for one in page.context["households"].page.rows]
    assert len(shown) == 4
    assert "Still Here" not in text
    assert all(ref[:8] in text for ref in Household.objects.filter(pk__in=shown).values_list("ref", flat=True))


@pytest.mark.django_db
def test_an_auditor_sees_the_parts_and_nobody_in_them(client: Client, unit: Unit) -> None:
    two_years(unit)
    client.force_login(employee_with(Role.AUDITOR, unit))
    listed = client.get(reverse("kpi:explained_households", args=["2.s2", "real"]), COMPARED).context["households"]
    assert (listed.page.total, listed.hidden) == (0, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"against": "same"}, "then_known_at"),
        ({"against": "own", "then_first_day": "1.2.2025"}, "then_last_day"),
        ({"against": "own", "then_first_day": "1.2.2025", "then_last_day": "1.1.2025"}, "then_last_day"),
        ({"known_at": "1.1.2026", "then_known_at": "1.2.2026"}, "then_known_at"),
        ({"then_known_at": "1.1.2030"}, "then_known_at"),
        ({"then_known_at": "2026-13-01Tx"}, "then_known_at"),
        ({"known_at": "soon"}, "known_at"),
        ({"against": "nothing"}, "against"),
        ({"against": "seal"}, "seal"),
        ({"against": "seal", "seal": "7"}, "seal"),
    ],
)
def test_what_cannot_be_compared_is_said_at_its_field(leader: Client, told: dict[str, str], field: str) -> None:
    page = leader.get(reverse("kpi:why", args=["2.2"]), {**COMPARED, **told})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]


@pytest.mark.django_db(transaction=True)
def test_a_figure_is_held_against_a_locked_report_by_its_rule_and_as_known_when_it_was_locked(
    client: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay(unit, date(2025, 11, 1))
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(timezone.get_current_timezone()))
    report = locked(ReportFactory.create(municipality=unit.municipality))
    stay(unit, date(2025, 10, 1), date(2025, 12, 1))
    client.force_login(team_leader(unit))
    told: dict[str, Any] = {"period": "own", "first_day": "1.1.2025", "last_day": "31.12.2025", "rule": "kostra"}
    page = client.get(reverse("kpi:why", args=["2.s2"]), {**told, "against": "seal", "seal": report.pk})
    then = page.context["then"]
    assert not page.context["form"].errors
    assert (then.period.starts_on, then.known_at, then.rule) == (date(2025, 1, 1), report.known_at, RULES[Rule.KOSTRA])
    assert (page.context["in_report"], then.value, page.context["now"].value) == (1, 1, 2)
    assert {line.part: line.change for line in page.context["lines"]}[Part.LATE] == 1
    assert client.get(then.url).context["shown"].figure.value == 1


def locked(report: Report) -> Report:
    """Gone through, approved by another and locked, with what the year has."""
    for step in (report.check_off, report.explain):
        step()
    report.approve(by=EmployeeFactory.create(), at=timezone.now())
    moment = timezone.now()
    content = with_digests(sealed_of(report, at=moment))
    report.lock(content=content, digest=digest_of(content), by=report.made_by, at=moment)
    report.save()
    return report


@pytest.mark.django_db
@pytest.mark.parametrize("path", [["2.2", "nothing"], ["0.0", "real"]])
def test_what_is_no_part_or_no_figure_is_not_found(leader: Client, path: list[str]) -> None:
    assert leader.get(reverse("kpi:explained_households", args=path)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_figure_and_its_list_as_they_were_known_stand_beside_those_of_now(
    client: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stay(unit, date(2025, 11, 1))
    moment = datetime.now(timezone.get_current_timezone())
    stay(unit, date(2025, 11, 2))
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(timezone.get_current_timezone()))
    client.force_login(team_leader(unit))
    asked: dict[str, Any] = {"period": "own", "first_day": "1.1.2026", "last_day": "10.3.2026"}
    asked["known_at"] = moment.isoformat()
    for name in ("kpi:indicator", "kpi:behind"):
        page = client.get(reverse(name, args=["2.s2"]), asked)
        assert page.context["shown"].figure.value == 1
        assert page.context["now"].figure.value == 2
    rows = page.context["listed"].page.rows
    assert [row.household_id for row in rows] == [first.pk]
    explained = client.get(reverse("kpi:why", args=["2.s2"]) + page.context["why_query"])
    lines = {line.part: line.change for line in explained.context["lines"]}
    assert lines[Part.LATE] == 1
    assert explained.context["change"] == 1


@pytest.mark.django_db
def test_a_figure_by_groups_leads_to_each_group_s_list(leader: Client, unit: Unit) -> None:
    two_years(unit)
    page = leader.get(reverse("kpi:indicator", args=["2.s2"]), COMPARED)
    groups = page.context["groups"]
    assert sum(group.shown.figure.value for group in groups) == page.context["shown"].figure.value
    for group in groups:
        behind = leader.get(group.url)
        assert behind.context["shown"].figure.value == group.shown.figure.value
    assert leader.get(reverse("kpi:behind", args=["3.2"]), {"group": "family"}).status_code == 404


@pytest.mark.django_db
def test_an_indicator_has_its_years_from_the_first_of_the_data(leader: Client, unit: Unit) -> None:
    two_years(unit)
    chart = leader.get(reverse("kpi:indicator", args=["2.s2"])).context["years"]
    assert [(year, value) for year, value, *_more in chart.rows] == [("2024", 1), ("2025", 3), ("2026", 4)]


@pytest.mark.django_db
def test_the_years_stand_beside_the_country_s_and_each_leads_to_its_list(leader: Client, unit: Unit) -> None:
    two_years(unit)
    shielded(unit, date(2025, 11, 1), Protection.STRICTLY_CONFIDENTIAL)
    told = {}
    for code in ("2.2", "2.s2"):
        rows = leader.get(reverse("kpi:indicator", args=[code])).context["beside"]
        here = [row for row in rows if row.shown]
        told[code] = [(row.year, row.shown.figure.value, row.change) for row in here]
        for row in here:
            assert leader.get(row.url).context["shown"].figure.value == row.shown.figure.value
    assert told["2.2"] == [(2026, 2, 1), (2025, 1, 1), (2024, 0, None)]
    # a year that is over counts the strictly confidential, the one under way does not
    assert told["2.s2"] == [(2026, 4, 0), (2025, 4, 3), (2024, 1, None)]
    published = leader.get(reverse("kpi:indicator", args=["2.2"])).context["beside"][-1]
    assert (published.year, [one.is_baseline for one in published.country]) == (2014, [True])


@pytest.mark.django_db
def test_where_nothing_is_registered_there_are_no_years(leader: Client) -> None:
    assert leader.get(reverse("kpi:indicator", args=["2.s2"])).context["years"] is None
