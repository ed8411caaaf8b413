"""Forms of offers of a dwelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.offers import NewOffer
from cases.forms.cases import note
from cases.models import DeclineReason, WithdrawalReason
from people.act_forms import ActForm
from people.fields import TypedDateField, offer


class OfferForm(ActForm):
    dwelling = forms.TypedChoiceField(label=_("Dwelling"), coerce=int)
    moves_in_from = TypedDateField(label=_("Can move in from"))
    rent_a_month = forms.IntegerField(
        label=_("Rent a month, kroner"),
        required=False,
        min_value=1,
        max_value=200_000,
        help_text=_("Left empty: the dwelling's own rent."),
    )
    viewing = forms.CharField(
        label=_("Viewing"), required=False, max_length=300, help_text=_("Such as Thursday at 15, meet at the door.")
    )
    expires_on = TypedDateField(label=_("Answer by"), help_text=_("The last day to answer."))

    def __init__(self, *args: Any, dwellings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "dwelling", [("", _("Choose a dwelling")), *dwellings])

    def new(self) -> NewOffer:
        """What is offered, from a valid form."""
        told = self.cleaned_data
        return NewOffer(
            dwelling_id=told["dwelling"],
            expires_on=told["expires_on"],
            moves_in_from=told["moves_in_from"],
            rent_a_month=told["rent_a_month"],
            viewing=told["viewing"],
        )


class AcceptForm(ActForm):
    """Nothing but the yes."""


class DeclineForm(ActForm):
    because = forms.ChoiceField(label=_("Why"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    note = note(_("In their own words"), max_length=1000)


class WithdrawForm(ActForm):
    because = forms.ChoiceField(label=_("Why"), choices=WithdrawalReason.choices, widget=forms.RadioSelect)
