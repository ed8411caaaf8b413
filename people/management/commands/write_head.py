"""`manage.py write_head`: the ledger's last number and hash, written where the database's owner cannot change them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.evidence.chain import file_of, write_head


class Command(BaseCommand):
    help = "Write the day's head of the ledger to a folder outside the database. A head is never written over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.HEADS, metavar="FOLDER", help="else VARIG_HEADS")

    def handle(self, *, to: Path | None, **options: Any) -> None:
        if to is None:
            raise CommandError("Say where: --to FOLDER, or set VARIG_HEADS.")
        now = timezone.now()
        day = timezone.localdate(now)
        try:
            written = write_head(to, day=day, at=now)
        except OSError as error:
            raise CommandError(f"The head could not be written: {error}") from error
        name = file_of(to, day).name
        self.stdout.write(f"{name}: number {written.number}" if written else f"{name} is written already")
