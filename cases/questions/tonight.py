"""Who sleeps where tonight: the list for whoever is on duty, on a phone, on paper, and when nothing else works.

A room that the reader may not know the household of reads as one that is not available, like any other that is out of
use. On paper nobody has signed in: it tells what any colleague of the unit sees, and of nobody who is shielded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.timezone import localdate

from cases.questions.standing import Standing, standings
from housing.models import Provider, Residence, ResidenceKind
from housing.occupancy import RoomTonight, Teller, rooms_on, told_to
from people.access import units_with
from people.facts import HouseholdFacts
from people.models import Employee, Household, Member, MemberRole, Responsibility, Unit
from people.roles import Permission

_CHILDREN = (MemberRole.CHILD, MemberRole.CHILD_VISIT)


@dataclass(frozen=True, kw_only=True)
class Sleeper:
    """A household that sleeps there, and how many they are, children who visit among them."""

    standing: Standing
    people: int
    children: int


@dataclass(frozen=True, kw_only=True)
class Bed:
    """A room tonight: with who has it, free, or not available. `name` is empty where no room is noted."""

    name: str
    beds: int
    sleeper: Sleeper | None = None
    is_free: bool = False


@dataclass(frozen=True, kw_only=True)
class House:
    """A provider and its rooms tonight."""

    provider: Provider
    beds: list[Bed]

    @property
    def free(self) -> int:
        return sum(bed.is_free for bed in self.beds)

    @property
    def people(self) -> int:
        """How many the reader may know of: those of hidden households are counted nowhere."""
        return sum(bed.sleeper.people for bed in self.beds if bed.sleeper)


@dataclass(frozen=True, kw_only=True)
class Tonight:
    """The list as it was at a moment. `rough`: those without a roof whom the reader may know of."""

    night: date
    at: datetime
    houses: list[House]
    rough: list[Sleeper]

    @property
    def household_ids(self) -> set[int]:
        """Everybody whom it names."""
        there = {bed.sleeper.standing.household_id for house in self.houses for bed in house.beds if bed.sleeper}
        return there | {one.standing.household_id for one in self.rough}


def tonight_for(employee: Employee, *, at: datetime) -> Tonight:
    """As the employee may see it: the providers of their municipalities, and others where their households sleep."""
    units = units_with(employee, Permission.VIEW_UNIT, at=at)
    municipalities = set(units.values_list("municipality", flat=True))
    seen = Household.objects.visible_to(employee, at=at)
    rough = Residence.objects.on(localdate(at)).filter(kind=ResidenceKind.ROUGH, household__in=seen)
    return _tonight(municipalities, told_to(employee, at=at), rough.values_list("household", flat=True), employee, at)


def tonight_on_paper(unit: Unit, *, by: Employee, at: datetime) -> Tonight:
    """As it is laid ready for the unit: its open households by name, of all others that the room is not available."""
    facts = HouseholdFacts(by, at=at)
    answering = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    ours = set(
        Household.objects.filter(pk__in=answering)
        .exclude(facts.shielded)
        .exclude(facts.sealed)
        .values_list("pk", flat=True)
    )
    rough = Residence.objects.on(localdate(at)).filter(kind=ResidenceKind.ROUGH, household__in=ours)

    def tell(lived: Collection[Residence]) -> set[int]:
        """A night shelter tells of drugs or health to those on the case alone."""
        return {one.household_id for one in lived if one.kind == ResidenceKind.TEMPORARY} & ours

    return _tonight({unit.municipality_id}, tell, rough.values_list("household", flat=True), by, at)


def _tonight(
    municipalities: Collection[str], tell: Teller, rough: Iterable[int], by: Employee, at: datetime
) -> Tonight:
    night = localdate(at)
    near = Q(provider__municipality__in=municipalities) | Q(household__municipality__in=municipalities)
    lived = list(
        Residence.objects.on(night).filter(near, provider__isnull=False).select_related("household").order_by("pk")
    )
    told = set(tell(lived))
    known = [one for one in lived if one.household_id in told]
    away = {one.provider_id for one in known}
    providers = Provider.objects.filter(Q(municipality__in=municipalities) | Q(pk__in=away))
    rooms = rooms_on(providers, night, lambda there: told & {one.household_id for one in there})
    sleepers = _sleepers({*(one.household_id for one in known), *rough}, night, by=by, at=at)
    roomless = [one for one in known if one.room_id is None]
    houses = [
        House(provider=provider, beds=list(_beds(provider, rooms, roomless, sleepers, municipalities)))
        for provider in providers.order_by("kind", "name", "pk")
    ]
    return Tonight(
        night=night,
        at=at,
        houses=[house for house in houses if house.beds],
        rough=sorted((sleepers[pk] for pk in rough if pk in sleepers), key=lambda one: one.standing.name),
    )


def _beds(
    provider: Provider,
    rooms: list[RoomTonight],
    roomless: list[Residence],
    sleepers: dict[int, Sleeper],
    municipalities: Collection[str],
) -> Iterable[Bed]:
    """Its rooms; of a provider elsewhere only those of the reader's own households."""
    is_ours = provider.municipality_id in municipalities
    for line in (line for line in rooms if line.room.provider_id == provider.pk):
        sleeper = sleepers.get(line.household.pk) if line.household else None
        if is_ours or sleeper:
            yield Bed(name=line.room.name, beds=line.room.capacity, sleeper=sleeper, is_free=line.is_free)
    for one in (one for one in roomless if one.provider_id == provider.pk and one.household_id in sleepers):
        yield Bed(name="", beds=0, sleeper=sleepers[one.household_id])


def _sleepers(household_ids: set[int], night: date, *, by: Employee, at: datetime) -> dict[int, Sleeper]:
    counted = (
        Member.objects.on(night)
        .filter(household__in=household_ids)
        .values("household")
        .annotate(people=Count("pk"), children=Count("pk", filter=Q(role__in=_CHILDREN)))
        .order_by("household")
    )
    counts = {row["household"]: row for row in counted}
    return {
        pk: Sleeper(
            standing=standing,
            people=counts[pk]["people"] if pk in counts else 0,
            children=counts[pk]["children"] if pk in counts else 0,
        )
        for pk, standing in standings(household_ids, by=by, at=at).items()
    }
