"""What runs: one line for each thing under way on the household's page, what comes next first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import HousingPlan, PlanStep
from cases.questions.running import running_of
from people.access import household_for
from people.models import Household
from people.roles import Permission
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import HousingPlanFactory
from tests.factories.people import AT, DAY, AssignmentFactory, HouseholdFactory, UnitFactory, caseworker
from tests.journeys import worker_for
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def step(plan: HousingPlan, what: str, days: int) -> PlanStep:
    return PlanStep.objects.create(plan=plan, what=what, who="Kari", due_on=DAY + timedelta(days=days))


def opened(household: Household) -> Household:
    """By somebody on the case."""
    return household_for(worker_for(household), Permission.VIEW_HOUSEHOLD, key=household.key, at=AT)


def test_what_comes_next_stands_first_and_what_has_no_day_last() -> None:
    plan = HousingPlanFactory.create()
    step(plan, "Second viewing", 9)
    step(plan, "Viewing", 3)
    HousingApplicationFactory.create(household=plan.household)
    lines = running_of(opened(plan.household), on=DAY)
    assert [one.next_on for one in lines] == [DAY + timedelta(days=3), None]
    assert lines[0].next_label == "Viewing"


def test_nothing_of_what_has_ended_runs() -> None:
    assert running_of(opened(HousingPlanFactory.create(ended_on=DAY).household), on=DAY) == []


def test_the_household_s_page_lists_what_runs_with_its_link(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    step(HousingPlanFactory.create(household=household), "Viewing", -1)
    kari = caseworker(unit)
    AssignmentFactory.create(household=household, employee=kari)
    client.force_login(kari)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(reverse("cases:household", args=[household.key]))
    words = text_of(page)
    assert "What runs" in words
    assert "Viewing" in words
    assert "late" in words
    assert reverse("cases:plan", args=[household.key]) in page.content.decode()
