"""Bringing a case to the state that the dated facts give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from cases.actions.application_state import follow_home
from cases.actions.follow_coming import follow_coming
from cases.journey import Standing, state_of
from cases.models import Case, Need
from housing.models import Residence, Spell, SpellState
from people import journal
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal

#: The transition that leads to each standing. Closing has a reason and is an act of its own.
_TRANSITIONS: dict[Standing, Callable[[Case], None]] = {
    Standing.REGISTERED: Case.forget_residence,
    Standing.HOMELESS: Case.lose_home,
    Standing.AT_RISK: Case.fear_loss,
    Standing.UNSUITABLE: Case.find_unsuitable,
    Standing.TEMPORARY: Case.place,
    Standing.SETTLED: Case.settle,
    Standing.ELSEWHERE: Case.go_elsewhere,
}


class NoOpenCase(Refusal):
    """The household has no open case to act on."""


def open_case_of(household: Household) -> Case:
    """:raises NoOpenCase: when the household's case is closed"""
    case: Case | None = Case.objects.open().filter(household=household).first()
    if case is None:
        raise NoOpenCase(_("The case is closed. Reopen it first."))
    return case


def standings(cases: QuerySet[Case], *, on: date) -> Iterator[tuple[Case, Standing]]:
    """Each case with the state that the facts give it on a day, in one statement. Spells must be fresh."""
    spells = Spell.objects.filter(household=OuterRef("household"))
    known = cases.annotate(
        tonight=Subquery(Residence.objects.on(on).filter(household=OuterRef("household")).values("kind")[:1]),
        is_home=Exists(spells.on(on).filter(state=SpellState.PERMANENT)),
        # spells, not residences: a household formed by a split has lived where its parent did
        has_lived=Exists(spells.filter(starts_on__lte=on)),
        needs_now=ArraySubquery(Need.objects.on(on).filter(household=OuterRef("household")).values("kind")),
    )
    for case in known.iterator():
        standing = state_of(
            is_closed=case.closed_on is not None,
            tonight=case.tonight,
            is_permanent=case.is_home,
            needs=case.needs_now,
            has_lived=case.has_lived,
        )
        yield case, standing


def follow(case: Case, *, on: date, by: Employee, at: datetime) -> bool:
    """Make the transition that the facts of the day call for, inside an act that holds the household's lock.

    → whether there was one to make. Closed cases stay closed. An application for a dwelling
    and a planned arrival follow the same facts.
    """
    follow_home(case.household_id, by=by, at=at)
    follow_coming(case.household_id, by=by, at=at)
    [(_case, standing)] = standings(Case.objects.filter(pk=case.pk), on=on)
    if case.state == standing:
        return False
    before = str(case.state)
    _TRANSITIONS[standing](case)
    case.save(update_fields=["state"])
    details = {"from": before, "to": str(standing)}
    journal.record(
        Act.CASE_MOVED_ON, household_id=case.household_id, subject=case, by=by, at=at, on=on, details=details
    )
    return True
