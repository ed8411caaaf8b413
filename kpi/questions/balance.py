"""The homeless by name: from residences to runs, months and groups, as somebody who may see figures sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housing.spells import GAP_NIGHTS
from housing.states import Kind, State, state_of
from kpi.balance import Came, Month, Range, Run, Went, months_of, within
from kpi.measurement import Contribution, Period, Question, rows_of
from kpi.questions.households import Row, rows_of_households, those_told
from people.components import Page
from people.models import Employee, Household
from people.parts import part_of

CAME: dict[Came, str | Promise] = {
    Came.NEW: _("New"),
    Came.SPLIT: _("Split from another household"),
    Came.RETURNED: _("Back after a lasting home"),
    Came.FROM_INSTITUTION: _("Back from prison or institution"),
    Came.FROM_ELSEWHERE: _("Back from elsewhere"),
    Came.INTO_GROUP: _("Came into the group or the unit"),
}
WENT: dict[Went, str | Promise] = {
    Went.HOME: _("To a lasting home"),
    Went.INSTITUTION: _("To prison or institution"),
    Went.ELSEWHERE: _("To another place"),
    Went.NOT_KNOWN: _("Nothing registered since"),
    Went.OUT_OF_GROUP: _("Left the group or the unit"),
}
_RUNS = (Path(__file__).parent.parent / "sql" / "by_name.sql").read_text("utf-8")


class Group(StrEnum):
    """Whom the list can be narrowed to."""

    EVERYBODY = ""
    FAMILIES = "families"
    YOUNG = "young"
    RELEASED = "released"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The runs that touch some months, and in which time each household is of a group."""

    runs: tuple[Run, ...]
    families: dict[int, Sequence[Range]]
    young: dict[int, Sequence[Range]]
    released: frozenset[tuple[int, date]]

    def of(self, group: Group) -> list[Run]:
        if group is Group.FAMILIES:
            return within(self.runs, self.families)
        if group is Group.YOUNG:
            return within(self.runs, self.young)
        if group is Group.RELEASED:
            return [run for run in self.runs if (run.household, run.starts_on) in self.released]
        return list(self.runs)


def known_of(question: Question, months: Sequence[Range]) -> Known:
    """Everybody homeless in the months, in one statement; of a unit, while it answered for them."""
    whole = Period(months[0][0], months[-1][1])
    rows = rows_of(question, [whole], f",\n{_RUNS}")
    runs = [_run(row) for row in rows]
    if question.unit is not None:
        runs = within(runs, {row[0]: _ranges(row[13]) for row in rows})
    released = {(row[0], row[1]): row[2] for row in rows if row[5] in (Kind.PRISON, Kind.INSTITUTION)}
    return Known(
        runs=tuple(runs),
        families={row[0]: _ranges(row[11]) for row in rows},
        young={row[0]: _ranges(row[12]) for row in rows},
        released=frozenset(
            (run.household, run.starts_on)
            for run in runs
            if any(
                household == run.household and starts_on <= run.starts_on < ends_on
                for (household, starts_on), ends_on in released.items()
            )
        ),
    )


def balance(known: Known, months: Sequence[Range], group: Group = Group.EVERYBODY) -> list[Month]:
    return months_of(known.of(group), months)


def _run(row: Sequence[Any]) -> Run:
    household, starts_on, ends_on, is_again, is_split = row[:5]
    return Run(
        household=household,
        starts_on=starts_on,
        ends_on=ends_on,
        came=_came(row[5:8], is_again=is_again, is_split=is_split),
        went=None if ends_on == date.max else _went(row[8:11], ends_on),
    )


def _came(previous: Sequence[Any], *, is_again: bool, is_split: bool) -> Came:
    if not is_again:
        return Came.SPLIT if is_split and previous[0] is None else Came.NEW
    state = state_of(Kind(previous[0]), previous[1], previous[2])
    return {State.PERMANENT: Came.RETURNED, State.INSTITUTION: Came.FROM_INSTITUTION}.get(state, Came.FROM_ELSEWHERE)


def _went(after: Sequence[Any], ends_on: date) -> Went:
    """Where to, when it began at once or within the nights that a stay tolerates."""
    if after[0] is None or (after[1] - ends_on).days > GAP_NIGHTS:
        return Went.NOT_KNOWN
    state = state_of(Kind(after[0]), after[1], after[2])
    if state in (State.TEMPORARY, State.HOMELESS):
        return Went.NOT_KNOWN
    return {State.PERMANENT: Went.HOME, State.INSTITUTION: Went.INSTITUTION}.get(state, Went.ELSEWHERE)


def _ranges(days: Iterable[Sequence[date]] | None) -> list[Range]:
    return [(first, last) for first, last in days or ()]


@dataclass(frozen=True, kw_only=True)
class NameRow:
    """A row of a list by name: since when homeless, how it came and how it ended."""

    row: Row
    since: date | None
    until: date | None
    came: Came | None
    went: Went | None

    @property
    def came_words(self) -> str | Promise:
        return CAME[self.came] if self.came else ""

    @property
    def went_words(self) -> str | Promise:
        return WENT[self.went] if self.went else ""


@dataclass(frozen=True, kw_only=True)
class Names:
    """A part of a list. `hidden`: how many more there are, told of a whole municipality's alone, of no group."""

    page: Page
    hidden: int | None


def names_of(
    ids: Iterable[int],
    known: Sequence[Run],
    question: Question,
    period: Period,
    employee: Employee,
    *,
    is_whole: bool,
    at: datetime,
    after: str | None,
    before: str | None,
) -> Names:
    """Of these households, those that the employee is told of: first the ones one may open."""
    everyone = set(ids)
    refs = dict(Household.objects.filter(pk__in=everyone).values_list("pk", "ref"))
    found = [Contribution(pk, ref, 1) for pk, ref in refs.items()]
    told = those_told(found, question, employee, is_special=False, at=at)
    page = part_of(told.listed, after=after, before=before)
    rows = rows_of_households(page.rows, told.visible, question, period, employee, at=at)
    runs = _last_runs(known, period)
    shown = [_named(row, runs.get(row.household_id)) for row in rows]
    return Names(
        page=replace(page, rows=shown),
        hidden=len(everyone) - len(told.listed) if is_whole and question.unit is None else None,
    )


def _last_runs(runs: Sequence[Run], period: Period) -> dict[int, Run]:
    met = [run for run in runs if run.starts_on < period.ends_on and run.ends_on >= period.starts_on]
    return {run.household: run for run in sorted(met, key=lambda run: run.starts_on)}


def _named(row: Row, run: Run | None) -> NameRow:
    is_over = run is not None and run.ends_on != date.max
    return NameRow(
        row=row,
        since=run.starts_on if run else None,
        until=run.ends_on if run and is_over else None,
        came=run.came if run else None,
        went=run.went if run and is_over else None,
    )
