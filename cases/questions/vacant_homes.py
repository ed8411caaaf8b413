"""The dwellings that can be had now or soon, with what matching asks of them. Five statements, however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery

from cases.matching import Home
from cases.models import Offer
from housing.agreements import has_room
from housing.models import Dwelling, DwellingRent, DwellingVoid, Residence, VoidReason

#: Dwellings that become free within so many days are matched too.
SOON_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A dwelling that nobody is to have, and the first day that one can move in."""

    dwelling: Dwelling
    home: Home
    free_on: date

    @property
    def name(self) -> str:
        return named(self.dwelling)


def vacancies(municipality_id: str, on: date, *, within: int = SOON_DAYS) -> list[Vacancy]:
    """Those of the municipality that are vacant on a day or become so soon, the first to be had first.

    Held, offered, or full by its agreement is not vacant.
    """
    dwellings = list(_with_rent(Dwelling.objects.ours_on(on).filter(municipality=municipality_id), on))
    free = _free_from([dwelling.pk for dwelling in dwellings], on)
    last = on + timedelta(days=within)
    found = []
    for dwelling in dwellings:
        day = free.get(dwelling.pk)
        is_ours = day is not None and (dwelling.disposed_on is None or day < dwelling.disposed_on)
        if day is not None and is_ours and day <= last and has_room(dwelling, day, None):
            found.append(Vacancy(dwelling=dwelling, home=home_of(dwelling, day), free_on=day))
    return sorted(found, key=lambda one: (one.free_on, one.name, one.dwelling.pk))


def home_of(dwelling: Dwelling, free_on: date) -> Home:
    """What matching asks of a dwelling that came from `with_facts` or `vacancies`."""
    building = dwelling.building
    where = [dwelling.address, building.name if building else "", building.address if building else ""]
    return Home(
        free_on=free_on,
        rooms=dwelling.rooms,
        area=dwelling.area_m2,
        rent=getattr(dwelling, "rent_now", None),
        floor=dwelling.floor,
        has_lift=dwelling.has_lift,
        is_accessible=dwelling.is_accessible,
        is_small_house=dwelling.is_small_house,
        is_colocated=dwelling.is_colocated,
        is_children_approved=dwelling.is_children_approved,
        allows_pets=dwelling.allows_pets,
        staffing=dwelling.staffing,
        groups=frozenset(dwelling.target_groups),
        where=" ".join(filter(None, where)),
    )


def homes_by_id(ids: Iterable[int], on: date) -> dict[int, tuple[Dwelling, Home]]:
    """Dwellings by their key, whether or not somebody lives there, as if they were free on the day."""
    found = _with_rent(Dwelling.objects.filter(pk__in=set(ids)), on)
    return {dwelling.pk: (dwelling, home_of(dwelling, on)) for dwelling in found}


def was_to_be_had(dwelling: Dwelling, on: date) -> bool:
    """Whether nobody lived there, held it or had been offered it when the day began; which of these is not told."""
    before = {"dwelling": dwelling, "starts_on__lt": on}
    is_ours = dwelling.acquired_on <= on and (dwelling.disposed_on is None or on < dwelling.disposed_on)
    is_let = Residence.objects.on(on).filter(**before).exists()
    is_void = DwellingVoid.objects.on(on).filter(**before).exists()
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    offered = Offer.objects.filter(still, dwelling=dwelling, sent_on__lt=on)
    return is_ours and not (is_let or is_void or offered.exists())


def named(dwelling: Dwelling) -> str:
    """The address with the number of the door; the reference where there is none."""
    return " ".join(filter(None, [dwelling.address, dwelling.number])) or dwelling.ref


def _with_rent(dwellings: Iterable[Dwelling], on: date) -> Iterable[Dwelling]:
    rents = DwellingRent.objects.begun(on).filter(dwelling=OuterRef("pk")).values("rent_a_month")[:1]
    annotated: Iterable[Dwelling] = (
        dwellings.select_related("building", "agreement").annotate(rent_now=Subquery(rents)).order_by("pk")  # type: ignore[attr-defined]
    )
    return annotated


def _free_from(ids: list[int], on: date) -> dict[int, date]:
    """The first day that each can be had; left out is what has no such day, is held, or is offered."""
    ends: dict[int, list[date | None]] = defaultdict(list)
    lived_in = Residence.objects.touching(on, None).filter(dwelling__in=ids)
    for dwelling_id, ends_on, notice in lived_in.values_list("dwelling_id", "ends_on", "tenancy__notice_ends_on"):
        ends[dwelling_id].append(ends_on or notice)
    voids = DwellingVoid.objects.touching(on, None).filter(dwelling__in=ids)
    for dwelling_id, reason, ends_on, expected_on in voids.values_list(
        "dwelling_id", "reason", "ends_on", "expected_on"
    ):
        ends[dwelling_id].append(None if reason == VoidReason.HOLD else ends_on or expected_on)
    offered = set(Offer.objects.live().filter(dwelling__in=ids).values_list("dwelling_id", flat=True))
    return {
        key: max([on, *(day for day in ends[key] if day is not None)])
        for key in ids
        if None not in ends[key] and key not in offered
    }
