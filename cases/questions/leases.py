"""The leases of a household: what was signed, what it counts as and why, what stands good for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.models import Offer, OfferStatus, Security
from cases.questions.securities import months_allowed, most_of, standing_of
from cases.wording import day_in_words
from housing.leases import Judgement, Why, judge
from housing.masking import masked
from housing.models import RENTALS, DwellingRent, Residence, Tenancy, TenancyRent
from housing.states import add_months
from people.decision import Sight
from people.journal import Act
from people.models import Household, JournalEntry

_WHY: dict[Why, str | Promise] = {
    Why.WITHOUT_END: gettext_lazy("A permanent home: the lease has no end."),
    Why.LONG_ENOUGH: gettext_lazy("A permanent home: the lease lasts three years or more from the day they moved in."),
    Why.TOO_SHORT: gettext_lazy("No permanent home: the lease would have to last until %(day)s."),
    Why.WITHOUT_END_BY_LAW: gettext_lazy(
        "By law without an end, since no reason for the short time is on record. Put it right: it is counted as no"
        " permanent home until then."
    ),
}


@dataclass(frozen=True, kw_only=True)
class LeaseLine:
    """One lease as the reader may see it. `papers` is None when only its dates are known, or its place is masked."""

    residence: Residence
    papers: Tenancy | None
    judged: Judgement
    rents: list[TenancyRent]
    securities: list[Security]
    standing: int = 0
    most: int | None = None
    months: int = 0
    is_current: bool = False

    @property
    def place(self) -> str:
        if self.residence.dwelling is not None:
            return str(self.residence.dwelling)
        return self.papers.address if self.papers else ""

    @property
    def why(self) -> str:
        return why_in_words(self.judged)


def why_in_words(judged: Judgement) -> str:
    """Why a lease counts as it does, in a sentence."""
    return str(_WHY[judged.why]) % {"day": day_in_words(judged.least_end)}


def leases_of(household: Household, *, on: date) -> list[LeaseLine]:
    """Every lease of the household, the latest first, as its sight lets the reader see them."""
    found = household.residences.filter(kind__in=RENTALS).select_related("dwelling", "tenancy__landlord")
    return [_line(each, household.sight, on=on) for each in found.order_by("-starts_on")]


def judged_of(residence: Residence) -> Judgement:
    papers = getattr(residence, "tenancy", None)
    return judge(
        lease=residence.lease,
        starts_on=residence.starts_on,
        ends_on=residence.lease_ends_on,
        has_reason=bool(residence.lease_reason or (papers and papers.reserved_because)),
    )


def _line(residence: Residence, sight: Sight, *, on: date) -> LeaseLine:
    papers: Tenancy | None = getattr(residence, "tenancy", None) if sight.whereabouts else None
    is_current = residence.starts_on <= on and (residence.ends_on is None or residence.ends_on > on)
    rents = list(papers.rents.order_by("-starts_on")) if papers else []
    securities = list(papers.securities.order_by("given_on", "pk")) if papers else []
    return LeaseLine(
        residence=masked(residence, sight),
        papers=papers,
        judged=judged_of(residence),
        rents=rents,
        securities=securities,
        standing=standing_of(papers, on=on) if papers else 0,
        most=most_of(residence, papers, on=on) if papers else None,
        months=months_allowed(residence, on=on),
        is_current=is_current,
    )


def proposed_terms(household: Household, *, on: date) -> dict[str, Any]:
    """What the form of a lease begins with: the offer accepted, and what was told in writing."""
    told = (
        JournalEntry.objects.filter(household_id=household.pk, act=Act.LEASE_TOLD, at__date__gt=add_months(on, -3))
        .order_by("pk")
        .last()
    )
    found: dict[str, Any] = {}
    offer = Offer.objects.filter(household=household, status=OfferStatus.ACCEPTED).first()
    if offer is not None:
        found = {
            "dwelling": offer.dwelling_id,
            "moves_in_on": max(on, offer.moves_in_from),
            "rent_a_month": offer.rent_a_month or rent_of_dwelling(offer.dwelling_id, on=on),
        }
    if told is not None:
        found |= {"informed_on": told.on, **told.details}
    return found


def rent_of_dwelling(dwelling_id: int, *, on: date) -> int | None:
    rents = DwellingRent.objects.filter(dwelling=dwelling_id, starts_on__lte=on).order_by("-starts_on")
    return rents.values_list("rent_a_month", flat=True).first()
