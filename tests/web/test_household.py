"""A household's pages: what they show to whom, and each act that has a page of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.actions.calendar import effect_due
from cases.models import CaseState, Need, Outcome, Task, TaskKind
from housing.models import Absence, ResidenceKind
from people.models import AssignmentRole, Employee, Household, JournalEntry, Role, Unit
from tests.factories.cases import DecisionFactory, HousingPlanFactory, RequestFactory
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    AssignmentFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import shielded, stay, then

pytestmark = pytest.mark.django_db

PAGES = ["household", "lived", "journal", "members", "decisions", "plan"]


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit, kari: Employee) -> Household:
    """In temporary accommodation for 74 days."""
    made = stay(unit, DAY - timedelta(days=74), name="Ingrid Nordmann")
    AssignmentFactory.create(household=made, employee=kari)
    return _lived(made)


def _lived(made: Household) -> Household:
    """Its case brought to the state that its residences give, as the daily job does."""
    effect_due(at=AT)
    made.refresh_from_db()
    return made


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def state(household: Household) -> str:
    return str(household.cases.get().state)


# What is shown


@pytest.mark.parametrize("name", PAGES)
def test_each_page_stands_under_the_header(client: Client, household: Household, name: str) -> None:
    words = text_of(client.get(of(household, name)))
    assert "Ingrid Nordmann" in words
    assert "Day 74" in words


@pytest.mark.parametrize("name", PAGES)
def test_no_title_names_anybody(client: Client, household: Household, name: str) -> None:
    page = client.get(of(household, name)).content.decode()
    assert "Nordmann" not in page.split("<title>")[1].split("</title>")[0]


def test_a_shielded_household_exists_only_for_those_on_it(client: Client, kari: Employee, unit: Unit) -> None:
    hidden = shielded(unit, DAY)
    assert client.get(of(hidden, "household")).status_code == 404
    AssignmentFactory.create(household=hidden, employee=kari)
    assert "Protected address" in text_of(client.get(of(hidden, "household")))


def test_the_state_s_next_act_is_the_one_primary_button(client: Client, household: Household) -> None:
    assert client.get(of(household, "household")).context["next_act"].url == of(household, "make_plan")
    HousingPlanFactory.create(household=household)
    assert client.get(of(household, "household")).context["next_act"].url == of(household, "settle")
    oral = DecisionFactory.create(household=household, is_oral=True)
    assert client.get(of(household, "household")).context["next_act"].url == of(household, "write_decision", oral.pk)


def test_the_checklist_says_what_the_law_lacks(client: Client, household: Household) -> None:
    MemberFactory.create(household=household, is_child=True)
    checks = client.get(of(household, "household")).context["checks"]
    lacking = [check.number for check in checks if not check.is_met]
    assert lacking == ["L01", "L04", "L08", "L09", "L13"]
    DecisionFactory.create(
        household=household, is_oral=True, starts_on=DAY - timedelta(days=74), ends_on=DAY + timedelta(days=9)
    )
    RequestFactory.create(household=household)
    HousingPlanFactory.create(household=household)
    checks = client.get(of(household, "household")).context["checks"]
    assert [check.number for check in checks if not check.is_met] == ["L02", "L04", "L08", "L09", "L10", "L12"]


def test_a_plan_not_due_yet_is_neither_done_nor_missing(client: Client, kari: Employee, unit: Unit) -> None:
    new = stay(unit, DAY)
    [plan] = [check for check in client.get(of(new, "household")).context["checks"] if check.number == "L13"]
    assert (plan.is_met, plan.is_waiting) == (False, True)


def test_a_plan_coordinator_reads_and_plans_and_no_more(client: Client, household: Household, unit: Unit) -> None:
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit)
    AssignmentFactory.create(household=household, employee=coordinator, role=AssignmentRole.PLAN_COORDINATOR)
    client.force_login(coordinator)
    page = client.get(of(household, "household"))
    offered = [item.url for group in page.context["menu"] for item in group.items]
    told = [of(household, "report_deviation"), of(household, "report_obstacle")]
    plan = ("make_plan", "follow_up", "person_plans", "transitions", "mapping", "processes", "voice")
    read = [of(household, name) for name in (*plan, "applications")]
    assert offered == [*read, *told, of(household, "declare")]
    assert client.get(of(household, "applications")).status_code == 200
    assert client.get(of(household, "place")).status_code == 403
    assert client.get(of(household, "make_plan")).status_code == 200


def test_a_correction_is_shown_struck_through_with_its_reason(client: Client, household: Household) -> None:
    residence = household.residences.get()
    first = DAY - timedelta(days=70)
    told = {"starts_on": f"{first:%d.%m.%Y}", "reason": "The invoice says so"}
    send(client, of(household, "correct_residence", residence.pk), {"provider": residence.provider_id, **told})
    residence.refresh_from_db()
    assert residence.starts_on == first
    page = client.get(of(household, "lived"))
    [struck] = [fact for fact in page.context["facts"] if fact.is_struck]
    assert (struck.on, struck.correction) == (DAY - timedelta(days=74), "The invoice says so")
    assert "<s>" in page.content.decode()


def test_a_correction_without_a_reason_changes_nothing(client: Client, household: Household) -> None:
    residence = household.residences.get()
    told = {"starts_on": "1.1.2026", "provider": residence.provider_id}
    answer = send(client, of(household, "correct_residence", residence.pk), told)
    assert "must be filled in" in text_of(answer)
    residence.refresh_from_db()
    assert residence.starts_on == DAY - timedelta(days=74)


def test_a_place_that_never_was_is_removed_and_stays_struck(client: Client, household: Household) -> None:
    residence = household.residences.get()
    answer = send(client, of(household, "remove_residence", residence.pk), {"reason": "Wrong household"})
    [fact] = followed(client, answer).context["facts"]
    assert fact.is_struck
    assert state(household) == CaseState.REGISTERED


def test_another_household_s_residence_is_not_found_here(client: Client, household: Household, unit: Unit) -> None:
    other = stay(unit, DAY).residences.get()
    assert client.get(of(household, "correct_residence", other.pk)).status_code == 404


def test_gaps_absences_and_what_was_carried_from_before_a_split_are_shown(
    client: Client, household: Household, unit: Unit
) -> None:
    household.residences.update(ends_on=DAY - timedelta(days=20))
    then(household, ResidenceKind.FRIENDS, DAY - timedelta(days=10))
    Absence.objects.create(household=household, starts_on=DAY, where="Hospital", is_held=True)
    words = text_of(client.get(of(household, "lived")))
    assert "10 nights of which nothing is known" in words
    assert "Away: Hospital" in words
    part = stay(unit, DAY)
    part.split_from, part.split_on = household, DAY
    part.save(update_fields=["split_from", "split_on"])
    assert "Before the household was split." in text_of(client.get(of(part, "lived")))


def test_the_journal_can_be_read_by_kind(client: Client, household: Household) -> None:
    send(client, of(household, "record_absence"), {"where": "Hospital", "starts_on": "today"})
    page = client.get(of(household, "journal"), {"kind": "lived"})
    assert len(page.context["page"].rows) == 1
    assert len(client.get(of(household, "journal")).context["page"].rows) == JournalEntry.objects.count()


@pytest.mark.parametrize("name", PAGES)
def test_the_statements_of_a_page_do_not_grow(
    client: Client, household: Household, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        MemberFactory.create(household=household, is_child=True)
        DecisionFactory.create(household=household)
        Task.objects.create(
            household=household, unit=household.responsibilities.get().unit, kind=TaskKind.OTHER, due_on=DAY
        )
        Need.objects.create(household=household, kind="at_risk", reason="notice", starts_on=LONG_AGO)
        RequestFactory.create(household=household)
        send(client, of(household, "open_request"), {"channel": "phone", "asked_on": "today", "about": str(number)})
    client.get(of(household, name))
    with django_assert_max_num_queries(28):
        client.get(of(household, name))


# What is done


def test_settling_asks_for_the_kind_first_and_then_its_lease(client: Client, household: Household) -> None:
    url = of(household, "settle")
    assert "kind" in client.get(url).context["form"].fields
    answer = send(client, f"{url}?kind=private_rental", {"on": "today", "lease": "ordinary"})
    assert "The household has a home." in text_of(followed(client, answer))
    assert state(household) == CaseState.SETTLED


def test_a_lease_of_less_than_three_years_is_no_permanent_home(client: Client, household: Household) -> None:
    told = {"on": "today", "lease": "ordinary", "lease_ends_on": "1.1.2027"}
    send(client, f"{of(household, 'settle')}?kind=municipal_rental", told)
    assert state(household) == CaseState.ELSEWHERE


@pytest.mark.parametrize("kind", ["friends", "institution", "prison", "unknown", "with_family", "rough"])
def test_leaving_elsewhere_ends_the_stay_that_day(client: Client, household: Household, kind: str) -> None:
    answer = send(client, f"{of(household, 'leave')}?kind={kind}", {"on": "today"})
    assert answer.status_code == 302
    assert household.residences.on(DAY).get().kind == kind


def test_leaving_on_the_day_moved_in_is_refused_with_a_sentence(client: Client, household: Household) -> None:
    first = household.residences.get().starts_on
    answer = send(client, f"{of(household, 'leave')}?kind=friends", {"on": f"{first:%d.%m.%Y}"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert household.residences.count() == 1


def test_losing_a_home_says_why_and_where_they_are(client: Client, household: Household) -> None:
    send(client, f"{of(household, 'settle')}?kind=owned", {"on": "today"})
    told = {"on": "tomorrow", "lost_home_reason": "fire"}
    assert send(client, f"{of(household, 'lose_home')}?kind=friends", told).status_code == 302
    assert household.cases.get().lost_home_reason == "fire"


def test_a_case_in_temporary_accommodation_is_not_closed(client: Client, household: Household) -> None:
    answer = send(client, of(household, "close"), {"closing_reason": "withdrawn"})
    assert "The household is in temporary accommodation" in text_of(answer)
    assert state(household) == CaseState.TEMPORARY


def test_a_closed_case_takes_no_acts_until_it_is_reopened(client: Client, household: Household) -> None:
    send(client, f"{of(household, 'settle')}?kind=owned", {"on": "today"})
    answer = send(client, of(household, "close"), {"closing_reason": "permanent_home"})
    assert state(household) == CaseState.CLOSED
    assert followed(client, answer).context["next_act"].url == of(household, "reopen")
    told = {"where": "Hospital", "starts_on": "today"}
    assert "The case is closed. Reopen it first." in text_of(send(client, of(household, "record_absence"), told))
    send(client, of(household, "reopen"), {"reason": "Back again"})
    assert state(household) == CaseState.SETTLED


def test_undoing_what_cannot_be_undone_says_so(client: Client, household: Household) -> None:
    answer = client.post(of(household, "undo"))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_a_need_is_recorded_and_ended(client: Client, household: Household) -> None:
    send(client, of(household, "record_need"), {"kind": "at_risk", "need_reason": "notice", "starts_on": "-3"})
    need = household.needs.get()
    assert of(household, "end_need", need.pk) in client.get(of(household, "lived")).content.decode()
    assert send(client, of(household, "end_need", need.pk), {"on": "today"}).status_code == 302
    need.refresh_from_db()
    assert need.ends_on == DAY


def test_an_absence_is_recorded_and_ended(client: Client, household: Household) -> None:
    send(client, of(household, "record_absence"), {"where": "Hospital", "starts_on": "-3"})
    absence = household.absences.get()
    assert of(household, "end_absence", absence.pk) in client.get(of(household, "lived")).content.decode()
    assert send(client, of(household, "end_absence", absence.pk), {"on": "today"}).status_code == 302
    absence.refresh_from_db()
    assert absence.ends_on == DAY


def test_a_request_is_taken_in_and_answered(client: Client, household: Household) -> None:
    told = {"kind": "dwelling", "channel": "phone", "asked_on": "today", "asked_time": "08:15", "about": "A bed"}
    assert send(client, of(household, "open_request"), told).status_code == 302
    request = household.requests.get()
    assert timezone.localtime(request.asked_at).hour == 8
    assert (request.kind, request.lacks_place_tonight) == ("dwelling", False)
    url = of(household, "answer_request", request.pk)
    opened = client.get(url).context["form"]
    assert send(client, url, {"outcome": Outcome.WITHDRAWN}).status_code == 302
    late = {"outcome": Outcome.OFFER, "form_key": opened["form_key"].value(), "version": ""}
    assert "already has its outcome" in text_of(client.post(url, late))
    assert "Save the outcome" not in text_of(client.get(url))


def test_a_request_asked_later_than_now_is_refused_at_its_field(client: Client, household: Household) -> None:
    told = {"kind": "dwelling", "channel": "phone", "asked_on": "tomorrow", "about": "A bed"}
    answer = send(client, of(household, "open_request"), told)
    assert "later than now" in text_of(answer)
    assert not household.requests.exists()


def test_a_plan_is_made_with_steps_and_a_step_ticked_off(client: Client, household: Household) -> None:
    url = of(household, "make_plan")
    talk = {"talk_on": "today", "aim": "own", "user_wants": "A home near the school"}
    more = send(client, url, {**talk, "add": "1"})
    assert "must be filled in" not in text_of(more)
    assert len(more.context["steps"]) == 4
    step = {"step-0-what": "Apply", "step-0-who": "Kari", "step-0-due_on": "+7"}
    answer = send(client, url, {**talk, **step})
    assert "The housing plan is made." in text_of(followed(client, answer))
    made = household.plans.get().steps.get()
    assert send(client, of(household, "finish_step", made.pk)).status_code == 302
    made.refresh_from_db()
    assert made.done_on == DAY


def test_a_plan_without_a_step_is_refused(client: Client, household: Household) -> None:
    told = {"talk_on": "today", "aim": "own", "user_wants": "A home"}
    assert "A plan needs at least one step." in text_of(send(client, of(household, "make_plan"), told))


def test_a_task_is_ticked_off_and_one_with_its_own_act_leads_there(
    client: Client, household: Household, unit: Unit
) -> None:
    task = Task.objects.create(household=household, unit=unit, kind=TaskKind.OTHER, due_on=DAY)
    assert send(client, of(household, "task", task.pk)).status_code == 302
    assert client.get(of(household, "task", task.pk)).status_code == 404
    plan = Task.objects.create(household=household, unit=unit, kind=TaskKind.MAKE_PLAN, due_on=DAY)
    assert of(household, "make_plan") in client.get(of(household, "task", plan.pk)).content.decode()


def test_a_task_for_the_leader_has_no_button_for_others(client: Client, household: Household, unit: Unit) -> None:
    task = Task.objects.create(
        household=household, unit=unit, kind=TaskKind.LEADER_BELOW_STANDARD, due_on=DAY, for_leader=True
    )
    assert not client.get(of(household, "task", task.pk)).context["may_finish"]
    assert client.post(of(household, "task", task.pk), {"form_key": "0" * 32}).status_code == 403
    client.force_login(team_leader(unit))
    assert send(client, of(household, "task", task.pk)).status_code == 302


def test_a_leader_gives_the_case_to_another(client: Client, household: Household, unit: Unit) -> None:
    colleague = caseworker(unit)
    client.force_login(team_leader(unit))
    assert send(client, of(household, "assign"), {"owner": colleague.pk}).status_code == 302
    assert household.assignments.on(DAY).get(role=AssignmentRole.OWNER).employee == colleague


def test_the_responsible_caseworker_names_a_substitute(client: Client, household: Household, unit: Unit) -> None:
    colleague = caseworker(unit)
    told = {"employee": colleague.pk, "ends_on": "+7"}
    assert send(client, of(household, "substitute"), told).status_code == 302
    assert household.assignments.on(DAY).get(role=AssignmentRole.SUBSTITUTE).employee == colleague


def test_a_household_handed_over_is_gone_from_the_old_unit(client: Client, household: Household) -> None:
    told = {"unit": UnitFactory.create().pk, "on": "today", "reason": "Has moved"}
    answer = send(client, of(household, "hand_over"), told)
    assert answer.headers["Location"] == "/"
    assert client.get(of(household, "household")).status_code == 404
