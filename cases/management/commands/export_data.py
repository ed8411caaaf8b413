"""`manage.py export_data`: everything registered, as the files that import reads (docs/import.md)."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.exports.files import export_data
from people.models import Employee, Household
from people.read_log import write_command

log = logging.getLogger("varig.read")


class Command(BaseCommand):
    help = "Write everything registered as CSV files that import_data reads (docs/import.md)."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder to write into; made where it is missing")
        parser.add_argument("--reason", default="", help="why; asked for in production")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if settings.PRODUCTION and not reason:
            raise CommandError("The files hold names and national ids: say why with --reason.")
        if options["path"].exists() and not options["path"].is_dir():
            raise CommandError(f"{options['path']} is not a folder.")
        write_command(Household.objects.all(), by=Employee.objects.get(username="command"), route="export_data")
        counts = export_data(options["path"])
        told = ", ".join(f"{file} {count}" for file, count in counts.items())
        log.info("command export_data: %s; reason: %s", told, reason or "none given")
        for file, count in counts.items():
            self.stdout.write(f"{file}: {count} written")
