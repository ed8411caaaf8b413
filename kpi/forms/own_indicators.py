"""Defining a municipality's own indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Population
from kpi.own_indicators import AMONG
from people.act_forms import ActForm
from people.fields import TypedDateField

_BETTER = [
    (Better.LOWER.value, _("Lower is better")),
    (Better.HIGHER.value, _("Higher is better")),
    (Better.NEITHER.value, _("Neither is better")),
]


def _conditions() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """By whom they are conditions on; a key is told with its population, since two may share a word."""
    return [
        (them.words, [(f"{population}:{key}", words) for key, (words, _sql) in them.conditions.items()])
        for population, them in AMONG.items()
        if them.conditions
    ]


class OwnIndicatorForm(ActForm):
    wording = forms.CharField(label=_("What it asks"), max_length=200)
    definition = forms.CharField(label=_("How it is counted"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    population = forms.ChoiceField(
        label=_("Among whom"),
        choices=[(population.value, them.words) for population, them in AMONG.items()],
        widget=forms.RadioSelect,
    )
    among = forms.MultipleChoiceField(
        label=_("Only those"),
        required=False,
        choices=_conditions,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that are chosen must hold. Choose among the conditions on those you count."),
    )
    is_share = forms.BooleanField(label=_("A share of them, not a number"), required=False)
    counted = forms.MultipleChoiceField(
        label=_("Counted of them"), required=False, choices=_conditions, widget=forms.CheckboxSelectMultiple
    )
    better = forms.ChoiceField(label=_("Direction"), choices=_BETTER, widget=forms.RadioSelect)
    valid_from = TypedDateField(
        label=_("Holds from"), help_text=_("Periods that end on this day or later are counted by this definition.")
    )

    def __init__(self, *args: Any, of: Population | None = None, **kwargs: Any) -> None:
        """`of`: whom it is among, when that is chosen already; then their conditions alone are offered."""
        super().__init__(*args, **kwargs)
        if of is None:
            return
        offered = [(f"{of.value}:{key}", words) for key, (words, _sql) in AMONG[of].conditions.items()]
        self.fields["population"] = forms.ChoiceField(
            choices=[(of.value, AMONG[of].words)], widget=forms.HiddenInput, initial=of.value
        )
        for name in ("among", "counted"):
            self.fields[name] = forms.MultipleChoiceField(
                label=self.fields[name].label, required=False, choices=offered, widget=forms.CheckboxSelectMultiple
            )
        self.fields["among"].help_text = _("All that are chosen must hold.")
        if not offered:
            for name in ("among", "counted", "is_share"):
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """What is defined; conditions of other populations than the chosen one stay what they are, and are refused."""
        none = {"among": [], "counted": [], "is_share": False}
        said = {name: self.cleaned_data[name] for name in self.fields if name not in ("version", "form_key")}
        told = {**none, **said}
        for name in ("among", "counted"):
            told[name] = [one.removeprefix(f"{told['population']}:") for one in told[name]]
        return told


class EndIndicatorForm(ActForm):
    ends_on = TypedDateField(label=_("Holds until"))
