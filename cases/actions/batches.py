"""Letters to many households: written down once, made by the worker one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.letters_waiting import (
    Needed,
    Wait,
    information_letter,
    request_information,
    send_preliminary_answer,
    waiting_letter,
)
from cases.letters import Letter
from cases.models import AnswerDelayKind, BatchItemState, BatchKind, Document, LetterBatch, LetterBatchItem, Request
from cases.questions.batches import LARGEST, Candidate
from people.access import require
from people.models import Employee, Household, Language, Unit
from people.queue import Queue, defer
from people.refusals import REFUSABLE, Refusal, refusal_of
from people.roles import Permission
from people.transactions import act


class CannotSendMany(Refusal):
    """There is nobody to send to, too many, or something that the letters must say is missing."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What all letters of a batch say: why; of one that asks, what for and what follows; and the day it turns on."""

    reason: str
    due_on: date
    needed: str = ""
    consequence: str = ""
    language: str = ""


@act
def start_batch(
    *, kind: BatchKind, unit: Unit, said: Said, to: Sequence[Candidate], by: Employee, at: datetime
) -> LetterBatch:
    """Write down who gets the letter and what it says, and have the worker make them.

    :raises CannotSendMany: with the sentence for what is missing
    """
    require(by, Permission.CHANGE_HOUSEHOLD, at=at)
    if not to:
        raise CannotSendMany(_("Tick at least one household."), field="ticked")
    if len(to) > LARGEST:
        raise CannotSendMany(_("Send to at most %(n)s households at a time.") % {"n": LARGEST}, field="ticked")
    if not said.reason.strip():
        raise CannotSendMany(_("Write why."), field="reason")
    if said.due_on <= localdate(at):
        raise CannotSendMany(_("Give a day that is after today."), field="due_on")
    if kind != BatchKind.PRELIMINARY and not (said.needed.strip() and said.consequence.strip()):
        raise CannotSendMany(_("Write what we need, and what happens if we do not get it."), field="needed")
    batch: LetterBatch = LetterBatch.objects.create(
        kind=kind,
        unit=unit,
        reason=said.reason.strip(),
        needed=said.needed.strip(),
        consequence=said.consequence.strip(),
        due_on=said.due_on,
        language=said.language,
        made_by=by,
        made_at=at,
    )
    LetterBatchItem.objects.bulk_create(
        LetterBatchItem(batch=batch, household_id=one.household_id, request_id=one.request_id) for one in to
    )
    defer("render", queue=Queue.LETTERS, once=f"render-{batch.pk}", batch=batch.pk)
    return batch


def preview(kind: BatchKind, said: Said, to: Candidate, *, by: Employee, at: datetime) -> Letter:
    """One of the letters as a draft, kept nowhere.

    :raises Refusal: when it could not be sent
    """
    household = Household.objects.get(pk=to.household_id)
    if kind == BatchKind.PRELIMINARY and to.request_id is not None:
        request = Request.objects.get(pk=to.request_id, household=household)
        return waiting_letter(AnswerDelayKind.PRELIMINARY, request, _wait(said), by=by, at=at, is_draft=True)
    return information_letter(household, None, _needed(said), by=by, at=at, is_draft=True)


@act
def make_next(*, batch_id: int, by: Employee, at: datetime) -> bool:
    """Make one letter of the batch that waits, or write down why not, in one transaction. → whether there was one.

    `by` is the worker; the letter is made by, and with the rights of, whoever started the batch.
    """
    waiting = LetterBatchItem.objects.filter(batch=batch_id, state=BatchItemState.WAITING).order_by("pk")
    item: LetterBatchItem | None = (
        waiting.select_for_update(of=["self"], skip_locked=True).select_related("batch__made_by").first()
    )
    if item is None:
        _finish(batch_id, at=at)
        return False
    try:
        with transaction.atomic():
            item.finish(_made(item, at=at), at=at)
    except (*REFUSABLE, PermissionDenied, Http404) as error:
        item.refuse(_in_words(error), at=at)
    item.save(update_fields=["state", "document", "refusal", "done_at"])
    return True


@act
def note_seen(*, batch_id: int, by: Employee, at: datetime) -> None:
    """Whoever made the batch has seen that it is finished."""
    unseen = LetterBatch.objects.filter(pk=batch_id, made_by=by, finished_at__isnull=False, seen_at__isnull=True)
    unseen.update(seen_at=at)


def _made(item: LetterBatchItem, *, at: datetime) -> Document:
    batch = item.batch
    said = Said(
        reason=batch.reason,
        due_on=batch.due_on,
        needed=batch.needed,
        consequence=batch.consequence,
        language=batch.language,
    )
    if batch.kind == BatchKind.PRELIMINARY:
        if item.request_id is None:
            raise Http404
        return send_preliminary_answer(request_id=item.request_id, wait=_wait(said), by=batch.made_by, at=at).document
    return request_information(
        household_id=item.household_id, request_id=None, needed=_needed(said), by=batch.made_by, at=at
    ).document


def _finish(batch_id: int, *, at: datetime) -> None:
    """Done, unless another worker still holds one of its letters."""
    left = LetterBatchItem.objects.filter(batch=batch_id, state=BatchItemState.WAITING).exists()
    if not left:
        LetterBatch.objects.filter(pk=batch_id, finished_at__isnull=True).update(finished_at=at)


def _wait(said: Said) -> Wait:
    return Wait(expected_by=said.due_on, reason=said.reason, language=said.language)


def _needed(said: Said) -> Needed:
    return Needed(
        needed=said.needed,
        why=said.reason,
        consequence=said.consequence,
        answer_by=said.due_on,
        language=said.language,
    )


def _in_words(error: Exception) -> str:
    """Why one could not be sent, in the office's language: it is kept, and read by whoever made the batch."""
    with translation.override(Language.BOKMAL):
        refusal = refusal_of(error)
        return str(refusal.message) if refusal else str(_("You may not change this case any more."))
