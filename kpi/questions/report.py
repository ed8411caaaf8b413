"""What a locked report is beside the present: whether it is untouched, and what has been corrected since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from kpi.declaring import Rule
from kpi.kostra import cell_of
from kpi.models import Answer, RegisterValue, Report, ReportComment, ReportKind, ReportSeal
from kpi.models.report import MAKING, SEALED, SentCell
from kpi.sealing import Sealed, is_intact


def lists_of(report: Report) -> dict[str, list[str]]:
    return dict(report.lists.values_list("key", "refs"))


@dataclass(frozen=True)
class InReport:
    """A figure as a locked report has it: by which rule it was counted, and the number where the form has a cell."""

    rule: Rule
    value: int | None = None


def seals_of(municipality: str) -> list[Report]:
    """The locked reports, the newest first, without their contents."""
    sealed = Report.objects.filter(municipality=municipality, state__in=SEALED)
    return list(sealed.defer("content").order_by("-year", "-locked_at"))


def in_report(report: Report, code: str) -> InReport:
    """An indicator in a locked report; what the form divides between cells has no number of its own."""
    if report.kind == ReportKind.RESULT:
        return InReport(Rule(report.content.get("rule", Rule.STAY)))
    for cell in report.content.get("cells", []):
        asked = cell_of(cell["key"])
        if cell["indicator"] == code and asked is not None and not asked.group:
            return InReport(Rule(cell["rule"]), cell["value"])
    return InReport(Rule.KOSTRA)


def makers_of(report: Report) -> set[int]:
    """Everybody who has worked on it: began, answered, explained, commented, told a figure of the year.

    None of them approves it.
    """
    made = {report.made_by_id, *report.steps.filter(step__in=MAKING).values_list("by", flat=True)}
    if report.kind == ReportKind.RESULT:
        # its figures may be theirs who answered or told what a register says; of what another has changed since,
        # history alone knows by whom it was
        for told in (ReportComment, Answer, RegisterValue):
            written: Any = told.pgh_event_model  # type: ignore[union-attr]
            of_year = written.objects.filter(municipality=report.municipality_id, year=report.year)
            made |= set(of_year.values_list("by", flat=True))
    else:
        sent = SentCell.objects.filter(municipality=report.municipality_id, year=report.year - 1, by__isnull=False)
        made |= set(sent.values_list("by", flat=True))
    return made


def is_untouched(report: Report) -> bool:
    """Whether a locked report, its lists included, is what its seal was made of."""
    seal = ReportSeal.objects.filter(report=report).first()
    told = dict(report.lists.values_list("key", "digest"))
    is_sealed = seal is not None and seal.digest == report.digest
    is_whole = is_intact(report.content, report.digest, lists_of(report))
    return is_sealed and is_whole and report.content.get("lists", {}) == told


def is_genuine(report: Report) -> bool:
    """As `is_untouched`, and the seal is what the ledger entered. Reads the ledger: before a file is handed out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit.differing('public.kpi_reportseal') d"
            " JOIN kpi_reportseal s ON s.id::text = d.key WHERE s.report_id = %s",
            [report.pk],
        )
        return cursor.fetchone() == (0,) and is_untouched(report)


def differs(report: Report, now: Sealed) -> dict[str, tuple[list[str], list[str]]]:
    """key → who is behind the figure now and was not when it was locked, and who was and is not."""
    then, keys = lists_of(report), sorted({*lists_of(report), *now.lists})
    changes = {
        key: (
            sorted(set(now.lists.get(key, ())) - set(then.get(key, ()))),
            sorted(set(then.get(key, ())) - set(now.lists.get(key, ()))),
        )
        for key in keys
    }
    return {key: change for key, change in changes.items() if any(change)}
