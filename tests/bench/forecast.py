"""The forecast against the simplest guess, on generated histories: `python -m tests.bench.forecast`.

Prints, for each kind of history, by how much each was wrong on average, the ratio, and how often what came lay in the
range that was stated (four in five is what it says). Needs no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, tau
from random import Random

from kpi.backtesting import Trial, trials, tried
from kpi.forecasting import Past

FIRST, LAST = date(2021, 1, 1), date(2026, 11, 1)


@dataclass(frozen=True)
class Town:
    """How a generated municipality is: how many come a day, how that swings over the year, and how it changes.

    `leave`: the chance of a night being the last, in the first month, up to three months, and after.
    """

    name: str
    a_day: float
    leave: tuple[float, float, float] = (0.02, 0.012, 0.006)
    swing: float = 0.0
    growth: float = 0.0


TOWNS = (
    Town("small", 0.12),
    Town("middling", 0.6),
    Town("large", 3.0),
    Town("with winters", 0.6, swing=0.5),
    Town("growing", 0.6, growth=0.4),
    Town("slow", 0.4, leave=(0.008, 0.008, 0.008)),
)


def history(town: Town, seed: int = 1) -> list[Past]:
    random = Random(seed)
    return sorted(_stays(town, random), key=lambda one: (one.starts_on, one.ends_on or date.max))


def _stays(town: Town, random: Random) -> Iterator[Past]:
    for number in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=number)
        expected = town.a_day * (1 + town.swing * cos(tau * day.timetuple().tm_yday / 365))
        expected *= (1 + town.growth) ** (number / 365 / 5)
        for _ in range(_poisson(expected, random)):
            ends_on = day + timedelta(days=_nights(town, random))
            yield Past(day, ends_on if ends_on <= LAST else None)


def _nights(town: Town, random: Random) -> int:
    nights = 1
    while random.random() > town.leave[0 if nights <= 30 else 1 if nights <= 90 else 2]:
        nights += 1
    return nights


def _poisson(mean: float, random: Random) -> int:
    """So many as come in a day when each comes by chance."""
    count, waited = 0, random.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + random.expovariate(1)
    return count


def of_town(town: Town, *, seeds: int = 2, evenings: int = 24) -> list[Trial]:
    return trials([one for seed in range(seeds) for one in tried(history(town, seed), LAST, evenings=evenings)])


def main() -> None:
    print(f"{'history':<14}{'asked':<8}{'days':>5}{'evenings':>10}{'error':>8}{'guess':>8}{'ratio':>7}{'within':>8}")
    for town in TOWNS:
        for one in of_town(town):
            ratio = f"{one.ratio:.2f}" if one.ratio is not None else "-"
            print(
                f"{town.name:<14}{one.asked:<8}{one.days:>5}{one.evenings:>10}{one.error:>8.2f}{one.guess_error:>8.2f}"
                f"{ratio:>7}{one.within / one.evenings:>8.0%}"
            )


if __name__ == "__main__":
    main()
