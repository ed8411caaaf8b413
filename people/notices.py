"""Messages on the next page, with a way to undo what was just done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo="


def notify(request: HttpRequest, text: str, *, undo_url: str = "", level: int = messages.SUCCESS) -> None:
    """Say `text` on the next page; `undo_url` is a POST-only address and becomes an Undo button."""
    messages.add_message(request, level, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def undo_url(extra_tags: str | None) -> str:
    """The address that `notify` stored in a message, or an empty text."""
    return (extra_tags or "").removeprefix(UNDO) if (extra_tags or "").startswith(UNDO) else ""
