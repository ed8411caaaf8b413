"""Refusals are read in English here, whatever the catalogue says of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def refusals_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
