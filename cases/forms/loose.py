"""Forms of several rows where one can ask for one more without being told what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms


def unbound(form: forms.BaseForm, data: Any) -> None:
    """Let a bound form show what was typed without judging it."""
    form.is_bound = False
    typed = {name: data.get(form.add_prefix(name)) for name in form.fields if form.add_prefix(name) in data}
    form.initial = {**form.initial, **typed}


def all_valid(forms_: Iterable[forms.BaseForm]) -> bool:
    """Whether every form is valid; each is judged, so that all errors are shown at once."""
    answers = [form.is_valid() for form in forms_]
    return all(answers)


def row_count(data: Any, *, first: int, most: int) -> int:
    """How many rows the form was sent with, one more where that was asked for."""
    told = data.get("count", "") if data else ""
    count = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else first
    return min(max(count, 0) + bool(data and "add" in data), most)
