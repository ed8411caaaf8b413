"""Addresses of a household's pages, of which a page has many: what stands around the key is looked up once."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

_ANY = UUID(int=0)


def household_address(view: str, key: UUID) -> str:
    """As `reverse` with the household's key alone."""
    before, after = _around(view, get_urlconf(), get_script_prefix())
    return f"{before}{key}{after}"


@lru_cache(maxsize=512)
def _around(view: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(view, urlconf, args=[_ANY]).partition(str(_ANY))
    return before, after
