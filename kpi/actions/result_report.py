"""Writing what is said of an objective in a year's result report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kpi.actions.report import begin_report, check_off_report, explain_report
from kpi.models import Objective, Report, ReportComment, ReportKind, ReportState
from kpi.questions.result_report import answerers
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotComment(Refusal):
    """The comment cannot be written as it is."""


@act
def comment_objective(
    *,
    municipality_id: str,
    year: int,
    objective: Objective,
    text: str,
    deviation: str = "",
    measure: str = "",
    responsible: Employee | None = None,
    due_on: date | None = None,
    by: Employee,
    at: datetime,
) -> ReportComment:
    """Say how an objective went in a year, what went wrong and what is done about it. What was said before is history.

    :raises CannotComment: when the year has not begun, the report is handed over, nothing is said, or the measure
        lacks a person or a day
    """
    units = units_with(by, Permission.EXPORT, at=at).filter(municipality=municipality_id)
    if not units.exists():
        raise PermissionDenied
    if year > localdate(at).year:
        raise CannotComment(_("The year has not begun."))
    report = Report.objects.select_for_update(no_key=True).of(ReportKind.RESULT, municipality_id, year).first()
    if report is not None and report.state in (ReportState.EXPLAINED, ReportState.APPROVED):
        raise CannotComment(_("The report is handed over. Take it back before you change what it says."))
    told: dict[str, Any] = {
        "text": text.strip(),
        "deviation": deviation.strip(),
        "measure": measure.strip(),
        "responsible": responsible,
        "due_on": due_on,
    }
    _check(**told, able=answerers(municipality_id, at=at))
    written, _is_new = ReportComment.objects.update_or_create(
        municipality_id=municipality_id, year=year, objective=objective, defaults={**told, "by": by, "at": at}
    )
    return written


@act
def hand_over(*, municipality_id: str, year: int, unexplained: Collection[str], by: Employee, at: datetime) -> Report:
    """Make the year's report ready for somebody else to approve; after a locked one, its next version.

    :raises CannotComment: when an objective of `unexplained` is not commented on
    :raises CannotReport: when it cannot be handed over from where it is
    """
    if unexplained:
        told = ", ".join(unexplained)
        raise CannotComment(
            _("Something has become worse. Say how it went first: %(objectives)s.") % {"objectives": told}
        )
    report = Report.objects.of(ReportKind.RESULT, municipality_id, year).first()
    if report is None or report.is_sealed:
        report = begin_report(kind=ReportKind.RESULT, municipality=municipality_id, year=year, by=by, at=at)
    if report.state == ReportState.DRAFT:
        report = check_off_report(report_id=report.pk, faults=(), by=by, at=at)
    return explain_report(report_id=report.pk, unexplained=(), by=by, at=at)


def _check(
    *,
    text: str,
    deviation: str,
    measure: str,
    responsible: Employee | None,
    due_on: date | None,
    able: QuerySet[Employee],
) -> None:
    if not (text or deviation or measure):
        raise CannotComment(_("Write how it went."), field="text")
    if not measure and (deviation or responsible or due_on):
        raise CannotComment(_("Say what is done about it."), field="measure")
    if measure and responsible is None:
        raise CannotComment(_("Say who answers for the measure."), field="responsible")
    if measure and due_on is None:
        raise CannotComment(_("Say by which day the measure is done."), field="due_on")
    if responsible is not None and not able.filter(pk=responsible.pk).exists():
        raise CannotComment(_("Choose somebody who works in the municipality."), field="responsible")
