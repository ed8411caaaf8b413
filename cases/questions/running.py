"""What runs for a household: every plan, service and case under way, what comes next first.

Each area adds its own source, a function in a question module of its own; it asks at most two statements. Most
households have next to none of it: one statement asks of what there is anything at all, and those sources alone tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import (
    AppliedProcess,
    EarlyWarning,
    EvictionCase,
    FollowUpService,
    HousingAllowance,
    HousingApplication,
    HousingPlan,
    IndividualPlan,
    InformalComplaint,
    LoanCase,
    NeedsMapping,
    OwningAgreement,
    RefugeeSettlement,
    Transition,
)
from cases.questions.coming import runs_of_coming
from cases.questions.evictions import running_evictions
from cases.questions.follow_up import running_allowance, running_follow_up
from cases.questions.kinds import Kind, kinds_there
from cases.questions.loans import running_loans
from cases.questions.mapping import running_mapping
from cases.questions.owning import running_owning
from cases.questions.processes import running_processes
from cases.questions.voice import running_complaints
from cases.questions.wanted_plans import plans_that_run
from cases.what_runs import Running
from people.models import Household


def running_of(household: Household, *, on: date) -> list[Running]:
    """What runs on the day, as far as the household's sight reaches, by the day of what comes next."""
    there = kinds_there(household, {kind for _source, kinds in _SOURCES for kind in kinds})
    found = [one for source, kinds in _SOURCES if there.intersection(kinds) for one in source(household, on)]
    return sorted(found, key=lambda one: (one.next_on is None, one.next_on or on, str(one.label)))


def _housing_plan(household: Household, on: date) -> Iterator[Running]:
    plan = HousingPlan.objects.filter(household=household, ended_on__isnull=True).prefetch_related("steps").first()
    if plan is None:
        return
    due = sorted((step.due_on, step.pk, step.what) for step in plan.steps.all() if step.done_on is None)
    yield Running(
        label=_("Housing plan"),
        state_label=plan.get_aim_display(),
        url=reverse("cases:plan", args=[household.key]),
        next_on=due[0][0] if due else None,
        next_label=due[0][2] if due else "",
    )


def _application(household: Household, on: date) -> Iterator[Running]:
    for application in HousingApplication.objects.open().filter(household=household):
        yield Running(
            label=_("Application for a dwelling"),
            state_label=application.get_status_display(),
            url=reverse("cases:applications", args=[household.key]),
        )


#: Each with what it tells of.
_SOURCES: tuple[tuple[Callable[[Household, date], Iterator[Running]], tuple[Kind, ...]], ...] = (
    (_housing_plan, (HousingPlan,)),
    (_application, (HousingApplication,)),
    (running_evictions, (EvictionCase,)),
    (running_owning, (OwningAgreement,)),
    (running_follow_up, (FollowUpService, EarlyWarning)),
    (running_allowance, (HousingAllowance,)),
    (plans_that_run, (IndividualPlan,)),
    (runs_of_coming, (Transition, RefugeeSettlement)),
    (running_mapping, (NeedsMapping,)),
    (running_processes, (AppliedProcess,)),
    (running_complaints, (InformalComplaint,)),
    (running_loans, (LoanCase,)),
)
