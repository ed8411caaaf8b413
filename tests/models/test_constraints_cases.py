"""Every rule that the database guards in cases, broken by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from cases.models import (
    BreachReview,
    Case,
    HousingPlan,
    MonthSignOff,
    Need,
    ReceivedPaper,
    Task,
    TaskKind,
)
from cases.models.decision import TRIGGER_MESSAGES
from people.constraints import broken_constraint, constraint_message
from people.refusals import refusal_of
from tests.factories.cases import CaseFactory, DecisionFactory, DocumentFactory, HousingPlanFactory, RequestFactory
from tests.factories.inspections import (
    AssessmentFactory,
    InspectionFactory,
    InspectorFactory,
    PopulationEntryFactory,
    SampledCaseFactory,
)
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    OSLO_NUMBER,
    EmployeeFactory,
    HouseholdFactory,
    UnitFactory,
)
from tests.models.breaks_of_appeals import OF_APPEALS
from tests.models.breaks_of_applications import OF_APPLICATIONS
from tests.models.breaks_of_coming import OF_COMING
from tests.models.breaks_of_decisions import OF_DECISIONS, issued
from tests.models.breaks_of_follow_up import OF_FOLLOW_UP
from tests.models.breaks_of_heard import OF_HEARD
from tests.models.breaks_of_leases import OF_SECURITIES
from tests.models.breaks_of_letters import OF_LETTERS
from tests.models.breaks_of_loans import OF_LOANS
from tests.models.breaks_of_offers import OF_OFFERS
from tests.models.breaks_of_owning import OF_EVICTIONS, OF_OWNING
from tests.models.breaks_of_plans import OF_PLANS
from tests.models.breaks_of_recipients import OF_RECIPIENTS
from tests.models.breaks_of_rights import OF_CASES
from tests.models.breaks_of_tasks import OF_TASKS
from tests.models.breaks_of_waiting import OF_WAITING
from tests.models.broken_requests import OF_REQUESTS

pytestmark = pytest.mark.django_db

REVERSED = {"starts_on": DAY, "ends_on": DAY}
YESTERDAY = DAY - timedelta(days=1)
WRITTEN = {"facts": "x", "considerations": "x", "start_reason": "x", "user_view": "x"}


def need(**facts: Any) -> Need:
    told = {"kind": "at_risk", "reason": "notice", "starts_on": DAY, **facts}
    return Need.objects.create(household=HouseholdFactory.create(), **told)


def task(**facts: Any) -> Task:
    told = {"unit": UnitFactory.create(), "kind": TaskKind.OTHER, "due_on": DAY, **facts}
    return Task.objects.create(household=HouseholdFactory.create(), **told)


def review(**facts: Any) -> BreachReview:
    told = {"reason": "debt", "measure": "x", "deadline": DAY, "reviewed_on": DAY, "first_night": LONG_AGO, **facts}
    return BreachReview.objects.create(household=HouseholdFactory.create(), by=EmployeeFactory.create(), **told)


def signed(**facts: Any) -> MonthSignOff:
    figures = {"over": 0, "soon": 0, "without_measure": 0, "signed_at": AT}
    told = {"unit": UnitFactory.create(), "month": DAY.replace(day=1), **figures, **facts}
    return MonthSignOff.objects.create(signed_by=EmployeeFactory.create(), **told)


def _twice(make: Callable[..., object], **same: Any) -> None:
    for _ in range(2):
        make(**same)


def paper(**facts: Any) -> ReceivedPaper:
    told = {"about": "Lease", "media_type": "pdf", "content": b"x", "sha256": "0" * 64, **facts}
    by = EmployeeFactory.create()
    return ReceivedPaper.objects.create(household=HouseholdFactory.create(), received_on=DAY, by=by, at=AT, **told)


BREAKS: dict[str, Callable[[], object]] = {
    **OF_APPEALS,
    **OF_APPLICATIONS,
    **OF_LETTERS,
    **OF_CASES,
    **OF_COMING,
    **OF_DECISIONS,
    **OF_WAITING,
    **OF_SECURITIES,
    **OF_FOLLOW_UP,
    **OF_RECIPIENTS,
    **OF_LOANS,
    **OF_OFFERS,
    **OF_EVICTIONS,
    **OF_OWNING,
    **OF_PLANS,
    **OF_TASKS,
    **OF_HEARD,
    **OF_REQUESTS,
    "case_one_open_a_household": lambda: _twice(CaseFactory.create, household=HouseholdFactory.create()),
    "case_state_is_known": lambda: CaseFactory.create(state="lost"),
    "case_lost_home_reason_is_known": lambda: CaseFactory.create(lost_home_reason="boredom"),
    "case_closing_reason_is_known": lambda: CaseFactory.create(
        state="closed", closed_on=DAY, opened_on=DAY, closing_reason="boredom"
    ),
    "case_closed_has_day_and_reason": lambda: CaseFactory.create(state="closed", closed_on=DAY),
    "case_closed_not_before_it_opened": lambda: CaseFactory.create(
        state="closed", opened_on=DAY, closed_on=YESTERDAY, closing_reason="other"
    ),
    "case_in_its_household_s_municipality": lambda: CaseFactory.create(municipality_id=OSLO_NUMBER),
    "need_ends_after_it_starts": lambda: need(**REVERSED),
    "need_kind_is_known": lambda: need(kind="boredom"),
    "need_reason_is_known": lambda: need(reason="boredom"),
    "received_paper_media_type_is_known": lambda: paper(media_type="exe"),
    "received_paper_says_what_it_is": lambda: paper(about=""),
    "received_paper_has_content": lambda: paper(content=b""),
    "received_paper_tells_its_file": lambda: paper(sha256="F" * 64),
    "document_once_a_decision": lambda: _twice(DocumentFactory.create, decision=DecisionFactory.create()),
    "document_number_once_a_household": lambda: _twice(
        DocumentFactory.create, decision=DecisionFactory.create(), number=1, kind="correction"
    ),
    "document_of_a_decision_names_it": lambda: DocumentFactory.create(
        decision=None, household=HouseholdFactory.create(), unit=UnitFactory.create()
    ),
    "document_kind_is_known": lambda: DocumentFactory.create(kind="postcard"),
    "document_language_is_known": lambda: DocumentFactory.create(language="xx"),
    "housing_plan_aim_is_known": lambda: HousingPlanFactory.create(aim="castle"),
    "housing_plan_ends_after_it_is_made": lambda: HousingPlanFactory.create(made_on=DAY, ended_on=YESTERDAY),
    "housing_plan_one_current_a_household": lambda: _twice(
        HousingPlanFactory.create, household=HouseholdFactory.create()
    ),
    "request_channel_is_known": lambda: RequestFactory.create(channel="pigeon"),
    "request_outcome_is_known": lambda: RequestFactory.create(
        outcome="shrug", outcome_at=AT, outcome_by=EmployeeFactory.create()
    ),
    "request_outcome_has_time_and_person": lambda: RequestFactory.create(outcome="offer"),
    "request_answered_after_it_was_asked": lambda: RequestFactory.create(
        outcome="offer", outcome_at=AT - timedelta(minutes=1), outcome_by=EmployeeFactory.create()
    ),
    "breach_review_reason_is_known": lambda: review(reason="dunno"),
    "month_signed_once_a_unit": lambda: _twice(signed, unit=UnitFactory.create()),
    "month_sign_off_is_a_month": lambda: signed(month=DAY),
    "task_kind_is_known": lambda: task(kind="dance"),
    "task_done_has_day_and_person": lambda: task(done_on=DAY),
    "inspection_ends_after_it_starts": lambda: InspectionFactory.create(**REVERSED),
    "inspection_has_themes_that_are_known": lambda: InspectionFactory.create(themes=["weather"]),
    "inspection_draws_a_case_or_more": lambda: InspectionFactory.create(sample_size=0),
    "inspection_has_a_reference": lambda: InspectionFactory.create(case_reference=""),
    "inspection_is_drawn_from_a_seed": lambda: InspectionFactory.create(population_sha256="f00"),
    "inspection_expires_after_it_is_opened": lambda: InspectionFactory.create(expires_at=AT),
    "inspection_is_closed_by_somebody_after_it_is_opened": lambda: InspectionFactory.create(closed_at=AT),
    "inspector_once_an_inspection": lambda: _twice(
        InspectorFactory.create, inspection=InspectionFactory.create(), employee=EmployeeFactory.create()
    ),
    "population_entry_theme_is_known": lambda: PopulationEntryFactory.create(theme="weather"),
    "population_entry_kind_is_known": lambda: PopulationEntryFactory.create(kind="dance"),
    "population_entry_is_over_after_it_began": lambda: PopulationEntryFactory.create(on=DAY, until=DAY),
    "sampled_case_once_an_inspection": lambda: _twice(
        SampledCaseFactory.create, inspection=InspectionFactory.create(), household=HouseholdFactory.create()
    ),
    "sampled_case_has_its_own_number": lambda: _twice(
        SampledCaseFactory.create, inspection=InspectionFactory.create(), number=1
    ),
    "sampled_case_numbers_begin_at_one": lambda: SampledCaseFactory.create(number=0),
    "sampled_case_that_is_named_has_a_reason": lambda: SampledCaseFactory.create(origin="named"),
    "assessment_point_is_known": lambda: AssessmentFactory.create(point="weather"),
    "assessment_verdict_is_known": lambda: AssessmentFactory.create(verdict="nice"),
    "assessment_says_what_is_missing": lambda: AssessmentFactory.create(verdict="not_met"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_by_the_name_of_the_rule(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()

    assert broken_constraint(refused.value) == name
    assert constraint_message(refused.value)
    assert refusal_of(refused.value) is not None


def test_every_rule_of_cases_is_broken_here() -> None:
    models = apps.get_app_config("cases").get_models()
    named = {constraint.name for model in models for constraint in model._meta.constraints}

    assert named | set(TRIGGER_MESSAGES) == set(BREAKS)


def test_an_issued_decision_is_not_removed_either() -> None:
    decision = issued()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        decision.delete()

    assert broken_constraint(refused.value) == "decision_issued_never_changes"


def test_a_closed_case_leaves_room_for_a_new_one_and_an_ended_plan_for_the_next() -> None:
    household = HouseholdFactory.create()
    for _ in range(2):
        CaseFactory.create(household=household, state="closed", closed_on=DAY, closing_reason="other")
        HousingPlanFactory.create(household=household, ended_on=DAY)
    CaseFactory.create(household=household)
    HousingPlanFactory.create(household=household)

    assert (Case.objects.count(), HousingPlan.objects.count()) == (3, 3)
