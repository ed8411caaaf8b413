"""A year's report from draft to sent: KOSTRA's form and the annual result report alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kpi.models import (
    RemarkKind,
    Report,
    ReportAnswer,
    ReportKind,
    ReportList,
    ReportRemark,
    ReportSeal,
    ReportState,
    ReportStep,
    SentCell,
    Step,
)
from kpi.models.report import UNDER_WAY
from kpi.questions.report import makers_of
from kpi.sealing import Sealed, digest_of, digest_of_list, with_digests
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Nobody has reported before this.
FIRST_YEAR = 2001
#: An explanation says more than this many characters.
SHORTEST = 5
_NOT_NOW: dict[str, str | Promise] = {
    ReportState.DRAFT: _("The report is a draft. Go through the checks first."),
    ReportState.CHECKED: _("The checks are gone through. Explain what changed first."),
    ReportState.EXPLAINED: _("The report waits for somebody else to approve it."),
    ReportState.APPROVED: _("The report is approved. Lock it, or take it back to the draft."),
    ReportState.LOCKED: _("The report is locked and changes no more. Make a new version."),
    ReportState.SENT: _("The report is sent and changes no more. Make a new version."),
}


class CannotReport(Refusal):
    """The report cannot go that way now."""


@act
def begin_report(*, kind: ReportKind, municipality: str, year: int, by: Employee, at: datetime) -> Report:
    """A draft of the year; after a locked one, of its next version.

    :raises PermissionDenied: when `by` makes no reports in the municipality
    :raises CannotReport: for a year that is none, or when one is under way
    """
    _require(by, municipality, at=at)
    if not FIRST_YEAR <= year <= localdate(at).year:
        raise CannotReport(_("Choose a year that has begun."), field="year")
    last: Report | None = Report.objects.of(kind, municipality, year).first()
    if last is not None and not last.is_sealed:
        raise CannotReport(_("There is a report of this year under way. Work on that one."))
    begun: Report = Report.objects.create(
        kind=kind,
        municipality_id=municipality,
        year=year,
        version=last.version + 1 if last else 1,
        rules=last.rules if last else {},
        made_by=by,
        made_at=at,
    )
    _note(begun, Step.BEGUN, by=by, at=at)
    return begun


@act
def check_off_report(*, report_id: int, faults: Collection[str], by: Employee, at: datetime) -> Report:
    """The checks are gone through. `faults`: those that found something and are not set aside.

    :raises CannotReport: when there is such a fault, or the report is no draft
    """
    report = _locked(report_id, (ReportState.DRAFT,), by=by, at=at)
    if faults:
        raise CannotReport(_("There are checks to answer first: correct what they found, or say why it is right."))
    report.check_off()
    report.save(update_fields=["state"])
    return _note(report, Step.CHECKED, by=by, at=at)


@act
def explain_report(*, report_id: int, unexplained: Collection[str], by: Employee, at: datetime) -> Report:
    """What changed much is explained. `unexplained`: the figures that lack it.

    :raises CannotReport: when one lacks it, or the checks are not gone through
    """
    report = _locked(report_id, (ReportState.CHECKED,), by=by, at=at)
    if unexplained:
        raise CannotReport(_("There are figures that changed much since last year. Explain each of them first."))
    report.explain()
    report.save(update_fields=["state"])
    return _note(report, Step.EXPLAINED, by=by, at=at)


@act
def approve_report(
    *, report_id: int, by: Employee, at: datetime, make: Callable[[Report], Sealed] | None = None
) -> Report:
    """A second person stands by it. What `make` counts is what is approved: nothing else is locked then.

    :raises CannotReport: when `by` has worked on it, or it is not explained
    """
    report = _locked(report_id, (ReportState.EXPLAINED,), by=by, at=at)
    if by.pk in makers_of(report):
        raise CannotReport(_("You have worked on this report. Somebody else approves it."))
    report.approve(by=by, at=at)
    report.digest = _basis(make(report)) if make else ""
    report.save(update_fields=["state", "approved_by", "approved_at", "digest"])
    return _note(report, Step.APPROVED, by=by, at=at)


@act
def take_report_back(*, report_id: int, by: Employee, at: datetime) -> Report:
    """To the draft, to be changed and checked again.

    :raises CannotReport: when it is a draft, or locked
    """
    report = _locked(report_id, UNDER_WAY, by=by, at=at)
    report.take_back()
    report.digest = ""
    report.save(update_fields=["state", "approved_by", "approved_at", "digest"])
    return _note(report, Step.TAKEN_BACK, by=by, at=at)


@act
def lock_report(*, report_id: int, make: Callable[[Report], Sealed], by: Employee, at: datetime) -> Report:
    """Keep the figures, the lists behind them and a digest of it all. `make` counts them, in this transaction.

    :raises CannotReport: when no second person has approved it, a form's year is not over, or the figures are others
        than those approved
    """
    report = _locked(report_id, (ReportState.APPROVED,), by=by, at=at)
    if report.kind == ReportKind.KOSTRA and localdate(at).year <= report.year:
        raise CannotReport(_("The year is not over. It is locked when it is."))
    sealed = make(report)
    if report.digest and _basis(sealed) != report.digest:
        raise CannotReport(
            _("Figures have changed since they were approved. Take the report back, and check it again.")
        )
    content = with_digests(sealed)
    report.lock(content=content, digest=digest_of(content), by=by, at=at)
    report.save(update_fields=["state", "content", "digest", "known_at", "locked_by", "locked_at"])
    ReportList.objects.bulk_create(
        ReportList(report=report, key=key, refs=sorted(refs), digest=digest_of_list(refs))
        for key, refs in sorted(sealed.lists.items())
    )
    ReportSeal.objects.create(report=report, digest=report.digest, by=by, at=at)
    return _note(report, Step.LOCKED, by=by, at=at)


@act
def send_report(*, report_id: int, by: Employee, at: datetime) -> Report:
    """It is handed in where it is to go.

    :raises CannotReport: when it is not locked, or sent already
    """
    report = _locked(report_id, (ReportState.LOCKED,), by=by, at=at)
    report.send(at=at)
    report.save(update_fields=["state", "sent_at"])
    return _note(report, Step.SENT, by=by, at=at)


@act
def remark(
    *, report_id: int, kind: RemarkKind, key: str, text: str, found: int | None = None, by: Employee, at: datetime
) -> ReportRemark:
    """Say why a figure changed, or why a check is set aside; what was said before gives way.

    :param found: how many the check finds: when it finds more, it is to be answered again
    :raises CannotReport: when too little is said, or the report is approved or locked
    """
    states = (ReportState.DRAFT, ReportState.CHECKED)
    report, said = _locked(report_id, states, by=by, at=at), " ".join(text.split())
    if len(said) < SHORTEST:
        raise CannotReport(_("Write why, so that others understand it."), field="text")
    told = {"text": said, "found": found, "by": by, "at": at}
    written, _is_new = ReportRemark.objects.update_or_create(report=report, kind=kind, key=key, defaults=told)
    _note(report, Step.REMARKED, by=by, at=at)
    return written


@act
def choose_rule(*, report_id: int, key: str, rule: str, by: Employee, at: datetime) -> Report:
    """Read one figure by another rule of counting.

    :raises CannotReport: when the report is no draft
    """
    report = _locked(report_id, (ReportState.DRAFT,), by=by, at=at)
    report.rules = {**report.rules, key: rule}
    report.save(update_fields=["rules"])
    return _note(report, Step.READ, by=by, at=at)


@act
def answer_cells(*, report_id: int, values: Mapping[str, int | None], by: Employee, at: datetime) -> Report:
    """Answer the cells that nothing registered counts; one without a value is not known any more.

    :raises CannotReport: when the report is no draft, or nothing is answered
    """
    report = _locked(report_id, (ReportState.DRAFT,), by=by, at=at)
    for key, value in values.items():
        if value is None:
            report.answers.filter(key=key).delete()
        else:
            defaults = {"value": value, "by": by, "at": at}
            ReportAnswer.objects.update_or_create(report=report, key=key, defaults=defaults)
    return _note(report, Step.ANSWERED, by=by, at=at)


def _basis(sealed: Sealed) -> str:
    """The digest of the figures and their lists, whenever they are counted."""
    return digest_of({**with_digests(sealed), "known_at": ""})


def _note(report: Report, step: Step, *, by: Employee, at: datetime) -> Report:
    ReportStep.objects.create(report=report, step=step, by=by, at=at)
    return report


def may_report(employee: Employee, municipality: str, *, at: datetime) -> bool:
    return units_with(employee, Permission.EXPORT, at=at).filter(municipality=municipality).exists()


def _require(by: Employee, municipality: str, *, at: datetime) -> None:
    if not may_report(by, municipality, at=at):
        raise PermissionDenied


def _locked(report_id: int, states: Collection[ReportState], *, by: Employee, at: datetime) -> Report:
    report: Report | None = Report.objects.select_for_update(no_key=True).filter(pk=report_id).first()
    if report is None:
        raise PermissionDenied
    _require(by, report.municipality_id, at=at)
    if report.state not in states:
        raise CannotReport(_NOT_NOW[report.state])
    return report


@act
def keep_sent_cells(
    *, municipality: str, year: int, values: Mapping[str, int | None], source: str, by: Employee, at: datetime
) -> None:
    """Last year's figures as they were sent: one without a value is not known any more.

    :raises PermissionDenied: when `by` makes no reports in the municipality
    :raises CannotReport: when the next year's report is explained already
    """
    _require(by, municipality, at=at)
    following = Report.objects.of(ReportKind.KOSTRA, municipality, year + 1).under_way().first()
    if following is not None and following.state not in (ReportState.DRAFT, ReportState.CHECKED):
        raise CannotReport(_("The next year's report is explained by these figures. Take it back to the draft first."))
    for cell, value in values.items():
        found = SentCell.objects.filter(municipality=municipality, year=year, cell=cell)
        if value is None:
            found.delete()
        else:
            SentCell.objects.update_or_create(
                municipality_id=municipality,
                year=year,
                cell=cell,
                defaults={"value": value, "source": source, "by": by, "at": at},
            )
    if following is not None:
        _note(following, Step.COMPARED, by=by, at=at)
