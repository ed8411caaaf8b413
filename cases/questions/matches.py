"""Which household for a dwelling, which dwelling for a household, and why one was not offered to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.allotment import points_lacking
from cases.matching import Home, Reason, Weight, fit, reasons
from cases.models import HousingApplication
from cases.questions.vacant_homes import SOON_DAYS, Vacancy, vacancies
from cases.questions.waiting_list import Place, place_of_application, places_on, visible_places
from people.models import Employee


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A household that waits, held up against one dwelling."""

    place: Place
    reasons: tuple[Reason, ...]

    @property
    def suits(self) -> bool:
        return not any(reason.weight is Weight.STOPS for reason in self.reasons)


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Those who could have a dwelling, in order; then those whom something stops.

    `unseen` is how many on the whole list are not shown, whatever suits them.
    """

    suiting: list[Candidate]
    stopped: list[Candidate]
    unseen: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A vacancy held up against one household. `ahead` are those before it on the list whom the dwelling suits."""

    vacancy: Vacancy
    reasons: tuple[Reason, ...]
    ahead: int

    @property
    def suits(self) -> bool:
        return not any(reason.weight is Weight.STOPS for reason in self.reasons)


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why a household was not first to a dwelling on a day. `lacking` are points, or the group that would have done.

    `came_before` is the day before which the application would have had to come, at as many points.
    """

    place: Place
    reasons: tuple[Reason, ...]
    is_waiting: bool
    is_paused: bool
    ahead: int
    lacking: int | None
    came_before: date | None

    @property
    def stops(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.weight is Weight.STOPS]

    @property
    def is_first(self) -> bool:
        return self.is_waiting and not self.is_paused and not self.stops and self.ahead == 0


def candidates_for(home: Home, municipality_id: str, employee: Employee, *, at: datetime) -> Candidates:
    """Everybody on the waiting list that the employee may see, held up against a dwelling; who pauses is left out."""
    places = places_on(municipality_id, localdate(at))
    seen = visible_places(places, employee, at=at)
    shown = [Candidate(place=place, reasons=reasons(place.seeker, home)) for place in seen if place.pause is None]
    return Candidates(
        suiting=[one for one in shown if one.suits],
        stopped=[one for one in shown if not one.suits],
        unseen=len(places) - len(seen),
    )


def homes_for(application: HousingApplication, *, on: date, within: int = SOON_DAYS) -> tuple[Place, list[Choice]]:
    """Every vacancy of the municipality held up against one application, those that suit and fit best first."""
    own, places = place_of_application(application, on)
    found = [
        Choice(
            vacancy=vacancy,
            reasons=reasons(own.seeker, vacancy.home),
            ahead=len(_ahead(own, places, vacancy.home)),
        )
        for vacancy in vacancies(application.household.municipality_id, on, within=within)
    ]
    return own, sorted(found, key=lambda one: (not one.suits, -fit(one.reasons), one.vacancy.free_on))


def why_not(application: HousingApplication, home: Home, *, on: date) -> WhyNot:
    """What stood between a household and a dwelling on a day, by needs as they are written now."""
    own, places = place_of_application(application, on)
    ahead = _ahead(own, places, home)
    is_waiting = any(place.application.pk == application.pk for place in places)
    return WhyNot(
        place=own,
        reasons=reasons(own.seeker, home),
        is_waiting=is_waiting,
        is_paused=own.pause is not None,
        ahead=len(ahead),
        lacking=_lacking(own, ahead[0]) if ahead else None,
        came_before=_came_before(own, ahead),
    )


def _ahead(own: Place, places: Sequence[Place], home: Home) -> list[Place]:
    """Those before it on the list who do not pause and whom the dwelling suits, first first."""
    before = [
        place
        for place in places
        if place.pause is None and place.application.pk != own.application.pk and place.order() < own.order()
    ]
    return [place for place in before if all(one.weight is not Weight.STOPS for one in reasons(place.seeker, home))]


def _lacking(own: Place, first: Place) -> int:
    """The points more, or the group, that would have put it before whoever is first."""
    came_first = (own.application.received_on, own.application.pk) < (
        first.application.received_on,
        first.application.pk,
    )
    if not own.priority.by_groups:
        return points_lacking(own.priority, first.priority, came_first=came_first)
    return first.priority.value if came_first else max(first.priority.value - 1, 0)


def _came_before(own: Place, ahead: Sequence[Place]) -> date | None:
    """The day to have applied before, where nobody ahead has a better priority than its own."""
    if not ahead or ahead[0].priority.value != own.priority.value:
        return None
    return ahead[0].application.received_on
