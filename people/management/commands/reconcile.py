"""`manage.py reconcile`: does every tracked row say what history says of it last."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.evidence.reconciliation import reconcile


class Command(BaseCommand):
    help = "Hold every tracked row against its last event. Fails when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for finding in reconcile():
            self.stderr.write(str(finding))
            found += 1
        if found:
            raise CommandError(f"{found} rows are not what history says")
        self.stdout.write("every row is what history says")
