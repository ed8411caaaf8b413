"""What the browser tests find in the municipality: people who sign in, and places with rooms."""

from __future__ import annotations

from datetime import date

from cases.actions.placing import place
from cases.actions.registration import register_household
from housing.models import Dwelling, Provider, ProviderType, QualityAgreement, ResidenceKind, Tenure
from housing.rooms import free_rooms
from people.actions.persons import NewMember
from people.actions.protection import protect
from people.models import Employee, Household, MemberRole, Protection, Unit
from people.national_ids import with_check_digits
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import LONG_AGO, at, caseworker, reporter, team_leader

PASSWORD = "a quiet house by the river"


def a_caseworker(unit: Unit, name: str = "Kari Sol") -> Employee:
    return _who_signs_in(caseworker(unit), name)


def a_leader(unit: Unit, name: str = "Liv Berg") -> Employee:
    return _who_signs_in(team_leader(unit), name)


def a_reporter(unit: Unit, name: str = "Nina Tall") -> Employee:
    return _who_signs_in(reporter(unit), name)


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


def a_household_there(
    unit: Unit,
    by: Employee,
    name: str,
    first_night: date,
    until: date,
    *,
    children: int = 0,
    born_on: date = date(1988, 4, 12),
    protection: Protection = Protection.NONE,
) -> Household:
    """Registered and placed on its first night, in the first room that suits; the decision by word of mouth.

    Protection comes after: whoever places it need not be cleared.
    """
    moment = at(first_night)
    family = [
        NewMember(role=MemberRole.CHILD, name=f"{name} {n}", born_on=date(2016, 5, n)) for n in range(1, children + 1)
    ]
    household = register_household(
        unit_id=unit.pk,
        members=[NewMember(role=MemberRole.APPLICANT, name=name, born_on=born_on), *family],
        opened_on=first_night,
        situation=ResidenceKind.ROUGH,
        accepted_warnings=True,
        by=by,
        at=moment,
    )
    room = free_rooms(household=household, night=first_night)[0].room
    place(
        household_id=household.pk,
        room_id=room.pk,
        starts_on=first_night,
        planned_end=until,
        parts=None,
        by=by,
        at=moment,
    )
    if protection != Protection.NONE:
        protect(
            household_id=household.pk,
            person_id=household.members.get(role=MemberRole.APPLICANT).person_id,
            grade=protection,
            starts_on=first_night,
            ends_on=None,
            reason="Told by the police",
            by=by,
            at=moment,
        )
    return household
