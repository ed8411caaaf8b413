"""`manage.py night_list`: write the list of who sleeps where now, for the night when nothing else works."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.actions.night_lists import write_list
from people.models import Employee, Unit


class Command(BaseCommand):
    help = "Write who sleeps where tonight as a PDF: of one unit, or of each that has an hour for it."
    # whoever asks may be in a hurry
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", default="", help="the unit's reference")
        parser.add_argument("--to", type=Path, help="the folder to write into; VARIG_NIGHT_LISTS unless said")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["to"] or settings.NIGHT_LISTS
        if folder is None:
            raise CommandError("Say where with --to, or set VARIG_NIGHT_LISTS.")
        units = Unit.objects.filter(ref=options["unit"]) if options["unit"] else _with_an_hour()
        if not units:
            raise CommandError("There is no such unit." if options["unit"] else "No unit has an hour: say --unit.")
        by = Employee.objects.get(username="command")
        for unit in units:
            self.stdout.write(str(write_list(unit, folder, by=by, at=timezone.now())))


def _with_an_hour() -> list[Unit]:
    return list(Unit.objects.filter(night_list_hour__isnull=False).order_by("pk"))
