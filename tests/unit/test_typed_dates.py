from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation

from people.fields import DatedForm, TypedDateField
from people.typed_dates import NoSuchDay, NotADate, read_date

SUNDAY = date(2026, 11, 22)
WORDS = {"today": 0, "i dag": 0, "tomorrow": 1, "i morgen": 1, "i går": -1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.3.26", date(2026, 3, 1)),
        ("01.03.2026", date(2026, 3, 1)),
        ("1. 3. 2026", date(2026, 3, 1)),
        ("1.3.2026.", date(2026, 3, 1)),
        ("1/3/26", date(2026, 3, 1)),
        ("1-3-2026", date(2026, 3, 1)),
        ("1 3 26", date(2026, 3, 1)),
        ("010326", date(2026, 3, 1)),
        ("01032026", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-3-1", date(2026, 3, 1)),
        ("  1.3.26  ", date(2026, 3, 1)),
        ("29.2.28", date(2028, 2, 29)),
        ("today", SUNDAY),
        ("I dag", SUNDAY),
        ("idag", SUNDAY),
        ("i  morgen", date(2026, 11, 23)),
        ("i går", date(2026, 11, 21)),
        ("+14", date(2026, 12, 6)),
        ("+ 14", date(2026, 12, 6)),
        ("+0", SUNDAY),
        ("-3", date(2026, 11, 19)),
        ("−3", date(2026, 11, 19)),  # noqa: RUF001 -- a minus sign pasted from a letter
    ],
)
def test_a_date_is_read_the_way_it_was_typed(typed: str, meant: date) -> None:
    assert read_date(typed, today=SUNDAY, words=WORDS) == meant


@pytest.mark.parametrize(
    "typed", ["soon", "1.3", "1.3.226", "13", "2026", "1.3.26 evening", "++3", "٣.٣.26x", "0103261"]
)
def test_what_is_not_written_as_a_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_date(typed, today=SUNDAY, words=WORDS)


@pytest.mark.parametrize(
    "typed", ["30.2.26", "29.2.26", "310426", "1.13.26", "0.1.26", "2026-02-29", "1.1.0000", "+99999"]
)
def test_a_day_the_calendar_lacks_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        read_date(typed, today=SUNDAY, words=WORDS)


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("010156", SUNDAY, date(2056, 1, 1)),
        ("010157", SUNDAY, date(1957, 1, 1)),
        ("010101", date(2098, 6, 1), date(2101, 1, 1)),
    ],
)
def test_a_two_digit_year_is_at_most_thirty_years_ahead(typed: str, today: date, meant: date) -> None:
    assert read_date(typed, today=today, words={}) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("221126", date(2026, 11, 22)),
        ("231126", date(1926, 11, 23)),
        ("010385", date(1985, 3, 1)),
        ("1.3.2030", date(2030, 3, 1)),
    ],
)
def test_a_birth_dates_two_digit_year_is_a_past_one(typed: str, meant: date) -> None:
    assert read_date(typed, today=SUNDAY, words={}, is_past=True) == meant


class MoveForm(DatedForm):
    moved_on = TypedDateField(label="Moved in", earliest=date(2026, 1, 1), latest=date(2026, 12, 31))
    until = TypedDateField(label="Until", required=False)


def test_a_typed_date_is_cleaned_to_a_date_and_echoed() -> None:
    form = MoveForm({"moved_on": "+1", "until": ""}, today=SUNDAY)

    assert form.is_valid()
    assert form.cleaned_data == {"moved_on": date(2026, 11, 23), "until": None}
    assert form["moved_on"].echo == date(2026, 11, 23)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("soon", "invalid"),
        ("30.2.26", "no_such_day"),
        ("31.12.25", "too_early"),
        ("1.1.27", "too_late"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed: str, code: str) -> None:
    form = MoveForm({"moved_on": typed}, today=SUNDAY)

    [error] = form.errors["moved_on"].as_data()

    assert error.code == code


def test_what_cannot_be_read_is_kept_and_not_echoed() -> None:
    form = MoveForm({"moved_on": "soon"}, today=SUNDAY)

    assert 'value="soon"' in str(form["moved_on"])
    assert form["moved_on"].echo is None  # type: ignore[attr-defined]


def test_a_date_already_there_is_shown_as_one_would_type_it() -> None:
    form = MoveForm(initial={"moved_on": date(2026, 3, 1)}, today=SUNDAY)

    assert 'value="1.3.2026"' in str(form["moved_on"])


def test_the_same_day_typed_otherwise_is_no_change() -> None:
    form = MoveForm({"moved_on": "010326", "until": "x"}, initial={"moved_on": date(2026, 3, 1)}, today=SUNDAY)

    assert form.changed_data == ["until"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_english_words_are_understood_in_every_language(language: str) -> None:
    with translation.override(language):
        form = MoveForm({"moved_on": "Today"}, today=SUNDAY)

        assert form.is_valid()


def test_a_typed_date_that_was_not_given_the_day_says_so() -> None:
    class ForgetfulForm(forms.Form):
        on = TypedDateField()

    with pytest.raises(RuntimeError, match="needs `today`"):
        ForgetfulForm({"on": "1.3.26"}).is_valid()
