"""`manage.py destroy`: carry out an approved destruction list, as the owner of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.actions.destroying import NotApproved, carry_out
from people.owner import as_owner


class Command(BaseCommand):
    help = "Destroy what is on a list that one person proposed and another approved. It cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", type=int, required=True, dest="number", metavar="NUMBER", help="which list")

    def handle(self, *, number: int, **options: Any) -> None:
        with as_owner():
            try:
                done = carry_out(list_id=number, at=timezone.now())
            except NotApproved as error:
                raise CommandError(f"There is no approved list {number} that waits to be carried out.") from error
            households = done.protocol["households"]
            self.stdout.write(
                f"{households['destroyed']} households destroyed, {sum(households['kept'].values())} kept"
            )
            self.stdout.write(f"protocol {done.sha256}")
