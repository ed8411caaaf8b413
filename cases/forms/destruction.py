"""The form of a rule for how long households are kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm


class RuleForm(ActForm):
    years = forms.IntegerField(label=_("Years after the last case closed"), min_value=1, max_value=200)
    basis = forms.CharField(
        label=_("Rule or permission"),
        help_text=_("Such as the municipality's plan for keeping and destroying, and its point."),
        max_length=300,
    )
