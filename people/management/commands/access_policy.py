"""`manage.py access_policy`: write docs/access-policy.md from the roles and the decision on access."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from people.policy import document


class Command(BaseCommand):
    help = "Write docs/access-policy.md from the roles and the decision on access."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.BASE_DIR / "docs" / "access-policy.md"
        with override("en"):
            file.write_text(document(), encoding="utf-8")
        self.stdout.write(f"{file.relative_to(settings.BASE_DIR)} written")
