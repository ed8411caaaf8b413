"""Refugees to be settled: the request, our answer, the home, the day, and the family who come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import case_to_act_on
from cases.models import RefugeeSettlement, SettlementAnswer
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotSettleRefugee(Refusal):
    """The settlement cannot be as told."""


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What is known of a settlement, whole: what is left out is not known."""

    decided_on: date
    asked_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    declined_because: str = ""
    home_found_on: date | None = None
    settled_on: date | None = None
    unaccompanied_minor: bool = False
    family_ahead: int = 0
    family_expected_on: date | None = None


_FACTS = tuple(Settlement.__dataclass_fields__)
#: Days that are told when they have come.
_PAST = ("asked_on", "decided_on", "answered_on", "home_found_on", "settled_on")


@act
def register_settlement(
    *, household_id: int, told: Settlement, by: Employee, at: datetime, version: int | None = None
) -> RefugeeSettlement:
    """A household of refugees with a decision or an entry permit is to be settled here.

    :raises CannotSettleRefugee: naming the field at fault
    :raises NoOpenCase: when the case is closed
    """
    household = _locked(household_id, by=by, at=at, version=version)
    _refuse(told, today=localdate(at))
    _refuse_same(household, told.decided_on)
    made = RefugeeSettlement.objects.create(household=household, **_facts(told))
    _record(Act.SETTLEMENT_REGISTERED, made, by=by, at=at)
    return made


@act
def change_settlement(
    *, settlement_id: int, told: Settlement, by: Employee, at: datetime, version: int | None = None
) -> RefugeeSettlement:
    """More is known of it: answered, a home found, settled, the family.

    :raises CannotSettleRefugee: naming the field at fault
    """
    household_id = RefugeeSettlement.objects.filter(pk=settlement_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = _locked(household_id, by=by, at=at, version=version)
    made: RefugeeSettlement = RefugeeSettlement.objects.get(pk=settlement_id)
    _refuse(told, today=localdate(at))
    _refuse_same(household, told.decided_on, but=made)
    for name, fact in _facts(told).items():
        setattr(made, name, fact)
    made.save(update_fields=[*_FACTS])
    _record(Act.SETTLEMENT_CHANGED, made, by=by, at=at)
    return made


def _locked(household_id: int, *, by: Employee, at: datetime, version: int | None) -> Household:
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    return household


def _facts(told: Settlement) -> dict[str, object]:
    facts = {name: getattr(told, name) for name in _FACTS}
    return facts | {"declined_because": told.declined_because.strip()}


def _refuse(told: Settlement, *, today: date) -> None:
    for name in _PAST:
        day = getattr(told, name)
        if day is not None and day > today:
            raise CannotSettleRefugee(_("That day has not come."), field=name)
    if told.settled_on is not None and told.settled_on < told.decided_on:
        raise CannotSettleRefugee(_("Nobody is settled before the decision."), field="settled_on")
    _refuse_answer(told)
    if told.home_found_on and told.settled_on and told.home_found_on > told.settled_on:
        raise CannotSettleRefugee(_("The home is found before they settle in it."), field="home_found_on")
    if told.family_expected_on is not None and not told.family_ahead:
        raise CannotSettleRefugee(_("Say how many of the family are expected."), field="family_ahead")


def _refuse_answer(told: Settlement) -> None:
    if told.answer not in ("", *SettlementAnswer.values):
        raise CannotSettleRefugee(_("Choose the answer."), field="answer")
    if bool(told.answer) != (told.answered_on is not None):
        raise CannotSettleRefugee(_("An answer has its day."), field="answered_on" if told.answer else "answer")
    if told.answered_on and told.asked_on and told.answered_on < told.asked_on:
        raise CannotSettleRefugee(_("It cannot be answered before it was asked."), field="answered_on")
    if told.answer != SettlementAnswer.DECLINED:
        return
    if not told.declined_because.strip():
        raise CannotSettleRefugee(_("Say why they cannot be settled here."), field="declined_because")
    if told.settled_on is not None:
        raise CannotSettleRefugee(_("Who is settled was not declined."), field="settled_on")


def _refuse_same(household: Household, decided_on: date, *, but: RefugeeSettlement | None = None) -> None:
    same = RefugeeSettlement.objects.filter(household=household, decided_on=decided_on)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise CannotSettleRefugee(_("The settlement after that decision is registered already."), field="decided_on")


def _record(what: Act, made: RefugeeSettlement, *, by: Employee, at: datetime) -> None:
    days = {name: getattr(made, name) for name in _PAST}
    journal.record(
        what,
        household_id=made.household_id,
        subject=made,
        by=by,
        at=at,
        details={"answer": made.answer, **{name: day.isoformat() for name, day in days.items() if day is not None}},
    )
