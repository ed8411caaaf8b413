"""A household's loans and grants: how each stands, what it lacks, and the calculation behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases import law
from cases.ability import Ability, Debt, Economy, Financing, Terms, ability_of, refinanced
from cases.deadlines import opens_on
from cases.law.loans import Condition, Rate, conditions, rate
from cases.models import (
    ConditionAnswer,
    LoanAssessment,
    LoanCase,
    LoanCondition,
    LoanConditionMet,
    LoanDebt,
    LoanPurpose,
    LoanStatus,
)
from cases.questions.law import choices_of
from cases.what_runs import Running
from housing.states import add_months, birthday
from people.models import Household, Member, MemberRole

#: The ages that the guiding rates part children by: the column of the assessment, and the first age above.
CHILD_AGES = (("children_0_5", 6), ("children_6_10", 11), ("children_11_17", 18))


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What an assessment of a day goes by. `unchecked` says what is to be looked up."""

    policy: Rate
    stress_rate: Decimal
    living: dict[str, Rate]

    @property
    def unchecked(self) -> list[str]:
        said = []
        if not self.policy.is_checked:
            said.append(
                _("The policy rate is that of %(day)s. Look up whether Norges Bank has changed it since, and set it.")
                % {"day": date_format(self.policy.starts)}
            )
        old = [one.starts for one in self.living.values() if not one.is_checked]
        if old:
            said.append(
                _("The guiding rates are those of %(day)s. Look up the later ones, and set them.")
                % {"day": date_format(max(old))}
            )
        return said

    def floor(self, *, adults: int, children: dict[str, int]) -> int:
        """What so many must have to live on, kroner a month: for each adult beyond two, what two have over one."""
        found = self.living["living_single"].value if adults == 1 else self.living["living_couple"].value
        found += max(adults - 2, 0) * (self.living["living_couple"].value - self.living["living_single"].value)
        found += sum(self.living[f"living_{_age(name)}"].value * count for name, count in children.items())
        return int(found)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a loan may be repaid, and for how long without instalments."""

    years_most: int
    years_long: int
    interest_only_years: int


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A condition with how it was judged; None is not judged yet."""

    condition: Condition
    row: LoanConditionMet | None

    @property
    def label(self) -> str:
        return str(LoanCondition(self.condition.code).label)

    @property
    def is_in_order(self) -> bool:
        return self.row is not None and self.row.answer != ConditionAnswer.NOT_MET


def rates_of(household: Household, *, on: date) -> Rates:
    """The rates that apply to a household's loan on a day."""
    choices = choices_of(household.municipality_id)
    policy = rate("policy_rate", on=on, choices=choices)
    living = ["living_single", "living_couple", *(f"living_{_age(name)}" for name, _until in CHILD_AGES)]
    return Rates(
        policy=policy,
        stress_rate=stressed(policy.value, on=on),
        living={code: rate(code, on=on, choices=choices) for code in living},
    )


def stressed(policy_rate: Decimal, *, on: date) -> Decimal:
    """The rate that ability is tried at, per cent."""
    return policy_rate + Decimal(law.value("loan.stress_hundredths", on=on)) / 100


def limits_of(*, on: date) -> Limits:
    return Limits(
        years_most=law.value("loan.years_most", on=on),
        years_long=law.value("loan.years_long", on=on),
        interest_only_years=law.value("loan.interest_only_years", on=on),
    )


def commitment_until(household: Household, starts_on: date) -> date:
    """The last day that a commitment from a day can be used, where its decision says nothing."""
    months = law.CHOICES["loan_commitment_months"].on(starts_on, choices_of(household.municipality_id))
    return add_months(starts_on, int(months))


def people_of(household: Household, *, on: date) -> dict[str, int]:
    """How many adults and children of each age the guiding rates reckon with, by the columns of an assessment."""
    members = Member.objects.on(on).filter(household=household).exclude(role=MemberRole.CHILD_VISIT)
    found = {"adults": 0, **{name: 0 for name, _until in CHILD_AGES}}
    for member in members.select_related("person"):
        found[_column(member, on)] += 1
    return found


def economy_of(assessment: LoanAssessment, debts: list[LoanDebt]) -> Economy:
    """What went in, as `cases.ability` asks for it."""
    incomes = ("wages", "benefits", "child_benefit", "housing_allowance", "maintenance_in", "other_income")
    costs = ("child_care", "maintenance_out", "other_costs")
    return Economy(
        incomes={name: getattr(assessment, name) for name in incomes},
        living_costs=assessment.living_costs,
        living_floor=assessment.living_floor,
        fixed_costs={name: getattr(assessment, name) for name in costs},
        home_costs=assessment.home_costs,
        debts=tuple(
            Debt(
                balance=debt.balance,
                payment=debt.payment,
                is_secured=debt.is_secured,
                is_refinanced=debt.is_refinanced,
            )
            for debt in debts
        ),
        coming_income=assessment.coming_income,
        rent_now=assessment.rent_now,
    )


def terms_of(assessment: LoanAssessment) -> Terms:
    return Terms(
        stress_rate=assessment.stress_rate,
        offered_rate=assessment.offered_rate,
        years=assessment.years,
        interest_only_years=assessment.interest_only_years,
    )


def financing_of(assessment: LoanAssessment, economy: Economy, *, purpose: str) -> Financing:
    """What is paid for: of a refinancing the debts it pays off, with the costs of it, within the home's value."""
    is_refinancing = purpose == LoanPurpose.REFINANCING
    return Financing(
        cost=assessment.cost + (refinanced(economy.debts) if is_refinancing else 0),
        own_capital=assessment.own_capital,
        grant=assessment.grant,
        bank_loan=assessment.bank_loan,
        home_value=assessment.home_value if is_refinancing else None,
    )


def reckoned(assessment: LoanAssessment, debts: list[LoanDebt], *, purpose: str) -> Ability:
    """The calculation anew, from what went in."""
    economy = economy_of(assessment, debts)
    return ability_of(economy, terms_of(assessment), financing_of(assessment, economy, purpose=purpose))


def latest_assessment(loan: LoanCase) -> LoanAssessment | None:
    """The one that counts."""
    found: LoanAssessment | None = loan.assessments.order_by("-made_on", "-pk").first()
    return found


def judged_of(loan: LoanCase, *, on: date) -> list[Judged]:
    """Every condition for a start loan with how it was judged."""
    rows = {row.condition: row for row in loan.conditions.select_related("by")}
    return [Judged(condition=one, row=rows.get(one.code)) for one in conditions(on=on)]


def lacking_before_decision(loan: LoanCase, *, grants: bool, on: date) -> str:
    """What must be done before a start loan is decided, in words; empty when nothing is lacking, or it is a grant."""
    if not loan.is_loan:
        return ""
    if not loan.is_explained:
        return _("First explain the loan by word of mouth and look in the debt register, and record both.")
    if not grants:
        return ""
    if latest_assessment(loan) is None:
        return _("First assess what the household can pay.")
    wrong = [one.condition.code for one in judged_of(loan, on=on) if not one.is_in_order]
    return _("First judge every condition: one that is not met speaks against the loan.") if wrong else ""


def running_loans(household: Household, on: date) -> Iterator[Running]:
    """What runs of loans and grants, for the household's page."""
    for loan in LoanCase.objects.open().filter(household=household).order_by("pk"):
        yield Running(
            label=loan.get_kind_display(),
            state_label=loan.get_status_display(),
            url=reverse("cases:loan", args=[household.key, loan.pk]),
            next_on=loan.expires_on if loan.is_committed and loan.status != LoanStatus.BOUGHT else None,
            next_label=_("The commitment expires") if loan.expires_on else "",
        )


def loans_to_use(on: date, only: Q) -> Iterator[tuple[LoanCase, date]]:
    """Commitments that are not used and expire soon, or have expired, with the day."""
    waiting = (LoanStatus.PRELIMINARY, LoanStatus.BIDDING)
    rows = LoanCase.objects.filter(only, status__in=waiting, expires_on__isnull=False)
    for loan in rows.only("household", "expires_on").order_by("pk"):
        if loan.expires_on is not None and opens_on(loan.expires_on, ahead="commitment_expires") <= on:
            yield loan, loan.expires_on


def _column(member: Member, on: date) -> str:
    if member.role != MemberRole.CHILD:
        return "adults"
    for name, until in CHILD_AGES:
        if on < birthday(member.person.born_on, until):
            return name
    return "adults"


def _age(column: str) -> str:
    """The end of a rate's code for the children of a column."""
    return "child_" + column.removeprefix("children_")
