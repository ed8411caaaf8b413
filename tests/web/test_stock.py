"""The pages of dwellings, buildings and homes to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from housing.models import Building, Dwelling, DwellingLogEntry, PlannedHome, ResidenceKind, Tenure
from people.models import Protection, Unit
from tests.factories.housing import (
    AgreementFactory,
    BuildingFactory,
    DwellingFactory,
    DwellingFundingFactory,
    DwellingLogEntryFactory,
    DwellingRentFactory,
    NeighbourDialogueFactory,
    PlannedHomeFactory,
    ResidenceFactory,
)
from tests.factories.people import (
    OSLO_NUMBER,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
    reporter,
)
from tests.factories.voids import DwellingVoidFactory
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(client: Client, unit: Unit) -> Client:
    client.cookies["django_language"] = "en"
    return sign_in(client, caseworker(unit))


def today() -> date:
    return localdate(timezone.now())


def lived_in(dwelling: Dwelling, unit: Unit, protection: Protection = Protection.NONE) -> Any:
    household = HouseholdFactory.create(unit=unit)
    MemberFactory.create(household=household, person=PersonFactory.create(protection=protection))
    kind = ResidenceKind.MUNICIPAL_RENTAL
    return ResidenceFactory.create(household=household, kind=kind, lease="ordinary", dwelling=dwelling).household


def of(dwelling: Dwelling, name: str = "dwelling") -> str:
    return reverse(f"housing:{name}", args=[dwelling.pk])


def test_the_list_shows_what_is_free_let_and_not_available_and_whom_it_suits(worker: Client, unit: Unit) -> None:
    told, hidden = DwellingFactory.create(address="Askveien 1"), DwellingFactory.create(address="Bjerkveien 2")
    DwellingFactory.create(address="Cedervei 3", is_accessible=True, type="flat", area_m2=54)
    DwellingVoidFactory.create(dwelling=DwellingFactory.create(address="Dalveien 4"), starts_on=today())
    seen = lived_in(told, unit)
    unseen = lived_in(hidden, unit, Protection.CONFIDENTIAL)

    answer = worker.get(reverse("housing:dwellings"))

    page = text_of(answer)
    assert "1–4 of 4" in page  # noqa: RUF001
    assert "Askveien 1" in page and "Wheelchair" in page and "54 m²" in page
    assert page.count("Not available") == 2
    assert str(seen.key) in answer.content.decode()
    assert str(unseen.key) not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "OAF"),
        ("?only=free", "OF"),
        ("?only=gone", "G"),
        ("?tenure=rented_in", "F"),
        ("?type=house", "O"),
        ("?rooms=3", "A"),
        ("?accessible=on", "A"),
        ("?children=on", "O"),
        ("?group=family", "F"),
        ("?type=castle&rooms=x", "OAF"),
    ],
)
def test_the_list_is_narrowed_by_codes(query: str, shown: str, worker: Client, unit: Unit) -> None:
    DwellingFactory.create(address="Oreveien", type="house", rooms=2, is_children_approved=True)
    lived_in(DwellingFactory.create(address="Alveien", rooms=4, is_accessible=True), unit)
    DwellingFactory.create(address="Furuveien", tenure=Tenure.RENTED_IN, target_groups=["family", "young"])
    DwellingFactory.create(address="Granveien", disposed_on=today())
    DwellingFactory.create(address="Other town", municipality_id=OSLO_NUMBER)

    page = text_of(worker.get(reverse("housing:dwellings") + query))

    names = {"O": "Oreveien", "A": "Alveien", "F": "Furuveien", "G": "Granveien", "X": "Other town"}
    assert {letter for letter, name in names.items() if name in page} == set(shown)


def test_an_address_is_searched_for_without_standing_in_a_link(worker: Client) -> None:
    block = BuildingFactory.create()
    DwellingFactory.create(address="Myntgata 4", building=block)
    DwellingFactory.create(address="Storgata 9")

    page = text_of(worker.post(reverse("housing:dwellings"), {"address": "myntg"}))

    assert "Myntgata 4" in page and "Storgata 9" not in page
    assert "Storgata 9" not in text_of(worker.get(reverse("housing:dwellings"), {"building": block.pk}))


def test_a_long_list_goes_on_page_by_page(worker: Client) -> None:
    DwellingFactory.create_batch(60)

    first = worker.get(reverse("housing:dwellings"))
    second = worker.get(reverse("housing:dwellings"), {"after": "50"})

    assert "1–50 of 60" in text_of(first) and "51–60 of 60" in text_of(second)  # noqa: RUF001
    assert "after=50" in first.content.decode()


def test_the_list_asks_as_often_however_many_dwellings(
    worker: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for dwelling in DwellingFactory.create_batch(12, building=BuildingFactory.create()):
        lived_in(dwelling, unit)
        DwellingRentFactory.create(dwelling=dwelling)
    with django_assert_max_num_queries(20):
        assert worker.get(reverse("housing:dwellings")).status_code == 200


def test_a_dwelling_s_page_tells_everything_that_is_kept_of_it(worker: Client) -> None:
    one = DwellingFactory.create(
        number="H0203",
        agreement=AgreementFactory.create(name="Agreement with Utleie"),
        tenure=Tenure.REFERRAL_AGREEMENT,
        building=BuildingFactory.create(name="North block"),
        accessible_because=["lift", "step_free"],
        target_groups=["elderly"],
        kobo_ref="kobo-7",
        replaced_by=DwellingFactory.create(address="Nyveien 2"),
        disposed_on=today(),
        disposal="sold",
        proceeds=1_500_000,
    )
    DwellingRentFactory.create(dwelling=one, rent_a_month=9100)
    DwellingFundingFactory.create(dwelling=one, granted_on=date(2020, 5, 1), committed_years=30)
    DwellingLogEntryFactory.create(dwelling=one, text="Water from above")

    page = text_of(worker.get(of(one)))

    for told in ("H0203", "Agreement with Utleie", "North block", "Lift that takes a wheelchair", "Elderly", "kobo-7"):
        assert told in page
    for told in ("Nyveien 2", "Sold", "1 500 000 kr", "9 100 kr", "1 May 2050", "Water from above"):
        assert told in page.replace(" ", " ")


def test_a_dwelling_is_added_with_what_makes_it_accessible(worker: Client) -> None:
    told = {
        "tenure": "owned",
        "address": "Nybrottveien 3",
        "number": "H0102",
        "acquired_on": "1.3.2024",
        "rent_a_month": "8500",
        "area_m2": "48",
        "is_accessible": "true",
        "accessible_because": ["lift", "wide_doors"],
        "target_groups": ["young"],
        "staffing": "none",
    }
    answer = send(worker, reverse("housing:add_dwelling"), told)

    made = Dwelling.objects.get()
    assert answer.headers["Location"] == of(made)
    assert (made.number, made.accessible_because, made.acquired_on) == (
        "H0102",
        ["lift", "wide_doors"],
        date(2024, 3, 1),
    )
    assert made.rents.get().rent_a_month == 8500
    assert "The dwelling is in the stock." in text_of(followed(worker, answer))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"area_m2": "0"}, "The area is more than zero."),
        ({"number": "12"}, "A dwelling number is H, K, L or U and four digits"),
        ({"property_ref": "D-1"}, "Another dwelling has that reference in the property system."),
        ({"acquired_on": "31.2.2024"}, "There is no such day in the calendar."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(told: dict[str, str], sentence: str, worker: Client) -> None:
    DwellingFactory.create(property_ref="D-1")
    facts = {"tenure": "owned", "acquired_on": "1.3.2024", "staffing": "none", **told}

    assert sentence in text_of(send(worker, reverse("housing:add_dwelling"), facts))
    assert Dwelling.objects.count() == 1


def test_a_dwelling_is_changed_and_offers_only_agreements_of_its_municipality(worker: Client) -> None:
    one = DwellingFactory.create(tenure=Tenure.REFERRAL_AGREEMENT)
    AgreementFactory.create(name="Far away", municipality_id=OSLO_NUMBER)
    near = AgreementFactory.create(name="Near by")

    assert "Far away" not in text_of(worker.get(of(one, "change_dwelling")))
    told = {"tenure": one.tenure, "acquired_on": "1.1.2020", "staffing": "day", "agreement": near.pk}
    send(worker, of(one, "change_dwelling"), told)

    one.refresh_from_db()
    assert (one.agreement, one.staffing, one.acquired_on) == (near, "day", date(2020, 1, 1))


def test_rent_funding_and_log_are_registered(worker: Client) -> None:
    one = DwellingFactory.create()
    send(worker, of(one, "dwelling_rent"), {"starts_on": "1.1.2026", "rent_a_month": "7000"})
    grant = {"kind": "rental_grant", "amount": "300000", "granted_on": "1.1.2025", "committed_years": "20"}
    send(worker, of(one, "dwelling_funding"), grant)
    send(worker, of(one, "dwelling_log"), {"kind": "damage", "happened_on": "today", "text": "The lock is broken"})
    entry = DwellingLogEntry.objects.get()
    send(worker, reverse("housing:mend_dwelling", args=[one.pk, entry.pk]), {"mended_on": "today", "cost": "400"})

    entry.refresh_from_db()
    assert (one.rents.get().rent_a_month, one.fundings.get().amount, entry.cost) == (7000, 300_000, 400)
    assert "mended" in text_of(worker.get(of(one))).lower()


def test_a_dwelling_leaves_the_stock_and_a_slip_is_taken_back(worker: Client, unit: Unit) -> None:
    one = DwellingFactory.create()
    send(worker, of(one, "dispose_dwelling"), {"on": "today", "disposal": "sold", "proceeds": "100"})
    one.refresh_from_db()
    assert (one.disposed_on, one.proceeds) == (today(), 100)
    send(worker, of(one, "take_back_disposal"))
    one.refresh_from_db()
    assert one.disposed_on is None

    lived_in(one, unit)
    refused = send(worker, of(one, "dispose_dwelling"), {"on": "today", "disposal": "sold"})
    assert "let or held on that day or later" in text_of(refused)


def test_buildings_are_kept(worker: Client) -> None:
    send(worker, reverse("housing:add_building"), {"name": "North block", "address": "Nordveien 1"})
    block = Building.objects.get()
    send(worker, reverse("housing:change_building", args=[block.pk]), {"name": "The old north block"})

    assert "The old north block" in text_of(worker.get(reverse("housing:buildings")))
    refused = send(worker, reverse("housing:add_building"), {"name": "The old north block"})
    assert "There is already a building with that name." in text_of(refused)


def test_homes_are_planned_decided_on_and_taken_over(worker: Client) -> None:
    told = {"name": "Plot 12", "source": "bought", "count": "2", "tenure": "owned", "expected_on": "+200"}
    send(worker, reverse("housing:plan_home"), told)
    one = PlannedHome.objects.get()
    assert "Plot 12" in text_of(worker.get(reverse("housing:planned_homes")))

    def page(name: str) -> str:
        return reverse(f"housing:{name}", args=[one.pk])

    early = send(worker, page("take_over_planned_home"), {"on": "today"})
    assert "Only homes that are decided on can be taken over." in text_of(early)
    send(worker, page("neighbour_dialogue"), {"on": "today", "text": "They ask for a fence"})
    send(worker, page("change_planned_home"), {**told, "name": "Plot 12 B"})
    send(worker, page("move_on_planned_home"))
    answer = send(worker, page("take_over_planned_home"), {"on": "today"})

    shown = text_of(followed(worker, answer))
    assert "Plot 12 B" in shown and "They ask for a fence" in shown and "Taken over" in shown
    assert Dwelling.objects.count() == 2


def test_planned_homes_that_are_late_say_so_and_are_dropped(worker: Client) -> None:
    one = PlannedHomeFactory.create(expected_on=today() - timedelta(days=1))
    NeighbourDialogueFactory.create(planned_home=one)
    assert "late" in text_of(worker.get(reverse("housing:planned_homes")))

    send(worker, reverse("housing:drop_planned_home", args=[one.pk]), {"because": "Too dear"})

    assert "Dropped : Too dear" in text_of(worker.get(reverse("housing:planned_home", args=[one.pk])))


def test_who_keeps_no_dwellings_or_keeps_them_elsewhere_sees_none(client: Client, unit: Unit) -> None:
    one, planned = DwellingFactory.create(), PlannedHomeFactory.create()
    sign_in(client, reporter(unit))
    assert client.get(of(one)).status_code == 403
    sign_in(client, caseworker(UnitFactory.create(municipality_id=OSLO_NUMBER)))
    for address in (of(one), of(one, "dispose_dwelling"), reverse("housing:planned_home", args=[planned.pk])):
        assert client.get(address).status_code == 404
