"""A move is undone: the offers that it ended stand as before. Inside the act that undoes it, never one itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.timezone import localdate

from cases.actions.occupancy import refuse_dwelling
from cases.actions.offers import held_from, refuse_kept
from cases.actions.tasks import close_tasks_about
from cases.models import Offer, OfferStatus, TaskEnd, WithdrawalReason
from housing.actions.voids import hold_for
from housing.models import DwellingVoid
from people.journal import Act
from people.models import Employee, JournalEntry
from people.refusals import Refusal


def ended_by(entry: JournalEntry) -> list[Offer]:
    """The offers that the act of a journal entry ended: the one taken up first, then those that fell away."""
    same_act = JournalEntry.objects.filter(household_id=entry.household_id, at=entry.at, by=entry.by_id)
    ended = same_act.filter(act__in=[Act.OFFER_TAKEN_UP, Act.OFFER_WITHDRAWN]).values_list("subject_id", flat=True)
    offers = Offer.objects.filter(pk__in=list(ended), household=entry.household_id).select_related(
        "household", "dwelling"
    )
    taken_up = [offer for offer in offers if offer.status == OfferStatus.MOVED_IN]
    fallen = offers.filter(status=OfferStatus.WITHDRAWN, withdrawn_because=WithdrawalReason.MOVED_ELSEWHERE)
    return [*taken_up, *fallen.order_by("pk")]


def stand_again(offers: list[Offer], *, moved_on: date, by: Employee, at: datetime) -> None:
    """Each as it was before the move, with what was held; the dwellings are locked, and the residence is gone.

    One whose dwelling has been given to somebody else meanwhile stays withdrawn, and nobody is asked about it.
    """
    for offer in offers:
        if not _is_free(offer):
            close_tasks_about(offer, by=by, at=at, because=TaskEnd.OVERTAKEN)
            continue
        if _was_accepted(offer):
            offer.stand_accepted()
            _hold_again(offer, moved_on=moved_on, today=localdate(at))
        else:
            offer.stand_unanswered()
        offer.save(update_fields=["status", "ended_on", "withdrawn_because", "accepted_on", "answered_by"])


def _is_free(offer: Offer) -> bool:
    household, dwelling = offer.household, offer.dwelling
    try:
        refuse_dwelling(dwelling, offer.moves_in_from, None, but=None, household=household)
        refuse_kept(dwelling, on=offer.moves_in_from, household=household)
    except Refusal:
        return False
    return True


def _was_accepted(offer: Offer) -> bool:
    """Whether it was before the act that ended it: that act may have been the yes itself."""
    events: Any = apps.get_model("cases", "OfferEvent")._default_manager.filter(id=offer.pk).order_by("pgh_id")
    before = events.exclude(pgh_context_id=events.last().pgh_context_id).last()
    return before is not None and before.status == OfferStatus.ACCEPTED


def _hold_again(offer: Offer, *, moved_on: date, today: date) -> None:
    held = DwellingVoid.objects.filter(dwelling=offer.dwelling_id, held_for=offer.household_id, ends_on=moved_on)
    released = held.first()
    if released is None:
        hold_for(offer.household, offer.dwelling, on=held_from(offer.dwelling, offer, today))
    else:
        released.ends_on = None
        released.save(update_fields=["ends_on"])
