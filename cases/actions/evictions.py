"""A home that may be lost by eviction: learnt of from anyone, and averted, carried out or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.home_at_risk import fear_loss, safe_again
from cases.actions.journey import follow
from cases.actions.leases import say_why_it_ended
from cases.actions.occupancy import residence_on
from cases.actions.residences import HOMES, WITHOUT_HOME, Destination, go
from cases.actions.tasks import close_tasks_about
from cases.models import (
    Case,
    EvictionBecause,
    EvictionCase,
    EvictionNoticeFrom,
    EvictionStatus,
    LostHomeReason,
    NeedReason,
)
from cases.wording import day_in_words
from housing.models import EndedBecause, ResidenceKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Where somebody can be once they are put out; a room at a provider is got by being placed.
PUT_OUT_TO = (*WITHOUT_HOME, ResidenceKind.WITH_FAMILY, ResidenceKind.OTHER)
#: What is told of a case, and may be told anew while it is open.
_TOLD = ("notice_from", "because", "learnt_on", "petitioned_on", "planned_on", "amount_owed", "note")


class CannotRegisterEviction(Refusal):
    """What is told of the eviction cannot be, or is known already."""


class CannotEndEviction(Refusal):
    """The eviction has ended already, or not so."""


@dataclass(frozen=True, kw_only=True)
class ToldOfEviction:
    """What is known of an eviction. Without a petition the home is at risk all the same."""

    notice_from: EvictionNoticeFrom | str
    because: EvictionBecause | str
    learnt_on: date
    petitioned_on: date | None = None
    planned_on: date | None = None
    amount_owed: int | None = None
    note: str = ""

    @property
    def need_reason(self) -> NeedReason:
        return NeedReason.PETITION if self.petitioned_on else NeedReason.NOTICE


@act
def register_eviction(
    *, household_id: int, told: ToldOfEviction, by: Employee, at: datetime, version: int | None = None
) -> EvictionCase:
    """Somebody told that the household may be evicted: from now its home is at risk, and somebody must reach it.

    :raises CannotRegisterEviction: when one is open already, or what is told cannot be
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    _refuse_told(household, told, today=localdate(at))
    if (other := EvictionCase.objects.open().filter(household=household).first()) is not None:
        raise CannotRegisterEviction(
            _("One has been open since %(day)s. Write what is new there.") % {"day": day_in_words(other.learnt_on)}
        )
    need = fear_loss(household, told.need_reason, starts_on=min(told.learnt_on, told.petitioned_on or told.learnt_on))
    made: EvictionCase = EvictionCase(household=household, need=need)
    _write(made, told)
    made.save()
    follow(case, on=localdate(at), by=by, at=at)
    _record(Act.EVICTION_REGISTERED, made, on=told.learnt_on, by=by, at=at, **_facts(made))
    return made


@act
def change_eviction(
    *, eviction_id: int, told: ToldOfEviction, by: Employee, at: datetime, version: int | None = None
) -> EvictionCase:
    """More is known: a petition has come, a day is set or moved, another sum is owed.

    :raises CannotEndEviction: when it has ended
    :raises CannotRegisterEviction: when what is told cannot be
    """
    household, _case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    refuse_ended(eviction)
    _refuse_told(household, told, today=localdate(at), but=eviction)
    _write(eviction, told)
    eviction.save(update_fields=_TOLD)
    _record(Act.EVICTION_CHANGED, eviction, on=localdate(at), by=by, at=at, **_facts(eviction))
    return eviction


@act
def avert_eviction(
    *, eviction_id: int, on: date, note: str, by: Employee, at: datetime, version: int | None = None
) -> EvictionCase:
    """The household stays: its home is no longer at risk.

    :raises CannotEndEviction: when it has ended, nothing says how it was averted, or the day cannot be
    """
    _household, case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    _refuse_end(eviction, on, today=localdate(at))
    if not note.strip():
        raise CannotEndEviction(_("Say how it was averted."), field="note")
    eviction.avert(on)
    _ended(eviction, note, Act.EVICTION_AVERTED, by=by, at=at)
    follow(case, on=localdate(at), by=by, at=at)
    return eviction


@act
def withdraw_eviction(
    *, eviction_id: int, on: date, note: str, by: Employee, at: datetime, version: int | None = None
) -> EvictionCase:
    """Whoever asked for it took it back, or the household had moved out before it came to anything.

    :raises CannotEndEviction: when it has ended, or the day cannot be
    """
    _household, case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    _refuse_end(eviction, on, today=localdate(at))
    eviction.withdraw(on)
    _ended(eviction, note, Act.EVICTION_WITHDRAWN, by=by, at=at)
    follow(case, on=localdate(at), by=by, at=at)
    return eviction


def withdraw_evictions_of(household: Household, *, on: date, because: str, by: Employee, at: datetime) -> None:
    """Inside the act by which the household is no more here: it has moved out."""
    for eviction in EvictionCase.objects.open().filter(household=household):
        eviction.withdraw(max(on, eviction.petitioned_on or eviction.learnt_on))
        _ended(eviction, because, Act.EVICTION_WITHDRAWN, by=by, at=at)


@act
def carry_out_eviction(
    *,
    eviction_id: int,
    on: date,
    to: ResidenceKind | None,
    note: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> EvictionCase:
    """The household was put out of its home on a day; from then it is where `to` says, unless it had left before.

    :raises CannotEndEviction: when it has ended, the day cannot be, or nothing says where the household is now
    """
    household, case, eviction = opened_eviction(eviction_id, by=by, at=at, version=version)
    _refuse_end(eviction, on, today=localdate(at))
    _put_out(household, case, on=on, to=to, by=by, at=at)
    eviction.carry_out(on)
    _ended(eviction, note, Act.EVICTION_CARRIED_OUT, by=by, at=at)
    follow(case, on=localdate(at), by=by, at=at)
    return eviction


def opened_eviction(
    eviction_id: int, *, by: Employee, at: datetime, version: int | None
) -> tuple[Household, Case, EvictionCase]:
    """The household behind its lock, its open case, and the eviction, read again under the lock.

    :raises Http404: when there is none that one may see
    :raises NoOpenCase: when the case is closed
    """
    household_id = EvictionCase.objects.filter(pk=eviction_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    return household, case, get_object_or_404(EvictionCase, pk=eviction_id, household=household)


def refuse_ended(eviction: EvictionCase) -> None:
    """:raises CannotEndEviction: saying how and when it ended"""
    if eviction.is_open:
        return
    assert eviction.ended_on is not None
    ended = {
        EvictionStatus.AVERTED: _("It was averted on %(day)s. Register a new one if there is a new petition."),
        EvictionStatus.CARRIED_OUT: _("It was carried out on %(day)s."),
        EvictionStatus.WITHDRAWN: _("It was withdrawn on %(day)s. Register a new one if there is a new petition."),
    }
    raise CannotEndEviction(ended[EvictionStatus(eviction.status)] % {"day": day_in_words(eviction.ended_on)})


def _put_out(
    household: Household, case: Case, *, on: date, to: ResidenceKind | None, by: Employee, at: datetime
) -> None:
    home = residence_on(household, on)
    if home is None or home.kind not in HOMES:
        return
    require_moves(household)
    if to not in PUT_OUT_TO:
        raise CannotEndEviction(_("Say where the household is now."), field="to")
    if to in WITHOUT_HOME:
        case.lost_home_reason = LostHomeReason.EVICTION
        case.save(update_fields=["lost_home_reason"])
    go(household, case, on=on, to=Destination(ResidenceKind(to)), reason="", by=by, at=at)
    say_why_it_ended(home.pk, EndedBecause.EVICTED)


def _refuse_told(household: Household, told: ToldOfEviction, *, today: date, but: EvictionCase | None = None) -> None:
    if told.notice_from not in EvictionNoticeFrom.values:
        raise CannotRegisterEviction(_("Choose who told us."), field="notice_from")
    if told.because not in EvictionBecause.values:
        raise CannotRegisterEviction(_("Choose why."), field="because")
    for name in ("learnt_on", "petitioned_on"):
        day = getattr(told, name)
        if day is not None and day > today:
            raise CannotRegisterEviction(_("That day has not come."), field=name)
    if told.petitioned_on and told.planned_on and told.planned_on < told.petitioned_on:
        raise CannotRegisterEviction(_("The eviction cannot be set for a day before the petition."), field="planned_on")
    others = EvictionCase.objects.filter(household=household).exclude(pk=but.pk if but else None)
    if told.petitioned_on and others.filter(petitioned_on=told.petitioned_on).exists():
        raise CannotRegisterEviction(_("A petition from that day is registered already."), field="petitioned_on")


def _refuse_end(eviction: EvictionCase, on: date, *, today: date) -> None:
    refuse_ended(eviction)
    if on > today:
        raise CannotEndEviction(_("That day has not come."), field="on")
    first = eviction.petitioned_on or eviction.learnt_on
    if on < first:
        raise CannotEndEviction(
            _("It began on %(day)s: it cannot end before.") % {"day": day_in_words(first)}, field="on"
        )


def _write(eviction: EvictionCase, told: ToldOfEviction) -> None:
    for name in _TOLD:
        setattr(eviction, name, getattr(told, name))
    eviction.note = told.note.strip()


def _ended(eviction: EvictionCase, note: str, what: Act, *, by: Employee, at: datetime) -> None:
    assert eviction.ended_on is not None
    need, eviction.need = eviction.need, None
    eviction.outcome_note = note.strip()
    eviction.save(update_fields=["status", "ended_on", "outcome_note", "need"])
    safe_again(need, on=eviction.ended_on)
    close_tasks_about(eviction, by=by, at=at)
    _record(what, eviction, on=eviction.ended_on, by=by, at=at)


def _facts(eviction: EvictionCase) -> dict[str, Any]:
    days = {name: getattr(eviction, name) for name in ("petitioned_on", "planned_on")}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"from": str(eviction.notice_from), "because": str(eviction.because), **told}


def _record(what: Act, eviction: EvictionCase, *, on: date, by: Employee, at: datetime, **details: Any) -> None:
    journal.record(what, household_id=eviction.household_id, subject=eviction, by=by, at=at, on=on, details=details)
