"""What is followed on the way to owning, and after: savings, rent, potential, steps, rescue, talks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.owning import CannotGoOn, opened_agreement, record_owning, require_status
from cases.actions.tasks import close_tasks_about
from cases.models import (
    BEFORE_PURCHASE,
    OwningAgreement,
    OwningContact,
    OwningPayment,
    OwningPaymentKind,
    OwningPotential,
    OwningRescue,
    OwningStatus,
    PotentialCriterion,
    PotentialPoint,
    PurchaseStep,
    PurchaseStepDone,
    RescueKind,
    TaskKind,
)
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act

#: Statuses in which something is still followed.
_LIVE = (*BEFORE_PURCHASE, OwningStatus.PURCHASED)
_MOST_POINTS = 2


class CannotFollow(Refusal):
    """What is told cannot be written down so."""


@dataclass(frozen=True)
class Point:
    """0 not yet, 1 on the way, 2 in place; and why."""

    points: int
    reason: str


@act
def note_payment(
    *,
    agreement_id: int,
    kind: OwningPaymentKind | str,
    month: date,
    amount: int,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> OwningPayment:
    """Money put aside or taken out, or rent paid or not, of one month; told again it is put right.

    The first money put aside is what makes an agreement a saving one.

    :raises CannotFollow: when it is no money, a month ahead or before the agreement, or more than is saved
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, *BEFORE_PURCHASE)
    month = month.replace(day=1)
    _refuse_payment(agreement, kind, month, amount, today=localdate(at))
    made, _new = OwningPayment.objects.update_or_create(
        agreement=agreement, kind=kind, month=month, defaults={"amount": amount, "by": by}
    )
    if kind == OwningPaymentKind.SAVED and agreement.status == OwningStatus.AGREED:
        agreement.save_up()
        agreement.save(update_fields=["status"])
    record_owning(Act.OWNING_PAYMENT, agreement, on=month, by=by, at=at, kind=kind, amount=amount)
    return made


@act
def look_at_potential(
    *,
    agreement_id: int,
    points: Mapping[PotentialCriterion, Point],
    summary: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> OwningPotential:
    """Look at whether the household can buy: every criterion has its points and a reason.

    :raises CannotFollow: when a criterion lacks its points or reason, or it was looked at today
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, *BEFORE_PURCHASE)
    today = localdate(at)
    for criterion in PotentialCriterion:
        told = points.get(criterion)
        if told is None or not 0 <= told.points <= _MOST_POINTS:
            raise CannotFollow(_("Choose how far they have come."), field=f"points_{criterion.value}")
        if not told.reason.strip():
            raise CannotFollow(_("Say why."), field=f"reason_{criterion.value}")
    if agreement.potentials.filter(made_on=today).exists():
        raise CannotFollow(_("It was looked at today already."))
    made = OwningPotential.objects.create(agreement=agreement, made_on=today, summary=summary.strip(), by=by)
    PotentialPoint.objects.bulk_create(
        PotentialPoint(
            potential=made,
            criterion=criterion,
            points=points[criterion].points,
            reason=points[criterion].reason.strip(),
        )
        for criterion in PotentialCriterion
    )
    close_tasks_about(agreement, TaskKind.OWNING_POTENTIAL, by=by, at=at)
    total = sum(point.points for point in points.values())
    record_owning(Act.OWNING_POTENTIAL, agreement, on=today, by=by, at=at, points=total)
    return made


@act
def take_step(
    *, agreement_id: int, step: PurchaseStep | str, on: date, by: Employee, at: datetime, version: int | None = None
) -> PurchaseStepDone:
    """One of the steps to a purchase is taken.

    :raises CannotFollow: when it is taken already, is none of them, or the day cannot be
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, *BEFORE_PURCHASE)
    if step not in PurchaseStep.values:
        raise CannotFollow(_("Choose a step."), field="step")
    if agreement.steps.filter(step=step).exists():
        raise CannotFollow(_("That step is taken already."), field="step")
    if on > localdate(at):
        raise CannotFollow(_("That day has not come."), field="on")
    made = PurchaseStepDone.objects.create(agreement=agreement, step=step, done_on=on, by=by)
    record_owning(Act.OWNING_STEP, agreement, on=on, by=by, at=at, step=step)
    return made


@act
def rescue(
    *,
    agreement_id: int,
    kind: RescueKind | str,
    starts_on: date,
    ends_on: date | None,
    note: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> OwningRescue:
    """Payments fail, and something is done so that the household keeps its home.

    The municipality buys a home back only while it has that right, and only one that was bought.

    :raises CannotFollow: when it is not one of the ways, or the days cannot be
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, *_LIVE)
    if kind not in RescueKind.values:
        raise CannotFollow(_("Choose what is done."), field="kind")
    if starts_on < agreement.agreed_on:
        raise CannotFollow(_("The day is before the agreement."), field="starts_on")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotFollow(_("The end must come after the start."), field="ends_on")
    if kind == RescueKind.BUY_OUT:
        _refuse_buy_out(agreement, starts_on)
    made = OwningRescue.objects.create(
        agreement=agreement, kind=kind, starts_on=starts_on, ends_on=ends_on, note=note.strip(), by=by
    )
    record_owning(Act.OWNING_RESCUE, agreement, on=starts_on, by=by, at=at, kind=kind)
    return made


@act
def note_owning_contact(
    *,
    agreement_id: int,
    on: date,
    pays: bool | None,
    note: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> OwningContact:
    """Somebody talked with the household after it bought: does it pay, does it need help.

    :raises CannotFollow: when the day cannot be
    :raises CannotGoOn: before the purchase
    """
    _household, _case, agreement = opened_agreement(agreement_id, by=by, at=at, version=version)
    require_status(agreement, OwningStatus.PURCHASED)
    if agreement.purchased_on is None or not agreement.purchased_on <= on <= localdate(at):
        raise CannotFollow(_("The day is between the purchase and today."), field="on")
    made = OwningContact.objects.create(agreement=agreement, on=on, pays=pays, note=note.strip(), by=by)
    close_tasks_about(agreement, TaskKind.OWNING_CONTACT, by=by, at=at)
    told = "unknown" if pays is None else "yes" if pays else "no"
    record_owning(Act.OWNING_CONTACT, agreement, on=on, by=by, at=at, pays=told)
    return made


def saved_in_all(agreement: OwningAgreement) -> int:
    """What is put aside, less what was taken out."""
    sums = dict(agreement.payments.values_list("kind").annotate(sum=Sum("amount")))
    return int(sums.get(OwningPaymentKind.SAVED, 0)) - int(sums.get(OwningPaymentKind.TAKEN_OUT, 0))


def _refuse_payment(
    agreement: OwningAgreement, kind: OwningPaymentKind | str, month: date, amount: int, *, today: date
) -> None:
    if kind not in OwningPaymentKind.values:
        raise CannotFollow(_("Choose what it is."), field="kind")
    if amount <= 0:
        raise CannotFollow(_("The amount must be more than nothing."), field="amount")
    if not agreement.agreed_on.replace(day=1) <= month <= today:
        raise CannotFollow(_("The month is between the agreement and today."), field="month")
    taken = agreement.payments.filter(kind=kind, month=month).values_list("amount", flat=True).first() or 0
    if kind == OwningPaymentKind.TAKEN_OUT and amount > saved_in_all(agreement) + taken:
        raise CannotFollow(_("No more can be taken out than is saved."), field="amount")


def _refuse_buy_out(agreement: OwningAgreement, on: date) -> None:
    if agreement.status != OwningStatus.PURCHASED:
        raise CannotGoOn(_("Only a home that was bought can be bought back."), field="kind")
    if agreement.buy_back_until is None or on > agreement.buy_back_until:
        raise CannotFollow(_("There is no right to buy back on that day."), field="starts_on")
