"""`manage.py measure`: figures as JSON."""

from __future__ import annotations

import json
import logging
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import is_naive, make_aware

from housing.spells import GAP_NIGHTS
from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.declaring import Rule
from kpi.measurement import ALL, Behind, Period, Question, as_json, behind, measure
from people.command_line import gap_nights, iso_date, known_municipality
from people.models import Employee, Household
from people.read_log import write_command

log = logging.getLogger("varig.read")


class Command(BaseCommand):
    help = "Figures of one municipality or all, as JSON on standard output (docs/import.md)."
    # a script waits for it: the pages and the printing of letters that the checks load take seconds
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="NNNN|all")
        parser.add_argument("--from", dest="starts_on", type=iso_date, required=True, metavar="DATE")
        parser.add_argument("--to", dest="ends_on", type=iso_date, required=True, metavar="DATE")
        parser.add_argument("--indicator", nargs="+", action="extend", metavar="CODE")
        parser.add_argument("--rule", choices=[rule.value for rule in Rule], default=Rule.STAY.value)
        parser.add_argument("--gap-nights", type=gap_nights, metavar="N", default=GAP_NIGHTS)
        parser.add_argument("--known-at", type=_moment, metavar="TIMESTAMP")
        parser.add_argument("--list", action="store_true", help="add the households behind each figure")

    def handle(self, *args: Any, **options: Any) -> None:
        question, period = _question(options), Period(options["starts_on"], options["ends_on"])
        if period.ends_on < period.starts_on:
            raise CommandError(f"period ends before it begins ({period.starts_on} → {period.ends_on})")
        if period.ends_on == period.starts_on:
            raise CommandError(f"period has no day ({period.starts_on} → {period.ends_on})")
        unknown = [code for code in options["indicator"] or () if code not in BY_CODE]
        if unknown:
            raise CommandError(f"unknown indicator {', '.join(unknown)}; known are {', '.join(BY_CODE)}")
        wanted = set(options["indicator"] or BY_CODE)
        indicators = [indicator for indicator in CATALOGUE if indicator.code in wanted]
        figures = measure(question, [period], indicators)
        lists = behind(question, period, indicators) if options["list"] else None
        told: set[str] = set()
        for one in lists.values() if lists else ():
            told.update(one.households, one.population)
        shown = Household.objects.filter(ref__in=told)
        write_command(shown, by=Employee.objects.get(username="command"), route="measure")
        log.info("command measure %s: %d figures, lists %s", options["municipality"], len(figures), bool(lists))
        rows = [
            as_json(
                figure,
                question,
                None if lists is None else lists.get((figure.indicator.code, figure.municipality), Behind()),
            )
            for figure in figures
        ]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))


def _question(options: dict[str, Any]) -> Question:
    municipality = None if options["municipality"] == ALL else known_municipality(options["municipality"])
    return Question(
        municipality=municipality,
        rule=Rule(options["rule"]),
        gap_nights=options["gap_nights"],
        known_at=options["known_at"],
    )


def _moment(text: str) -> datetime:
    """A moment as 2026-03-01T12:00 with or without an offset; without one it is Oslo's time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no moment; write it as 2026-03-01T12:00+01:00") from None
    return make_aware(moment) if is_naive(moment) else moment
