"""What has been asked of a unit: every count is its list, nobody shielded is told of, from ask to answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.models import DecisionStatus, Outcome, Request, RequestKind
from cases.questions.request_report import MEASURES, Report, Where
from cases.questions.requests import Month, Only, requests_of
from people.models import Employee, ExportEntry, Household, Person, Protection, Reading, Unit
from tests.factories.cases import CaseFactory, DecisionFactory, RequestFactory
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    EmployeeFactory,
    HouseholdFactory,
    RoleGrantFactory,
    UnitFactory,
    at,
    caseworker,
    reporter,
    team_leader,
)
from tests.factories.requests import DisputeFactory, ForwardingFactory, UnitHoursFactory
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

MARCH = Month(date(2026, 3, 1))
HALF_PAST_TWO = AT.replace(hour=14, minute=30)


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    monkeypatch.setattr(timezone, "now", lambda: HALF_PAST_TWO)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


def household(unit: Unit, **told: Any) -> Household:
    made = HouseholdFactory.create(unit=unit, **told)
    CaseFactory.create(household=made)
    return made


def asked(
    unit: Unit, when: datetime = AT, outcome: str = "", after: timedelta = timedelta(hours=1), **told: Any
) -> Request:
    answered = (
        {"outcome": outcome, "outcome_at": when + after, "outcome_by": EmployeeFactory.create()} if outcome else {}
    )
    home = told.pop("household", None) or household(unit)
    return RequestFactory.create(household=home, unit=unit, asked_at=when, **{**answered, **told})


def a_month_of(unit: Unit) -> None:
    """Something of everything."""
    asked(unit)
    asked(unit, lacks_place_tonight=False)
    asked(unit, at(date(2026, 3, 3)))
    for outcome in Outcome:
        asked(unit, at(date(2026, 3, 2)), outcome)
    asked(unit, at(date(2026, 3, 2)), Outcome.OFFER, timedelta(days=1))
    asked(unit, at(date(2026, 2, 27)), Outcome.STEERED)
    twice = asked(unit, at(date(2026, 3, 4)), Outcome.OFFER)
    for _n in range(2):
        ForwardingFactory.create(request=twice)
    ForwardingFactory.create(request=asked(unit, at(date(2026, 3, 4)), Outcome.OFFER))


def test_each_count_of_the_unit_is_of_what_it_says(unit: Unit, leader: Employee) -> None:
    a_month_of(unit)

    assert requests_of(unit, leader, MARCH, at=HALF_PAST_TWO).counts == {
        Only.OPEN: 3,
        # today's, since it is half past two, and the one of the third
        Only.RED: 2,
        # the one of the third, and the offer that came a day late
        Only.NO_ANSWER: 2,
        Only.UNLAWFUL: 3,
        Only.UNDECIDED: 1,
        Only.HANDED_ON: 1,
    }


@pytest.mark.parametrize("only", list(Only))
def test_each_count_opens_into_exactly_its_requests(client: Client, unit: Unit, leader: Employee, only: Only) -> None:
    a_month_of(unit)
    a_month_of(UnitFactory.create())
    client.force_login(leader)
    answer = client.get(reverse("cases:requests"), {"only": only, "month": "2026-03"})

    counted = requests_of(unit, leader, MARCH, at=HALF_PAST_TWO)
    assert [row.request_id for row in answer.context["rows"]] == counted.ids[only]
    assert answer.context["page"].total == counted.counts[only]


def test_a_refusal_with_its_decision_lacks_none(unit: Unit, leader: Employee) -> None:
    refused = asked(unit, at(date(2026, 3, 2)), Outcome.REFUSED)
    told = {"status": DecisionStatus.ORAL, "told_at": AT, "result": "refused", "ends_on": None}
    DecisionFactory.create(household=refused.household, unit=unit, **told)

    assert requests_of(unit, leader, MARCH, at=HALF_PAST_TWO).counts[Only.UNDECIDED] == 0


def test_who_may_not_be_seen_stands_in_no_count_and_no_list(client: Client, unit: Unit, leader: Employee) -> None:
    asked(unit, household=household(unit, applicant__person__is_shielded=True, applicant__person__name="Skjult Fugl"))
    client.force_login(leader)

    assert requests_of(unit, leader, MARCH, at=HALF_PAST_TWO).counts[Only.OPEN] == 0
    for name in ("cases:requests", "cases:on_call", "cases:request_report"):
        assert "Skjult" not in text_of(client.get(reverse(name)))


def test_the_pages_take_as_many_statements_for_many_requests(
    client: Client, unit: Unit, leader: Employee, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(6):
        asked(unit)
    client.force_login(leader)
    for name, most in (
        ("cases:requests", 24),
        ("cases:on_call", 20),
        ("cases:request_report", 14),
        ("cases:disputes", 12),
    ):
        with django_assert_max_num_queries(most):
            client.get(reverse(name))


def test_whoever_is_on_call_sees_what_is_red_also_of_a_unit_without_staff_by_day(
    client: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = UnitFactory.create()
    for weekday in range(7):
        UnitHoursFactory.create(unit=night, weekday=weekday, opens=None, closes=None)
    worker = caseworker(unit)
    RoleGrantFactory.create(employee=worker, unit=night)
    by_day, by_night = asked(unit), asked(night)
    UnitFactory.create(name="Nabokontoret")
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(hours=1))
    client.force_login(worker)
    page = client.get(reverse("cases:on_call"))
    assert [row.request_id for row in page.context["rows"]] == [by_night.pk]
    assert "Nabokontoret" in text_of(page)

    monkeypatch.setattr(timezone, "now", lambda: AT.replace(hour=22))
    client.force_login(worker)
    rows = client.get(reverse("cases:on_call")).context["rows"]
    assert [row.request_id for row in rows] == [by_day.pk, by_night.pk]


def test_the_list_for_paper_is_read_as_a_print(client: Client, unit: Unit) -> None:
    one = asked(unit)
    client.force_login(caseworker(unit))
    page = client.get(reverse("cases:on_call"), {"print": ""})

    assert "Confidential" in text_of(page)
    assert Reading.objects.get(household_id=one.household_id).what == "print"


def report_of(unit: Unit, employee: Employee) -> Report:
    where = Where(code=unit.ref, name=unit.name, municipality=unit.municipality_id, unit=unit)
    return Report(where, MARCH, employee, HALF_PAST_TWO)


def test_every_figure_of_the_month_is_the_length_of_its_list_and_the_parts_make_the_whole(
    unit: Unit, leader: Employee
) -> None:
    a_month_of(unit)
    report = report_of(unit, leader)

    assert {code: len(report.ids_behind(one)) for code, one in MEASURES.items()} == report.counts
    for side in ("tonight", "other"):
        parts = [n for code, n in report.counts.items() if code.endswith(f"_{side}") and not code.startswith("asked")]
        assert sum(parts) == report.counts[f"asked_{side}"]
    assert report.counts["asked"] == report.counts["asked_tonight"] + report.counts["asked_other"]
    assert (report.counts["unlawful"], report.counts["no_answer"], report.counts["handed_on"]) == (3, 2, 2)


def test_who_reports_reads_case_numbers_and_is_told_how_many_are_shielded_of_the_whole_municipality_alone(
    client: Client, unit: Unit
) -> None:
    one = asked(unit, household=household(unit, applicant__person__name="Kari Fugl"))
    asked(unit, household=household(unit, applicant__person__is_shielded=True))
    strict = household(unit)
    asked(unit, household=strict)
    Person.objects.filter(memberships__household=strict).update(protection=Protection.STRICTLY_CONFIDENTIAL)
    sign_in(client, reporter(unit))

    whole = client.get(reverse("cases:request_report"))
    assert (whole.context["total"], whole.context["hidden"]) == (1, 1)
    of_unit = client.get(reverse("cases:request_report"), {"unit": unit.ref})
    assert (of_unit.context["total"], of_unit.context["hidden"]) == (1, None)
    listed = client.get(reverse("cases:request_report_list", args=["asked"]))
    assert one.household.ref[:8] in text_of(listed) and "Fugl" not in text_of(listed)


def test_the_month_leaves_as_a_file_that_is_entered_in_the_register(
    client: Client, unit: Unit, leader: Employee
) -> None:
    a_month_of(unit)
    sign_in(client, leader)
    why = {"reason": "The month's report to the municipality"}
    for figure, rows in (("figures", len(MEASURES)), ("unlawful", 3)):
        answer = client.post(reverse("cases:export_request_report", args=[figure]), why)
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
        assert sheet is not None and sheet.max_row == rows + 1
    assert ExportEntry.objects.count() == 2
    short = client.post(reverse("cases:export_request_report", args=["figures"]), {"reason": "short"})
    assert short.status_code == 200 and ExportEntry.objects.count() == 2


def test_what_is_not_there_or_another_s_is_not_found(client: Client, unit: Unit, leader: Employee) -> None:
    sign_in(client, leader)
    other = UnitFactory.create()
    for url in (
        reverse("cases:request_report_list", args=["weather"]),
        f"{reverse('cases:requests')}?unit={other.ref}",
        f"{reverse('cases:request_report')}?unit={other.ref}",
        f"{reverse('cases:unit_hours')}?unit={other.ref}",
    ):
        assert client.get(url).status_code == 404


def test_a_request_goes_from_the_counter_to_the_right_unit_and_is_answered_there(
    client: Client, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    home, right = household(unit, applicant__person__name="Kari Fugl"), UnitFactory.create(name="Boligkontoret")
    here, there = caseworker(unit), caseworker(right)
    client.force_login(here)
    told = {"kind": RequestKind.PLACE_TONIGHT, "channel": "counter", "asked_on": "today", "about": "A bed"}
    assert send(client, reverse("cases:open_request", args=[home.key]), told).status_code == 302
    request = home.requests.get()
    page = text_of(client.get(reverse("cases:answer_request", args=[home.key, request.pk])))
    assert "Answer before 14:30" in page

    where = reverse("cases:forward_request", args=[home.key, request.pk])
    assert "Choose a unit, or write" in text_of(send(client, where, {"reason": "Its district", "case_goes": "with_it"}))
    on = {"unit": right.pk, "case_goes": "with_it", "reason": "Its district"}
    assert send(client, where, on).status_code == 302
    assert client.get(reverse("cases:asked", args=[home.key])).status_code == 404

    client.force_login(there)
    assert "Boligkontoret" in text_of(client.get(reverse("cases:asked", args=[home.key])))
    monkeypatch.setattr(timezone, "now", lambda: HALF_PAST_TWO)
    client.force_login(there)
    assert "Answer now" in text_of(client.get(reverse("cases:my_day")))
    answer = reverse("cases:answer_request", args=[home.key, request.pk])
    early = {"outcome": Outcome.OFFER, "outcome_at": "today", "outcome_time": "08:00"}
    assert "earlier than the request" in text_of(send(client, answer, early))
    assert send(client, answer, {"outcome": Outcome.OFFER}).status_code == 302
    request.refresh_from_db()
    assert (request.outcome, request.asked_at) == (Outcome.OFFER, AT)


def test_a_dispute_is_registered_decided_and_ended(client: Client, unit: Unit, leader: Employee) -> None:
    home, worker = household(unit), caseworker(unit)
    AssignmentFactory.create(household=home, employee=worker)
    client.force_login(worker)
    told = {"with_body": "Drammen kommune", "about": "Where they lived", "since": "today", "leader": leader.pk}
    url = reverse("cases:open_dispute", args=[home.key])
    assert "must be filled in" in text_of(send(client, url, told))
    assert send(client, url, {**told, "help_meanwhile": "A room"}).status_code == 302
    dispute = home.disputes.get()
    page = reverse("cases:dispute", args=[home.key, dispute.pk])
    assert "Save the decision" not in text_of(client.get(page))

    client.force_login(leader)
    assert text_of(client.get(reverse("cases:disputes"))).count("Drammen kommune") == 1
    assert send(client, page, {"decision": "theirs", "reason": "They moved there"}).status_code == 302
    assert send(client, page, {"result": "Drammen took over"}).status_code == 302
    shown = text_of(client.get(page))
    assert "They moved there" in shown and "Drammen took over" in shown


def test_disputes_are_counted_and_the_late_are_red(client: Client, unit: Unit, leader: Employee) -> None:
    late = DisputeFactory.create(household=household(unit), since=DAY - timedelta(days=10))
    DisputeFactory.create(household=household(unit))
    client.force_login(leader)
    page = client.get(reverse("cases:disputes"), {"only": "late"})

    assert [counter.value for counter in page.context["counters"]] == [2, 1, 0, 0]
    assert [row.dispute_id for row in page.context["page"].rows] == [late.pk]


def test_a_leader_keeps_the_hours_of_the_unit(client: Client, unit: Unit, leader: Employee) -> None:
    client.force_login(leader)
    url = reverse("cases:unit_hours")
    assert "entered nothing" in text_of(client.get(url))
    week = {"starts_on": "today", **{f"opens_{n}": "9" for n in range(5)}, **{f"closes_{n}": "12.00" for n in range(5)}}
    assert "or neither" in text_of(send(client, url, {**week, "closes_0": ""}))
    assert send(client, url, week).status_code == 302
    assert unit.hours.count() == 7
    form = client.get(url).context["day"]
    told = {"day_form": "1", "day": "tomorrow", "why": "Planning day", "form_key": form["form_key"].value()}
    assert client.post(url, {**told, "why": ""}).status_code == 200
    assert client.post(url, told).status_code == 302
    assert "Planning day" in text_of(client.get(url))
    assert client.post(reverse("cases:forget_day", args=[unit.special_days.get().pk])).status_code == 302
    assert not unit.special_days.exists()


def test_the_overview_leads_to_the_lists(client: Client, unit: Unit, leader: Employee) -> None:
    asked(unit)
    client.force_login(leader)
    page = client.get(reverse("cases:overview"))

    assert f"only={Only.RED}" in page.content.decode()
    assert {only: value for _label, value, _definition, only in page.context["asked"]}[Only.RED] == 1
