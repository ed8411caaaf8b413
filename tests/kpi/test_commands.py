"""The figures on the command line, as scripts and other systems read them: byte by byte, and every refusal."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from tests.imports.files import imported

pytestmark = pytest.mark.django_db

FOLDER = {
    "units": """
        ref,municipality,name
        unit,3303,Kongsberg
        far,0301,Oslo
    """,
    "persons": """
        ref,born_on
        mother,1990-05-01
        child,2015-05-01
        youth,2003-05-01
        man,1970-05-01
        woman,1971-05-01
    """,
    "households": """
        ref,unit
        family,unit
        young,unit
        back,unit
        elsewhere,far
    """,
    "members": """
        household,person,role,from
        family,mother,applicant,2020-01-01
        family,child,child,2020-01-01
        young,youth,applicant,2021-05-01
        back,man,applicant,2020-01-01
        elsewhere,woman,applicant,2020-01-01
    """,
    "providers": """
        ref,municipality,name,kind
        inn,3303,The Inn,temporary
        camp,0301,The Camp,temporary
    """,
    # family: 30 November to 1 March is a day over three months, moved between providers with three nights between
    "residences": """
        household,kind,from,to,provider
        family,temporary,2025-11-30,2026-01-10,inn
        family,temporary,2026-01-13,2026-03-01,camp
        family,owned,2026-03-01,,
        young,temporary,2026-02-20,,inn
        back,temporary,2026-01-01,2026-01-11,inn
        back,owned,2026-01-11,2026-02-01,
        back,friends,2026-02-01,,
        elsewhere,temporary,2026-02-01,2026-02-03,inn
    """,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    imported(tmp_path, **FOLDER)


def printed(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def measured(*options: str) -> str:
    return printed("measure", "--municipality", "3303", "--from", "2026-01-01", "--to", "2026-04-01", *options)


def test_the_stays_of_a_night_are_printed_byte_by_byte() -> None:
    assert printed("stays", "--municipality", "3303", "--on", "2026-02-28") == dedent("""
        [
         {
          "household": "family",
          "first_night": "2025-11-30",
          "limit": "2026-02-28",
          "nights": 88,
          "days_left": 0,
          "placements": [
           {
            "provider": "inn",
            "from": "2025-11-30",
            "to": "2026-01-10"
           },
           {
            "provider": "camp",
            "from": "2026-01-13",
            "to": "2026-03-01"
           }
          ],
          "family": true,
          "young": false
         },
         {
          "household": "young",
          "first_night": "2026-02-20",
          "limit": "2026-05-20",
          "nights": 9,
          "days_left": 81,
          "placements": [
           {
            "provider": "inn",
            "from": "2026-02-20",
            "to": null
           }
          ],
          "family": false,
          "young": true
         }
        ]
    """).lstrip("\n")


def test_the_stays_that_ended_are_judged_on_the_day_moved_out() -> None:
    rows = json.loads(printed("stays", "--municipality", "3303", "--ended-between", "2026-01-11", "2026-03-02"))
    assert [(row["household"], row["days_left"], row["nights"]) for row in rows] == [
        ("family", -1, 88),
        ("back", 80, 10),
    ]
    assert printed("stays", "--municipality", "3303", "--ended-between", "2026-01-12", "2026-03-01") == "[]\n"


def test_a_shorter_tolerated_break_parts_the_stay() -> None:
    rows = json.loads(printed("stays", "--municipality", "3303", "--on", "2026-02-28", "--gap-nights", "2"))
    assert [(row["household"], row["first_night"]) for row in rows] == [
        ("family", "2026-01-13"),
        ("young", "2026-02-20"),
    ]


def test_figures_are_printed_byte_by_byte_with_the_lists_behind_them() -> None:
    assert measured("--indicator", "2.1", "3.2", "--list") == dedent("""
        [
         {
          "indicator": "2.1",
          "rule": "stay",
          "municipality": "3303",
          "from": "2026-01-01",
          "to": "2026-04-01",
          "numerator": 2,
          "denominator": 3,
          "value": 66.7,
          "unit": "percent",
          "known_at": null,
          "households": [
           "back",
           "young"
          ],
          "population": [
           "back",
           "family",
           "young"
          ]
         },
         {
          "indicator": "3.2",
          "rule": "stay",
          "municipality": "3303",
          "from": "2026-01-01",
          "to": "2026-04-01",
          "numerator": 1,
          "denominator": null,
          "value": 1,
          "unit": "households",
          "known_at": null,
          "households": [
           "family"
          ],
          "population": []
         }
        ]
    """).lstrip("\n")


def test_a_median_is_printed_with_its_ninetieth_percentile() -> None:
    # back had 10 days to the home, family 91: the percentile lies nine tenths of the way between them
    assert measured("--indicator", "time_home", "--known-at", "2100-01-01T12:00+01:00") == dedent("""
        [
         {
          "indicator": "time_home",
          "rule": "stay",
          "municipality": "3303",
          "from": "2026-01-01",
          "to": "2026-04-01",
          "numerator": null,
          "denominator": 2,
          "value": 50.5,
          "unit": "days",
          "known_at": "2100-01-01T12:00:00+01:00",
          "p90": 82.9
         }
        ]
    """).lstrip("\n")


#: (rule, code) → numerator, denominator, value, counted by hand.
BY_HAND = {
    ("stay", "2.1"): (2, 3, 66.7),
    ("stay", "2.2"): (1, None, 1),
    ("kostra", "2.1"): (3, 3, 100.0),  # 56 nights of the family lie in the year
    ("kostra", "2.2"): (0, None, 0),
    ("stay", "2.s1"): (0, None, 0),
    ("stay", "2.s2"): (3, None, 3),
    ("stay", "3.1"): (0, 1, 0.0),
    ("stay", "3.s4"): (1, 1, 100.0),
    ("stay", "3.s5"): (1, None, 1),
    ("stay", "nights"): (56 + 40 + 10, None, 106),
    ("stay", "nights_14"): (1, None, 1),
    ("stay", "child_nights"): (56, None, 56),
    ("stay", "children"): (1, None, 1),
    ("stay", "exits_permanent"): (2, 2, 100.0),
    ("stay", "returns_6"): (1, 2, 50.0),
}


@pytest.mark.parametrize(("rule", "code"), BY_HAND)
def test_a_figure_is_the_one_counted_by_hand(rule: str, code: str) -> None:
    [row] = json.loads(measured("--rule", rule, "--indicator", code))
    assert (row["numerator"], row["denominator"], row["value"]) == BY_HAND[rule, code]
    assert (row["indicator"], row["rule"]) == (code, rule)


def test_all_gives_a_row_for_each_municipality_with_data_and_one_for_all() -> None:
    asked = ("--from", "2026-01-01", "--to", "2026-04-01", "--indicator", "nights")
    rows = json.loads(printed("measure", "--municipality", "all", *asked))
    assert [(row["municipality"], row["value"]) for row in rows] == [("0301", 2), ("3303", 106), ("all", 108)]


def test_a_named_municipality_without_data_gets_every_row_with_nothing_counted_and_shares_unknown() -> None:
    asked = ("--from", "2026-01-01", "--to", "2026-04-01")
    rows = json.loads(printed("measure", "--municipality", "5601", *asked))
    assert [row["indicator"] for row in rows] == [row["indicator"] for row in json.loads(measured())]
    assert {row["value"] for row in rows if row["unit"] in ("percent", "days")} == {None}
    assert {row["value"] for row in rows if row["unit"] not in ("percent", "days")} == {0}
    assert printed("stays", "--municipality", "5601", "--on", "2026-02-28") == "[]\n"


STAYS = ("stays", "--municipality", "3303")
MEASURE = ("measure", "--municipality", "3303", "--from", "2026-01-01")

#: What is asked wrongly, and what is said about it.
REFUSED = {
    (*STAYS,): "one of the arguments --on --ended-between is required",
    (*STAYS, "--on", "2026-02-30"): "'2026-02-30' is no date; write it as 2026-03-01",
    (*STAYS, "--on", "2026-02-28", "--gap-nights", "-1"): "'-1' is no number of nights from 0 to 366",
    (*STAYS, "--on", "2026-02-28", "--gap-nights", "9999999999"): "'9999999999' is no number of nights from 0 to 366",
    (*STAYS, "--ended-between", "2026-02-01", "2026-01-01"): "period ends before it begins (2026-02-01 → 2026-01-01)",
    ("stays", "--municipality", "9999", "--on", "2026-02-28"): "There is no municipality 9999",
    ("stays", "--municipality", "all", "--on", "2026-02-28"): "There is no municipality all",
    (*MEASURE,): "the following arguments are required: --to",
    (*MEASURE, "--to", "2025-01-01"): "period ends before it begins (2026-01-01 → 2025-01-01)",
    (*MEASURE, "--to", "2026-01-01"): "period has no day (2026-01-01 → 2026-01-01)",
    (*MEASURE, "--to", "2026-02-01", "--indicator", "9.9"): "unknown indicator 9.9; known are 2.1, 2.2",
    (*MEASURE, "--to", "2026-02-01", "--rule", "days"): "invalid choice: 'days'",
    (*MEASURE, "--to", "2026-02-01", "--known-at", "yesterday"): "'yesterday' is no moment",
    ("measure", "--municipality", "301", "--from", "2026-01-01", "--to", "2026-02-01"): "There is no municipality 301",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_asked_wrongly_is_refused_with_a_sentence_and_prints_nothing(asked: tuple[str, ...]) -> None:
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(*asked, stdout=out)
    assert REFUSED[asked] in str(refused.value)
    assert out.getvalue() == ""
