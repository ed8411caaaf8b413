"""A household's needs mappings: the one to show, what it says area by area, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.models import AreaState, DrugProblem, IncomeSource, MappedArea, MappingArea, NeedsMapping, TrafficLight
from cases.what_runs import Running
from people.models import Household

#: How a component colours each light and state.
LIGHT_COLORS = {TrafficLight.GREEN: "success", TrafficLight.YELLOW: "warning", TrafficLight.RED: "danger"}
STATE_COLORS = {
    AreaState.NOT_STARTED: "neutral",
    AreaState.IN_PROGRESS: "info",
    AreaState.DONE: "success",
    AreaState.NOT_WANTED: "neutral",
}
_ASIDES = {"light": TrafficLight, "income_source": IncomeSource, "drug_problem": DrugProblem}


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What an area, or the code it is asked with, said before."""

    before: str | Promise
    now: str | Promise


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """One area as the page shows it. One of a special class says nothing but how far one has come."""

    area: MappedArea
    title: str
    aside: str | Promise
    is_masked: bool
    changes: list[Changed] = field(default_factory=list)

    @property
    def color(self) -> str:
        return STATE_COLORS[AreaState(self.area.state)]


@dataclass(frozen=True, kw_only=True)
class MappingShown:
    mapping: NeedsMapping
    lines: list[AreaLine]
    last_on: date | None

    @property
    def light_color(self) -> str:
        return LIGHT_COLORS[TrafficLight(self.mapping.light)] if self.mapping.light else "neutral"

    @property
    def left(self) -> int:
        return sum(line.area.is_open for line in self.lines)

    @property
    def gone_through(self) -> int:
        return len(self.lines) - self.left

    @property
    def may_finish(self) -> bool:
        return self.mapping.finished_on is None and not self.left and bool(self.mapping.light)

    @property
    def changed(self) -> list[AreaLine]:
        return [line for line in self.lines if line.changes]


def mapping_of(household: Household, mapping_id: int | None = None) -> MappingShown | None:
    """The one under way, else the newest, or the one asked for; None when there is none."""
    found = household.mappings.newest_first().select_related("by")
    mapping = (found.filter(pk=mapping_id) if mapping_id else found).first()
    if mapping is None:
        return None
    last = household.mappings.finished().filter(pk__lt=mapping.pk).newest_first().first()
    before = {(area.area, area.person_id): area.text for area in last.areas.all()} if last else {}
    order = list(MappingArea)
    areas = sorted(
        mapping.areas.select_related("person"),
        key=lambda area: (area.person_id is not None, area.person_id or 0, order.index(MappingArea(area.area))),
    )
    sees_special = household.sight.special
    lines = [_line(area, mapping, last, before, sees_special=sees_special) for area in areas]
    return MappingShown(mapping=mapping, lines=lines, last_on=last.finished_on if last else None)


def running_mapping(household: Household, on: date) -> Iterator[Running]:
    """Source of what runs: a mapping under way, with how far it has come."""
    mapping = household.mappings.open().first()
    if mapping is None:
        return
    states = list(mapping.areas.values_list("state", flat=True))
    done = sum(state in (AreaState.DONE, AreaState.NOT_WANTED) for state in states)
    yield Running(
        label=_("Needs mapping"),
        state_label=_("%(done)s of %(all)s gone through") % {"done": done, "all": len(states)},
        url=reverse("cases:mapping", args=[household.key]),
    )


def _line(
    area: MappedArea,
    mapping: NeedsMapping,
    last: NeedsMapping | None,
    before: dict[tuple[str, int | None], str],
    *,
    sees_special: bool,
) -> AreaLine:
    is_masked = area.is_special and not sees_special
    title = str(area.get_area_display())
    if area.person is not None:
        title = _("%(child)s: %(area)s") % {"child": area.person, "area": title}
    changes: list[Changed] = []
    code = _ASIDE_OF.get(area.area, "")
    aside = _display(mapping, code) if code and not is_masked else ""
    if last is not None and not is_masked:
        was = before.get((area.area, area.person_id), "")
        if was != area.text:
            changes.append(Changed(before=was, now=area.text))
        if code and getattr(last, code) != getattr(mapping, code):
            changes.append(Changed(before=_display(last, code), now=aside))
    return AreaLine(area=area, title=title, aside=aside, is_masked=is_masked, changes=changes)


_ASIDE_OF = {
    MappingArea.HOUSING.value: "light",
    MappingArea.ECONOMY.value: "income_source",
    MappingArea.DRUGS.value: "drug_problem",
}


def _display(mapping: NeedsMapping, code: str) -> str | Promise:
    value = getattr(mapping, code)
    return _ASIDES[code](value).label if value else ""
