"""What a forecast is asked: where, how far ahead the list goes, and with how many homes more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.forecasting import WINDOWS
from people.fields import offer

#: More homes than this in two months is no plan.
MOST_HOMES = 500
_DAYS = [(str(days), str(days)) for days in WINDOWS]


class ForecastForm(forms.Form):
    """A GET form whose every field may be missing: the first place, thirty days, the new homes that are planned.

    `cleaned_data` always answers; what could not be read stands in `errors`, and its default in the answer.
    """

    place = forms.ChoiceField(label=_("Municipality or unit"), required=False)
    days = forms.ChoiceField(label=_("Who reaches three months within, days"), choices=_DAYS, required=False)
    homes = forms.IntegerField(
        label=_("What if: homes more than usual"),
        help_text=_("For those in temporary accommodation. Left empty: the new homes that are planned."),
        required=False,
        min_value=0,
        max_value=MOST_HOMES,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)

    def clean(self) -> dict[str, Any]:
        """`ahead`, a number of days, and `homes`, None for those planned, beside the fields."""
        cleaned = super().clean() or {}
        return {**cleaned, "ahead": int(cleaned.get("days") or WINDOWS[0]), "homes": cleaned.get("homes")}
