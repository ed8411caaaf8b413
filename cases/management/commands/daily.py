"""`manage.py daily`: the first job of the day, to be run a little after midnight."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.actions.calendar import effect_due
from housing.actions.spells import spell_differences


class Command(BaseCommand):
    help = "Bring cases to the state of the day, forget ended sessions, compare stored spells with the derivation."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{effect_due(at=timezone.now())} cases changed state")
        # a session holds what was typed and not yet sent
        call_command("clearsessions")
        differences = spell_differences()
        for found in differences:
            self.stderr.write(f"{found.side}: household {found.household} {found.state} {found.starts_on}")
        if differences:
            raise CommandError(f"{len(differences)} differences between stored spells and the derivation")
        self.stdout.write("stored spells equal the derivation")
