from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.asked_corrections import LONGEST_WORDS
from people.act_forms import ActForm


class CorrectionForm(ActForm):
    """What a reporter thinks is wrong in a case they do not see."""

    words = forms.CharField(
        label=_("What is to be put right"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dates and places of the row, not names. The responsible unit gets it as a task today."),
    )
