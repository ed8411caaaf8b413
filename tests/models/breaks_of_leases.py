"""Breaks of the rules about landlords, tenancies and securities, by name: for tests/models/test_constraints_*.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.leases import (
    LandlordFactory,
    PrivateHelpFactory,
    SecurityFactory,
    TenancyFactory,
    TenancyRentFactory,
)
from tests.factories.people import DAY, LONG_AGO

TOMORROW = DAY + timedelta(days=1)


def _two_rents_from_a_day() -> None:
    first = TenancyRentFactory.create()
    TenancyRentFactory.create(tenancy=first.tenancy, starts_on=first.starts_on)


def _one_organization_twice() -> None:
    for _ in range(2):
        LandlordFactory.create(organization_number="123456785")


OF_TENANCIES: dict[str, Callable[[], object]] = {
    "landlord_kind_is_known": lambda: LandlordFactory.create(kind="king"),
    "landlord_has_a_name": lambda: LandlordFactory.create(name=""),
    "landlord_organization_number_is_nine_digits": lambda: LandlordFactory.create(organization_number="12345678"),
    "landlord_organization_number_once": _one_organization_twice,
    "tenancy_limited_because_is_known": lambda: TenancyFactory.create(limited_because="why_not"),
    "tenancy_reserved_because_is_known": lambda: TenancyFactory.create(reserved_because="why_not", informed_on=DAY),
    "tenancy_has_one_ground_to_be_short": lambda: TenancyFactory.create(
        limited_because="own_use", reserved_because="tried_out", informed_on=LONG_AGO
    ),
    "tenancy_told_in_writing_before_it_is_signed": lambda: TenancyFactory.create(informed_on=TOMORROW, signed_on=DAY),
    "tenancy_reserved_home_was_told_in_writing": lambda: TenancyFactory.create(reserved_because="tried_out"),
    "tenancy_notice_by_is_known": lambda: TenancyFactory.create(
        notice_on=DAY, notice_by="a_cousin", notice_because="own_wish", notice_ends_on=DAY
    ),
    "tenancy_notice_because_is_known": lambda: TenancyFactory.create(
        notice_on=DAY, notice_by="tenant", notice_because="a_whim", notice_ends_on=DAY
    ),
    "tenancy_notice_is_whole": lambda: TenancyFactory.create(notice_on=DAY),
    "tenancy_renewed_after_a_new_assessment": lambda: TenancyFactory.create(renews=TenancyFactory.create()),
    "tenancy_ended_because_is_known": lambda: TenancyFactory.create(ended_because="why_not"),
    "tenancy_rent_because_is_known": lambda: TenancyRentFactory.create(because="greed"),
    "tenancy_rent_is_money": lambda: TenancyRentFactory.create(rent_a_month=0),
    "tenancy_rent_has_its_index_numbers": lambda: TenancyRentFactory.create(because="index"),
    "tenancy_rent_one_from_a_day": _two_rents_from_a_day,
}

OF_SECURITIES: dict[str, Callable[[], object]] = {
    "security_kind_is_known": lambda: SecurityFactory.create(kind="promise"),
    "security_given_by_is_known": lambda: SecurityFactory.create(given_by="nobody"),
    "security_is_money": lambda: SecurityFactory.create(amount=0),
    "security_ends_after_it_is_given": lambda: SecurityFactory.create(ends_on=LONG_AGO),
    "security_drawn_is_part_of_it": lambda: SecurityFactory.create(drawn=27001, drawn_because="Rent"),
    "security_drawn_says_for_what": lambda: SecurityFactory.create(drawn=1),
    "security_released_after_it_is_given": lambda: SecurityFactory.create(released_on=LONG_AGO - timedelta(days=1)),
    "private_help_kind_is_known": lambda: PrivateHelpFactory.create(kind="magic"),
}
