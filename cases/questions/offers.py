"""Offers of dwellings: a household's, a unit's, and the dwellings that can be offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import LIVE_OFFERS, AgendaItem, Offer, OfferStatus
from cases.questions.people import applicant_name
from housing.models import Dwelling, DwellingVoid, Residence
from housing.states import add_months
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, Unit

#: Ended offers are shown so many months back.
SHOWN_MONTHS = 12


class Which(StrEnum):
    UNANSWERED = "unanswered"
    LATE = "late"
    ACCEPTED = "accepted"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class OfferRow:
    """One offer as a list shows it. `dwelling` in words, masked where it would tell where somebody shielded is."""

    offer: Offer
    key: UUID
    name: str
    dwelling: str
    is_late: bool

    @property
    def kinds(self) -> set[Which]:
        if self.offer.status == OfferStatus.SENT:
            return {Which.UNANSWERED, Which.LATE} if self.is_late else {Which.UNANSWERED}
        return {Which.ACCEPTED if self.offer.status == OfferStatus.ACCEPTED else Which.ENDED}


def offers_of(unit: Unit, employee: Employee, *, at: datetime) -> list[OfferRow]:
    """The unit's offers to households that the employee may see: those that wait by their last day, then the others."""
    today = localdate(at)
    found = list(
        Offer.objects.for_lists()
        .filter(unit=unit, household__in=Household.objects.visible_to(employee, at=at))
        .exclude(ended_on__lt=add_months(today, -SHOWN_MONTHS))
        .annotate(name=applicant_name(today, "household"))
        .order_by("expires_on", "pk")
    )
    sights = sights_of({one.household_id for one in found}, employee, at=at)
    rows = [_row(one, one.name, tells_place=sights[one.household_id].whereabouts, today=today) for one in found]
    return sorted(rows, key=lambda row: row.offer.status not in LIVE_OFFERS)


def offers_to(household: Household, *, today: date) -> list[OfferRow]:
    """The household's offers, the newest first; to somebody who has opened it."""
    found = household.offers.for_lists().order_by("-sent_on", "-pk")
    return [_row(one, "", tells_place=household.sight.whereabouts, today=today) for one in found]


def dwellings_to_offer(municipality_id: str, *, on: date, but: int | None = None) -> list[tuple[int, str]]:
    """The municipality's dwellings that nobody has without end, is offered or is kept for, by their words.

    :param but: the agenda item whose own dwelling is among them
    """
    for_good = Q(ends_on__isnull=True)
    lived_in = Residence.objects.touching(on, None).filter(for_good, dwelling=OuterRef("pk"))
    out = DwellingVoid.objects.touching(on, None).filter(for_good, dwelling=OuterRef("pk"))
    offered = Offer.objects.live().filter(dwelling=OuterRef("pk"))
    kept = AgendaItem.objects.filter(dwelling=OuterRef("pk"), effected_on__isnull=True).exclude(pk=but or 0)
    found = Dwelling.objects.filter(
        Q(disposed_on__isnull=True) | Q(disposed_on__gt=on),
        ~Exists(lived_in),
        ~Exists(out),
        ~Exists(offered),
        ~Exists(kept),
        municipality=municipality_id,
        acquired_on__lte=on,
    )
    return [(one.pk, in_words(one)) for one in found.order_by("address", "pk")]


def in_words(dwelling: Dwelling) -> str:
    """Address, rooms and area on a line."""
    told = [str(dwelling), *([f"{dwelling.area_m2} m²"] if dwelling.area_m2 else [])]
    return ", ".join(told)


def _row(offer: Offer, name: str, *, tells_place: bool, today: date) -> OfferRow:
    return OfferRow(
        offer=offer,
        key=offer.household.key,
        name=name or offer.household.ref,
        dwelling=in_words(offer.dwelling) if tells_place else str(SHIELDED_PLACE),
        is_late=offer.status == OfferStatus.SENT and offer.expires_on < today,
    )
