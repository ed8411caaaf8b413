"""Taking in what somebody asks for, and saying what came of it the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import take_if_unassigned
from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import unit_of
from cases.models import Channel, Outcome, Request, RequestKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotReceive(Refusal):
    """The request cannot be as told."""


class CannotAnswer(Refusal):
    """The request has its outcome, or the outcome told cannot be."""


@dataclass(frozen=True)
class NewRequest:
    """What somebody asks for; `asked_at` left out is the moment it is registered."""

    channel: Channel = Channel.COUNTER
    asked_by: str = ""
    about: str = ""
    lacks_place_tonight: bool = True
    asked_at: datetime | None = None
    #: left out: a place tonight when that is lacking, else something else
    kind: RequestKind | None = None

    @property
    def asked_for(self) -> RequestKind:
        return self.kind or (RequestKind.PLACE_TONIGHT if self.lacks_place_tonight else RequestKind.OTHER)


@act
def open_request(
    *, household_id: int, request: NewRequest, by: Employee, at: datetime, version: int | None = None
) -> Request:
    """Register that the household asks for help.

    :raises NoOpenCase: when its case is closed
    :raises CannotReceive: when it is said to have been asked later than now
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    return receive(household, unit_of(household, on=localdate(at)), request, by=by, at=at)


@act
def answer_request(
    *,
    request_id: int,
    outcome: Outcome,
    by: Employee,
    at: datetime,
    note: str = "",
    outcome_at: datetime | None = None,
    version: int | None = None,
) -> Request:
    """Say what came of a request. `outcome_at` left out is now.

    :raises CannotAnswer: when it is answered already, or the outcome is dated before the request or ahead
    """
    found = Request.objects.filter(pk=request_id).first()
    if found is None:
        raise Http404
    household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version
    )
    # read again: somebody may have answered while this act waited for the lock
    request = Request.objects.get(pk=request_id)
    _refuse_answer(request, outcome, answered_at := outcome_at or at, at=at)
    request.outcome = outcome
    request.outcome_at = answered_at
    request.outcome_by = by
    request.outcome_note = note
    request.save(update_fields=["outcome", "outcome_at", "outcome_by", "outcome_note"])
    take_if_unassigned(household, by=by, at=at)
    journal.record(
        Act.REQUEST_ANSWERED,
        household_id=household.pk,
        subject=request,
        by=by,
        at=at,
        on=localdate(answered_at),
        details={"outcome": request.outcome},
    )
    return request


def receive(household: Household, unit: Unit, new: NewRequest, *, by: Employee, at: datetime) -> Request:
    """Write a request inside the transaction of an act.

    :raises CannotReceive: when it is said to have been asked later than now
    """
    asked_at = new.asked_at or at
    if asked_at > at:
        raise CannotReceive(_("The request cannot have been made later than now."), field="asked_at")
    request = Request.objects.create(
        household=household,
        unit=unit,
        asked_at=asked_at,
        asked_by=new.asked_by,
        kind=new.asked_for,
        channel=new.channel,
        # whoever asks for a place tonight lacks one, whatever was ticked
        lacks_place_tonight=new.lacks_place_tonight or new.asked_for == RequestKind.PLACE_TONIGHT,
        about=new.about,
        received_by=by,
    )
    journal.record(
        Act.REQUEST_OPENED,
        household_id=household.pk,
        subject=request,
        by=by,
        at=at,
        on=localdate(asked_at),
        details={"kind": request.kind, "channel": request.channel, "lacks_place_tonight": request.lacks_place_tonight},
    )
    return request


def _refuse_answer(request: Request, outcome: str, answered_at: datetime, *, at: datetime) -> None:
    if request.outcome:
        raise CannotAnswer(_("The request already has its outcome."))
    if outcome not in Outcome.values:
        raise CannotAnswer(_("Choose what came of the request."), field="outcome")
    if outcome == Outcome.PASSED_ON:
        raise CannotAnswer(_("Hand the request on: then it says where it went."), field="outcome")
    if answered_at < request.asked_at:
        raise CannotAnswer(_("The outcome cannot be earlier than the request."), field="outcome_at")
    if answered_at > at:
        raise CannotAnswer(_("The outcome cannot be later than now."), field="outcome_at")
