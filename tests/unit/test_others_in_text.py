from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.questions.others_in_text import Redactor

OTHERS = {"Ola Granmo": "partner", "Åse-Lill Bø": "child"}


def redact(text: str, own: str = "Kari Solbakken") -> str:
    return Redactor(OTHERS, own=own, own_number="01019012345", a_number="a number")(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ola Granmo came", "[partner] came"),
        ("OLA and granmo", "[partner] and [partner]"),
        ("Olas bror", "[partner]s bror"),
        ("Åse-Lill sover", "[child] sover"),
        ("Olav og Gran", "Olav og Gran"),
        ("Bø er en kommune", "Bø er en kommune"),
        ("Kari Solbakken er her", "Kari Solbakken er her"),
        ("010190 12345 og 02029054321", "010190 12345 og [a number]"),
        ("020290.54321 og 020290-54321", "[a number] og [a number]"),
        ("Ring 75123456", "Ring 75123456"),
        ("", ""),
    ],
)
def test_others_give_way_to_their_role(text: str, left: str) -> None:
    assert redact(text) == left


def test_a_name_that_the_reader_shares_stays() -> None:
    assert redact("Granmo og Ola", own="Kari Granmo") == "Granmo og [partner]"


def test_a_name_that_goes_whole_leaves_its_parts_to_others() -> None:
    redactor = Redactor({}, whole={"Per Lunde": "an employee"}, own="Kari", own_number="", a_number="a number")

    assert redactor("Per Lunde ringte Per Hansen") == "[an employee] ringte Per Hansen"


def test_without_others_only_numbers_go() -> None:
    assert Redactor({}, own="Kari", own_number="", a_number="a number")("Kari 02029054321") == "Kari [a number]"


@given(st.text(alphabet="aO l1.-", max_size=30), st.sampled_from(["Ola Granmo", "ola", "GRANMO", "02029054321"]))
def test_nothing_beside_a_name_keeps_it_in(around: str, name: str) -> None:
    assert name.lower() not in redact(f"{around} {name} {around}").lower().replace("[partner]", "").split()
