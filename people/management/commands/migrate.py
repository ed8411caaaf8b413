from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.core.management.commands import migrate

from people.owner import as_owner


class Command(migrate.Command):
    """Migrates as the owner; only looking (--check, --plan) is what a web container may do before it starts."""

    def handle(self, *args: Any, **options: Any) -> None:
        only_looking = options["check_unapplied"] or options["plan"]
        with nullcontext() if only_looking else as_owner(options["database"]):
            super().handle(*args, **options)
