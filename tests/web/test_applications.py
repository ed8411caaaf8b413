# mypy: disable-error-code="no-untyped-call"
"""Pages about applications for dwellings: the household's, the waiting list, matching, the proposal and the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from cases.models import AllotmentRules, Criterion, HousingApplication
from housing.actions.spells import refresh
from housing.models import Dwelling, ResidenceKind
from people.models import Employee, Household, Protection, Unit
from tests.factories.applied import (
    AllotmentCriterionFactory,
    AllotmentRulesFactory,
    ApplicationPauseFactory,
    HousingApplicationFactory,
)
from tests.factories.cases import CaseFactory
from tests.factories.housing import DwellingFactory, ProviderFactory, ResidenceFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import AssignmentFactory, HouseholdFactory, UnitFactory, caseworker, team_leader
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


def today() -> date:
    return localdate(timezone.now())


@pytest.fixture(autouse=True)
def pages_in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def household(unit: Unit) -> Household:
    return of(unit, "Kari Waits")


@pytest.fixture
def worker(unit: Unit, household: Household) -> Employee:
    worker = caseworker(unit)
    AssignmentFactory.create(household=household, employee=worker)
    return worker


def of(unit: Unit, name: str, *, days: int | None = None, **told: Any) -> Household:
    """A household at the unit; in temporary accommodation for so many days when told."""
    household = HouseholdFactory.create(unit=unit, applicant__person__name=name, **told)
    CaseFactory.create(household=household)
    if days is not None:
        ResidenceFactory.create(
            household=household,
            kind=ResidenceKind.TEMPORARY,
            provider=ProviderFactory.create(),
            starts_on=today() - timedelta(days=days),
        )
    refresh([household.pk])
    return household


def waiting(household: Household, *, days: int = 100, **told: Any) -> HousingApplication:
    since = today() - timedelta(days=days)
    return HousingApplicationFactory.create(household=household, received_on=since, is_waiting=True, **told)


def page(client: Client, who: Employee, name: str, *args: Any, query: str = "") -> str:
    sign_in(client, who)
    response = client.get(reverse(f"cases:{name}", args=args) + query)
    assert response.status_code == 200
    return text_of(response)


def test_an_application_is_registered_and_changed_from_the_household_s_page(
    client: Client, worker: Employee, household: Household
) -> None:
    assert "no application" in page(client, worker, "applications", household.key)
    url = reverse("cases:apply", args=[household.key])
    sent = {"kind": "new", "received_on": "today", "main_reason": "other", "support": "none"}
    wrong = send(client, url, {**sent, "kind": "swap"})

    assert "A swap or a renewal is for those who live" in wrong.content.decode()
    assert not HousingApplication.objects.exists()

    send(client, url, {**sent, "rooms_least": "3"})
    application = household.applications.get()
    assert (application.rooms_least, application.status) == (3, "received")

    url = reverse("cases:change_application", args=[household.key, application.pk])
    send(client, url, {"main_reason": "other", "support": "none", "rooms_least": "4", "has_pets": "on"})
    application.refresh_from_db()
    assert (application.rooms_least, application.has_pets) == (4, True)


def test_the_household_s_page_says_the_place_and_why(
    client: Client, worker: Employee, household: Household, unit: Unit
) -> None:
    rules = AllotmentRulesFactory.create(municipality=unit.municipality)
    AllotmentCriterionFactory.create(rules=rules, code=Criterion.WAITED, points=2)
    AllotmentCriterionFactory.create(rules=rules, code=Criterion.CONNECTED, points=5)
    waiting(of(unit, "Per First"), days=400)
    waiting(household, days=100, assessed=["connected"])
    shown = page(client, worker, "applications", household.key)

    assert "Number 2 of 2" in shown
    assert "Has lived here as long as the rules ask" in shown
    assert "11 points" in shown and "3 × 2 = 6" in shown  # noqa: RUF001


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        ("confirm_application", {}, "granted"),
        ("pause_application", {"reason": "away", "starts_on": "today"}, "granted"),
        ("withdraw_application", {"because": "Has bought a home"}, "withdrawn"),
        ("lapse_application", {"because": "No answer"}, "lapsed"),
    ],
)
def test_what_a_caseworker_does_with_it(
    client: Client, worker: Employee, household: Household, name: str, sent: dict[str, str], status: str
) -> None:
    application = waiting(household)
    sign_in(client, worker)
    url = reverse(f"cases:{name}", args=[household.key, application.pk])
    response = send(client, url, sent)

    assert response.status_code == 302
    assert household.applications.get().status == status
    if status != "granted":
        assert client.get(url).status_code == 404
        url = reverse("cases:take_up_application", args=[household.key, application.pk])
        send(client, url, {"because": "Wants it after all"})
        assert household.applications.get().status == "granted"


def test_a_pause_is_ended_from_the_page(client: Client, worker: Employee, household: Household) -> None:
    pause = ApplicationPauseFactory.create(application=waiting(household), starts_on=today() - timedelta(days=3))
    assert "None while it pauses" in page(client, worker, "applications", household.key)

    url = reverse("cases:end_pause", args=[household.key, pause.application_id, pause.pk])
    send(client, url)

    assert "Number 1 of 1" in page(client, worker, "applications", household.key)


def test_the_leader_sets_the_priority_and_the_list_says_so(client: Client, household: Household, unit: Unit) -> None:
    AllotmentRulesFactory.create(municipality=unit.municipality)
    application = waiting(household)
    leader = team_leader(unit)
    sign_in(client, leader)
    url = reverse("cases:set_priority", args=[household.key, application.pk])
    send(client, url, {"value": "50", "because": "Acute"})

    assert "50 points" in page(client, leader, "waiting_list")
    assert "set by hand" in page(client, leader, "waiting_list")
    assert "Acute" in page(client, leader, "applications", household.key)


def test_the_waiting_list_is_in_order_and_filtered(
    client: Client, worker: Employee, unit: Unit, household: Household
) -> None:
    waiting(household, days=10)
    waiting(of(unit, "Per First", days=120), days=400)
    ApplicationPauseFactory.create(
        application=waiting(of(unit, "Ola Pauses"), days=500), starts_on=today() - timedelta(days=3)
    )
    HousingApplicationFactory.create(household=of(unit, "Nils Not decided"))
    shown = page(client, worker, "waiting_list")

    assert shown.index("Ola Pauses") < shown.index("Per First") < shown.index("Kari Waits")
    assert "Nils Not decided" not in shown
    unconfirmed = page(client, worker, "waiting_list", query="?only=unconfirmed")
    assert "Per First" in unconfirmed and "Kari Waits" not in unconfirmed
    paused = page(client, worker, "waiting_list", query="?only=paused")
    assert "Ola Pauses" in paused and "Per First" not in paused
    assert client.get(reverse("cases:waiting_list") + "?only=castle").status_code == 404


def test_the_hidden_count_in_the_order_and_are_never_listed(
    client: Client, worker: Employee, unit: Unit, household: Household
) -> None:
    waiting(household, days=10)
    shielded = of(unit, "Hemmelig Navn", applicant__person__protection=Protection.CONFIDENTIAL)
    AssignmentFactory.create(household=shielded)
    strict = of(unit, "Ukjent Navn", applicant__person__protection=Protection.STRICTLY_CONFIDENTIAL)
    for hidden in (shielded, strict):
        waiting(hidden, days=400)
    home = DwellingFactory.create(municipality=unit.municipality, rooms=3)
    pages = [
        page(client, worker, "waiting_list"),
        page(client, worker, "candidates", home.pk),
        page(client, worker, "proposal"),
    ]

    for shown in pages:
        assert "Kari Waits" in shown
        assert "Hemmelig" not in shown and "Ukjent" not in shown
    assert "Not shown (1)" in pages[0]
    assert "2 Kari Waits" in pages[0]


def test_who_could_have_a_dwelling_with_reasons_for_those_on_the_case(
    client: Client, worker: Employee, unit: Unit, household: Household
) -> None:
    home = DwellingFactory.create(municipality=unit.municipality, rooms=2, address="Storgata 1", allows_pets=False)
    waiting(household, wished_place="Storgata")
    other = of(unit, "Per First")
    AssignmentFactory.create(household=other)
    waiting(other, days=300, has_pets=True)
    shown = page(client, worker, "candidates", home.pk)

    assert "Is where they wish to live." in shown
    assert "Open the case to see why." in shown and "Does not allow pets." not in shown
    assert shown.index("Kari Waits") < shown.index("Per First")
    assert "Does not allow pets." in page(client, team_leader(unit), "candidates", home.pk)
    elsewhere = DwellingFactory.create(municipality=unit.municipality, disposed_on=today())
    assert client.get(reverse("cases:candidates", args=[elsewhere.pk])).status_code == 404


def test_the_dwellings_for_a_household_and_why_not(
    client: Client, worker: Employee, unit: Unit, household: Household
) -> None:
    small = DwellingFactory.create(municipality=unit.municipality, rooms=1, address="Lillegata 1")
    good = DwellingFactory.create(municipality=unit.municipality, rooms=3, address="Storgata 1")
    taken = DwellingFactory.create(municipality=unit.municipality, rooms=3, address="Opptatt 1")
    ResidenceFactory.create(
        household=of(unit, "Bor Her"), kind=ResidenceKind.MUNICIPAL_RENTAL, dwelling=taken, lease="ordinary"
    )
    application = waiting(household, rooms_least=3)
    waiting(of(unit, "Per First"), days=300)
    shown = page(client, worker, "homes_for", household.key, application.pk)

    assert shown.index("Storgata 1") < shown.index("Lillegata 1")
    assert "Opptatt 1" not in shown
    assert "Has 1 rooms; 3 are needed." in shown and "Offer it Storgata 1" in shown

    query = f"?dwelling={small.pk}&on=today"
    assert "A need of 1 rooms, or a dwelling with 3." in page(
        client, worker, "why_not", household.key, application.pk, query=query
    )
    query = f"?dwelling={good.pk}&on=today"
    told = page(client, worker, "why_not", household.key, application.pk, query=query)
    assert "1 household that it suits stood before on the list." in told
    assert "an application before" in told
    before = f"?dwelling={good.pk}&on={today() - timedelta(days=200)}"
    assert "not on the waiting list" in page(client, worker, "why_not", household.key, application.pk, query=before)
    days = {"sent_on": today(), "expires_on": today() + timedelta(days=7), "moves_in_from": today()}
    OfferFactory.create(household=household, dwelling=good, application=application, **days)
    offered = page(client, worker, "why_not", household.key, application.pk, query=query)
    assert "It was offered to the household on" in offered and "not available that day" not in offered
    query = f"?dwelling={taken.pk}&on=today"
    assert "It was not available that day." in page(
        client, worker, "why_not", household.key, application.pk, query=query
    )
    bare = page(client, worker, "why_not", household.key, application.pk, query="?dwelling=&on=soon")
    assert "Choose a dwelling" in bare


def test_the_proposal_says_why_and_what_if(client: Client, unit: Unit) -> None:
    home = DwellingFactory.create(municipality=unit.municipality, rooms=3, address="Storgata 1")
    first = waiting(of(unit, "Per First"), days=300)
    waiting(of(unit, "Eva Over", days=110), days=20)
    leader = team_leader(unit)
    shown = page(client, leader, "proposal")

    assert "Ends the stay with no more nights over three months: saves 180." in shown
    assert "Passes 1 before them on the list who gets nothing" in shown
    what_if = page(client, leader, "proposal", query=f"?fix={first.pk}-{home.pk}")
    assert "Per First gets Storgata 1, and the rest follows." in what_if
    assert "0 avoid three months; 1 by the proposal without this." in what_if
    assert page(client, leader, "proposal", query="?fix=1-99999") and page(client, leader, "proposal", query="?fix=x")


def test_a_proposal_chains_who_moves_and_what_it_frees(client: Client, unit: Unit) -> None:
    lived_in = DwellingFactory.create(municipality=unit.municipality, rooms=1, address="Lillegata 1")
    DwellingFactory.create(municipality=unit.municipality, rooms=4, address="Storgata 1", allows_pets=False)
    family = of(unit, "Fam Flytter")
    ResidenceFactory.create(
        household=family,
        kind=ResidenceKind.MUNICIPAL_RENTAL,
        dwelling=lived_in,
        lease="ordinary",
        starts_on=date(2020, 1, 1),
    )
    waiting(family, days=50, kind="swap", rooms_least=4)
    waiting(of(unit, "Eva Over", days=110), days=20, has_pets=True)
    shown = page(client, team_leader(unit), "proposal")

    assert "Frees a dwelling" in shown
    assert "Becomes free when Fam Flytter moves." in shown


def test_a_leader_makes_the_rules(client: Client, unit: Unit, worker: Employee) -> None:
    leader = team_leader(unit)
    sign_in(client, leader)
    url = reverse("cases:make_allotment_rules", args=["points"])
    sent = {"homeless": "5", "waited": "1", "starts_on": "today", "confirm_months": "12"}
    assert send(client, url, sent).status_code == 200
    assert not AllotmentRules.objects.exists()
    send(client, url, {**sent, "reason": "The council, case 12"})
    shown = page(client, leader, "allotment_rules")

    assert "The council, case 12" in shown and "For each month waited" in shown
    assert "Make rules by points" not in page(client, worker, "allotment_rules")
    assert client.get(url).status_code == 403
    sign_in(client, leader)
    assert client.get(reverse("cases:make_allotment_rules", args=["lottery"])).status_code == 404
    assert "For each month waited" not in page(client, leader, "make_allotment_rules", "groups")


@pytest.mark.parametrize(("name", "most"), [("waiting_list", 42), ("proposal", 42)])
def test_as_many_statements_however_many_wait(
    client: Client,
    unit: Unit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    most: int,
) -> None:
    leader = team_leader(unit)
    sign_in(client, leader)
    for number in range(8):
        waiting(of(unit, f"Wait {number}", days=20 * number + 1), days=number)
        DwellingFactory.create(municipality=unit.municipality, rooms=3)
    with django_assert_max_num_queries(most):
        client.get(reverse(f"cases:{name}"))


def test_another_municipality_s_dwelling_is_not_found(client: Client, worker: Employee) -> None:
    sign_in(client, worker)
    assert not Dwelling.objects.filter(pk=999_999).exists()
    assert client.get(reverse("cases:candidates", args=[999_999])).status_code == 404
