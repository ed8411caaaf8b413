"""Which part of the read log, and why it is taken out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.fields import DatedForm, TypedDateField
from people.lines import Period, readings_in
from people.models import Reading
from people.models.export import SHORTEST_REASON
from people.models.reading import Showing

#: A list shows whole units at once, and would hide the rest.
ALL = "all"
#: What a page shows when nothing is asked.
USUAL = timedelta(days=30)


class PeriodForm(DatedForm):
    """From and to, both days with it; nothing typed is the last thirty days."""

    first_day = TypedDateField(label=_("First day"), required=False)
    last_day = TypedDateField(label=_("Last day"), required=False)
    what = forms.ChoiceField(
        label=_("How it was shown"),
        required=False,
        choices=[("", _("All but lists")), (ALL, _("All, lists too")), *Showing.choices],
    )

    def __init__(self, data: Any, *, today: date) -> None:
        usual = {"first_day": today - USUAL, "last_day": today}
        super().__init__({**usual, **{name: value for name, value in data.items() if value}}, today=today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not come before the first."))
        return cleaned

    @property
    def period(self) -> Period:
        """What was asked for; where it could not be read, the usual."""
        if self.is_valid():
            return Period(first_day=self.cleaned_data["first_day"], last_day=self.cleaned_data["last_day"])
        return Period(first_day=self.today - USUAL, last_day=self.today)

    @property
    def lines(self) -> QuerySet[Reading]:
        """The lines that were asked for, newest first."""
        what = self.cleaned_data["what"] if self.is_valid() else ""
        found = readings_in(self.period)
        if not what:
            return found.exclude(what=Showing.LIST)
        return found if what == ALL else found.filter(what=what)


class ExportForm(DatedForm):
    """Why a file is taken out, for the register."""

    reason = forms.CharField(
        label=_("Why is it taken out?"),
        max_length=300,
        min_length=SHORTEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten characters. Stands in the register with your name, and names nobody."),
    )


class ReadLogExportForm(ExportForm):
    """As a sheet for a person to read, or for a program."""

    layout = forms.ChoiceField(
        label=_("File"), choices=[("xlsx", _("Excel")), ("json", _("JSON"))], initial="xlsx", widget=forms.RadioSelect
    )
