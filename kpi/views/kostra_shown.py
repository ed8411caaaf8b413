"""What the page of KOSTRA's form 13 shows: cells, findings and districts, each with the address of its list."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from kpi.declaring import Rule
from kpi.forms.figures import RULES
from kpi.kostra import BLOCKS
from kpi.models import FormFinding, Report
from kpi.questions.kostra import District, Finding, KostraYear, Line, as_locked, districts_of
from kpi.questions.places import places_of
from kpi.views.municipality import Municipality

#: A locked report's content; None where the page tells how it stands now.
Content = Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A cell with the addresses of the lists behind it. `sealed` is what was locked, where one version was.

    `locked` is the line as the locked report has it, where that is what the page tells. `changed` says whether other
    households are behind it now than when it was locked.
    """

    line: Line
    locked: Line | None
    url: str
    other_url: str
    rule: str | Promise
    other_rule: str | Promise
    sealed: int | None
    changed: bool

    @property
    def is_corrected(self) -> bool:
        return self.sealed is not None and self.sealed != self.line.value

    @property
    def told(self) -> Line:
        return self.locked or self.line

    @property
    def is_compared_anew(self) -> bool:
        """Whether last year's figure is another now than when this year's was locked."""
        return self.told.before != self.line.before


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding, where its list is, and since when it has been found."""

    finding: Finding
    url: str
    since: date | None


@dataclass(frozen=True, kw_only=True)
class ShownDistrict:
    """A cell's value in each district; a list only for whoever may ask the district's."""

    line: Line
    cells: list[tuple[int | None, str, str]]


@dataclass(frozen=True, kw_only=True)
class ShownDistricts:
    names: list[str]
    lines: list[ShownDistrict]


def shown_blocks(
    of: Municipality, found: KostraYear, sealed: Report | None, content: Content, changed: Container[str]
) -> list[tuple[str | Promise, list[Shown]]]:
    """The form's blocks that have cells this year. `sealed`: the last version that was locked."""
    cells = {cell["key"]: cell for cell in sealed.content.get("cells", [])} if sealed else {}
    shown = [
        _shown(of, found, line, cells.get(line.cell.key), is_locked=content is not None, changed=changed)
        for line in found.lines
    ]
    blocks = [(words, [one for one in shown if one.line.cell.block == block]) for block, words in BLOCKS.items()]
    return [(words, lines) for words, lines in blocks if lines]


def shown_findings(of: Municipality, found: KostraYear) -> list[ShownFinding]:
    kept = FormFinding.objects.filter(municipality=found.municipality, year=found.year, cleared_on=None)
    since = dict(kept.values_list("key", "found_on"))
    return [
        ShownFinding(finding=one, url=_finding_url(of, found, one), since=since.get(one.check.key))
        for one in found.findings
    ]


def _finding_url(of: Municipality, found: KostraYear, one: Finding) -> str:
    if one.households:
        return f"{reverse('kpi:kostra_found', args=[found.year, one.check.key])}?{urlencode({'place': of.place.code})}"
    indicator = getattr(one.check, "behind", "")
    return _behind_url(found, indicator, place=of.place.code, rule=Rule.KOSTRA) if indicator else ""


def shown_districts(of: Municipality, found: KostraYear, content: Content) -> ShownDistricts:
    """Each district's values: as they were locked, with a list only where that is still as long."""
    now = districts_of(found, at=of.at)
    told = now if content is None else [_locked_district(one, now) for one in content["districts"]]
    if not told:
        return ShownDistricts(names=[], lines=[])
    asked = {place.unit for place in places_of(of.employee, at=of.at)}
    open_to = {one.unit: one for one in now if one.unit in asked}
    return ShownDistricts(
        names=[one.name for one in told],
        lines=[
            ShownDistrict(line=line, cells=[_in_district(found, line, one, open_to.get(one.unit)) for one in told])
            for line in found.lines
            if line.cell.key in told[0].values
        ],
    )


def _locked_district(sealed: Mapping[str, Any], now: list[District]) -> District:
    """Found again by its name; 0 for a district that is no more."""
    unit = next((one.unit for one in now if one.name == sealed["name"]), 0)
    return District(unit=unit, name=sealed["name"], values=sealed["values"])


def _in_district(found: KostraYear, line: Line, one: District, now: District | None) -> tuple[int | None, str, str]:
    value, url = one.values[line.cell.key], ""
    if now is not None and value is not None and now.values.get(line.cell.key) == value:
        url = _behind_url(found, line.cell.indicator, place=f"u{now.unit}", rule=line.rule, group=line.cell.group)
    return value, url, f"{line.cell.label}, {one.name}"


def _shown(
    of: Municipality,
    found: KostraYear,
    line: Line,
    sealed: Mapping[str, Any] | None,
    *,
    is_locked: bool,
    changed: Container[str],
) -> Shown:
    urls = [
        _behind_url(found, line.cell.indicator, place=of.place.code, rule=rule, group=line.cell.group)
        for rule in (line.rule, line.other_rule)
        if not line.cell.is_asked
    ]
    return Shown(
        line=line,
        locked=as_locked(line, sealed) if is_locked and sealed else None,
        url=urls[0] if urls else "",
        other_url=urls[1] if urls else "",
        rule=RULES[line.rule],
        other_rule=RULES[line.other_rule],
        sealed=sealed["value"] if sealed else None,
        changed=line.cell.key in changed,
    )


def _behind_url(found: KostraYear, indicator: str, *, place: str, rule: Rule, group: str = "") -> str:
    last = found.period.ends_on - timedelta(days=1)
    asked = {
        "place": place,
        "period": "own",
        "first_day": found.period.starts_on.strftime("%d.%m.%Y"),
        "last_day": last.strftime("%d.%m.%Y"),
        "rule": rule.value,
        **({"group": group} if group else {}),
    }
    return f"{reverse('kpi:behind', args=[indicator])}?{urlencode(asked)}"
