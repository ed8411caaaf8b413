from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from housing.models import Residence, Tenancy
from people.history import tracked
from people.models import Employee, Household


class OwningWay(models.TextChoices):
    """The three ways from renting to owning (eieretablering)."""

    RENT_TO_OWN = "rent_to_own", _("Rent to own: an option signed with the lease")
    RENT_BEFORE_OWN = "rent_before_own", _("Rent before own: a lease for some years, then the purchase")
    OWN_FIRST = "own_first", _("Own first: buys at once, with support")


class OwningStatus(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("rent-to-own", "Agreed")
    SAVING = "saving", pgettext_lazy("rent-to-own", "Saving")
    READY = "ready", pgettext_lazy("rent-to-own", "Ready to buy")
    PURCHASED = "purchased", pgettext_lazy("rent-to-own", "Bought")
    ENDED = "ended", pgettext_lazy("rent-to-own", "Ended")


#: Statuses on the way to the purchase.
BEFORE_PURCHASE = [OwningStatus.AGREED, OwningStatus.SAVING, OwningStatus.READY]


class OwningEnd(models.TextChoices):
    """Why an agreement came to its end (avslutningsårsak)."""

    STAYS_AS_TENANT = "stays_as_tenant", _("Stays as a tenant")
    OPTION_RAN_OUT = "option_ran_out", _("The option ran out")
    NO_FINANCING = "no_financing", _("Could not get the loan")
    RENT_NOT_PAID = "rent_not_paid", _("The rent was not paid as agreed")
    OWN_WISH = "own_wish", _("The household no longer wants to buy")
    BOUGHT_OTHERWISE = "bought_otherwise", _("Bought another home without the agreement")
    MOVED = "moved", _("Moved out")
    DIED = "died", _("The buyer died")
    OTHER = "other", _("Another reason")
    BOUGHT_BACK = "bought_back", _("The municipality bought the home back")
    SOLD = "sold", _("Sold the home")
    FOLLOWED_TO_THE_END = "followed_to_the_end", _("Keeps the home: the follow-up is over")


#: What a purchase that was made can end in; the other reasons are those of one that was not.
ENDS_OF_OWNERS = [OwningEnd.BOUGHT_BACK, OwningEnd.SOLD, OwningEnd.FOLLOWED_TO_THE_END]
ENDS_OF_TENANTS = [end for end in OwningEnd if end not in ENDS_OF_OWNERS]


class OwningAgreementQuerySet(models.QuerySet["OwningAgreement"]):
    def live(self) -> Self:
        return self.exclude(status=OwningStatus.ENDED)

    def before_purchase(self) -> Self:
        return self.filter(status__in=BEFORE_PURCHASE)


@tracked()
class OwningAgreement(ConcurrentTransitionMixin, models.Model):
    """A household on its way to owning (leie til eie, leie før eie, eie først): price, years, savings, buy-back.

    `option_until` is the last day to buy at the price agreed. `tenancy` is the rented home it goes out from; who buys
    at once may have none. `home` is the owned home it ended in. `buy_back_until` is the last day on which the
    municipality takes the home back.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="owning_agreements")
    tenancy = models.ForeignKey(
        Tenancy, on_delete=models.PROTECT, null=True, blank=True, related_name="owning_agreements"
    )
    way = models.CharField(_("way"), max_length=16, choices=OwningWay)
    status = FSMField(max_length=10, choices=OwningStatus, default=OwningStatus.AGREED, protected=True)
    agreed_on = models.DateField(_("agreed"))
    option_price = models.PositiveIntegerField(_("price agreed"), null=True, blank=True)
    option_until = models.DateField(_("last day to buy at that price"), null=True, blank=True)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    saves_a_month = models.PositiveIntegerField(_("to save a month"), null=True, blank=True)
    saves_in_all = models.PositiveIntegerField(_("to have saved before the purchase"), null=True, blank=True)
    buy_back_price = models.PositiveIntegerField(_("price of a buy-back"), null=True, blank=True)
    buy_back_until = models.DateField(_("last day of a buy-back"), null=True, blank=True)
    purchased_on = models.DateField(_("bought"), null=True, blank=True)
    price_paid = models.PositiveIntegerField(_("price paid"), null=True, blank=True)
    home = models.ForeignKey(Residence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=20, choices=OwningEnd, blank=True)
    ended_note = models.TextField(_("note on the end"), blank=True)

    objects = OwningAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="owning_way_is_known", condition=Q(way__in=OwningWay.values)),
            models.CheckConstraint(name="owning_status_is_known", condition=Q(status__in=OwningStatus.values)),
            models.CheckConstraint(
                name="owning_option_is_whole",
                condition=Q(option_price__isnull=True, option_until__isnull=True)
                | Q(
                    option_price__isnull=False,
                    option_until__isnull=False,
                    option_price__gt=0,
                    option_until__gte=F("agreed_on"),
                ),
                violation_error_message=_("An option has a price and a last day, not before the agreement."),
            ),
            models.CheckConstraint(
                name="owning_tenant_has_a_lease_and_an_option",
                condition=Q(way=OwningWay.OWN_FIRST)
                | Q(tenancy__isnull=False, option_price__isnull=False, years__isnull=False),
                violation_error_message=_("Whoever rents first has a lease, a price, a last day and years."),
            ),
            models.CheckConstraint(name="owning_years_are_some", condition=Q(years__isnull=True) | Q(years__gt=0)),
            models.CheckConstraint(
                name="owning_buy_back_is_whole",
                condition=Q(buy_back_price__isnull=True, buy_back_until__isnull=True)
                | Q(
                    buy_back_price__isnull=False,
                    buy_back_until__isnull=False,
                    buy_back_price__gt=0,
                    buy_back_until__gte=F("agreed_on"),
                ),
                violation_error_message=_("A buy-back has a price and a last day, not before the agreement."),
            ),
            models.CheckConstraint(
                name="owning_purchased_has_its_day_and_home",
                condition=(~Q(status=OwningStatus.PURCHASED) & Q(purchased_on__isnull=True, home__isnull=True))
                | Q(
                    status__in=[OwningStatus.PURCHASED, OwningStatus.ENDED],
                    purchased_on__isnull=False,
                    home__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="owning_purchased_while_the_option_lasts",
                condition=Q(purchased_on__isnull=True)
                | Q(purchased_on__gte=F("agreed_on"), option_until__isnull=True)
                | Q(purchased_on__gte=F("agreed_on"), purchased_on__lte=F("option_until")),
                violation_error_message=_("The option has run out."),
            ),
            models.CheckConstraint(
                name="owning_ended_has_day_and_reason",
                condition=Q(
                    status=OwningStatus.ENDED,
                    purchased_on__isnull=True,
                    ended_on__isnull=False,
                    ended_on__gte=F("agreed_on"),
                    ended_because__in=ENDS_OF_TENANTS,
                )
                | Q(
                    status=OwningStatus.ENDED,
                    ended_on__isnull=False,
                    purchased_on__isnull=False,
                    ended_on__gte=F("purchased_on"),
                    ended_because__in=ENDS_OF_OWNERS,
                )
                | (~Q(status=OwningStatus.ENDED) & Q(ended_on__isnull=True, ended_because="", ended_note="")),
                violation_error_message=_("Say when and why it ended."),
            ),
            models.UniqueConstraint(
                name="owning_one_on_the_way_a_household",
                fields=["household"],
                condition=Q(status__in=BEFORE_PURCHASE),
                violation_error_message=_("The household has an agreement to buy already."),
            ),
        ]
        indexes = [models.Index(name="owning_by_household", fields=["household", "-agreed_on"])]

    def __str__(self) -> str:
        return f"{self.household_id} {self.way} {self.status}"

    @property
    def is_before_purchase(self) -> bool:
        return self.status in BEFORE_PURCHASE

    @transition(field=status, source=[OwningStatus.AGREED, OwningStatus.READY], target=OwningStatus.SAVING)
    def save_up(self) -> None:
        """Money is put aside; again, when it turned out that they were not ready."""

    @transition(field=status, source=[OwningStatus.AGREED, OwningStatus.SAVING], target=OwningStatus.READY)
    def become_ready(self) -> None:
        """The potential was looked at, and the purchase can be made."""

    @transition(field=status, source=OwningStatus.READY, target=OwningStatus.PURCHASED)
    def purchase(self, on: date, home: Residence, price: int | None) -> None:
        """The home is the household's own."""
        self.purchased_on = on
        self.home = home
        self.price_paid = price

    @transition(field=status, source=[*BEFORE_PURCHASE, OwningStatus.PURCHASED], target=OwningStatus.ENDED)
    def end(self, on: date, because: OwningEnd | str) -> None:
        """Given up before the purchase, or over after it."""
        self.ended_on = on
        self.ended_because = because


class OwningPaymentKind(models.TextChoices):
    SAVED = "saved", _("Put aside")
    TAKEN_OUT = "taken_out", _("Taken out of the savings")
    RENT = "rent", _("Rent paid")
    RENT_MISSED = "rent_missed", _("Rent not paid")


@tracked()
class OwningPayment(models.Model):
    """One sum on the way to owning (sparing og betalt leie), in whole kroner. `month` is the first of its month."""

    agreement = models.ForeignKey(OwningAgreement, on_delete=models.CASCADE, related_name="payments")
    kind = models.CharField(_("what"), max_length=12, choices=OwningPaymentKind)
    month = models.DateField(_("month"))
    amount = models.PositiveIntegerField(_("kroner"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="owning_payment_kind_is_known", condition=Q(kind__in=OwningPaymentKind.values)),
            models.CheckConstraint(
                name="owning_payment_is_money",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be more than nothing."),
            ),
            models.CheckConstraint(name="owning_payment_is_of_a_month", condition=Q(month__day=1)),
            models.UniqueConstraint(
                name="owning_payment_once_a_kind_and_month",
                fields=["agreement", "kind", "month"],
                violation_error_message=_("That is written down for this month already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.kind} {self.month}"


@tracked()
class OwningPotential(models.Model):
    """Whether the household can buy, looked at on a day (potensial), in points with a reason each."""

    agreement = models.ForeignKey(OwningAgreement, on_delete=models.CASCADE, related_name="potentials")
    made_on = models.DateField(_("day"))
    summary = models.TextField(_("what it comes to"), blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="owning_potential_once_a_day",
                fields=["agreement", "made_on"],
                violation_error_message=_("It was looked at on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.made_on}"


class PotentialCriterion(models.TextChoices):
    INCOME = "income", _("Income: lasting, and rising")
    RENT = "rent", _("Rent paid on time")
    SAVINGS = "savings", _("Savings as planned")
    DEBT = "debt", _("Debts under control")
    LOAN = "loan", _("Can carry the loan")
    HOME = "home", _("Looks after the home")
    WISH = "wish", _("Wants to own")


@tracked()
class PotentialPoint(models.Model):
    """One criterion of a potential (delvurdering av potensial): 0 not yet, 1 on the way, 2 in place; and why."""

    potential = models.ForeignKey(OwningPotential, on_delete=models.CASCADE, related_name="points")
    criterion = models.CharField(_("about"), max_length=10, choices=PotentialCriterion)
    points = models.PositiveSmallIntegerField(_("points"))
    reason = models.CharField(_("why"), max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="potential_criterion_is_known", condition=Q(criterion__in=PotentialCriterion.values)
            ),
            models.CheckConstraint(name="potential_points_are_three", condition=Q(points__lte=2)),
            models.CheckConstraint(
                name="potential_point_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
            models.UniqueConstraint(name="potential_criterion_once", fields=["potential", "criterion"]),
        ]

    def __str__(self) -> str:
        return f"{self.potential_id} {self.criterion} {self.points}"


class PurchaseStep(models.TextChoices):
    """What is done before a purchase, in this order."""

    ECONOMY = "economy", _("Economic advice, and debts put in order")
    LOAN_APPLIED = "loan_applied", _("Applied for startlån")
    EXPLAINED = "explained", _("What the loan means is explained")
    LOAN_GRANTED = "loan_granted", _("Loan granted")
    CONDITION = "condition", _("Condition of the home looked into")
    COSTS_OF_OWNING = "costs_of_owning", _("Costs of owning gone through")
    CONTRACT = "contract", _("Contract signed")


@tracked()
class PurchaseStepDone(models.Model):
    """A step to a purchase that is taken (steg mot kjøp)."""

    agreement = models.ForeignKey(OwningAgreement, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=16, choices=PurchaseStep)
    done_on = models.DateField(_("done"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="purchase_step_is_known", condition=Q(step__in=PurchaseStep.values)),
            models.UniqueConstraint(
                name="purchase_step_once",
                fields=["agreement", "step"],
                violation_error_message=_("That step is taken already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.step}"


class RescueKind(models.TextChoices):
    """What is done when who rents or owns cannot pay (redning)."""

    INTEREST_ONLY = "interest_only", _("Interest only for a while")
    LONGER_LOAN = "longer_loan", _("Longer time to pay back")
    PAYMENT_PLAN = "payment_plan", _("Payment plan")
    BUY_OUT = "buy_out", _("The municipality buys the home back")
    STAYS_AS_TENANT = "stays_as_tenant", _("Stays in the home as a tenant")


@tracked()
class OwningRescue(models.Model):
    """One thing done so that a household keeps its home when payments fail (redningstiltak)."""

    agreement = models.ForeignKey(OwningAgreement, on_delete=models.CASCADE, related_name="rescues")
    kind = models.CharField(_("what"), max_length=16, choices=RescueKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="owning_rescue_kind_is_known", condition=Q(kind__in=RescueKind.values)),
            models.CheckConstraint(
                name="owning_rescue_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.kind}"


@tracked()
class OwningContact(models.Model):
    """A talk with a household after it bought (oppfølging etter kjøp), and whether it pays as agreed."""

    agreement = models.ForeignKey(OwningAgreement, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField(_("day"))
    pays = models.BooleanField(_("pays as agreed"), null=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(name="owning_contact_by_agreement", fields=["agreement", "on"])]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.on}"
