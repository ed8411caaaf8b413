"""Which homeless are asked for by name: where, up to when, of which group, and as known when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.forms.figures import EARLIEST, FigureForm
from kpi.questions.balance import Group
from people.fields import TypedDateField

GROUPS = {
    Group.EVERYBODY: _("Everybody"),
    Group.FAMILIES: _("Families with children"),
    Group.YOUNG: _("Young under 25"),
    Group.RELEASED: _("Out of prison or institution"),
}


class ByNameForm(FigureForm):
    """Twelve months up to a day; without one, up to today."""

    period = None  # type: ignore[assignment]
    first_day = None  # type: ignore[assignment]
    rule = None  # type: ignore[assignment]
    last_day = TypedDateField(label=_("Up to and including"), required=False, earliest=EARLIEST)
    group = forms.ChoiceField(label=_("Group"), choices=list(GROUPS.items()), required=False)
    field_order = ("place", "group", "last_day", "known_at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        last_day = cleaned.get("last_day") or self.today
        group = Group(cleaned.get("group") or Group.EVERYBODY)
        return {**cleaned, "ends_on": last_day + timedelta(days=1), "group": group}
