"""A unit with households in temporary accommodation, put together for the leader's pages and the figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from housing.actions.spells import refresh
from housing.models import ResidenceKind
from people.models import Household, Protection, Unit
from tests.factories.cases import CaseFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import HouseholdFactory, MemberFactory


def stay(
    unit: Unit, first_night: date, until: date | None = None, *, name: str = "", has_child: bool = False, **traits: Any
) -> Household:
    """A household with an open case at a provider from `first_night`; `traits` are the residence's."""
    household = HouseholdFactory.create(unit=unit, **({"applicant__person__name": name} if name else {}))
    if has_child:
        MemberFactory.create(household=household, is_child=True)
    CaseFactory.create(household=household, opened_on=first_night)
    ResidenceFactory.create(household=household, is_placed=True, starts_on=first_night, ends_on=until, **traits)
    refresh([household.pk])
    return household


def then(household: Household, kind: ResidenceKind, starts_on: date, **traits: Any) -> None:
    """The household's next residence."""
    ResidenceFactory.create(household=household, kind=kind, starts_on=starts_on, **traits)
    refresh([household.pk])


def shielded(unit: Unit, first_night: date, grade: Protection = Protection.CONFIDENTIAL) -> Household:
    """A household whose address is confidential, in temporary accommodation."""
    household = HouseholdFactory.create(unit=unit, applicant__person__protection=grade)
    CaseFactory.create(household=household, opened_on=first_night)
    ResidenceFactory.create(household=household, is_placed=True, starts_on=first_night)
    refresh([household.pk])
    return household
