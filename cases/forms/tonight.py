"""When the list of who sleeps where is laid ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import ClockField


class NightListHourForm(ActForm):
    made_at = ClockField(
        label=_("At"),
        required=False,
        help_text=_("Such as 20:00. Leave it empty to lay it ready no more."),
    )
