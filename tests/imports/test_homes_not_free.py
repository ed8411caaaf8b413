# mypy: disable-error-code="no-untyped-call"
"""A file lets no dwelling that is out of letting, and takes no signed lease away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from housing.models import Dwelling, DwellingVoid, Residence, ResidenceKind, Tenancy
from people.models import Household
from tests.factories.leases import TenancyFactory
from tests.factories.voids import DwellingVoidFactory
from tests.imports.files import VALID, Ran, imported, run_import, write

pytestmark = pytest.mark.django_db

COLUMNS = "household,kind,from,to,dwelling,lease\n"
FROM = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def known(tmp_path: Path) -> None:
    """A household without a roof until February, and a dwelling that nobody has."""
    rough = "household,kind,from,to\nhome,rough,2026-01-01,2026-02-01\n"
    dwellings = "ref,municipality,tenure,acquired_on\nflat,3303,owned,2020-01-01\n"
    without = {name: text for name, text in VALID.items() if name != "absences"}
    imported(tmp_path / "first", **{**without, "dwellings": dwellings, "residences": rough})


def void(**told: object) -> DwellingVoid:
    return DwellingVoidFactory.create(dwelling=Dwelling.objects.get(ref="flat"), starts_on=FROM, **told)


def moved_in(folder: Path, ends_on: str = "") -> Ran:
    residences = f"{COLUMNS}home,municipal_rental,2026-02-01,{ends_on},flat,ordinary\n"
    return run_import(write(folder / "moved", residences=residences))


def test_a_residence_in_a_dwelling_out_of_letting_is_refused_at_its_line(tmp_path: Path) -> None:
    void()

    ran = moved_in(tmp_path)

    assert ran.status == 1
    assert ran.lines == ["residences.csv:2: dwelling flat is out of letting or held in that period (2026-02-01 →)"]
    assert not Residence.objects.filter(dwelling__isnull=False).exists()


def test_before_and_after_it_is_out_of_letting_it_can_be_let(tmp_path: Path) -> None:
    void(ends_on=date(2026, 2, 20))
    DwellingVoid.objects.update(starts_on=date(2026, 2, 10))

    assert moved_in(tmp_path).status == 1
    assert moved_in(tmp_path, "2026-02-10").status == 0


def test_what_is_held_for_the_household_gives_way_to_it(tmp_path: Path) -> None:
    void(reason="hold", held_for=Household.objects.get(ref="home"))

    ran = moved_in(tmp_path)

    assert ran.status == 0, ran.err
    assert not DwellingVoid.objects.exists()


def test_what_was_in_the_way_already_is_not_said_of_a_correction(tmp_path: Path) -> None:
    assert moved_in(tmp_path).status == 0
    void()

    assert moved_in(tmp_path).status == 0
    assert moved_in(tmp_path, "2026-03-01").status == 0


def test_a_rental_with_a_signed_lease_is_not_turned_into_another_kind(tmp_path: Path) -> None:
    assert moved_in(tmp_path).status == 0
    TenancyFactory.create(residence=Residence.objects.get(dwelling__isnull=False))

    ran = run_import(write(tmp_path / "turned", residences="household,kind,from,to\nhome,friends,2026-02-01,\n"))

    told = "a lease is signed for this municipal_rental: correct it on the household's page before it is friends"
    assert ran.lines == [f"residences.csv:2: {told}"]
    assert Tenancy.objects.get().residence.kind == ResidenceKind.MUNICIPAL_RENTAL


def test_a_rental_of_which_only_the_dates_are_known_is_turned(tmp_path: Path) -> None:
    assert moved_in(tmp_path).status == 0

    imported(tmp_path / "turned", residences="household,kind,from,to\nhome,friends,2026-02-01,\n")

    assert not Residence.objects.filter(dwelling__isnull=False).exists()
