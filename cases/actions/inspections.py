"""Opening an inspection, naming a case, saying what was found, closing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import calendar
from cases.models import (
    Assessment,
    Inspection,
    Inspector,
    Origin,
    Point,
    PopulationEntry,
    SampledCase,
    Theme,
    Verdict,
)
from cases.population import Line, population
from cases.sampling import draw, fingerprint
from people import journal, readings
from people.access import Stale, units_with
from people.actions.grants import midnight_after
from people.actions.samples import Leave, follow_samples
from people.decision import Purpose
from people.inspecting import inspectable, listed_in_inspections
from people.journal import Act
from people.models import (
    CoResponsibility,
    Employee,
    GrantKind,
    Household,
    Responsibility,
    RoleGrant,
    Unit,
    UnitKind,
)
from people.refusals import Refusal
from people.roles import Permission, roles_with
from people.transactions import act

#: An inspection lasts at most so long; who needs more opens another.
LONGEST = timedelta(days=365)


class CannotInspect(Refusal):
    """The inspection cannot be opened so."""


class CannotName(Refusal):
    """The case cannot be taken in. Which of the reasons it is, is not told."""

    def __init__(self) -> None:
        super().__init__(_("The inspection cannot take in a case of that number."), field="case_number")


class CannotAssess(Refusal):
    """The point is none of the inspection's, or the assessment says too little."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What an inspection is opened with. The period is half-open; `last_day` is the last one it may be read on."""

    case_reference: str
    themes: list[Theme]
    starts_on: date
    ends_on: date
    includes_special: bool
    sample_size: int
    inspector_ids: list[int]
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is found on one point of a case."""

    point: Point
    verdict: Verdict
    note: str = ""


def possible_inspectors(unit: Unit, *, by: Employee, at: datetime) -> QuerySet[Employee]:
    """Employees with the role of auditor at a unit of the municipality now, the one who asks left out."""
    roles = RoleGrant.objects.on(localdate(at)).filter(
        role__in=roles_with(Permission.INSPECT), unit__municipality=unit.municipality_id
    )
    inspectors = Employee.objects.filter(is_active=True, pk__in=roles.values("employee"))
    return inspectors.exclude(pk=by.pk).order_by("name", "pk")


@act
def open_inspection(*, unit_id: int, scope: Scope, seed: str, by: Employee, at: datetime) -> Inspection:
    """List the population, draw the sample and let the inspectors in to it, until the end of the last day.

    :param seed: what the sample is drawn from, made by chance where the request comes in
    :raises PermissionDenied: when the employee does not lead the unit
    :raises CannotInspect: without inspectors, or when nothing happened in the period
    """
    unit = _led_unit(by, unit_id, at=at)
    inspectors = list(possible_inspectors(unit, by=by, at=at).filter(pk__in=scope.inspector_ids))
    _check(scope, inspectors, today=localdate(at))
    lines = population(
        unit, scope.themes, starts_on=scope.starts_on, ends_on=scope.ends_on, special=scope.includes_special
    )
    known = Household.objects.filter(pk__in={line.household for line in lines})
    numbers = dict(inspectable(known, inspectors, at=at).values_list("pk", "ref"))
    lines = [line for line in lines if line.household in numbers]
    if not lines:
        raise CannotInspect(_("Nothing of these themes happened in the period."), field="starts_on")
    inspection = Inspection.objects.create(
        unit=unit,
        case_reference=scope.case_reference.strip(),
        themes=sorted(scope.themes),
        starts_on=scope.starts_on,
        ends_on=scope.ends_on,
        includes_special=scope.includes_special,
        sample_size=scope.sample_size,
        seed=seed,
        population_sha256=fingerprint(line.as_text(numbers[line.household]) for line in lines),
        opened_by=by,
        opened_at=at,
        expires_at=midnight_after(at) + (scope.last_day - localdate(at)),
    )
    Inspector.objects.bulk_create(Inspector(inspection=inspection, employee=one) for one in inspectors)
    PopulationEntry.objects.bulk_create(_entry(inspection, line) for line in lines)
    _take_in(inspection, sample_of(inspection, lines, numbers), origin=Origin.DRAWN, by=by, at=at)
    return inspection


def sample_of(inspection: Inspection, lines: Iterable[Line], numbers: dict[int, str]) -> list[int]:
    """The households that the inspection's seed draws, so many for each theme, in the order of the draw."""
    by_theme: dict[str, set[str]] = {}
    for line in lines:
        by_theme.setdefault(line.theme, set()).add(numbers[line.household])
    size, seed = inspection.sample_size, inspection.seed
    drawn = {number for of_it in by_theme.values() for number in draw(of_it, size=size, seed=seed)}
    households = {number: household for household, number in numbers.items()}
    return [households[number] for number in draw(drawn, size=len(drawn), seed=seed)]


@act
def name_case(*, inspection_id: int, case_number: str, reason: str, by: Employee, at: datetime) -> SampledCase:
    """Take one more case into an inspection, by its number: the only way to one that is strictly confidential.

    It must be the unit's, now or before, or shared with it, or the municipality's special unit's. One that was drawn,
    and has become strictly confidential since, is named too.

    :raises Http404: when there is no such open inspection of this inspector's
    :raises CannotName: for a number of none of those, whatever the reason
    """
    inspection = _inspected_by(by, inspection_id, at=at)
    if not reason.strip():
        raise CannotInspect(_("Say why this case is to be read."), field="reason")
    household = Household.objects.filter(ref="".join(case_number.split())).first()
    if household is None:
        raise CannotName
    if not _may_be_named(household, inspection, by, at=at):
        readings.note(household, Purpose.REFUSED)
        raise CannotName
    if (drawn := _drawn_before_it_was_strict(household, inspection, by, at=at)) is not None:
        drawn.origin, drawn.reason = Origin.NAMED, reason.strip()
        drawn.save(update_fields=["origin", "reason"])
        _open_to_inspectors(inspection, [drawn], by=by, at=at)
        return drawn
    [case] = _take_in(inspection, [household.pk], origin=Origin.NAMED, reason=reason.strip(), by=by, at=at)
    return case


@act
def assess(
    *, case_id: int, findings: Collection[Finding], newest: int | None, by: Employee, at: datetime
) -> list[Assessment]:
    """Say what was found on points of a case; those that say nothing new are left as they are.

    :param newest: the id of the case's newest assessment when the page was opened; None when it had none
    :raises Http404: when the case is in no open inspection of this inspector's
    :raises Stale: when another inspector has assessed the case since
    :raises CannotAssess: for a point that the inspection does not look at, or without saying what is missing
    """
    case = SampledCase.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise Http404
    inspection = _inspected_by(by, case.inspection_id, at=at)
    earlier = in_force(case)
    if max((found.pk for found in earlier.values()), default=None) != newest:
        raise Stale
    made = []
    for finding in findings:
        note = finding.note.strip()
        if finding.point not in inspection.points:
            raise CannotAssess(_("This inspection does not look at that."))
        if finding.verdict in (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED) and not note:
            raise CannotAssess(_("Say in the note what is missing."), field=f"{finding.point}_note")
        before = earlier.get(finding.point)
        if before is None or (before.verdict, before.note) != (finding.verdict, note):
            made.append(Assessment(case=case, point=finding.point, verdict=finding.verdict, note=note, by=by, at=at))
    return Assessment.objects.bulk_create(made)


def in_force(case: SampledCase) -> dict[Point, Assessment]:
    """The newest assessment of each point of the case."""
    found = Assessment.objects.filter(case=case).select_related("by").order_by("point", "-pk").distinct("point")
    return {Point(one.point): one for one in found}


@act
def close_inspection(*, inspection_id: int, by: Employee, at: datetime) -> Inspection:
    """Close an inspection before its time: its inspectors read nothing more.

    :raises Http404: when there is none that is open
    :raises PermissionDenied: when the employee does not lead the unit
    """
    inspection = Inspection.objects.select_for_update(of=("self",)).filter(pk=inspection_id).first()
    if inspection is None or not inspection.is_open(at):
        raise Http404
    _led_unit(by, inspection.unit_id, at=at)
    _close(inspection, by=by, at=at)
    return inspection


def close_expired(*, at: datetime) -> int:
    """Mark the inspections whose time is out as closed. Their leave to read ended by itself. → how many."""
    over = Inspection.objects.filter(closed_at__isnull=True, expires_at__lte=at).order_by("pk")
    return sum(_close_expired(inspection_id=inspection.pk, by=calendar(), at=at) for inspection in over)


@act
def _close_expired(*, inspection_id: int, by: Employee, at: datetime) -> bool:
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection_id)
    if inspection.closed_at is not None:
        return False
    _close(inspection, by=by, at=at)
    return True


def _close(inspection: Inspection, *, by: Employee, at: datetime) -> None:
    inspection.closed_at, inspection.closed_by = at, by
    inspection.save(update_fields=["closed_at", "closed_by"])
    households = list(inspection.sample.values_list("household", flat=True))
    _let_in(inspection, households, by=by, at=at)


def _led_unit(by: Employee, unit_id: int, *, at: datetime) -> Unit:
    unit = units_with(by, Permission.OPEN_INSPECTIONS, at=at).filter(pk=unit_id).first()
    if unit is None:
        raise PermissionDenied
    return unit


def _inspected_by(by: Employee, inspection_id: int, *, at: datetime) -> Inspection:
    """An open inspection of one of its inspectors, locked."""
    mine = Inspector.objects.filter(employee=by).values("inspection")
    found = Inspection.objects.open(at).filter(pk=inspection_id, pk__in=mine)
    inspection = found.select_for_update(of=("self",), no_key=True).select_related("unit").first()
    if inspection is None or not units_with(by, Permission.INSPECT, at=at).exists():
        raise Http404
    return inspection


def _check(scope: Scope, inspectors: Collection[Employee], *, today: date) -> None:
    if not inspectors or len(inspectors) != len(set(scope.inspector_ids)):
        raise CannotInspect(_("Choose at least one inspector with the role of auditor."), field="inspectors")
    if scope.starts_on > today:
        raise CannotInspect(_("The period has not begun."), field="starts_on")
    if not today <= scope.last_day <= today + LONGEST:
        raise CannotInspect(_("An inspection is open for at most a year, from today."), field="last_day")


def _may_be_named(household: Household, inspection: Inspection, by: Employee, *, at: datetime) -> bool:
    one = Household.objects.filter(pk=household.pk, municipality=inspection.unit.municipality_id)
    today = localdate(at)
    special = Responsibility.objects.on(today).filter(household=household, unit__kind=UnitKind.SPECIAL)
    answered = Responsibility.objects.filter(household=household, unit=inspection.unit)
    shared = CoResponsibility.objects.filter(household=household, unit=inspection.unit)
    if not (special.exists() or answered.exists() or shared.exists()):
        return False
    return listed_in_inspections(one, by, at=at, strict=True).exists()


def _drawn_before_it_was_strict(
    household: Household, inspection: Inspection, by: Employee, *, at: datetime
) -> SampledCase | None:
    is_strict = not listed_in_inspections(Household.objects.filter(pk=household.pk), by, at=at).exists()
    drawn = inspection.sample.filter(household=household, origin=Origin.DRAWN).first()
    return drawn if is_strict else None


def _entry(inspection: Inspection, line: Line) -> PopulationEntry:
    return PopulationEntry(
        inspection=inspection,
        household_id=line.household,
        theme=line.theme,
        kind=line.kind,
        on=line.on,
        until=line.until,
        outcome=line.outcome,
    )


def _take_in(
    inspection: Inspection,
    household_ids: list[int],
    *,
    origin: Origin,
    by: Employee,
    at: datetime,
    reason: str = "",
) -> list[SampledCase]:
    """Number the cases on from those already there and open them."""
    last = inspection.sample.aggregate(last=Max("number"))["last"] or 0
    cases = SampledCase.objects.bulk_create(
        SampledCase(
            inspection=inspection,
            household_id=household,
            number=number,
            origin=origin,
            reason=reason,
            added_by=by,
            added_at=at,
        )
        for number, household in enumerate(household_ids, start=last + 1)
    )
    _open_to_inspectors(inspection, cases, by=by, at=at)
    return cases


def _open_to_inspectors(inspection: Inspection, cases: Collection[SampledCase], *, by: Employee, at: datetime) -> None:
    """Let the inspectors in, and say so in each journal."""
    _let_in(inspection, [case.household_id for case in cases], by=by, at=at)
    for case in cases:
        details = {"origin": case.origin, "until": inspection.expires_at.isoformat()}
        journal.record(Act.INSPECTED, household_id=case.household_id, subject=case, by=by, at=at, details=details)


def _let_in(inspection: Inspection, household_ids: Collection[int], *, by: Employee, at: datetime) -> None:
    """Let the inspectors read these households for as long as any of their open inspections has them in its sample."""
    inspectors = list(inspection.inspectors.values_list("employee", flat=True))
    rows = SampledCase.objects.filter(
        inspection__in=Inspection.objects.open(at),
        household__in=household_ids,
        inspection__inspectors__employee__in=inspectors,
    ).values_list(
        "inspection__inspectors__employee",
        "household",
        "inspection__includes_special",
        "origin",
        "inspection__expires_at",
    )
    wanted: dict[Leave, datetime] = {}
    for employee, household, is_special, origin, expires_at in rows:
        kinds = [GrantKind.SAMPLE_SPECIAL if is_special else GrantKind.SAMPLE]
        kinds += [GrantKind.NAMED] if origin == Origin.NAMED else []
        for kind in kinds:
            leave = (employee, household, kind)
            wanted[leave] = max(wanted.get(leave, expires_at), expires_at)
    follow_samples(
        wanted,
        inspector_ids=inspectors,
        household_ids=household_ids,
        reason=inspection.case_reference,
        by=by,
        at=at,
    )
