# mypy: disable-error-code="no-untyped-call"
"""Follow-up in the home and housing allowance as one works with them, and what a unit sees of both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from cases.models import (
    AllowanceCheck,
    Case,
    EarlyWarning,
    FollowUpContact,
    FollowUpEvaluation,
    FollowUpService,
    HousingAllowance,
)
from housing.models import Lease, ResidenceKind
from people.models import Household, Protection
from tests.factories.followed import (
    AllowanceCheckFactory,
    EarlyWarningFactory,
    FollowUpContactFactory,
    FollowUpServiceFactory,
    HousingAllowanceFactory,
)
from tests.factories.people import LONG_AGO, UnitFactory, caseworker, team_leader
from tests.journeys import household_in, unit_of, worker_for
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = {"starts_on": LONG_AGO, "intensity": "weekly"}


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def ago(days: int) -> date:
    return localdate() - timedelta(days=days)


@pytest.fixture
def household(client: Client) -> Household:
    """At home since 90 days ago, with a caseworker signed in who is on the case."""
    found = household_in(ResidenceKind.PRIVATE_RENTAL, ago(90), lease=Lease.ORDINARY)
    Case.objects.update(opened_on=ago(100))
    sign_in(client, worker_for(found))
    return found


def url(name: str, household: Household, *args: int) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def page(client: Client, household: Household, name: str = "follow_up") -> str:
    return text_of(client.get(url(name, household)))


def test_a_service_is_offered_begun_met_changed_and_ended_from_the_page(client: Client, household: Household) -> None:
    answer = send(
        client, url("offer_service", household), {"kind": "housing_first", "given_by": "Team A", "offered_on": "today"}
    )
    assert "The offer is saved" in text_of(followed(client, answer))
    service = FollowUpService.objects.get()
    assert "Housing First" in page(client, household) and "begins by" in page(client, household)

    told = {"on": "today", "intensity": "weekly", "hours_a_week": "2.5", "given_by": "Team A"}
    send(client, url("begin_service", household, service.pk), told)
    assert "2.5 hours a week" in page(client, household)
    told = {"on": "today", "kind": "home_visit", "outcome": "met", "note": "Coffee"}
    send(client, url("log_contact", household, service.pk), told)
    assert "Coffee" in page(client, household)
    send(client, url("change_service", household, service.pk), {"intensity": "daily", "given_by": "Team A"})
    assert "Every day" in page(client, household)
    FollowUpService.objects.update(starts_on=ago(5), offered_on=ago(5))
    ended = send(
        client, url("end_service", household, service.pk), {"on": "today", "because": "manages", "note": "All is well"}
    )
    assert "The service has ended" in text_of(followed(client, ended))
    assert "All is well" in page(client, household)


def test_a_service_is_declined_with_a_reason(client: Client, household: Household) -> None:
    service = FollowUpServiceFactory.create(household=household, offered_on=ago(3))

    refused = send(client, url("decline_service", household, service.pk), {"on": "today", "because": ""})
    assert refused.status_code == 200 and FollowUpService.objects.get().declined_on is None

    send(client, url("decline_service", household, service.pk), {"on": "today", "because": "Not now"})
    assert "Not now" in page(client, household)


def test_a_double_send_offers_once(client: Client, household: Household) -> None:
    where = url("offer_service", household)
    fields = client.get(where).context["form"].initial
    told = {"form_key": fields["form_key"], "version": fields["version"], "kind": "ips", "offered_on": "today"}

    for _ in range(2):
        assert client.post(where, told).status_code == 302
    assert FollowUpService.objects.count() == 1


def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(client: Client, household: Household) -> None:
    service = FollowUpServiceFactory.create(household=household, **GIVEN)
    told = {"on": "+3", "kind": "phone", "outcome": "met", "note": "Typed already"}

    answer = send(client, url("log_contact", household, service.pk), told)

    assert "That day has not come" in text_of(answer) and "Typed already" in text_of(answer)
    assert not FollowUpContact.objects.exists()


def test_a_sign_is_noted_and_handled(client: Client, household: Household) -> None:
    told = {"sign": "rent_late", "seen_on": "today", "told_by": "The landlord", "note": "Two months"}
    send(client, url("see_warning", household), told)
    warning = EarlyWarning.objects.get()
    assert "Rent is late" in page(client, household) and "Two months" in page(client, household)

    send(client, url("handle_warning", household, warning.pk), {"on": "today", "how": "A payment plan"})
    assert "A payment plan" in page(client, household)


def test_it_is_asked_how_it_goes_with_the_points_of_housing_first_where_it_is_given(
    client: Client, household: Household
) -> None:
    where = url("evaluate_home", household)
    assert "after 3 months" in page(client, household)
    assert "Is the help Housing First" not in text_of(client.get(where))
    FollowUpServiceFactory.create(household=household, kind="housing_first", **GIVEN)
    told = {"months": "3", "held_on": "today", "how": "needs_more", "user_view": "It is quiet", "choice": "4"}

    refused = send(client, where, told)
    assert "Say what is done next" in text_of(refused) and not FollowUpEvaluation.objects.exists()
    send(client, where, {**told, "next_steps": "More visits"})

    shown = page(client, household)
    assert "It is quiet" in shown and "They choose home and help themselves: 4" in shown
    assert "Ask how it goes" not in shown


def test_an_evaluation_without_a_permanent_home_says_so(client: Client) -> None:
    rough = household_in(ResidenceKind.ROUGH)
    sign_in(client, worker_for(rough))

    answer = send(client, url("evaluate_home", rough), {"months": "3", "held_on": "today", "how": "well"})

    assert "They do not live in a permanent home" in text_of(answer)


def test_the_page_of_the_allowance_explains_and_is_confirmed(client: Client, household: Household) -> None:
    shown = page(client, household, "allowance")
    assert "Lives in a home that is rented or owned" in shown and "Nobody has asked them yet" in shown

    send(client, url("check_allowance", household), {"finding": "may_be_entitled"})
    assert AllowanceCheck.objects.get().finding == "may_be_entitled"
    assert "has not applied for this home" in page(client, household, "allowance")
    send(client, url("apply_for_allowance", household), {"on": "today"})
    shown = page(client, household, "allowance")
    assert "has not applied" not in shown and "Register the answer" in shown and "Register an application" not in shown
    allowance = HousingAllowance.objects.get()
    where = url("answer_allowance", household, allowance.pk)
    refused = send(client, where, {"outcome": "granted", "decided_on": "today"})
    assert "Say from which day it is paid" in text_of(refused)
    send(client, where, {"outcome": "granted", "decided_on": "today", "starts_on": "today"})
    assert "Granted" in page(client, household, "allowance")
    send(client, url("end_allowance", household, allowance.pk), {"on": "+30"})
    assert HousingAllowance.objects.get().ends_on == localdate() + timedelta(days=30)


def test_what_rules_the_allowance_out_is_told(client: Client) -> None:
    rough = household_in(ResidenceKind.ROUGH)
    sign_in(client, worker_for(rough))

    assert "Something that is known rules it out today" in page(client, rough, "allowance")


def test_another_unit_finds_neither_page_and_another_household_s_service_is_not_there(
    client: Client, household: Household
) -> None:
    other = FollowUpServiceFactory.create(**GIVEN)
    assert client.get(url("log_contact", household, other.pk)).status_code == 404
    assert client.get(url("handle_warning", household, EarlyWarningFactory.create().pk)).status_code == 404
    assert client.get(url("answer_allowance", household, HousingAllowanceFactory.create().pk)).status_code == 404

    sign_in(client, caseworker(UnitFactory.create()))
    for name in ("follow_up", "allowance", "offer_service", "unit_follow_up"):
        args = [] if name.startswith("unit") else [household.key]
        expected = 200 if name.startswith("unit") else 404
        assert client.get(reverse(f"cases:{name}", args=args)).status_code == expected


def test_a_closed_case_is_read_and_not_changed(client: Client, household: Household) -> None:
    Case.objects.update(state="closed", closed_on=localdate(), closing_reason="other")

    assert "Offer a service" not in page(client, household)
    assert client.get(url("offer_service", household)).status_code == 404


def test_the_leader_knows_no_service_or_sign_of_a_special_kind(client: Client, household: Household) -> None:
    service = FollowUpServiceFactory.create(household=household, kind="fact", given_by="FACT Syd", **GIVEN)
    FollowUpContactFactory.create(service=service, note="About the medicine")
    EarlyWarningFactory.create(household=household, sign="drugs", note="Was seen drinking", told_by="A cousin")
    assert "FACT team" in page(client, household) and "More alcohol or drugs" in page(client, household)

    sign_in(client, team_leader(unit_of(household)))
    shown = page(client, household)

    assert "A service of a special kind" in shown and "A sign of a special kind" in shown
    for hidden in ("FACT", "medicine", "alcohol", "drinking", "cousin"):
        assert hidden not in shown
    listed = text_of(client.get(reverse("cases:unit_follow_up"), {"show": "signs"}))
    assert "A sign of a special kind" in listed and "alcohol" not in listed


def listed(client: Client, name: str, show: str) -> str:
    return text_of(client.get(reverse(f"cases:{name}"), {"show": show}))


def test_the_unit_s_list_has_what_waits_each_in_its_place(client: Client, household: Household) -> None:
    FollowUpServiceFactory.create(household=household, offered_on=ago(30))
    FollowUpServiceFactory.create(household=household, kind="ips", **GIVEN)
    EarlyWarningFactory.create(household=household, sign="bills", seen_on=ago(20))

    assert "Support in the home" in listed(client, "unit_follow_up", "waiting")
    assert "late" in listed(client, "unit_follow_up", "waiting")
    assert "IPS" in listed(client, "unit_follow_up", "silent")
    assert "Bills or power" in listed(client, "unit_follow_up", "signs")
    assert "After 3 months" in listed(client, "unit_follow_up", "homes")
    assert "After 3 months" not in listed(client, "unit_follow_up", "unheard-of")


def test_the_unit_s_list_of_allowances(client: Client, household: Household) -> None:
    name = household.members.get().person.name
    assert name in listed(client, "unit_allowances", "ask")
    AllowanceCheckFactory.create(household=household, on=ago(1))
    assert name in listed(client, "unit_allowances", "apply") and name not in listed(client, "unit_allowances", "ask")
    allowance = HousingAllowanceFactory.create(household=household, applied_on=ago(0))
    assert name in listed(client, "unit_allowances", "waiting")
    assert name not in listed(client, "unit_allowances", "apply")
    HousingAllowance.objects.filter(pk=allowance.pk).update(outcome="refused", decided_on=ago(0))
    assert name in listed(client, "unit_allowances", "refused")
    HousingAllowance.objects.filter(pk=allowance.pk).update(outcome="granted", starts_on=ago(0))
    assert name in listed(client, "unit_allowances", "granted")
    assert name not in listed(client, "unit_allowances", "owners")


def test_families_who_own_are_listed(client: Client) -> None:
    from tests.journeys import family_in

    family = family_in(ResidenceKind.OWNED)
    alone = household_in(ResidenceKind.OWNED, unit=unit_of(family))
    for each in (family, alone):
        HousingAllowanceFactory.create(
            household=each, applied_on=LONG_AGO, outcome="granted", decided_on=LONG_AGO, starts_on=LONG_AGO
        )
    sign_in(client, caseworker(unit_of(family)))

    page = client.get(reverse("cases:unit_allowances"), {"show": "owners"})
    assert [row.standing.household_id for row in page.context["rows"]] == [family.pk]


def test_a_strictly_shielded_household_is_on_no_list(client: Client, household: Household) -> None:
    EarlyWarningFactory.create(household=household)
    person = household.members.get().person
    person.protection = Protection.STRICTLY_CONFIDENTIAL
    person.save(update_fields=["protection"])
    sign_in(client, caseworker(unit_of(household)))

    assert client.get(reverse("cases:unit_follow_up"), {"show": "signs"}).context["rows"] == []


def test_the_lists_take_few_statements(
    client: Client, household: Household, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit = unit_of(household)
    for _ in range(5):
        each = household_in(ResidenceKind.PRIVATE_RENTAL, ago(90), lease=Lease.ORDINARY, unit=unit)
        EarlyWarningFactory.create(household=each)
        FollowUpServiceFactory.create(household=each, **GIVEN)
        AllowanceCheckFactory.create(household=each)

    for name, shows in (("unit_follow_up", ("silent", "signs", "homes")), ("unit_allowances", ("apply", "ask"))):
        for show in shows:
            with django_assert_max_num_queries(20):
                client.get(reverse(f"cases:{name}"), {"show": show})
    with django_assert_max_num_queries(40):
        client.get(url("follow_up", household))


def test_what_runs_is_shown_on_the_household_s_page(client: Client, household: Household) -> None:
    FollowUpServiceFactory.create(household=household, kind="ips", **GIVEN)
    EarlyWarningFactory.create(household=household)
    HousingAllowanceFactory.create(household=household, applied_on=ago(2))

    shown = page(client, household, "household")

    assert "IPS: job support" in shown and "Take up the contact again" in shown
    assert "Rent is late" in shown and "Waits for an answer" in shown
