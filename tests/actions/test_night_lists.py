"""Laying ready who sleeps where, for the night when nothing else works."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import get_current_timezone

from cases import jobs
from cases.actions.night_lists import KEPT, lay_ready, paper_of, set_night_list_hour
from cases.models import NightListHour
from cases.questions.tonight import Tonight, tonight_for, tonight_on_paper
from housing.models import ProviderKind, Residence, ResidenceKind, Room
from people.models import Employee, Protection, Relation, Unit
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    DisqualificationFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    team_leader,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def actor() -> Employee:
    return Employee.objects.get(username="outbox")


def sleeps(unit: Unit, room: Room | None = None, *, protection: Protection = Protection.NONE) -> Residence:
    room = room or RoomFactory.create(provider__municipality=unit.municipality)
    household = HouseholdFactory.create(unit=unit)
    MemberFactory.create(household=household, person=PersonFactory.create(protection=protection))
    return ResidenceFactory.create(
        household=household, kind=room.provider.kind, provider=room.provider, room=room, starts_on=DAY
    )


def named(found: Tonight) -> set[int]:
    return found.household_ids


def at_hour(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return datetime.combine(DAY + timedelta(days=days), time(hour, minute), get_current_timezone())


def test_the_list_tells_rooms_taken_free_and_not_available(unit: Unit) -> None:
    provider = ProviderFactory.create(municipality=unit.municipality)
    rooms = [RoomFactory.create(provider=provider, name=str(n), capacity=2) for n in (1, 2, 3, 4)]
    mine = sleeps(unit, rooms[0])
    sleeps(UnitFactory.create(municipality=unit.municipality), rooms[1])
    sleeps(unit, rooms[2], protection=Protection.CONFIDENTIAL)

    [house] = tonight_for(caseworker(unit), at=AT).houses

    told = [(bed.name, bed.sleeper.standing.household_id if bed.sleeper else None, bed.is_free) for bed in house.beds]
    assert told == [("1", mine.household_id, False), ("2", None, False), ("3", None, False), ("4", None, True)]
    assert (house.free, house.people) == (1, 2)


def test_a_household_at_a_provider_elsewhere_and_one_without_a_noted_room_are_on_it(unit: Unit) -> None:
    away = RoomFactory.create(provider__municipality_id="0301")
    RoomFactory.create(provider=away.provider)
    there = sleeps(unit, away)
    roomless = sleeps(unit)
    Residence.objects.filter(pk=roomless.pk).update(room=None)

    found = tonight_for(caseworker(unit), at=AT)

    assert named(found) == {there.household_id, roomless.household_id}
    assert sorted(len(house.beds) for house in found.houses) == [1, 2]


def test_those_without_a_roof_are_on_it(unit: Unit) -> None:
    household = HouseholdFactory.create(unit=unit)
    ResidenceFactory.create(household=household, kind=ResidenceKind.ROUGH)

    for found in (tonight_for(caseworker(unit), at=AT), tonight_on_paper(unit, by=caseworker(unit), at=AT)):
        assert [one.standing.household_id for one in found.rough] == [household.pk]


def test_on_paper_nobody_shielded_is_named_nor_anybody_in_a_night_shelter(unit: Unit, actor: Employee) -> None:
    mine = sleeps(unit)
    sleeps(unit, protection=Protection.CONFIDENTIAL)
    sleeps(unit, protection=Protection.STRICTLY_CONFIDENTIAL)
    sleeps(unit, RoomFactory.create(provider__kind=ProviderKind.NIGHT_SHELTER))
    own_employee = sleeps(unit)
    person = own_employee.household.members.order_by("pk")[0].person
    DisqualificationFactory.create(person=person, relation=Relation.SELF)
    sleeps(UnitFactory.create(municipality=unit.municipality))

    assert named(tonight_on_paper(unit, by=actor, at=AT)) == {mine.household_id}


def test_the_paper_is_a_pdf_with_the_names(unit: Unit) -> None:
    mine = sleeps(unit)
    found = tonight_for(caseworker(unit), at=AT)

    content = paper_of(found, unit)

    assert content.startswith(b"%PDF")
    assert found.houses[0].beds[0].sleeper is not None
    assert found.houses[0].beds[0].sleeper.standing.household_id == mine.household_id


def test_the_leader_sets_the_hour_and_takes_it_back(unit: Unit) -> None:
    leader = team_leader(unit)
    for hour in (time(20), time(21)):
        set_night_list_hour(unit_id=unit.pk, made_at=hour, by=leader, at=AT)
    assert NightListHour.objects.get().made_at == time(21)

    with pytest.raises(PermissionDenied):
        set_night_list_hour(unit_id=unit.pk, made_at=None, by=caseworker(unit), at=AT)
    set_night_list_hour(unit_id=unit.pk, made_at=None, by=leader, at=AT)
    assert not NightListHour.objects.exists()


def test_a_list_is_laid_ready_once_when_its_hour_has_come(unit: Unit, actor: Employee, tmp_path: Path) -> None:
    sleeps(unit)
    NightListHour.objects.create(unit=unit, made_at=time(20))

    assert lay_ready(tmp_path, by=actor, at=at_hour(19, 59)) == []
    [file] = lay_ready(tmp_path, by=actor, at=at_hour(20))
    assert lay_ready(tmp_path, by=actor, at=at_hour(22)) == []

    assert file.stat().st_mode & 0o777 == 0o600
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1


def test_a_list_is_forgotten_after_some_nights(unit: Unit, actor: Employee, tmp_path: Path) -> None:
    NightListHour.objects.create(unit=unit, made_at=time(20))
    for days in range(KEPT + 2):
        lay_ready(tmp_path, by=actor, at=at_hour(20, days=days))

    assert len(list(tmp_path.glob("*.pdf"))) == KEPT + 1
    assert not list(tmp_path.glob(f"{DAY.isoformat()}*"))


def test_whom_it_names_stands_in_the_read_log(unit: Unit, actor: Employee, tmp_path: Path) -> None:
    mine = sleeps(unit)
    sleeps(unit, protection=Protection.CONFIDENTIAL)
    NightListHour.objects.create(unit=unit, made_at=time(20))

    lay_ready(tmp_path, by=actor, at=at_hour(20))

    with connection.cursor() as cursor:
        cursor.execute("SELECT household_id FROM audit.read_log WHERE route = 'night_list'")
        assert cursor.fetchall() == [(mine.household_id,)]


def test_the_worker_writes_where_the_instance_says(unit: Unit, settings: Any, tmp_path: Path) -> None:
    NightListHour.objects.create(unit=unit, made_at=time(0))
    settings.NIGHT_LISTS = None
    jobs.lay_ready(0)
    settings.NIGHT_LISTS = tmp_path
    jobs.lay_ready(0)

    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_the_command_writes_a_unit_s_list_now(unit: Unit, settings: Any, tmp_path: Path) -> None:
    out = StringIO()
    call_command("night_list", unit=unit.ref, to=tmp_path, stdout=out)
    assert Path(out.getvalue().strip()).exists()

    settings.NIGHT_LISTS = None
    for told in ({"unit": unit.ref}, {"unit": "nowhere", "to": tmp_path}, {"to": tmp_path}):
        with pytest.raises(CommandError):
            call_command("night_list", **told)
    NightListHour.objects.create(unit=unit, made_at=time(20))
    call_command("night_list", to=tmp_path, stdout=out)
