"""Building the demo in an empty database: the place first, then everybody's story in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.utils.timezone import localdate

from cases.demo.clock import tell
from cases.demo.program import program
from cases.demo.town import build_town
from people.models import Household

SEED = 2026
#: Municipal dwellings for each household of the demo, and how many the smallest has.
DWELLINGS_A_HOUSEHOLD, FEWEST_DWELLINGS = 0.34, 15


def build(*, households: int, edge: datetime, password: str, heard: Callable[[datetime], None]) -> int:
    """Let about so many households' two years end at `edge`. → how many there are.

    Every fact is written by the act that people use, at the moment it is said to have happened, by one who may.
    """
    town = build_town(
        edge=edge,
        edge_day=localdate(edge),
        password=password,
        dwellings=max(FEWEST_DWELLINGS, round(households * DWELLINGS_A_HOUSEHOLD)),
    )
    tell(program(town, Random(SEED), households=households), until=edge, heard=heard)
    return Household.objects.count()
