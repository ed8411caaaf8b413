"""A start loan or grant from the first thought of it until it is paid out, refused or lapsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from cases.actions.deciding import NewDecision, approve_decision, begin_decision, submit_decision
from cases.actions.decisions import issue_decision
from cases.actions.effects import annul_decision
from cases.actions.loan_assessing import Owed, Told, assess_loan
from cases.actions.loan_course import (
    Payout,
    lapse_loan,
    lose_bids,
    lose_purchase,
    pay_out,
    prolong_commitment,
    register_purchase,
    start_bidding,
)
from cases.actions.loans import (
    CannotLend,
    Judgement,
    NewLoan,
    consider_loan,
    explain_loan,
    judge_loan,
    register_application,
)
from cases.law.loans import CONDITIONS, THEMES
from cases.models import (
    Decision,
    LoanAssessment,
    LoanCase,
    LoanConditionMet,
    LoanDebt,
    LoanStatus,
    LoanTheme,
)
from cases.questions.loans import people_of, rates_of, reckoned
from housing.models import Dwelling, Lease, ResidenceKind
from people.access import Stale
from people.models import Employee, Household, JournalEntry
from tests.actions.test_deciding import WHOLE
from tests.factories.housing import DwellingFactory
from tests.factories.loans import LoanCaseFactory
from tests.factories.people import AT, DAY, LONG_AGO, MemberFactory, UnitFactory, caseworker, team_leader
from tests.journeys import household_in, lived, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)
ALONE = Told(
    adults=1,
    benefits=30_000,
    living_costs=9_000,
    other_costs=1_500,
    home_costs=4_000,
    rent_now=12_000,
    cost=2_000_000,
    policy_rate=Decimal("4.00"),
    offered_rate=Decimal("5.00"),
    years=30,
)
MET = {code: Judgement(answer="met") for code in CONDITIONS}


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, LONG_AGO, lease=Lease.ORDINARY)


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


def considered(household: Household, by: Employee, **told: Any) -> LoanCase:
    said: dict[str, Any] = {"kind": "startlan", "purpose": "purchase", "applied_on": DAY, **told}
    return consider_loan(household_id=household.pk, new=NewLoan(**said), by=by, at=AT)


def explained(loan: LoanCase, by: Employee, **told: Any) -> LoanCase:
    said: dict[str, Any] = {"talk_on": DAY, "themes": list(THEMES), "debt_register_on": DAY, **told}
    return explain_loan(loan_id=loan.pk, by=by, at=AT, **said)


def assessed(loan: LoanCase, by: Employee, told: Told = ALONE, debts: tuple[Owed, ...] = ()) -> LoanAssessment:
    return assess_loan(loan_id=loan.pk, told=told, debts=debts, by=by, at=AT)


def judged(loan: LoanCase, by: Employee, **answers: Judgement) -> LoanCase:
    return judge_loan(loan_id=loan.pk, judged={**MET, **answers}, child_interest="", by=by, at=AT)


def ready(household: Household, by: Employee, **told: Any) -> LoanCase:
    """One that can be decided: explained, assessed and judged."""
    loan = considered(household, by, **told)
    if loan.is_loan:
        explained(loan, by)
        assessed(loan, by)
        judged(loan, by)
    return fresh(loan)


def decided(
    household: Household, by: Employee, result: str = "granted", amount: int = 2_000_000, **more: Any
) -> Decision:
    new = NewDecision(
        **{"kind": "start_loan", "result": result, "starts_on": None if result == "refused" else DAY, **more}
    )
    decision = begin_decision(household_id=household.pk, new=new, by=by, at=AT)
    parts = replace(WHOLE, amount=amount)
    if decision.needs_approval:
        submit_decision(decision_id=decision.pk, parts=parts, by=by, at=AT)
        return approve_decision(decision_id=decision.pk, by=team_leader(unit_of(household)), at=AT)
    return issue_decision(decision_id=decision.pk, parts=parts, by=by, at=AT)


def committed(household: Household, **told: Any) -> LoanCase:
    """A loan with a commitment until ten days on, however it came to it."""
    said: dict[str, Any] = {
        "is_committed": True,
        "expires_on": DAY + timedelta(days=10),
        "talk_on": LONG_AGO,
        "themes": list(LoanTheme.values),
        "debt_register_on": LONG_AGO,
        **told,
    }
    return LoanCaseFactory.create(household=household, **said)


def fresh(loan: LoanCase) -> LoanCase:
    found: LoanCase = LoanCase.objects.get(pk=loan.pk)
    return found


def told_of(household: Household) -> list[str]:
    rows = JournalEntry.objects.filter(household_id=household.pk, act__startswith="loan.")
    return list(rows.order_by("pk").values_list("act", flat=True))


# ── before the decision ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_loan_is_considered_and_then_applied_for(household: Household, worker: Employee) -> None:
    loan = considered(household, worker, applied_on=None)
    assert loan.status == LoanStatus.CONSIDERING

    register_application(loan_id=loan.pk, on=DAY, startskudd_ref="S-1", by=worker, at=AT)

    loan = fresh(loan)
    assert (loan.status, loan.applied_on, loan.startskudd_ref) == (LoanStatus.APPLIED, DAY, "S-1")
    assert told_of(household) == ["loan.opened", "loan.applied"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "pawn"}, "kind"),
        ({"purpose": "boat"}, "purpose"),
        ({"kind": "establishment_grant", "purpose": "refinancing"}, "purpose"),
        ({"applied_on": TOMORROW}, "applied_on"),
    ],
)
def test_what_cannot_be_considered_is_refused_at_its_field(
    household: Household, worker: Employee, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotLend) as refused:
        considered(household, worker, **told)

    assert refused.value.field == field
    assert not LoanCase.objects.exists()


def test_one_of_a_kind_waits_for_its_decision_at_a_time(household: Household, worker: Employee) -> None:
    considered(household, worker)
    considered(household, worker, kind="establishment_grant")

    with pytest.raises(CannotLend):
        considered(household, worker)


def test_it_is_applied_for_once_and_not_ahead(household: Household, worker: Employee) -> None:
    loan = considered(household, worker, applied_on=None)
    with pytest.raises(CannotLend):
        register_application(loan_id=loan.pk, on=TOMORROW, by=worker, at=AT)
    register_application(loan_id=loan.pk, on=DAY, by=worker, at=AT)
    with pytest.raises(CannotLend):
        register_application(loan_id=loan.pk, on=DAY, by=worker, at=AT)


def test_nobody_else_meets_it(household: Household, worker: Employee) -> None:
    loan = considered(household, worker)

    with pytest.raises(Http404):
        register_application(loan_id=loan.pk, on=DAY, by=caseworker(UnitFactory.create()), at=AT)
    with pytest.raises(Http404):
        register_application(loan_id=0, on=DAY, by=worker, at=AT)


def test_the_talk_is_recorded_with_what_was_explained_and_the_register(household: Household, worker: Employee) -> None:
    loan = explained(considered(household, worker), worker, themes=["repayment", "interest"], debt_register_on=None)

    assert fresh(loan).themes == ["interest", "repayment"]
    assert not fresh(loan).is_explained
    assert explained(loan, worker).is_explained


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"talk_on": TOMORROW}, "talk_on"),
        ({"debt_register_on": TOMORROW}, "debt_register_on"),
        ({"talk_on": None}, "talk_on"),
        ({"themes": []}, "themes"),
        ({"themes": ["weather"]}, "themes"),
    ],
)
def test_a_talk_is_of_a_day_gone_by_and_about_something(
    household: Household, worker: Employee, told: dict[str, Any], field: str
) -> None:
    loan = considered(household, worker)
    with pytest.raises(CannotLend) as refused:
        explained(loan, worker, **told)

    assert refused.value.field == field
    assert fresh(loan).talk_on is None


def test_a_condition_is_waived_only_by_an_exception_that_the_law_names(household: Household, worker: Employee) -> None:
    loan = considered(household, worker)
    waived = Judgement(answer="waived", exception="municipal_tenant", because="Rents of us.")

    judged(loan, worker, saved=waived)

    row = LoanConditionMet.objects.get(loan=loan, condition="saved")
    assert (row.answer, row.exception) == ("waived", "municipal_tenant")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"no_bank_loan": Judgement(answer="waived", exception="local_work", because="x")}, "no_bank_loan_answer"),
        ({"saved": Judgement(answer="waived", exception="own_first", because="x")}, "saved_exception"),
        ({"saved": Judgement(answer="waived", because="x")}, "saved_exception"),
        ({"saved": Judgement(answer="not_met")}, "saved_because"),
        ({"saved": Judgement(answer="perhaps")}, "saved_answer"),
        ({"beauty": Judgement(answer="met")}, "beauty_answer"),
    ],
)
def test_a_judgement_that_does_not_hold_is_refused_at_its_field(
    household: Household, worker: Employee, answers: dict[str, Judgement], field: str
) -> None:
    loan = considered(household, worker)
    with pytest.raises(CannotLend) as refused:
        judged(loan, worker, **answers)

    assert refused.value.field == field
    assert not LoanConditionMet.objects.exists()


def test_a_grant_has_not_the_conditions_of_a_loan(household: Household, worker: Employee) -> None:
    with pytest.raises(CannotLend):
        judged(considered(household, worker, kind="establishment_grant"), worker)


# ── the assessment ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_assessment_is_kept_with_what_went_in_and_reckoned_again_is_the_same(
    household: Household, worker: Employee
) -> None:
    loan = considered(household, worker)
    made = assessed(loan, worker, debts=(Owed(kind="student", balance=90_000, payment=900),))

    kept = LoanAssessment.objects.get(pk=made.pk)
    again = reckoned(kept, list(kept.debts.all()), purpose=loan.purpose)
    assert (kept.left, kept.carried, kept.need, kept.ceiling) == (
        again.left,
        again.carried,
        again.need,
        again.ceiling,
    )
    assert (kept.left, kept.stress_rate, kept.living_floor) == (14_600, Decimal("6.50"), 7_850)


def test_the_guiding_rates_are_those_of_the_members_and_the_day(household: Household) -> None:
    born_on = date(DAY.year - 4, 1, 1)
    MemberFactory.create(household=household, is_child=True, person__born_on=born_on, starts_on=born_on)
    born_on = date(DAY.year - 9, 1, 1)
    MemberFactory.create(household=household, is_child=True, person__born_on=born_on, starts_on=born_on)
    rates, people = rates_of(household, on=DAY), people_of(household, on=DAY)

    assert people == {"adults": 1, "children_0_5": 1, "children_6_10": 1, "children_11_17": 0}
    children = {name: count for name, count in people.items() if name != "adults"}
    assert rates.floor(adults=1, children=children) == 7_850 + 3_850 + 3_950
    assert rates.floor(adults=3, children={}) == 13_100 + 5_250
    assert rates.unchecked
    assert rates_of(household, on=date(2023, 12, 20)).policy.value == Decimal("4.50")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"adults": 0}, "adults"),
        ({"policy_rate": Decimal(31)}, "policy_rate"),
        ({"offered_rate": Decimal(-1)}, "offered_rate"),
        ({"coming_income": 1_000}, "coming_because"),
        ({"coming_income": 1_000, "coming_because": "A job"}, "interest_only_years"),
        ({"years": 0}, "years"),
        ({"years": 51}, "years"),
        ({"interest_only_years": 9}, "interest_only_years"),
        ({"years": 5, "interest_only_years": 5}, "interest_only_years"),
        ({"cost": 0}, "cost"),
        ({"years": 31}, "long_terms"),
        ({"years": 31, "long_waiver": "boredom"}, "long_terms"),
        ({"years": 40, "long_terms": ("home_suits", "rent_is_worse"), "long_waiver": "children"}, "long_terms"),
    ],
)
def test_an_assessment_that_does_not_hold_is_refused_at_its_field(
    household: Household, worker: Employee, told: dict[str, Any], field: str
) -> None:
    loan = considered(household, worker)
    with pytest.raises(CannotLend) as refused:
        assessed(loan, worker, replace(ALONE, **told))

    assert refused.value.field == field
    assert not LoanAssessment.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"long_terms": ("low_income", "home_suits", "rent_is_worse", "shorter_is_unsound")},
        {"long_terms": ("home_suits", "rent_is_worse", "shorter_is_unsound"), "long_waiver": "children"},
        {"long_terms": ("shorter_is_unsound",), "long_waiver": "may_lose_home"},
    ],
)
def test_more_than_thirty_years_when_the_conditions_are_met_or_waived(
    household: Household, worker: Employee, told: dict[str, Any]
) -> None:
    made = assessed(considered(household, worker), worker, replace(ALONE, years=50, **told))

    assert made.years == 50
    assert made.carried == 2_749_607


def test_a_refinancing_with_unsecured_debt_stays_within_the_value_of_the_home(
    household: Household, worker: Employee
) -> None:
    loan = considered(household, worker, purpose="refinancing")
    debts = (
        Owed(kind="mortgage", balance=1_450_000, payment=9_800, is_secured=True, is_refinanced=True),
        Owed(kind="consumer", balance=250_000, payment=6_900, is_refinanced=True),
    )
    told = replace(ALONE, cost=10_000, home_value=1_700_000)

    with pytest.raises(CannotLend) as refused:
        assessed(loan, worker, told, debts)
    assert refused.value.field == "home_value"
    assert not LoanDebt.objects.exists()

    made = assessed(loan, worker, replace(told, home_value=1_710_000), debts)
    assert (made.need, made.ceiling, made.left) == (1_710_000, 1_710_000, 15_500)


@pytest.mark.parametrize(
    ("purpose", "debts", "told", "field"),
    [
        ("refinancing", (), {"home_value": 1}, "debt_1_balance"),
        ("refinancing", (Owed(kind="mortgage", balance=9, is_refinanced=True),), {}, "home_value"),
        ("purchase", (Owed(kind="mortgage", balance=9, is_refinanced=True),), {}, "debt_1_balance"),
        ("purchase", (Owed(kind="bet", balance=9),), {}, "debt_1_balance"),
        ("purchase", (Owed(kind="car", balance=0),), {}, "debt_1_balance"),
    ],
)
def test_debts_go_with_what_the_loan_is_for(
    household: Household,
    worker: Employee,
    purpose: str,
    debts: tuple[Owed, ...],
    told: dict[str, Any],
    field: str,
) -> None:
    loan = considered(household, worker, purpose=purpose)
    with pytest.raises(CannotLend) as refused:
        assessed(loan, worker, replace(ALONE, **told), debts)

    assert refused.value.field == field


def test_what_is_decided_is_assessed_and_explained_no_more(household: Household, worker: Employee) -> None:
    loan = committed(household)
    for again in (assessed, explained, judged):
        with pytest.raises(CannotLend):
            again(loan, worker)


# ── the decision ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_commits_the_loan_until_its_last_day(household: Household, worker: Employee) -> None:
    loan = ready(household, worker)

    decision = decided(household, worker, amount=1_900_000)

    loan = fresh(loan)
    assert (loan.status, loan.amount, loan.decision_id) == (LoanStatus.PRELIMINARY, 1_900_000, decision.pk)
    assert loan.decided_on == DAY
    assert loan.expires_on is not None
    assert loan.expires_on > DAY + timedelta(days=80)


def test_the_decision_s_own_end_is_the_last_day_but_one(household: Household, worker: Employee) -> None:
    loan = ready(household, worker)

    decided(household, worker, ends_on=DAY + timedelta(days=30))

    assert fresh(loan).expires_on == DAY + timedelta(days=29)


def test_no_decision_above_the_ceiling(household: Household, worker: Employee) -> None:
    loan = ready(household, worker)

    with pytest.raises(CannotLend) as refused:
        decided(household, worker, amount=2_000_001)

    assert refused.value.field == "amount"
    assert fresh(loan).status == LoanStatus.APPLIED
    assert not Decision.objects.given().exists()


def test_neither_granted_nor_refused_before_it_is_explained(household: Household, worker: Employee) -> None:
    loan = considered(household, worker)
    for result in ("granted", "refused"):
        with pytest.raises(CannotLend):
            decided(household, worker, result)
    explained(loan, worker)
    with pytest.raises(CannotLend):
        decided(household, worker)
    assessed(loan, worker)
    with pytest.raises(CannotLend):
        decided(household, worker)
    judged(loan, worker, saved=Judgement(answer="not_met", because="Could have saved."))
    with pytest.raises(CannotLend):
        decided(household, worker)

    decided(household, worker, "refused")

    assert fresh(loan).status == LoanStatus.REFUSED
    assert fresh(loan).decided_on == DAY


def test_a_decision_on_a_grant_asks_for_no_assessment(household: Household, worker: Employee) -> None:
    loan = considered(household, worker, kind="establishment_grant", applied_on=None)

    decided(household, worker, kind="grant", amount=150_000)

    assert (fresh(loan).status, fresh(loan).applied_on, fresh(loan).amount) == (LoanStatus.PRELIMINARY, DAY, 150_000)


def test_a_decision_without_a_loan_registered_changes_none(household: Household, worker: Employee) -> None:
    considered(household, worker, kind="establishment_grant")

    decided(household, worker)

    assert LoanCase.objects.get().status == LoanStatus.APPLIED


def test_a_changed_decision_changes_the_commitment_and_an_end_lets_it_lapse(
    household: Household, worker: Employee
) -> None:
    loan = ready(household, worker)
    first = decided(household, worker, amount=1_500_000)
    second = decided(household, worker, amount=1_700_000, move="change", changes_id=first.pk)
    assert (fresh(loan).amount, fresh(loan).decision_id) == (1_700_000, second.pk)

    decided(household, worker, "ended", move="end", changes_id=second.pk)

    assert (fresh(loan).status, fresh(loan).lapsed_because) == (LoanStatus.LAPSED, "other")


def test_an_annulled_decision_is_to_be_decided_anew(household: Household, worker: Employee) -> None:
    loan = ready(household, worker)
    decision = decided(household, worker)

    annul_decision(decision_id=decision.pk, because="Wrong household.", by=worker, at=AT)

    assert (fresh(loan).status, fresh(loan).amount, fresh(loan).decided_on) == (LoanStatus.APPLIED, None, None)


def test_a_refusal_can_be_turned_round_by_a_new_decision(household: Household, worker: Employee) -> None:
    loan = ready(household, worker)
    decided(household, worker, "refused")

    decided(household, worker)

    assert fresh(loan).status == LoanStatus.PRELIMINARY


# ── from the commitment on ────────────────────────────────────────────────────────────────────────────────────────────


def test_they_bid_lose_and_bid_again(household: Household, worker: Employee) -> None:
    loan = committed(household)
    start_bidding(loan_id=loan.pk, on=DAY, by=worker, at=AT)
    assert fresh(loan).status == LoanStatus.BIDDING

    lose_bids(loan_id=loan.pk, by=worker, at=AT)

    assert (fresh(loan).status, fresh(loan).bidding_on) == (LoanStatus.PRELIMINARY, None)


def test_a_commitment_is_not_used_after_its_last_day(household: Household, worker: Employee) -> None:
    loan = committed(household, expires_on=YESTERDAY)
    improving = committed(household, purpose="improvement", expires_on=YESTERDAY)

    refused_acts: tuple[Callable[[], object], ...] = (
        lambda: start_bidding(loan_id=loan.pk, on=DAY, by=worker, at=AT),
        lambda: register_purchase(loan_id=loan.pk, on=DAY, price=1, by=worker, at=AT),
        lambda: pay_out(loan_id=improving.pk, told=Payout(on=DAY, amount=1), by=worker, at=AT),
    )
    for refused_act in refused_acts:
        with pytest.raises(CannotLend) as refused:
            refused_act()
        assert refused.value.field == "on"
    assert {fresh(one).status for one in (loan, improving)} == {LoanStatus.PRELIMINARY}

    prolong_commitment(loan_id=loan.pk, until=TOMORROW, by=worker, at=AT)
    assert register_purchase(loan_id=loan.pk, on=DAY, price=2_100_000, by=worker, at=AT).status == LoanStatus.BOUGHT


def test_a_commitment_is_prolonged_to_a_later_day_only(household: Household, worker: Employee) -> None:
    loan = committed(household)
    for until in (YESTERDAY, DAY + timedelta(days=10)):
        with pytest.raises(CannotLend) as refused:
            prolong_commitment(loan_id=loan.pk, until=until, by=worker, at=AT)
        assert refused.value.field == "until"


def test_a_purchase_that_comes_to_nothing_leaves_the_commitment(household: Household, worker: Employee) -> None:
    loan = committed(household)
    register_purchase(loan_id=loan.pk, on=DAY, price=2_100_000, by=worker, at=AT)

    lose_purchase(loan_id=loan.pk, by=worker, at=AT)

    assert (fresh(loan).status, fresh(loan).price) == (LoanStatus.PRELIMINARY, None)


def test_a_purchase_has_a_price_and_a_day_between_the_decision_and_today(
    household: Household, worker: Employee
) -> None:
    loan = committed(household)
    for on, price, field in (
        (DAY, 0, "price"),
        (TOMORROW, 1, "on"),
        (LONG_AGO - timedelta(days=1), 1, "on"),
    ):
        with pytest.raises(CannotLend) as refused:
            register_purchase(loan_id=loan.pk, on=on, price=price, by=worker, at=AT)
        assert refused.value.field == field


def bought(household: Household, **told: Any) -> LoanCase:
    return committed(household, status=LoanStatus.BOUGHT, bought_on=YESTERDAY, price=2_100_000, **told)


def paid(loan: LoanCase, by: Employee, **told: Any) -> LoanCase:
    said: dict[str, Any] = {"on": DAY, "amount": 2_000_000, "leaves_home": True, **told}
    return pay_out(loan_id=loan.pk, told=Payout(**said), by=by, at=AT)


def test_paid_out_they_live_in_their_own_home_and_the_tenancy_is_left(household: Household, worker: Employee) -> None:
    loan = paid(bought(household), worker)

    assert (loan.status, loan.paid_on, loan.amount) == (LoanStatus.PAID_OUT, DAY, 2_000_000)
    assert loan.home is not None
    assert [kind for kind, _from, _to in lived(household)] == ["private_rental", "owned"]
    assert household.residences.get(kind="private_rental").ends_on == DAY


def test_no_purchase_without_leaving_the_tenancy(household: Household, worker: Employee) -> None:
    loan = bought(household)
    for told, field in (({"leaves_home": False}, "leaves_home"), ({"home": "there"}, "home"), ({"home": "x"}, "home")):
        with pytest.raises(CannotLend) as refused:
            paid(loan, worker, **told)
        assert refused.value.field == field

    assert fresh(loan).status == LoanStatus.BOUGHT
    assert [kind for kind, _from, _to in lived(household)] == ["private_rental"]


def test_the_municipal_dwelling_they_leave_comes_free(worker: Employee) -> None:
    home = DwellingFactory.create()
    household = household_in(ResidenceKind.MUNICIPAL_RENTAL, dwelling=home, lease=Lease.ORDINARY)

    paid(bought(household), worker_for(household))

    assert not home.residences.filter(ends_on__isnull=True).exists()
    assert Dwelling.objects.get(pk=home.pk).disposed_on is None


def test_they_buy_the_home_they_rent_of_the_municipality() -> None:
    home = DwellingFactory.create()
    household = household_in(ResidenceKind.MUNICIPAL_RENTAL, dwelling=home, lease=Lease.ORDINARY)
    keeper = worker_for(household)

    paid(bought(household), keeper, home="rented", proceeds=2_100_000)

    assert Dwelling.objects.get(pk=home.pk).disposed_on == DAY
    assert [kind for kind, _from, _to in lived(household)] == ["municipal_rental", "owned"]


def test_who_has_moved_in_already_only_gets_the_money() -> None:
    household = household_in(ResidenceKind.OWNED, YESTERDAY)

    loan = paid(bought(household), worker_for(household), home="there", leaves_home=False)

    assert loan.home == household.residences.get()


def test_no_more_is_paid_out_than_is_committed(household: Household, worker: Employee) -> None:
    loan = bought(household)
    for amount in (2_000_001, 0):
        with pytest.raises(CannotLend) as refused:
            paid(loan, worker, amount=amount)
        assert refused.value.field == "amount"
    assert paid(loan, worker, amount=1_800_000).amount == 1_800_000


def test_no_loan_is_paid_out_that_was_never_explained_but_a_grant_is() -> None:
    household = household_in(ResidenceKind.OWNED, LONG_AGO)
    worker = worker_for(household)
    unexplained: dict[str, Any] = {"purpose": "improvement", "talk_on": None, "themes": [], "debt_register_on": None}

    with pytest.raises(CannotLend):
        paid(committed(household, **unexplained), worker)
    assert paid(committed(household, kind="adaptation_grant", **unexplained), worker).status == LoanStatus.PAID_OUT


def test_what_does_not_go_with_the_state_is_refused(household: Household, worker: Employee) -> None:
    considering, improving = LoanCaseFactory.create(household=household), committed(household, purpose="improvement")
    done: dict[str, Any] = {"by": worker, "at": AT}

    refused_acts: tuple[Callable[[], object], ...] = (
        lambda: start_bidding(loan_id=considering.pk, on=DAY, **done),
        lambda: start_bidding(loan_id=improving.pk, on=DAY, **done),
        lambda: lose_bids(loan_id=considering.pk, **done),
        lambda: register_purchase(loan_id=improving.pk, on=DAY, price=1, **done),
        lambda: lose_purchase(loan_id=considering.pk, **done),
        lambda: paid(considering, worker),
        lambda: prolong_commitment(loan_id=considering.pk, until=TOMORROW, **done),
    )
    for refused_act in refused_acts:
        with pytest.raises(CannotLend):
            refused_act()


def test_it_lapses_for_a_reason_on_a_day_gone_by(household: Household, worker: Employee) -> None:
    loan = committed(household)
    for on, because, field in (
        (DAY, "boredom", "because"),
        (DAY, "expired", "because"),
        (TOMORROW, "withdrawn", "on"),
    ):
        with pytest.raises(CannotLend) as refused:
            lapse_loan(loan_id=loan.pk, on=on, because=because, by=worker, at=AT)
        assert refused.value.field == field

    lapse_loan(loan_id=loan.pk, on=DAY, because="withdrawn", by=worker, at=AT)
    with pytest.raises(CannotLend):
        lapse_loan(loan_id=loan.pk, on=DAY, because="withdrawn", by=worker, at=AT)


def test_a_form_that_is_built_on_an_older_household_changes_nothing(household: Household, worker: Employee) -> None:
    loan = committed(household)
    version = Household.objects.get(pk=household.pk).version
    start_bidding(loan_id=loan.pk, on=DAY, by=worker, at=AT)

    with pytest.raises(Stale):
        lose_bids(loan_id=loan.pk, version=version, by=worker, at=AT)
    assert fresh(loan).status == LoanStatus.BIDDING
