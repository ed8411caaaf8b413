"""A year of KOSTRA's form 13: each cell with last year's, what the checks find, and what is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate

from housing.spells import GAP_NIGHTS
from kpi.declaring import Rule
from kpi.form_checks import CHECKS, NO_INHABITANTS, UNANSWERED, Check, FactCheck
from kpi.kostra import INHABITANTS, RECKONED, KostraCell, Reckoned, asked_of, cells_of, is_much
from kpi.measurement import Period, Question, behind, measure
from kpi.models import RemarkKind, Report, ReportKind, ReportRemark, SentCell
from kpi.models.report import SEALED
from kpi.questions.form_checks import FactFinding, fact_findings
from kpi.sealing import Sealed
from kpi.suppression import Sum, held_back, is_small
from people.models import Unit, UnitKind
from people.special_unit import strictly_confidential


@dataclass(frozen=True, kw_only=True)
class Line:
    """One cell of the year. Of a length of stay, `other` is what the other reading gives where they differ, and
    `differing` are the households that they count differently.
    """

    cell: KostraCell
    rule: Rule
    value: int | None
    before: int | None
    other: int | None = None
    differing: tuple[str, ...] = ()
    said: str = ""

    @property
    def change(self) -> int | None:
        return None if self.before is None or self.value is None else self.value - self.before

    @property
    def other_rule(self) -> Rule:
        return Rule.STAY if self.rule is Rule.KOSTRA else Rule.KOSTRA

    @property
    def is_to_be_explained(self) -> bool:
        return is_much(self.value, self.before) and not self.said


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check that found something, and why it is set aside, if it is. `households` are those it found, if any.

    `count`: how many it found, or by how many the cells are out. `outgrown` is what was said of fewer: it is to be said
    again.
    """

    check: Check | FactCheck
    count: int
    said: str = ""
    outgrown: str = ""
    households: tuple[int, ...] = ()

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
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def is_under_way(self) -> bool:
        return self.period.ends_on != date(self.year + 1, 1, 1)

    @property
    def faults(self) -> list[str]:
        return [finding.check.key for finding in self.findings if finding.is_open]

    @property
    def unexplained(self) -> list[str]:
        return [line.cell.key for line in self.lines if line.is_to_be_explained]

    @property
    def reckoned(self) -> list[tuple[Reckoned, Decimal | None]]:
        """The figures that are published over the cells."""
        values = {**self.answers, **{line.cell.key: line.value for line in self.lines}}
        known = {line.cell.key for line in self.lines}
        return [(one, one.value(values)) for one in RECKONED if known.issuperset(one.counted)]


def period_of(year: int, *, today: date) -> Period:
    """The year, up to and including today while it is under way."""
    return Period(date(year, 1, 1), min(date(year + 1, 1, 1), today + timedelta(days=1)))


def kostra_year(municipality: str, year: int, report: Report | None, *, at: datetime) -> KostraYear:
    """The cells as they are now, by the rules that the report has chosen."""
    chosen = report.rules if report else {}
    answers = dict(report.answers.values_list("key", "value")) if report else {}
    remarks = {(one.kind, one.key): one for one in report.remarks.all()} if report else {}
    said = {key: one.text for (kind, key), one in remarks.items() if kind == RemarkKind.EXPLANATION}
    period, cells = period_of(year, today=localdate(at)), cells_of(year)
    counted = {rule: _counted(municipality, period, cells, rule, at=at) for rule in Rule}
    counted = {rule: {**told, **answers} for rule, told in counted.items()}
    differing, before = _differing(municipality, period, cells, counted, at=at), sent_before(municipality, year)
    lines = [
        _line(
            cell,
            cell.rule_of(chosen),
            counted,
            before,
            differing.get(cell.key, ()),
            said.get(cell.key, ""),
        )
        for cell in cells
    ]
    facts = fact_findings(listing_of(municipality, Rule.KOSTRA, at=at), period)
    of_stays = {line.cell.key for line in lines if line.rule is Rule.STAY}
    values = {line.cell.key: None if line.cell.key in of_stays else line.value for line in lines}
    set_aside = {key: one for (kind, key), one in remarks.items() if kind == RemarkKind.SUPPRESSION}
    findings = _findings({line.cell.key: line.value for line in lines}, values, facts, set_aside)
    found = KostraYear(municipality=municipality, year=year, period=period, lines=lines, answers=answers)
    return replace(found, findings=[*_of_answers(found, set_aside), *findings])


def _of_answers(found: KostraYear, set_aside: dict[str, ReportRemark]) -> list[Finding]:
    """What is asked and not answered. How many live there on 31 December nobody knows before the year is over."""
    unanswered = sum(line.value is None for line in found.lines)
    is_unknown = not found.is_under_way and not found.answers.get(INHABITANTS)
    asked = [Finding(check=UNANSWERED, count=unanswered)] if unanswered else []
    if is_unknown:
        asked.append(_answered(Finding(check=NO_INHABITANTS, count=1), set_aside.get(NO_INHABITANTS.key)))
    return asked


def _findings(
    values: dict[str, int | None],
    by_nights: dict[str, int | None],
    facts: list[FactFinding],
    set_aside: dict[str, ReportRemark],
) -> list[Finding]:
    """`by_nights`: the values that are not read by whole stays, and None for those that are."""
    of_cells = [(check, check.found(by_nights if check.is_of_nights else values)) for check in CHECKS]
    found = [Finding(check=check, count=count) for check, count in of_cells if count]
    found += [Finding(check=one.check, count=len(one.households), households=tuple(one.households)) for one in facts]
    return [_answered(one, set_aside.get(one.check.key)) for one in found]


def _answered(one: Finding, remark: ReportRemark | None) -> Finding:
    """What was said of fewer than are found now says nothing of the rest."""
    if remark is None:
        return one
    is_outgrown = remark.found is None or remark.found < one.count
    return replace(one, outgrown=remark.text) if is_outgrown else replace(one, said=remark.text)


def _line(
    cell: KostraCell,
    rule: Rule,
    counted: dict[Rule, dict[str, int]],
    before: dict[str, int],
    differing: tuple[str, ...],
    said: str,
) -> Line:
    other = counted[Rule.STAY if rule is Rule.KOSTRA else Rule.KOSTRA].get(cell.key) if cell.is_duration else None
    value = counted[rule].get(cell.key)
    return Line(
        cell=cell,
        rule=rule,
        value=value,
        before=before.get(cell.key),
        other=other if differing or other != value else None,
        differing=differing,
        said=said,
    )


def _differing(
    municipality: str, period: Period, cells: list[KostraCell], counted: dict[Rule, dict[str, int]], *, at: datetime
) -> dict[str, tuple[str, ...]]:
    """By cell: the references of households that one reading counts and the other does not."""
    asked = [cell.counted_by for cell in cells if cell.is_duration]
    if not any(counted[Rule.KOSTRA].get("temporary", 0) for _ in asked[:1]):
        return {}
    told = {rule: behind(listing_of(municipality, rule, at=at), period, asked) for rule in (Rule.KOSTRA, Rule.STAY)}
    found: dict[str, tuple[str, ...]] = {}
    for one in asked:
        key = (one.code, municipality)
        sides = [set(lists[key].households) if key in lists else set() for lists in told.values()]
        found[one.code] = tuple(sorted(sides[0] ^ sides[1]))
    return found


def sent_before(municipality: str, year: int) -> dict[str, int]:
    """Last year's cells: as locked here, and else as typed in."""
    typed = SentCell.objects.filter(municipality=municipality, year=year - 1).values_list("cell", "value")
    locked = Report.objects.of(ReportKind.KOSTRA, municipality, year - 1).filter(state__in=SEALED).first()
    told = {cell["key"]: cell["value"] for cell in locked.content.get("cells", [])} if locked else {}
    return {**dict(typed), **told}


@dataclass(frozen=True, kw_only=True)
class District:
    """A district's own values, by cell; None is held back. Dwellings belong to no unit."""

    unit: int
    name: str
    values: dict[str, int | None]


def districts_of(found: KostraYear, *, at: datetime) -> list[District]:
    """Of a municipality that is divided in districts, the cells of each, by the readings that are chosen.

    Whoever is in the municipality's number and in no district's is the difference: small numbers are held back, the
    difference with them, since the strictly confidential are among those.
    """
    units = Unit.objects.filter(municipality=found.municipality, kind=UnitKind.DISTRICT).order_by("name", "pk")
    counted = {unit: _of_unit(found, unit.pk, at=at) for unit in units}
    whole = {line.cell.key: line.value or 0 for line in found.lines}
    hidden = {key: _hidden(whole[key], values) for key, values in _by_cell(counted).items()}
    return [
        District(
            unit=unit.pk,
            name=unit.name,
            values={key: None if unit.pk in hidden[key] else value for key, value in values.items()},
        )
        for unit, values in counted.items()
    ]


def _by_cell(counted: dict[Unit, dict[str, int]]) -> dict[str, dict[int, int]]:
    cells: dict[str, dict[int, int]] = {}
    for unit, values in counted.items():
        for key, value in values.items():
            cells.setdefault(key, {})[unit.pk] = value
    return cells


#: the municipality's own number, and what of it no district has
_WHOLE, _REST = -1, 0


def _hidden(whole: int, by_unit: dict[int, int]) -> frozenset[int]:
    rest = whole - sum(by_unit.values())
    if rest < 0:  # a household that moved between districts is in the number of each
        return frozenset(unit for unit, value in by_unit.items() if is_small(value))
    everyone = Sum(_WHOLE, (_REST, *by_unit))
    return held_back({_WHOLE: whole, _REST: rest, **by_unit}, [everyone])


def _of_unit(found: KostraYear, unit: int, *, at: datetime) -> dict[str, int]:
    values: dict[str, int] = {}
    for rule in Rule:
        asked = [
            line.cell.counted_by
            for line in found.lines
            if line.rule is rule and not line.cell.is_asked and not line.cell.is_of_dwellings
        ]
        if asked:
            question = question_of(found.municipality, found.period, rule, at=at, unit=unit)
            values |= {one.indicator.code: one.numerator or 0 for one in measure(question, [found.period], asked)}
    return values


def sealed_of(report: Report, *, at: datetime) -> Sealed:
    """What the lock keeps of the year."""
    found = kostra_year(report.municipality_id, report.year, report, at=at)
    content = {
        "kind": ReportKind.KOSTRA.value,
        "municipality": report.municipality_id,
        "year": report.year,
        "version": report.version,
        "known_at": at.isoformat(),
        "gap_nights": GAP_NIGHTS,
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
        "reckoned": {one.key: None if value is None else str(value) for one, value in found.reckoned},
        "districts": [{"name": one.name, "values": one.values} for one in districts_of(found, at=at)],
        "set_aside": {finding.check.key: finding.said for finding in found.findings},
    }
    return Sealed(content=content, lists=_lists(found, at=at))


def as_locked(line: Line, cell: Mapping[str, Any]) -> Line:
    """The line as the seal's cell has it. Its reading was chosen then: the other is not told."""
    return replace(
        line,
        rule=Rule(cell["rule"]),
        value=cell["value"],
        before=cell["before"],
        said=cell["explanation"],
        other=None,
        differing=(),
    )


def reckoned_in(content: Mapping[str, Any]) -> list[tuple[Reckoned, Decimal | None]]:
    """As `KostraYear.reckoned`, of a locked report."""
    told = {key: None if value is None else Decimal(value) for key, value in content["reckoned"].items()}
    return [(one, told[one.key]) for one in RECKONED if one.key in told]


def _lists(found: KostraYear, *, at: datetime) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for rule in Rule:
        indicators = [line.cell.counted_by for line in found.lines if line.rule is rule and not line.cell.is_asked]
        if not indicators:
            continue
        told = behind(question_of(found.municipality, found.period, rule, at=at), found.period, indicators)
        for one in indicators:
            key = (one.code, found.municipality)
            lists[one.code] = told[key].households if key in told else []
    return lists


def _counted(municipality: str, period: Period, cells: list[KostraCell], rule: Rule, *, at: datetime) -> dict[str, int]:
    asked = [cell.counted_by for cell in cells if not cell.is_asked and (rule is Rule.KOSTRA or cell.is_duration)]
    figures = measure(question_of(municipality, period, rule, at=at), [period], asked)
    return {figure.indicator.code: figure.numerator or 0 for figure in figures}


def question_of(municipality: str, period: Period, rule: Rule, *, at: datetime, unit: int | None = None) -> Question:
    """The strictly confidential count in a whole year alone, as on every page of figures."""
    is_whole = (period.ends_on.month, period.ends_on.day) == (1, 1)
    left_out = () if is_whole and unit is None else strictly_confidential(municipality, on=localdate(at))
    return Question(municipality=municipality, rule=rule, left_out=left_out, unit=unit)


def listing_of(municipality: str, rule: Rule, *, at: datetime) -> Question:
    """As the lists behind figures ask: the strictly confidential are on none of them."""
    left_out = strictly_confidential(municipality, on=localdate(at))
    return Question(municipality=municipality, rule=rule, left_out=left_out)


def asked_values(report: Report) -> dict[str, tuple[str | Promise, int | None]]:
    """What the municipality answers of the year: the label, and the answer so far."""
    told = dict(report.answers.values_list("key", "value"))
    return {key: (label, told.get(key)) for key, label in asked_of(report.year).items()}
