"""A proposal for the whole meeting, of what the reader may see: never one that tells where somebody shielded is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.matching import Home, fit, reasons, suits
from cases.proposal import Line, Pair, Problem, Proposal, Waiting, propose
from cases.questions.vacant_homes import Vacancy, homes_by_id, named, vacancies
from cases.questions.waiting_list import Place, places_on, visible_places
from housing.models import Dwelling
from people.decision import NOTHING, Sight
from people.masking import sights_of
from people.models import Employee


@dataclass(frozen=True, kw_only=True)
class ProposedLine:
    """A line of the proposal with whom it is about."""

    line: Line
    place: Place
    sight: Sight
    dwelling: Dwelling | None = None
    where: str = ""
    first_come_where: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The proposal for a municipality. `unseen` wait too, and are dealt with apart."""

    proposal: Proposal
    lines: list[ProposedLine]
    vacancies: list[Vacancy]
    unseen: int
    fixed: ProposedLine | None = None

    @property
    def given(self) -> list[ProposedLine]:
        return [line for line in self.lines if line.dwelling is not None]

    @property
    def left(self) -> list[ProposedLine]:
        return [line for line in self.lines if line.dwelling is None]


def meeting_proposal(municipality_id: str, employee: Employee, *, at: datetime, fixed: Pair | None = None) -> Meeting:
    """What would lower the nights over three months most, of everybody the employee sees and every vacancy.

    :param fixed: an application and a vacant dwelling that are to go together (what if); one that cannot is left out
    """
    on = localdate(at)
    places = places_on(municipality_id, on)
    seen = visible_places(places, employee, at=at)
    sights = sights_of([place.household.pk for place in seen], employee, at=at)
    taking_part = [place for place in seen if place.pause is None and _tells_place(place, sights)]
    free = vacancies(municipality_id, on)
    problem, dwellings = _problem(taking_part, free, on, fixed)
    found = propose(problem)
    by_number = {place.application.pk: place for place in taking_part}
    lines = [_line(line, by_number, sights, dwellings, found) for line in found.lines]
    chosen = next((line for line in lines if fixed and (line.line.who, line.line.home) in problem.fixed), None)
    return Meeting(proposal=found, lines=lines, vacancies=free, unseen=len(places) - len(taking_part), fixed=chosen)


def _tells_place(place: Place, sights: dict[int, Sight]) -> bool:
    sight = sights.get(place.household.pk, NOTHING)
    return sight.listed and sight.whereabouts


def _problem(
    places: Sequence[Place], free: Sequence[Vacancy], on: date, fixed: Pair | None
) -> tuple[Problem, dict[int, Dwelling]]:
    """The problem, with the dwellings it is about by their key: the vacancies and those that somebody would leave."""
    homes: dict[int, Home] = {one.dwelling.pk: one.home for one in free}
    dwellings = {one.dwelling.pk: one.dwelling for one in free}
    leaving = {place.frees for place in places if place.frees is not None} - set(homes)
    for key, (dwelling, home) in homes_by_id(leaving, on).items():
        homes[key], dwellings[key] = home, dwelling
    fits = {
        (place.application.pk, key): fit(reasons(place.seeker, home))
        for place in places
        for key, home in homes.items()
        if place.frees != key and suits(place.seeker, home)
    }
    waiting = [
        Waiting(
            number=place.application.pk,
            rank=rank,
            received_on=place.application.received_on,
            limit_on=place.limit_on,
            frees=place.frees if place.frees in leaving else None,
        )
        for rank, place in enumerate(places, start=1)
    ]
    vacant = {one.dwelling.pk: one.free_on for one in free}
    can_be = fixed is not None and fixed[1] in vacant and fixed[0] in {one.number for one in waiting}
    decided = frozenset({fixed}) if fixed is not None and can_be else frozenset[Pair]()
    return Problem(today=on, waiting=waiting, free=vacant, fits=fits, fixed=decided), dwellings


def _line(
    line: Line,
    places: dict[int, Place],
    sights: dict[int, Sight],
    dwellings: dict[int, Dwelling],
    found: Proposal,
) -> ProposedLine:
    place = places[line.who]
    dwelling = dwellings[line.home] if line.home is not None else None
    otherwise = found.first_come.homes.get(line.who)
    return ProposedLine(
        line=line,
        place=place,
        sight=sights[place.household.pk],
        dwelling=dwelling,
        where=named(dwelling) if dwelling else "",
        first_come_where=named(dwellings[otherwise]) if otherwise is not None else "",
    )
