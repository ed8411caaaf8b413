"""A unit's work processes and their versions, and what its households say."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.process_templates import steps_in_force, steps_of, version_in_force, write_template
from cases.actions.processes import move_process
from cases.forms.cases import NothingForm
from cases.forms.heard import MOST_STEPS, VersionForm, VersionStepForm, version_steps
from cases.forms.loose import all_valid, row_count, unbound
from cases.models import ProcessGroup, ProcessTemplate
from cases.questions.processes import cases_to_move, groups_of
from cases.questions.voice import unit_voice
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.access import has_permission
from people.act_forms import perform
from people.form_errors import complaints
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def voices(request: HttpRequest) -> HttpResponse:
    """Complaints to answer, surveys to ask, and what was answered in the last year."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    heard = unit_voice(chosen.unit, signed_in(request), at=at)
    return render(request, "cases/heard/unit_voice.html", {"chosen": chosen, "heard": heard, "today": localdate(at)})


@require_safe
def work_processes(request: HttpRequest) -> HttpResponse:
    """Each group's process: its versions, and how many of the unit's cases follow an older one."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    context = {
        "chosen": chosen,
        "groups": groups_of(chosen.unit, employee, at=at),
        "may_lead": has_permission(employee, Permission.LEAD, at=at),
        "today": localdate(at),
    }
    return render(request, "cases/heard/work_processes.html", context)


@require_safe
def version(request: HttpRequest, process_group: str) -> HttpResponse:
    """The steps of a version: the one in force, or the one named by `?version=`."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    kind, on = _group(process_group), localdate(at)
    known = ProcessTemplate.objects.filter(municipality=chosen.unit.municipality_id, group=kind)
    asked = request.GET.get("version", "")
    if asked.isascii() and asked.isdigit():
        template: ProcessTemplate | None = get_object_or_404(known, pk=int(asked[:18]))
        steps = steps_of(template) if template else []
    else:
        template = version_in_force(chosen.unit.municipality_id, kind, on=on)
        steps = steps_in_force(chosen.unit.municipality_id, kind, on=on)
    context = {"chosen": chosen, "group": kind, "template": template, "steps": steps}
    return render(request, "cases/heard/version.html", context)


@require_http_methods(_METHODS)
def write_version(request: HttpRequest, process_group: str) -> HttpResponse:
    """A new version, from the steps of the one in force; "add one more step" sends it without saving."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    kind, today = _group(process_group), localdate(at)
    before = [vars(step) for step in steps_in_force(chosen.unit.municipality_id, kind, on=today)]
    data = request.POST or None
    count = row_count(data, first=len(before) + 1, most=MOST_STEPS)
    form = VersionForm(data, today=today, initial={"valid_from": today})
    steps = [
        VersionStepForm(
            data,
            prefix=f"step-{n}",
            initial=before[n] if n < len(before) else None,
            empty_permitted=True,
        )
        for n in range(count)
    ]
    is_sent = request.method == "POST" and "add" not in request.POST
    if request.method == "POST" and not is_sent:
        for part in (form, *steps):
            unbound(part, request.POST)
    if is_sent and all_valid([form, *steps]):

        def do() -> str:
            write_template(
                unit_id=chosen.unit.pk,
                group=kind,
                valid_from=form.cleaned_data["valid_from"],
                steps=version_steps(steps),
                by=employee,
                at=at,
            )
            return _hub(chosen.query)

        response = perform(request, form, do, at=at)
        if response is not None:
            notify(request, _("The new version is saved."))
            return response
    wrong = complaints([form, *steps]) if is_sent else []
    context = {
        "chosen": chosen,
        "group": kind,
        "form": form,
        "steps": steps,
        "count": count,
        "complaints": wrong,
        "may_add": count < MOST_STEPS,
        "back": _hub(chosen.query),
    }
    return render(request, "cases/heard/write_version.html", context)


@require_http_methods(_METHODS)
def move_cases(request: HttpRequest, process_group: str) -> HttpResponse:
    """The dry run: whom the version in force would change what for. Sent, it moves them all."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    template = version_in_force(chosen.unit.municipality_id, _group(process_group), on=localdate(at))
    if template is None:
        raise Http404
    found = cases_to_move(template, chosen.unit, employee, at=at)
    form = NothingForm(request.POST or None, today=localdate(at))
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            for case in found:
                move_process(process_id=case.process.pk, template_id=template.pk, by=employee, at=at)
            return _hub(chosen.query)

        response = perform(request, form, do, at=at)
        if response is not None:
            moved = len(found)
            notify(request, ngettext("%(n)s case is moved.", "%(n)s cases are moved.", moved) % {"n": moved})
            return response
    context = {
        "chosen": chosen,
        "template": template,
        "named": [case for case in found if case.standing],
        "unnamed": sum(case.standing is None for case in found),
        "found": found,
        "form": form,
        "back": _hub(chosen.query),
    }
    return render(request, "cases/heard/move_cases.html", context)


def _hub(query: str) -> str:
    return reverse("cases:work_processes") + query


def _group(code: str) -> ProcessGroup:
    """:raises Http404: when there is none"""
    if code not in ProcessGroup.values:
        raise Http404
    return ProcessGroup(code)
