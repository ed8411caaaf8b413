"""Giving a key to the figures' interface, and withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField, offer


class GiveTokenForm(ActForm):
    municipality = forms.ChoiceField(label=_("Municipality"))
    name = forms.CharField(
        label=_("System that fetches"), max_length=100, help_text=_("So that one knows later what the key is for.")
    )
    expires_on = TypedDateField(label=_("Last day"), help_text=_("A year from today at most."))

    def __init__(self, *args: Any, municipalities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "municipality", municipalities)
        if len(municipalities) == 1:
            self.fields["municipality"].initial = municipalities[0][0]
            self.fields["municipality"].widget = forms.HiddenInput()


class WithdrawTokenForm(ActForm):
    """Nothing but the sending of it."""
