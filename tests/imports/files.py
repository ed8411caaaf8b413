"""Folders of the interface's files, told as text, and the commands run on them."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from textwrap import dedent

from django.core.management import call_command

from people.national_ids import with_check_digits

#: Synthetic national ids of two people born on 1 May 1990.
NUMBER, OTHER_NUMBER = list(filter(None, (with_check_digits(f"018590{n}") for n in range(100, 200))))[:2]

#: Enough for one household in temporary accommodation.
UNITS = """
    ref,municipality,name
    unit,3303,Kongsberg
"""
PERSONS = """
    ref,born_on,name
    kari,1990-05-01,Kari Nordmann
    ola,2015-05-01,Ola Nordmann
"""
HOUSEHOLDS = """
    ref,unit,opened_on
    home,unit,2026-01-01
"""
MEMBERS = """
    household,person,role,from
    home,kari,applicant,2026-01-01
    home,ola,child,2026-01-01
"""
PROVIDERS = """
    ref,municipality,name,kind
    inn,3303,The Inn,temporary
    shelter,3303,The Shelter,night_shelter
"""
DWELLINGS = """
    ref,municipality,tenure,acquired_on
    flat,3303,owned,2001-01-01
"""
RESIDENCES = """
    household,kind,from,to,provider
    home,temporary,2026-01-01,2026-02-01,inn
    home,temporary,2026-02-01,,inn
"""
ABSENCES = """
    household,from,to,where,held
    home,2026-01-10,2026-01-12,hospital,yes
"""
LOANS = """
    household,kind,purpose,decided_on,paid_on,amount
    home,startlan,purchase,2026-01-15,2026-02-01,1900000
    home,establishment_grant,purchase,2026-01-15,,150000
"""
VALID = {
    "units": UNITS,
    "persons": PERSONS,
    "households": HOUSEHOLDS,
    "members": MEMBERS,
    "providers": PROVIDERS,
    "dwellings": DWELLINGS,
    "residences": RESIDENCES,
    "absences": ABSENCES,
    "loans": LOANS,
}


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The faults and warnings, without the closing line."""
        return [line for line in self.err.splitlines() if "Nothing was imported" not in line]


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def run_import(path: Path, *options: str) -> Ran:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_data", str(path), *options, stdout=out, stderr=err)
    except SystemExit as stop:
        return Ran(int(str(stop.code)), out.getvalue(), err.getvalue())
    return Ran(0, out.getvalue(), err.getvalue())


def imported(folder: Path, **files: str) -> Ran:
    """Import files that are expected to be in order."""
    ran = run_import(write(folder, **files))
    assert ran.status == 0, ran.err
    return ran


def exported(folder: Path) -> dict[str, str]:
    call_command("export_data", str(folder), stdout=StringIO())
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}
