"""Accepting that something the law asks is lacking."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField


class AcceptForm(ActForm):
    reason = forms.CharField(label=_("Why it is accepted"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    until = TypedDateField(label=_("Accepted until"), help_text=_("Such as +30. It then stands open again."))
