"""The annual result report as files for publishing: small numbers are held back already."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from cases.letters.printing import pdf_of_list
from kpi.exports.counting import HELD_BACK, PDF
from kpi.questions.result_content import YES_NO, Line, ResultReport
from kpi.questions.result_shown import shown_parts, unit_in_words
from people.exporting import File
from people.spreadsheets import XLSX

#: Excel's settings under which a cell is what it shows.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def report_excel(report: ResultReport, *, version: int | None = None) -> File:
    """Three sheets: the figures by year, what is said of each objective, and the method.

    Without the `version` that was locked it is a draft, and says so on each and in its name.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _PLAIN) as book:
        head, bold = book.add_format({"bold": True, "bottom": 1}), book.add_format({"bold": True})
        # equal contents give equal bytes
        book.set_properties({"created": report.made_at.replace(tzinfo=None)})
        for title, heads, rows in (_figures(report), _said(report), _method(report)):
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, heads, head)
            sheet.set_column(0, len(heads) - 1, 18)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
            if version is None:
                sheet.write_string(len(rows) + 2, 0, _("Draft: not locked."), bold)
    return _file(report, "xlsx", XLSX, buffer.getvalue(), version=version)


def report_pdf(report: ResultReport, *, version: int | None = None) -> File:
    """A4, tagged, with the charts of the page. `version` as for `report_excel`."""
    context = {
        "report": report,
        "parts": shown_parts(report),
        "is_draft": version is None,
    }
    return _file(report, "pdf", PDF, pdf_of_list("kpi/result_report/paper.html", context), version=version)


_Sheet = tuple[str, Sequence[str], list[Sequence[str | int | float | None]]]


def _figures(report: ResultReport) -> _Sheet:
    heads = [
        _("Strategy"),
        _("Objective"),
        _("Code"),
        _("Indicator"),
        *(str(year) for year in report.years),
        _("Counted"),
        _("Of"),
        _("Unit"),
        _("Answer in words"),
        _("Target"),
        _("To reach"),
        _("Status"),
        _("Change"),
    ]
    rows: list[Sequence[str | int | float | None]] = [
        (
            part.strategy,
            part.title,
            line.code,
            line.said["question"],
            *_years(line),
            HELD_BACK if line.is_held_back else line.numerator,
            HELD_BACK if line.is_held_back else line.denominator,
            unit_in_words(line.unit),
            line.told,
            line.said["target"],
            _number(line.goal) if line.unit != YES_NO else None,
            line.status,
            line.said["trend"],
        )
        for part in report.parts
        for line in part.lines
    ]
    return _("Figures"), heads, rows


def _years(line: Line) -> list[str | float | None]:
    return [HELD_BACK if is_held_back else _told(value, line.unit) for value, is_held_back in line.by_year]


def _told(value: Decimal | None, unit: str) -> str | float | None:
    if unit == YES_NO and value is not None:
        return _("yes") if value else _("no")
    return _number(value)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _said(report: ResultReport) -> _Sheet:
    heads = [_("Objective"), _("Comment"), _("Deviation"), _("Measure"), _("Answers for it"), _("Done by")]
    rows: list[Sequence[str | int | float | None]] = [
        (
            part.title,
            part.comment.text,
            part.comment.deviation,
            part.comment.measure,
            part.comment.responsible,
            part.comment.due_on.isoformat() if part.comment.due_on else "",
        )
        for part in report.parts
        if part.comment
    ]
    return _("Status and deviations"), heads, rows


def _method(report: ResultReport) -> _Sheet:
    heads = [_("Code"), _("Indicator"), _("How it is got"), _("Who is counted"), _("How"), _("Rule"), _("Source")]
    rows: list[Sequence[str | int | float | None]] = [
        (
            line.code,
            said["question"],
            said["how"],
            said["population"],
            said["definition"],
            report.rule.value if said["population"] else "",
            said["source"],
        )
        for line in report.lines
        for said in (line.said,)
    ]
    return _("Method"), heads, rows


def _file(report: ResultReport, ending: str, media_type: str, content: bytes, *, version: int | None) -> File:
    which = _("draft") if version is None else version
    name = f"result-{report.municipality.number}-{report.year}-{which}.{ending}"
    return File(name=name, media_type=media_type, content=content, rows=len(report.lines), households=[])
