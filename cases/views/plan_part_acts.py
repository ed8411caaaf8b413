"""Acts on what stands in a person's plan: measures, the responsibility group, and who coordinates for a child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.plan_parts import (
    add_measure,
    end_child_coordinator,
    end_group,
    finish_measure,
    form_group,
    name_coordinating_unit,
    record_group_meeting,
    set_child_coordinator,
)
from cases.forms.cases import NothingForm
from cases.forms.person_plans import (
    ChildCoordinatorForm,
    CoordinatingUnitForm,
    FinishMeasureForm,
    GroupForm,
    GroupMeetingForm,
    MeasureForm,
)
from cases.models import ChildCoordinator, CoordinatingUnit, PlanMeasure
from cases.views.person_plans import OpenedPlan
from cases.views.plan_acts import acted, common, to_act, who
from cases.views.shell import ActPage, answer, opened, signed_in
from cases.views.units import chosen_unit
from people.act_forms import perform
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


def _taking_part(found: OpenedPlan) -> list[tuple[int, str]]:
    return [(one.pk, str(one)) for one in found.plan.participants.now().order_by("pk")]


@require_http_methods(_METHODS)
def measure(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = MeasureForm(
        request.POST or None, **common(found), participants=_taking_part(found), initial={"begins_on": found.one.today}
    )
    page = ActPage(title=_("Add a measure"), submit=_("Add the measure"), done=_("The measure is added."))

    def do() -> None:
        add_measure(plan_id=plan_id, new=form.new(), **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def finish(request: HttpRequest, key: UUID, plan_id: int, measure_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    one = get_object_or_404(PlanMeasure, pk=measure_id, plan=found.plan)
    form = FinishMeasureForm(request.POST or None, **common(found))
    page = ActPage(
        title=_("What came of the measure"), submit=_("Save what came of it"), done=_("It is saved."), lead=one.what
    )

    def do() -> None:
        told = form.cleaned_data
        finish_measure(measure_id=one.pk, outcome=told["outcome"], why=told["why"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def group(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    live = found.plan.groups.filter(ended_on__isnull=True).first()
    now = list(found.plan.participants.now().filter(is_in_group=True).values_list("pk", flat=True))
    form = GroupForm(
        request.POST or None,
        **common(found),
        participants=_taking_part(found),
        initial={"members": now, "led_by": live.led_by if live else ""},
    )
    page = ActPage(title=_("Responsibility group"), submit=_("Save the group"), done=_("The group is saved."))

    def do() -> None:
        told = form.cleaned_data
        form_group(plan_id=plan_id, led_by=told["led_by"], member_ids=told["members"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def group_meeting(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = GroupMeetingForm(request.POST or None, **common(found), initial={"held_on": found.one.today})
    page = ActPage(title=_("Minutes of the group's meeting"), submit=_("Save the minutes"), done=_("Saved."))

    def do() -> None:
        names = ("held_on", "present", "minutes", "next_on")
        record_group_meeting(plan_id=plan_id, **{name: form.cleaned_data[name] for name in names}, **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def group_end(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = NothingForm(request.POST or None, **common(found))
    page = ActPage(
        title=_("End the responsibility group"),
        submit=_("End the group"),
        done=_("The group has ended."),
        lead=_("Its members still take part in the plan."),
    )
    return acted(request, found, form, page, lambda: end_group(plan_id=plan_id, **who(found, form)))


@require_http_methods(_METHODS)
def child_coordinator(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.MAKE_PLAN)
    children = [(member.person_id, str(member.person)) for member in one.situation.children]
    form = ChildCoordinatorForm(request.POST or None, today=one.today, version=one.household.version, children=children)
    page = ActPage(
        title=_("Children's coordinator"),
        submit=_("Register the coordinator"),
        done=_("The coordinator is registered."),
        lead=_("Families with a child who needs lasting services have a right to one."),
    )

    def do() -> None:
        set_child_coordinator(
            household_id=one.household.pk,
            new=form.new(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    back = one.url("person_plans")
    return answer(request, one, form, page, do, back=back, then=back)


@require_http_methods(_METHODS)
def child_coordinator_end(request: HttpRequest, key: UUID, coordinator_id: int) -> HttpResponse:
    one = opened(request, key, Permission.MAKE_PLAN)
    found = get_object_or_404(ChildCoordinator, pk=coordinator_id, household=one.household)
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)
    page = ActPage(
        title=_("The coordinator ends"), submit=_("End it"), done=_("The coordinator has ended."), lead=str(found)
    )

    def do() -> None:
        end_child_coordinator(coordinator_id=found.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    back = one.url("person_plans")
    return answer(request, one, form, page, do, back=back, then=back)


@require_http_methods(_METHODS)
def coordinating_unit(request: HttpRequest) -> HttpResponse:
    """The municipality's coordinating unit: whom to tell of somebody who needs a plan."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    now = CoordinatingUnit.objects.filter(municipality=chosen.unit.municipality_id).first()
    known = {name: getattr(now, name) for name in ("name", "phone", "email")} if now else {}
    form = CoordinatingUnitForm(request.POST or None, today=localdate(at), initial=known)
    page = ActPage(title=_("Coordinating unit"), submit=_("Save the unit"), done=_("The unit is saved."))
    back = reverse("cases:unit_plans") + chosen.query

    def do() -> str:
        told = {name: form.cleaned_data[name] for name in ("name", "phone", "email")}
        name_coordinating_unit(unit_id=chosen.unit.pk, **told, by=employee, at=at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=at)
        if response is not None:
            notify(request, page.done)
            return response
    return render(request, "cases/person_plans/unit_act.html", {"form": form, "page": page, "back": back})
