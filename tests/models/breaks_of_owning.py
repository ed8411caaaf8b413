"""Breaks of the rules about evictions and rent-to-own, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.owning import (
    EvictionCaseFactory,
    EvictionContactFactory,
    EvictionMeasureFactory,
    OwningAgreementFactory,
    OwningPaymentFactory,
    OwningPotentialFactory,
    OwningRescueFactory,
    PotentialPointFactory,
    PurchaseStepDoneFactory,
)
from tests.factories.people import DAY

YESTERDAY = DAY - timedelta(days=1)


def _two_petitions_of_a_day() -> None:
    first = EvictionCaseFactory.create()
    EvictionCaseFactory.create(household=first.household)


def _two_agreements() -> None:
    first = OwningAgreementFactory.create()
    OwningAgreementFactory.create(tenancy=first.tenancy)


def _twice(factory: type, **same: str) -> None:
    first = factory.create()  # type: ignore[attr-defined]
    factory.create(**{name: getattr(first, name) for name in same.values()})  # type: ignore[attr-defined]


OF_EVICTIONS: dict[str, Callable[[], object]] = {
    "eviction_notice_from_is_known": lambda: EvictionCaseFactory.create(notice_from="a_raven"),
    "eviction_because_is_known": lambda: EvictionCaseFactory.create(because="why_not"),
    "eviction_status_is_known": lambda: EvictionCaseFactory.create(status="adrift", ended_on=DAY),
    "eviction_planned_after_the_petition": lambda: EvictionCaseFactory.create(planned_on=YESTERDAY),
    "eviction_ended_has_its_day": lambda: EvictionCaseFactory.create(status="averted"),
    "eviction_ends_after_the_petition": lambda: EvictionCaseFactory.create(status="averted", ended_on=YESTERDAY),
    "eviction_one_petition_a_household_and_day": _two_petitions_of_a_day,
    "eviction_contact_way_is_known": lambda: EvictionContactFactory.create(way="a_dream"),
    "eviction_measure_kind_is_known": lambda: EvictionMeasureFactory.create(kind="magic"),
    "eviction_measure_result_is_known_and_dated": lambda: EvictionMeasureFactory.create(result="held"),
}

OF_OWNING: dict[str, Callable[[], object]] = {
    "owning_way_is_known": lambda: OwningAgreementFactory.create(way="by_luck"),
    "owning_status_is_known": lambda: OwningAgreementFactory.create(status="adrift"),
    "owning_option_is_whole": lambda: OwningAgreementFactory.create(option_until=YESTERDAY),
    "owning_tenant_has_a_lease_and_an_option": lambda: OwningAgreementFactory.create(years=None),
    "owning_years_are_some": lambda: OwningAgreementFactory.create(years=0),
    "owning_buy_back_is_whole": lambda: OwningAgreementFactory.create(buy_back_price=1),
    "owning_purchased_has_its_day_and_home": lambda: OwningAgreementFactory.create(purchased_on=DAY),
    "owning_purchased_while_the_option_lasts": lambda: OwningAgreementFactory.create(
        is_bought=True, agreed_on=YESTERDAY, option_until=YESTERDAY
    ),
    "owning_ended_has_day_and_reason": lambda: OwningAgreementFactory.create(status="ended", ended_on=DAY),
    "owning_one_on_the_way_a_household": _two_agreements,
    "owning_payment_kind_is_known": lambda: OwningPaymentFactory.create(kind="lottery"),
    "owning_payment_is_money": lambda: OwningPaymentFactory.create(amount=0),
    "owning_payment_is_of_a_month": lambda: OwningPaymentFactory.create(month=DAY),
    "owning_payment_once_a_kind_and_month": lambda: _twice(OwningPaymentFactory, a="agreement"),
    "owning_potential_once_a_day": lambda: _twice(OwningPotentialFactory, a="agreement"),
    "potential_criterion_is_known": lambda: PotentialPointFactory.create(criterion="stars"),
    "potential_points_are_three": lambda: PotentialPointFactory.create(points=3),
    "potential_point_says_why": lambda: PotentialPointFactory.create(reason=""),
    "potential_criterion_once": lambda: _twice(PotentialPointFactory, a="potential"),
    "purchase_step_is_known": lambda: PurchaseStepDoneFactory.create(step="leap"),
    "purchase_step_once": lambda: _twice(PurchaseStepDoneFactory, a="agreement"),
    "owning_rescue_kind_is_known": lambda: OwningRescueFactory.create(kind="magic"),
    "owning_rescue_ends_after_it_starts": lambda: OwningRescueFactory.create(ends_on=DAY),
}
