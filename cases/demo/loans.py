"""Start loans and grants in the demo: one that bought a home, one that bids, one to be decided, one only considered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from cases.actions.deciding import NewDecision, approve_decision, begin_decision, submit_decision
from cases.actions.loan_assessing import Owed, Told, assess_loan
from cases.actions.loan_course import Payout, pay_out, register_purchase, start_bidding
from cases.actions.loans import Judgement, NewLoan, consider_loan, explain_loan, judge_loan
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.decided import parts_of
from cases.demo.guarded import unshielded
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.law.loans import CONDITIONS, THEMES
from cases.models import Case, DecisionKind, DecisionResult, LoanCase, LoanKind, LoanPurpose
from cases.questions.loans import latest_assessment, people_of, rates_of
from housing.models import Residence, ResidenceKind
from people.models import AssignmentRole, Employee, Household, Responsibility

#: Days before the edge on which each is considered.
BOUGHT, BIDS, TO_DECIDE, CONSIDERED = 150, 40, 12, 5
#: Kroner lent, where the assessment allows it.
AMOUNT = 1_600_000


def lent(stage: Stage) -> list[Story]:
    """One story each, so that the days between them are others'."""
    return [_bought(stage), _bids(stage), _to_decide(stage), _considered(stage)]


def _bought(stage: Stage) -> Story:
    """A tenant of the municipality's buys a home, and the dwelling comes free."""
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(BOUGHT)
    found = _next(when, stage, ResidenceKind.MUNICIPAL_RENTAL)
    if found is None:
        return
    household, by = found
    loan = _ready(household, by, when)
    amount = _grant(loan, by, when, stage)
    yield when.wait(30)
    done: dict[str, Any] = {"loan_id": loan.pk, "by": by}
    register_purchase(on=when.today, price=amount + 100_000, at=when.at, **done)
    yield when.wait(25)
    here = Residence.objects.on(when.today).filter(household=household, kind=ResidenceKind.MUNICIPAL_RENTAL)
    if here.exists() and Case.objects.open().filter(household=household).exists():
        pay_out(told=Payout(on=when.today, amount=amount, leaves_home=True), at=when.at, **done)


def _bids(stage: Stage) -> Story:
    """Somebody in temporary accommodation bids with a commitment in hand."""
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(BIDS)
    found = _next(when, stage, ResidenceKind.PRIVATE_RENTAL)
    if found is None:
        return
    household, by = found
    loan = _ready(household, by, when)
    _grant(loan, by, when, stage)
    yield when.wait(10)
    start_bidding(loan_id=loan.pk, on=when.today, by=by, at=when.at)


def _to_decide(stage: Stage) -> Story:
    """Debts that are dearer than the home can bear, to be refinanced: assessed, and not decided yet."""
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(TO_DECIDE)
    found = _next(when, stage, ResidenceKind.OWNED)
    if found is not None:
        _ready(*found, when, purpose=LoanPurpose.REFINANCING)


def _considered(stage: Stage) -> Story:
    when = Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(CONSIDERED)
    found = _next(when, stage, ResidenceKind.MUNICIPAL_RENTAL)
    if found is not None:
        new = NewLoan(kind=LoanKind.ESTABLISHMENT_GRANT, purpose=LoanPurpose.PURCHASE, note=_text("note"))
        consider_loan(household_id=found[0].pk, new=new, by=found[1], at=when.at)


def _next(when: Moments, stage: Stage, kind: ResidenceKind) -> tuple[Household, Employee] | None:
    """A household that lives so, with an open case and no loan, and whoever follows it."""
    here = Residence.objects.on(when.today).filter(kind=kind).values("household")
    open_cases = Case.objects.open().values("household")
    answered = Responsibility.objects.on(when.today).filter(unit=stage.town.nav).values("household")
    rows = Household.objects.filter(pk__in=here, loans=None).filter(pk__in=open_cases).filter(pk__in=answered)
    for household in unshielded(list(rows.order_by("opened_on", "pk")), when):
        owner = household.assignments.on(when.today).filter(role=AssignmentRole.OWNER).first()
        if owner is not None:
            return household, owner.employee
    return None


def _ready(
    household: Household, by: Employee, when: Moments, *, purpose: LoanPurpose = LoanPurpose.PURCHASE
) -> LoanCase:
    """Considered, applied for, explained, judged and assessed in one sitting."""
    new = NewLoan(kind=LoanKind.STARTLAN, purpose=purpose, applied_on=when.today, startskudd_ref=f"S-{household.pk}")
    loan = consider_loan(household_id=household.pk, new=new, by=by, at=when.at)
    done: dict[str, Any] = {"loan_id": loan.pk, "by": by}
    explain_loan(talk_on=when.today, themes=THEMES, debt_register_on=when.today, at=when.sitting(), **done)
    judged = {code: Judgement(answer="met") for code in CONDITIONS}
    judged["saved"] = Judgement(answer="waived", exception="children_or_needs", because=_text("waived"))
    judge_loan(judged=judged, child_interest=_text("child_interest"), at=when.sitting(), **done)
    assess_loan(**_economy(household, when, purpose), at=when.sitting(), **done)
    return loan


def _economy(household: Household, when: Moments, purpose: LoanPurpose) -> dict[str, Any]:
    is_refinancing = purpose == LoanPurpose.REFINANCING
    people: dict[str, Any] = people_of(household, on=when.today)
    children = sum(people.values()) - people["adults"]
    told = Told(
        **people,
        benefits=29_500 * people["adults"],
        child_benefit=2_012 * children,
        housing_allowance=2_400 * min(children, 1),
        living_costs=8_500 * people["adults"],
        other_costs=400,
        home_costs=3_600,
        rent_now=0 if is_refinancing else 11_800,
        cost=10_000 if is_refinancing else AMOUNT,
        home_value=1_900_000 if is_refinancing else None,
        policy_rate=rates_of(household, on=when.today).policy.value,
        offered_rate=Decimal("4.90"),
        years=30,
    )
    debts = (
        Owed(kind="mortgage", balance=1_350_000, payment=9_700, is_secured=True, is_refinanced=True),
        Owed(kind="consumer", balance=160_000, payment=4_200, is_refinanced=True),
    )
    return {"told": told, "debts": debts if is_refinancing else ()}


def _grant(loan: LoanCase, by: Employee, when: Moments, stage: Stage) -> int:
    """The decision, by two persons. → kroner, no more than the assessment allows"""
    household, assessed = loan.household, latest_assessment(loan)
    assert assessed is not None
    amount = min(AMOUNT, assessed.ceiling // 10_000 * 10_000)
    new = NewDecision(kind=DecisionKind.START_LOAN, result=DecisionResult.GRANTED, starts_on=when.today)
    decision = begin_decision(household_id=household.pk, new=new, by=by, at=when.sitting())
    parts = replace(parts_of(decision, household), amount=amount)
    submit_decision(decision_id=decision.pk, parts=parts, by=by, at=when.sitting())
    approve_decision(decision_id=decision.pk, by=stage.town.leader, at=when.sitting())
    return amount


def _text(name: str) -> str:
    return str(content("texts")["loans"][name])
