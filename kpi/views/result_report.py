"""The annual result report: the page, what is said of each objective, and the files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kpi.actions.result_report import comment_objective
from kpi.exports.result_report import report_excel, report_pdf
from kpi.forms.result_report import FIRST_YEAR, CommentForm, YearForm
from kpi.models import Objective, Report, ReportKind
from kpi.questions.report import is_genuine, is_untouched
from kpi.questions.result_content import ResultReport, from_content
from kpi.questions.result_report import answerers, comments_of
from kpi.questions.result_shown import changed_since, shown_parts
from kpi.views.municipality import Municipality, exporter_of, handed_out, municipality_asked
from kpi.views.result_asked import address_of, municipality_of, report_of
from kpi.views.result_seal import steps_of
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify

_SAID = ("text", "deviation", "measure", "responsible", "due_on")


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """The year chosen, else the last whole one."""
    of = municipality_asked(request)
    last = localdate(of.at).year - 1
    form = _form(request, of, last)
    year = form.cleaned_data.get("year") or last if form.is_valid() else last
    return _page(request, of, int(year), form)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, year: int, objective: int) -> HttpResponse:
    of = exporter_of(request)
    about = Objective.objects.filter(pk=objective).first()
    if about is None or not FIRST_YEAR <= year <= localdate(of.at).year:
        raise Http404
    municipality = municipality_of(of)
    written = next((one for one in comments_of(municipality, year) if one.objective_id == objective), None)
    initial = {name: getattr(written, name) for name in _SAID} if written else {}
    able = answerers(municipality.number, at=of.at)
    form = CommentForm(request.POST or None, today=localdate(of.at), able=able, initial=initial)
    back = f"{address_of(of, year)}&now=1"

    def do() -> str:
        comment_objective(
            municipality_id=municipality.number,
            year=year,
            objective=about,
            **{name: form.cleaned_data[name] for name in _SAID},
            by=of.employee,
            at=of.at,
        )
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            notify(request, _("The comment is saved."))
            return response
    context = {
        "form": form,
        "title": f"{year}: {about.wording}",
        "submit_label": _("Save the comment"),
        "back_url": back,
        "crumbs": [Crumb(_("Result report"), back)],
    }
    return render(request, "kpi/result_report/comment.html", context)


@require_safe
def as_excel(request: HttpRequest, year: int) -> HttpResponse:
    report, version = _wanted(request, year)
    return handed_out(report_excel(report, version=version))


@require_safe
def as_pdf(request: HttpRequest, year: int) -> HttpResponse:
    report, version = _wanted(request, year)
    return handed_out(report_pdf(report, version=version))


def _wanted(request: HttpRequest, year: int) -> tuple[ResultReport, int | None]:
    """The report as it stands, or with `?version=` as that was locked.

    :raises Http404: when there is no such version, or it is not what was locked
    """
    of = exporter_of(request)
    version = request.GET.get("version")
    if version is None:
        return report_of(of, year), None
    versions = Report.objects.of(ReportKind.RESULT, of.place.municipality, year)
    found = next((one for one in versions if str(one.version) == version and one.is_sealed), None)
    if found is None or not is_genuine(found):
        raise Http404
    return from_content(found.content, municipality_of(of)), found.version


def _page(request: HttpRequest, of: Municipality, year: int, form: YearForm) -> HttpResponse:
    """What is locked as it was locked, what differs marked; as it stands with `?now=1`, or where nothing is locked."""
    now = report_of(of, year)
    versions = list(Report.objects.of(ReportKind.RESULT, of.place.municipality, year).select_related("approved_by"))
    latest = versions[0] if versions else None
    sealed = next((one for one in versions if one.is_sealed), None)
    is_intact = sealed is None or is_untouched(sealed)
    then = from_content(sealed.content, now.municipality) if sealed and is_intact else None
    is_locked = then is not None and latest == sealed and request.GET.get("now") != "1"
    report = then if then is not None and is_locked else now
    context: dict[str, Any] = {
        "form": form,
        "place": of.place,
        "report": report,
        "parts": shown_parts(report, now if is_locked else None),
        "is_locked": is_locked,
        "query": f"?place={of.place.code}",
        "behind": f"?place={of.place.code}&period=own&first_day=1.1.{year}&last_day={_last_day(of, year)}",
        "may_write": of.may_export,
        "latest": latest,
        "sealed": sealed,
        "is_intact": is_intact,
        "changed": [] if then is None else changed_since(then, now),
        "steps": steps_of(latest),
    }
    return render(request, "kpi/result_report/report.html", context)


def _last_day(of: Municipality, year: int) -> str:
    last = min(date(year, 12, 31), localdate(of.at))
    return f"{last.day}.{last.month}.{last.year}"


def _form(request: HttpRequest, of: Municipality, usual: int) -> YearForm:
    data = {"year": str(usual), **request.GET.dict(), "place": of.place.code}
    return YearForm(data, today=localdate(of.at), places=of.choices)
