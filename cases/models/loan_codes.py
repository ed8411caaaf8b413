"""What a loan or grant can be, what it is for, where it stands, and what is asked about it, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoanKind(models.TextChoices):
    STARTLAN = "startlan", _("Start loan")
    ESTABLISHMENT_GRANT = "establishment_grant", _("Establishment grant")
    ADAPTATION_GRANT = "adaptation_grant", _("Adaptation grant")


class LoanPurpose(models.TextChoices):
    PURCHASE = "purchase", _("Buy a home")
    BUILDING = "building", _("Build a home")
    IMPROVEMENT = "improvement", _("Improve the home")
    REFINANCING = "refinancing", _("Refinance, to keep the home")


class LoanStatus(models.TextChoices):
    CONSIDERING = "considering", _("Being considered")
    APPLIED = "applied", _("Applied for")
    PRELIMINARY = "preliminary", _("Preliminary commitment")
    BIDDING = "bidding", _("Bidding on homes")
    BOUGHT = "bought", _("Home bought")
    PAID_OUT = "paid_out", _("Paid out")
    REFUSED = "refused", _("Refused")
    LAPSED = "lapsed", _("Lapsed")


#: Statuses before it is decided.
UNDECIDED_LOANS = (LoanStatus.CONSIDERING, LoanStatus.APPLIED)
#: Statuses of a commitment that is not paid out yet.
COMMITTED_LOANS = (LoanStatus.PRELIMINARY, LoanStatus.BIDDING, LoanStatus.BOUGHT)
#: Statuses of one that is still worked on.
OPEN_LOANS = (*UNDECIDED_LOANS, *COMMITTED_LOANS)
#: Statuses of one that was granted and did not lapse.
GRANTED_LOANS = (*COMMITTED_LOANS, LoanStatus.PAID_OUT)


class LapsedBecause(models.TextChoices):
    EXPIRED = "expired", _("The commitment expired")
    WITHDRAWN = "withdrawn", _("The household wants it no more")
    NO_HOME_FOUND = "no_home_found", _("Found no home to buy")
    OTHER_LOAN = "other_loan", _("Got a loan elsewhere")
    MOVED_AWAY = "moved_away", _("Moved away")
    OTHER = "other", _("Another reason")


class LoanTheme(models.TextChoices):
    """What is explained before the decision; the list of them is `cases.law.loans.THEMES`."""

    INTEREST = "interest", _("Fixed or floating interest, and what each can come to cost")
    REPAYMENT = "repayment", _("How long it is repaid, and how interest and instalments share each payment")
    MONTHLY_COST = "monthly_cost", _("What the loan and the home cost a month, beside today's rent")
    REMAINING_DEBT = "remaining_debt", _("Debt that is left when the home is sold is still theirs")
    FORCED_SALE = "forced_sale", _("The home can be sold by force when the loan is not paid")


class LoanCondition(models.TextChoices):
    """What must be met; the law and the exceptions stand in `cases.law.loans.CONDITIONS`."""

    NO_BANK_LOAN = "no_bank_loan", _("Does not get enough loan in an ordinary bank")
    LONG_TERM = "long_term", _("The trouble to finance a home will last")
    SAVED = "saved", _("Has saved what could be saved")
    CAN_PAY = "can_pay", _("Can pay for the home over time")


class LoanException(models.TextChoices):
    """By what a condition may be waived."""

    CHILDREN_OR_NEEDS = "children_or_needs", _("Children, or special social or health needs")
    REFINANCING = "refinancing", _("Refinances to be able to stay in the home")
    LOCAL_WORK = "local_work", _("Is to live and work in the municipality")
    MUNICIPAL_TENANT = "municipal_tenant", _("Rents a municipal dwelling, which comes free")
    OWN_FIRST = "own_first", _("Own first: documented income is coming, with a plan")


class ConditionAnswer(models.TextChoices):
    MET = "met", _("Met")
    WAIVED = "waived", _("Waived by an exception")
    NOT_MET = "not_met", _("Not met")


class LongTerm(models.TextChoices):
    """What must be met to repay over more than the ordinary years; `cases.law.loans.LONG_CONDITIONS`."""

    LOW_INCOME = "low_income", _("The income is low and will stay low")
    HOME_SUITS = "home_suits", _("The home meets the need for a long time")
    RENT_IS_WORSE = "rent_is_worse", _("Homes to rent nearby are unsuitable or dearer")
    SHORTER_IS_UNSOUND = "shorter_is_unsound", _("A shorter loan is not sound")


class LongWaiver(models.TextChoices):
    CHILDREN = "children", _("Has children, and a low income that can be reckoned with")
    MAY_LOSE_HOME = "may_lose_home", _("May lose the home")


class DebtKind(models.TextChoices):
    MORTGAGE = "mortgage", _("Loan on the home")
    CAR = "car", _("Car loan")
    STUDENT = "student", _("Student loan")
    CONSUMER = "consumer", _("Consumer loan or credit card")
    COLLECTION = "collection", _("Debt collection or payment plan")
    OTHER = "other", _("Other debt")
