"""Reading dwellings in from Excel: choose the file, look at what it would change, say yes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.stock_import import ReadInForm, WorkbookForm
from cases.imports.faults import CannotImport
from cases.imports.stock import packed, preview, read_in, refuse_others, sheet_in
from cases.interchange.tables import DWELLINGS
from housing.views.stock_shell import Keeper
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify

#: How many faults and changes the page lists; the rest are counted.
_SHOWN = 200
_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def import_dwellings(request: HttpRequest) -> HttpResponse:
    """The file is read and looked at. Nothing is changed."""
    who = Keeper(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _choose(request, form)
    file = form.cleaned_data["file"]
    try:
        sheet = sheet_in(file, name=file.name, municipalities=who.municipalities)
        found = preview(sheet)
    except CannotImport as error:
        return _choose(request, WorkbookForm(), error)
    [count] = found.counts
    context = {
        "form": ReadInForm(today=who.today, initial={"sheet": packed(sheet)}),
        "count": count,
        "differences": found.differences[:_SHOWN],
        "more": max(0, len(found.differences) - _SHOWN),
        "crumbs": _crumbs(),
    }
    return render(request, "cases/stock_import/check.html", context)


@require_http_methods(["POST"])
def read_in_dwellings(request: HttpRequest) -> HttpResponse:
    """The sheet that was looked at is read in, as long as nothing else has come in its way since."""
    who = Keeper(request)
    form = ReadInForm(request.POST, today=who.today)
    if not form.is_valid():
        return _choose(request, WorkbookForm(), is_lost=True)
    sheet = form.cleaned_data["sheet"]

    def do() -> str:
        refuse_others(sheet, who.municipalities)
        [count] = read_in(sheet, **who.who).counts
        words = _("Read in: %(created)s new dwellings, %(changed)s changed.")
        notify(request, words % {"created": count.created, "changed": count.changed})
        return reverse("housing:dwellings")

    try:
        response = perform(request, form, do, at=who.at)
    except CannotImport as error:
        return _choose(request, WorkbookForm(), error)
    if response is None:
        raise PermissionDenied
    return response


def _choose(
    request: HttpRequest, form: WorkbookForm, error: CannotImport | None = None, *, is_lost: bool = False
) -> HttpResponse:
    faults = error.faults if error else []
    context: dict[str, Any] = {
        "form": form,
        "faults": faults[:_SHOWN],
        "fault_count": len(faults),
        "is_lost": is_lost,
        "columns": DWELLINGS.columns,
        "crumbs": _crumbs(),
    }
    return render(request, "cases/stock_import/choose.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Dwellings"), reverse("housing:dwellings"))]
