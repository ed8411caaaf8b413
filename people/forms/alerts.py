from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm


class HandleForm(ActForm):
    """What came of an alert."""

    outcome = forms.CharField(label=_("What came of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
