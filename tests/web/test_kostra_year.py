"""A year of KOSTRA's form as its page shows it: lists, readings, corrections, districts, and what stays as it was."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.models import Residence, ResidenceKind
from kpi.actions.report import answer_cells, remark
from kpi.models import FormFinding, RemarkKind, Report, ReportState, SentCell
from kpi.questions.kostra import Finding, reckoned_in
from people.models import Employee, Household, Protection, Role, Unit, UnitKind
from tests.factories.housing import ProviderFactory
from tests.factories.people import AT, KONGSBERG, UnitFactory, employee_with
from tests.factories.reports import SentCellFactory
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db

YEAR = 2025
#: 61 nights in the year, and over three months since its first night
ACROSS = date(2024, 10, 15), date(2025, 3, 3)
WAY = ("begin", "check", "explain", "approve", "lock")


@pytest.fixture(autouse=True)
def _in_english_on_a_tuesday_in_march(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit)


@pytest.fixture
def reporter(unit: Unit) -> Employee:
    return employee_with(Role.REPORTER, unit)


def url(name: str = "kpi:kostra", *arguments: object) -> str:
    return reverse(name, args=[YEAR, *arguments])


def step(client: Client, by: Employee, name: str) -> str:
    client.force_login(by)
    answer = client.post(url(), {"step": name, "form_key": uuid4()}, follow=True)
    assert answer.status_code == 200
    if name == "begin":
        begun = Report.objects.get(state=ReportState.DRAFT)
        answer_cells(report_id=begun.pk, values={"inhabitants": 27_000}, by=by, at=AT)
    return answer.content.decode()


def locked(client: Client, reporter: Employee, leader: Employee) -> Report:
    step(client, reporter, "begin")
    report = Report.objects.get()
    for key in ("no_decision", "unknown_exit", "allotted_reason"):
        why = "They came before the system."
        remark(report_id=report.pk, kind=RemarkKind.SUPPRESSION, key=key, text=why, found=99, by=reporter, at=AT)
    for name in WAY[1:]:
        step(client, leader if name == "approve" else reporter, name)
    locked_now: Report = Report.objects.get()
    assert locked_now.state == ReportState.LOCKED
    return locked_now


def lives(unit: Unit) -> Household:
    """Short, long, across new year, a family, night shelter, and somebody shielded."""
    stay(unit, date(2025, 11, 1), date(2025, 11, 10))
    stay(unit, date(2025, 2, 1), date(2025, 8, 1), has_child=True)
    home = stay(unit, date(2025, 5, 1), date(2025, 6, 1))
    then(home, ResidenceKind.MUNICIPAL_RENTAL, date(2025, 6, 1), lease="ordinary", ends_on=date(2025, 9, 1))
    then(home, ResidenceKind.NIGHT_SHELTER, date(2025, 9, 1), provider=ProviderFactory.create(kind="night_shelter"))
    shielded(unit, date(2025, 11, 1))
    return stay(unit, *ACROSS)


def test_every_cell_opens_a_list_of_its_length_for_every_role(client: Client, unit: Unit) -> None:
    lives(unit)
    for role in Role:
        client.force_login(employee_with(role, unit))
        page = client.get(url())
        if page.status_code == 200:
            shown = [one for _words, lines in page.context["blocks"] for one in lines]
            assert len(shown) == 30
            for one in shown:
                _opens_a_list_of_its_length(client, one.url, one.line.value, f"{role} {one.line.cell.key}")


def _opens_a_list_of_its_length(client: Client, address: str, value: int, told: str) -> None:
    listed = client.get(address).context["listed"]
    amounts = sum(row.amount for row in listed.page.rows)
    if listed.hidden is None:
        assert amounts <= value, told
    else:
        assert amounts + listed.hidden == value, told


def test_the_readings_stand_side_by_side_with_those_that_differ(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    across = lives(unit)
    client.force_login(leader)
    page = client.get(url())
    over = next(
        one for _words, lines in page.context["blocks"] for one in lines if one.line.cell.key == "temporary_over"
    )

    assert (over.line.value, over.line.other, over.line.differing) == (1, 2, (across.ref,))
    differ = client.get(url("kpi:kostra_readings", "temporary_over"))
    assert [row.household_id for row in differ.context["listed"].page.rows] == [across.pk]

    step(client, reporter, "begin")
    client.post(url("kpi:kostra_rule", "temporary_over"), {"rule": "stay", "form_key": uuid4()})
    again = client.get(url())
    chosen = {one.line.cell.key: one.line.value for _words, lines in again.context["blocks"] for one in lines}
    assert (chosen["temporary_over"], chosen["temporary_three_months"]) == (2, chosen["temporary"] - 1)
    # one reading for one cell alone does not add up
    assert "are not all households together" in again.content.decode()


def test_a_locked_year_is_the_same_bytes_after_a_thousand_edits_and_shows_what_was_corrected(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    household = lives(unit)
    locked(client, reporter, leader)
    files = [url("kpi:kostra_file", ending) for ending in ("json", "excel", "pdf")]
    before = [client.get(file).content for file in files]

    for price in range(200):
        Residence.objects.filter(kind=ResidenceKind.TEMPORARY).update(price_a_night=price)
    stay(unit, date(2025, 1, 1), date(2025, 12, 1))
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", value=3)

    assert Residence.objects.filter(kind=ResidenceKind.TEMPORARY).count() * 200 >= 1000
    assert [client.get(file).content for file in files] == before
    page = client.get(url()).content.decode()
    assert "Corrected since version 1 was locked" in page
    corrected = client.get(url("kpi:kostra_changed", "temporary")).context["listed"]
    assert corrected.page.total == 1
    assert household.pk not in {row.household_id for row in corrected.page.rows}

    step(client, reporter, "begin")
    again = client.get(url())
    cell = next(one for _words, lines in again.context["blocks"] for one in lines if one.line.cell.key == "temporary")
    assert (cell.sealed, cell.line.value) == (5, 6)
    assert "Version 2." in again.content.decode()
    assert [client.get(f"{file}?version=1").content for file in files] == before


def test_what_is_approved_is_what_is_locked(client: Client, unit: Unit, leader: Employee, reporter: Employee) -> None:
    for name in WAY[:4]:
        step(client, leader if name == "approve" else reporter, name)
    late = stay(unit, date(2025, 11, 1), date(2025, 11, 10))
    then(late, ResidenceKind.OWNED, date(2025, 11, 10))

    assert "changed since they were approved" in step(client, reporter, "lock")
    assert Report.objects.get().state == ReportState.APPROVED


def test_a_year_that_is_not_over_is_not_locked(client: Client, leader: Employee, reporter: Employee) -> None:
    page = reverse("kpi:kostra", args=[2026])
    for name in WAY:
        client.force_login(leader if name == "approve" else reporter)
        answer = client.post(page, {"step": name, "form_key": uuid4()}, follow=True)

    assert "The year is not over" in answer.content.decode()
    assert Report.objects.get().state == ReportState.APPROVED


def test_it_is_locked_and_sent_once(client: Client, leader: Employee, reporter: Employee) -> None:
    locked(client, reporter, leader)
    digest = Report.objects.get().digest

    assert "changes no more" in step(client, reporter, "lock")
    step(client, reporter, "send")
    assert "changes no more" in step(client, reporter, "send")
    assert Report.objects.get().digest == digest


def test_a_finding_leads_to_its_households_since_its_first_day(client: Client, unit: Unit, leader: Employee) -> None:
    household, hidden = stay(unit, date(2025, 11, 1)), shielded(unit, date(2025, 11, 1))
    FormFinding.objects.create(
        municipality_id=KONGSBERG, year=YEAR, key="no_decision", count=2, found_on=date(2026, 3, 2)
    )
    client.force_login(leader)
    page = client.get(url())
    [one] = [one for one in page.context["findings"] if one.finding.check.key == "no_decision"]

    assert one.finding.count == 2
    assert "Since 2 March 2026." in page.content.decode()
    listed = client.get(one.url).context["listed"]
    assert [row.household_id for row in listed.page.rows] == [household.pk]
    assert (listed.hidden, hidden.pk in {row.household_id for row in listed.page.rows}) == (1, False)


def test_what_is_not_counted_is_answered_and_per_thousand_is_reckoned(
    client: Client, unit: Unit, reporter: Employee
) -> None:
    stay(unit, date(2019, 5, 1), date(2019, 6, 1))
    page = reverse("kpi:kostra", args=[2019])
    client.force_login(reporter)
    client.post(page, {"step": "begin", "form_key": uuid4()})

    assert "are not all answered" in client.get(page).content.decode()
    answers = dict.fromkeys(client.get(reverse("kpi:kostra_answers", args=[2019])).context["form"].fields, "0")
    answers["inhabitants"] = "many"
    refused = client.post(reverse("kpi:kostra_answers", args=[2019]), {**answers, "form_key": uuid4()})
    assert refused.context["form"].errors["inhabitants"]
    assert not Report.objects.get().answers.exists()

    answers["inhabitants"] = "27000"
    client.post(reverse("kpi:kostra_answers", args=[2019]), {**answers, "form_key": uuid4()})
    answered = client.get(page)
    assert "are not all answered" not in answered.content.decode()
    assert dict(answered.context["found"].answers)["inhabitants"] == 27_000


def test_districts_stand_beside_the_municipality(client: Client, unit: Unit, leader: Employee) -> None:
    district = UnitFactory.create(kind=UnitKind.DISTRICT, name="Nordre")
    for at in (unit, district):
        for _ in range(4):
            stay(at, date(2025, 11, 1))
    client.force_login(leader)

    rows = {one.line.cell.key: one.cells for one in client.get(url()).context["by_district"]}

    [(value, address, _label)] = rows["temporary"]
    assert (value, address) == (4, "")
    assert "dwellings" not in rows
    client.force_login(employee_with(Role.TEAM_LEADER, district))
    rows = {one.line.cell.key: one.cells for one in client.get(url()).context["by_district"]}
    [(value, address, _label)] = rows["temporary"]
    assert parse_qs(urlsplit(address).query)["place"] == [f"u{district.pk}"]
    assert client.get(address).context["listed"].page.total == 4


def test_districts_do_not_tell_how_many_are_in_none_of_them(client: Client, unit: Unit, leader: Employee) -> None:
    """One strictly confidential is in the municipality's number: what the districts' lack of it is not to be seen."""
    districts = [UnitFactory.create(kind=UnitKind.DISTRICT, name=name) for name in ("Nordre", "Søndre")]
    for district in districts:
        for _ in range(5):
            stay(district, date(2025, 11, 1))
    shielded(unit, date(2025, 11, 1), Protection.STRICTLY_CONFIDENTIAL)
    client.force_login(leader)

    page = client.get(url())

    [line] = [line for line in page.context["found"].lines if line.cell.key == "temporary"]
    [cells] = [one.cells for one in page.context["by_district"] if one.line.cell.key == "temporary"]
    assert line.value == 11
    assert sorted((value is None, value or 0) for value, _url, _label in cells) == [(False, 5), (True, 0)]


def test_what_comes_to_be_explained_later_is_explained_before_somebody_approves(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", value=0)
    for name in ("begin", "check", "explain"):
        step(client, reporter, name)
    for _ in range(7):
        then(stay(unit, date(2025, 11, 1), date(2025, 11, 9)), ResidenceKind.FRIENDS, date(2025, 11, 9))

    refused = step(client, leader, "approve")

    assert "find something now" in refused or "to be explained" in refused
    assert Report.objects.get().state == ReportState.EXPLAINED


def test_last_year_s_figures_stay_once_this_year_s_are_explained_by_them(
    client: Client, unit: Unit, reporter: Employee
) -> None:
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", value=0)
    for name in ("begin", "check", "explain"):
        step(client, reporter, name)
    client.force_login(reporter)

    page = client.post(url("kpi:kostra_sent"), {"temporary": "30", "form_key": uuid4()})

    assert "is explained by these figures" in page.content.decode()
    assert SentCell.objects.get().value == 0


def test_whoever_typed_last_year_s_figures_does_not_approve(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", value=0, by=leader)
    for name in ("begin", "check", "explain"):
        step(client, reporter, name)

    assert "Somebody else approves it" in step(client, leader, "approve")


def test_what_is_written_in_a_report_stays_in_its_municipality(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    told = "Kanarifugl 4711"
    step(client, reporter, "begin")
    report = Report.objects.get()
    remark(report_id=report.pk, kind=RemarkKind.EXPLANATION, key="temporary", text=told, by=reporter, at=AT)
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", source=told)
    client.force_login(leader)
    assert told in client.get(url()).content.decode()

    other = UnitFactory.create(municipality_id="0301")
    for by in (employee_with(Role.TEAM_LEADER, other), employee_with(Role.OPERATIONS, unit)):
        client.force_login(by)
        for name, arguments in (("kpi:kostra", []), ("kpi:kostra_file", ["json"]), ("kpi:kostra_sent", [])):
            assert told not in client.get(url(name, *arguments)).content.decode()
    assert SentCell.objects.get().source == told


def test_a_check_that_is_set_aside_is_answered_again_when_it_finds_more(
    client: Client, unit: Unit, reporter: Employee
) -> None:
    stay(unit, date(2025, 2, 1), date(2025, 3, 1))
    step(client, reporter, "begin")
    address = url("kpi:kostra_remark", "suppression", "no_decision")
    client.post(address, {"text": "Told by word of mouth.", "form_key": uuid4()})
    assert _open_findings(client).keys().isdisjoint({"no_decision"})

    stay(unit, date(2025, 4, 1), date(2025, 5, 1))
    [found] = [_open_findings(client)["no_decision"]]
    assert (found.count, found.outgrown) == (2, "Told by word of mouth.")
    assert "Said of fewer than are found now: Told by word of mouth." in client.get(url()).content.decode()
    assert "There are checks to answer first" in step(client, reporter, "check")

    client.post(address, {"text": "Both by word of mouth.", "form_key": uuid4()})
    assert "no_decision" not in _open_findings(client)


def _open_findings(client: Client, page: str = "") -> dict[str, Finding]:
    shown = client.get(page or url()).context["findings"]
    return {one.finding.check.key: one.finding for one in shown if one.finding.is_open}


@pytest.mark.parametrize(("year", "is_asked"), [(2025, True), (2026, False)])
def test_the_number_of_inhabitants_is_asked_of_a_year_that_is_over(
    year: int, is_asked: bool, client: Client, reporter: Employee
) -> None:
    client.force_login(reporter)
    page = reverse("kpi:kostra", args=[year])
    client.post(page, {"step": "begin", "form_key": uuid4()})

    assert ("no_inhabitants" in _open_findings(client, page)) is is_asked


@pytest.mark.parametrize(("inhabitants", "is_known"), [(None, False), (0, False), (27_000, True)])
def test_no_inhabitants_are_as_few_as_none_answered(
    inhabitants: int | None, is_known: bool, client: Client, reporter: Employee
) -> None:
    step(client, reporter, "begin")
    report = Report.objects.get()
    answer_cells(report_id=report.pk, values={"inhabitants": inhabitants}, by=reporter, at=AT)

    assert ("no_inhabitants" in _open_findings(client)) is not is_known
    assert ("There are checks to answer first" in step(client, reporter, "check")) is not is_known


def test_the_number_of_inhabitants_may_be_let_be_with_a_reason(client: Client, reporter: Employee) -> None:
    step(client, reporter, "begin")
    answer_cells(report_id=Report.objects.get().pk, values={"inhabitants": None}, by=reporter, at=AT)
    address = url("kpi:kostra_remark", "suppression", "no_inhabitants")
    client.post(address, {"text": "Statistics Norway has the number.", "form_key": uuid4()})

    step(client, reporter, "check")
    assert Report.objects.get().state == ReportState.CHECKED


def test_a_locked_year_shows_what_was_locked_and_marks_what_differs_now(
    client: Client, unit: Unit, leader: Employee, reporter: Employee
) -> None:
    district = UnitFactory.create(kind=UnitKind.DISTRICT, name="Nordre")
    for _ in range(5):
        stay(district, date(2025, 11, 1))
    SentCellFactory.create(municipality_id=KONGSBERG, year=YEAR - 1, cell="temporary", value=5)
    locked(client, reporter, leader)

    for _ in range(4):
        stay(district, date(2025, 11, 1))
    SentCell.objects.filter(cell="temporary").update(value=2)

    page = client.get(url())
    [shown] = [one for _words, lines in page.context["blocks"] for one in lines if one.line.cell.key == "temporary"]
    assert (shown.told.value, shown.told.before, shown.told.change) == (5, 5, 0)
    assert (shown.line.value, shown.line.before) == (9, 2)
    assert shown.is_corrected and shown.is_compared_anew and not shown.told.is_to_be_explained
    told = {one.key: value for one, value in page.context["reckoned"]}
    assert told == {one.key: value for one, value in reckoned_in(Report.objects.get().content)}
    [cells] = [one.cells for one in page.context["by_district"] if one.line.cell.key == "temporary"]
    assert [(value, address) for value, address, _label in cells] == [(5, "")]

    step(client, reporter, "begin")
    page = client.get(url())
    [shown] = [one for _words, lines in page.context["blocks"] for one in lines if one.line.cell.key == "temporary"]
    assert (shown.told.value, shown.told.before, shown.sealed) == (9, 2, 5)
