"""Saying why one opens a case that is not one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.emergencies import LONGEST_REASON, SHORTEST_REASON, Emergency
from people.models import CODED_REASONS, GrantKind


def coded_reason(**kwargs: Any) -> forms.ChoiceField:
    """One of the reasons for which a colleague opens a case."""
    choices = [(kind.value, kind.label) for kind in CODED_REASONS]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **kwargs)


class OpenForm(ActForm):
    kind = coded_reason(label=_("Why do you open the case?"))
    #: the page that was asked for; the page's choice of language has a field `next` of its own
    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def reason(self) -> GrantKind:
        return GrantKind(self.cleaned_data["kind"])


class EmergencyForm(ActForm):
    number = forms.CharField(
        label=_("Case number or national id"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 24}),
    )
    emergency = forms.ChoiceField(
        label=_("What makes it necessary?"), choices=Emergency.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Say why"),
        help_text=_("At least %(n)s characters. The leader of the unit reads it.") % {"n": SHORTEST_REASON},
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
