"""Reviewing a long stay, and signing a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from cases.models import BreachReason
from people.act_forms import ActForm
from people.fields import TypedDateField, offer


class ReviewForm(ActForm):
    """Why a stay is long, what is done about it and by when."""

    reason = forms.ChoiceField(label=_("Why is the stay long?"), choices=BreachReason, widget=forms.RadioSelect)
    measure = forms.CharField(
        label=_("What is to be done"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One measure that brings a home nearer, and who takes it."),
    )
    deadline = TypedDateField(label=_("By when"), help_text=_("Such as 1.3.26, tomorrow or +14."))


class SignMonthForm(ActForm):
    """Which month is signed. The figures are those of today."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "month", [(month.isoformat(), f"{MONTHS[month.month]} {month.year}") for month in months])
