"""Choosing where the rules leave something to be decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.law import BASES, Choice
from cases.law.loans import RATES
from cases.models import DecisionKind, MeetingPower, OfferEffect
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Language

_TWO_PERSONS: dict[str, str | Promise] = {
    "never": _("One person decides alone"),
    "refusals": _("Two persons stand behind a refusal"),
    "always": _("Two persons stand behind every decision"),
}


_ASSESSED_BY: dict[str, str | Promise] = {
    "anyone": _("Anybody at the unit"),
    "another": _("Somebody else than who wrote or issued the decision"),
}

_LABELS: dict[str, str | Promise] = {
    "administration_act_2025": _("When the public administration act of 2025 begins to apply"),
    "dwelling_basis": _("What a decision on a municipal dwelling is founded on"),
    "letter_language": _("Bokmål or nynorsk in letters to whoever has chosen neither"),
    "appeal_assessed_by": _("Who reconsiders an appeal"),
    "offer_declined_well_founded": _("What it means to decline a dwelling for health, size or safety"),
    "offer_declined_otherwise": _("What it means to decline a dwelling for another reason"),
    "offer_not_answered": _("What it means not to answer an offer in time"),
    "offer_answer_days": _("How many days a household has to answer an offer"),
    "housing_meeting_power": _("What the housing meeting may decide itself"),
    "policy_rate": _("Norges Bank's policy rate, per cent"),
    "living_single": _("Guiding rate for one adult, kroner a month"),
    "living_couple": _("Guiding rate for a couple, kroner a month"),
    "living_child_0_5": _("Guiding rate for a child of 0 to 5, kroner a month"),
    "living_child_6_10": _("Guiding rate for a child of 6 to 10, kroner a month"),
    "living_child_11_17": _("Guiding rate for a child of 11 to 17, kroner a month"),
    "loan_commitment_months": _("How many months a commitment of a loan or grant holds"),
}
#: Options that are codes of a model's own.
_OF_MODELS: dict[str, str | Promise] = dict([*OfferEffect.choices, *MeetingPower.choices])


def choice_label(choice: Choice) -> str | Promise:
    """What a choice is about, as its page and the list of them say."""
    if choice.code in _LABELS:
        return _LABELS[choice.code]
    kind = DecisionKind(choice.code.removeprefix("two_persons_"))
    return _("Who stands behind a decision on: %(kind)s") % {"kind": kind.label}


def option_label(choice: Choice, value: str) -> str | Promise:
    """An option, the day or the number chosen, in words."""
    if choice.kind == "number":
        return value or _("As shipped: %(value)s") % {"value": RATES[choice.code][-1].value}
    if not value:
        return _("Not decided yet")
    if choice.code == "letter_language":
        return Language(value).label
    told = _ASSESSED_BY | _TWO_PERSONS | _OF_MODELS
    if value in told:
        return told[value]
    return BASES[value].citation if value in BASES else value


class _ChooseForm(ActForm):
    """From when a choice holds, and why."""

    starts_on = TypedDateField(label=_("From"))
    reason = forms.CharField(
        label=_("Who decided it, and why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["value", "starts_on", "reason"]

    def chosen(self) -> str:
        """An option's code, or the day as YYYY-MM-DD."""
        return str(self.cleaned_data["value"])


class ChooseOptionForm(_ChooseForm):
    value = forms.ChoiceField(label=_("What holds"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(value, option_label(choice, value)) for value in choice.options]
        offer(self, "value", options)


class ChooseDayForm(_ChooseForm):
    value = TypedDateField(label=_("The day it begins"))


class ChooseNumberForm(_ChooseForm):
    value = forms.DecimalField(label=_("What holds"), min_value=0, max_digits=9, decimal_places=2, localize=True)
