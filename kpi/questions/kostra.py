"""A year of KOSTRA's form 13: each cell with last year's, what the checks find, and what is sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from kpi.declaring import Rule
from kpi.kostra import CHECKS, Check, KostraCell, cells_of, is_much
from kpi.measurement import Period, Question, behind, measure
from kpi.models import RemarkKind, Report, ReportKind, SentCell
from kpi.models.report import SEALED
from kpi.sealing import Sealed
from people.special_unit import strictly_confidential


@dataclass(frozen=True, kw_only=True)
class Line:
    """One cell of the year. `other` is what the other rule of counting gives, where they differ."""

    cell: KostraCell
    rule: Rule
    value: int
    before: int | None
    other: int | None = None
    said: str = ""

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.value - self.before

    @property
    def other_rule(self) -> Rule:
        return Rule.STAY if self.rule is Rule.KOSTRA else Rule.KOSTRA

    @property
    def is_to_be_explained(self) -> bool:
        return is_much(self.value, self.before) and not self.said


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check that found something, and why it is set aside, if it is."""

    check: Check
    said: str = ""

    @property
    def is_open(self) -> bool:
        return self.check.is_hard or not self.said


@dataclass(frozen=True, kw_only=True)
class KostraYear:
    municipality: str
    year: int
    period: Period
    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [finding.check.key for finding in self.findings if finding.is_open]

    @property
    def unexplained(self) -> list[str]:
        return [line.cell.key for line in self.lines if line.is_to_be_explained]


def period_of(year: int, *, today: date) -> Period:
    """The year, up to and including today while it is under way."""
    return Period(date(year, 1, 1), min(date(year + 1, 1, 1), today + timedelta(days=1)))


def kostra_year(municipality: str, year: int, report: Report | None, *, at: datetime) -> KostraYear:
    """The cells as they are now, by the rules that the report has chosen."""
    chosen = report.rules if report else {}
    said = {(one.kind, one.key): one.text for one in report.remarks.all()} if report else {}
    period, cells = period_of(year, today=localdate(at)), cells_of(year)
    counted = {rule: _counted(municipality, period, cells, rule, at=at) for rule in Rule}
    before = sent_before(municipality, year)
    lines = [
        _line(cell, cell.rule_of(chosen), counted, before, said.get((RemarkKind.EXPLANATION, cell.key), ""))
        for cell in cells
    ]
    values = {line.cell.key: line.value for line in lines}
    findings = [
        Finding(check=check, said=said.get((RemarkKind.SUPPRESSION, check.key), ""))
        for check in CHECKS
        if check.finds(values)
    ]
    return KostraYear(municipality=municipality, year=year, period=period, lines=lines, findings=findings)


def _line(cell: KostraCell, rule: Rule, counted: dict[Rule, dict[str, int]], before: dict[str, int], said: str) -> Line:
    other = counted[Rule.STAY if rule is Rule.KOSTRA else Rule.KOSTRA].get(cell.key)
    value = counted[rule][cell.key]
    differs = cell.is_duration and other != value
    return Line(
        cell=cell,
        rule=rule,
        value=value,
        before=before.get(cell.key),
        other=other if differs else None,
        said=said,
    )


def sent_before(municipality: str, year: int) -> dict[str, int]:
    """Last year's cells: as locked here, and else as typed in."""
    typed = SentCell.objects.filter(municipality=municipality, year=year - 1).values_list("cell", "value")
    locked = Report.objects.of(ReportKind.KOSTRA, municipality, year - 1).filter(state__in=SEALED).first()
    told = {cell["key"]: cell["value"] for cell in locked.content.get("cells", [])} if locked else {}
    return {**dict(typed), **told}


def sealed_of(report: Report, *, at: datetime) -> Sealed:
    """What the lock keeps of the year."""
    found = kostra_year(report.municipality_id, report.year, report, at=at)
    content = {
        "kind": ReportKind.KOSTRA.value,
        "municipality": report.municipality_id,
        "year": report.year,
        "version": report.version,
        "known_at": at.isoformat(),
        "cells": [
            {
                "block": line.cell.block,
                "key": line.cell.key,
                "value": line.value,
                "before": line.before,
                "rule": line.rule.value,
                "indicator": line.cell.indicator,
                "explanation": line.said,
            }
            for line in found.lines
        ],
        "set_aside": {finding.check.key: finding.said for finding in found.findings},
    }
    return Sealed(content=content, lists=_lists(found, at=at))


def _lists(found: KostraYear, *, at: datetime) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for rule in Rule:
        indicators = [line.cell.counted_by for line in found.lines if line.rule is rule]
        if not indicators:
            continue
        question = _question(found.municipality, found.period, rule, at=at)
        told = behind(question, found.period, indicators)
        for one in indicators:
            lists[one.code] = (
                told[one.code, found.municipality].households if (one.code, found.municipality) in told else []
            )
    return lists


def _counted(municipality: str, period: Period, cells: list[KostraCell], rule: Rule, *, at: datetime) -> dict[str, int]:
    asked = [cell.counted_by for cell in cells if rule is Rule.KOSTRA or cell.is_duration]
    figures = measure(_question(municipality, period, rule, at=at), [period], asked)
    return {figure.indicator.code: figure.numerator or 0 for figure in figures}


def _question(municipality: str, period: Period, rule: Rule, *, at: datetime) -> Question:
    """The strictly confidential count in a whole year alone, as on every page of figures."""
    is_whole = (period.ends_on.month, period.ends_on.day) == (1, 1)
    left_out = () if is_whole else strictly_confidential(municipality, on=localdate(at))
    return Question(municipality=municipality, rule=rule, left_out=left_out)
