"""A home at risk, or one that does not suit: dated facts that the state of a case follows."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.journey import follow
from cases.models import Need, NeedKind, NeedReason
from cases.wording import day_in_words
from housing.models import NoticeBy, Residence, Tenancy
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotRecordNeed(Refusal):
    """The need is known already, or its days cannot be."""


@act
def record_need(
    *,
    household_id: int,
    kind: NeedKind,
    need_reason: NeedReason,
    starts_on: date,
    by: Employee,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Need:
    """The home may be lost, or does not suit, from a day on.

    :raises CannotRecordNeed: when such a need is open already, or the day lies ahead
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    today = localdate(at)
    if starts_on > today:
        raise CannotRecordNeed(_("A need is registered when it has begun."), field="starts_on")
    if Need.objects.on(today).filter(household=household, kind=kind).exists():
        raise CannotRecordNeed(_("This need is already registered and open."), field="kind")
    need = Need.objects.create(household=household, kind=kind, reason=need_reason, starts_on=starts_on)
    follow(case, on=today, by=by, at=at)
    _record(Act.NEED_RECORDED, need, on=starts_on, reason=reason, by=by, at=at)
    return need


@act
def end_need(*, need_id: int, on: date, by: Employee, at: datetime, version: int | None = None) -> Need:
    """The home is safe again, or suits, from a day on.

    :raises CannotRecordNeed: when it has ended already, or the day cannot be
    :raises NoOpenCase: when the case is closed
    """
    household_id = Need.objects.filter(pk=need_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case = case_to_act_on(household, by=by, at=at)
    today = localdate(at)
    need = Need.objects.get(pk=need_id)
    if need.ends_on is not None:
        raise CannotRecordNeed(_("This need has already ended."))
    if on > today:
        raise CannotRecordNeed(_("A need is ended when it is over."), field="on")
    if on <= need.starts_on:
        raise CannotRecordNeed(
            _("The need began on %(day)s: it ends later.") % {"day": day_in_words(need.starts_on)}, field="on"
        )
    need.ends_on = on
    need.save(update_fields=["ends_on"])
    follow(case, on=today, by=by, at=at)
    _record(Act.NEED_ENDED, need, on=on, by=by, at=at)
    return need


def fear_notice(residence: Residence, *, given_on: date, by: Employee, at: datetime) -> Need | None:
    """The landlord has given notice: the home of those who live there is at risk, unless that is known already.

    Inside an act that has locked the household; the case follows after.
    """
    today = localdate(at)
    lives_there = Residence.objects.on(today).filter(pk=residence.pk).exists()
    known = Need.objects.on(today).filter(household=residence.household_id, kind=NeedKind.AT_RISK)
    if not lives_there or known.exists():
        return None
    need = Need.objects.create(
        household_id=residence.household_id, kind=NeedKind.AT_RISK, reason=NeedReason.NOTICE, starts_on=given_on
    )
    _record(Act.NEED_RECORDED, need, on=given_on, by=by, at=at)
    return need


def fear_no_more(residence: Residence, *, on: date, by: Employee, at: datetime) -> None:
    """The home that the landlord gave notice of is left, or the notice is taken back: that risk is over from a day.

    Inside an act that has locked the household; the case follows after.
    """
    given_on = Tenancy.objects.filter(residence=residence.pk, notice_by=NoticeBy.LANDLORD).values("notice_on")
    feared = Need.objects.filter(household=residence.household_id, kind=NeedKind.AT_RISK, reason=NeedReason.NOTICE)
    for need in feared.filter(starts_on__in=given_on, ends_on__isnull=True):
        _record(Act.NEED_ENDED, need, on=on, by=by, at=at)
        if on > need.starts_on:
            need.ends_on = on
            need.save(update_fields=["ends_on"])
        else:
            need.delete()


def _record(what: Act, need: Need, *, on: date, by: Employee, at: datetime, reason: str = "") -> None:
    details = {"kind": need.kind, "reason": need.reason}
    journal.record(
        what, household_id=need.household_id, subject=need, by=by, at=at, on=on, reason=reason, details=details
    )
