"""Which days' BOSIT is taken out, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kpi.bosit import code_lists
from people.fields import TypedDateField
from people.forms.readings import ExportForm


class BositForm(ExportForm):
    first_day = TypedDateField(label=_("First day"))
    last_day = TypedDateField(label=_("Last day"))

    field_order = ("first_day", "last_day", "reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        for name in ("first_day", "last_day"):
            field = self.fields[name]
            assert isinstance(field, TypedDateField)
            field.latest = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and first < code_lists()[0].since:
            self.add_error("first_day", _("No code list is known for days so far back."))
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot be before the first."))
        return cleaned
