"""Who gives a bed tonight, how many rooms are free, and which room is whose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from housing.masking import is_place_told
from housing.models import ChildApproval, Provider, QualityAgreement, Residence, Room
from people.decision import NOTHING
from people.masking import sights_of
from people.models import Employee, Household


@dataclass(frozen=True, kw_only=True)
class RoomTonight:
    """A room and what it is tonight: taken by `household`, which the reader may know of, or free, or not available.

    Not available is the same whether it is out of use, another unit's, or a shielded household lives there.
    """

    room: Room
    household: Household | None
    is_free: bool

    @property
    def is_not_available(self) -> bool:
        return self.household is None and not self.is_free


def in_use(day: date) -> Q:
    """Rooms that are open on a day."""
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    return opened & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))


def free_tonight(day: date) -> Q:
    """Rooms that are open on a day and that nobody has."""
    return in_use(day) & ~Q(Exists(Residence.objects.on(day).filter(room=OuterRef("pk"))))


def providers_tonight(municipalities: list[str], day: date) -> QuerySet[Provider]:
    """Providers with `room_count`, `free_count`, `is_agreed`, and whether they are and were approved for children.

    How many are taken is not told apart from how many are out of use: the rest would be those of hidden households.
    """
    free = Room.objects.filter(free_tonight(day), provider=OuterRef("pk")).order_by().values("provider")
    return (
        Provider.objects.filter(municipality__in=municipalities)
        .annotate(
            room_count=Count("rooms"),
            free_count=Coalesce(Subquery(free.annotate(n=Count("pk")).values("n")), 0),
            is_child_approved=Exists(ChildApproval.objects.on(day).filter(provider=OuterRef("pk"))),
            was_child_approved=Exists(ChildApproval.objects.filter(provider=OuterRef("pk"), starts_on__lte=day)),
            is_agreed=Exists(QualityAgreement.objects.on(day).filter(provider=OuterRef("pk"))),
        )
        .order_by("kind", "name", "pk")
    )


#: Which households, by id, a reader may know the rooms of, among those that live in them.
Teller = Callable[[Collection[Residence]], Collection[int]]


def told_to(employee: Employee, *, at: datetime) -> Teller:
    """What the employee may know now."""

    def tell(lived: Collection[Residence]) -> set[int]:
        sights = sights_of([one.household_id for one in lived], employee, at=at)
        return {one.household_id for one in lived if is_place_told(one.kind, sights.get(one.household_id, NOTHING))}

    return tell


def rooms_on(providers: Iterable[Provider], night: date, tell: Teller) -> list[RoomTonight]:
    """Every room of the providers on a night, by name; with its household where the reader may know of it now."""
    rooms = list(
        Room.objects.filter(provider__in=providers)
        .select_related("provider")
        .annotate(is_free=free_tonight(night))
        .order_by("provider__name", "provider", Length("name"), "name")
    )
    lived = {
        residence.room_id: residence
        for residence in Residence.objects.on(night).filter(room__in=rooms).select_related("household")
    }
    told = tell(lived.values())
    known = {room: one.household for room, one in lived.items() if one.household_id in told}
    return [RoomTonight(room=room, household=known.get(room.pk), is_free=vars(room)["is_free"]) for room in rooms]


#: How many nights stand beside each other.
NIGHTS_SHOWN = 7


@dataclass(frozen=True)
class ProviderNights:
    """A provider and its rooms in use, each night: how many are free. Who has the others is not told."""

    provider: Provider
    free: list[int]


def nights_of(municipalities: list[str], first: date) -> list[ProviderNights]:
    """The providers' free rooms on each of `NIGHTS_SHOWN` nights from the first, in one statement."""
    nights = [first + timedelta(days=n) for n in range(NIGHTS_SHOWN)]
    counts = {}
    for n, night in enumerate(nights):
        free = Room.objects.filter(free_tonight(night), provider=OuterRef("pk")).order_by().values("provider")
        counts[f"free_{n}"] = Coalesce(Subquery(free.annotate(n=Count("pk")).values("n")), 0)
    found = Provider.objects.filter(municipality__in=municipalities).annotate(room_count=Count("rooms"), **counts)
    return [
        ProviderNights(provider, [vars(provider)[name] for name in counts])
        for provider in found.order_by("kind", "name", "pk")
    ]
