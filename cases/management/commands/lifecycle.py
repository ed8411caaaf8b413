"""`manage.py lifecycle`: write docs/lifecycle.md from the state machines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.lifecycle import lifecycle


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the state machines."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "lifecycle.md"
        file.write_text(lifecycle(), encoding="utf-8")
        self.stdout.write(f"{file.relative_to(settings.BASE_DIR)} written")
