"""Choosing a month, marking a finding, signing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import offer
from people.log_control.month import Month
from people.models import FindingOutcome, Unit


class MonthForm(forms.Form):
    """Which unit and month the control is about."""

    unit = forms.ChoiceField(label=_("Unit"))
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, units: Sequence[Unit], months: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "unit": [(unit.ref, unit.name) for unit in units],
            "month": [(m.starts_on.isoformat(), f"{MONTHS[m.starts_on.month]} {m.starts_on.year}") for m in months],
        }
        for name, those in choices.items():
            offer(self, name, those)


class MarkForm(ActForm):
    """What a finding came to."""

    outcome = forms.ChoiceField(label=_("What is it?"), choices=FindingOutcome, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What explains it, or what is to be done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten characters. Write nothing about the household itself."),
    )


class SignControlForm(ActForm):
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
