"""Letting a stay go on: a longer granted period, one household at a time or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.decisions import DecisionParts, write_decision
from cases.actions.occupancy import facts_of, residence_on
from cases.models import Case
from cases.wording import day_in_words
from housing.models import Residence, ResidenceKind, Spell
from people import journal
from people.access import NotOpened, locked_household
from people.actions.grants import open_with_reason
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, GrantKind, Household
from people.refusals import REFUSABLE, Refusal, refusal_of
from people.roles import Permission
from people.transactions import act


class CannotExtend(Refusal):
    """The stay cannot go on so."""


@dataclass(frozen=True)
class Extension:
    """One household's new planned end, as asked for in a list."""

    household_id: int
    planned_end: date
    version: int | None = None


@dataclass(frozen=True)
class Extended:
    """What came of one extension: the residence, or the refusal."""

    household_id: int
    residence: Residence | None
    refusal: Refusal | None


@act
def extend(
    *,
    household_id: int,
    planned_end: date,
    parts: DecisionParts | None,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Residence:
    """Grant a household more nights where it is, with a decision on the nights added.

    :param parts: what the decision says; None gives it by word of mouth, to be written down after
    :raises CannotExtend: when it is in no temporary accommodation, the end is no later than before, or it lies beyond
        the three months, which is `approve_overstay`'s
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    residence = _running(household, on=localdate(at))
    limit = _limit(residence, on=localdate(at))
    if planned_end > limit:
        raise CannotExtend(
            _("The stay would last more than three months (until %(limit)s): approve it with a reason.")
            % {"limit": day_in_words(limit)},
            field="reason",
        )
    return _lengthen(household, case, residence, planned_end, parts, reason=reason, by=by, at=at)


@act
def approve_overstay(
    *,
    household_id: int,
    planned_end: date,
    parts: DecisionParts | None,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Residence:
    """Grant nights beyond the three months, saying why. The law says should not: a caseworker may, the journal tells.

    :raises CannotExtend: without a reason, within the three months, or for what `extend` refuses
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    case = case_to_act_on(household, by=by, at=at)
    residence = _running(household, on=localdate(at))
    limit = _limit(residence, on=localdate(at))
    if not reason.strip():
        raise CannotExtend(_("Say why the stay must last more than three months."), field="reason")
    if planned_end <= limit:
        raise CannotExtend(_("The stay does not pass three months: extend it."), field="planned_end")
    residence = _lengthen(household, case, residence, planned_end, parts, reason=reason, by=by, at=at)
    journal.record(
        Act.OVERSTAY_APPROVED,
        household_id=household.pk,
        subject=residence,
        by=by,
        at=at,
        reason=reason.strip(),
        details={"limit": limit.isoformat(), "planned_end": planned_end.isoformat()},
    )
    return residence


def extend_many(
    *, extensions: Sequence[Extension], reason: str, by: Employee, at: datetime, opening: GrantKind | None = None
) -> list[Extended]:
    """Extend many stays by word of mouth with one reason, also beyond three months: lowest household first.

    Each is a transaction of its own: one that cannot be does not stop the others.

    :param opening: the coded reason that opens those that are not one's own; without it they are refused
    :raises CannotExtend: without a reason
    """
    if not reason.strip():
        raise CannotExtend(_("Say why the stays go on."), field="reason")
    ordered = sorted(extensions, key=lambda extension: extension.household_id)
    return [_try(extension, opening, reason=reason, by=by, at=at) for extension in ordered]


def _try(extension: Extension, opening: GrantKind | None, *, reason: str, by: Employee, at: datetime) -> Extended:
    try:
        residence = _extend_either_way(extension=extension, opening=opening, reason=reason, by=by, at=at)
    except NotOpened:
        closed = Refusal(_("This is a colleague's case: choose why you open it."))
        return Extended(extension.household_id, None, closed)
    except (Http404, PermissionDenied):
        gone = Refusal(_("This household is not there, or not yours to change."))
        return Extended(extension.household_id, None, gone)
    except REFUSABLE as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        return Extended(extension.household_id, None, refusal)
    return Extended(extension.household_id, residence, None)


@act
def _extend_either_way(
    *, extension: Extension, opening: GrantKind | None, reason: str, by: Employee, at: datetime
) -> Residence:
    if opening is not None:
        key = Household.objects.values_list("key", flat=True).get(pk=extension.household_id)
        open_with_reason(key=key, kind=opening, by=by, at=at)
    household = locked_household(
        by,
        Permission.CHANGE_HOUSEHOLD,
        household_id=extension.household_id,
        at=at,
        version=extension.version,
    )
    require_moves(household)
    residence = _running(household, on=localdate(at))
    is_over = extension.planned_end > _limit(residence, on=localdate(at))
    how = approve_overstay if is_over else extend
    return how(household_id=household.pk, planned_end=extension.planned_end, parts=None, reason=reason, by=by, at=at)


def _running(household: Household, *, on: date) -> Residence:
    """:raises CannotExtend: when the household is in no temporary accommodation tonight, or has agreed to move out"""
    residence = residence_on(household, on)
    if residence is None or residence.kind != ResidenceKind.TEMPORARY:
        raise CannotExtend(_("The household is not in temporary accommodation tonight."))
    if residence.ends_on is not None:
        raise CannotExtend(
            _("The household has agreed to move out on %(day)s.") % {"day": day_in_words(residence.ends_on)}
        )
    return residence


def _limit(residence: Residence, *, on: date) -> date:
    """The last day within three months of the stay's first night."""
    stay = Spell.objects.stays().on(on).get(household=residence.household_id)
    assert stay.limit_on is not None
    return stay.limit_on


def _lengthen(
    household: Household,
    case: Case,
    residence: Residence,
    planned_end: date,
    parts: DecisionParts | None,
    *,
    reason: str,
    by: Employee,
    at: datetime,
) -> Residence:
    """The nights added begin where the granted ones end; without a granted end they begin today."""
    before = residence.planned_end or localdate(at)
    if planned_end <= before:
        raise CannotExtend(
            _("The new end must be later than %(day)s.") % {"day": day_in_words(before)}, field="planned_end"
        )
    room = residence.room
    if room is not None and room.closed_on is not None and planned_end > room.closed_on:
        raise CannotExtend(
            _("The room goes out of use on %(day)s.") % {"day": day_in_words(room.closed_on)}, field="planned_end"
        )
    residence.planned_end = planned_end
    residence.save(update_fields=["planned_end"])
    write_decision(
        household=household,
        case=case,
        residence=residence,
        starts_on=before,
        ends_on=planned_end,
        parts=parts,
        by=by,
        at=at,
    )
    journal.record(
        Act.RESIDENCE_EXTENDED,
        household_id=household.pk,
        subject=residence,
        by=by,
        at=at,
        on=before,
        reason=reason.strip(),
        details=facts_of(residence),
    )
    return residence
