from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.law.loans import CONDITIONS
from cases.models.decision import Decision
from cases.models.loan_codes import (
    COMMITTED_LOANS,
    GRANTED_LOANS,
    OPEN_LOANS,
    UNDECIDED_LOANS,
    ConditionAnswer,
    LapsedBecause,
    LoanCondition,
    LoanException,
    LoanKind,
    LoanPurpose,
    LoanStatus,
    LoanTheme,
)
from housing.models import Residence
from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Unit


class LoanCaseQuerySet(models.QuerySet["LoanCase"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_LOANS)

    def committed(self) -> Self:
        """Granted, and not paid out yet."""
        return self.filter(status__in=COMMITTED_LOANS)

    def granted(self) -> Self:
        """Granted and not lapsed, paid out or not: what the files of the interface hold."""
        return self.filter(status__in=GRANTED_LOANS, decided_on__isnull=False)


def _waived_as_the_law_allows() -> Q:
    """Every condition with each exception that may waive it, from the rule data."""
    pairs = (Q(condition=one.code, exception=by) for one in CONDITIONS.values() for by in one.exceptions)
    return reduce(or_, pairs)


@tracked(exclude=["municipality"])
class LoanCase(ConcurrentTransitionMixin, InAMunicipality):
    """A start loan or a housing grant (startlån, tilskudd), from the first thought of it until it is paid out.

    The application itself stands in Startskudd: `startskudd_ref` is its number there. `amount` is what was committed,
    and once it is paid out what was paid, in kroner; `price` what the home cost. `expires_on` is the last day the
    commitment can be used; unknown where it was read from a file. `home` is the home that was bought.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="loans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("loan or grant"), max_length=20, choices=LoanKind)
    purpose = models.CharField(_("what for"), max_length=15, choices=LoanPurpose)
    status = FSMField(max_length=12, choices=LoanStatus, default=LoanStatus.CONSIDERING, protected=True)
    opened_on = models.DateField(_("considered from"))
    startskudd_ref = models.CharField(_("number in Startskudd"), max_length=40, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    talk_on = models.DateField(_("explained by word of mouth on"), null=True, blank=True)
    themes = ArrayField(
        models.CharField(max_length=15, choices=LoanTheme),
        verbose_name=_("explained"),
        default=list,
        blank=True,
    )
    debt_register_on = models.DateField(_("looked in the debt register on"), null=True, blank=True)
    child_interest = models.TextField(_("each child's best interest"), blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="loans")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("amount"), null=True, blank=True)
    expires_on = models.DateField(_("last day the commitment can be used"), null=True, blank=True)
    bidding_on = models.DateField(_("bids from"), null=True, blank=True)
    bought_on = models.DateField(_("bid accepted on"), null=True, blank=True)
    price = models.PositiveIntegerField(_("price of the home"), null=True, blank=True)
    home = models.ForeignKey(Residence, on_delete=models.PROTECT, null=True, blank=True, related_name="loans")
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    ended_on = models.DateField(_("lapsed on"), null=True, blank=True)
    lapsed_because = models.CharField(_("why it lapsed"), max_length=15, choices=LapsedBecause, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = LoanCaseQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="loan_kind_is_known", condition=Q(kind__in=LoanKind.values)),
            models.CheckConstraint(name="loan_purpose_is_known", condition=Q(purpose__in=LoanPurpose.values)),
            models.CheckConstraint(name="loan_status_is_known", condition=Q(status__in=LoanStatus.values)),
            models.CheckConstraint(
                name="loan_themes_are_known", condition=Q(themes__contained_by=list(LoanTheme.values))
            ),
            models.CheckConstraint(
                name="loan_explained_on_a_day",
                condition=Q(talk_on__isnull=False) | Q(themes=[]),
                violation_error_message=_("Say on which day it was explained."),
            ),
            models.CheckConstraint(
                name="loan_applied_has_its_day",
                condition=~Q(status="applied") | Q(applied_on__isnull=False),
                violation_error_message=_("Say on which day it was applied for."),
            ),
            models.CheckConstraint(
                name="loan_decided_has_its_day",
                condition=~Q(status__in=[*GRANTED_LOANS, "refused"]) | Q(decided_on__isnull=False),
                violation_error_message=_("Say on which day it was decided."),
            ),
            models.CheckConstraint(
                name="loan_is_money",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(
                name="loan_expires_after_it_is_decided",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("decided_on")),
                violation_error_message=_("The commitment cannot expire before it was decided."),
            ),
            models.CheckConstraint(
                name="loan_home_bought_has_day_and_price",
                condition=~Q(status="bought") | Q(bought_on__isnull=False, price__isnull=False),
                violation_error_message=_("Say when the home was bought, and its price."),
            ),
            models.CheckConstraint(
                name="loan_paid_out_has_its_day",
                condition=Q(status="paid_out", paid_on__isnull=False)
                | (~Q(status="paid_out") & Q(paid_on__isnull=True)),
                violation_error_message=_("Say on which day it was paid out."),
            ),
            models.CheckConstraint(
                name="loan_paid_out_after_it_is_decided",
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=F("decided_on")),
                violation_error_message=_("It cannot be paid out before it was decided."),
            ),
            models.CheckConstraint(
                name="loan_lapsed_says_when_and_why",
                condition=Q(status="lapsed", ended_on__isnull=False, lapsed_because__in=LapsedBecause.values)
                | (~Q(status="lapsed") & Q(ended_on__isnull=True, lapsed_because="")),
                violation_error_message=_("Say when and why it lapsed."),
            ),
            models.UniqueConstraint(
                name="loan_one_considered_of_a_kind",
                fields=["household", "kind", "purpose"],
                condition=Q(status__in=UNDECIDED_LOANS),
                violation_error_message=_("The household has such a loan or grant that is not decided yet."),
            ),
            models.UniqueConstraint(
                name="loan_one_granted_a_day",
                fields=["household", "kind", "purpose", "decided_on"],
                condition=Q(status__in=GRANTED_LOANS),
                violation_error_message=_("The household was granted such a loan or grant on that day already."),
            ),
        ]
        indexes = [
            models.Index(name="loan_by_household", fields=["household", "opened_on"]),
            models.Index(name="loan_paid", fields=["paid_on"], condition=Q(status="paid_out")),
            models.Index(
                name="loan_paid_out",
                fields=["municipality", "paid_on"],
                include=["household", "kind", "purpose", "decided_on", "status"],
                condition=Q(paid_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_LOANS

    @property
    def is_undecided(self) -> bool:
        return self.status in UNDECIDED_LOANS

    @property
    def is_committed(self) -> bool:
        return self.status in COMMITTED_LOANS

    @property
    def is_loan(self) -> bool:
        """Whether it is to be repaid; grants are not."""
        return self.kind == LoanKind.STARTLAN

    @property
    def is_purchase(self) -> bool:
        return self.purpose == LoanPurpose.PURCHASE

    @property
    def home_is_bought(self) -> bool:
        return bool(self.status == LoanStatus.BOUGHT)

    @property
    def is_unused(self) -> bool:
        """Committed, and nothing done with it that cannot wait."""
        return self.status in (LoanStatus.PRELIMINARY, LoanStatus.BIDDING)

    @property
    def is_explained(self) -> bool:
        """Whether the talk was held with every theme, and the debt register looked in."""
        return set(self.themes) >= set(LoanTheme.values) and self.debt_register_on is not None

    def can_be_used(self, day: date) -> bool:
        """Whether the commitment still holds on a day."""
        until: date | None = self.expires_on
        return bool(self.is_committed and (until is None or day <= until))

    @transition(field=status, source=LoanStatus.CONSIDERING, target=LoanStatus.APPLIED)
    def apply(self, *, on: date) -> None:
        """The application has come in."""
        self.applied_on = on

    @transition(
        field=status,
        source=[LoanStatus.CONSIDERING, LoanStatus.APPLIED, LoanStatus.REFUSED],
        target=LoanStatus.PRELIMINARY,
    )
    def commit(self, decision: Decision, *, on: date, until: date) -> None:
        """Granted by a decision: so much, to be used within its time."""
        self.decision = decision
        self.decided_on = on
        self.amount = decision.amount
        self.expires_on = until

    @transition(
        field=status,
        source=[LoanStatus.CONSIDERING, LoanStatus.APPLIED, LoanStatus.PRELIMINARY, LoanStatus.BIDDING],
        target=LoanStatus.REFUSED,
    )
    def refuse(self, decision: Decision, *, on: date) -> None:
        """Refused by a decision, from the start or by one that changes an earlier one."""
        self.decision = decision
        self.decided_on = on
        self.amount = None
        self.expires_on = None

    @transition(field=status, source=LoanStatus.PRELIMINARY, target=LoanStatus.BIDDING)
    def bid(self, *, on: date) -> None:
        """Bids on homes, sure of the loan."""
        self.bidding_on = on

    @transition(field=status, source=LoanStatus.BIDDING, target=LoanStatus.PRELIMINARY)
    def lose_bids(self) -> None:
        """No home came of the bids; the commitment stands."""
        self.bidding_on = None

    @transition(field=status, source=[LoanStatus.PRELIMINARY, LoanStatus.BIDDING], target=LoanStatus.BOUGHT)
    def buy(self, *, on: date, price: int) -> None:
        """The bid was accepted: the household is to own a home."""
        self.bought_on = on
        self.price = price

    @transition(field=status, source=LoanStatus.BOUGHT, target=LoanStatus.PRELIMINARY)
    def lose_home(self) -> None:
        """The purchase came to nothing; the commitment stands."""
        self.bidding_on = None
        self.bought_on = None
        self.price = None

    @transition(field=status, source=[LoanStatus.PRELIMINARY, LoanStatus.BOUGHT], target=LoanStatus.PAID_OUT)
    def pay_out(self, *, on: date, amount: int) -> None:
        """Paid out: of a purchase when the home is taken over."""
        self.paid_on = on
        self.amount = amount

    @transition(
        field=status,
        source=[LoanStatus.CONSIDERING, LoanStatus.APPLIED, *COMMITTED_LOANS],
        target=LoanStatus.LAPSED,
    )
    def lapse(self, *, on: date, because: LapsedBecause | str) -> None:
        """Came to nothing without being refused."""
        self.ended_on = on
        self.lapsed_because = because

    @transition(
        field=status,
        source=[LoanStatus.PRELIMINARY, LoanStatus.BIDDING, LoanStatus.REFUSED],
        target=LoanStatus.APPLIED,
    )
    def lose_decision(self, *, applied_on: date) -> None:
        """Its decision was annulled: to be decided anew."""
        self.applied_on = self.applied_on or applied_on
        self.decision = None
        self.decided_on = None
        self.amount = None
        self.expires_on = None
        self.bidding_on = None


@tracked()
class LoanConditionMet(models.Model):
    """How a condition for a start loan was judged (vilkår for startlån): met, waived by an exception, or not met."""

    loan = models.ForeignKey(LoanCase, on_delete=models.PROTECT, related_name="conditions")
    condition = models.CharField(_("condition"), max_length=15, choices=LoanCondition)
    answer = models.CharField(_("judged"), max_length=8, choices=ConditionAnswer)
    exception = models.CharField(_("exception"), max_length=20, choices=LoanException, blank=True)
    because = models.TextField(_("why"), blank=True)
    judged_on = models.DateField(_("judged on"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="loan_condition_is_known",
                condition=Q(condition__in=LoanCondition.values, answer__in=ConditionAnswer.values),
            ),
            models.CheckConstraint(
                name="loan_condition_waived_as_the_law_allows",
                condition=(Q(answer="waived") & _waived_as_the_law_allows()) | (~Q(answer="waived") & Q(exception="")),
                violation_error_message=_("That exception does not waive this condition."),
            ),
            models.CheckConstraint(
                name="loan_condition_not_met_says_why",
                condition=Q(answer="met") | ~Q(because=""),
                violation_error_message=_("Say why the condition is waived or not met."),
            ),
            models.UniqueConstraint(name="loan_condition_once_a_loan", fields=["loan", "condition"]),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} {self.condition} {self.answer}"
