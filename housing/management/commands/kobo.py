"""`manage.py kobo`: dwellings to and from Husbanken's Kobo as JSON (docs/kobo.md)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.timezone import localdate

from housing.actions.kobo import CannotReadIn, ReadIn, read_in_kobo
from housing.kobo import FIELDS, to_kobo
from housing.models import Dwelling, DwellingRent
from people.models import Employee, Municipality
from people.refusals import REFUSABLE, refusal_of


class Command(BaseCommand):
    help = "Write the dwellings of a municipality as Kobo takes them, or read Kobo's in (docs/kobo.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["export", "import"])
        parser.add_argument("file", type=Path, help="a JSON file with a list of dwellings")
        parser.add_argument("--municipality", required=True, help="its number, four digits")
        parser.add_argument("--on", type=date.fromisoformat, help="the day the stock is told of, by default today")
        parser.add_argument("--dry-run", action="store_true", help="say what would be read in and change nothing")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(pk=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality {options['municipality']}.")
        on: date = options["on"] or localdate(timezone.now())
        if options["what"] == "export":
            self._export(municipality, options["file"], on)
            return
        try:
            self._import(municipality, options["file"], on, is_dry_run=options["dry_run"])
        except CannotReadIn as error:
            for fault in error.faults:
                self.stderr.write(fault)
            self.stderr.write(f"Faults: {len(error.faults)}. Nothing was read in.")
            sys.exit(1)
        except REFUSABLE as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            raise CommandError(f"Nothing was read in. {refusal.message}") from error

    def _export(self, municipality: Municipality, file: Path, on: date) -> None:
        told = [to_kobo(_facts(one)) for one in _stock(municipality, on)]
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(told)} dwellings written")

    def _import(self, municipality: Municipality, file: Path, on: date, *, is_dry_run: bool) -> None:
        try:
            messages = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be read as JSON") from error
        if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
            raise CommandError(f"{file} is no list of dwellings")
        by, at = Employee.objects.get(username="import"), timezone.now()
        with transaction.atomic():
            done = read_in_kobo(municipality=municipality, messages=messages, by=by, at=at, on=on)
            transaction.set_rollback(is_dry_run)
        self._tell(done, is_dry_run=is_dry_run)

    def _tell(self, done: ReadIn, *, is_dry_run: bool) -> None:
        would = "would be " if is_dry_run else ""
        counts = f"{len(done.created)} {would}created, {len(done.changed)} {would}changed, {done.left_alone} left alone"
        self.stdout.write(counts)
        for ref, differing in done.changed:
            told = ", ".join(f"{name} {_shown(was)} → {_shown(will)}" for name, was, will in differing)
            self.stdout.write(f"{ref}: {told}")


def _stock(municipality: Municipality, on: date) -> QuerySet[Dwelling]:
    rent = DwellingRent.objects.begun(on).filter(dwelling=OuterRef("pk")).values("rent_a_month")[:1]
    ours = Dwelling.objects.ours_on(on).filter(municipality=municipality).order_by("ref")
    return ours.annotate(rent_a_month=Subquery(rent, output_field=IntegerField()))


def _facts(dwelling: Dwelling) -> dict[str, Any]:
    facts = {name: getattr(dwelling, name) for name in FIELDS if name != "is_shared"}
    # Kobo must have a name for it: where the property system has none, ours
    return {**facts, "property_ref": dwelling.property_ref or dwelling.ref}


def _shown(value: object) -> str:
    return "(empty)" if value in (None, "", []) else str(value)
