"""`manage.py demo`: one invented municipality to look around in (docs/demo.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.timezone import get_current_timezone, localdate

from cases.actions.calendar import effect_due
from cases.demo.above import additions
from cases.demo.building import build
from cases.demo.town import sign_ins
from people.command_line import iso_date
from people.models import Household

PASSWORD = "varig-demo-2026"  # noqa: S105 - invented people only, and refused in production
#: About as many as come to a middle-sized municipality in two years.
HOUSEHOLDS = 560
#: The hour at which an earlier day than today ends.
CLOSING_HOUR = 15


class Command(BaseCommand):
    help = "Fill an empty database with one invented municipality (docs/demo.md). Never in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are households already")
        parser.add_argument("--households", type=int, default=HOUSEHOLDS, metavar="N", help="about how many")
        parser.add_argument("--on", type=iso_date, metavar="DATE", help="the day it ends at; today unless told")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo is for development: its people are invented and its password is known.")
        if not Household.objects.exists():
            self._build(options["households"], _edge(options["on"]))
        elif not options["if_empty"]:
            raise CommandError("There are households already: the demo needs an empty database.")
        self._tell_sign_ins()

    def _build(self, households: int, edge: datetime) -> None:
        months: set[str] = set()

        def heard(moment: datetime) -> None:
            month = f"{localdate(moment):%Y-%m}"
            if month not in months:
                months.add(month)
                self.stderr.write(f"{month}: {Household.objects.count()} households")

        with transaction.atomic():
            # nobody has statistics of rows that are not committed: left to itself the planner reads whole tables
            connection.cursor().execute("SET LOCAL enable_seqscan = off")
            built = build(households=households, edge=edge, password=PASSWORD, heard=heard)
            effect_due(at=timezone.now())
            for add in additions():
                add(edge)
        self.stderr.write(f"{localdate(edge)}: {built} households, all of them invented")

    def _tell_sign_ins(self) -> None:
        rows = [(one.username, one.role.value, PASSWORD, one.name) for one in sign_ins()]
        rows.insert(0, ("user name", "role", "password", "name"))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            self.stdout.write("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _edge(day: date | None) -> datetime:
    """Now, or the end of the working day on an earlier one."""
    now = timezone.now()
    if day is None or day == localdate(now):
        return now
    if day > localdate(now):
        raise CommandError("The demo cannot end on a day that has not come.")
    return datetime.combine(day, time(CLOSING_HOUR), tzinfo=get_current_timezone())
