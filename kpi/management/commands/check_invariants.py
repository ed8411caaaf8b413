"""`manage.py check_invariants`: what must hold in the data, or the rows that break it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kpi.invariants import INVARIANTS, broken


class Command(BaseCommand):
    help = "Check every invariant of the data. Exit status 1 with each broken one and its rows."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(broken(timezone.now()))
        for invariant, rows in found:
            self.stderr.write(f"broken: {invariant.sentence}")
            for row in rows:
                self.stderr.write(f"  {row}")
        if found:
            raise CommandError(f"{len(found)} of {len(INVARIANTS)} invariants do not hold")
        self.stdout.write(f"all {len(INVARIANTS)} invariants hold")
