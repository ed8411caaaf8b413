from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from people.duty import duty_contact, duty_contact_for, duty_hours
from people.models import DutyContact, DutyHours, Municipality
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, OSLO, OSLO_NUMBER, EmployeeFactory, UnitFactory, caseworker

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, tzinfo=OSLO)


def contact(hours: DutyHours, number: str = KONGSBERG, **traits: object) -> DutyContact:
    values = {"name": f"{hours} watch", "phone": "32 00 00 00", "starts_on": LONG_AGO, **traits}
    return DutyContact.objects.create(municipality=Municipality.objects.get(number=number), hours=hours, **values)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(2026, 3, 10, 8, 0, tzinfo=OSLO), DutyHours.DAY),
        (datetime(2026, 3, 10, 15, 29, tzinfo=OSLO), DutyHours.DAY),
        (datetime(2026, 3, 10, 7, 59, tzinfo=OSLO), DutyHours.NIGHT),
        (datetime(2026, 3, 10, 15, 30, tzinfo=OSLO), DutyHours.NIGHT),
        (datetime(2026, 3, 14, 12, 0, tzinfo=OSLO), DutyHours.NIGHT),
        (datetime(2026, 4, 2, 12, 0, tzinfo=OSLO), DutyHours.NIGHT),
    ],
)
def test_nights_weekends_and_red_days_are_the_night_contact_s(moment: datetime, hours: DutyHours) -> None:
    assert duty_hours(moment) is hours


def test_who_is_rung_follows_the_hour_the_day_and_the_municipality() -> None:
    kongsberg = Municipality.objects.get(number=KONGSBERG)
    contact(DutyHours.DAY, OSLO_NUMBER)
    contact(DutyHours.DAY, ends_on=DAY, name="Before")
    by_day, by_night = contact(DutyHours.DAY, starts_on=DAY), contact(DutyHours.NIGHT)

    assert duty_contact(kongsberg, NOON) == by_day
    assert duty_contact(kongsberg, NOON + timedelta(hours=9)) == by_night


def test_nobody_is_named_when_nobody_is_entered() -> None:
    contact(DutyHours.NIGHT)

    assert duty_contact(Municipality.objects.get(number=KONGSBERG), NOON) is None


def test_an_employee_rings_the_contact_of_the_municipality_where_they_work() -> None:
    own = contact(DutyHours.DAY)

    assert duty_contact_for(caseworker(UnitFactory.create()), at=NOON) == own
    assert duty_contact_for(EmployeeFactory.create(), at=NOON) is None
