"""When the list of who sleeps where is laid ready."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm


class NightListHourForm(ActForm):
    made_at = forms.TimeField(
        label=_("At"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"size": 6}),
        help_text=_("Such as 20:00. Leave it empty to lay it ready no more."),
    )
