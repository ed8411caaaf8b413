"""An inspection as its leader and its inspectors see it: what it covers, its population, its sample, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.functional import Promise

from cases.models import (
    Assessment,
    DecisionStatus,
    EntryKind,
    Inspection,
    Inspector,
    Origin,
    Outcome,
    Point,
    PopulationEntry,
    SampledCase,
    Theme,
)
from cases.population import Line
from housing.models import BelowStandard, ResidenceKind, SpellState
from people import readings
from people.access import has_permission, units_with
from people.decision import Purpose
from people.inspecting import listed_in_inspections
from people.masking import sights_of
from people.models import Employee, Household
from people.roles import Permission

#: Lines of a population on one page.
LINES = 50
_OUTCOMES: dict[str, dict[str, str | Promise]] = {
    EntryKind.REQUEST: dict(Outcome.choices),
    EntryKind.DECISION: dict(DecisionStatus.choices),
    EntryKind.PLACEMENT: {**dict(BelowStandard.choices), **dict(ResidenceKind.choices)},
    EntryKind.STAY: dict(SpellState.choices),
}


@dataclass(frozen=True, kw_only=True)
class InspectionRoom:
    """An inspection opened by one who leads its unit, or inspects while it is open."""

    inspection: Inspection
    employee: Employee
    at: datetime
    leads: bool
    inspects: bool

    @property
    def is_open(self) -> bool:
        return self.inspection.is_open(self.at)


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case of the sample. `assessed` points of those that the inspection looks at; an inspector may open it."""

    case: SampledCase
    household_id: int
    key: UUID
    case_number: str
    assessed: int


@dataclass(frozen=True, kw_only=True)
class ThemeCount:
    """How much of a theme there is in the population."""

    theme: Theme
    lines: int
    cases: int


@dataclass(frozen=True, kw_only=True)
class PopulationRow:
    """One line of the population, in words. `outcome` is empty where there is none."""

    household_id: int
    case_number: str
    theme: str | Promise
    kind: str | Promise
    on: date
    until: date | None
    outcome: str | Promise


def inspections_of(employee: Employee, *, at: datetime) -> list[Inspection]:
    """Those of the units that the employee leads, and those open that the employee inspects; newest first."""
    led = Q(unit__in=units_with(employee, Permission.OPEN_INSPECTIONS, at=at))
    mine = Q(pk__in=_inspected_by(employee, at=at))
    return list(Inspection.objects.filter(led | mine).select_related("unit").order_by("-opened_at", "-pk"))


def inspection_for(employee: Employee, inspection_id: int, *, at: datetime) -> InspectionRoom:
    """:raises Http404: when the employee neither leads its unit nor inspects in it while it is open"""
    inspection = Inspection.objects.filter(pk=inspection_id).select_related("unit", "opened_by").first()
    if inspection is None:
        raise Http404
    leads = units_with(employee, Permission.OPEN_INSPECTIONS, at=at).filter(pk=inspection.unit_id).exists()
    inspects = _inspected_by(employee, at=at).filter(pk=inspection_id).exists()
    if not (leads or inspects):
        raise Http404
    return InspectionRoom(inspection=inspection, employee=employee, at=at, leads=leads, inspects=inspects)


def inspectors_of(inspection: Inspection) -> list[Employee]:
    inspectors = Inspector.objects.filter(inspection=inspection).select_related("employee")
    return sorted((one.employee for one in inspectors), key=lambda employee: employee.name)


def sample_rows(room: InspectionRoom) -> list[CaseRow]:
    """The cases of the sample that the employee may read, or for a leader know of; by number."""
    cases = list(room.inspection.sample.select_related("household").order_by("number"))
    shown = _readable(room, cases) if room.inspects else _known(room, cases)
    assessed = dict(
        Assessment.objects.filter(case__inspection=room.inspection)
        .values("case")
        .annotate(points=Count("point", distinct=True))
        .values_list("case", "points")
    )
    return [
        CaseRow(
            case=case,
            household_id=case.household_id,
            key=case.household.key,
            case_number=case.household.ref,
            assessed=assessed.get(case.pk, 0),
        )
        for case in cases
        if case.pk in shown
    ]


def theme_counts(room: InspectionRoom) -> list[ThemeCount]:
    """Lines and cases of each theme, as far as the employee may read the list."""
    found = {
        theme: (lines, cases)
        for theme, lines, cases in _entries(room)
        .values("theme")
        .annotate(lines=Count("pk"), cases=Count("household", distinct=True))
        .values_list("theme", "lines", "cases")
    }
    return [
        ThemeCount(theme=theme, lines=found.get(theme, (0, 0))[0], cases=found.get(theme, (0, 0))[1])
        for theme in Theme
        if theme in room.inspection.themes
    ]


def population_rows(
    room: InspectionRoom, *, theme: str = "", skip: int = 0, most: int | None = LINES
) -> list[PopulationRow]:
    """Lines of the population from number `skip` on, by theme and day; `most` None gives them all."""
    entries = _entries(room).filter(**({"theme": theme} if theme else {}))
    chosen = entries.select_related("household").order_by("theme", "on", "pk")
    return [_row(entry) for entry in chosen[skip : None if most is None else skip + most]]


def population_lines(room: InspectionRoom) -> list[str]:
    """The population as the text that its fingerprint is of, line by line, as far as the employee may read it."""
    return sorted(
        Line(
            Theme(entry.theme), EntryKind(entry.kind), entry.household_id, entry.on, entry.until, entry.outcome
        ).as_text(entry.household.ref)
        + "\n"
        for entry in _entries(room).select_related("household")
    )


def sampled_case(room: InspectionRoom, key: UUID) -> SampledCase:
    """The case of the sample that is this household's.

    :raises Http404: when it is not in the sample, or may not be read in it
    """
    case = room.inspection.sample.filter(household__key=key).select_related("household").first()
    if case is not None and room.inspects and case.pk in _readable(room, [case]):
        return case
    household = Household.objects.filter(key=key).first()
    if household is not None:
        readings.note(household, Purpose.REFUSED)
    raise Http404


def assessments_of(case: SampledCase) -> dict[Point, list[Assessment]]:
    """Everything found on each point of the case, the newest first: that one is in force."""
    found: dict[Point, list[Assessment]] = {}
    for one in case.assessments.select_related("by").order_by("-pk"):
        found.setdefault(Point(one.point), []).append(one)
    return found


def _inspected_by(employee: Employee, *, at: datetime) -> QuerySet[Inspection]:
    if not has_permission(employee, Permission.INSPECT, at=at):
        return Inspection.objects.none()
    mine = Inspector.objects.filter(employee=employee).values("inspection")
    return Inspection.objects.open(at).filter(pk__in=mine)


def _readable(room: InspectionRoom, cases: list[SampledCase]) -> set[int]:
    """Those whose sight is an inspector's. One that became strictly confidential after the draw is not named."""
    sights = sights_of([case.household_id for case in cases], room.employee, at=room.at)
    return {
        case.pk
        for case in cases
        if (sight := sights[case.household_id]).purpose is Purpose.AUDIT and (sight.ages or case.origin == Origin.NAMED)
    }


def _known(room: InspectionRoom, cases: list[SampledCase]) -> set[int]:
    known = Household.objects.filter(pk__in=[case.household_id for case in cases])
    listed = set(listed_in_inspections(known, room.employee, at=room.at).values_list("pk", flat=True))
    return {case.pk for case in cases if case.household_id in listed}


def _entries(room: InspectionRoom) -> QuerySet[PopulationEntry]:
    listed = listed_in_inspections(Household.objects.all(), room.employee, at=room.at)
    return PopulationEntry.objects.filter(inspection=room.inspection, household__in=listed)


def _row(entry: PopulationEntry) -> PopulationRow:
    return PopulationRow(
        household_id=entry.household_id,
        case_number=entry.household.ref,
        theme=Theme(entry.theme).label,
        kind=EntryKind(entry.kind).label,
        on=entry.on,
        until=entry.until,
        outcome=_OUTCOMES[entry.kind].get(entry.outcome, entry.outcome),
    )
