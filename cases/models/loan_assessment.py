from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.loan import LoanCase
from cases.models.loan_codes import DebtKind, LongTerm, LongWaiver
from people.history import tracked
from people.models import Employee


def _kroner(label: Any) -> Any:
    return models.PositiveIntegerField(label, default=0)


@tracked()
class LoanAssessment(models.Model):
    """What a household can pay and how much it can borrow (vurdering av betjeningsevne), as it stood on a day.

    What went in is kept, and what came out: reckoned again by `cases.ability` it is the same. Kroner, a month for what
    comes in and goes out; rates in per cent a year. `living_floor` is the guiding rate for the members on the day. The
    latest of a loan is the one that counts.
    """

    loan = models.ForeignKey(LoanCase, on_delete=models.PROTECT, related_name="assessments")
    made_on = models.DateField(_("day"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    # who must live on it
    adults = models.PositiveSmallIntegerField(_("adults"))
    children_0_5 = models.PositiveSmallIntegerField(_("children of 0 to 5"), default=0)
    children_6_10 = models.PositiveSmallIntegerField(_("children of 6 to 10"), default=0)
    children_11_17 = models.PositiveSmallIntegerField(_("children of 11 to 17"), default=0)
    # what comes in, after tax
    wages = _kroner(_("wages after tax"))
    benefits = _kroner(_("benefits after tax"))
    child_benefit = _kroner(_("child benefit and cash support"))
    housing_allowance = _kroner(_("housing allowance"))
    maintenance_in = _kroner(_("maintenance received"))
    other_income = _kroner(_("other lasting income"))
    coming_income = _kroner(_("documented income that is coming"))
    coming_because = models.TextField(_("what income is coming, and the plan"), blank=True)
    # what goes out
    living_costs = _kroner(_("what they live on, by actual use"))
    living_floor = _kroner(_("guiding rate"))
    child_care = _kroner(_("kindergarten and after-school care"))
    maintenance_out = _kroner(_("maintenance paid"))
    other_costs = _kroner(_("other fixed costs"))
    home_costs = _kroner(_("fees, insurance, power and upkeep of the home"))
    rent_now = _kroner(_("rent today"))
    # what is to be paid for
    cost = _kroner(_("price with all costs"))
    own_capital = _kroner(_("own money"))
    grant = _kroner(_("grant"))
    bank_loan = _kroner(_("loan from a bank"))
    home_value = models.PositiveIntegerField(_("value of the home"), null=True, blank=True)
    # on which terms
    policy_rate = models.DecimalField(_("policy rate"), max_digits=5, decimal_places=2)
    stress_rate = models.DecimalField(_("rate it is tried at"), max_digits=5, decimal_places=2)
    offered_rate = models.DecimalField(_("rate today"), max_digits=5, decimal_places=2)
    years = models.PositiveSmallIntegerField(_("years to repay"))
    interest_only_years = models.PositiveSmallIntegerField(_("of them without instalments"), default=0)
    long_terms = ArrayField(
        models.CharField(max_length=20, choices=LongTerm),
        verbose_name=_("conditions for a longer time that are met"),
        default=list,
        blank=True,
    )
    long_waiver = models.CharField(_("waived because"), max_length=15, choices=LongWaiver, blank=True)
    note = models.TextField(_("note"), blank=True)
    # what came out
    left = models.IntegerField(_("left for interest and instalments"))
    carried = models.PositiveIntegerField(_("loan that can be carried"))
    need = models.PositiveIntegerField(_("loan that is needed"))
    ceiling = models.PositiveIntegerField(_("largest loan"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="loan_assessment_repaid_over_years",
                condition=Q(years__gte=1, interest_only_years__lt=F("years")),
                violation_error_message=_("Some of the years must have instalments."),
            ),
            models.CheckConstraint(
                name="loan_assessment_of_an_adult_or_more",
                condition=Q(adults__gte=1),
                violation_error_message=_("There must be an adult."),
            ),
            models.CheckConstraint(
                name="loan_assessment_rates_are_not_negative",
                condition=Q(policy_rate__gte=0, offered_rate__gte=0, stress_rate__gte=F("policy_rate")),
            ),
            models.CheckConstraint(
                name="loan_assessment_coming_income_is_explained",
                condition=Q(coming_income=0) | ~Q(coming_because=""),
                violation_error_message=_("Say what income is coming, and the plan."),
            ),
            models.CheckConstraint(
                name="loan_assessment_longer_time_is_known",
                condition=Q(long_terms__contained_by=list(LongTerm.values), long_waiver__in=["", *LongWaiver.values]),
            ),
            models.CheckConstraint(
                name="loan_assessment_ceiling_is_within",
                condition=Q(ceiling__lte=F("carried")) & Q(ceiling__lte=F("need")),
            ),
        ]
        indexes = [models.Index(name="loan_assessment_by_loan", fields=["loan", "-made_on"])]

    def __str__(self) -> str:
        return f"{self.loan_id} {self.made_on}"


@tracked()
class LoanDebt(models.Model):
    """What the household owes to one lender when it is assessed (gjeld). One refinanced is paid by the new loan."""

    assessment = models.ForeignKey(LoanAssessment, on_delete=models.PROTECT, related_name="debts")
    kind = models.CharField(_("debt"), max_length=12, choices=DebtKind)
    balance = models.PositiveIntegerField(_("owed"))
    payment = models.PositiveIntegerField(_("paid a month"), default=0)
    is_secured = models.BooleanField(_("secured in the home"), default=False)
    is_refinanced = models.BooleanField(_("refinanced"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="loan_debt_kind_is_known", condition=Q(kind__in=DebtKind.values)),
            models.CheckConstraint(
                name="loan_debt_is_money",
                condition=Q(balance__gt=0),
                violation_error_message=_("The debt must be more than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind}"
