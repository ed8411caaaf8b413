"""Who comes out of a place on a known day, and refugees to be settled: of a household, and of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.coming import homeless_from, is_homeless_ahead
from cases.discharge import Cost, cost_of
from cases.models import COMES_FROM, RefugeeSettlement, SettlementAnswer, Transition, TransitionStatus
from cases.questions.standing import Standing, standings
from cases.settling import latest_on, target_on
from cases.what_runs import Running
from housing.models import Residence
from housing.states import add_months
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, Member, MemberRole, Responsibility, Unit

_OF_AGE = 18


class Which(StrEnum):
    """What the unit's page shows."""

    NO_HOME = "no_home"
    ALL = "all"
    INSIDE = "inside"
    PAYS = "pays"
    REFUGEES = "refugees"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A planned arrival as a page shows it; `kind` and `home` are masked as the reader's sight has it."""

    transition: Transition
    kind: str | Promise
    home: str | Promise
    on: date
    standing: Standing | None = None

    @property
    def is_late(self) -> bool:
        """Should be out by now, and is not known to be."""
        return self.transition.status in _WAITS and self.transition.expected_on < self.on

    @property
    def is_homeless(self) -> bool:
        """Two months or less are left, and no home waits."""
        return self.lacks_home and self.on >= homeless_from(self.transition.expected_on)

    @property
    def lacks_home(self) -> bool:
        return self.transition.status in (TransitionStatus.PLANNED, TransitionStatus.ARRIVED)

    @property
    def cost(self) -> Cost | None:
        """What the municipality pays so far for nights after ready for discharge."""
        pays_from = self.transition.pays_from
        if pays_from is None or pays_from.year < _FIRST_PRICE:
            return None
        return cost_of(pays_from, max(pays_from, self.transition.left_on or self.on))


_WAITS = (TransitionStatus.PLANNED, TransitionStatus.PREPARED)
_FIRST_PRICE = 2014


@dataclass(frozen=True, kw_only=True)
class Settling:
    """Refugees as a page shows them, with the days the targets fall on."""

    settlement: RefugeeSettlement
    target_on: date
    on: date
    standing: Standing | None = None

    @property
    def latest_on(self) -> date:
        return latest_on(self.settlement.decided_on)

    @property
    def is_waiting(self) -> bool:
        return self.settlement.settled_on is None and self.settlement.answer != SettlementAnswer.DECLINED

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.on > self.target_on

    @property
    def has_grant(self) -> bool:
        ends_on = self.settlement.grant_ends_on
        return ends_on is not None and self.on < ends_on


@dataclass(frozen=True, kw_only=True)
class Inside:
    """Somebody who will come out one day, and nobody has planned for it; `kind` is masked as an arrival's is."""

    residence: Residence
    kind: str | Promise
    is_homeless: bool | None
    standing: Standing


def arrivals_to(household: Household, *, on: date) -> list[Arrival]:
    """Every one of the household's, open ones first; none where its places are masked."""
    rows = list(household.transitions.select_related("person", "dwelling", "registered_by"))
    if not rows or not household.sight.whereabouts:
        return []
    latest = sorted(rows, key=lambda one: (one.expected_on, one.pk), reverse=True)
    found = sorted(latest, key=lambda one: not one.is_open)
    return [_arrival(one, on=on) for one in found]


def settlings_of(household: Household, *, on: date) -> list[Settling]:
    """The household's, the last decision first."""
    rows = list(household.settlements.order_by("-decided_on", "-pk"))
    families = _families([household.pk], on) if rows else set()
    return [_settling(one, families, on=on) for one in rows]


@dataclass(frozen=True, kw_only=True)
class UnitComing:
    """What a unit's page is made of: each arrival and settlement of the households that the reader's lists show."""

    arrivals: list[Arrival]
    settlings: list[Settling]
    insides: list[Inside]

    def shown(self, which: Which) -> list[Arrival]:
        if which is Which.NO_HOME:
            return [one for one in self.arrivals if one.lacks_home]
        if which is Which.PAYS:
            return [one for one in self.arrivals if one.cost and one.transition.status in _WAITS]
        return self.arrivals if which is Which.ALL else []

    def count(self, which: Which) -> int:
        if which is Which.INSIDE:
            return len(self.insides)
        return len(self.settlings) if which is Which.REFUGEES else len(self.shown(which))


def coming_to(unit: Unit, employee: Employee, *, at: datetime) -> UnitComing:
    """Open arrivals by day, and refugees to be settled by the day of their target."""
    on = localdate(at)
    answered = Responsibility.objects.on(on).filter(unit=unit).values("household")
    listed = list(Household.objects.filter(pk__in=answered).visible_to(employee, at=at).values_list("pk", flat=True))
    arrivals = list(
        Transition.objects.open()
        .filter(household__in=listed)
        .select_related("person", "dwelling")
        .order_by("expected_on", "pk")
    )
    waiting = list(RefugeeSettlement.objects.waiting().filter(household__in=listed))
    insides = list(_inside(listed, on))
    ids = {one.household_id for one in [*arrivals, *waiting, *insides]}
    told, sights = standings(ids, by=employee, at=at), sights_of(ids, employee, at=at)
    families = _families([one.household_id for one in waiting], on)
    settlings = [_settling(one, families, on=on, standing=told[one.household_id]) for one in waiting]
    return UnitComing(
        arrivals=[
            _arrival(one, on=on, standing=told[one.household_id], is_masked=not sights[one.household_id].whereabouts)
            for one in arrivals
        ],
        settlings=sorted(settlings, key=lambda one: (one.target_on, one.settlement.pk)),
        insides=[
            Inside(
                residence=one,
                kind=one.get_kind_display() if sights[one.household_id].whereabouts else SHIELDED_PLACE,
                is_homeless=is_homeless_ahead(one.kind, expected_on=one.planned_end, home_waits=one.home_waits, on=on),
                standing=told[one.household_id],
            )
            for one in insides
        ],
    )


def by_month(arrivals: Sequence[Arrival]) -> list[tuple[date, list[Arrival]]]:
    """With the first day of each month."""
    return [
        (month, list(them)) for month, them in groupby(arrivals, lambda one: one.transition.expected_on.replace(day=1))
    ]


def runs_of_coming(household: Household, on: date) -> Iterator[Running]:
    """What the household's page lists of them."""
    url = reverse("cases:transitions", args=[household.key])
    for arrival in (one for one in arrivals_to(household, on=on) if one.transition.is_open):
        yield Running(
            label=arrival.kind,
            state_label=arrival.transition.get_status_display(),
            url=url,
            next_on=arrival.transition.expected_on,
            next_label=_("comes out"),
        )
    for settling in (one for one in settlings_of(household, on=on) if one.is_waiting):
        yield Running(
            label=gettext_lazy("Settling of refugees"),
            state_label=settling.settlement.get_answer_display() or _("Not answered"),
            url=url,
            next_on=settling.target_on,
            next_label=_("settled by"),
        )


def _arrival(one: Transition, *, on: date, standing: Standing | None = None, is_masked: bool = False) -> Arrival:
    home = str(one.get_home_display())
    if one.dwelling is not None:
        home = f"{home}, {one.dwelling}"
    return Arrival(
        transition=one,
        kind=SHIELDED_PLACE if is_masked else one.get_kind_display(),
        home=SHIELDED_PLACE if is_masked and home else home,
        on=on,
        standing=standing,
    )


def _inside(household_ids: Sequence[int], on: date) -> QuerySet[Residence]:
    """Those who live tonight where one comes out of, with no open arrival; the first planned end first."""
    kinds = {kind for of in COMES_FROM.values() for kind in of}
    planned = Transition.objects.open().filter(household=OuterRef("household"))
    found = Residence.objects.on(on).filter(~Exists(planned), kind__in=kinds, household__in=household_ids)
    return found.order_by("planned_end", "pk")


def _settling(one: RefugeeSettlement, families: set[int], *, on: date, standing: Standing | None = None) -> Settling:
    target = target_on(one.decided_on, is_family=one.household_id in families)
    return Settling(settlement=one, target_on=target, on=on, standing=standing)


def _families(household_ids: Sequence[int], on: date) -> set[int]:
    """Those with a child under 18 that day."""
    children = Member.objects.on(on).filter(household__in=household_ids, role=MemberRole.CHILD)
    under_age = children.filter(person__born_on__gt=add_months(on, -12 * _OF_AGE))
    return set(under_age.values_list("household_id", flat=True))
