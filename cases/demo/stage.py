"""What every scene begins from: who plays, and how a household comes to the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cases.actions.registration import NewNeed
from cases.demo.cast import Cast
from cases.demo.life import Life
from cases.demo.stories import Exit
from cases.demo.town import Town
from cases.models import LostHomeReason, NeedKind, NeedReason
from housing.models import ResidenceKind
from people.models import Employee, Protection, Unit

ROUGH, FRIENDS, CRISIS_CENTRE = ResidenceKind.ROUGH, ResidenceKind.FRIENDS, ResidenceKind.CRISIS_CENTRE
MUNICIPAL = Exit(ResidenceKind.MUNICIPAL_RENTAL)
PRIVATE = Exit(ResidenceKind.PRIVATE_RENTAL)
#: Nights that no story of tonight comes to the end of.
STILL = 900

Arrival = Callable[[Life], None]


@dataclass
class Stage:
    """What every scene needs to begin."""

    town: Town
    cast: Cast
    rng: Random

    def life(self, *, owner: str = "", unit: Unit | None = None) -> Life:
        """A new life; its caseworker by user name, or one of the NAV office's in turn of chance."""
        return Life(self.town, self.cast, self.rng, owner=self.worker(owner), unit=unit)

    def worker(self, username: str = "") -> Employee:
        names = ("saksbehandler", "saksbehandler", "saksbehandler2", "saksbehandler3")
        return self.town.employees[username or self.rng.choice(names)]

    def shielded_life(self) -> Life:
        return self.life(owner="skjermet", unit=self.town.special_unit)

    def housing_life(self) -> Life:
        return self.life(owner="bolig", unit=self.town.housing_office)


def single(
    situation: ResidenceKind = ROUGH,
    reason: LostHomeReason = LostHomeReason.FAMILY_THROWN_OUT,
    *,
    since: int = 0,
    ages: tuple[int, int] = (25, 62),
    protection: Protection = Protection.NONE,
    lacks_place: bool = True,
) -> Arrival:
    def arrive(life: Life) -> None:
        members = life.cast.single(life.today, ages=ages, protection=protection)
        life.register(members, reason=reason, situation=situation, since=since, lacks_place=lacks_place)

    return arrive


def family(
    situation: ResidenceKind = ROUGH,
    reason: LostHomeReason = LostHomeReason.EVICTION,
    *,
    children: int = 2,
    is_couple: bool = False,
    since: int = 0,
    protection: Protection = Protection.NONE,
    lacks_place: bool = True,
) -> Arrival:
    def arrive(life: Life) -> None:
        members = life.cast.family(life.today, children=children, is_couple=is_couple, protection=protection)
        life.register(members, reason=reason, situation=situation, since=since, lacks_place=lacks_place)

    return arrive


def in_need(kind: NeedKind, reason: NeedReason, *, children: int = 0, home: ResidenceKind = PRIVATE.kind) -> Arrival:
    """Has a home, and asks for no place tonight."""

    def arrive(life: Life) -> None:
        members = (
            life.cast.family(life.today, children=children) if children else life.cast.single(life.today, ages=(24, 70))
        )
        need = NewNeed(kind, reason)
        life.register(members, situation=home, since=life.rng.randint(200, 1500), need=need, asks=False)

    return arrive
