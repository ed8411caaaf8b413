"""The plans of a household's persons: the list, one plan with all in it, the family's, and one's own part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import ChildCoordinator, CoordinatingUnit, IndividualPlan, PlanVersion
from cases.questions.person_plans import family_plan_of, my_part, plan_page, plans_of
from cases.views.shell import Opened, opened, signed_in
from people.access import household_for
from people.roles import Permission


@dataclass(frozen=True)
class OpenedPlan:
    """A household opened, and one of its plans."""

    one: Opened
    plan: IndividualPlan

    def url(self, name: str, *args: Any) -> str:
        return self.one.url(name, *args)

    @property
    def page(self) -> str:
        return self.one.url("person_plan", self.plan.pk)

    @property
    def may_act(self) -> bool:
        return self.one.may_plan and self.one.situation.is_open


def opened_plan(
    request: HttpRequest, key: UUID, plan_id: int, permission: Permission = Permission.VIEW_HOUSEHOLD
) -> OpenedPlan:
    """:raises Http404: when there is no such plan here, or it is a safety plan and one may not see what is special"""
    one = opened(request, key, permission)
    found = IndividualPlan.objects.seen_with(special=one.household.sight.special).filter(household=one.household)
    return OpenedPlan(one, get_object_or_404(found.select_related("person", "coordinator", "household"), pk=plan_id))


@require_safe
def person_plans(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every plan of somebody here, and who coordinates the children's services."""
    one = opened(request, key)
    coordinators = ChildCoordinator.objects.filter(household=one.household, ends_on__isnull=True)
    context = one.context(
        plans=plans_of(one.household),
        coordinators=coordinators.select_related("person").order_by("pk"),
        unit=CoordinatingUnit.objects.filter(municipality=one.household.municipality_id).first(),
        may_act=one.may_plan and one.situation.is_open,
    )
    return render(request, "cases/person_plans/plans.html", context)


@require_safe
def person_plan(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    """One plan: how it stands, its nine points, consents, who takes part, measures, group, evaluations, versions."""
    opened_one = opened_plan(request, key, plan_id)
    context = opened_one.one.context(**plan_page(opened_one.plan), may_act=opened_one.may_act)
    return render(request, "cases/person_plans/plan.html", context)


@require_safe
def plan_version(request: HttpRequest, key: UUID, plan_id: int, version: int) -> HttpResponse:
    """The plan as it stood at a revision."""
    opened_one = opened_plan(request, key, plan_id)
    found = get_object_or_404(PlanVersion.objects.select_related("by"), plan=opened_one.plan, number=version)
    context = opened_one.one.context(plan=opened_one.plan, shown=found, back=opened_one.page)
    return render(request, "cases/person_plans/version.html", context)


@require_safe
def family_plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """The plans of the household's members that run, side by side, and all that is to be done by day."""
    one = opened(request, key)
    context = one.context(family=family_plan_of(one.household), back=one.url("person_plans"))
    return render(request, "cases/person_plans/family.html", context)


@require_safe
def plan_part(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    """Their own part, to somebody who takes part in the plan while the person consents to it."""
    employee, at = signed_in(request), timezone.now()
    household = household_for(employee, Permission.VIEW_MINIMUM, key=key, at=at)
    part = my_part(household, plan_id, employee)
    return render(request, "cases/person_plans/part.html", {"part": part, "household": household})
