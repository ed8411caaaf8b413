"""Which rooms are free for a household, and how they suit it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from housing.models import (
    Ban,
    ChildApproval,
    NotTogether,
    Provider,
    ProviderKind,
    ProviderOwner,
    QualityAgreement,
    Residence,
    Room,
)
from housing.states import birthday
from housing.suitability import STOPS, Lodgers, Lodging, Problem, problems
from people.models import Household, Member, MemberRole

OF_AGE = 18

#: What each problem is called on screen. A barred place says neither whose doing it is nor why.
PROBLEM_LABELS = {
    Problem.BARRED: _("Cannot be used for this household"),
    Problem.APPROVAL_LAPSED: _("No agreement on quality in force: a child needs the leader's approval"),
    Problem.CHILD_APPROVAL_LAPSED: _("The approval for children has lapsed: a child needs the leader's approval"),
    Problem.NIGHT_SHELTER: _("Night shelter, closed by day"),
    Problem.NO_QUALITY_AGREEMENT: _("No agreement on quality in force"),
    Problem.NOT_FOR_CHILDREN: _("Does not suit children"),
    Problem.TOO_SMALL: _("Too few beds"),
}


@dataclass(frozen=True)
class RoomOffer:
    """A room for a household from a night on. The room carries its provider; price in kroner a night.

    `free_until` is the day the room goes out of use, None when it does not.
    """

    room: Room
    problems: tuple[Problem, ...]
    has_quality_agreement: bool
    is_own: bool

    @property
    def price(self) -> int:
        return self.room.price_a_night

    @property
    def beds(self) -> int:
        return self.room.capacity

    @property
    def free_until(self) -> date | None:
        return self.room.closed_on

    @property
    def is_possible(self) -> bool:
        return STOPS.isdisjoint(self.problems)


def free_rooms(*, household: Household, night: date, providers: QuerySet[Provider] | None = None) -> list[RoomOffer]:
    """The rooms that nobody has from a night on, without end, each with what speaks against it. Two statements.

    The household's municipality's own providers unless others are asked for; own ones first, then those that suit
    best, then the cheapest.
    """
    if providers is None:
        providers = Provider.objects.filter(municipality=household.municipality_id)
    taken = Residence.objects.touching(night, None).filter(room=OuterRef("pk"))
    rooms = Room.objects.filter(
        ~Exists(taken),
        Q(opened_on__isnull=True) | Q(opened_on__lte=night),
        Q(closed_on__isnull=True) | Q(closed_on__gt=night),
        provider__in=providers,
    )
    return sorted(offers(rooms, household=household, night=night), key=_best_first)


def offers(rooms: QuerySet[Room], *, household: Household, night: date) -> Iterator[RoomOffer]:
    """How each of the rooms suits the household that night, free or not."""
    agreements = QualityAgreement.objects.filter(provider=OuterRef("provider"))
    approvals = ChildApproval.objects.filter(provider=OuterRef("provider"))
    known = rooms.select_related("provider").annotate(
        has_agreement=Exists(agreements.on(night)),
        ever_agreed=Exists(agreements.filter(starts_on__lte=night)),
        is_approved=Exists(approvals.on(night)),
        ever_approved=Exists(approvals.filter(starts_on__lte=night)),
        is_banned=Exists(_bans(household, night)),
        has_other=Exists(_kept_apart(household, night)),
    )
    lodgers = lodgers_of(household, night=night)
    for room in known:
        lodging = Lodging(
            beds=room.capacity,
            is_night_shelter=room.provider.kind == ProviderKind.NIGHT_SHELTER,
            suits_children=room.provider.suits_children or room.is_approved,
            # the municipality makes no agreement with itself; one that it made and let lapse still counts
            needs_agreement=room.provider.owner != ProviderOwner.MUNICIPAL or room.ever_agreed,
            has_agreement=room.has_agreement,
            is_barred=room.is_banned or room.has_other,
            child_approval_lapsed=room.ever_approved and not room.is_approved,
        )
        yield RoomOffer(
            room=room,
            problems=problems(lodgers, lodging),
            has_quality_agreement=room.has_agreement,
            is_own=room.provider.municipality_id == household.municipality_id,
        )


def lodgers_of(household: Household, *, night: date) -> Lodgers:
    """Who would sleep there: members of that night, children who visit among them."""
    members = Member.objects.on(night).filter(household=household).values_list("role", "person__born_on")
    ages = [(MemberRole(role), birthday(born_on, OF_AGE) > night) for role, born_on in members]
    return Lodgers(
        people=len(ages),
        has_children=any(is_minor and role in (MemberRole.CHILD, MemberRole.CHILD_VISIT) for role, is_minor in ages),
    )


def _bans(household: Household, night: date) -> QuerySet[Ban]:
    return Ban.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=night),
        household=household,
        provider=OuterRef("provider"),
        starts_on__lte=night,
    )


def _kept_apart(household: Household, night: date) -> QuerySet[Residence]:
    """Those who live at the provider, or will, and with whom the household may not be."""
    pairs = NotTogether.objects.filter(
        Q(household=household, other=OuterRef("household")) | Q(other=household, household=OuterRef("household"))
    )
    return Residence.objects.touching(night, None).filter(Exists(pairs), provider=OuterRef("provider"))


def _best_first(offer: RoomOffer) -> tuple[bool, bool, int, int, str, int, str]:
    room = offer.room
    suits = (not offer.is_own, not offer.is_possible, len(offer.problems), offer.price)
    # shorter names first: 2 before 10
    return *suits, room.provider.name, len(room.name), room.name
