from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from people.identification import NATIONAL_ID_SENTENCES, NotIdentified, identify
from people.national_ids import Kind, NationalId, NotANationalId, Rule, read_national_id, with_check_digits

# Synthetic only: nobody has a number in the synthetic series, and those with other months below are made here.
SYNTHETIC = "15858510055"


def number(nine: str) -> str:
    eleven = with_check_digits(nine)
    assert eleven is not None
    return eleven


def first_with(six: str, individual: range) -> str:
    """The first number that has these date digits and an individual number in the range."""
    return next(eleven for n in individual if (eleven := with_check_digits(f"{six}{n:03}")))


def read(text: str) -> NationalId:
    return read_national_id(text, real=True, synthetic=True)


def broken_rule(text: str, *, real: bool = True, synthetic: bool = True) -> Rule:
    with pytest.raises(NotANationalId) as refused:
        read_national_id(text, real=real, synthetic=synthetic)
    return refused.value.rule


def duf(ten: str) -> str:
    weights = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
    return f"{ten}{sum(weight * int(digit) for weight, digit in zip(weights, ten, strict=True)) % 11:02}"


@pytest.mark.parametrize(
    ("six", "kind", "born_on"),
    [
        ("150585", Kind.FODSELSNUMMER, date(1985, 5, 15)),
        ("550585", Kind.D_NUMBER, date(1985, 5, 15)),
        ("158585", Kind.SYNTHETIC, date(1985, 5, 15)),
        ("558585", Kind.SYNTHETIC, date(1985, 5, 15)),
        ("318185", Kind.SYNTHETIC, date(1985, 1, 31)),
    ],
)
def test_day_and_month_tell_the_kind_and_the_birth_date(six: str, kind: Kind, born_on: date) -> None:
    eleven = first_with(six, range(499))

    assert read(eleven) == NationalId(eleven, kind, born_on)


@pytest.mark.parametrize(
    ("year", "individual", "century"),
    [
        ("00", range(20), 1900),
        ("99", range(480, 500), 1900),
        ("54", range(500, 520), 1800),
        ("99", range(730, 750), 1800),
        ("00", range(500, 520), 2000),
        ("53", range(730, 750), 2000),
        ("39", range(750, 770), 2000),
        ("39", range(980, 1000), 2000),
        ("40", range(900, 920), 1900),
        ("99", range(980, 1000), 1900),
    ],
)
def test_the_individual_number_tells_the_century(year: str, individual: range, century: int) -> None:
    born_on = read(first_with(f"0181{year}", individual)).born_on

    assert born_on == date(century + int(year), 1, 1)


@pytest.mark.parametrize("text", [SYNTHETIC, f" {SYNTHETIC} ", "158585 10055", "158585-10055", "15.85.85 10055"])
def test_spaces_points_and_hyphens_do_not_matter(text: str) -> None:
    assert read(text).number == SYNTHETIC


@pytest.mark.parametrize("text", ["", "1585851005x", "١٥٨٥٨٥١٠٠٥٥", "15858510²55"])
def test_only_digits_are_digits(text: str) -> None:
    assert broken_rule(text) is Rule.DIGITS


@pytest.mark.parametrize("text", [SYNTHETIC[:-1], SYNTHETIC + "00"])
def test_eleven_digits_or_twelve(text: str) -> None:
    assert broken_rule(text) is Rule.LENGTH


@pytest.mark.parametrize("six", ["008185", "328185", "318485", "299325", "150085", "159385", "728185"])
def test_the_first_six_are_a_date(six: str) -> None:
    assert broken_rule(first_with(six, range(499))) is Rule.DATE


def test_the_twenty_ninth_of_february_exists_in_leap_years() -> None:
    assert read(first_with("298284", range(499))).born_on == date(1984, 2, 29)
    assert broken_rule(first_with("298285", range(499))) is Rule.DATE


@given(st.integers(0, 10), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(place: int, add: int) -> None:
    wrong = str((int(SYNTHETIC[place]) + add) % 10)
    text = SYNTHETIC[:place] + wrong + SYNTHETIC[place + 1 :]
    # the date's digits can also make a day or month that is none
    assert broken_rule(text) in (Rule.CHECK_DIGITS, Rule.DATE)


def test_the_last_digit_is_checked_by_itself() -> None:
    assert broken_rule(SYNTHETIC[:-1] + str((int(SYNTHETIC[-1]) + 1) % 10)) is Rule.CHECK_DIGITS


@pytest.mark.parametrize(("remainder", "is_taken"), [(0, True), (1, True), (2, True), (3, True), (4, False)])
def test_numbers_issued_from_2032_have_a_first_remainder_up_to_three(remainder: int, is_taken: bool) -> None:
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    for eleven in filter(None, (with_check_digits(f"158585{n}") for n in range(100, 200))):
        first = int(eleven[9]) + remainder
        ten = f"{eleven[:9]}{first}"
        second = -sum(weight * int(digit) for weight, digit in zip(weights, ten, strict=False)) % 11
        if first < 10 and second < 10:
            break
    if is_taken:
        assert read(f"{ten}{second}").kind is Kind.SYNTHETIC
    else:
        assert broken_rule(f"{ten}{second}") is Rule.CHECK_DIGITS


def test_a_series_is_taken_only_where_it_is_allowed() -> None:
    real = first_with("150585", range(499))

    assert broken_rule(SYNTHETIC, synthetic=False) is Rule.SERIES
    assert broken_rule(real, real=False) is Rule.SERIES
    assert read_national_id(SYNTHETIC, real=False, synthetic=True).kind is Kind.SYNTHETIC
    assert read_national_id(real, real=True, synthetic=False).kind is Kind.FODSELSNUMMER


def test_a_duf_number_has_twelve_digits_and_tells_no_birth_date() -> None:
    text = duf("2019123456")

    assert read(text) == NationalId(text, Kind.DUF, None)
    assert broken_rule(text[:-1] + str((int(text[-1]) + 1) % 10)) is Rule.CHECK_DIGITS
    assert broken_rule(duf("1899123456")) is Rule.DATE
    assert broken_rule(duf("2101123456")) is Rule.DATE


@given(st.integers(0, 999_999_999))
def test_check_digits_made_here_hold(nine: int) -> None:
    eleven = with_check_digits(f"{nine:09}")

    if eleven is not None:
        try:
            read(eleven)
        except NotANationalId as refused:
            assert refused.rule is Rule.DATE


def test_some_nine_digits_have_no_check_digits() -> None:
    assert any(with_check_digits(f"158585{n:03}") is None for n in range(100))


def test_every_rule_has_its_sentence() -> None:
    assert set(NATIONAL_ID_SENTENCES) == set(Rule)
    assert len({str(sentence) for sentence in NATIONAL_ID_SENTENCES.values()}) == len(Rule)


def test_this_instance_takes_the_series_of_its_setting() -> None:
    with override_settings(NATIONAL_ID_SERIES=frozenset({"synthetic"})):
        assert identify(SYNTHETIC).kind is Kind.SYNTHETIC

    with override_settings(NATIONAL_ID_SERIES=frozenset({"real"})), pytest.raises(NotIdentified) as refused:
        identify(SYNTHETIC, field="members-0-national_id")

    assert (refused.value.rule, refused.value.field) == (Rule.SERIES, "members-0-national_id")
    assert str(refused.value) == str(NATIONAL_ID_SENTENCES[Rule.SERIES])
