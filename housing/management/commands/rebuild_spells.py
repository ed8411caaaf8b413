"""`manage.py rebuild_spells`: derive every spell anew, or compare what is stored with the derivation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housing.actions.spells import rebuild, spell_differences


class Command(BaseCommand):
    help = "Derive all spells from residences. With --verify only compare, and fail on any difference."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true", help="change nothing; exit status 1 on a difference")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["verify"]:
            self.stdout.write(f"{rebuild()} spells written")
            return
        differences = spell_differences()
        for difference in differences:
            self.stderr.write(
                f"{difference.side}: household {difference.household} {difference.state} {difference.starts_on}"
            )
        if differences:
            raise CommandError(f"{len(differences)} differences between stored spells and the derivation")
        self.stdout.write("stored spells equal the derivation")
