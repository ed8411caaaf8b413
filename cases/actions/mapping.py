"""Going through what a household needs: a mapping started, written on area by area, and finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.models import (
    AREAS_OF_A_CHILD,
    AreaState,
    DrugProblem,
    IncomeSource,
    MappedArea,
    MappingArea,
    NeedsMapping,
    TrafficLight,
)
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, MemberRole
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Who writes on a mapping: whoever changes the case, and whoever makes its plans.
WRITERS = (Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN)
#: What is told of one area beside its text: the field of the mapping.
_ASIDE = {MappingArea.HOUSING: "light", MappingArea.ECONOMY: "income_source", MappingArea.DRUGS: "drug_problem"}
_KNOWN = {"light": TrafficLight, "income_source": IncomeSource, "drug_problem": DrugProblem}


class CannotMap(Refusal):
    """The mapping is finished, or not ready to be."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is written on an area: how far one has come, what they tell, and the code that the area has of its own."""

    state: AreaState | str
    text: str = ""
    code: str = ""


def aside_of(area: str) -> str:
    """The field of the mapping that is asked for with an area; empty for most."""
    return _ASIDE.get(MappingArea(area), "")


@act
def start_mapping(*, household_id: int, by: Employee, at: datetime, version: int | None = None) -> NeedsMapping:
    """Start from what the last mapping says, nothing gone through yet; each child who lives there has its own areas.

    :raises CannotMap: when one is under way
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    if NeedsMapping.objects.open().filter(household=household).exists():
        raise CannotMap(_("A mapping is under way already."))
    last = NeedsMapping.objects.finished().filter(household=household).newest_first().first()
    kept = {field: getattr(last, field) for field in _KNOWN} if last else {}
    made = NeedsMapping.objects.create(household=household, started_on=localdate(at), by=by, **kept)
    before = {(area.area, area.person_id): area.text for area in last.areas.all()} if last else {}
    MappedArea.objects.bulk_create(
        MappedArea(mapping=made, area=area, person_id=child, text=before.get((area, child), ""))
        for area, child in _areas(household, at)
    )
    journal.record(Act.MAPPING_STARTED, household_id=household.pk, subject=made, by=by, at=at)
    return made


@act
def write_area(*, area_id: int, told: Told, by: Employee, at: datetime, version: int | None = None) -> MappedArea:
    """Write what they tell of an area. The journal names neither the text nor an area of a special class.

    :raises CannotMap: when the mapping is finished, or something is marked done without a word
    """
    area = _locked_area(area_id, by=by, at=at, version=version)
    mapping, text = area.mapping, told.text.strip()
    if mapping.finished_on is not None:
        raise CannotMap(_("This mapping is finished. Start a new one."))
    if told.state not in AreaState.values:
        raise CannotMap(_("Say how far you have come."), field="state")
    aside = aside_of(area.area)
    if told.code and (not aside or told.code not in _KNOWN[aside].values):
        raise CannotMap(_("Choose one of the list."), field="code")
    if told.state == AreaState.DONE and not text and not told.code:
        raise CannotMap(_("Write what they tell before it is done."), field="text")
    area.state, area.text = told.state, text
    area.save(update_fields=["state", "text"])
    if aside:
        setattr(mapping, aside, told.code)
        mapping.save(update_fields=[aside])
    details = {"state": str(told.state)} | ({} if area.is_special else {"area": area.area})
    journal.record(
        Act.MAPPING_WRITTEN, household_id=mapping.household_id, subject=mapping, by=by, at=at, details=details
    )
    return area


@act
def finish_mapping(*, mapping_id: int, by: Employee, at: datetime, version: int | None = None) -> NeedsMapping:
    """Every area is done, or they did not want to talk about it.

    :raises CannotMap: when an area is left, or how they live has no traffic light
    """
    household_id = NeedsMapping.objects.filter(pk=mapping_id).values_list("household", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    mapping = NeedsMapping.objects.get(pk=mapping_id)
    if mapping.finished_on is not None:
        raise CannotMap(_("This mapping is finished. Start a new one."))
    left = mapping.areas.filter(state__in=(AreaState.NOT_STARTED, AreaState.IN_PROGRESS)).count()
    if left:
        raise CannotMap(_("%(left)s areas are not gone through yet.") % {"left": left})
    if not mapping.light:
        raise CannotMap(_("Give the traffic light of how they live first."))
    mapping.finished_on = localdate(at)
    mapping.save(update_fields=["finished_on"])
    journal.record(Act.MAPPING_FINISHED, household_id=household_id, subject=mapping, by=by, at=at)
    return mapping


def _areas(household: Household, at: datetime) -> list[tuple[MappingArea, int | None]]:
    members = household.members.on(localdate(at)).filter(role=MemberRole.CHILD).order_by("person__born_on", "pk")
    children = list(members.values_list("person", flat=True))
    of_all: list[tuple[MappingArea, int | None]] = [
        (area, None) for area in MappingArea if area not in AREAS_OF_A_CHILD
    ]
    return [*of_all, *((area, child) for child in children for area in AREAS_OF_A_CHILD)]


def _locked_area(area_id: int, *, by: Employee, at: datetime, version: int | None) -> MappedArea:
    """:raises Http404: when there is none, or it is of a special class and the employee does not see such"""
    household_id = MappedArea.objects.filter(pk=area_id).values_list("mapping__household", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, WRITERS, household_id=household_id, at=at, version=version)
    area = MappedArea.objects.select_related("mapping").get(pk=area_id)
    if area.is_special and not household.sight.special:
        raise Http404
    return area
