"""Which part of the plan, and what one writes about a dwelling that cannot be let."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from housing.models import DwellingVoid, VoidReason
from housing.states import add_months
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField, offer

#: How far back and ahead of this month the plan can begin.
_BACK, _AHEAD = 24, 12
LONGEST_NOTE = 300
MOST_COST = 100_000_000


class PlanForm(DatedForm):
    """A GET form whose every field may be missing: then all buildings, from this month on."""

    building = forms.ChoiceField(label=_("Building"), required=False)
    first_month = forms.ChoiceField(label=_("From"), required=False)

    def __init__(self, *args: Any, buildings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = self.today.replace(day=1)
        months = [add_months(this, number) for number in range(-_BACK, _AHEAD + 1)]
        self.months = {f"{month:%Y-%m}": month for month in months}
        words = [(code, date_format(month, "F Y", use_l10n=False)) for code, month in self.months.items()]
        offer(self, "building", [("", _("All buildings")), *buildings])
        offer(self, "first_month", [("", _("This month")), *words])

    @property
    def starts_on(self) -> date:
        return self.months.get(self._chosen("first_month"), self.today.replace(day=1))

    @property
    def building_id(self) -> int | None:
        chosen = self._chosen("building")
        return int(chosen) if chosen.isdigit() else None

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


def _cost() -> forms.IntegerField:
    digits = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=_("Cost, kroner"), required=False, min_value=0, max_value=MOST_COST, widget=digits)


class VoidForm(ActForm):
    """Why a dwelling cannot be let, from when, and what it costs."""

    reason = forms.ChoiceField(label=_("Reason"), choices=VoidReason.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"), help_text=_("The first day nobody can live there."))
    expected_on = TypedDateField(label=_("Expected ready"), required=False, help_text=_("Goes into the forecast."))
    ends_on = TypedDateField(
        label=_("Ready from"), required=False, help_text=_("Only when it is known: the first day it can be let.")
    )
    cost = _cost()
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("About the dwelling only: everybody who sees the plan reads it."),
    )

    _FACTS = ("reason", "starts_on", "expected_on", "ends_on", "cost", "note")

    def __init__(self, *args: Any, void: DwellingVoid | None = None, **kwargs: Any) -> None:
        if void is not None:
            kwargs["initial"] = {name: getattr(void, name) for name in self._FACTS}
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._FACTS}


class ReadyForm(ActForm):
    """The day a dwelling can be let again, and what it cost."""

    on = TypedDateField(label=_("Ready from"), help_text=_("The first day it can be let."))
    cost = _cost()


class RemoveForm(ActForm):
    """Nothing to write: it never was."""
