"""The place itself: units, those who work there, providers with rooms, and dwellings. Nobody lives in it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from cases.demo.content import content
from cases.demo.homes_leases import add_landlords
from cases.demo.stock import furnish
from cases.models import AgendaItem, Offer
from housing.actions.providers import add_provider, agree_on_quality, save_room
from housing.models import Dwelling, DwellingVoid, Provider, Residence, Tenure
from people.models import Clearance, DutyContact, Employee, Municipality, Role, RoleGrant, Unit

#: Days before the edge from which everybody has worked here and every provider has been kept.
LONG_BEFORE = 1200
#: how long the auditor's role lasts after the day that the demo ends at
INSPECTED = timedelta(days=180)
#: Area in square metres and number of rooms, in turn.
SIZES = ((32, 1), (45, 2), (52, 2), (64, 3), (78, 4))
TENURES = (Tenure.OWNED, Tenure.OWNED, Tenure.OWNED, Tenure.RENTED_IN, Tenure.REFERRAL_AGREEMENT)


@dataclass(frozen=True)
class SignIn:
    """How somebody in the demo signs in."""

    username: str
    role: Role
    name: str


@dataclass
class Town:
    """What the stories need of the place; `edge` is the moment the demo ends at."""

    edge: datetime
    edge_day: date
    units: dict[str, Unit]
    employees: dict[str, Employee]
    providers: dict[str, Provider]
    dwellings: list[Dwelling]

    @property
    def nav(self) -> Unit:
        return self.units["demo-nav"]

    @property
    def housing_office(self) -> Unit:
        return self.units["demo-housing"]

    @property
    def special_unit(self) -> Unit:
        return self.units["demo-special"]

    @property
    def leader(self) -> Employee:
        return self.employees["leder"]

    def free_dwellings(self, day: date) -> QuerySet[Dwelling]:
        """Those that nobody lives in from that day on, and that can be let: not those offered to somebody."""
        taken = Residence.objects.touching(day, None).filter(dwelling__isnull=False).values("dwelling")
        out = DwellingVoid.objects.touching(day, None).values("dwelling")
        kept = [
            *Offer.objects.live().values_list("dwelling", flat=True),
            *AgendaItem.objects.filter(dwelling__isnull=False, effected_on=None).values_list("dwelling", flat=True),
        ]
        ours = Dwelling.objects.filter(municipality=self.nav.municipality).exclude(pk__in=kept)
        return ours.exclude(pk__in=taken).exclude(pk__in=out)

    def free_dwelling(self, day: date) -> Dwelling | None:
        return self.free_dwellings(day).order_by("ref").first()


def sign_ins() -> list[SignIn]:
    return [SignIn(row["username"], Role(row["role"]), row["name"]) for row in content("places")["employees"]]


def build_town(*, edge: datetime, edge_day: date, password: str, dwellings: int) -> Town:
    """Write units, employees, providers and dwellings. Units and employees that are there already are kept."""
    places = content("places")
    municipality = Municipality.objects.get(number=places["municipality"])
    since = edge_day - timedelta(days=LONG_BEFORE)
    units = {row["ref"]: _unit(municipality, row) for row in places["units"]}
    hashed = make_password(password)  # once: it is slow, and made to be
    employees = {row["username"]: _employee(row, hashed) for row in places["employees"]}
    for row in places["employees"]:
        _role(row, employees, units, since=since, edge_day=edge_day)
    _duty(municipality, places["duty"], since)
    town = Town(edge, edge_day, units, employees, {}, [])
    at = edge - timedelta(days=LONG_BEFORE)
    for row in places["providers"]:
        town.providers[row["name"]] = _provider(municipality, dict(row), by=town.leader, at=at, edge_day=edge_day)
    add_landlords(municipality, by=town.leader, at=at)
    town.dwellings = [_dwelling(municipality, number, since) for number in range(dwellings)]
    furnish(town.dwellings, municipality=municipality, by=town.leader, at=edge)
    return town


def _unit(municipality: Municipality, row: dict[str, Any]) -> Unit:
    facts = {name: value for name, value in row.items() if name != "ref"}
    unit, _is_new = Unit.objects.get_or_create(ref=row["ref"], defaults={"municipality": municipality, **facts})
    return unit


def _employee(row: dict[str, Any], hashed: str) -> Employee:
    employee = Employee.objects.filter(username=row["username"]).first()
    if employee is None:
        facts = {name: row.get(name, "") for name in ("name", "title", "phone")}
        employee = Employee.objects.create(username=row["username"], password=hashed, **facts)
    return employee


def _role(
    row: dict[str, Any], employees: dict[str, Employee], units: dict[str, Unit], *, since: date, edge_day: date
) -> None:
    """As in the pages: given by the unit administrator, who has theirs from the command line."""
    employee = employees[row["username"]]
    [administrator] = [employees[one["username"]] for one in content("places")["employees"] if _administers(one)]
    giver = Employee.objects.get(username="command") if employee == administrator else administrator
    for ref in row["units"]:
        RoleGrant.objects.get_or_create(
            employee=employee,
            role=row["role"],
            unit=units[ref],
            defaults={
                "starts_on": since,
                "ends_on": edge_day + INSPECTED if row["role"] == Role.AUDITOR else None,
                "granted_by": giver,
                "reason": "Demo",
                "confirmed_on": edge_day,
                "confirmed_by": giver,
            },
        )
    if row.get("is_cleared"):
        told = {"unit": units[row["units"][0]], "granted_by": giver, "reason": "Demo"}
        Clearance.objects.get_or_create(employee=employee, starts_on=since, defaults=told)


def _administers(row: dict[str, Any]) -> bool:
    return bool(row["role"] == Role.UNIT_ADMINISTRATOR)


def _duty(municipality: Municipality, rows: list[dict[str, Any]], since: date) -> None:
    for row in rows:
        told = {"name": row["name"], "phone": row["phone"]}
        DutyContact.objects.get_or_create(municipality=municipality, hours=row["hours"], starts_on=since, defaults=told)


def _provider(
    municipality: Municipality, row: dict[str, Any], *, by: Employee, at: datetime, edge_day: date
) -> Provider:
    rooms, agreed, lapses = row.pop("rooms"), row.pop("agreed", None), row.pop("lapses", None)
    provider = add_provider(municipality=municipality, by=by, at=at, **row)
    for name, beds, price in rooms:
        facts = {"name": name, "capacity": beds, "price_a_night": price, "is_accessible": provider.is_accessible}
        save_room(provider_id=provider.pk, room_id=None, by=by, at=at, **facts)
    if agreed is not None:
        ends_on = edge_day + timedelta(days=lapses) if lapses is not None else None
        agree_on_quality(
            provider_id=provider.pk, starts_on=edge_day - timedelta(days=agreed), ends_on=ends_on, by=by, at=at
        )
    return provider


def _dwelling(municipality: Municipality, number: int, since: date) -> Dwelling:
    area, rooms = SIZES[number % len(SIZES)]
    return Dwelling.objects.create(
        ref=f"demo-{number + 1:03}",
        municipality=municipality,
        tenure=TENURES[number % len(TENURES)],
        address=f"Solvikveien {number // 6 + 1}, {number % 6 + 1:02}",
        area_m2=area,
        rooms=rooms,
        is_accessible=number % 4 == 0,
        is_colocated=number % 7 == 0,
        acquired_on=since,
    )
