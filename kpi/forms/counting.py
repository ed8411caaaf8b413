"""Which day the homeless are counted, and of which day BOSIT is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.forms.figures import EARLIEST
from people.fields import DatedForm, TypedDateField, offer


class DayForm(DatedForm):
    """A GET form whose fields may be missing: then the first municipality, and today."""

    place = forms.ChoiceField(label=_("Municipality"), required=False)
    day = TypedDateField(label=_("Day"), required=False, earliest=EARLIEST)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
        day = self.fields["day"]
        assert isinstance(day, TypedDateField)
        day.latest = self.today

    @property
    def chosen_day(self) -> date:
        """The day asked for; today where none was given or it could not be read."""
        found = self.cleaned_data.get("day")
        return found if isinstance(found, date) else self.today
