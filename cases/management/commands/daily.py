"""`manage.py daily`: the first job of the day, to be run a little after midnight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.actions.calendar import calendar, effect_due
from cases.actions.inspections import close_expired
from cases.actions.nightly import settle_tasks
from cases.actions.offers import expire_offers
from cases.nightly import jobs
from housing.actions.spells import spell_differences
from people.actions.protection import tell_of_ended_protection


class Command(BaseCommand):
    help = "Bring cases to the state of the day, forget ended sessions, hold what is stored against what it must be."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{effect_due(at=timezone.now())} cases changed state")
        self.stdout.write(f"{close_expired(at=timezone.now())} inspections closed")
        asked = tell_of_ended_protection(by=calendar(), at=timezone.now())
        self.stdout.write(f"{asked} asked about protection that has ended")
        self.stdout.write(f"{expire_offers(by=calendar(), at=timezone.now())} offers not answered in time")
        tasks = settle_tasks(at=timezone.now())
        self.stdout.write(f"{tasks.opened} tasks opened, {tasks.closed} closed, {tasks.escalated} for the leader")
        for job in jobs():
            self.stdout.write(job(timezone.now()))
        # a session holds what was typed and not yet sent
        call_command("clearsessions")
        if failures := [*self._spells(), *self._evidence()]:
            raise CommandError("; ".join(failures))

    def _spells(self) -> Iterator[str]:
        differences = spell_differences()
        for found in differences:
            self.stderr.write(f"{found.side}: household {found.household} {found.state} {found.starts_on}")
        if differences:
            yield f"{len(differences)} differences between stored spells and the derivation"
        else:
            self.stdout.write("stored spells equal the derivation")

    def _evidence(self) -> Iterator[str]:
        """The head last: it is written also when something was found, and shows when it was."""
        for command in ("reconcile", "verify_log", *(["write_head"] if settings.HEADS else [])):
            try:
                call_command(command, stdout=self.stdout, stderr=self.stderr)
            except CommandError as failure:
                yield str(failure)
