"""Breaks of the rules about keys to the figures, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.people import AT, EmployeeFactory
from tests.factories.tokens import ApiTokenFactory


def _of_one_name_twice() -> None:
    for _ in range(2):
        ApiTokenFactory.create(name="Statistics")


OF_TOKENS: dict[str, Callable[[], object]] = {
    "api_token_has_a_name": lambda: ApiTokenFactory.create(name=""),
    "api_token_keeps_no_secret": lambda: ApiTokenFactory.create(fingerprint="secret"),
    "api_token_is_withdrawn_by_somebody": lambda: ApiTokenFactory.create(
        withdrawn_at=AT - timedelta(days=1), withdrawn_by=EmployeeFactory.create()
    ),
    "api_token_of_a_name_once": _of_one_name_twice,
}
