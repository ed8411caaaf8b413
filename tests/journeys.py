"""Households in the middle of their way, made by facts rather than acts, with spells and case as the facts give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cases.actions.calendar import calendar
from cases.actions.decisions import DecisionParts
from cases.actions.journey import follow
from cases.actions.placing import move, place
from cases.models import Case
from housing.actions.spells import refresh, spell_differences
from housing.models import QualityAgreement, Residence, ResidenceKind, Room
from people.models import AssignmentRole, Employee, Household, Unit
from tests.factories.cases import CaseFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    AssignmentFactory,
    GrantFactory,
    HouseholdFactory,
    MemberFactory,
    at,
    caseworker,
)

#: The day that a place is granted until, unless a test says otherwise.
FORTNIGHT = DAY + timedelta(days=14)
PARTS = DecisionParts(
    facts="Came to the counter today and has nowhere to sleep.",
    considerations="Has no network and no means to find a place.",
    start_reason="The need is tonight's.",
    user_view="Wants a room of their own.",
    language="nb",
)


def worker_for(household: Household) -> Employee:
    """A caseworker at the household's unit who is on the case, standing in for whoever is responsible."""
    return joined(caseworker(unit_of(household)), household)


def joined(worker: Employee, household: Household) -> Employee:
    """The same employee, now on this case too."""
    AssignmentFactory.create(employee=worker, household=household, role=AssignmentRole.SUBSTITUTE)
    return worker


def opened_by(employee: Employee, household: Household) -> Employee:
    """The same employee, who has said why they open this case of their unit."""
    GrantFactory.create(
        user=employee, content_object=household, granted_at=at(LONG_AGO), expires_at=at(date(2100, 1, 1))
    )
    return employee


def unit_of(household: Household) -> Unit:
    return household.responsibilities.get().unit


def household_in(
    kind: ResidenceKind | None = None, since: date = LONG_AGO, *, unit: Unit | None = None, **residence: Any
) -> Household:
    """A household with an open case that has lived so since a day; nothing known when `kind` is None."""
    household = HouseholdFactory.create(**({"unit": unit} if unit else {}))
    AssignmentFactory.create(household=household)
    case = CaseFactory.create(household=household)
    if kind is not None:
        ResidenceFactory.create(household=household, kind=kind, starts_on=since, **residence)
    catch_up(case)
    return household


def placed_household(since: date, *, room: Room | None = None, **residence: Any) -> Household:
    """A household in a room of a provider with an agreement on quality."""
    room = room or good_room()
    return household_in(ResidenceKind.TEMPORARY, since, provider=room.provider, room=room, **residence)


def family_in(kind: ResidenceKind, since: date = LONG_AGO, **residence: Any) -> Household:
    """As `household_in`, with a child."""
    household = household_in(kind, since, **residence)
    MemberFactory.create(household=household, is_child=True)
    refresh([household.pk])
    return household


def good_room(**room: Any) -> Room:
    """A room at a provider with an agreement on quality since long ago, that suits children."""
    provider = ProviderFactory.create(suits_children=True)
    QualityAgreement.objects.create(provider=provider, starts_on=LONG_AGO)
    return RoomFactory.create(provider=provider, **{"capacity": 4, "price_a_night": 900, **room})


def catch_up(case: Case) -> None:
    refresh([case.household_id])
    follow(case, on=DAY, by=calendar(), at=AT)


def state(household: Household) -> str:
    return str(household.cases.latest("pk").state)


def lived(household: Household) -> list[tuple[str, date, date | None]]:
    """Kind, from and to of every residence, in order; stored spells must equal the derivation."""
    assert spell_differences() == []
    rows = Residence.objects.filter(household=household).order_by("starts_on")
    return [(row.kind, row.starts_on, row.ends_on) for row in rows]


def give(household: Household, *, room: Room | None = None, by: Employee | None = None, **told: Any) -> Residence:
    """Place the household by word of mouth, today and for a fortnight, unless told otherwise."""
    asked = {"starts_on": DAY, "planned_end": FORTNIGHT, "parts": None, "by": by or worker_for(household), **told}
    return place(household_id=household.pk, room_id=(room or good_room()).pk, at=AT, **asked)


def shift(household: Household, *, room: Room | None = None, **told: Any) -> Residence:
    """Move the household today, until the same day as `give`, unless told otherwise."""
    asked = {"starts_on": DAY, "planned_end": FORTNIGHT, "by": worker_for(household), **told}
    return move(household_id=household.pk, room_id=(room or good_room()).pk, at=AT, **asked)
