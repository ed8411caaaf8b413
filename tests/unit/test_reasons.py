from __future__ import annotations

from datetime import date

import pytest

from cases.reasons import Fact, days_in, fingerprint, proposed, sentences


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("Du ba om hjelp. Vi fant et sted.", ["Du ba om hjelp.", "Vi fant et sted."]),
        ("Du kom 27. februar 2026 kl. 18.30. Det var sent.", ["Du kom 27. februar 2026 kl. 18.30.", "Det var sent."]),
        ("Se nr. Tre i listen.", ["Se nr. Tre i listen."]),
        ("Linje én\n\nLinje to", ["Linje én", "Linje to"]),
        ("Er det trygt? Ja! Østre gate er trygg.", ["Er det trygt?", "Ja!", "Østre gate er trygg."]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, told: list[str]) -> None:
    assert sentences(text) == told


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Siden 10. februar 2026.", {(2026, 2, 10)}),
        ("Siden 10. februar.", {(None, 2, 10)}),
        ("From 3 May 2026", {(2026, 5, 3)}),
        ("10.2.26 og 2026-03-01", {(2026, 2, 10), (2026, 3, 1)}),
        ("Alle 10 sengene er opptatt.", set()),
    ],
)
def test_the_days_of_a_sentence_are_found(sentence: str, days: set[tuple[int | None, int, int]]) -> None:
    assert days_in(sentence) == days


STAY = Fact("residence", "1", "Solbakken", (date(2026, 2, 10),), ("Solbakken pensjonat",))
SHORT = Fact("member", "2", "Bo", (date(2020, 1, 1),), ("Bo",))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Du flyttet inn 10. februar.", [STAY]),
        ("Du flyttet inn 10. februar 2025.", []),
        ("Dere bor på solbakken pensjonat.", [STAY]),
        ("Dere må bo et sted.", []),
    ],
)
def test_a_fact_is_proposed_by_its_day_or_by_its_name(sentence: str, found: list[Fact]) -> None:
    assert proposed(sentence, [STAY, SHORT]) == found


def test_a_sentence_is_known_by_its_words_however_it_is_set() -> None:
    assert fingerprint("Du  kom\nhit.") == fingerprint("Du kom hit.")
    assert fingerprint("Du kom hit.") != fingerprint("Du gikk herfra.")
