"""Where a household has lived as dated facts, with corrections struck through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Need
from cases.questions.places import place_in_words, place_of
from cases.wording import day_in_words
from housing.masking import masked
from housing.models import OPEN, Absence, Provider, Residence, ResidenceKind, Room
from housing.states import Kind, State, add_months, state_of
from people.access import shielded_households
from people.components import Fact
from people.decision import Sight
from people.models import Employee, Household

_COLORS = {
    State.TEMPORARY: "accent",
    State.HOMELESS: "warm",
    State.PERMANENT: "success",
    State.INSTITUTION: "neutral",
    State.OTHER: "neutral",
}
#: Acts that replace a fact by a right one, as history names them, and those that take a fact away.
_CORRECTING = frozenset({"correct_residence"})
_REMOVING = frozenset({"remove_residence", "undo_last"})

#: Acts whose reason, in somebody's own words, may tell where the household is.
TELLING_OF_PLACES = (
    "residence.",
    "absence.",
    "household.",
    "act.undone",
    "need.",
    "appeal.",
    "suspension.",
    "notice.",
)


@dataclass(frozen=True, kw_only=True)
class StayRow:
    """One stay in temporary accommodation. `nights` counts those before `day`; `ends_on` is None while it lasts."""

    starts_on: date
    ends_on: date | None
    limit_on: date
    nights: int
    is_over: bool


def stays_of(household: Household, *, day: date) -> list[StayRow]:
    """Every stay of the household as known, newest first."""
    rows = []
    for spell in household.spells.stays().order_by("-starts_on"):
        limit_on = spell.limit_on or add_months(spell.starts_on, 3)
        nights = sum(max((min(r.upper or OPEN, day) - r.lower).days, 0) for r in spell.nights)
        ends_on = None if spell.ends_on == OPEN else spell.ends_on
        rows.append(
            StayRow(
                starts_on=spell.starts_on,
                ends_on=ends_on,
                limit_on=limit_on,
                nights=nights,
                is_over=min(ends_on or day, day) > limit_on,
            )
        )
    return rows


def lived_facts(household: Household, *, day: date, may_change: bool) -> list[Fact]:
    """Residences, gaps, absences, needs and struck corrections, newest first; a residence leads to its correction.

    As far as the household's sight reaches: of a masked place the days are left, and perhaps the kind.
    """
    residences = _residences(household)
    carried_sight = _sight_of_carried(household, day)
    facts = [_residence_fact(residence, household, carried_sight, may_change=may_change) for residence in residences]
    facts += [_gap_fact(gap) for gap in _gaps(residences, day)]
    facts += [_absence_fact(absence, household, day, may_change) for absence in household.absences.all()]
    facts += [_need_fact(need, household, may_change) for need in household.needs.all()]
    facts += list(_struck(household))
    return sorted(facts, key=lambda fact: (fact.on, not fact.is_struck), reverse=True)


def _residences(household: Household) -> list[Residence]:
    """The household's residences, oldest first, those of its parent before a split carried along."""
    own = list(household.residences.select_related("provider", "room", "dwelling").order_by("starts_on"))
    if household.split_from is None or household.split_on is None:
        return own
    carried = [r for r in _residences(household.split_from) if r.starts_on < household.split_on]
    for residence in carried:
        residence.ends_on = min(residence.ends_on or household.split_on, household.split_on)
    return carried + own


def _sight_of_carried(household: Household, day: date) -> Sight:
    """Where those live who are masked and stayed behind is not told by those who left."""
    parent = Household.objects.filter(parts=household.pk)
    is_masked = shielded_households(parent, on=day).exists()
    return replace(household.sight, whereabouts=False) if is_masked else household.sight


def _residence_fact(residence: Residence, household: Household, carried_sight: Sight, *, may_change: bool) -> Fact:
    is_own = residence.household_id == household.pk
    sight = household.sight if is_own else carried_sight
    shown = masked(residence, sight)
    state = state_of(Kind(shown.kind), shown.starts_on, shown.lease_ends_on)
    is_correctable = may_change and is_own and sight.whereabouts
    return Fact(
        on=residence.starts_on,
        until=residence.ends_on,
        title=place_in_words(residence, sight),
        body=" ".join(_details(shown, is_own=is_own)),
        kind=_COLORS[state],
        url=reverse("cases:correct_residence", args=[household.key, residence.pk]) if is_correctable else "",
    )


def _details(residence: Residence, *, is_own: bool) -> Iterator[str]:
    if residence.provider is not None:
        yield f"{ResidenceKind(residence.kind).label}."
    if residence.planned_end is not None and residence.ends_on is None:
        yield _("Until %(day)s as granted.") % {"day": day_in_words(residence.planned_end)}
    if residence.lease:
        yield (
            _("The lease ends %(day)s.") % {"day": day_in_words(residence.lease_ends_on)}
            if residence.lease_ends_on
            else _("A lease without end.")
        )
    if residence.below_standard:
        yield _("Below standard: %(reason)s.") % {"reason": residence.get_below_standard_display()}
    if not is_own:
        yield _("Before the household was split.")


def _gaps(residences: Iterable[Residence], day: date) -> Iterator[tuple[date, date | None]]:
    """Periods between residences, and after the last, of which nothing is known."""
    known = list(residences)
    for before, after in pairwise(known):
        if before.ends_on is not None and before.ends_on < after.starts_on:
            yield before.ends_on, after.starts_on
    if known and known[-1].ends_on is not None and known[-1].ends_on <= day:
        yield known[-1].ends_on, None


def _gap_fact(gap: tuple[date, date | None]) -> Fact:
    starts_on, ends_on = gap
    if ends_on is None:
        return Fact(on=starts_on, title=_("Nothing is known since"))
    nights = (ends_on - starts_on).days
    words = ngettext(
        "%(nights)s night of which nothing is known", "%(nights)s nights of which nothing is known", nights
    )
    return Fact(on=starts_on, until=ends_on, title=words % {"nights": nights})


def _absence_fact(absence: Absence, household: Household, day: date, may_change: bool) -> Fact:
    held = {True: _("The place is held."), False: _("The place is not held.")}
    is_told = household.sight.whereabouts and household.sight.special
    title = _("Away: %(where)s") % {"where": absence.where} if is_told else _("Away")
    body = held.get(absence.is_held, "") if absence.is_held is not None else ""
    is_away = absence.ends_on is None or absence.ends_on > day
    url = reverse("cases:end_absence", args=[household.key, absence.pk]) if may_change and is_away else ""
    return Fact(on=absence.starts_on, until=absence.ends_on, title=title, body=body, kind="info", url=url)


def _need_fact(need: Need, household: Household, may_change: bool) -> Fact:
    return Fact(
        on=need.starts_on,
        until=need.ends_on,
        title=need.get_kind_display(),
        body=need.get_reason_display(),
        kind="warning",
        url=reverse("cases:end_need", args=[household.key, need.pk]) if may_change and need.ends_on is None else "",
    )


def _struck(household: Household) -> Iterator[Fact]:
    """What a correction replaced or took away, read from history: the version before it, with the reason given."""
    events = apps.get_model("housing", "ResidenceEvent")._default_manager
    names = _names_of_places(household)
    before: dict[int, Any] = {}
    history = list(events.filter(household_id=household.pk).order_by("pgh_id"))
    users = {context["user"] for event in history if (context := event.pgh_context or {}).get("user")}
    writers = {employee.pk: employee.name for employee in Employee.objects.filter(pk__in=users)}
    for event in history:
        told = event.pgh_context or {}
        act = told.get("act", "")
        old = before.get(event.id)
        if event.pgh_label == "delete" and act in _REMOVING:
            yield _struck_fact(event, event, told, names, writers, household.sight)
        elif old is not None and event.pgh_label == "update" and act in _CORRECTING:
            yield _struck_fact(old, event, told, names, writers, household.sight)
        before[event.id] = event


def _struck_fact(
    old: Any,
    event: Any,
    told: dict[str, Any],
    names: dict[tuple[int, int | None], str],
    writers: dict[int, str],
    sight: Sight,
) -> Fact:
    """The reason may name the place: who is not told of the one is not told of the other."""
    provider = names.get((old.provider_id, old.room_id), "") if old.provider_id else ""
    return Fact(
        on=old.starts_on,
        until=old.ends_on,
        title=place_of(old.kind, sight, provider=provider, room=""),
        is_struck=True,
        correction=str(told.get("reason") or "") if sight.whereabouts and sight.special else "",
        by=writers.get(told.get("user") or 0, ""),
        at=event.pgh_created_at,
    )


def _names_of_places(household: Household) -> dict[tuple[int, int | None], str]:
    """The names of every provider and room that history mentions for the household."""
    events = apps.get_model("housing", "ResidenceEvent")._default_manager.filter(household_id=household.pk)
    pairs = set(events.exclude(provider_id=None).values_list("provider_id", "room_id"))
    providers = Provider.objects.in_bulk({provider for provider, _room in pairs})
    rooms = Room.objects.in_bulk({room for _provider, room in pairs if room})
    return {
        (provider, room): f"{providers[provider].name}, {rooms[room].name}" if room else providers[provider].name
        for provider, room in pairs
    }
