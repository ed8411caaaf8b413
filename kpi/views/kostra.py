"""KOSTRA's form 13: the year's cells and the report's way, what is said of them, last year's, and the files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kpi.actions import report as acts
from kpi.exports.kostra import kostra_excel, kostra_json, kostra_pdf
from kpi.form_checks import SOFT, WORDS
from kpi.forms.kostra import RemarkForm, RuleForm, SentForm, StepForm
from kpi.kostra import LABELS, cells_of
from kpi.models import RemarkKind, Report, ReportKind, ReportState, SentCell
from kpi.questions.kostra import KostraYear, asked_values, kostra_year, reckoned_in, sealed_of
from kpi.questions.report import differs, is_genuine, is_untouched, makers_of
from kpi.sealing import with_digests
from kpi.views.kostra_shown import shown_blocks, shown_districts, shown_findings
from kpi.views.municipality import Municipality, exporter_of, handed_out, municipality_asked
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.notices import notify
from people.refusals import Refusal

#: What may be done in each state: the step, what its button says, and whether it is the way on.
_STEPS: dict[str, list[tuple[str, str | Promise]]] = {
    ReportState.DRAFT: [("check", gettext_lazy("The checks are gone through"))],
    ReportState.CHECKED: [("explain", gettext_lazy("The changes are explained"))],
    ReportState.EXPLAINED: [("approve", gettext_lazy("Approve"))],
    ReportState.APPROVED: [("lock", gettext_lazy("Lock"))],
    ReportState.LOCKED: [("send", gettext_lazy("Marked as sent")), ("begin", gettext_lazy("Make a new version"))],
    ReportState.SENT: [("begin", gettext_lazy("Make a new version"))],
}
_BACK = ("take_back", gettext_lazy("Back to the draft"))


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """In the first months of a year one reports the last."""
    of = municipality_asked(request)
    return redirect(_page(of, localdate(of.at).year - 1))


@require_http_methods(["GET", "HEAD", "POST"])
def kostra(request: HttpRequest, year: int) -> HttpResponse:
    of = municipality_asked(request)
    report, form = _report(of, year), StepForm(request.POST or None, today=localdate(of.at))
    found = kostra_year(of.place.municipality, year, report, at=of.at)

    def do() -> str:
        _take(form.cleaned_data["step"], of, found, report)
        return _page(of, year)

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=of.at)) is not None:
        return done
    return render(request, "kpi/kostra/year.html", _context(of, found, report, form))


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, year: int, kind: str, key: str) -> HttpResponse:
    of = exporter_of(request)
    words = {key: WORDS[key] for key in SOFT} if kind == RemarkKind.SUPPRESSION else LABELS
    report = _report(of, year)
    if report is None or kind not in RemarkKind or key not in words:
        raise Http404
    written = report.remarks.filter(kind=kind, key=key).first()
    form = RemarkForm(request.POST or None, today=localdate(of.at), initial={"text": written.text if written else ""})

    def do() -> str:
        acts.remark(
            report_id=report.pk,
            kind=RemarkKind(kind),
            key=key,
            text=form.cleaned_data["text"],
            found=_found_by(key, of, report) if kind == RemarkKind.SUPPRESSION else None,
            by=of.employee,
            at=of.at,
        )
        return _page(of, year)

    return _written(request, of, year, form, do, title=words[key])


def _found_by(check: str, of: Municipality, report: Report) -> int:
    found = kostra_year(of.place.municipality, report.year, report, at=of.at)
    return next((one.count for one in found.findings if one.check.key == check), 0)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, year: int, key: str) -> HttpResponse:
    of = exporter_of(request)
    report = _report(of, year)
    cell = next((cell for cell in cells_of(year) if cell.key == key and cell.is_duration), None)
    if report is None or cell is None:
        raise Http404
    initial = {"rule": cell.rule_of(report.rules).value}
    form = RuleForm(request.POST or None, today=localdate(of.at), initial=initial)

    def do() -> str:
        acts.choose_rule(report_id=report.pk, key=key, rule=form.cleaned_data["rule"], by=of.employee, at=of.at)
        return _page(of, year)

    return _written(request, of, year, form, do, title=cell.label)


@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, year: int) -> HttpResponse:
    """Type in what was sent for the year before."""
    of, before = exporter_of(request), year - 1
    _known_year(of, year)
    typed = SentCell.objects.filter(municipality=of.place.municipality, year=before)
    cells = [(cell.key, cell.label) for cell in cells_of(before)]
    initial = dict(typed.values_list("cell", "value"))
    form = SentForm(request.POST or None, today=localdate(of.at), cells=cells, initial=initial)

    def do() -> str:
        values = {key: form.cleaned_data[key] for key, _label in cells}
        acts.keep_sent_cells(
            municipality=of.place.municipality, year=before, values=values, source="", by=of.employee, at=of.at
        )
        return _page(of, year)

    return _written(request, of, year, form, do, title=_("Figures sent for %(year)s") % {"year": before})


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, year: int) -> HttpResponse:
    """Answer what nothing registered counts."""
    of = exporter_of(request)
    report = _report(of, year)
    if report is None:
        raise Http404
    told = asked_values(report)
    cells = [(key, label) for key, (label, _value) in told.items()]
    initial = {key: value for key, (_label, value) in told.items()}
    form = SentForm(request.POST or None, today=localdate(of.at), cells=cells, initial=initial)

    def do() -> str:
        values = {key: form.cleaned_data[key] for key in told}
        acts.answer_cells(report_id=report.pk, values=values, by=of.employee, at=of.at)
        return _page(of, year)

    return _written(request, of, year, form, do, title=_("What is not counted here"))


@require_safe
def as_file(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """Of a locked report from its seal; else of the draft as it is now."""
    of = exporter_of(request)
    report = _report(of, year, version=request.GET.get("version"))
    if report is None or ending not in ("json", "excel", "pdf"):
        raise Http404
    if report.is_sealed and not is_genuine(report):
        return render(request, "kpi/kostra/broken.html", {"back": _page(of, year)}, status=409)
    content = report.content if report.is_sealed else with_digests(sealed_of(report, at=of.at))
    is_draft = not report.is_sealed
    if ending == "json":
        return handed_out(kostra_json(content, is_draft=is_draft))
    if ending == "excel":
        return handed_out(kostra_excel(content, is_draft=is_draft))
    return handed_out(kostra_pdf(content, place=of.place.name, is_draft=is_draft))


def _take(step: str, of: Municipality, found: KostraYear, report: Report | None) -> None:
    told: dict[str, Any] = {"by": of.employee, "at": of.at}
    if step == "begin":
        acts.begin_report(kind=ReportKind.KOSTRA, municipality=found.municipality, year=found.year, **told)
        return
    if report is None:
        raise Refusal(_("There is no report of this year yet. Begin it first."))
    told["report_id"] = report.pk
    if step in ("explain", "approve") and found.faults:
        raise Refusal(_("The checks find something now. Take the report back to the draft."))
    if step == "approve" and found.unexplained:
        raise Refusal(_("Figures are now to be explained that were not. Take the report back to the draft."))
    if step == "check":
        acts.check_off_report(faults=found.faults, **told)
    elif step == "explain":
        acts.explain_report(unexplained=found.unexplained, **told)
    elif step in ("approve", "lock"):
        acting = acts.approve_report if step == "approve" else acts.lock_report
        acting(make=lambda one: sealed_of(one, at=of.at), **told)
    else:
        {"take_back": acts.take_report_back, "send": acts.send_report}[step](**told)


def _context(of: Municipality, found: KostraYear, report: Report | None, form: StepForm) -> dict[str, Any]:
    versions = list(Report.objects.of(ReportKind.KOSTRA, found.municipality, found.year))
    locked = next((one for one in versions if one.is_sealed), None)
    is_broken = locked is not None and not is_untouched(locked)
    # what is locked is told as it was locked, until a new version is under way
    content = locked.content if locked is not None and locked == report and not is_broken else None
    changed = differs(locked, sealed_of(locked, at=of.at)) if locked else {}
    districts = shown_districts(of, found, content)
    return {
        "year": found.year,
        "before": found.year - 1,
        "next": found.year + 1 if found.year < localdate(of.at).year else None,
        "place": of.place,
        "query": f"?{urlencode({'place': of.place.code})}",
        "found": found,
        "findings": shown_findings(of, found),
        "blocks": shown_blocks(of, found, None if is_broken else locked, content, changed),
        "districts": districts.names,
        "by_district": districts.lines,
        "reckoned": found.reckoned if content is None else reckoned_in(content),
        "report": report,
        "versions": [one for one in versions if one.is_sealed and one != report],
        "endings": [("excel", "Excel"), ("pdf", "PDF"), ("json", "JSON")],
        "trail": report.steps.select_related("by").order_by("pk") if report else [],
        "form": form,
        "locked": locked,
        "is_broken": is_broken,
        "corrected": len(changed),
        **_allowed(of, report),
    }


def _allowed(of: Municipality, report: Report | None) -> dict[str, Any]:
    """What whoever looks at the page may do there now."""
    is_draft = report is not None and report.state == ReportState.DRAFT
    is_open = report is not None and report.state in (ReportState.DRAFT, ReportState.CHECKED)
    steps = _STEPS[report.state] if report else [("begin", _("Begin the report"))]
    waits = report is not None and report.state == ReportState.EXPLAINED and of.employee.pk in makers_of(report)
    if waits:
        steps = []
    if report and not report.is_sealed and not is_draft:
        steps = [*steps, _BACK]
    return {
        "steps": steps if of.may_export else [],
        "waits": waits,
        "may_write": of.may_export and is_open,
        "may_choose": of.may_export and is_draft,
        "may_export": of.may_export,
    }


def _written(
    request: HttpRequest, of: Municipality, year: int, form: ActForm, do: Any, *, title: str | Promise
) -> HttpResponse:
    back = _page(of, year)
    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=of.at)) is not None:
        notify(request, _("Saved."))
        return done
    crumbs = [Crumb(_("KOSTRA form 13, %(year)s") % {"year": year}, back)]
    return render(request, "kpi/kostra/write.html", {"form": form, "title": title, "back": back, "crumbs": crumbs})


def _page(of: Municipality, year: int) -> str:
    return f"{reverse('kpi:kostra', args=[year])}?{urlencode({'place': of.place.code})}"


def _known_year(of: Municipality, year: int) -> None:
    """:raises Http404: for a year that nobody reports"""
    if not acts.FIRST_YEAR <= year <= localdate(of.at).year:
        raise Http404


def _report(of: Municipality, year: int, *, version: str | None = None) -> Report | None:
    """The newest version, or a locked one by its number."""
    _known_year(of, year)
    versions = list(Report.objects.of(ReportKind.KOSTRA, of.place.municipality, year))
    if version is None:
        return next(iter(versions), None)
    return next((one for one in versions if str(one.version) == version and one.is_sealed), None)
