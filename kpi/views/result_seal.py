"""The year's result report from draft to sent: handed over, approved by another, locked, sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kpi.actions.report import approve_report, lock_report, send_report, take_report_back
from kpi.actions.result_report import hand_over
from kpi.models import Report, ReportKind, ReportState
from kpi.questions.result_content import as_content
from kpi.questions.result_report import lists_behind
from kpi.sealing import Sealed
from kpi.views.municipality import Municipality, exporter_of
from kpi.views.result_asked import address_of, left_out_of, municipality_of, report_of
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Employee
from people.notices import notify
from people.refusals import Refusal


@dataclass(frozen=True)
class Step:
    """What can be done with a report: its button, what it means, what is told then, and from which states."""

    label: str | Promise
    text: str | Promise
    done: str | Promise
    states: tuple[str, ...]


STEPS: dict[str, Step] = {
    "hand-over": Step(
        gettext_lazy("Hand the report over"),
        gettext_lazy("Somebody else reads it and approves it. What has become worse must be commented on first."),
        gettext_lazy("The report waits for somebody else to approve it."),
        ("", ReportState.DRAFT, ReportState.CHECKED, ReportState.LOCKED, ReportState.SENT),
    ),
    "approve": Step(
        gettext_lazy("Approve the report"),
        gettext_lazy("You stand by the figures and by what is said of them. Whoever has worked on it cannot."),
        gettext_lazy("The report is approved."),
        (ReportState.EXPLAINED,),
    ),
    "take-back": Step(
        gettext_lazy("Take the report back"),
        gettext_lazy("It becomes a draft, and is handed over and approved again."),
        gettext_lazy("The report is a draft again."),
        (ReportState.EXPLAINED, ReportState.APPROVED),
    ),
    "lock": Step(
        gettext_lazy("Lock the report"),
        gettext_lazy("Figures, lists and comments are kept as they are now, and never change. Later corrections show."),
        gettext_lazy("The report is locked."),
        (ReportState.APPROVED,),
    ),
    "send": Step(
        gettext_lazy("Note the report as sent"),
        gettext_lazy("It has been handed in where it is to go."),
        gettext_lazy("The report is noted as sent."),
        (ReportState.LOCKED,),
    ),
}


def steps_of(report: Report | None) -> list[tuple[str, Step]]:
    """What can be done next, the most likely first."""
    state = report.state if report else ""
    found = [(name, step) for name, step in STEPS.items() if state in step.states]
    return sorted(found, key=lambda one: one[0] == "hand-over" and bool(report))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, year: int, name: str) -> HttpResponse:
    of = exporter_of(request)
    if name not in STEPS:
        raise Http404
    one, back = STEPS[name], address_of(of, year)
    form = ActForm(request.POST or None, today=localdate(of.at))

    def do() -> str:
        _do(name, of, year, by=of.employee, at=of.at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            notify(request, str(one.done))
            return response
    context = {
        "form": form,
        "title": one.label,
        "text": one.text,
        "submit_label": one.label,
        "back_url": back,
        "crumbs": [Crumb(_("Result report"), back)],
    }
    return render(request, "kpi/result_report/comment.html", context)


def _do(name: str, of: Municipality, year: int, *, by: Employee, at: datetime) -> None:
    number = of.place.municipality
    worse = [part.title for part in report_of(of, year).parts if part.is_worse and part.comment is None]
    if name == "approve" and worse:
        raise Refusal(_("Something has become worse since, and nobody has said how it went. Take the report back."))
    if name == "hand-over":
        hand_over(municipality_id=number, year=year, unexplained=worse, by=by, at=at)
        return
    report = Report.objects.of(ReportKind.RESULT, number, year).first()
    if report is None:
        raise Http404

    def make(_report: Report) -> Sealed:
        return sealed_of(of, year)

    acts: dict[str, Callable[[], object]] = {
        "approve": lambda: approve_report(report_id=report.pk, make=make, by=by, at=at),
        "take-back": lambda: take_report_back(report_id=report.pk, by=by, at=at),
        "lock": lambda: lock_report(report_id=report.pk, make=make, by=by, at=at),
        "send": lambda: send_report(report_id=report.pk, by=by, at=at),
    }
    acts[name]()


def sealed_of(of: Municipality, year: int) -> Sealed:
    """The report and the lists behind it as they are now."""
    lists = lists_behind(municipality_of(of), year, today=localdate(of.at), left_out=left_out_of(of, year))
    return Sealed(content=as_content(report_of(of, year)), lists=lists)
