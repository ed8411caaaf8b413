"""Handing on a request that came to the wrong place. Its clock goes on from when it was first asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import hand_over
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import keep
from cases.actions.letter_frames import About, frame_of
from cases.actions.letters_waiting import reference_of
from cases.actions.recipients import CannotAddress
from cases.actions.tasks import open_task
from cases.law import rule
from cases.letters import ForwardingLetter
from cases.models import DocumentKind, Forwarding, Outcome, Request, TaskKind
from cases.questions.recipients import addressed_on
from people import journal
from people.access import locked_household
from people.actions.sharing import share
from people.journal import Act
from people.models import CoResponsibility, Employee, Household, Responsibility, SharingBasis, Unit, UnitKind
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotForward(Refusal):
    """The request cannot be handed on there, or no longer."""


class CaseGoes(StrEnum):
    """What becomes of the case when a request goes to another unit of the municipality."""

    WITH_IT = "with_it"
    SHARED = "shared"


@dataclass(frozen=True)
class ForwardTo:
    """A unit of the municipality, and whether the case goes with the request; or somebody else by name."""

    unit_id: int | None = None
    body: str = ""
    case_goes: CaseGoes = CaseGoes.WITH_IT


@act
def forward_request(
    *, request_id: int, to: ForwardTo, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Forwarding:
    """Hand a request on, with trace: where from, where to, why.

    The household gets a letter that says where it went; where none can go, a task asks to tell them otherwise. At a
    unit here it waits on, as old as it is, and the unit gets to see the household: it takes the case over, or the two
    share it. Handed to another municipality or service it has its outcome here.

    :raises CannotForward: when it is answered, is there already, or nothing is said of where and why
    :raises CannotHandOver: when the unit cannot take the case over
    :raises CannotShare: when it cannot share it
    """
    found = Request.objects.filter(pk=request_id).first()
    if found is None:
        raise Http404
    household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version
    )
    # read again: somebody may have answered it or handed it on while this act waited for the lock
    request = Request.objects.select_related("unit").get(pk=request_id)
    unit = _destination(request, to, reason)
    if request.asked_at > at:
        raise CannotForward(_("The request cannot be handed on before it was made."))
    forwarding = Forwarding.objects.create(
        household=household,
        request=request,
        from_unit=request.unit,
        to_unit=unit,
        to_body="" if unit else to.body.strip(),
        reason=reason.strip(),
        at=at,
        by=by,
    )
    _tell(forwarding, by=by, at=at)
    _move(request, unit, by=by, at=at)
    journal.record(
        Act.REQUEST_FORWARDED,
        household_id=household.pk,
        subject=forwarding,
        by=by,
        at=at,
        reason=journal.in_a_line(forwarding.reason),
        details={"request": request.pk, "from_unit": forwarding.from_unit.ref, "unit": unit.ref if unit else None},
    )
    if unit is not None:
        _let_see(household, unit, to.case_goes, forwarding, by=by, at=at)
    return forwarding


def _tell(forwarding: Forwarding, *, by: Employee, at: datetime) -> None:
    """The letter to the household, made while the unit that hands the request on still answers for it."""
    household, unit = forwarding.household, forwarding.from_unit
    try:
        letter = forwarding_letter(forwarding, by=by, at=at)
    except CannotAddress:
        open_task(
            household=household,
            kind=TaskKind.OTHER,
            due_on=localdate(at),
            about=gettext("Tell where the request went: no letter can go."),
            subject=forwarding,
            by=by,
            at=at,
        )
        return
    document = keep(
        letter,
        household=household,
        kind=DocumentKind.FORWARDING,
        unit=unit,
        tells_place=bool(letter.forwarded_to),
        by=by,
        at=at,
    )
    dispatch_to_everybody(document, by=by, at=at)


def forwarding_letter(forwarding: Forwarding, *, by: Employee, at: datetime) -> ForwardingLetter:
    """What the household is told. Of somebody with a protected address it names no place.

    :raises CannotAddress: when there is nobody that a letter can go to
    """
    request, household = forwarding.request, forwarding.household
    about = About(
        household=household, unit=forwarding.from_unit, kind=DocumentKind.FORWARDING, reference=reference_of(request)
    )
    tells_place = addressed_on(household, on=localdate(at)).tells_place
    return ForwardingLetter(
        **frame_of(about, by=by, at=at),
        about=request.kind,
        asked_on=localdate(request.asked_at),
        forwarded_to=forwarding.to if tells_place else "",
        is_ours=forwarding.to_unit is not None,
        lacks_place=request.lacks_place_tonight,
        reason=forwarding.reason,
        rule=rule("wrong_place", on=localdate(at)),
    )


def _destination(request: Request, to: ForwardTo, reason: str) -> Unit | None:
    """The unit here that it goes to; None when it leaves the municipality.

    :raises CannotForward: when it cannot go there
    """
    if request.outcome:
        raise CannotForward(_("The request already has its outcome."))
    if not reason.strip():
        raise CannotForward(_("Say why the request belongs there."), field="reason")
    if (to.unit_id is None) == (not to.body.strip()):
        raise CannotForward(_("Choose a unit, or write which other municipality or service."), field="unit")
    if to.unit_id is None:
        return None
    units = Unit.objects.filter(municipality=request.unit.municipality_id).exclude(kind=UnitKind.SPECIAL)
    unit = units.filter(pk=to.unit_id).first()
    if unit is None:
        raise CannotForward(_("Choose a unit of the household's municipality."), field="unit")
    if unit.pk == request.unit_id:
        raise CannotForward(_("The request is at this unit already."), field="unit")
    return unit


def _move(request: Request, unit: Unit | None, *, by: Employee, at: datetime) -> None:
    if unit is not None:
        request.unit = unit
        request.save(update_fields=["unit"])
        return
    request.outcome, request.outcome_at, request.outcome_by = Outcome.PASSED_ON, at, by
    request.save(update_fields=["outcome", "outcome_at", "outcome_by"])


def _let_see(
    household: Household, unit: Unit, case_goes: CaseGoes, forwarding: Forwarding, *, by: Employee, at: datetime
) -> None:
    """Let the unit that is to answer read the household, unless it does already."""
    day, reason = localdate(at), forwarding.reason
    answers = Responsibility.objects.on(day).filter(household=household, unit=unit).exists()
    shares = CoResponsibility.objects.on(day).filter(household=household, unit=unit).exists()
    if case_goes is CaseGoes.WITH_IT and not answers:
        hand_over(household_id=household.pk, unit_id=unit.pk, on=day, reason=reason, by=by, at=at)
    elif case_goes is CaseGoes.SHARED and not (answers or shares):
        share(
            household_id=household.pk,
            unit_id=unit.pk,
            basis=SharingBasis.NECESSARY,
            reason=reason,
            starts_on=day,
            by=by,
            at=at,
        )
