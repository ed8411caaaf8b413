"""The special unit's two forms: which case, and a place that is not named."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.models import AT_A_PROVIDER
from people.act_forms import ActForm
from people.fields import TypedDateField


class CaseNumberForm(forms.Form):
    number = forms.CharField(
        label=_("Case number or national id"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 24}),
    )


class UndisclosedForm(ActForm):
    """The kind of place and its nights; where it is is not asked."""

    kind = forms.ChoiceField(
        label=_("Kind of place"),
        choices=[(kind.value, kind.label) for kind in AT_A_PROVIDER],
        initial=AT_A_PROVIDER[0].value,
        widget=forms.RadioSelect,
    )
    starts_on = TypedDateField(label=_("First night"))
    planned_end = TypedDateField(
        label=_("Granted until"), help_text=_("The day of moving out, such as +14 or 1.3.2026.")
    )
