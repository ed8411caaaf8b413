"""Homes to come: planning, deciding, talking with the neighbours, and taking them into the stock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

from housing.actions.dwellings import require_keeper
from housing.models import TO_COME, UNDER_AGREEMENT, Dwelling, DwellingType, NeighbourDialogue, PlannedHome
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.transactions import act


class CannotPlan(Refusal):
    """The planned homes cannot be as told, or have come too far, or not far enough."""


@act
def plan_home(*, municipality: Municipality, by: Employee, at: datetime, **facts: Any) -> PlannedHome:
    """New homes to come; `facts` are the fields of `PlannedHome`.

    :raises CannotPlan: when a fact does not go with another
    """
    require_keeper(by, municipality.pk, at)
    _refuse_facts(facts)
    planned: PlannedHome = PlannedHome.objects.create(municipality=municipality, **facts)
    return planned


@act
def change_plan(*, planned_id: int, by: Employee, at: datetime, **facts: Any) -> PlannedHome:
    """:raises CannotPlan: when the homes have come or will not, or a fact does not go with another"""
    planned = _locked(planned_id, by, at)
    _refuse_over(planned)
    _refuse_facts(facts)
    for name, value in facts.items():
        setattr(planned, name, value)
    planned.save(update_fields=list(facts))
    return planned


@act
def move_on(*, planned_id: int, by: Employee, at: datetime) -> PlannedHome:
    """From planned to decided, from decided to under way.

    :raises CannotPlan: from anywhere else
    """
    planned = _locked(planned_id, by, at)
    if can_proceed(planned.decide):
        planned.decide()
    elif can_proceed(planned.begin):
        planned.begin()
    else:
        raise CannotPlan(_("There is no next step but to take the homes over."))
    planned.save(update_fields=["status"])
    return planned


@act
def take_over(*, planned_id: int, on: date, by: Employee, at: datetime) -> list[Dwelling]:
    """The homes are ours from a day: each becomes a dwelling in the stock with what is known of it.

    :raises CannotPlan: before they are decided on, after they have come, or for a day to come
    """
    planned = _locked(planned_id, by, at)
    if not can_proceed(planned.take_over):
        raise CannotPlan(_("Only homes that are decided on can be taken over."))
    if on > localdate(at):
        raise CannotPlan(_("Take them over on the day they are ours."), field="on")
    planned.take_over(on=on)
    planned.save(update_fields=["status", "taken_over_on"])
    return [_become_dwelling(planned, on) for _number in range(planned.count)]


@act
def drop(*, planned_id: int, because: str, by: Employee, at: datetime) -> PlannedHome:
    """:raises CannotPlan: without a reason, or when they have come"""
    planned = _locked(planned_id, by, at)
    _refuse_over(planned)
    if not because.strip():
        raise CannotPlan(_("Say why it is dropped."), field="because")
    planned.drop(because=because.strip())
    planned.save(update_fields=["status", "dropped_because"])
    return planned


@act
def talk_with_neighbours(*, planned_id: int, on: date, text: str, by: Employee, at: datetime) -> NeighbourDialogue:
    """:raises CannotPlan: without a word, or on a day to come"""
    planned = _locked(planned_id, by, at)
    if not text.strip():
        raise CannotPlan(_("Say what was said and agreed."), field="text")
    if on > localdate(at):
        raise CannotPlan(_("Register the talk when it has been held."), field="on")
    return NeighbourDialogue.objects.create(planned_home=planned, on=on, text=text.strip(), by=by)


def _become_dwelling(planned: PlannedHome, on: date) -> Dwelling:
    return Dwelling.objects.create(
        municipality_id=planned.municipality_id,
        planned_home=planned,
        tenure=planned.tenure,
        agreement=planned.agreement,
        building=planned.building,
        address=planned.address,
        type=planned.type,
        area_m2=planned.area_m2,
        rooms=planned.rooms,
        is_accessible=planned.is_accessible,
        is_small_house=planned.is_small_house or planned.type == DwellingType.SMALL_HOUSE,
        acquired_on=on,
    )


def _locked(planned_id: int, by: Employee, at: datetime) -> PlannedHome:
    planned: PlannedHome = get_object_or_404(PlannedHome.objects.select_for_update(no_key=True), pk=planned_id)
    require_keeper(by, planned.municipality_id, at)
    return planned


def _refuse_over(planned: PlannedHome) -> None:
    if planned.status not in TO_COME:
        raise CannotPlan(_("These homes are taken over or dropped: nothing more is planned of them."))


def _refuse_facts(facts: dict[str, Any]) -> None:
    if facts.get("area_m2") is not None and facts["area_m2"] <= 0:
        raise CannotPlan(_("The area is more than zero."), field="area_m2")
    agreement = facts.get("agreement")
    if agreement is not None and (facts.get("tenure") not in UNDER_AGREEMENT or agreement.kind != facts.get("tenure")):
        raise CannotPlan(_("The agreement is of another kind, or of another municipality."), field="agreement")
