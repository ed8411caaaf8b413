"""A month's requests as files: the figures, and the list behind one of them."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.questions.request_report import MEASURES, Measure, Report
from cases.questions.requests import RequestRow
from people.exporting import File
from people.spreadsheets import XLSX, Cell, workbook


def figures_file(report: Report) -> File:
    """Every figure of the month, with how it is counted. It tells of no household."""
    rows: list[list[Cell]] = [
        [report.where.name, f"{report.month.starts_on:%Y-%m}", str(one.label), str(one.definition), report.counts[code]]
        for code, one in MEASURES.items()
    ]
    if (hidden := report.hidden) is not None:
        rows.append(
            [report.where.name, f"{report.month.starts_on:%Y-%m}", _("Shielded"), _("Not in the lists"), hidden]
        )
    heads = [_("Place"), _("Month"), _("Figure"), _("What it counts"), _("Requests")]
    return _file(report, "figures", heads, rows, [])


def list_file(report: Report, measure: Measure) -> File:
    """The requests of one figure. A name stands only where whoever takes it out may open the household."""
    rows = report.rows(report.ids_behind(measure))
    heads = [
        _("Case"),
        _("Name"),
        _("Asked at"),
        _("Asked for"),
        _("Lacked a place"),
        _("Unit"),
        _("Outcome"),
        _("Outcome at"),
        _("No answer the same day"),
        _("Unlawful"),
        _("Times handed on"),
    ]
    return _file(report, measure.code, heads, [_cells(row) for row in rows], [row.household_id for row in rows])


def _cells(row: RequestRow) -> list[Cell]:
    return [
        row.case,
        row.name,
        localtime(row.asked_at),
        row.kind,
        _("yes") if row.lacks_place else "",
        row.unit,
        row.outcome,
        localtime(row.outcome_at) if row.outcome_at else None,
        _("yes") if row.clock.is_without_answer else "",
        _("yes") if row.is_unlawful else "",
        row.times_handed_on,
    ]


def _file(report: Report, code: str, heads: list[str], rows: list[list[Cell]], households: list[int]) -> File:
    return File(
        name=f"requests-{code}-{report.month.starts_on:%Y-%m}.xlsx",
        media_type=XLSX,
        content=workbook(_("Requests"), heads, rows),
        rows=len(rows),
        households=households,
    )
