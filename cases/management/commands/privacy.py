"""`manage.py privacy`: write the tables of docs/privacy.md from the manifest."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases.manifest.documentation import with_tables


class Command(BaseCommand):
    help = "Write the tables of docs/privacy.md anew from the manifest."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        document = settings.BASE_DIR / "docs" / "privacy.md"
        document.write_text(with_tables(document.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/privacy.md written")
