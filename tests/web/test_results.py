"""The result report, the count of the homeless on a day, and BOSIT."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from housing.models import ResidenceKind
from kpi.actions.report import CannotReport, approve_report, lock_report, take_report_back
from kpi.actions.result_report import hand_over
from kpi.catalogue import CATALOGUE
from kpi.counting import Dimension
from kpi.models import CatalogueRow, Objective, Report, ReportComment, Way
from kpi.questions.result_content import as_content, from_content
from kpi.questions.result_report import lists_behind, result_report
from kpi.questions.result_shown import changed_since
from kpi.sealing import Sealed
from people.models import Employee, ExportEntry, Household, Person, Protection, Unit
from people.special_unit import strictly_confidential
from tests.factories.heard import NeedsMappingFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    HouseholdFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    reporter,
    team_leader,
)
from tests.factories.planned import IndividualPlanFactory
from tests.factories.results import ReportCommentFactory
from tests.factories.told import AnswerFactory, LocalTargetFactory, RegisterValueFactory
from tests.web.listening import pdf_text
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in
from tests.web.test_indicators import many_lives
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db

OVER = date(2025, 11, 1)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def boss(unit: Unit) -> Employee:
    return team_leader(unit)


@pytest.fixture
def leader(client: Client, boss: Employee) -> Client:
    sign_in(client, boss)
    return client


def cells_of(response: Any, sheet: int = 0) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(response.content))
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def is_tagged(content: bytes) -> bool:
    with pikepdf.open(BytesIO(content)) as pdf:
        return bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root


def second() -> Objective:
    return Objective.objects.get(strategy__key="bolig-for-velferd", number="2")


def inside(unit: Unit, kind: ResidenceKind, planned_end: date | None, *, home_waits: bool | None) -> None:
    household = HouseholdFactory.create(unit=unit)
    ResidenceFactory.create(
        household=household, kind=kind, starts_on=OVER, planned_end=planned_end, home_waits=home_waits
    )


# the count


def test_everybody_counted_is_in_one_group_of_each_table(leader: Client, unit: Unit) -> None:
    many_lives(unit)
    counted = leader.get(reverse("kpi:counting")).context["counted"]
    assert counted.persons
    for table in counted.tables:
        assert sum(group.number for group in table.groups) == len(counted.persons), table.dimension


def test_each_group_leads_to_a_list_of_its_length(leader: Client, unit: Unit) -> None:
    many_lives(unit)
    counted = leader.get(reverse("kpi:counting")).context["counted"]
    everybody = leader.get(reverse("kpi:counted_list", args=["all", "all"]))
    assert len(everybody.context["rows"]) + everybody.context["hidden"] == len(counted.persons)
    assert everybody.context["hidden"] == 1
    for table in counted.tables:
        listed = [leader.get(reverse("kpi:counted_list", args=[table.dimension, g.code])) for g in table.groups]
        # the shielded one is in a group of each table, and in none of their lists
        assert sum(len(page.context["rows"]) for page in listed) <= len(counted.persons) - 1
        assert all(page.context["hidden"] is None for page in listed)


def test_whoever_comes_out_within_two_months_to_no_home_is_counted(leader: Client, unit: Unit) -> None:
    inside(unit, ResidenceKind.PRISON, date(2026, 5, 10), home_waits=False)
    inside(unit, ResidenceKind.PRISON, date(2026, 5, 11), home_waits=False)
    inside(unit, ResidenceKind.INSTITUTION, date(2026, 4, 1), home_waits=True)
    inside(unit, ResidenceKind.INSTITUTION, None, home_waits=False)
    page = leader.get(reverse("kpi:counting"))
    counted = page.context["counted"]
    assert [one.kind for one in counted.persons] == ["prison"]
    assert len(counted.unknown) == 1
    assert "nobody has written when they come out" in text_of(page)


def test_only_those_on_the_case_read_who_is_in_prison(leader: Client, unit: Unit) -> None:
    inside(unit, ResidenceKind.PRISON, date(2026, 4, 1), home_waits=False)
    AssignmentFactory.create(household=Household.objects.get())
    page = leader.get(reverse("kpi:counted_list", args=[Dimension.PLACE, "prison"]))
    assert (page.context["number"], page.context["rows"]) == (1, [])


def test_what_they_live_on_is_what_the_last_mapping_says(leader: Client, unit: Unit) -> None:
    one = stay(unit, OVER)
    NeedsMappingFactory.create(household=one, started_on=OVER, finished_on=OVER, light="red", income_source="work")
    counted = leader.get(reverse("kpi:counting")).context["counted"]
    assert [person.income for person in counted.persons] == ["work"]


def test_the_strictly_confidential_are_in_no_group(leader: Client, unit: Unit) -> None:
    shielded(unit, OVER, Protection.STRICTLY_CONFIDENTIAL)
    assert leader.get(reverse("kpi:counting")).context["counted"].persons == ()


def test_who_is_strictly_confidential_by_now_is_in_no_group_of_a_day_before(leader: Client, unit: Unit) -> None:
    household = shielded(unit, date(2026, 1, 1), Protection.STRICTLY_CONFIDENTIAL)
    Person.objects.filter(memberships__household=household).update(protection_from=DAY)

    counted = leader.get(reverse("kpi:counting"), {"day": "1.2.2026"}).context["counted"]

    assert counted.persons == ()


def test_a_year_that_is_over_reads_the_same_in_every_year_s_report(leader: Client, unit: Unit) -> None:
    for _ in range(5):
        stay(unit, date(2025, 11, 1), date(2025, 11, 20))
    shielded(unit, date(2025, 11, 1), Protection.STRICTLY_CONFIDENTIAL)
    place, today = unit.municipality, DAY
    strict = strictly_confidential(place.pk, on=today)

    told = {
        year: {line.code: line for line in result_report(place, year, at=AT, today=today, left_out=strict).lines}
        for year in (2025, 2026)
    }

    assert told[2025]["2.s2"].value == told[2026]["2.s2"].values[-2] == 6


def test_a_day_that_cannot_be_read_says_so_and_counts_today(leader: Client, unit: Unit) -> None:
    page = leader.get(reverse("kpi:counting"), {"day": "32.1.2026"})
    assert page.status_code == 200 and page.context["form"].errors
    assert page.context["counted"].day == DAY


def test_no_such_group_is_not_found(leader: Client, unit: Unit) -> None:
    assert leader.get(reverse("kpi:counted_list", args=["place", "moon"])).status_code == 404
    assert leader.get(reverse("kpi:counted_list", args=["shoe", "all"])).status_code == 404


def test_the_files_hold_small_numbers_back(leader: Client, unit: Unit) -> None:
    for _ in range(5):
        stay(unit, OVER)
    then_rough = HouseholdFactory.create(unit=unit)
    ResidenceFactory.create(household=then_rough, kind=ResidenceKind.ROUGH, starts_on=OVER)
    rows = {row[:2]: row[2] for row in cells_of(leader.get(reverse("kpi:counting_excel")))}
    assert rows["All", "Persons"] == 6
    assert rows["Situation", "No roof the coming night"] == ":"
    assert rows["Situation", "Referred to temporary or emergency accommodation"] == ":"
    assert rows["Where they stay", "Temporary accommodation"] == ":"
    assert rows["Situation", "In prison, released within two months"] == 0
    pdf = leader.get(reverse("kpi:counting_pdf"))
    assert is_tagged(pdf.content)


def test_persons_less_households_do_not_tell_of_the_one_couple(leader: Client, unit: Unit) -> None:
    for _ in range(5):
        stay(unit, OVER)
    pair = stay(unit, OVER)
    MemberFactory.create(household=pair, role="partner", starts_on=OVER)
    rows = {row[:2]: row[2] for row in cells_of(leader.get(reverse("kpi:counting_excel")))}
    assert rows["All", "Persons"] == 7
    assert rows["Family", "Couple without children"] == ":"
    assert rows["All", "Households"] == ":"


def test_persons_less_households_do_not_tell_of_the_one_who_lives_with_another(leader: Client, unit: Unit) -> None:
    for _ in range(5):
        stay(unit, OVER)
    MemberFactory.create(household=stay(unit, OVER), role="other", starts_on=OVER)
    rows = {row[:2]: row[2] for row in cells_of(leader.get(reverse("kpi:counting_excel")))}

    assert (rows["All", "Persons"], rows["Family", "Alone"]) == (7, 7)
    assert rows["All", "Households"] == ":"


def test_a_caseworker_sees_the_count_and_takes_out_no_file(client: Client, unit: Unit) -> None:
    sign_in(client, caseworker(unit))
    assert client.get(reverse("kpi:counting")).status_code == 200
    for name in ("kpi:counting_excel", "kpi:counting_pdf", "kpi:bosit"):
        assert client.get(reverse(name)).status_code == 403


# BOSIT


def test_bosit_gives_each_person_a_code_and_whether_a_plan_runs(client: Client, unit: Unit) -> None:
    sign_in(client, reporter(unit))
    one = stay(unit, date(2026, 2, 1), date(2026, 3, 1))
    ResidenceFactory.create(household=one, kind=ResidenceKind.OWNED, starts_on=date(2026, 3, 1))
    IndividualPlanFactory.create(household=one, is_active=True)
    hidden = shielded(unit, OVER)
    typed = {"first_day": "20.2.2026", "last_day": "10.3.2026", "reason": "Compared with the other system."}
    file = send(client, reverse("kpi:bosit"), typed)
    rows = cells_of(file)[1:]
    person = one.members.get().person.ref
    assert [(row[1], row[2].date(), row[3].date(), row[4], row[6]) for row in rows] == [
        (person, date(2026, 2, 20), date(2026, 2, 28), "4", "no"),
        (person, date(2026, 3, 1), date(2026, 3, 10), "3", "yes"),
    ]
    assert hidden.ref not in {row[0] for row in rows}
    assert ExportEntry.objects.get().rows == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_day": "10.3.2026", "last_day": "1.3.2026"}, "last_day"),
        ({"first_day": "1.1.2001", "last_day": "1.3.2026"}, "first_day"),
        ({"first_day": "1.3.2026", "last_day": "11.3.2026"}, "last_day"),
    ],
)
def test_bosit_of_a_period_that_cannot_be_says_why(leader: Client, typed: dict[str, str], field: str) -> None:
    page = send(leader, reverse("kpi:bosit"), {**typed, "reason": "Compared with the other system."})
    assert page.status_code == 200 and field in page.context["form"].errors
    assert not ExportEntry.objects.exists()


# the report


def test_the_report_has_every_figure_of_the_last_whole_year(leader: Client, unit: Unit) -> None:
    many_lives(unit)
    page = leader.get(reverse("kpi:result_report"))
    assert page.status_code == 200
    report = page.context["report"]
    assert report.year == 2025
    assert {line.figure for line in report.lines} - {""} <= {one.code for one in CATALOGUE}
    assert sorted(line.code for line in report.lines) == sorted(CatalogueRow.objects.values_list("code", flat=True))
    # five households, the shielded one with them, of which one is a family
    by_code = {line.code: line for line in report.lines}
    assert by_code["2.s2"].value == 5
    assert by_code["3.2"].is_held_back and by_code["3.2"].value is None


def test_what_the_municipality_answers_and_registers_say_stand_beside_what_is_counted(
    leader: Client, unit: Unit
) -> None:
    yes_no = CatalogueRow.objects.filter(answer_kind="yes_no").exclude(target_kind="").first()
    people = CatalogueRow.objects.filter(how=[Way.IMPORTED], unit="people").first()
    assert yes_no is not None and people is not None
    AnswerFactory.create(municipality=unit.municipality, row=yes_no, year=2025, is_yes=True)
    for year, value in ((2024, 7), (2025, 3)):
        RegisterValueFactory.create(municipality=unit.municipality, row=people, year=year, value=value)
    page = leader.get(reverse("kpi:result_report"))
    by_code = {line.code: line for line in page.context["report"].lines}
    assert (by_code[yes_no.code].value, by_code[yes_no.code].status) == (1, "Reached")
    # three people of a register are as few as three counted
    assert by_code[people.code].by_year[-2:] == [(7, False), (None, True)]
    assert by_code[people.code].status == "Held back: few people"
    rows = {row[2]: row for row in cells_of(leader.get(reverse("kpi:result_excel", args=[2025])))}
    assert rows[yes_no.code][8] == "yes" and rows[people.code][8] == ":"


def test_what_is_handed_over_is_what_is_approved(leader: Client, unit: Unit, boss: Employee) -> None:
    report = hand_over(municipality_id=unit.municipality_id, year=2025, unexplained=(), by=boss, at=AT)
    address = reverse("kpi:result_comment", args=[2025, second().pk])
    assert "Take it back before you change" in text_of(send(leader, address, {"text": "Better."}))
    assert not ReportComment.objects.exists()
    take_report_back(report_id=report.pk, by=boss, at=AT)
    assert send(leader, address, {"text": "Better."}).status_code == 302


def test_who_wrote_what_another_has_changed_does_not_approve(leader: Client, unit: Unit, boss: Employee) -> None:
    address = reverse("kpi:result_comment", args=[2025, second().pk])
    send(leader, address, {"text": "Better."})
    ReportComment.objects.update(by=reporter(unit))
    report = hand_over(municipality_id=unit.municipality_id, year=2025, unexplained=(), by=reporter(unit), at=AT)

    with translation.override("en"), pytest.raises(CannotReport, match="Somebody else approves"):
        approve_report(report_id=report.pk, by=boss, at=AT)


@pytest.mark.parametrize("told", [AnswerFactory, RegisterValueFactory])
def test_who_told_a_figure_of_the_year_does_not_approve(
    told: type[AnswerFactory | RegisterValueFactory], unit: Unit, boss: Employee
) -> None:
    told.create(municipality=unit.municipality, year=2025, by=boss)
    report = hand_over(municipality_id=unit.municipality_id, year=2025, unexplained=(), by=reporter(unit), at=AT)

    with translation.override("en"), pytest.raises(CannotReport, match="Somebody else approves"):
        approve_report(report_id=report.pk, by=boss, at=AT)


def test_the_report_as_files(leader: Client, unit: Unit) -> None:
    many_lives(unit)
    ReportCommentFactory.create(municipality=unit.municipality, text="=1+1")
    excel = leader.get(reverse("kpi:result_excel", args=[2025]))
    assert len({row[2] for row in cells_of(excel)[1:]} - {None}) == CatalogueRow.objects.count()
    assert cells_of(excel, 1)[1][1] == "=1+1"
    pdf = leader.get(reverse("kpi:result_pdf", args=[2025]))
    assert is_tagged(pdf.content)


def test_the_files_of_a_draft_are_called_drafts_and_say_so_and_those_of_a_locked_one_by_its_version(
    leader: Client, unit: Unit, locked: Report
) -> None:
    for page, ending in (("kpi:result_excel", "xlsx"), ("kpi:result_pdf", "pdf")):
        draft = leader.get(reverse(page, args=[2025]))
        final = leader.get(reverse(page, args=[2025]), {"version": "1"})
        assert f"result-{unit.municipality_id}-2025-draft.{ending}" in draft["Content-Disposition"]
        assert f"result-{unit.municipality_id}-2025-1.{ending}" in final["Content-Disposition"]
        assert says_draft(draft.content, ending) and not says_draft(final.content, ending)


def says_draft(content: bytes, ending: str) -> bool:
    if ending == "pdf":
        return "Draft: not locked." in pdf_text(content)
    book = load_workbook(BytesIO(content))
    told = [any("Draft: not locked." in row for row in sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    assert len(set(told)) == 1
    return told[0]


def test_a_comment_is_written_changed_and_shown(leader: Client, unit: Unit, boss: Employee) -> None:
    address = reverse("kpi:result_comment", args=[2025, second().pk])
    said = {"text": "Fewer.", "deviation": "Too few homes.", "measure": "Ten more.", "responsible": boss.pk}
    assert send(leader, address, {**said, "due_on": "1.9.2026"}).status_code == 302
    assert send(leader, address, {"text": "Far fewer."}).status_code == 302
    [comment] = ReportComment.objects.all()
    assert (comment.text, comment.deviation, comment.responsible) == ("Far fewer.", "", None)
    assert "Far fewer." in text_of(leader.get(reverse("kpi:result_report")))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"),
        ({"deviation": "Too few homes."}, "measure"),
        ({"measure": "Ten more.", "due_on": "1.9.2026"}, "responsible"),
        ({"measure": "Ten more.", "responsible": "BOSS"}, "due_on"),
    ],
)
def test_half_a_comment_says_what_is_missing(
    said: dict[str, Any], field: str, leader: Client, unit: Unit, boss: Employee
) -> None:
    told = {name: boss.pk if value == "BOSS" else value for name, value in said.items()}
    page = send(leader, reverse("kpi:result_comment", args=[2025, second().pk]), told)
    assert page.status_code == 200 and field in page.context["form"].errors
    assert not ReportComment.objects.exists()


def test_there_is_no_report_of_a_year_to_come(leader: Client, unit: Unit) -> None:
    assert leader.get(reverse("kpi:result_pdf", args=[2027])).status_code == 404
    assert leader.get(reverse("kpi:result_comment", args=[2025, 9999])).status_code == 404


# from draft to sent


def step(client: Client, name: str) -> Any:
    return send(client, reverse("kpi:result_step", args=[2025, name]))


def test_a_report_is_handed_over_approved_by_another_locked_and_sent(leader: Client, unit: Unit) -> None:
    stay(unit, date(2024, 2, 1), date(2024, 3, 1))
    now = [stay(unit, OVER) for _ in range(9)]
    for _ in range(4):
        stay(unit, date(2024, 3, 1), date(2024, 4, 1))
    # more than the year before: that is said something of first
    refused = step(leader, "hand-over")
    assert "Say how it went first" in text_of(refused)
    assert not Report.objects.exists()
    for objective in Objective.objects.all():
        ReportCommentFactory.create(municipality=unit.municipality, objective=objective)
    assert step(leader, "hand-over").status_code == 302
    assert "You have worked on this report" in text_of(step(leader, "approve"))
    assert "waits for somebody else" in text_of(step(leader, "lock"))

    other = Client(headers={"accept-language": "en"})
    sign_in(other, reporter(unit))
    for name in ("approve", "lock", "send"):
        assert step(other, name).status_code == 302, name
    report = Report.objects.get()
    assert (report.state, report.version) == ("sent", 1)
    assert report.lists.get(key="2.s2").refs == sorted(one.ref for one in now)


@pytest.fixture
def locked(unit: Unit, boss: Employee) -> Report:
    for _ in range(5):
        stay(unit, OVER)
    number = unit.municipality.number
    report = hand_over(municipality_id=number, year=2025, unexplained=(), by=boss, at=AT)
    other = reporter(unit)
    approve_report(report_id=report.pk, by=other, at=AT)
    made = result_report(unit.municipality, 2025, at=AT, today=DAY, left_out=())
    lists = lists_behind(unit.municipality, 2025, today=DAY, left_out=())
    sealed = Sealed(content=as_content(made), lists=lists)
    return lock_report(report_id=report.pk, make=lambda _one: sealed, by=other, at=AT)


def files(client: Client) -> list[bytes]:
    pages = ("kpi:result_excel", "kpi:result_pdf")
    return [client.get(reverse(name, args=[2025]), {"version": "1"}).content for name in pages]


def test_a_locked_report_is_the_same_bytes_whatever_is_registered_later(
    leader: Client, unit: Unit, locked: Report
) -> None:
    before = files(leader)
    for _ in range(5):
        stay(unit, date(2025, 2, 1))
    ReportCommentFactory.create(municipality=unit.municipality, text="Said afterwards.")
    assert files(leader) == before
    page = leader.get(reverse("kpi:result_report"))
    changed = {one.what: one.where for one in page.context["changed"]}
    assert changed.keys() == {"The year's figures and answers", "Comments"}
    assert "2.s2" in changed["The year's figures and answers"]
    assert "This reads differently now" in text_of(page)


def test_what_is_told_of_earlier_years_and_targets_since_the_lock_shows(
    leader: Client, unit: Unit, locked: Report
) -> None:
    assert leader.get(reverse("kpi:result_report")).context["changed"] == []
    counted = CatalogueRow.objects.get(code="2.s2")
    LocalTargetFactory.create(municipality=unit.municipality, row=counted, value=3)
    told = CatalogueRow.objects.filter(how=[Way.IMPORTED])[0]
    RegisterValueFactory.create(municipality=unit.municipality, row=told, year=2024, value=70)
    changed = {one.what: one.where for one in leader.get(reverse("kpi:result_report")).context["changed"]}
    assert changed == {"Targets": (counted.code,), "Figures of earlier years": (told.code,)}


def test_a_report_that_was_changed_after_the_lock_is_told_and_not_handed_out(
    leader: Client, unit: Unit, locked: Report
) -> None:
    content = {**locked.content, "year": 2024}
    Report.objects.filter(pk=locked.pk).update(content=content)
    assert "has been changed since it was locked" in text_of(leader.get(reverse("kpi:result_report")))
    assert leader.get(reverse("kpi:result_pdf", args=[2025]), {"version": "1"}).status_code == 404


def test_what_is_locked_and_read_again_is_the_same_report(unit: Unit, locked: Report) -> None:
    again = from_content(locked.content, unit.municipality)
    told = {key: value for key, value in locked.content.items() if key != "lists"}
    assert as_content(again) == told


def test_the_page_of_a_locked_report_shows_what_was_locked_and_marks_what_differs_now(
    leader: Client, unit: Unit, locked: Report
) -> None:
    ReportCommentFactory.create(municipality=unit.municipality, objective=second(), text="Said afterwards.")
    for _ in range(4):
        stay(unit, date(2025, 2, 1))

    page = leader.get(reverse("kpi:result_report"))
    shown = {line.line.code: line for part in page.context["parts"] for line in part.lines}
    assert (shown["2.s2"].line.value, shown["2.s2"].now.value) == (5, 9)
    assert shown["2.s1"].now is None
    assert "Shown as version 1 was locked." in text_of(page)
    assert "Said afterwards." not in text_of(page)

    page = leader.get(reverse("kpi:result_report"), {"now": "1"})
    shown = {line.line.code: line for part in page.context["parts"] for line in part.lines}
    assert (shown["2.s2"].line.value, shown["2.s2"].now) == (9, None)
    assert "Said afterwards." in text_of(page) and "Shown as it stands now" in text_of(page)


def test_a_report_that_is_not_what_was_locked_is_shown_as_it_stands(leader: Client, unit: Unit, locked: Report) -> None:
    Report.objects.filter(pk=locked.pk).update(content={**locked.content, "parts": []})

    page = leader.get(reverse("kpi:result_report"))

    assert not page.context["is_locked"] and page.context["report"].parts


def test_a_row_that_came_after_the_lock_is_called_by_what_it_asks(unit: Unit, locked: Report) -> None:
    now = from_content(locked.content, unit.municipality)
    new = next(line for line in now.lines if line.code == "families_and_young")
    parts = tuple(replace(part, lines=tuple(line for line in part.lines if line != new)) for part in now.parts)
    [change] = changed_since(replace(now, parts=parts), now)
    assert change.where == (new.said["question"],)
