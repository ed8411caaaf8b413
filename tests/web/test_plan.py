# mypy: disable-error-code="no-untyped-call"
"""The plan of dwellings: what each is, what stands empty, what becomes free, and taking one out of letting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from housing.actions.spells import refresh
from housing.models import Building, Dwelling, DwellingVoid, Lease, Residence, ResidenceKind, VoidReason
from housing.plan import Seen, empty_homes, plan_of
from people.models import Employee, Household, Protection, Unit
from tests.factories.housing import DwellingFactory, DwellingRentFactory, ResidenceFactory
from tests.factories.people import LONG_AGO, OSLO_NUMBER, HouseholdFactory, UnitFactory, caseworker
from tests.factories.voids import DwellingVoidFactory
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

TODAY = localdate(timezone.now())
MONTH = TODAY.replace(day=1)


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit, client: Client) -> Employee:
    who = caseworker(unit)
    sign_in(client, who)
    return who


def home(**facts: Any) -> Dwelling:
    return DwellingFactory.create(acquired_on=LONG_AGO, **facts)


def tenant(
    dwelling: Dwelling, unit: Unit, *, since: date = LONG_AGO, until: date | None = None, **more: Any
) -> Household:
    household = HouseholdFactory.create(unit=unit)
    ResidenceFactory.create(
        household=household,
        kind=ResidenceKind.MUNICIPAL_RENTAL,
        lease=Lease.ORDINARY,
        dwelling=dwelling,
        starts_on=since,
        ends_on=until,
        **more,
    )
    refresh([household.pk])
    return household


def shield(household: Household) -> None:
    person = household.members.get().person
    person.protection = Protection.CONFIDENTIAL
    person.save(update_fields=["protection"])


def shown(client: Client, name: str, *args: int, **query: str) -> str:
    answer = client.get(reverse(f"housing:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_plan_says_month_by_month_what_each_dwelling_is_building_by_building(
    client: Client, worker: Employee, unit: Unit
) -> None:
    building = Building.objects.create(municipality=unit.municipality, name="Elvegata 3")
    let, repaired = (home(building=building, address=f"Elvegata 3, {number}") for number in (1, 2))
    household = tenant(let, unit)
    DwellingVoidFactory.create(dwelling=repaired, starts_on=TODAY, expected_on=days(1))
    home(address="Storgata 9")

    page = shown(client, "plan")

    assert page.index("Elvegata 3, 1") < page.index("Elvegata 3, 2") < page.index("Storgata 9")
    for words in ("Let", "Repair", "Vacant"):
        assert words in page
    assert str(household.key) in page
    alone = shown(client, "plan", building=str(building.pk))
    assert "Storgata 9" not in alone
    assert "Elvegata 3, 1" in alone


def test_a_shielded_household_s_home_reads_like_one_held_for_somebody_else(
    client: Client, worker: Employee, unit: Unit
) -> None:
    hidden = tenant(home(address="Storgata 1"), unit)
    shield(hidden)
    elsewhere = HouseholdFactory.create(unit=UnitFactory.create())
    DwellingVoidFactory.create(
        dwelling=home(address="Storgata 2"),
        reason=VoidReason.HOLD,
        held_for=elsewhere,
        starts_on=LONG_AGO,
        note="Mrs X",
    )

    lines = plan_of(Dwelling.objects.order_by("address"), MONTH, days(60), worker, at=timezone.now())

    assert [[time.seen for time in line.times] for line in lines] == [[Seen.NOT_AVAILABLE]] * 2
    assert lines[0].times == lines[1].times
    for page in (shown(client, "plan"), shown(client, "empty_homes"), shown(client, "vacancy_forecast")):
        assert str(hidden.key) not in page
        assert str(elsewhere.key) not in page
        assert "Mrs X" not in page
    assert shown(client, "plan").count("Not available") > 2


def test_two_unknown_times_in_a_row_are_one(worker: Employee, unit: Unit) -> None:
    dwelling, other = home(), UnitFactory.create()
    tenant(dwelling, other, until=days(-5))
    tenant(dwelling, other, since=days(-5))

    [line] = plan_of([dwelling], days(-10), days(10), worker, at=timezone.now())

    assert [(time.seen, time.days) for time in line.times] == [(Seen.NOT_AVAILABLE, 20)]


def test_what_stands_empty_says_since_when_and_what_it_has_cost(client: Client, worker: Employee, unit: Unit) -> None:
    dwelling, other = home(address="Storgata 1"), home(address="Storgata 2")
    tenant(dwelling, unit, until=days(-30))
    DwellingVoidFactory.create(dwelling=dwelling, starts_on=days(-30), ends_on=days(-10), cost=1000)
    DwellingRentFactory.create(dwelling=dwelling, starts_on=LONG_AGO, rent_a_month=7300)
    tenant(other, unit)

    [empty] = empty_homes([unit.municipality_id], worker, day=TODAY, at=timezone.now())

    # empty since the tenant left, today with it: 31 days of 240 kroner
    assert (empty.dwelling, empty.since, empty.days, empty.rent_lost) == (dwelling, days(-30), 31, 7440)
    assert (empty.time.seen, empty.time.starts_on) == (Seen.VACANT, days(-10))
    page = shown(client, "empty_homes")
    assert "Storgata 1" in page
    assert "Storgata 2" not in page


def test_the_forecast_counts_each_home_once_by_the_surest_day(client: Client, worker: Employee, unit: Unit) -> None:
    leaving, ending, repaired = (home(address=f"Storgata {number}") for number in (1, 2, 3))
    tenant(leaving, unit, until=days(40), lease_ends_on=days(20))
    tenant(ending, unit, lease_ends_on=days(50))
    DwellingVoidFactory.create(dwelling=repaired, starts_on=days(-3), expected_on=days(-1))
    tenant(home(address="Storgata 4"), unit)

    answer = client.get(reverse("housing:vacancy_forecast"))

    rows = [(str(one.dwelling), one.on, one.why.value) for one in answer.context["page"].rows]
    assert [(name.split(",")[0], on, why) for name, on, why in rows] == [
        (str(repaired), days(-1), "ready"),
        (str(leaving), days(40), "moves_out"),
        (str(ending), days(50), "lease_ends"),
    ]
    assert sum(month.homes for month in answer.context["months"]) == 3
    assert answer.context["months"][0].first is None


def test_a_dwelling_is_taken_out_of_letting_and_made_ready_from_its_own_page(
    client: Client, worker: Employee, unit: Unit
) -> None:
    dwelling = home(address="Storgata 1")
    begin = reverse("housing:begin_void", args=[dwelling.pk])
    key = client.get(begin).context["form"]["form_key"].value()
    told = {"form_key": key, "reason": "repair", "starts_on": "today", "expected_on": "+14", "note": "New floor"}

    for _twice in range(2):
        assert client.post(begin, told).status_code == 302
    void = dwelling.voids.get()
    assert (void.reason, void.starts_on, void.expected_on) == ("repair", TODAY, days(14))
    page = shown(client, "dwelling_days", dwelling.pk)
    assert "New floor" in page
    assert reverse("housing:end_void", args=[void.pk]) in page

    ready = reverse("housing:end_void", args=[void.pk])
    key = client.get(ready).context["form"]["form_key"].value()
    assert client.post(ready, {"form_key": key, "on": "+9", "cost": "41500"}).status_code == 302
    void.refresh_from_db()
    assert (void.ends_on, void.cost) == (days(9), 41500)

    change = reverse("housing:change_void", args=[void.pk])
    form = client.get(change).context["form"]
    told = {"form_key": form["form_key"].value(), "reason": "cleaning", "starts_on": "today", "cost": "500"}
    assert client.post(change, told).status_code == 302
    remove = reverse("housing:remove_void", args=[void.pk])
    key = client.get(remove).context["form"]["form_key"].value()
    assert client.post(remove, {"form_key": key}).status_code == 302
    assert not DwellingVoid.objects.exists()


def test_what_cannot_be_is_said_at_the_field_and_nothing_is_changed(
    client: Client, worker: Employee, unit: Unit
) -> None:
    dwelling = home()
    tenant(dwelling, unit)
    begin = reverse("housing:begin_void", args=[dwelling.pk])
    key = client.get(begin).context["form"]["form_key"].value()

    answer = client.post(begin, {"form_key": key, "reason": "repair", "starts_on": "today"})

    assert answer.status_code == 200
    assert "starts_on" in answer.context["form"].errors
    assert not DwellingVoid.objects.exists()


def test_another_municipality_s_dwellings_are_not_there(client: Client, worker: Employee) -> None:
    theirs = home(municipality_id=OSLO_NUMBER, address="Karl Johan 1")
    void = DwellingVoidFactory.create(dwelling=theirs)

    assert "Karl Johan" not in shown(client, "plan")
    for name, pk in (("dwelling_days", theirs.pk), ("begin_void", theirs.pk), ("end_void", void.pk)):
        assert client.get(reverse(f"housing:{name}", args=[pk])).status_code == 404


def test_a_longer_plan_asks_no_more_of_the_database(
    client: Client, worker: Employee, unit: Unit, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        dwelling = home(address=f"Storgata {number}")
        tenant(dwelling, unit, until=days(number - 5))
        DwellingVoidFactory.create(dwelling=dwelling, starts_on=days(number), expected_on=days(20 + number))

    for name in ("plan", "empty_homes", "vacancy_forecast"):
        with django_assert_max_num_queries(40):
            shown(client, name)
    assert Residence.objects.count() == 12
