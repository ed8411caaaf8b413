"""`manage.py stays`: stays in temporary accommodation as JSON."""

from __future__ import annotations

import json
import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housing.spells import GAP_NIGHTS
from housing.stays import Stay, stays_ended, stays_on
from people.command_line import gap_nights, iso_date, known_municipality
from people.models import Employee, Household
from people.read_log import write_command

log = logging.getLogger("varig.read")


class Command(BaseCommand):
    help = "Stays in temporary accommodation of one municipality, as JSON on standard output (docs/import.md)."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="NNNN")
        when = parser.add_mutually_exclusive_group(required=True)
        when.add_argument("--on", type=iso_date, metavar="DATE")
        when.add_argument("--ended-between", type=iso_date, nargs=2, metavar=("FROM", "TO"))
        parser.add_argument("--gap-nights", type=gap_nights, metavar="N", default=GAP_NIGHTS)

    def handle(self, *args: Any, **options: Any) -> None:
        municipality, gap = known_municipality(options["municipality"]), options["gap_nights"]
        if options["on"]:
            stays = stays_on(municipality, options["on"], gap_nights=gap)
        else:
            starts_on, ends_on = options["ended_between"]
            if ends_on < starts_on:
                raise CommandError(f"period ends before it begins ({starts_on} → {ends_on})")
            stays = stays_ended(municipality, starts_on, ends_on, gap_nights=gap)
        shown = Household.objects.filter(ref__in={stay.household for stay in stays})
        write_command(shown, by=Employee.objects.get(username="command"), route="stays")
        log.info("command stays %s: %d stays", options["municipality"], len(stays))
        self.stdout.write(json.dumps([_row(stay) for stay in stays], ensure_ascii=False, indent=1))


def _row(stay: Stay) -> dict[str, Any]:
    return {
        "household": stay.household,
        "first_night": stay.first_night.isoformat(),
        "limit": stay.limit.isoformat(),
        "nights": stay.nights,
        "days_left": stay.days_left,
        "placements": stay.placements,
        "family": stay.is_family,
        "young": stay.is_young,
    }
