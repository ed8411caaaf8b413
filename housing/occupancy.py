"""Who gives a bed tonight, how many are taken, and which room is whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from housing.models import Provider, QualityAgreement, Residence, Room
from people.models import Household


@dataclass(frozen=True, kw_only=True)
class RoomTonight:
    """A room and what it is tonight: free, or taken by a household that the reader may see, or simply not available."""

    room: Room
    residence: Residence | None
    is_taken: bool


def in_use(day: date) -> Q:
    """Rooms that are open on a day."""
    opened = Q(rooms__opened_on__isnull=True) | Q(rooms__opened_on__lte=day)
    return opened & (Q(rooms__closed_on__isnull=True) | Q(rooms__closed_on__gt=day))


def providers_tonight(municipalities: list[str], day: date) -> QuerySet[Provider]:
    """Providers with `rooms_in_use`, `taken` (rooms), `households` (with or without a known room), `is_agreed`.

    A taken room counts whoever has it: the numbers tell nothing of who.
    """
    residences = Residence.objects.on(day).filter(provider=OuterRef("pk")).order_by().values("provider")
    return (
        Provider.objects.filter(municipality__in=municipalities)
        .annotate(
            rooms_in_use=Count("rooms", filter=in_use(day), distinct=True),
            taken=Subquery(residences.annotate(n=Count("room")).values("n")),
            households=Subquery(residences.annotate(n=Count("pk")).values("n")),
            is_agreed=Exists(QualityAgreement.objects.on(day).filter(provider=OuterRef("pk"))),
        )
        .order_by("kind", "name", "pk")
    )


def rooms_tonight(provider: Provider, day: date, visible: QuerySet[Household]) -> list[RoomTonight]:
    """Every room in use with its household tonight, by name; the household only when it is among `visible`."""
    tonight = {
        residence.room_id: residence
        for residence in Residence.objects.on(day)
        .filter(provider=provider, room__isnull=False)
        .select_related("household")
    }
    seen = set(
        Residence.objects.filter(
            pk__in=[residence.pk for residence in tonight.values()], household__in=visible
        ).values_list("room_id", flat=True)
    )
    rooms = provider.rooms.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day)).order_by(Length("name"), "name")
    return [
        RoomTonight(room=room, residence=tonight.get(room.pk) if room.pk in seen else None, is_taken=room.pk in tonight)
        for room in rooms
    ]
