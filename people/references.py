"""Opaque identities for what is born here rather than imported."""

from __future__ import annotations

from uuid import uuid4


def new_ref() -> str:
    """An identity that tells nothing: 32 hexadecimal digits."""
    return uuid4().hex
