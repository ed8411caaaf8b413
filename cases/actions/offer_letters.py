"""The letter that offers a dwelling: gathered from the facts, printed, kept and sent. Inside an act."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cases import law
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import keep
from cases.actions.letter_frames import About, framed
from cases.letters import OfferLetter
from cases.models import Document, DocumentKind, Offer
from cases.questions.law import choices_of
from cases.questions.recipients import addressed_on
from cases.recipients import Addressed
from people.models import Employee


def send_offer_letter(offer: Offer, *, by: Employee, at: datetime) -> Document | None:
    """Print the offer and send it to everybody who gets the household's letters; None when it can go to nobody.

    Of somebody with a protected address it names no dwelling.
    """
    found = addressed_on(offer.household, on=localdate(at), kind="")
    if not found.can_leave:
        return None
    document = keep(
        offer_letter(offer, found, by=by, at=at),
        household=offer.household,
        kind=DocumentKind.OFFER,
        unit=offer.unit,
        case=offer.household.cases.order_by("-opened_on", "-pk").first(),
        tells_place=True,
        by=by,
        at=at,
    )
    dispatch_to_everybody(document, by=by, at=at)
    return document


def offer_letter(offer: Offer, found: Addressed, *, by: Employee, at: datetime) -> OfferLetter:
    """What the letter says, to those of `found`."""
    about = About(household=offer.household, unit=offer.unit, kind=DocumentKind.OFFER, reference=f"T-{offer.pk}")
    day, choices = localdate(at), choices_of(offer.household.municipality_id)
    dwelling = offer.dwelling
    return OfferLetter(
        **framed(about, found, by=by, day=day),
        dwelling=str(dwelling) if found.tells_place else "",
        rooms=dwelling.rooms,
        area_m2=dwelling.area_m2,
        rent_a_month=offer.rent_a_month,
        moves_in_from=offer.moves_in_from,
        answer_by=offer.expires_on,
        viewing=offer.viewing if found.tells_place else "",
        declining=law.CHOICES["offer_declined_otherwise"].on(day, choices),
        silence=law.CHOICES["offer_not_answered"].on(day, choices),
    )
