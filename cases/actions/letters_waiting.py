"""Letters on the way to an answer: that it takes time, that it takes longer, what we need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import keep
from cases.actions.letter_frames import About, frame_of
from cases.actions.tasks import unit_of
from cases.letters import DelayLetter, InformationRequestLetter, PreliminaryLetter
from cases.models import AnswerDelay, AnswerDelayKind, Case, DocumentKind, InformationRequest, Request
from cases.questions.law import choices_of
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotSend(Refusal):
    """The letter lacks something, or there is nothing to send it about."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Why an answer takes time, and the day it is expected. `language` empty: the recipient's own."""

    expected_by: date
    reason: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What we ask for, one line each, with the day to answer by and what follows without it."""

    needed: str
    why: str
    consequence: str
    answer_by: date
    language: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(line.strip(" \t-•") for line in self.needed.splitlines() if line.strip(" \t-•"))


@act
def send_preliminary_answer(
    *, request_id: int, wait: Wait, by: Employee, at: datetime, version: int | None = None
) -> AnswerDelay:
    """Tell whoever asked that the answer takes time and when to expect it, by letter (forvaltningsloven § 11 a).

    :raises CannotSend: when it is answered or has its preliminary answer, without a reason, or with a day not ahead
    :raises CannotAddress: when there is nobody that a letter can go to
    """
    return _send(AnswerDelayKind.PRELIMINARY, request_id, wait, by=by, at=at, version=version)


@act
def send_delay_notice(
    *, request_id: int, wait: Wait, by: Employee, at: datetime, version: int | None = None
) -> AnswerDelay:
    """Tell whoever asked that the answer takes longer than was said.

    :raises CannotSend: as a preliminary answer, or when the new day is not later than the one promised
    :raises CannotAddress: when there is nobody that a letter can go to
    """
    return _send(AnswerDelayKind.DELAY, request_id, wait, by=by, at=at, version=version)


@act
def request_information(
    *,
    household_id: int,
    request_id: int | None,
    needed: Needed,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> InformationRequest:
    """Ask the household by letter for what its case lacks.

    :raises CannotSend: without what, why, what follows, or a day ahead
    :raises CannotAddress: when there is nobody that a letter can go to
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    request = _request_of(household, request_id) if request_id is not None else None
    letter = information_letter(household, request, needed, by=by, at=at)
    unit = unit_of(household, on=localdate(at))
    kind = DocumentKind.INFORMATION_REQUEST
    document = keep(
        letter,
        household=household,
        kind=kind,
        unit=unit,
        case=_case(household),
        tells_place=bool(letter.recipient_address),
        by=by,
        at=at,
    )
    dispatch_to_everybody(document, by=by, at=at)
    made = InformationRequest.objects.create(
        household=household,
        request=request,
        sent_on=localdate(at),
        needed="\n".join(needed.items),
        why=needed.why.strip(),
        consequence=needed.consequence.strip(),
        answer_by=needed.answer_by,
        document=document,
        by=by,
    )
    details = {"answer_by": made.answer_by.isoformat(), "letter": document.sha256}
    journal.record(Act.INFORMATION_ASKED, household_id=household.pk, subject=made, by=by, at=at, details=details)
    return made


@act
def close_information_request(
    *, information_request_id: int, answered_on: date, by: Employee, at: datetime, version: int | None = None
) -> InformationRequest:
    """Note that what was asked for has come.

    :raises CannotSend: when it had come already, before it was asked for, or ahead
    """
    found = InformationRequest.objects.filter(pk=information_request_id).first()
    if found is None:
        raise Http404
    household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version
    )
    asked: InformationRequest = InformationRequest.objects.get(pk=information_request_id)
    if asked.answered_on is not None:
        raise CannotSend(_("This is already noted as answered."))
    if not asked.sent_on <= answered_on <= localdate(at):
        raise CannotSend(_("The answer came between the day of the letter and today."), field="answered_on")
    asked.answered_on = answered_on
    asked.save(update_fields=["answered_on"])
    journal.record(Act.INFORMATION_CAME, household_id=household.pk, subject=asked, by=by, at=at, on=answered_on)
    return asked


def waiting_letter(
    kind: AnswerDelayKind, request: Request, wait: Wait, *, by: Employee, at: datetime, is_draft: bool = False
) -> PreliminaryLetter | DelayLetter:
    """The letter as it would be sent now.

    :raises CannotSend: when it could not be
    :raises CannotAddress: when there is nobody that it can go to
    """
    day = localdate(at)
    before = request.delays.latest_first().first()
    _refuse_wait(kind, request, wait, before, day)
    about = About(
        household=request.household,
        unit=unit_of(request.household, on=day),
        kind=DocumentKind(kind),
        reference=reference_of(request),
        language=wait.language,
        is_draft=is_draft,
    )
    frame = frame_of(about, by=by, at=at)
    rule = law.rule("preliminary_answer.after_months", on=day, choices=choices_of(request.household.municipality_id))
    asked_on, reason = localdate(request.asked_at), wait.reason.strip()
    if kind == AnswerDelayKind.PRELIMINARY:
        return PreliminaryLetter(
            **frame, about=request.kind, asked_on=asked_on, expected_by=wait.expected_by, reason=reason, rule=rule
        )
    return DelayLetter(
        **frame,
        about=request.kind,
        asked_on=asked_on,
        promised_by=before.expected_by if before else None,
        expected_by=wait.expected_by,
        reason=reason,
        rule=rule,
    )


def information_letter(
    household: Household,
    request: Request | None,
    needed: Needed,
    *,
    by: Employee,
    at: datetime,
    is_draft: bool = False,
) -> InformationRequestLetter:
    """The letter as it would be sent now.

    :raises CannotSend: when it could not be
    :raises CannotAddress: when there is nobody that it can go to
    """
    day = localdate(at)
    _refuse_needed(needed, day)
    about = About(
        household=household,
        unit=unit_of(household, on=day),
        kind=DocumentKind.INFORMATION_REQUEST,
        reference=reference_of(request) if request else f"H-{household.pk}",
        language=needed.language,
        is_draft=is_draft,
    )
    return InformationRequestLetter(
        **frame_of(about, by=by, at=at),
        about=request.kind if request else "other",
        asked_on=localdate(request.asked_at) if request else None,
        needed=needed.items,
        why=needed.why.strip(),
        answer_by=needed.answer_by,
        consequence=needed.consequence.strip(),
    )


def reference_of(request: Request) -> str:
    """What a letter calls a request by: its number, which tells nothing of who."""
    return f"B-{request.pk}"


def _send(
    kind: AnswerDelayKind, request_id: int, wait: Wait, *, by: Employee, at: datetime, version: int | None
) -> AnswerDelay:
    found = Request.objects.filter(pk=request_id).first()
    if found is None:
        raise Http404
    household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version
    )
    request = _request_of(household, request_id)
    letter = waiting_letter(kind, request, wait, by=by, at=at)
    unit, day = unit_of(household, on=localdate(at)), localdate(at)
    document = keep(
        letter, household=household, kind=DocumentKind(kind), unit=unit, case=_case(household), by=by, at=at
    )
    dispatch_to_everybody(document, by=by, at=at)
    made = AnswerDelay.objects.create(
        household=household,
        request=request,
        kind=kind,
        sent_on=day,
        expected_by=wait.expected_by,
        reason=wait.reason.strip(),
        document=document,
        by=by,
    )
    what = Act.PRELIMINARY_SENT if kind == AnswerDelayKind.PRELIMINARY else Act.DELAY_SENT
    details = {"expected_by": made.expected_by.isoformat(), "letter": document.sha256}
    journal.record(what, household_id=household.pk, subject=made, by=by, at=at, details=details)
    return made


def _refuse_wait(kind: str, request: Request, wait: Wait, before: AnswerDelay | None, day: date) -> None:
    if request.outcome:
        raise CannotSend(_("The request is answered: there is nothing to wait for."))
    if not wait.reason.strip():
        raise CannotSend(_("Write why it takes time."), field="reason")
    if wait.expected_by <= day:
        raise CannotSend(_("Give a day that is after today."), field="expected_by")
    if kind == AnswerDelayKind.PRELIMINARY and before is not None:
        raise CannotSend(_("The request already has a preliminary answer: send a delay notice."))
    if before is not None and wait.expected_by <= before.expected_by:
        raise CannotSend(_("The new day must be later than the one promised."), field="expected_by")


def _refuse_needed(needed: Needed, day: date) -> None:
    lacks = {
        "needed": None if needed.items else _("Write what we need, one thing a line."),
        "why": None if needed.why.strip() else _("Write why we need it."),
        "consequence": None if needed.consequence.strip() else _("Write what happens if we do not get it."),
        "answer_by": None if needed.answer_by > day else _("Give a day to answer by that is after today."),
    }
    for field, sentence in lacks.items():
        if sentence is not None:
            raise CannotSend(sentence, field=field)


def _request_of(household: Household, request_id: int) -> Request:
    found = Request.objects.filter(pk=request_id, household=household).first()
    if found is None:
        raise Http404
    return found


def _case(household: Household) -> Case | None:
    found: Case | None = Case.objects.open().filter(household=household).first()
    return found
