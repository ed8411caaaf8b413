"""What runs for a household: every plan, service and case under way, what comes next first.

Each area adds its own source, a function in a question module of its own; it asks at most two statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import HousingApplication, HousingPlan
from cases.questions.coming import runs_of_coming
from cases.questions.evictions import running_evictions
from cases.questions.follow_up import running_allowance, running_follow_up
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
    found = [one for source in _SOURCES for one in source(household, on)]
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


_SOURCES: tuple[Callable[[Household, date], Iterator[Running]], ...] = (
    _housing_plan,
    _application,
    running_evictions,
    running_owning,
    running_follow_up,
    running_allowance,
    plans_that_run,
    runs_of_coming,
    running_mapping,
    running_processes,
    running_complaints,
    running_loans,
)
