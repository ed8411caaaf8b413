"""What a municipality tells of itself: the year's questionnaire, values from registers, targets of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kpi.actions.told import (
    FIRST_YEAR,
    FromRegister,
    answer_rows,
    drop_target,
    may_have_target,
    set_target,
    tell_from_register,
)
from kpi.forms.told import (
    AnswersForm,
    DropTargetForm,
    RegisterFileForm,
    RegisterValueForm,
    TargetForm,
    initial_of,
)
from kpi.models import CatalogueRow, LocalTarget
from kpi.questions.told import answered_rows, by_objective, imported_rows, told_of
from kpi.views.municipality import exporter_of
from kpi.views.year import Year, year_asked
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def answers(request: HttpRequest) -> HttpResponse:
    """The questionnaire of one year: who answered what and when, and the answers to change."""
    asked = _asked(request)
    rows, told = answered_rows(), told_of(asked.municipality, asked.year)
    form = AnswersForm(request.POST or None, today=asked.today, rows=rows, answers=told.answers)

    def do() -> str:
        changed = answer_rows(
            municipality=asked.municipality,
            year=asked.year,
            answers=[(row, form.answer_to(row)) for row in rows],
            by=asked.of.employee,
            at=asked.of.at,
        )
        notify(request, ngettext("%(n)s answer is saved.", "%(n)s answers are saved.", changed) % {"n": changed})
        return reverse("kpi:answers") + asked.query

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=asked.of.at)
        if response is not None:
            return response
    parts = [
        (objective, [(form[row.code], told.answers.get(row.pk)) for row in those])
        for objective, those in by_objective(rows)
    ]
    context = {**asked.context, "form": form, "year_form": asked.form, "parts": parts, "crumbs": _crumbs(asked)}
    return render(request, "kpi/front/answers.html", context)


@require_http_methods(_METHODS)
def register_values(request: HttpRequest) -> HttpResponse:
    """What other registers tell of one year, and a file that tells more of them."""
    asked = _asked(request)
    rows, told = imported_rows(), told_of(asked.municipality, asked.year)
    form = RegisterFileForm(request.POST or None, request.FILES or None, today=asked.today, rows=rows)

    def do() -> str:
        count = _enter(asked, form.cleaned_data["file"])
        notify(request, ngettext("%(n)s value is read in.", "%(n)s values are read in.", count) % {"n": count})
        return reverse("kpi:register_values") + asked.query

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=asked.of.at)
        if response is not None:
            return response
    context = {
        **asked.context,
        "form": form,
        "year_form": asked.form,
        "rows": [(row, told.values.get(row.pk), _value_url(row, asked)) for row in rows],
        "crumbs": _crumbs(asked),
    }
    return render(request, "kpi/front/register_values.html", context)


@require_http_methods(_METHODS)
def register_value(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One row's value of a year, typed in."""
    asked = _of_year(_asked(request, year=year), year)
    row = next((one for one in imported_rows() if one.code == code), None)
    if row is None:
        raise Http404
    written = told_of(asked.municipality, year).values.get(row.pk)
    form = RegisterValueForm(request.POST or None, today=asked.today, initial=initial_of(row, written))
    back = reverse("kpi:register_values") + asked.query

    def do() -> str:
        _enter(asked, [FromRegister(row=row, **_fields(form, "value", "numerator", "denominator", "register"))])
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=asked.of.at)
        if response is not None:
            return response
    context = {
        "form": form,
        "title": f"{year}: {row.wording}",
        "text": row.note,
        "submit_label": _("Save the value"),
        "back_url": back,
    }
    return render(request, "components/confirm_page.html", context)


@require_http_methods(_METHODS)
def target(request: HttpRequest, code: str) -> HttpResponse:
    """The municipality's own target of one row."""
    asked, row = _asked(request), _row(code)
    if not may_have_target(row):
        raise Http404
    there = LocalTarget.objects.filter(municipality=asked.municipality, row=row).first()
    initial = {"value": there.value, "deadline": there.deadline} if there else {}
    form = TargetForm(request.POST or None, today=asked.today, initial=initial)
    back = reverse("kpi:objective", args=[row.objective.strategy.key, row.objective.number]) + asked.query

    def do() -> str:
        set_target(
            municipality=asked.municipality,
            row=row,
            **_fields(form, "value", "deadline"),
            by=asked.of.employee,
            at=asked.of.at,
        )
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=asked.of.at)
        if response is not None:
            return response
    context = {
        "form": form,
        "title": _("Own target: %(indicator)s") % {"indicator": row.wording},
        "row": row,
        "drop_url": reverse("kpi:drop_target", args=[code]) + asked.query if there else "",
        "submit_label": _("Set the target"),
        "back_url": back,
    }
    return render(request, "kpi/front/target.html", context)


@require_http_methods(_METHODS)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    asked, row = _asked(request), _row(code)
    if not LocalTarget.objects.filter(municipality=asked.municipality, row=row).exists():
        raise Http404
    form = DropTargetForm(request.POST or None, today=asked.today)
    back = reverse("kpi:objective", args=[row.objective.strategy.key, row.objective.number]) + asked.query

    def do() -> str:
        drop_target(municipality=asked.municipality, row=row, by=asked.of.employee, at=asked.of.at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=asked.of.at)
        if response is not None:
            return response
    context = {
        "form": form,
        "title": _("Take away the target: %(indicator)s") % {"indicator": row.wording},
        "text": _("The indicator is then not measured against a number of your own."),
        "submit_label": _("Take away the target"),
        "back_url": back,
        "is_danger": True,
    }
    return render(request, "components/confirm_page.html", context)


def _asked(request: HttpRequest, *, year: int | None = None) -> Year:
    """:raises PermissionDenied: when one may not speak for the municipality"""
    return year_asked(request, exporter_of(request), year=year)


def _of_year(asked: Year, year: int) -> Year:
    if not FIRST_YEAR <= year <= asked.today.year:
        raise Http404
    return asked


def _row(code: str) -> CatalogueRow:
    row = CatalogueRow.objects.filter(code=code).select_related("objective__strategy").first()
    if row is None:
        raise Http404
    return row


def _enter(asked: Year, values: list[FromRegister]) -> int:
    return tell_from_register(
        municipality=asked.municipality, year=asked.year, values=values, by=asked.of.employee, at=asked.of.at
    )


def _fields(form: Any, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


def _value_url(row: CatalogueRow, asked: Year) -> str:
    return reverse("kpi:register_value", args=[asked.year, row.code]) + asked.query


def _crumbs(asked: Year) -> list[Crumb]:
    return [Crumb(_("Figures"), reverse("kpi:front") + asked.query)]
