"""`manage.py verify_log`: is the ledger whole, and are history and read log what was entered in it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people.evidence.verification import Finding, destroyed, entered_anew, verify, verify_heads


class Command(BaseCommand):
    help = "Hold the ledger against itself, history, the read log, and the heads kept outside. Fails when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, default=settings.HEADS, metavar="FOLDER", help="else VARIG_HEADS")

    def handle(self, *, heads: Path | None, **options: Any) -> None:
        for table, at, columns in entered_anew():
            self.stdout.write(f"{table}: every row was entered anew at {at} UTC, when these columns went: {columns}")
        for table, number, gone, bared in destroyed():
            self.stdout.write(f"{table}: destroyed by list {number}: {gone} rows gone, {bared} bared")
        found = 0
        for finding in self._findings(heads):
            self.stderr.write(str(finding))
            found += 1
        if found:
            raise CommandError(f"{found} findings: the record is not as it was written")
        self.stdout.write("the record is as it was written" + ("" if heads else "; no heads to hold it against"))

    def _findings(self, heads: Path | None) -> Iterator[Finding]:
        yield from verify()
        if heads is None:
            return
        try:
            yield from verify_heads(heads)
        except OSError as error:
            yield Finding("heads", str(heads), f"cannot be read: {error.strerror}")
