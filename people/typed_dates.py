"""Dates as people type them, read without a library and without a clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

#: A two-digit year is read as the one that falls in the hundred years ending this many years from now.
YEARS_AHEAD = 30
#: The farthest that "+n" and "-n" reach, in days.
DAYS_AWAY = 36_600

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_AWAY = re.compile(r"([+\-\u2212])(\d{1,5})")


class NotADate(ValueError):
    """The text is not written as a date."""


class NoSuchDay(ValueError):
    """The text is written as a date, but the calendar lacks that day."""


def read_date(text: str, *, today: date, words: Mapping[str, int], is_past: bool = False) -> date:
    """The day that `text` means on `today`.

    `words` maps a day's name to days from today, such as {"tomorrow": 1}; case and spaces in it do not matter.
    `is_past` reads a two-digit year as the latest that is not after today (birth dates).

    :raises NotADate: when it is not written as a date
    :raises NoSuchDay: for 30 February and the like, or outside the calendar's years
    """
    typed = " ".join(text.split()).rstrip(".")
    days = {_folded(word): away for word, away in words.items()}.get(_folded(typed))
    if days is not None:
        return today + timedelta(days=days)
    if away := _AWAY.fullmatch(typed.replace(" ", "")):
        return _days_away(today, sign=away[1], days=int(away[2]))
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    spaced = re.sub(r"([./\-]) | (?=[./\-])", r"\1", typed)
    if written := _DAY_MONTH_YEAR.fullmatch(spaced) or _DIGITS.fullmatch(typed):
        day, month, year = written.groups()
        return _day(_year(year, int(month), int(day), today=today, is_past=is_past), int(month), int(day))
    raise NotADate(text)


def _folded(word: str) -> str:
    return "".join(word.split()).casefold()


def _days_away(today: date, *, sign: str, days: int) -> date:
    if days > DAYS_AWAY:
        raise NoSuchDay(days)
    return today + timedelta(days=days if sign == "+" else -days)


def _year(text: str, month: int, day: int, *, today: date, is_past: bool) -> int:
    if len(text) == 4:
        return int(text)
    this_century = today.year - today.year % 100 + int(text)
    if is_past:
        return this_century - 100 if (this_century, month, day) > (today.year, today.month, today.day) else this_century
    if this_century > today.year + YEARS_AHEAD:
        return this_century - 100
    # In a century's last years "01" means the year after next, not the one long gone.
    return this_century + 100 if this_century <= today.year + YEARS_AHEAD - 100 else this_century


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(year, month, day) from error
