"""An export imported into an empty database and exported again is the same files, byte for byte."""

from __future__ import annotations

import csv
import stat
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from cases.interchange.tables import TABLES
from housing.actions.spells import spell_differences
from housing.states import RENTAL_KINDS, Kind
from people.decision import Purpose
from people.models.reading import Reading, Showing
from tests.imports.files import VALID, exported, imported, run_import, write
from tests.oracle import Household
from tests.strategies import countries

pytestmark = pytest.mark.django_db

AT_A_PROVIDER = (Kind.TEMPORARY, Kind.NIGHT_SHELTER)
#: What Husbanken can have answered: nothing yet, a refusal, a grant without and with an end.
ANSWERS = (
    ("", "", "", ""),
    ("2025-02-01", "refused", "", ""),
    ("2025-02-01", "granted", "2025-01-01", ""),
    ("2025-02-01", "granted", "2025-01-01", "2025-06-01"),
)
#: Text that a file must quote, and text that only looks like it.
TEXTS = st.text(st.sampled_from("aÅø,;\"'\n\t =-…日"), max_size=8).map(str.strip)

OUTCOMES = st.sampled_from(
    [["open", ""], ["averted", "2025-01-01"], ["carried_out", "2025-02-01"], ["withdrawn", "2026-01-01"]]
)


#: Day paid out and amount, either left out or not.
_PAID = st.tuples(st.sampled_from(["", "2025-02-01"]), st.sampled_from(["", "1", "2000000"]))


@st.composite
def folders(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """The files of a few generated households, header first."""
    households = draw(countries(largest=3))
    persons = {member.person: member.born_on for household in households for member in household.members}
    return {
        "units": [["ref", "municipality", "name", "kind"], ["unit", "0301", "Oslo", "district"]],
        "persons": [
            ["ref", "name", "born_on", "language"],
            *([ref, draw(TEXTS), str(born_on), draw(TEXTS)] for ref, born_on in persons.items()),
        ],
        "households": [
            ["ref", "unit", "split_from", "split_on"],
            *([one.ref, "unit", one.parent.ref if one.parent else "", text(one.split_on)] for one in households),
        ],
        "members": [["household", "person", "role", "from", "to"], *memberships(households)],
        "providers": [
            ["ref", "municipality", "name", "kind", "quality_from"],
            *([kind.value, "3303", "Inn", kind.value, "2024-01-01"] for kind in AT_A_PROVIDER),
        ],
        "residences": [
            ["household", "kind", "from", "to", "provider", "lease", "lease_to", "lease_reason", "planned_end"],
            *(row for household in households for row in residences(draw, household)),
        ],
        "evictions": [
            ["household", "petitioned_on", "outcome", "ended_on"],
            *([one.ref, "2025-01-01", *draw(OUTCOMES)] for one in households),
        ],
        "absences": [
            ["household", "from", "to", "where", "held"],
            *([one.ref, "2025-01-01", "", "at “home”", draw(st.sampled_from(["", "yes", "no"]))] for one in households),
        ],
        "benefits": [
            ["household", "kind", "applied_on", "decided_on", "outcome", "from", "to"],
            *([one.ref, "bostotte", "2025-01-01", *draw(st.sampled_from(ANSWERS))] for one in households),
        ],
        "loans": [
            ["household", "kind", "purpose", "decided_on", "paid_on", "amount"],
            *([one.ref, "startlan", "purchase", "2025-01-01", *draw(_PAID)] for one in households),
        ],
        "refugees": [
            ["household", "decided_on", "settled_on", "unaccompanied_minor"],
            *(
                [one.ref, "2025-01-01", draw(st.sampled_from(["", "2025-01-01"])), draw(st.sampled_from(["", "yes"]))]
                for one in households
            ),
        ],
    }


def memberships(households: list[Household]) -> list[list[str]]:
    return [
        [household.ref, member.person, member.role, str(member.starts_on), text(member.ends_on)]
        for household in households
        for member in household.members
    ]


def residences(draw: st.DrawFn, household: Household) -> list[list[str]]:
    return [
        [
            household.ref,
            stretch.kind.value,
            str(stretch.starts_on),
            text(stretch.ends_on),
            stretch.kind.value if stretch.kind in AT_A_PROVIDER else "",
            draw(st.sampled_from(["ordinary", "section_11_1"])) if stretch.kind in RENTAL_KINDS else "",
            text(stretch.lease_ends_on),
            draw(TEXTS) if stretch.kind in RENTAL_KINDS else "",
            text(draw(st.sampled_from([None, stretch.starts_on + timedelta(days=1)]))),
        ]
        for stretch in household.stretches
    ]


def text(day: date | None) -> str:
    return day.isoformat() if day else ""


def write_folder(folder: Path, files: dict[str, list[list[str]]], **dialect: Any) -> Path:
    folder.mkdir()
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, **dialect).writerows(rows)
    return folder


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(files=folders(), delimiter=st.sampled_from(",;"))
def test_what_comes_in_goes_out_and_in_again_unchanged(files: dict[str, list[list[str]]], delimiter: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with transaction.atomic():
            ran = run_import(write_folder(folder / "in", files, delimiter=delimiter))
            assert ran.status == 0, ran.err
            assert not spell_differences()
            once = exported(folder / "once")
            transaction.set_rollback(True)
        with transaction.atomic():
            ran = run_import(folder / "once")
            assert ran.status == 0, ran.err
            assert exported(folder / "twice") == once
            transaction.set_rollback(True)
    for table, rows in files.items():
        assert len(list(csv.reader(StringIO(once[f"{table}.csv"], newline="")))) == len(rows)


def test_an_export_has_every_column_and_its_rows_by_identity(tmp_path: Path) -> None:
    imported(
        tmp_path / "in",
        **VALID
        | {
            "households": "unit,ref\nunit,home\nunit,Home\nunit,åpen\nunit,zebra\n",
            "dwellings": "ref,municipality,tenure,acquired_on,accessible,colocated\n"
            "flat,3303,owned,2001-01-01,yes,no\n",
        },
    )

    files = exported(tmp_path / "out")

    assert files["households.csv"] == (
        "ref,unit,opened_on,split_from,split_on\nHome,unit,,,\nhome,unit,,,\nzebra,unit,,,\nåpen,unit,,,\n"
    )
    assert files["dwellings.csv"] == (
        "ref,municipality,tenure,address,area_m2,rooms,accessible,colocated,acquired_on,disposed_on\n"
        "flat,3303,owned,,,,yes,no,2001-01-01,\n"
    )
    assert files["residences.csv"] == (
        "household,kind,from,to,provider,dwelling,lease,lease_to,lease_reason,planned_end,home_waits,undisclosed\n"
        "home,temporary,2026-01-01,2026-02-01,inn,,,,,,,\n"
        "home,temporary,2026-02-01,,inn,,,,,,,\n"
    )
    assert sorted(files) == sorted(table.file for table in TABLES)


def test_an_export_read_into_its_own_database_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)
    exported(tmp_path / "out")

    ran = run_import(tmp_path / "out")

    assert all(" 0 created, 0 changed, " in line for line in ran.out.splitlines())


def test_an_undisclosed_place_goes_out_and_comes_in_without_a_provider(tmp_path: Path) -> None:
    undisclosed = "household,kind,from,undisclosed\nhome,temporary,2026-02-01,yes\n"
    imported(tmp_path / "in", **VALID | {"residences": undisclosed, "absences": "household,from,where\n"})

    files = exported(tmp_path / "out")
    again = run_import(tmp_path / "out")

    assert files["residences.csv"].endswith("\nhome,temporary,2026-02-01,,,,,,,,,yes\n")
    assert all(" 0 created, 0 changed, " in line for line in again.out.splitlines())


def test_only_the_one_who_exports_may_read_the_files(tmp_path: Path) -> None:
    exported(tmp_path / "out")

    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "out").iterdir()}

    assert modes == {0o600}


def test_an_export_in_production_asks_why(tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.PRODUCTION = True
    imported(tmp_path / "in", **VALID)

    with pytest.raises(CommandError, match="--reason"):
        call_command("export_data", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()

    with caplog.at_level("INFO", logger="varig.read"):
        call_command("export_data", str(tmp_path / "out"), reason="Change of system", stdout=StringIO())
    assert "persons.csv 2" in caplog.text and "Change of system" in caplog.text and "Nordmann" not in caplog.text


def test_an_export_onto_a_file_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, units="ref\n") / "units.csv"

    with pytest.raises(CommandError, match="not a folder"):
        call_command("export_data", str(file))


def test_every_household_that_is_exported_is_a_line_of_the_read_log(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)

    exported(tmp_path / "out")

    [line] = Reading.objects.all()
    assert (line.what, line.purpose, line.route) == (Showing.COMMAND, Purpose.SYSTEM, "export_data")
