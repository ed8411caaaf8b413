"""The calculation behind a loan, line by line in words that the household understands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.ability import Ability, Payments, payments_of
from cases.models import LoanAssessment, LoanCase, LoanDebt, LoanPurpose
from cases.questions.loans import economy_of, financing_of, reckoned, terms_of

_INCOMES = ("wages", "benefits", "child_benefit", "housing_allowance", "maintenance_in", "other_income")
_COSTS = ("child_care", "maintenance_out", "other_costs")
_LIMITS: dict[str, str | Promise] = {
    "need": gettext_lazy("What is needed can be lent in full."),
    "ability": gettext_lazy("What they can pay a month limits the loan."),
    "home": gettext_lazy("The value of the home limits the loan."),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sum of the calculation: added, taken away (less than nothing), or a result."""

    label: str | Promise
    amount: int
    why: str = ""
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole calculation of an assessment. `missing` is what is needed beyond the largest loan."""

    assessment: LoanAssessment
    debts: list[LoanDebt]
    ability: Ability
    month: list[Line]
    home: list[Line]
    tried: Payments
    today: Payments

    @property
    def limit(self) -> str | Promise:
        if self.ability.ceiling == 0:
            return _("Nothing is left a month to pay a loan with.")
        return _LIMITS[self.ability.limited_by]

    @property
    def missing(self) -> int:
        missing: int = self.ability.need - self.ability.ceiling
        return missing

    @property
    def home_a_month(self) -> int:
        """What the home costs in all a month today, in its dearest years."""
        costs: int = self.assessment.home_costs
        return self.today.instalments + costs + self.ability.bank_payment


def sheet_of(loan: LoanCase, assessment: LoanAssessment, *, sees_ages: bool) -> Sheet:
    """The calculation of one assessment, reckoned anew from what went in."""
    debts = list(assessment.debts.order_by("pk"))
    ability = reckoned(assessment, debts, purpose=loan.purpose)
    terms = terms_of(assessment)
    return Sheet(
        assessment=assessment,
        debts=debts,
        ability=ability,
        month=list(_month(assessment, debts, ability, sees_ages=sees_ages)),
        home=list(_home(loan, assessment, debts, ability)),
        tried=payments_of(ability.ceiling, terms, rate=terms.stress_rate),
        today=payments_of(ability.ceiling, terms, rate=terms.offered_rate),
    )


def _month(assessment: LoanAssessment, debts: list[LoanDebt], ability: Ability, *, sees_ages: bool) -> Iterator[Line]:
    yield from (_line(assessment, name) for name in _INCOMES if getattr(assessment, name))
    yield Line(label=_("Comes in a month"), amount=ability.income, is_sum=True)
    yield Line(label=_("To live on"), amount=-ability.living, why=_why_living(assessment, ability, sees_ages=sees_ages))
    yield from (_line(assessment, name, sign=-1) for name in _COSTS if getattr(assessment, name))
    for debt in debts:
        if debt.payment and not debt.is_refinanced:
            yield Line(label=debt.get_kind_display(), amount=-debt.payment)
    if assessment.home_costs:
        yield _line(assessment, "home_costs", sign=-1)
    if ability.bank_payment:
        why = _("interest and instalments, at the rate it is tried at")
        yield Line(label=_("Loan from a bank"), amount=-ability.bank_payment, why=why)
    yield Line(label=_("Left for interest and instalments"), amount=ability.left, is_sum=True)


def _home(loan: LoanCase, assessment: LoanAssessment, debts: list[LoanDebt], ability: Ability) -> Iterator[Line]:
    is_refinancing = loan.purpose == LoanPurpose.REFINANCING
    if is_refinancing:
        financing = financing_of(assessment, economy_of(assessment, debts), purpose=loan.purpose)
        for debt in debts:
            if debt.is_refinanced:
                why = _("secured in the home") if debt.is_secured else _("not secured")
                yield Line(label=debt.get_kind_display(), amount=debt.balance, why=why)
        if assessment.cost:
            yield Line(label=_("Costs of the refinancing"), amount=financing.cost - _paid_off(debts))
    else:
        yield _line(assessment, "cost")
    for name in ("own_capital", "grant", "bank_loan"):
        if getattr(assessment, name):
            yield _line(assessment, name, sign=-1)
    yield Line(label=_("Loan that is needed"), amount=ability.need, is_sum=True)
    yield Line(label=_("Loan that can be carried"), amount=ability.carried)
    if ability.room_in_home is not None:
        yield Line(label=_("Room within the home's value"), amount=ability.room_in_home)
    yield Line(label=_("Largest loan"), amount=ability.ceiling, why=_("the least of these"), is_sum=True)


def _why_living(assessment: LoanAssessment, ability: Ability, *, sees_ages: bool) -> str:
    if ability.living > assessment.living_floor or not sees_ages:
        return _("what they use")
    people = {
        _("adults"): assessment.adults,
        _("children of 0 to 5"): assessment.children_0_5,
        _("children of 6 to 10"): assessment.children_6_10,
        _("children of 11 to 17"): assessment.children_11_17,
    }
    who = ", ".join(f"{label}: {count}" for label, count in people.items() if count)
    return _("the guiding rates, which are more than they use (%(who)s)") % {"who": who}


def _line(assessment: LoanAssessment, name: str, *, sign: int = 1) -> Line:
    label = str(LoanAssessment._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Line(label=label[:1].upper() + label[1:], amount=sign * getattr(assessment, name))


def _paid_off(debts: list[LoanDebt]) -> int:
    return sum(debt.balance for debt in debts if debt.is_refinanced)
