"""Breaks of the rules about dwellings that stand empty, by name: for tests/models/test_constraints_housing.py."""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.housing import DwellingFactory
from tests.factories.people import DAY, HouseholdFactory
from tests.factories.voids import DwellingVoidFactory


def _two_reasons_a_day() -> None:
    dwelling = DwellingFactory.create()
    for reason in ("repair", "cleaning"):
        DwellingVoidFactory.create(dwelling=dwelling, reason=reason)


OF_VOIDS: dict[str, Callable[[], object]] = {
    "dwelling_void_ends_after_it_starts": lambda: DwellingVoidFactory.create(ends_on=DAY),
    "dwelling_void_reason_is_known": lambda: DwellingVoidFactory.create(reason="haunted"),
    "dwelling_void_expected_after_it_starts": lambda: DwellingVoidFactory.create(expected_on=DAY),
    "dwelling_void_is_for_somebody_only_when_held": lambda: DwellingVoidFactory.create(
        held_for=HouseholdFactory.create()
    ),
    "dwelling_void_for_one_reason_a_day": _two_reasons_a_day,
}
