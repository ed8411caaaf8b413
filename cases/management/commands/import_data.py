"""`manage.py import_data`: other systems' files in, all or nothing (docs/import.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import IntegrityError
from django.utils import timezone

from cases.imports.faults import CannotImport, Fault
from cases.imports.importing import Imported, import_data, try_import
from cases.imports.sheets import sheets_in
from people.models import Employee
from people.refusals import REFUSABLE, refusal_of


class Command(BaseCommand):
    help = "Read a folder of CSV files or a workbook in, all or nothing (docs/import.md)."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder of CSV files, or one .xlsx with a sheet per file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and change nothing")
        parser.add_argument("--diff", action="store_true", help="say of each dwelling that is changed what it becomes")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            imported = self._import(options["path"], is_dry_run=options["dry_run"])
        except CannotImport as error:
            self._list([*error.warnings, *error.faults])
            self.stderr.write(f"Faults: {len(error.faults)}. Nothing was imported.")
            sys.exit(1)
        except REFUSABLE as error:
            raise CommandError(f"Nothing was imported. {_sentence(error)}") from error
        self._list(imported.warnings)
        created, changed = ("would be created", "would be changed") if options["dry_run"] else ("created", "changed")
        for count in imported.counts:
            told = f"{count.created} {created}, {count.changed} {changed}, {count.left_alone} left alone"
            self.stdout.write(f"{count.file}: {told}")
        for difference in imported.differences if options["diff"] else ():
            told = ", ".join(f"{name} {_shown(was)} → {_shown(will)}" for name, was, will in difference.columns)
            self.stdout.write(f"{difference.file} {difference.key}: {told}")

    @staticmethod
    def _import(path: Path, *, is_dry_run: bool) -> Imported:
        sheets = sheets_in(path)
        if is_dry_run:
            return try_import(sheets=sheets)
        return import_data(sheets=sheets, by=Employee.objects.get(username="import"), at=timezone.now())

    def _list(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.stderr.write(str(fault))


def _shown(value: object) -> str:
    return "(empty)" if value in (None, "") else str(value)


def _sentence(error: Exception) -> str:
    """What the database's refusal of rows that were checked comes from: what was saved while they were written.

    :raises Exception: the error itself, where it is no refusal
    """
    if refusal := refusal_of(error):
        return str(refusal.message)
    if isinstance(error, IntegrityError):
        return "Somebody else registered the same meanwhile: try again."
    raise error
