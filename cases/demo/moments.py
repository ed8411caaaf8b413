"""The moment a story has come to, and how it goes on: never back in time, and never past the edge on its own day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import get_current_timezone, localdate

from people.working_days import is_working_day

#: Minutes between two acts of one sitting.
SITTING = 4
#: How long before the edge the acts of its last day begin, in minutes.
LAST_SITTING = 55


class Moments:
    """A clock of one's own, before any story until one begins; `edge` is the moment the demo ends at."""

    def __init__(self, rng: Random, *, edge: datetime) -> None:
        self.rng, self.edge, self.edge_day = rng, edge, localdate(edge)
        self.at = datetime.min.replace(year=2000, tzinfo=get_current_timezone())

    @property
    def today(self) -> date:
        return localdate(self.at)

    def until(self, day: date) -> datetime:
        """Some time in the forenoon of a day; on the edge's own day before the edge. Never back in time."""
        zone = get_current_timezone()
        moment = datetime.combine(day, time(9, self.rng.randrange(60)), tzinfo=zone)
        moment += timedelta(hours=self.rng.randrange(4))
        if day == self.edge_day:
            midnight = datetime.combine(day, time(), tzinfo=zone)
            moment = max(self.edge - timedelta(minutes=LAST_SITTING - self.rng.randrange(10)), midnight)
        self.at = max(moment, self.at)
        return self.at

    def begin(self, days_before: int) -> datetime:
        """The life's first moment, so many days before the edge."""
        return self.until(self.edge_day - timedelta(days=days_before))

    def wait(self, days: int) -> datetime:
        return self.until(self.today + timedelta(days=days))

    def office_day(self, day: date) -> datetime:
        """The last working day not after `day`, when it is still ahead."""
        while not is_working_day(day) and day > self.today:
            day -= timedelta(days=1)
        return self.until(day)

    def sitting(self) -> datetime:
        """A few minutes later, the same day, and not after the edge."""
        self.at = max(min(self.at + timedelta(minutes=SITTING), self.edge), self.at)
        return self.at
