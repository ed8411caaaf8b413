"""Shapes that the components in `templates/components` draw (see docs/components.md).

Plain values, already translated: a view fills them, a template shows them. They know no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way on from a line; without an address it only says something. `color` makes the words a tag."""

    label: str
    url: str = ""
    color: str = ""


@dataclass(frozen=True, kw_only=True)
class Struck:
    """What was written before, with who corrected it, when and why."""

    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One dated line of a timeline. `on` to `until` is half-open; `correction` says why a struck fact was corrected.

    `text` keeps its lines; `earlier` is what it said before, oldest first.
    """

    on: date
    title: str
    body: str = ""
    until: date | None = None
    kind: str = ""
    by: str = ""
    at: datetime | None = None
    is_struck: bool = False
    correction: str = ""
    url: str = ""
    text: str = ""
    earlier: Sequence[Struck] = ()
    links: Sequence[Link] = ()


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Something one must know before acting; `kind` is one of `FLAG_KINDS`, `label` replaces its usual words."""

    kind: str
    label: str = ""


#: Flags in the order they are always shown.
FLAG_KINDS = ("protected", "own_employee", "safety", "guardian", "interpreter")


@dataclass(frozen=True, kw_only=True)
class HouseholdHeader:
    """What stands on top of every page of a household (visittkort). Days are whole days, nights whole nights."""

    name: str
    url: str
    national_id: str = ""
    age: int | None = None
    adults: int = 0
    children: int = 0
    state: str = ""
    state_label: str = ""
    days: int | None = None
    limit_on: date | None = None
    is_breach: bool = False
    homeless_since: date | None = None
    nights_in_year: int | None = None
    owner: str = ""
    next_deadline: date | None = None
    next_deadline_label: str = ""
    is_deadline_late: bool = False
    is_name_hidden: bool = False
    flags: Sequence[Flag] = ()


@dataclass(frozen=True)
class Crumb:
    """One step on the way here, outermost first."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One page of several about the same thing."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Counter:
    """How many are in one state, leading to exactly those."""

    label: str
    value: int
    url: str
    is_chosen: bool = False
    note: str = ""
    color: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A chosen filter and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One answer to check, and where to change it."""

    label: str
    value: Any
    change_url: str = ""
    change_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A part of a list: `rows` are number `first` to `last` of `total` (`None` when not counted); cursors or `None`."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int | None = None
    previous: str | None = None
    next: str | None = None
