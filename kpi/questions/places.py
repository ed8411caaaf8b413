"""Where an employee may ask for figures: whole municipalities, and units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from people.access import units_with
from people.models import Employee
from people.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Place:
    """A municipality, or a unit of it; `code` names it in addresses."""

    code: str
    name: str
    municipality: str
    unit: int | None = None


def places_of(employee: Employee, *, at: datetime) -> list[Place]:
    """The municipalities where the employee may see figures, each before its units, by name."""
    units = units_with(employee, Permission.VIEW_FIGURES, at=at).select_related("municipality")
    found: list[Place] = []
    for unit in sorted(units, key=lambda u: (u.municipality.name, u.municipality_id, u.name, u.pk)):
        municipality = unit.municipality
        if not found or found[-1].municipality != municipality.number:
            found.append(Place(code=municipality.number, name=municipality.name, municipality=municipality.number))
        found.append(Place(code=f"u{unit.pk}", name=unit.name, municipality=municipality.number, unit=unit.pk))
    return found
