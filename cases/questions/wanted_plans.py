"""Which persons' plans are to be looked at again, and which groups are to meet; and the plans as lines of what runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from cases.models import GroupMeeting, IndividualPlan, PlanState, ResponsibilityGroup
from cases.what_runs import Running
from people.models import Household


def plans_to_revise(only: Q) -> Iterator[tuple[IndividualPlan, date]]:
    """Plans that run, each with the day it is to be looked at again."""
    for plan in IndividualPlan.objects.filter(only, state=PlanState.ACTIVE).only("household", "next_revision_on"):
        assert plan.next_revision_on is not None
        yield plan, plan.next_revision_on


def groups_to_meet(only: Q) -> Iterator[tuple[int, int, date]]:
    """Groups that agreed on a next meeting: group, household, day. What was held since is the last one."""
    last = GroupMeeting.objects.filter(group=OuterRef("pk")).order_by("-held_on")
    plans = IndividualPlan.objects.filter(only, state=PlanState.ACTIVE)
    groups = ResponsibilityGroup.objects.filter(ended_on__isnull=True, plan__in=plans.values("pk"))
    rows = groups.annotate(meets_on=Subquery(last.values("next_on")[:1]))
    for pk, household, day in rows.values_list("pk", "plan__household", "meets_on"):
        if day is not None:
            yield pk, household, day


def plans_that_run(household: Household, on: date) -> Iterator[Running]:
    """A line for each plan of the household that lives, as far as the household's sight reaches."""
    found = IndividualPlan.objects.live().seen_with(special=household.sight.special).filter(household=household)
    for plan in found.select_related("person").order_by("pk"):
        yield Running(
            label=f"{plan.get_kind_display()}, {plan.person}",
            state_label=plan.get_state_display(),
            url=reverse("cases:person_plan", args=[household.key, plan.pk]),
            next_on=plan.next_revision_on,
            next_label=plan._meta.get_field("next_revision_on").verbose_name if plan.next_revision_on else "",
        )
