"""Evictions averted, open and carried out, and households on their way from renting to owning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions.eviction_work import NewMeasure, note_eviction_contact, take_measure, tell_result
from cases.actions.evictions import (
    ToldOfEviction,
    avert_eviction,
    carry_out_eviction,
    register_eviction,
    withdraw_eviction,
)
from cases.actions.owning import Agreed, agree_to_own, become_ready, end_agreement
from cases.actions.owning_purchase import Purchase, purchase
from cases.actions.owning_work import Point, look_at_potential, note_owning_contact, note_payment, rescue, take_step
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.life import Life
from cases.demo.stage import FRIENDS, Stage, family, in_need, single
from cases.models import (
    ContactWay,
    EvictionBecause,
    EvictionCase,
    EvictionMeasureKind,
    EvictionNoticeFrom,
    LostHomeReason,
    MeasureResult,
    NeedKind,
    NeedReason,
    OwningAgreement,
    OwningEnd,
    OwningPaymentKind,
    OwningWay,
    PotentialCriterion,
    PurchaseStep,
    RescueKind,
)
from housing.models import ResidenceKind
from housing.states import add_months

#: Days before the edge, children, who told, and how it ends: after so many days, or not yet.
_EVICTIONS: tuple[tuple[int, int, EvictionNoticeFrom, str, int], ...] = (
    (420, 2, EvictionNoticeFrom.ENFORCEMENT_OFFICER, "averted", 25),
    (300, 0, EvictionNoticeFrom.LANDLORD, "carried_out", 34),
    (210, 1, EvictionNoticeFrom.RENT_LEDGER, "averted", 18),
    (150, 0, EvictionNoticeFrom.USER, "withdrawn", 12),
    (90, 3, EvictionNoticeFrom.ENFORCEMENT_OFFICER, "averted", 30),
    (16, 2, EvictionNoticeFrom.ENFORCEMENT_OFFICER, "open", 0),
    (9, 0, EvictionNoticeFrom.LANDLORD, "unreached", 0),
    (2, 0, EvictionNoticeFrom.USER, "unreached", 0),
)


def owned(stage: Stage) -> list[Story]:
    """Who keeps a home, who loses it, and who comes to own one."""
    evictions = [_eviction(stage, *row) for row in _EVICTIONS]
    return [*evictions, _saves(stage), _buys(stage), _gives_up(stage)]


def _eviction(stage: Stage, days: int, children: int, source: EvictionNoticeFrom, ends: str, after: int) -> Story:
    life = stage.housing_life()
    yield life.begin(days)
    in_need(NeedKind.AT_RISK, NeedReason.PETITION, children=children)(life)
    told = ToldOfEviction(
        notice_from=source,
        because=EvictionBecause.RENT_UNPAID,
        learnt_on=life.today,
        petitioned_on=life.today - timedelta(days=3),
        planned_on=life.today + timedelta(days=35),
        amount_owed=life.rng.randrange(18_000, 64_000, 500),
        note=_text("evictions", "note"),
    )
    eviction = register_eviction(household_id=life.household.pk, told=told, **_by(life))
    yield life.wait(2)
    if ends == "unreached":
        _try(life, eviction, ContactWay.PHONE, reached=False)
        return
    _try(life, eviction, ContactWay.HOME_VISIT, reached=True)
    plan = NewMeasure(
        kind=EvictionMeasureKind.PAYMENT_PLAN,
        starts_on=life.today,
        amount=2_000,
        note=_text("evictions", "measure"),
    )
    measure = take_measure(eviction_id=eviction.pk, measure=plan, **_by(life))
    advice = NewMeasure(kind=EvictionMeasureKind.ECONOMIC_ADVICE, starts_on=life.today)
    take_measure(eviction_id=eviction.pk, measure=advice, **_by(life))
    if ends == "open":
        return
    yield life.wait(after)
    result = MeasureResult.BROKEN if ends == "carried_out" else MeasureResult.HELD
    tell_result(measure_id=measure.pk, result=result, on=life.today, **_by(life))
    _end(life, eviction, ends)


def _try(life: Life, eviction: EvictionCase, way: ContactWay, *, reached: bool) -> None:
    note = _text("evictions", "contact" if reached else "no_answer")
    note_eviction_contact(eviction_id=eviction.pk, on=life.today, way=way, reached=reached, note=note, **_by(life))


def _end(life: Life, eviction: EvictionCase, ends: str) -> None:
    told: dict[str, Any] = {"eviction_id": eviction.pk, "on": life.today, "note": _text("evictions", ends)}
    if ends == "averted":
        avert_eviction(**told, **_by(life))
    elif ends == "withdrawn":
        withdraw_eviction(**told, **_by(life))
    else:
        carry_out_eviction(**told, to=ResidenceKind.FRIENDS, **_by(life))


def _saves(stage: Stage) -> Story:
    """A family that has saved for more than a year, with two years left of the option."""
    life = stage.housing_life()
    yield life.begin(520)
    agreement = _agreed(life, OwningWay.RENT_TO_OWN, children=2, years=4)
    for _month in range(16):
        yield life.wait(31)
        _pay(life, agreement, OwningPaymentKind.SAVED, 2_500)
        _pay(life, agreement, OwningPaymentKind.RENT, 9_500)
    _look(life, agreement, points=1)
    take_step(agreement_id=agreement.pk, step=PurchaseStep.ECONOMY, on=life.today, **_by(life))


def _buys(stage: Stage) -> Story:
    """Rents privately, saves, buys the home; then out of work for a while."""
    life = stage.housing_life()
    yield life.begin(700)
    agreement = _agreed(life, OwningWay.RENT_BEFORE_OWN, children=1, years=3)
    for _month in range(6):
        yield life.wait(31)
        _pay(life, agreement, OwningPaymentKind.SAVED, 6_000)
    _look(life, agreement, points=2)
    for step in PurchaseStep:
        take_step(agreement_id=agreement.pk, step=step, on=life.today, **_by(life))
    become_ready(agreement_id=agreement.pk, **_by(life))
    yield life.wait(20)
    bought = Purchase(on=life.today, price=agreement.option_price, leaves_tenancy=True, is_rented_home=True)
    purchase(agreement_id=agreement.pk, bought=bought, **_by(life))
    yield life.wait(180)
    _talk(life, agreement, pays=False)
    rescue(
        agreement_id=agreement.pk,
        kind=RescueKind.INTEREST_ONLY,
        starts_on=life.today,
        ends_on=add_months(life.today, 9),
        note=_text("owning", "rescue"),
        **_by(life),
    )
    yield life.wait(160)
    _talk(life, agreement, pays=True)


def _gives_up(stage: Stage) -> Story:
    """Agreed, and then moves."""
    life = stage.housing_life()
    yield life.begin(330)
    agreement = _agreed(life, OwningWay.RENT_TO_OWN, children=0, years=5)
    yield life.wait(90)
    end_agreement(
        agreement_id=agreement.pk, on=life.today, because=OwningEnd.MOVED, note=_text("owning", "end"), **_by(life)
    )


def _agreed(life: Life, way: OwningWay, *, children: int, years: int) -> OwningAgreement:
    """From friends into a rented home, with the agreement signed with the lease."""
    arrive = (
        family(FRIENDS, LostHomeReason.LEASE_ENDED, children=children, since=20, lacks_place=False)
        if children
        else single(FRIENDS, LostHomeReason.LEASE_ENDED, since=20, lacks_place=False)
    )
    arrive(life)
    life.move_home(life.home(ResidenceKind.PRIVATE_RENTAL, on=life.today))
    price = life.rng.randrange(1_800_000, 2_600_000, 50_000)
    agreed = Agreed(
        way=way,
        agreed_on=life.today,
        residence_id=life.household.residences.latest("starts_on").pk,
        option_price=price,
        option_until=add_months(life.today, 12 * years),
        years=years,
        saves_a_month=2_500,
        saves_in_all=price // 20,
        buy_back_price=price,
        buy_back_until=add_months(life.today, 12 * (years + 2)),
    )
    return agree_to_own(household_id=life.household.pk, agreed=agreed, **_by(life))


def _pay(life: Life, agreement: OwningAgreement, kind: OwningPaymentKind, amount: int) -> None:
    note_payment(agreement_id=agreement.pk, kind=kind, month=life.today, amount=amount, **_by(life))


def _look(life: Life, agreement: OwningAgreement, *, points: int) -> None:
    reasons = content("owning")["owning"]["reasons"]
    seen = {
        criterion: Point(points if number % 3 else 2, reason)
        for number, (criterion, reason) in enumerate(zip(PotentialCriterion, reasons, strict=True))
    }
    look_at_potential(agreement_id=agreement.pk, points=seen, summary=_text("owning", "summary"), **_by(life))


def _talk(life: Life, agreement: OwningAgreement, *, pays: bool) -> None:
    note_owning_contact(agreement_id=agreement.pk, on=life.today, pays=pays, note=_text("owning", "talk"), **_by(life))


def _by(life: Life) -> dict[str, Any]:
    return {"by": life.owner, "at": life.sitting()}


def _text(part: str, name: str) -> str:
    return str(content("owning")[part][name])
