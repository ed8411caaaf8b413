"""Needs mapping: a task list area by area, started from the last one, finished when all is gone through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.actions.mapping import CannotMap, Told, finish_mapping, start_mapping, write_area
from cases.models import AREAS_OF_A_CHILD, AreaState, MappedArea, MappingArea, NeedsMapping
from cases.questions.access_package import package_of
from housing.models import ResidenceKind
from people.access import NotOpened
from people.models import Household, JournalEntry, MemberRole, Role
from tests.factories.heard import MappedAreaFactory, NeedsMappingFactory
from tests.factories.people import AT, DAY, LONG_AGO, MemberFactory, UnitFactory, caseworker, employee_with
from tests.journeys import family_in, household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

DONE = Told(state=AreaState.DONE, text="Told at the kitchen table")


def started(household: Household) -> NeedsMapping:
    return start_mapping(household_id=household.pk, by=worker_for(household), at=AT)


def area_of(mapping: NeedsMapping, area: MappingArea) -> MappedArea:
    return mapping.areas.get(area=area)


def gone_through(mapping: NeedsMapping) -> None:
    mapping.areas.update(state=AreaState.DONE, text="As before")
    NeedsMapping.objects.filter(pk=mapping.pk).update(light="yellow")


def test_each_child_who_lives_there_has_areas_of_its_own() -> None:
    family = started(family_in(ResidenceKind.FRIENDS))
    alone = started(household_in(ResidenceKind.FRIENDS))

    child = family.areas.filter(person__isnull=False)
    assert set(child.values_list("area", flat=True)) == set(AREAS_OF_A_CHILD)
    assert child.values("person").distinct().count() == 1
    assert alone.areas.filter(person__isnull=False).count() == 0
    assert alone.areas.count() == len(MappingArea) - len(AREAS_OF_A_CHILD)
    assert set(alone.areas.values_list("state", flat=True)) == {AreaState.NOT_STARTED}


def test_two_are_never_under_way() -> None:
    household = started(household_in()).household

    with pytest.raises(CannotMap):
        started(household)
    assert household.mappings.count() == 1


def test_a_new_one_starts_from_what_the_last_one_says() -> None:
    household = household_in()
    last = NeedsMappingFactory.create(
        household=household, finished_on=LONG_AGO, light="red", income_source="work", drug_problem="drugs"
    )
    MappedAreaFactory.create(mapping=last, area=MappingArea.HOUSING, state=AreaState.DONE, text="Sleeps on a sofa")

    made = started(household)

    assert (made.light, made.income_source, made.drug_problem) == ("red", "work", "drugs")
    housing = area_of(made, MappingArea.HOUSING)
    assert (housing.text, housing.state) == ("Sleeps on a sofa", AreaState.NOT_STARTED)


def test_what_they_tell_of_an_area_is_kept_with_its_code() -> None:
    mapping = started(household_in())
    by = worker_for(mapping.household)

    write_area(area_id=area_of(mapping, MappingArea.ECONOMY).pk, told=Told(state="done", code="work"), by=by, at=AT)
    write_area(area_id=area_of(mapping, MappingArea.DRUGS).pk, told=Told(state="done", code="none"), by=by, at=AT)

    mapping.refresh_from_db()
    assert (mapping.income_source, mapping.drug_problem) == ("work", "none")


def test_the_journal_names_no_area_of_a_special_class_and_no_words() -> None:
    mapping = started(household_in())
    by = worker_for(mapping.household)
    for area in (MappingArea.DRUGS, MappingArea.NETWORK):
        write_area(area_id=area_of(mapping, area).pk, told=DONE, by=by, at=AT)

    lines = JournalEntry.objects.filter(act="mapping.written").order_by("pk")
    assert [line.details for line in lines] == [{"state": "done"}, {"state": "done", "area": "network"}]


@pytest.mark.parametrize(
    ("area", "told", "field"),
    [
        (MappingArea.HOUSING, Told(state="sometime"), "state"),
        (MappingArea.NETWORK, Told(state="done"), "text"),
        (MappingArea.NETWORK, Told(state="done", text="x", code="green"), "code"),
        (MappingArea.HOUSING, Told(state="done", code="blue"), "code"),
    ],
)
def test_a_slip_is_told_at_its_field_and_changes_nothing(area: MappingArea, told: Told, field: str) -> None:
    mapping = started(household_in())

    with pytest.raises(CannotMap) as refused:
        write_area(area_id=area_of(mapping, area).pk, told=told, by=worker_for(mapping.household), at=AT)

    assert refused.value.field == field
    assert area_of(mapping, area).state == AreaState.NOT_STARTED


def test_it_is_finished_when_all_is_gone_through_and_how_they_live_has_a_light() -> None:
    mapping = started(household_in())
    by = worker_for(mapping.household)
    with pytest.raises(CannotMap):
        finish_mapping(mapping_id=mapping.pk, by=by, at=AT)

    mapping.areas.update(state=AreaState.NOT_WANTED)
    with pytest.raises(CannotMap):
        finish_mapping(mapping_id=mapping.pk, by=by, at=AT)

    gone_through(mapping)
    assert finish_mapping(mapping_id=mapping.pk, by=by, at=AT).finished_on == DAY
    with pytest.raises(CannotMap):
        finish_mapping(mapping_id=mapping.pk, by=by, at=AT)


def test_a_finished_one_is_written_on_no_more() -> None:
    mapping = started(household_in())
    NeedsMapping.objects.filter(pk=mapping.pk).update(finished_on=DAY + timedelta(days=1), light="green")

    with pytest.raises(CannotMap):
        write_area(area_id=area_of(mapping, MappingArea.NETWORK).pk, told=DONE, by=worker_for(mapping.household), at=AT)


@pytest.mark.parametrize("is_alone", [True, False])
def test_what_is_special_is_given_to_who_lived_there_alone(is_alone: bool) -> None:
    household = household_in()
    if not is_alone:
        MemberFactory.create(household=household, role=MemberRole.PARTNER)
    mapping = NeedsMappingFactory.create(household=household, drug_problem="drugs")
    MappedAreaFactory.create(mapping=mapping, area=MappingArea.NETWORK, text="Has a sister")
    MappedAreaFactory.create(mapping=mapping, area=MappingArea.SAFETY, text="Is afraid of somebody")

    person = household.members.order_by("pk")[0].person
    given = str(package_of(person, [household], tells_places=True).sections)

    assert "Has a sister" in given
    assert ("Is afraid of somebody" in given) is is_alone


def test_nobody_else_maps() -> None:
    mapping = started(household_in())
    area = area_of(mapping, MappingArea.NETWORK)

    with pytest.raises(Http404):
        write_area(area_id=area.pk, told=DONE, by=caseworker(UnitFactory.create()), at=AT)
    with pytest.raises(NotOpened):
        write_area(area_id=area.pk, told=DONE, by=caseworker(unit_of(mapping.household)), at=AT)
    with pytest.raises((PermissionDenied, Http404)):
        start_mapping(
            household_id=mapping.household_id, by=employee_with(Role.REPORTER, unit_of(mapping.household)), at=AT
        )


def test_what_is_not_there_is_not_found() -> None:
    by = caseworker(UnitFactory.create())
    with pytest.raises(Http404):
        write_area(area_id=0, told=DONE, by=by, at=AT)
    with pytest.raises(Http404):
        finish_mapping(mapping_id=0, by=by, at=AT)
