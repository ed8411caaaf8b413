"""Landlords with how many homes they let to households that we follow, as far as one may know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from housing.masking import is_place_told
from housing.models import Landlord, Residence
from people.masking import sights_of
from people.models import Employee


@dataclass(frozen=True, kw_only=True)
class LandlordLine:
    landlord: Landlord
    tenancies: int
    dwellings: int


def landlords_in(municipalities: Collection[str], employee: Employee, *, at: datetime) -> list[LandlordLine]:
    """Every landlord, those in use first; only tenancies are counted that one may know the place of."""
    on = localdate(at)
    found = list(Landlord.objects.filter(municipality__in=municipalities).order_by("name", "pk"))
    told = tenancies_told(found, employee, at=at)
    let = Counter(residence.tenancy.landlord_id for residence in told)
    agreed: Counter[int] = Counter()
    for landlord_id, total in Landlord.objects.filter(
        pk__in=[one.pk for one in found], agreements__starts_on__lte=on, agreements__ends_on__gt=on
    ).values_list("pk", "agreements__dwelling_total"):
        agreed[landlord_id] += total or 0
    lines = [LandlordLine(landlord=one, tenancies=let[one.pk], dwellings=agreed[one.pk]) for one in found]
    return sorted(lines, key=lambda line: line.landlord.closed_on is not None and line.landlord.closed_on <= on)


def tenancies_told(landlords: Collection[Landlord], employee: Employee, *, at: datetime) -> list[Residence]:
    """Where households live tonight with one of these landlords, those left out whose place one may not know."""
    rows = Residence.objects.on(localdate(at)).filter(tenancy__landlord__in=[one.pk for one in landlords])
    found = list(rows.select_related("household", "tenancy").order_by("lease_ends_on", "pk"))
    sights = sights_of({one.household_id for one in found}, employee, at=at)
    return [one for one in found if is_place_told(one.kind, sights[one.household_id])]
