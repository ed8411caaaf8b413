"""What one household is behind a figure: its nights, its stays, and the decisions that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.apps import apps

from cases.models import Decision
from cases.models.decision_codes import GIVEN, GRANTING, DecisionKind, DecisionResult
from housing.models import Provider, ResidenceKind
from kpi.declaring import Indicator, Population
from kpi.measurement import Period, Question, contributions, rows_of
from people.masking import SHIELDED_PLACE
from people.models import Household

_TEMPORARY = frozenset({ResidenceKind.TEMPORARY})
#: Of the populations that are about nights in the period: in which kinds of place.
_NIGHTS_OF: dict[Population, frozenset[ResidenceKind]] = {
    Population.IN_TEMPORARY: _TEMPORARY,
    Population.CHILD_IN_TEMPORARY: _TEMPORARY,
    Population.IN_SHELTER: frozenset({ResidenceKind.NIGHT_SHELTER}),
}
#: Placed by the municipality: their nights need a decision.
_NEEDS_DECISION = _TEMPORARY


@dataclass(frozen=True)
class Given:
    """A decision that gives something for a time, half-open; `until` is None where no end is known."""

    pk: int
    kind: str
    result: str
    starts_on: date
    until: date | None

    @property
    def words(self) -> str:
        return f"{DecisionKind(self.kind).label}: {DecisionResult(self.result).label}"

    def covers(self, night: date) -> bool:
        return self.starts_on <= night and (self.until is None or night < self.until)


@dataclass(frozen=True, kw_only=True)
class Nights:
    """Nights in a row at one place, resting on one decision or none. `counted`: how many of them the figure counts."""

    starts_on: date
    last_night: date
    nights: int
    kind: str
    place: str
    counted: int
    decision: Given | None
    needs_decision: bool


@dataclass(frozen=True)
class Stay:
    """A stay with nights in the period. `nights`: of those in the period."""

    starts_on: date
    limit_on: date
    ends_on: date | None
    nights: int
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class InFigure:
    """A household in a figure. `amount`: what it adds; None when it is not counted. `counts_nights`: whether nights in
    the period are what the figure is about.
    """

    amount: float | None
    is_of_population: bool
    counts_nights: bool
    stays: list[Stay]
    nights: list[Nights]
    others: list[Given]

    @property
    def counted(self) -> int:
        return sum(one.counted for one in self.nights)

    @property
    def undecided(self) -> int:
        return sum(one.nights for one in self.nights if one.needs_decision and one.decision is None)


def in_figure(indicator: Indicator, question: Question, period: Period, household: Household) -> InFigure:
    """As the question knows it; the household's sight tells whether its places may be named."""
    counted, everyone = (_amount(indicator, question, period, household, of) for of in (False, True))
    stays = _stays(question, period, household)
    begins = min([period.starts_on, *(stay.starts_on for stay in stays)])
    given = _given(household, known_at=question.known_at)
    granting = [one for one in given if one.kind == DecisionKind.TEMPORARY]
    kinds = _NIGHTS_OF.get(indicator.population, frozenset())
    nights = _nights(question, Period(begins, period.ends_on), household, granting, counted_in=period, kinds=kinds)
    touching = [
        one
        for one in given
        if one not in granting and one.starts_on < period.ends_on and (one.until is None or one.until > begins)
    ]
    return InFigure(
        amount=counted,
        is_of_population=everyone is not None,
        counts_nights=bool(kinds),
        stays=stays,
        nights=nights,
        others=touching,
    )


def _amount(
    indicator: Indicator, question: Question, period: Period, household: Household, is_population: bool
) -> float | None:
    found = contributions(question, period, indicator, is_population=is_population)
    return next((one.amount for one in found if one.household_id == household.pk), None)


def _stays(question: Question, period: Period, household: Household) -> list[Stay]:
    select = """
        SELECT s.starts_on, s.limit_on, NULLIF(s.ends_on, DATE '9999-12-31'),
               days_in(s.nights * datemultirange(p.days)), LEAST(s.ends_on, p.ends_on) > s.limit_on
        FROM spell s CROSS JOIN period p
        WHERE s.household_id = %(household)s AND s.state = 'temporary' AND s.nights && p.days
        ORDER BY s.starts_on
    """
    return [Stay(*row) for row in rows_of(question, [period], select, household=household.pk)]


def _nights(
    question: Question,
    span: Period,
    household: Household,
    granting: Sequence[Given],
    *,
    counted_in: Period,
    kinds: frozenset[ResidenceKind],
) -> list[Nights]:
    select = """
        SELECT r.kind, r.provider_id, GREATEST(r.starts_on, p.starts_on, h.split_on),
               LEAST(COALESCE(r.ends_on, p.ends_on), p.ends_on)
        FROM housing_residence r JOIN people_household h ON h.id = r.household_id CROSS JOIN period p
        WHERE r.household_id = %(household)s
          AND r.starts_on < p.ends_on AND (r.ends_on IS NULL OR r.ends_on > p.starts_on)
        ORDER BY r.starts_on
    """
    rows = rows_of(question, [span], select, household=household.pk)
    names = dict(Provider.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "name"))
    found = []
    for kind, provider_id, first, until in rows:
        needs_decision = kind in _NEEDS_DECISION
        for starts_on, ends_on in _pieces(first, until, [*granting] if needs_decision else [], counted_in):
            inside = counted_in.starts_on <= starts_on and kind in kinds
            nights = (ends_on - starts_on).days
            covering = [one for one in granting if one.covers(starts_on)] if needs_decision else []
            found.append(
                Nights(
                    starts_on=starts_on,
                    last_night=date.fromordinal(ends_on.toordinal() - 1),
                    nights=nights,
                    kind=str(ResidenceKind(kind).label),
                    place=_place(names.get(provider_id), household),
                    counted=nights if inside else 0,
                    decision=covering[-1] if covering else None,
                    needs_decision=needs_decision,
                )
            )
    return found


def _pieces(first: date, until: date, granting: Iterable[Given], period: Period) -> list[tuple[date, date]]:
    """The nights cut where a decision begins or ends, and where the period begins."""
    days = {period.starts_on, *(day for one in granting for day in (one.starts_on, one.until) if day is not None)}
    cuts = [first, *sorted(day for day in days if first < day < until), until]
    return [(one, other) for one, other in pairwise(cuts) if one < other]


def _place(name: str | None, household: Household) -> str:
    if name is None:
        return ""
    return name if household.sight.whereabouts else str(SHIELDED_PLACE)


def _given(household: Household, *, known_at: datetime | None) -> list[Given]:
    """What the household had been given, by the day from which; the last given last."""
    columns = ("kind", "result", "starts_on", "ends_on", "ended_on", "status")
    if known_at is None:
        rows = Decision.objects.filter(household=household).values_list("pk", *columns)
    else:
        events = apps.get_model("cases", "DecisionEvent")._default_manager
        versions = events.filter(household_id=household.pk, pgh_created_at__lt=known_at)
        last = versions.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").exclude(pgh_label="delete")
        rows = last.values_list("pgh_obj_id", *columns)
    found = [
        Given(pk, kind, result, starts_on, min((day for day in (ends_on, ended_on) if day is not None), default=None))
        for pk, kind, result, starts_on, ends_on, ended_on, status in rows
        if status in GIVEN and result in GRANTING
    ]
    return sorted(found, key=lambda one: (one.starts_on, one.pk))
