"""Every faulty row is named with its file and line, and nothing is imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from cases.interchange.tables import TABLES
from housing.models import Provider, QualityAgreement
from people.models import Household, Person, Unit
from tests.imports.files import NUMBER, VALID, imported, run_import, write

pytestmark = pytest.mark.django_db

WRONG = f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}"
CODES_OF_ROLE = "applicant, partner, child, child_visit, other"

#: What stands in the files beside the valid ones → the lines told.
FAULTY: dict[str, tuple[dict[str, str], list[str]]] = {
    "a period that ends before it begins": (
        {"residences": "household,kind,from,to\nhome,rough,2026-03-05,2026-03-01\n"},
        ["residences.csv:2: period ends before it begins (2026-03-05 → 2026-03-01)"],
    ),
    "in and out on the same day": (
        {"residences": "household,kind,from,to\nhome,rough,2026-03-05,2026-03-05\n"},
        ["residences.csv:2: period ends on the day it begins (2026-03-05 → 2026-03-05): it has no night"],
    ),
    "a date in another form": (
        {"persons": "ref,born_on\nkari,1990-05-01\nola,01.05.2015\n"},
        ["persons.csv:3: born_on: 01.05.2015 is not a date (write 2026-03-01)"],
    ),
    "a date that no calendar has": (
        {"persons": "ref,born_on\nkari,1990-05-01\nola,2015-02-29\n"},
        ["persons.csv:3: born_on: 2015-02-29 is not a date in the calendar"],
    ),
    "a compact date": (
        {"persons": "ref,born_on\nkari,1990-05-01\nola,20150501\n"},
        ["persons.csv:3: born_on: 20150501 is not a date (write 2026-03-01)"],
    ),
    "a name in a date's column": (
        {"persons": "ref,born_on\nkari,1990-05-01\nola,Ola Nordmann\n"},
        ["persons.csv:3: born_on: the text is not a date (write 2026-03-01)"],
    ),
    "a year nobody meant": (
        {"persons": "ref,born_on\nkari,1990-05-01\nola,0215-05-01\n"},
        ["persons.csv:3: born_on: 0215-05-01 is not between 1850 and 2199"],
    ),
    "an unknown code": (
        {"members": "household,person,role,from\nhome,kari,mother,2026-01-01\n"},
        [f"members.csv:2: role: mother is not a known code (allowed: {CODES_OF_ROLE})"],
    ),
    "a name in a code's column": (
        {"members": "household,person,role,from\nhome,kari,Kari Nordmann,2026-01-01\n"},
        [f"members.csv:2: role: the text is not a known code (allowed: {CODES_OF_ROLE})"],
    ),
    "yes and no in another form": (
        {"absences": "household,from,where,held\nhome,2026-02-01,hospital,true\n"},
        ["absences.csv:2: held: true is not a known code (allowed: yes, no)"],
    ),
    "an unknown column": (
        {"absences": "household,from,where,reason\nhome,2026-02-01,hospital,\n"},
        ["absences.csv:1: unknown column “reason” (allowed: household, from, to, where, held)"],
    ),
    "a column missing that must be there": (
        {"absences": "household,from\nhome,2026-02-01\n"},
        ["absences.csv:1: the column where is missing (allowed: household, from, to, where, held)"],
    ),
    "a column there twice": (
        {"absences": "household,from,where,where\nhome,2026-02-01,hospital,prison\n"},
        ["absences.csv:1: the column where is there twice"],
    ),
    "a cell missing that must be there": (
        {"absences": "household,from,where\nhome,2026-02-01,  \n"},
        ["absences.csv:2: where: is missing"],
    ),
    "more cells than columns": (
        {"absences": "household,from,where\nhome,2026-02-01,hospital,more\n"},
        ["absences.csv:2: the row has more cells than there are columns"],
    ),
    "a text that is too long": (
        {"absences": f"household,from,where\nhome,2026-02-01,{'x' * 101}\n"},
        ["absences.csv:2: where: the text is longer than 100 characters"],
    ),
    "a number that is none": (
        {"dwellings": "ref,municipality,tenure,acquired_on,area_m2\nflat,3303,owned,2001-01-01,45.5\n"},
        ["dwellings.csv:2: area_m2: not a whole number between 1 and 32767"],
    ),
    "a municipality that is none": (
        {"units": "ref,municipality,name\nunit,9998,Nowhere\n"},
        ["units.csv:2: there is no municipality 9998"],
    ),
    "a municipality of three digits": (
        {"units": "ref,municipality,name\nunit,301,Oslo\n"},
        ["units.csv:2: municipality: a municipality is a number of four digits"],
    ),
    "the same ref twice in a file": (
        {"units": "ref,municipality,name\nunit,3303,Kongsberg\nunit,3303,Again\n"},
        ["units.csv:3: the same ref as units.csv:2 (unit)"],
    ),
    "the same identity twice in a file": (
        {"absences": "household,from,where\nhome,2026-02-01,hospital\nhome,2026-02-01,prison\n"},
        ["absences.csv:3: the same household and from as absences.csv:2 (home, 2026-02-01)"],
    ),
    "an unknown household": (
        {"residences": "household,kind,from\nhme,rough,2026-01-01\n"},
        ["residences.csv:2: unknown household hme: neither in households.csv nor registered"],
    ),
    "a national id where a ref should be": (
        {"members": f"household,person,role,from\nhome,{NUMBER},applicant,2026-01-01\n"},
        ["members.csv:2: unknown person (not shown: looks like a national id): neither in persons.csv nor registered"],
    ),
    "an unknown unit": (
        {"households": "ref,unit,opened_on\nhome,office,2026-01-01\n"},
        ["households.csv:2: unknown unit office: neither in units.csv nor registered"],
    ),
    "an unknown dwelling": (
        {"residences": "household,kind,from,dwelling\nhome,owned,2026-01-01,house\n"},
        ["residences.csv:2: unknown dwelling house: neither in dwellings.csv nor registered"],
    ),
    "an unknown provider": (
        {"residences": "household,kind,from,provider\nhome,temporary,2026-01-01,hotel\n"},
        ["residences.csv:2: unknown provider hotel: neither in providers.csv nor registered"],
    ),
    "temporary accommodation without a provider": (
        {"residences": "household,kind,from\nhome,temporary,2026-01-01\n"},
        ["residences.csv:2: provider is missing: temporary names one"],
    ),
    "a provider of the other kind": (
        {"residences": "household,kind,from,provider\nhome,night_shelter,2026-01-01,inn\n"},
        ["residences.csv:2: provider inn is of the kind temporary, not night_shelter"],
    ),
    "a provider where there is none": (
        {"residences": "household,kind,from,provider\nhome,friends,2026-01-01,inn\n"},
        ["residences.csv:2: provider is for temporary and night_shelter only, not for friends"],
    ),
    "a dwelling where there is none": (
        {"residences": "household,kind,from,dwelling\nhome,friends,2026-01-01,flat\n"},
        ["residences.csv:2: dwelling is for private_rental, municipal_rental, owned, care_home only, not for friends"],
    ),
    "a rental without a lease": (
        {"residences": "household,kind,from\nhome,private_rental,2026-01-01\n"},
        ["residences.csv:2: lease is missing: private_rental rests on one (allowed: ordinary, section_11_1)"],
    ),
    "a lease without a rental": (
        {"residences": "household,kind,from,lease,lease_to\nhome,owned,2026-01-01,ordinary,2027-01-01\n"},
        [
            "residences.csv:2: lease is for private_rental and municipal_rental only, not for owned",
            "residences.csv:2: lease_to is for private_rental and municipal_rental only, not for owned",
        ],
    ),
    "a lease that ends before it begins": (
        {
            "residences": "household,kind,from,lease,lease_to\nhome,private_rental,2026-01-01,ordinary,2026-01-01\n",
        },
        ["residences.csv:2: lease_to is not after from (2026-01-01 → 2026-01-01)"],
    ),
    "a planned end before the beginning": (
        {"residences": "household,kind,from,planned_end\nhome,prison,2026-01-02,2026-01-01\n"},
        ["residences.csv:2: planned_end is not after from (2026-01-02 → 2026-01-01)"],
    ),
    "a home that waits where it does not matter": (
        {"residences": "household,kind,from,home_waits\nhome,rough,2026-01-02,no\n"},
        ["residences.csv:2: home_waits is for prison, institution, crisis_centre only, not for rough"],
    ),
    "a place that is told and undisclosed": (
        {"residences": "household,kind,from,provider,undisclosed\nhome,temporary,2026-01-02,inn,yes\n"},
        ["residences.csv:2: provider is told, but the place is undisclosed"],
    ),
    "two places a night": (
        {
            "residences": "household,kind,from,to\n"
            "home,rough,2026-01-01,2026-02-01\nhome,friends,2026-03-01,\nhome,unknown,2026-01-31,2026-02-10\n",
        },
        ["residences.csv:4: 2026-01-31 → 2026-02-10 overlaps residences.csv:2 (2026-01-01 → 2026-02-01)"],
    ),
    "a dwelling let twice": (
        {
            "households": "ref,unit\nhome,unit\nother,unit\n",
            "residences": "household,kind,from,dwelling\nother,owned,2026-02-01,flat\nhome,owned,2026-01-01,flat\n",
        },
        ["residences.csv:3: 2026-01-01 → is in the same dwelling at the same time as residences.csv:2 (2026-02-01 →)"],
    ),
    "two absences at a time": (
        {"absences": "household,from,where\nhome,2026-01-10,hospital\nhome,2026-01-11,prison\n"},
        ["absences.csv:3: 2026-01-11 → overlaps absences.csv:2 (2026-01-10 →)"],
    ),
    "an adult in two households": (
        {
            "households": "ref,unit\nhome,unit\nother,unit\n",
            "members": "household,person,role,from,to\n"
            "home,kari,applicant,2026-01-01,2026-02-01\nother,kari,partner,2026-01-31,\n",
        },
        [
            (
                "members.csv:3: the person is an adult in two households at the same time:"
                " 2026-01-31 → and members.csv:2 (2026-01-01 → 2026-02-01)"
            )
        ],
    ),
    "a child here and an adult there": (
        {
            "households": "ref,unit\nhome,unit\nother,unit\n",
            "members": "household,person,role,from\nhome,ola,child,2026-01-01\nother,ola,other,2026-02-01\n",
        },
        [
            (
                "members.csv:3: the person is a child in one household and an adult in another at the same time:"
                " 2026-02-01 → and members.csv:2 (2026-01-01 →)"
            )
        ],
    ),
    "a child in three households": (
        {
            "households": "ref,unit\nhome,unit\nother,unit\nthird,unit\n",
            "members": "household,person,role,from\n"
            "home,ola,child,2026-01-01\nother,ola,child,2026-01-01\nthird,ola,child,2026-02-01\n",
        },
        [
            (
                "members.csv:4: the child is in more than two households:"
                " 2026-02-01 → and members.csv:2 (2026-01-01 →) and members.csv:3 (2026-01-01 →)"
            )
        ],
    ),
    "the same person twice in a household": (
        {"members": "household,person,role,from\nhome,ola,child,2026-01-01\nhome,ola,child_visit,2026-01-02\n"},
        [
            (
                "members.csv:3: the person is in the household twice at the same time:"
                " 2026-01-02 → and members.csv:2 (2026-01-01 →)"
            )
        ],
    ),
    "a membership before birth": (
        {
            "households": "ref,unit\nhome,unit\n",
            "members": "household,person,role,from\nhome,ola,child,2015-04-30\n",
        },
        ["members.csv:2: membership begins before the person is born (2015-04-30, born 2015-05-01)"],
    ),
    "a membership before the household": (
        {"members": "household,person,role,from\nhome,kari,applicant,2025-12-31\n"},
        ["members.csv:2: membership begins before the household was opened (2025-12-31, opened 2026-01-01)"],
    ),
    "a residence before the household": (
        {"residences": "household,kind,from,to\nhome,rough,2025-12-31,2026-01-02\n"},
        ["residences.csv:2: residence begins before the household was opened (2025-12-31, opened 2026-01-01)"],
    ),
    "a protection that ends before it begins": (
        {
            "persons": "ref,born_on,protection,protection_from,protection_to\n"
            "kari,1990-05-01,confidential,2026-02-01,2026-02-01\nola,2015-05-01,,,\n",
        },
        ["persons.csv:2: the protection ends before it begins (2026-02-01 → 2026-02-01)"],
    ),
    "a national id with a wrong check digit": (
        {"persons": f"ref,born_on,national_id\nkari,1990-05-01,{WRONG}\nola,2015-05-01,\n"},
        [
            (
                "persons.csv:2: national_id: The last digits of the national id do not agree with the others."
                " Check for a typing error."
            )
        ],
    ),
    "a national id that is too short": (
        {"persons": "ref,born_on,national_id\nkari,1990-05-01,123\nola,2015-05-01,\n"},
        ["persons.csv:2: national_id: A national id has 11 digits, a DUF number 12."],
    ),
    "the same national id twice": (
        {
            "persons": f"ref,born_on,national_id\nkari,1990-05-01,{NUMBER}\nola,1990-05-01,{NUMBER}\n",
            "members": "household,person,role,from\nhome,kari,applicant,2026-01-01\n",
        },
        ["persons.csv:3: the same national id as persons.csv:2 (persons kari and ola)"],
    ),
    "a quality agreement without a beginning": (
        {
            "providers": "ref,municipality,name,kind,quality_to\n"
            "inn,3303,The Inn,temporary,2026-01-01\nshelter,3303,The Shelter,night_shelter,\n",
        },
        ["providers.csv:2: quality_to without quality_from"],
    ),
    "a dwelling disposed of before it was acquired": (
        {"dwellings": "ref,municipality,tenure,acquired_on,disposed_on\nflat,3303,owned,2001-01-01,2000-01-01\n"},
        ["dwellings.csv:2: disposed_on is not after acquired_on (2001-01-01 → 2000-01-01)"],
    ),
    "a split without a day": (
        {"households": "ref,unit,split_from\nhome,unit,\npart,unit,home\n"},
        ["households.csv:3: split_from and split_on go together: one of them is empty"],
    ),
    "a split from nobody": (
        {"households": "ref,unit,split_from,split_on\nhome,unit,,\npart,unit,hme,2026-02-01\n"},
        ["households.csv:3: unknown household hme: neither in households.csv nor registered"],
    ),
    "a split before the parent was opened": (
        {"households": "ref,unit,opened_on,split_from,split_on\nhome,unit,2026-01-01,,\npart,unit,,home,2025-12-31\n"},
        ["households.csv:3: split_on 2025-12-31 is before home was opened (2026-01-01)"],
    ),
    "households split from each other": (
        {"households": "ref,unit,split_from,split_on\nhome,unit,part,2026-01-01\npart,unit,home,2026-01-01\n"},
        [
            "households.csv:2: split_from goes in a circle: home → part → home",
            "households.csv:3: split_from goes in a circle: part → home → part",
        ],
    ),
    "a household split from a circle": (
        {
            "households": "ref,unit,split_from,split_on\n"
            "home,unit,part,2026-01-01\npart,unit,home,2026-01-01\nthird,unit,part,2026-01-01\n",
        },
        [
            "households.csv:2: split_from goes in a circle: home → part → home",
            "households.csv:3: split_from goes in a circle: part → home → part",
        ],
    ),
    "a quality agreement that ends before it begins": (
        {
            "providers": "ref,municipality,name,kind,quality_from,quality_to\n"
            "inn,3303,The Inn,temporary,2026-01-01,2026-01-01\nshelter,3303,The Shelter,night_shelter,,\n",
        },
        ["providers.csv:2: the quality agreement ends before it begins (2026-01-01 → 2026-01-01)"],
    ),
    "a character that is none": (
        {"absences": "household,from,where\nhome,2026-02-01,hos\x00pital\n"},
        ["absences.csv:2: where: the text holds a character that is none (NUL)"],
    ),
    "a row with several cells that cannot be read": (
        {
            "residences": "household,kind,from,to,provider,dwelling\nhome,temporary,2026-01-01,soon,inn,"
            + "x" * 65
            + "\n"
        },
        [
            "residences.csv:2: dwelling: the text is longer than 64 characters",
            "residences.csv:2: to: the text is not a date (write 2026-03-01)",
        ],
    ),
    "several faults in several files": (
        {
            "absences": "household,from,where\nhome,2026-02-30,hospital\n",
            "residences": "household,kind,from,to,provider\n"
            "hme,temporary,2026-01-02,2026-01-01,\n\nhome,tent,2026-02-01,,\n",
        },
        [
            "residences.csv:2: period ends before it begins (2026-01-02 → 2026-01-01)",
            "residences.csv:2: provider is missing: temporary names one",
            "residences.csv:2: unknown household hme: neither in households.csv nor registered",
            (
                "residences.csv:4: kind: tent is not a known code (allowed: rough, temporary, night_shelter, prison,"
                " institution, friends, crisis_centre, reception_centre, private_rental, municipal_rental, owned,"
                " with_family, care_home, moved_away, deceased, other, unknown)"
            ),
            "absences.csv:2: from: 2026-02-30 is not a date in the calendar",
        ],
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_row_is_named_and_nothing_is_imported(case: str, tmp_path: Path) -> None:
    files, lines = FAULTY[case]

    ran = run_import(write(tmp_path, **{**VALID, **files}))

    assert (ran.status, ran.lines, ran.out) == (1, lines, "")
    assert not Unit.objects.exists() and not Person.objects.exists() and not Household.objects.exists()


def test_a_row_without_its_ref_does_not_make_others_refer_to_nobody(tmp_path: Path) -> None:
    ran = run_import(write(tmp_path, **{**VALID, "units": "ref,municipality,name\n,3303,Kongsberg\n"}))

    assert ran.lines == ["units.csv:2: ref: is missing"]


def test_a_quoted_cell_over_several_lines_does_not_shift_the_lines_told(tmp_path: Path) -> None:
    files = VALID | {"persons": 'ref,born_on,name\nkari,1990-05-01,"Kari\nNordmann"\nola,2015-05-51,Ola\n'}

    ran = run_import(write(tmp_path, **files))

    assert ran.lines == ["persons.csv:4: born_on: 2015-05-51 is not a date in the calendar"]


#: What stands in the second import's files, after the valid ones are in.
AGAINST_STORED: dict[str, tuple[dict[str, str], list[str]]] = {
    "a residence over one already registered": (
        {"residences": "household,kind,from,to\nhome,rough,2026-01-20,2026-01-25\n"},
        ["residences.csv:2: 2026-01-20 → 2026-01-25 overlaps home, already registered 2026-01-01 → 2026-02-01"],
    ),
    "an adult of a registered household": (
        {
            "households": "ref,unit\nother,unit\n",
            "members": "household,person,role,from\nother,kari,applicant,2026-02-01\n",
        },
        [
            (
                "members.csv:2: the person is an adult in two households at the same time:"
                " 2026-02-01 → and home, already registered 2026-01-01 →"
            )
        ],
    ),
    "a birth after a registered membership": (
        {"persons": "ref,born_on\nola,2026-01-02\n"},
        ["persons.csv:2: born on 2026-01-02, after a membership already registered 2026-01-01 → in home"],
    ),
    "an opening after what is registered": (
        {"households": "ref,unit,opened_on\nhome,unit,2026-01-02\n"},
        [
            "households.csv:2: opened_on 2026-01-02 is after a membership already registered 2026-01-01 →",
            "households.csv:2: opened_on 2026-01-02 is after a residence already registered 2026-01-01 → 2026-02-01",
        ],
    ),
    "a household moved to another municipality": (
        {
            "units": "ref,municipality,name\ncapital,0301,Oslo\n",
            "households": "ref,unit,opened_on\nhome,capital,2026-01-01\n",
        },
        [
            (
                "households.csv:2: unit capital is in 0301, the household in 3303:"
                " moving to another municipality makes a new household"
            )
        ],
    ),
    "a unit moved to another municipality": (
        {"units": "ref,municipality,name\nunit,0301,Oslo\n"},
        ["units.csv:2: the unit has households in 3303: a household's municipality never changes"],
    ),
    "an agreement corrected to begin within an earlier one": (
        {
            "providers": "ref,municipality,name,kind,quality_from\n"
            "inn,3303,The Inn,temporary,2020-06-01\nshelter,3303,The Shelter,night_shelter,\n",
        },
        ["providers.csv:2: quality_from 2020-06-01 is within an earlier agreement"],
    ),
    "a provider of residences that changes kind": (
        {"providers": "ref,municipality,name,kind\ninn,3303,The Inn,night_shelter\n"},
        ["providers.csv:2: the provider has residences as temporary: its kind cannot change to night_shelter"],
    ),
}


@pytest.mark.parametrize("case", AGAINST_STORED)
def test_what_is_registered_counts_too(case: str, tmp_path: Path) -> None:
    files, lines = AGAINST_STORED[case]
    imported(tmp_path / "first", **VALID)
    inn = Provider.objects.get(ref="inn")
    QualityAgreement.objects.create(provider=inn, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    QualityAgreement.objects.create(provider=inn, starts_on=date(2025, 1, 1))

    ran = run_import(write(tmp_path / "second", **files))

    assert (ran.status, ran.lines) == (1, lines)


def test_a_national_id_of_somebody_registered_is_refused_by_ref_and_never_shown(tmp_path: Path) -> None:
    imported(tmp_path / "first", persons=f"ref,born_on,national_id\nkari,1990-05-01,{NUMBER}\n")

    ran = run_import(write(tmp_path / "second", persons=f"ref,born_on,national_id\nother,1990-05-01,{NUMBER}\n"))

    assert ran.lines == ["persons.csv:2: person kari, already registered, has the same national id"]
    assert NUMBER not in ran.out + ran.err


def test_a_number_of_a_series_not_taken_here_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.NATIONAL_ID_SERIES = frozenset({"real"})

    ran = run_import(write(tmp_path, persons=f"ref,born_on,national_id\nkari,1990-05-01,{NUMBER}\n"))

    assert ran.lines == ["persons.csv:2: national_id: National ids of this series are not taken here."]


def test_what_is_strange_but_may_be_true_is_only_warned_about(tmp_path: Path) -> None:
    files = VALID | {
        "persons": f"ref,born_on,national_id,protection_from\nkari,2015-05-01,,\nola,2015-05-01,{NUMBER},2026-01-01\n"
    }

    ran = run_import(write(tmp_path, **files))

    assert ran.status == 0
    assert ran.lines == [
        "persons.csv:3: warning: born_on 2015-05-01 is not the date that the national id tells",
        "persons.csv:3: warning: dates of a protection, but no protection",
        "members.csv:3: warning: child ola is not younger than applicant kari (2015-05-01 and 2015-05-01)",
    ]


def test_files_of_no_version_are_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path, resident="household\n")
    allowed = ", ".join(table.file for table in TABLES)
    (tmp_path / "readme.txt").write_text("not ours to read")

    ran = run_import(tmp_path)

    assert ran.status == 1
    assert ran.lines == [
        f"resident.csv: is not a file of the interface (allowed: {allowed})",
    ]


def test_a_path_that_holds_no_files_is_refused(tmp_path: Path) -> None:
    ran = run_import(tmp_path / "nowhere")

    assert (ran.status, ran.lines) == (
        1,
        [f"{tmp_path}/nowhere: is neither a folder of CSV files nor an .xlsx workbook"],
    )


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    (write(tmp_path, **VALID) / "persons.csv").write_bytes("ref,born_on,name\nkari,1990-05-01,Åse\n".encode("latin-1"))

    ran = run_import(tmp_path)

    assert ran.lines == ["persons.csv:2: is not UTF-8: save the file as “CSV UTF-8”"]


def test_a_file_that_is_no_csv_is_refused(tmp_path: Path) -> None:
    (write(tmp_path, **VALID) / "persons.csv").write_text('ref,born_on\n"kari"x,1990-05-01\n')

    ran = run_import(tmp_path)

    assert [line.partition(" (")[0] for line in ran.lines] == ["persons.csv:2: cannot be read as CSV"]
