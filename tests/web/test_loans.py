# mypy: disable-error-code="no-untyped-call"
"""Start loans and grants as one works with them: considered, assessed, followed to the home; the unit's list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate

from cases.actions.nightly import settle_tasks
from cases.law.loans import THEMES
from cases.models import LoanAssessment, LoanCase, LoanConditionMet, LoanStatus, Task, TaskKind
from cases.questions.loan_sheet import sheet_of
from housing.models import Lease, ResidenceKind
from people.models import Household
from tests.factories.housing import DwellingFactory
from tests.factories.loans import LoanAssessmentFactory, LoanCaseFactory
from tests.factories.people import UnitFactory, caseworker
from tests.journeys import family_in, household_in, unit_of, worker_for
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

SHEET = {
    "adults": "1",
    "benefits": "30000",
    "living_costs": "9000",
    "other_costs": "1500",
    "home_costs": "4000",
    "rent_now": "12000",
    "cost": "2000000",
    "policy_rate": "4.00",
    "offered_rate": "5.00",
    "years": "30",
}


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household(client: Client) -> Household:
    found = household_in(
        ResidenceKind.MUNICIPAL_RENTAL,
        localdate() - timedelta(days=400),
        lease=Lease.ORDINARY,
        dwelling=DwellingFactory.create(),
    )
    sign_in(client, worker_for(found))
    return found


def url(name: str, household: Household, *args: int) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def of(loan: LoanCase, name: str) -> str:
    return url(name, loan.household, loan.pk)


def fresh(loan: LoanCase) -> LoanCase:
    found: LoanCase = LoanCase.objects.get(pk=loan.pk)
    return found


def committed(household: Household, **told: Any) -> LoanCase:
    day = localdate()
    said: dict[str, Any] = {
        "is_committed": True,
        "decided_on": day - timedelta(days=20),
        "expires_on": day + timedelta(days=10),
        "talk_on": day - timedelta(days=30),
        "themes": list(THEMES),
        "debt_register_on": day - timedelta(days=30),
        **told,
    }
    return LoanCaseFactory.create(household=household, **said)


def test_a_loan_is_considered_explained_judged_and_assessed(client: Client, household: Household) -> None:
    send(client, url("consider_loan", household), {"kind": "startlan", "purpose": "purchase"})
    loan = household.loans.get()
    assert "First explain the loan" in text_of(client.get(of(loan, "loan")))

    send(client, of(loan, "apply_for_loan"), {"on": "today", "startskudd_ref": "S-77"})
    told = {"talk_on": "today", "themes": list(THEMES), "debt_register_on": "today"}
    send(client, of(loan, "explain_loan"), told)
    answers = {f"{code}_answer": "met" for code in ("no_bank_loan", "long_term", "can_pay")}
    waived = {
        "saved_answer": "waived",
        "saved_exception": "municipal_tenant",
        "saved_because": "The flat comes free.",
    }
    send(client, of(loan, "judge_loan"), answers | waived)
    send(client, of(loan, "assess_loan"), SHEET)

    page = text_of(client.get(of(loan, "loan")))
    assert "Largest loan: 2 000 000 kr" in page
    assert "15 500" in page and "12 641" in page and "10 736" in page
    assert "Rents a municipal dwelling" in page and "S-77" in page
    assert "First" not in page
    assert "Decide on it" in page


def test_the_household_s_page_and_the_loan_in_its_list(client: Client, household: Household) -> None:
    loan = committed(household)

    assert "Preliminary commitment" in text_of(client.get(url("household", household)))
    page = text_of(client.get(url("loans", household)))
    assert "Start loan" in page and "2 000 000 kr" in page
    assert of(loan, "loan") in client.get(url("loans", household)).content.decode()


def test_the_sheet_says_what_limits_the_loan(client: Client, household: Household) -> None:
    loan = LoanCaseFactory.create(household=household)
    LoanAssessmentFactory.create(
        loan=loan,
        adults=2,
        children_0_5=1,
        living_costs=5_000,
        living_floor=16_950,
        left=7_550,
        carried=1_194_491,
        ceiling=1_194_491,
    )

    page = text_of(client.get(of(loan, "loan")))

    assert "What they can pay a month limits the loan." in page
    assert "805 509 kr is missing" in page
    assert "the guiding rates, which are more than they use (adults: 2, children of 0 to 5: 1)" in page


def test_a_sheet_that_does_not_hold_keeps_what_is_typed_and_says_why_at_the_field(
    client: Client, household: Household
) -> None:
    loan = LoanCaseFactory.create(household=household, purpose="refinancing")
    debts = {
        "debt_1_kind": "mortgage",
        "debt_1_balance": "1600000",
        "debt_1_is_refinanced": "on",
        "debt_1_is_secured": "on",
        "debt_2_kind": "consumer",
        "debt_2_balance": "200000",
        "debt_2_is_refinanced": "on",
    }

    page = text_of(send(client, of(loan, "assess_loan"), SHEET | {"cost": "", "home_value": "1700000"} | debts))
    assert "may not be more than the home is worth" in page
    assert not LoanAssessment.objects.exists()

    page = text_of(send(client, of(loan, "assess_loan"), SHEET | {"cost": ""}))
    assert "Say which debts are refinanced." in page


def test_who_must_live_on_it_and_the_rates_are_filled_in(client: Client) -> None:
    household = family_in(ResidenceKind.OWNED, localdate() - timedelta(days=50))
    sign_in(client, worker_for(household))
    loan = LoanCaseFactory.create(household=household)

    page = client.get(of(loan, "assess_loan"))

    form = page.context["form"]
    assert form["adults"].value() == 1
    assert sum(form[name].value() or 0 for name in ("children_0_5", "children_6_10", "children_11_17")) == 1
    assert "Look these up before you go on." in text_of(page)
    assert "best interest" in text_of(client.get(of(loan, "judge_loan")))


def test_a_condition_that_can_never_be_waived_offers_no_exception(client: Client, household: Household) -> None:
    loan = LoanCaseFactory.create(household=household)

    form = client.get(of(loan, "judge_loan")).context["form"]

    assert "no_bank_loan_exception" not in form.fields
    assert [value for value, _label in form.fields["no_bank_loan_answer"].choices] == ["met", "not_met"]
    page = text_of(send(client, of(loan, "judge_loan"), {"no_bank_loan_answer": "waived"}))
    assert "Select a valid choice" in page
    assert not LoanConditionMet.objects.exists()


def test_they_bid_buy_and_move_and_the_municipal_dwelling_comes_free(client: Client, household: Household) -> None:
    loan = committed(household)
    send(client, of(loan, "bid_with_loan"), {"on": "today"})
    send(client, of(loan, "end_bidding"), {})
    send(client, of(loan, "buy_with_loan"), {"on": "today", "price": "2150000"})
    paid = {"on": "today", "amount": "2000000", "home": "moves"}

    page = text_of(send(client, of(loan, "pay_out_loan"), paid))
    assert "The household still has the home it lives in." in page
    assert fresh(loan).status == LoanStatus.BOUGHT

    send(client, of(loan, "pay_out_loan"), paid | {"leaves_home": "on"})

    assert fresh(loan).status == LoanStatus.PAID_OUT
    assert household.residences.get(kind="owned").starts_on == localdate()
    assert household.residences.get(kind="municipal_rental").ends_on == localdate()


def test_above_the_commitment_or_after_its_last_day_nothing_is_changed(client: Client, household: Household) -> None:
    loan = committed(household, purpose="improvement", expires_on=localdate() - timedelta(days=1))

    page = text_of(send(client, of(loan, "pay_out_loan"), {"on": "today", "amount": "1000000"}))
    assert "Prolong it first." in page
    assert "The commitment could be used until" in text_of(client.get(of(loan, "loan")))

    send(client, of(loan, "prolong_commitment"), {"until": "+30"})
    page = text_of(send(client, of(loan, "pay_out_loan"), {"on": "today", "amount": "2000001"}))
    assert "no more can be paid out" in page
    assert fresh(loan).status == LoanStatus.PRELIMINARY

    send(client, of(loan, "pay_out_loan"), {"on": "today", "amount": "1500000"})
    assert (fresh(loan).status, fresh(loan).amount) == (LoanStatus.PAID_OUT, 1_500_000)


def test_a_purchase_that_came_to_nothing_and_a_loan_that_lapses(client: Client, household: Household) -> None:
    loan = committed(household, status=LoanStatus.BOUGHT, bought_on=localdate(), price=1_900_000)
    send(client, of(loan, "end_purchase"), {})
    assert fresh(loan).status == LoanStatus.PRELIMINARY

    send(client, of(loan, "lapse_loan"), {"on": "today", "because": "no_home_found"})
    assert "Found no home to buy" in text_of(client.get(of(loan, "loan")))


def test_a_form_sent_twice_does_it_once(client: Client, household: Household) -> None:
    asked = {"kind": "establishment_grant", "purpose": "purchase", "form_key": "9b8f1f0e-7d5c-4c8f-9a50-6a5cf3a0c001"}
    for _ in range(2):
        client.post(url("consider_loan", household), asked)

    assert household.loans.count() == 1


def test_a_loan_of_another_household_is_not_found(client: Client, household: Household) -> None:
    other = LoanCaseFactory.create()

    assert client.get(url("loan", household, other.pk)).status_code == 404
    assert client.get(url("lapse_loan", household, other.pk)).status_code == 404


def test_a_task_opens_before_the_commitment_expires_and_is_overtaken_when_it_is_used(
    client: Client, household: Household
) -> None:
    loan = committed(household)
    settle_tasks(at=timezone.now())

    task = Task.objects.open().get(kind=TaskKind.COMMITMENT_EXPIRES)
    assert (task.household_id, task.due_on) == (household.pk, loan.expires_on)

    send(client, of(loan, "buy_with_loan"), {"on": "today", "price": "2150000"})
    assert not Task.objects.open().filter(kind=TaskKind.COMMITMENT_EXPIRES).exists()


def test_the_unit_sees_what_expires_first(client: Client, household: Household) -> None:
    unit = unit_of(household)
    later = household_in(ResidenceKind.OWNED, unit=unit)
    committed(later, expires_on=localdate() + timedelta(days=40), purpose="improvement")
    committed(household)
    LoanCaseFactory.create(household=later)
    LoanCaseFactory.create(household=later, is_paid=True, paid_on=localdate(), purpose="refinancing")
    sign_in(client, caseworker(unit))
    address = reverse("cases:unit_loans")

    shown = client.get(address).context["loans"]
    assert [one.loan.household_id for one in shown] == [household.pk, later.pk, later.pk]
    for code, count in (("undecided", 1), ("committed", 2), ("paid", 1), ("ended", 0), ("weather", 3)):
        assert len(client.get(address, {"show": code}).context["loans"]) == count
    sign_in(client, caseworker(UnitFactory.create()))
    assert client.get(address).context["loans"] == []


def test_the_unit_s_list_asks_as_much_of_many_as_of_one(client: Client, django_assert_max_num_queries: Any) -> None:
    unit = UnitFactory.create()
    for _ in range(5):
        committed(household_in(ResidenceKind.OWNED, unit=unit))
    sign_in(client, caseworker(unit))

    with django_assert_max_num_queries(30):
        client.get(reverse("cases:unit_loans"))


def test_how_old_the_children_are_is_not_told_where_ages_are_hidden(household: Household) -> None:
    loan = LoanCaseFactory.create(household=household)
    made = LoanAssessmentFactory.create(loan=loan, children_0_5=1, living_costs=0, living_floor=11_700)

    with translation.override("en"):
        told = [line.why for shown in (True, False) for line in sheet_of(loan, made, sees_ages=shown).month if line.why]

    guiding = "the guiding rates, which are more than they use (adults: 1, children of 0 to 5: 1)"
    assert told == [guiding, "what they use"]
