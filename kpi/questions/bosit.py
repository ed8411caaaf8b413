"""BOSIT of each grown person in a municipality, day by day, with whether an individual plan runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from cases.models import IndividualPlan, PlanKind
from housing.models import Residence
from housing.states import Kind, birthday
from kpi.bosit import Lived, Time, code_list_on, times_of
from people.access import reported_households, units_with
from people.models import Employee, Household, Member, MemberRole
from people.roles import Permission
from people.special_unit import strictly_confidential

_GROWN_AT = 18


@dataclass(frozen=True, kw_only=True)
class BositRow:
    """One person's time with one code: by reference alone, half-open. `has_plan` is of its last day."""

    household_id: int
    case: str
    person: str
    starts_on: date
    ends_on: date
    code: str
    name: str
    has_plan: bool


@dataclass(frozen=True, kw_only=True)
class Bosit:
    """`left_out`: households that are shielded or not the employee's to report, the strictly confidential apart."""

    rows: list[BositRow]
    left_out: int


def bosit_of(
    municipality: str, starts_on: date, ends_on: date, employee: Employee, *, language: str, at: datetime
) -> Bosit:
    """Every grown person who lived somewhere in the half-open period, by case and person.

    :raises LookupError: when the period begins before the first code list
    """
    code_list_on(starts_on)
    today = localdate(at)
    strict = {*strictly_confidential(municipality, on=ends_on), *strictly_confidential(municipality, on=today)}
    everyone = Household.objects.filter(municipality=municipality).exclude(pk__in=strict)
    told = everyone.filter(pk__in=_told(everyone, municipality, employee, at=at))
    lived = Residence.objects.touching(starts_on, ends_on).order_by("starts_on")
    members = Member.objects.exclude(role=MemberRole.CHILD_VISIT).select_related("person")
    with_all = told.order_by("ref").prefetch_related(
        Prefetch("residences", queryset=lived, to_attr="lived"), Prefetch("members", queryset=members, to_attr="ours")
    )
    plans = _plans(told)
    rows: list[BositRow] = []
    count = 0
    for household in with_all.iterator(chunk_size=500):
        count += 1
        times = times_of([_lived(one) for one in household.lived], starts_on, ends_on)  # type: ignore[attr-defined]
        for one in sorted(household.ours, key=lambda m: m.person.ref):  # type: ignore[attr-defined]
            rows += [_row(household, one, time, plans, language) for time in _as_member(one, times)]
    return Bosit(rows=rows, left_out=everyone.count() - count)


def _told(households: QuerySet[Household], municipality: str, employee: Employee, *, at: datetime) -> set[int]:
    """Those the employee may see or report, less the shielded: a code tells what kind of place it is."""
    unshielded = set(reported_households(households, employee, at=at).values_list("pk", flat=True))
    reports = units_with(employee, Permission.ASK_FOR_CORRECTION, at=at).filter(municipality=municipality)
    if reports.exists():
        return unshielded
    visible = Household.objects.filter(pk__in=unshielded).visible_to(employee, at=at)
    return set(visible.values_list("pk", flat=True))


def _lived(one: Residence) -> Lived:
    return Lived(
        kind=Kind(one.kind),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        planned_end=one.planned_end,
        home_waits=one.home_waits,
    )


def _as_member(one: Member, times: list[Time]) -> list[Time]:
    """The times cut to the days on which the person was a grown member, or one under 18 who is no child there."""
    first, last = one.starts_on, one.ends_on or date.max
    if one.role == MemberRole.CHILD:
        first = max(first, birthday(one.person.born_on, _GROWN_AT))
    cut = (Time(starts_on=max(t.starts_on, first), ends_on=min(t.ends_on, last), code=t.code) for t in times)
    return [time for time in cut if time.starts_on < time.ends_on]


def _plans(households: QuerySet[Household]) -> dict[int, list[tuple[date, date]]]:
    """By person the half-open times with an individual plan that the person consented to."""
    found: dict[int, list[tuple[date, date]]] = {}
    plans = IndividualPlan.objects.filter(
        Q(kind=PlanKind.INDIVIDUAL), Q(consented_on__isnull=False), household__in=households
    )
    for person, consented_on, ended_on in plans.values_list("person", "consented_on", "ended_on"):
        assert consented_on is not None
        found.setdefault(person, []).append((consented_on, ended_on or date.max))
    return found


def _row(
    household: Household, one: Member, time: Time, plans: dict[int, list[tuple[date, date]]], language: str
) -> BositRow:
    names = code_list_on(time.starts_on).names[time.code]
    return BositRow(
        household_id=household.pk,
        case=household.ref,
        person=one.person.ref,
        starts_on=time.starts_on,
        ends_on=time.ends_on,
        code=time.code,
        name=names.get(language, names["nb"]),
        has_plan=any(first < time.ends_on <= last for first, last in plans.get(one.person_id, [])),
    )
