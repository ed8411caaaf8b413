"""A household's needs mapping: the task list, one area, what changed since last time."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.mapping import WRITERS, finish_mapping, start_mapping, write_area
from cases.forms.cases import NothingForm
from cases.forms.heard import AreaForm
from cases.models import MappedArea
from cases.questions.mapping import mapping_of
from cases.views.shell import ActPage, answer, opened
from people.access import household_for
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def mapping(request: HttpRequest, key: UUID, mapping_id: int | None = None) -> HttpResponse:
    """The one under way, else the newest; an earlier one by its number."""
    one = opened(request, key)
    shown = mapping_of(one.household, mapping_id)
    if mapping_id and shown is None:
        raise Http404
    may_act = (one.may_change or one.may_plan) and one.situation.is_open
    current = shown.mapping if shown else None
    context = one.context(
        shown=shown,
        earlier=one.household.mappings.finished().exclude(pk=current.pk if current else 0).newest_first(),
        is_under_way=current is not None and current.finished_on is None,
        has_open=one.household.mappings.open().exists(),
        may_act=may_act,
        sees_special=one.household.sight.special,
    )
    return render(request, "cases/heard/mapping.html", context)


@require_http_methods(_METHODS)
def start(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, WRITERS)
    page = ActPage(
        title=_("Start a needs mapping"),
        submit=_("Start the mapping"),
        done=_("The mapping is started."),
        lead=_("It starts from what the last one says. Go through it with the household, in any order."),
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        version = form.cleaned_data["version"]
        start_mapping(household_id=one.household.pk, version=version, by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("mapping"), back=one.url("mapping"))


@require_http_methods(_METHODS)
def write(request: HttpRequest, key: UUID, area_id: int) -> HttpResponse:
    one = opened(request, key, WRITERS)
    area = get_object_or_404(MappedArea.objects.select_related("mapping", "person"), pk=area_id)
    if area.mapping.household_id != one.household.pk:
        raise Http404
    if area.is_special:
        household_for(one.employee, Permission.VIEW_SPECIAL, key=key, at=one.at)
    title = area.get_area_display()
    lead = str(area.person) if area.person else ""
    if area.is_special:
        lead = " ".join(filter(None, (lead, _("What is written here is only for those on the case."))))
    page = ActPage(title=title, submit=_("Save"), done=_("What they tell is saved."), lead=lead)
    form = AreaForm(request.POST or None, today=one.today, version=one.household.version, area=area)

    def do() -> None:
        version = form.cleaned_data["version"]
        write_area(area_id=area.pk, told=form.told(), version=version, by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("mapping"), back=one.url("mapping"))


@require_http_methods(_METHODS)
def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, WRITERS)
    current = get_object_or_404(one.household.mappings.open())
    page = ActPage(
        title=_("Finish the needs mapping"),
        submit=_("Finish the mapping"),
        done=_("The mapping is finished."),
        lead=_("It stands as it is, and the next one starts from it."),
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        version = form.cleaned_data["version"]
        finish_mapping(mapping_id=current.pk, version=version, by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("mapping"), back=one.url("mapping"))
