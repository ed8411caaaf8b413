"""KOSTRA's form 13: the year's cells and the report's way, what is said of them, last year's, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
from kpi.declaring import Rule
from kpi.exports.kostra import kostra_excel, kostra_json, kostra_pdf
from kpi.forms.figures import RULES
from kpi.forms.kostra import RemarkForm, RuleForm, SentForm, StepForm
from kpi.kostra import BLOCKS, CHECKS, LABELS, cells_of
from kpi.models import RemarkKind, Report, ReportKind, ReportState, SentCell
from kpi.questions.kostra import KostraYear, Line, kostra_year, sealed_of
from kpi.questions.report import differs, is_genuine, is_untouched
from kpi.sealing import with_digests
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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A cell with the addresses of the lists behind it."""

    line: Line
    url: str
    other_url: str
    rule: str | Promise
    other_rule: str | Promise
    sealed: int | None

    @property
    def is_corrected(self) -> bool:
        return self.sealed is not None and self.sealed != self.line.value


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
    words = {check.key: check.text for check in CHECKS} if kind == RemarkKind.SUPPRESSION else LABELS
    report = _report(of, year)
    if report is None or kind not in RemarkKind or key not in words:
        raise Http404
    written = report.remarks.filter(kind=kind, key=key).first()
    form = RemarkForm(request.POST or None, today=localdate(of.at), initial={"text": written.text if written else ""})

    def do() -> str:
        text = form.cleaned_data["text"]
        acts.remark(report_id=report.pk, kind=RemarkKind(kind), key=key, text=text, by=of.employee, at=of.at)
        return _page(of, year)

    return _written(request, of, year, form, do, title=words[key])


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


@require_safe
def as_file(request: HttpRequest, year: int, ending: str) -> HttpResponse:
    """Of a locked report from its seal; else of the draft as it is now."""
    of = exporter_of(request)
    report = _report(of, year)
    if report is None or ending not in ("json", "excel", "pdf"):
        raise Http404
    if report.is_sealed and not is_genuine(report):
        return render(request, "kpi/kostra/broken.html", {"back": _page(of, year)}, status=409)
    content = report.content if report.is_sealed else with_digests(sealed_of(report, at=of.at))
    if ending == "json":
        return handed_out(kostra_json(content))
    if ending == "excel":
        return handed_out(kostra_excel(content))
    return handed_out(kostra_pdf(content, place=of.place.name))


def _take(step: str, of: Municipality, found: KostraYear, report: Report | None) -> None:
    told: dict[str, Any] = {"by": of.employee, "at": of.at}
    if step == "begin":
        acts.begin_report(kind=ReportKind.KOSTRA, municipality=found.municipality, year=found.year, **told)
        return
    if report is None:
        raise Refusal(_("There is no report of this year yet. Begin it first."))
    told["report_id"] = report.pk
    if step == "check":
        acts.check_off_report(faults=found.faults, **told)
    elif step == "explain":
        acts.explain_report(unexplained=found.unexplained, **told)
    elif step == "lock":
        acts.lock_report(make=lambda one: sealed_of(one, at=of.at), **told)
    else:
        {"approve": acts.approve_report, "take_back": acts.take_report_back, "send": acts.send_report}[step](**told)


def _context(of: Municipality, found: KostraYear, report: Report | None, form: StepForm) -> dict[str, Any]:
    sealed = {c["key"]: c["value"] for c in report.content.get("cells", [])} if report and report.is_sealed else {}
    changed = differs(report, sealed_of(report, at=of.at)) if report and report.is_sealed else {}
    blocks = [
        (words, [_shown(of, found, line, sealed) for line in found.lines if line.cell.block == block])
        for block, words in BLOCKS.items()
    ]
    is_open = report is not None and report.state in (ReportState.DRAFT, ReportState.CHECKED)
    steps = _STEPS[report.state] if report else [("begin", _("Begin the report"))]
    if report and not report.is_sealed and report.state != ReportState.DRAFT:
        steps = [*steps, _BACK]
    return {
        "year": found.year,
        "before": found.year - 1,
        "next": found.year + 1 if found.year < localdate(of.at).year else None,
        "place": of.place,
        "query": f"?{urlencode({'place': of.place.code})}",
        "found": found,
        "blocks": [(words, lines) for words, lines in blocks if lines],
        "report": report,
        "form": form,
        "steps": steps if of.may_export else [],
        "may_write": of.may_export and is_open,
        "may_choose": of.may_export and report is not None and report.state == ReportState.DRAFT,
        "may_export": of.may_export,
        "is_broken": report is not None and report.is_sealed and not is_untouched(report),
        "corrected": len(changed),
        "is_under_way": found.period.ends_on.year == found.year,
    }


def _shown(of: Municipality, found: KostraYear, line: Line, sealed: dict[str, int]) -> Shown:
    return Shown(
        line=line,
        url=_list_url(of, found, line, line.rule),
        other_url=_list_url(of, found, line, line.other_rule),
        rule=RULES[line.rule],
        other_rule=RULES[line.other_rule],
        sealed=sealed.get(line.cell.key),
    )


def _list_url(of: Municipality, found: KostraYear, line: Line, rule: Rule) -> str:
    last = found.period.ends_on - timedelta(days=1)
    asked = {
        "place": of.place.code,
        "period": "own",
        "first_day": found.period.starts_on.strftime("%d.%m.%Y"),
        "last_day": last.strftime("%d.%m.%Y"),
        "rule": rule.value,
        **({"group": line.cell.group} if line.cell.group else {}),
    }
    return f"{reverse('kpi:behind', args=[line.cell.indicator])}?{urlencode(asked)}"


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


def _report(of: Municipality, year: int) -> Report | None:
    _known_year(of, year)
    report: Report | None = Report.objects.of(ReportKind.KOSTRA, of.place.municipality, year).first()
    return report
