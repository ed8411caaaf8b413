"""The way to owning of a household, with what was saved and paid, and of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.law import value
from cases.models import (
    BEFORE_PURCHASE,
    OwningAgreement,
    OwningPayment,
    OwningPaymentKind,
    OwningPotential,
    OwningStatus,
    PotentialCriterion,
    PurchaseStep,
    PurchaseStepDone,
)
from cases.questions.standing import Standing, standings
from cases.what_runs import Running
from housing.states import add_months
from people.models import Employee, Household, Responsibility, Unit

#: What a potential can be at most.
MOST_POINTS = 2 * len(PotentialCriterion)
#: What the unit's list can show, by code.
SHOWN: dict[str, str | Promise] = {
    "way": gettext_lazy("On the way"),
    "bought": gettext_lazy("Have bought"),
    "ended": pgettext_lazy("rent-to-own", "Ended"),
}
_AHEAD = {"way": BEFORE_PURCHASE, "bought": [OwningStatus.PURCHASED], "ended": [OwningStatus.ENDED]}


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Kroner put aside less what was taken out, rent paid and not paid; months with rent not paid."""

    saved: int
    rent: int
    missed: int
    months_missed: int


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A potential with its points and reasons."""

    potential: OwningPotential
    points: list[tuple[str, int, str]]

    @property
    def total(self) -> int:
        return sum(points for _label, points, _reason in self.points)

    @property
    def of(self) -> int:
        return MOST_POINTS


@dataclass(frozen=True, kw_only=True)
class Step:
    code: str
    label: str
    done: PurchaseStepDone | None


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """One agreement with all that is followed of it."""

    agreement: OwningAgreement
    sums: Sums
    payments: list[OwningPayment]
    seen: list[Seen]
    steps: list[Step]
    next_look_on: date | None

    @property
    def left_to_save(self) -> int | None:
        wanted = self.agreement.saves_in_all
        return max(wanted - self.sums.saved, 0) if wanted is not None else None


def agreements_of(household: Household, *, on: date) -> list[AgreementLine]:
    """Every one of the household: those that live first, then the latest."""
    found = household.owning_agreements.select_related("tenancy__residence").prefetch_related(
        "payments__by", "potentials__points", "potentials__by", "steps__by", "rescues__by", "contacts__by"
    )
    rows = sorted(found, key=lambda one: (one.status != OwningStatus.ENDED, one.agreed_on, one.pk), reverse=True)
    return [_line(one, on=on) for one in rows]


def sums_of(payments: list[OwningPayment]) -> Sums:
    def of(kind: OwningPaymentKind) -> int:
        return sum(payment.amount for payment in payments if payment.kind == kind)

    return Sums(
        saved=of(OwningPaymentKind.SAVED) - of(OwningPaymentKind.TAKEN_OUT),
        rent=of(OwningPaymentKind.RENT),
        missed=of(OwningPaymentKind.RENT_MISSED),
        months_missed=len({one.month for one in payments if one.kind == OwningPaymentKind.RENT_MISSED}),
    )


def running_owning(household: Household, on: date) -> Iterator[Running]:
    """What stands on the way to owning, with the option's last day."""
    for agreement in OwningAgreement.objects.live().filter(household=household):
        until = agreement.option_until if agreement.is_before_purchase else None
        yield Running(
            label=agreement.get_way_display().split(":")[0],
            state_label=agreement.get_status_display(),
            url=reverse("cases:owning", args=[household.key]),
            next_on=until,
            next_label=_("Last day to buy") if until else "",
        )


@dataclass(frozen=True, kw_only=True)
class UnitAgreement:
    """One agreement in a unit's list."""

    standing: Standing
    agreement: OwningAgreement
    sums: Sums
    looked_at: OwningPotential | None
    is_look_due: bool
    last_talk: date | None
    pays: bool | None


def unit_agreements(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[UnitAgreement]:
    """Agreements of the households of the unit that the employee's lists show, the option that runs out first first."""
    on = localdate(at)
    answered = Responsibility.objects.on(on).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at).values_list("pk", flat=True)
    wanted = OwningAgreement.objects.filter(household__in=list(listed), status__in=_AHEAD[shown])
    found = list(
        wanted.prefetch_related("payments", "potentials", "contacts").order_by("option_until", "agreed_on", "pk")
    )
    told = standings({one.household_id for one in found}, by=employee, at=at)
    return [_row(one, told[one.household_id], on=on) for one in found]


def _row(agreement: OwningAgreement, standing: Standing, *, on: date) -> UnitAgreement:
    looked_at = max(agreement.potentials.all(), key=lambda one: one.made_on, default=None)
    talk = max(agreement.contacts.all(), key=lambda one: (one.on, one.pk), default=None)
    due_on = _next_look(agreement, [looked_at] if looked_at else [], on=on)
    return UnitAgreement(
        standing=standing,
        agreement=agreement,
        sums=sums_of(list(agreement.payments.all())),
        looked_at=looked_at,
        is_look_due=due_on is not None and due_on <= on,
        last_talk=talk.on if talk else None,
        pays=talk.pays if talk else None,
    )


def _line(agreement: OwningAgreement, *, on: date) -> AgreementLine:
    payments = sorted(agreement.payments.all(), key=lambda one: (one.month, one.pk), reverse=True)
    potentials = sorted(agreement.potentials.all(), key=lambda one: one.made_on, reverse=True)
    done = {one.step: one for one in agreement.steps.all()}
    return AgreementLine(
        agreement=agreement,
        sums=sums_of(payments),
        payments=payments,
        seen=[_seen(one) for one in potentials],
        steps=[Step(code=step.value, label=str(step.label), done=done.get(step.value)) for step in PurchaseStep],
        next_look_on=_next_look(agreement, potentials, on=on),
    )


def _next_look(agreement: OwningAgreement, potentials: list[OwningPotential], *, on: date) -> date | None:
    if not agreement.is_before_purchase:
        return None
    last = max([agreement.agreed_on, *(one.made_on for one in potentials)])
    return add_months(last, value("owning.potential_months", on=on))


def _seen(potential: OwningPotential) -> Seen:
    by_criterion = {point.criterion: point for point in potential.points.all()}
    told = [(criterion, by_criterion.get(criterion.value)) for criterion in PotentialCriterion]
    return Seen(
        potential=potential,
        points=[(str(criterion.label), point.points, point.reason) for criterion, point in told if point],
    )
