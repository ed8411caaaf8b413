"""Reading what is typed after a command."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError

from people.models import Municipality


def iso_date(text: str) -> date:
    """:raises ArgumentTypeError: unless it is a date as 2026-03-01"""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2026-03-01") from None


def known_municipality(number: str) -> str:
    """:raises CommandError: unless it is the number of a municipality"""
    if not Municipality.objects.filter(pk=number).exists():
        raise CommandError(f"There is no municipality {number}; write its number with four digits.")
    return number
