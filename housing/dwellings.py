"""The stock as a list, and one dwelling as it stands: who may be told of there, or free, or not available."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from housing.masking import is_place_told
from housing.models import Dwelling, DwellingRent, DwellingVoid, Residence
from people.components import Page
from people.decision import NOTHING
from people.masking import sights_of
from people.models import Employee, Household

#: How many dwellings a page of the list has.
A_PAGE = 50
#: What the list can be narrowed to beside codes of the dwelling.
FREE, GONE = "free", "gone"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: codes, and the number of the first row. `address` is searched for, never linked."""

    tenure: str = ""
    type: str = ""
    group: str = ""
    building: int | None = None
    rooms: int | None = None
    only: str = ""
    is_accessible: bool = False
    is_for_children: bool = False
    address: str = ""
    after: int = 0


@dataclass(frozen=True, kw_only=True)
class DwellingTonight:
    """A dwelling and what it is tonight: let to `household`, which the reader may know of, or free, or not available.

    Not available is the same whether it is out of letting, held, or a household lives there whom one is not told of.
    """

    dwelling: Dwelling
    household: Household | None
    is_free: bool
    is_ours: bool
    rent: int | None

    @property
    def is_not_available(self) -> bool:
        return self.is_ours and self.household is None and not self.is_free


def free_on(day: date) -> Q:
    """Dwellings in which nobody lives on a day, and that are not out of letting then."""
    return ~Q(Exists(Residence.objects.on(day).filter(dwelling=OuterRef("pk")))) & ~Q(
        Exists(DwellingVoid.objects.on(day).filter(dwelling=OuterRef("pk")))
    )


def tenures_of(municipalities: list[str], day: date) -> dict[str, int]:
    """How many dwellings of each tenure are in the stock on a day."""
    ours = Dwelling.objects.ours_on(day).filter(municipality__in=municipalities)
    return dict(ours.order_by().values_list("tenure").annotate(n=Count("pk")))


def stock(municipalities: list[str], wanted: Wanted, employee: Employee, *, at: datetime) -> Page:
    """A page of the dwellings wanted, by address, each as it is tonight."""
    day = localdate(at)
    found = _narrowed(Dwelling.objects.filter(municipality__in=municipalities), wanted, day)
    total = found.count()
    ordered = found.order_by("address", "number", "pk").select_related("building", "agreement")
    rows = tonight(ordered[wanted.after : wanted.after + A_PAGE], employee, at=at)
    last = wanted.after + len(rows)
    return Page(
        rows=rows,
        first=min(wanted.after + 1, last),
        last=last,
        total=total,
        previous=str(max(0, wanted.after - A_PAGE)) if wanted.after else None,
        next=str(last) if last < total else None,
    )


def tonight(dwellings: QuerySet[Dwelling], employee: Employee, *, at: datetime) -> list[DwellingTonight]:
    """Each dwelling as it is tonight, with its household where the employee may know that it lives there."""
    day = localdate(at)
    rent = DwellingRent.objects.begun(day).filter(dwelling=OuterRef("pk")).values("rent_a_month")[:1]
    rows = list(dwellings.annotate(is_free=free_on(day), rent=Subquery(rent, output_field=IntegerField())))
    told = _told([row.pk for row in rows], employee, day=day, at=at)
    return [
        DwellingTonight(
            dwelling=row, household=told.get(row.pk), is_free=row.is_free, is_ours=_is_ours(row, day), rent=row.rent
        )
        for row in rows
    ]


def _is_ours(dwelling: Dwelling, day: date) -> bool:
    return dwelling.acquired_on <= day and (dwelling.disposed_on is None or day < dwelling.disposed_on)


def _told(dwellings: Sequence[int], employee: Employee, *, day: date, at: datetime) -> dict[int | None, Household]:
    lived_in = Residence.objects.on(day).filter(dwelling__in=dwellings).select_related("household")
    residences: Iterable[Residence] = list(lived_in)
    sights = sights_of([one.household_id for one in residences], employee, at=at)
    return {
        one.dwelling_id: one.household
        for one in residences
        if is_place_told(one.kind, sights.get(one.household_id, NOTHING))
    }


def _narrowed(found: QuerySet[Dwelling], wanted: Wanted, day: date) -> QuerySet[Dwelling]:
    if wanted.only == GONE:
        found = found.filter(disposed_on__lte=day)
    else:
        # those to come are seen as soon as they are known
        found = found.filter(Q(disposed_on__isnull=True) | Q(disposed_on__gt=day))
    if wanted.only == FREE:
        found = found.filter(free_on(day), acquired_on__lte=day)
    codes = {
        "tenure": wanted.tenure,
        "type": wanted.type,
        "building": wanted.building,
        "rooms__gte": wanted.rooms,
        "is_accessible": wanted.is_accessible or None,
        "is_children_approved": wanted.is_for_children or None,
        "target_groups__contains": [wanted.group] if wanted.group else None,
        "address__icontains": wanted.address,
    }
    return found.filter(**{path: value for path, value in codes.items() if value not in ("", None)})
