"""What the browser tests find in the municipality: people who sign in, and places with rooms."""

from __future__ import annotations

from datetime import date

from housing.models import Dwelling, Provider, ProviderType, QualityAgreement, Tenure
from people.models import Employee, Unit
from people.national_ids import with_check_digits
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import LONG_AGO, caseworker, team_leader

PASSWORD = "a quiet house by the river"


def a_caseworker(unit: Unit, name: str = "Kari Sol") -> Employee:
    return _who_signs_in(caseworker(unit), name)


def a_leader(unit: Unit, name: str = "Liv Berg") -> Employee:
    return _who_signs_in(team_leader(unit), name)


def _who_signs_in(employee: Employee, name: str) -> Employee:
    employee.name, employee.username = name, name.split(maxsplit=1)[0].lower()
    employee.set_password(PASSWORD)
    employee.save(update_fields=["name", "username", "password"])
    return employee


def a_guesthouse(name: str, *, rooms: int = 2, price: int = 900) -> Provider:
    """Suits a family of four, with an agreement in force."""
    provider = ProviderFactory.create(name=name, type=ProviderType.GUESTHOUSE, suits_children=True, has_kitchen=True)
    QualityAgreement.objects.create(provider=provider, starts_on=LONG_AGO)
    for number in range(1, rooms + 1):
        RoomFactory.create(provider=provider, name=f"Room {number}", capacity=4, price_a_night=price)
    return provider


def a_dwelling(unit: Unit, address: str) -> Dwelling:
    return Dwelling.objects.create(
        municipality=unit.municipality, tenure=Tenure.OWNED, address=address, acquired_on=LONG_AGO
    )


def synthetic_id(born_on: date, nth: int = 0) -> str:
    """A national id of the synthetic series, month + 80, that tells this birth date."""
    six = f"{born_on.day:02}{born_on.month + 80:02}{born_on.year % 100:02}"
    first = 100 if born_on.year < 2000 else 500
    valid = [eleven for n in range(first, first + 99) if (eleven := with_check_digits(f"{six}{n}"))]
    return valid[nth]
