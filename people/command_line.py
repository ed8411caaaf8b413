"""Reading what is typed after a command."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError

from people.models import Municipality
from people.succession import followed_by

#: Joining stays over a longer break has no meaning, and a number without bound would leave the calendar.
LONGEST_GAP = 366


def iso_date(text: str) -> date:
    """:raises ArgumentTypeError: unless it is a date as 2026-03-01"""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2026-03-01") from None


def gap_nights(text: str) -> int:
    """:raises ArgumentTypeError: unless it is a whole number of nights, 0 up to those of a year"""
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST_GAP):
        raise ArgumentTypeError(f"{text!r} is no number of nights from 0 to {LONGEST_GAP}")
    return int(text)


def known_municipality(number: str) -> str:
    """:raises CommandError: unless it is the number of a municipality"""
    if not Municipality.objects.filter(pk=number).exists():
        raise CommandError(f"There is no municipality {number}; {what_instead(number)}.")
    return number


def what_instead(number: str) -> str:
    """What to write in place of a number that no municipality has."""
    followers = followed_by(number)
    return f"it is now {' and '.join(followers)}" if followers else "write its number with four digits"
