"""Many stories told side by side, in the order of their moments. Pure: standard library only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import count

#: Does something, then says at which moment it goes on.
Story = Iterator[datetime]


def tell(stories: Iterable[Story], *, until: datetime, heard: Callable[[datetime], None]) -> None:
    """Let every story go on at its moments, the earliest first, and leave those that would go on after `until`.

    `heard` is told the moment before each step.
    """
    numbers = count()
    waiting = [(moment, next(numbers), story) for story in stories if (moment := next(story, None)) is not None]
    heapify(waiting)
    while waiting and waiting[0][0] <= until:
        moment, _number, story = heappop(waiting)
        heard(moment)
        following = next(story, None)
        if following is not None:
            heappush(waiting, (max(moment, following), next(numbers), story))
