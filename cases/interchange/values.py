"""What a cell's text means, and how a value is written in a cell. Pure: standard library only.

A cell that cannot be read says why without repeating what could be a name or a national id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

#: Text with its spaces stripped, never empty → the value.
Reader = Callable[[str], object]

#: Outside these years a date is a slip of the keyboard, and some three months on would be no date at all.
FIRST_YEAR, LAST_YEAR = 1850, 2199

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LIKE_A_DATE = re.compile(r"[\d./: -]{1,20}", re.ASCII)
_LIKE_A_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_LIKE_A_NATIONAL_ID = re.compile(r"(?<!\d)(\d[ .-]?){10,11}\d(?!\d)", re.ASCII)


class CannotRead(ValueError):
    """The cell's text is not what its column asks for; the message says what is asked for."""


def day(text: str) -> date:
    """:raises CannotRead: unless it is an ISO date"""
    if _ISO.fullmatch(text):
        try:
            read = date.fromisoformat(text)
        except ValueError:
            raise CannotRead(f"{text} is not a date in the calendar") from None
        if not FIRST_YEAR <= read.year <= LAST_YEAR:
            raise CannotRead(f"{text} is not between {FIRST_YEAR} and {LAST_YEAR}")
        return read
    is_harmless = _LIKE_A_DATE.fullmatch(text) and not _LIKE_A_NATIONAL_ID.search(text)
    raise CannotRead(f"{text if is_harmless else 'the text'} is not a date (write 2026-03-01)")


def yes_no(text: str) -> bool:
    """:raises CannotRead: unless it is yes or no"""
    if text not in ("yes", "no"):
        raise CannotRead(f"{_shown(text)} is not a known code (allowed: yes, no)")
    return text == "yes"


def code(allowed: Iterable[str]) -> Reader:
    """Reads one of the allowed codes."""
    codes = tuple(allowed)

    def read(text: str) -> str:
        if text not in codes:
            raise CannotRead(f"{_shown(text)} is not a known code (allowed: {', '.join(codes)})")
        return text

    return read


def plain(longest: int) -> Reader:
    """Reads text of at most so many characters."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise CannotRead(f"the text is longer than {longest} characters")
        if "\x00" in text:
            raise CannotRead("the text holds a character that is none (NUL)")
        return one_kind_of_line(text)

    return read


def number(least: int, greatest: int) -> Reader:
    """Reads a whole number within limits, both included."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= greatest):
            raise CannotRead(f"not a whole number between {least} and {greatest}")
        return int(text)

    return read


def municipality(text: str) -> str:
    """:raises CannotRead: unless it is four digits"""
    if not re.fullmatch(r"[0-9]{4}", text):
        raise CannotRead("a municipality is a number of four digits")
    return text


def written(value: object) -> str:
    """The text of a cell that reads as this value."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
    # as reading leaves it: a second export shall be the same file
    return one_kind_of_line(str(value)).strip()


def one_kind_of_line(text: str) -> str:
    """Lines end as the files' own do, whatever a browser or a spreadsheet wrote."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown_ref(ref: str) -> str:
    """A ref as a message may show it: not what looks like a national id in the wrong column."""
    return "(not shown: looks like a national id)" if _LIKE_A_NATIONAL_ID.search(ref) else ref


def _shown(text: str) -> str:
    return text if _LIKE_A_CODE.fullmatch(text) else "the text"
