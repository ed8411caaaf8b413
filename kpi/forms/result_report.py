"""What is said of an objective in the year's report, and which year is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField, offer
from people.models import Employee

#: The first year that a report is made of.
FIRST_YEAR = 2014


class YearForm(DatedForm):
    """A GET form whose fields may be missing: then the first municipality, and the last whole year."""

    place = forms.ChoiceField(label=_("Municipality"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
        years = range(self.today.year, FIRST_YEAR - 1, -1)
        offer(self, "year", [(str(year), str(year)) for year in years])


class CommentForm(ActForm):
    """How an objective went in the year, what went wrong, what is done, who answers for it and by when."""

    text = forms.CharField(
        label=_("How it went"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands in the report. Names nobody who is helped."),
    )
    deviation = forms.CharField(
        label=_("Deviation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    measure = forms.CharField(
        label=_("Measure"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    responsible = forms.ModelChoiceField(
        label=_("Who answers for the measure"), required=False, queryset=Employee.objects.none()
    )
    due_on = TypedDateField(label=_("The measure is done by"), required=False)

    def __init__(self, *args: Any, able: QuerySet[Employee], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        responsible = self.fields["responsible"]
        assert isinstance(responsible, forms.ModelChoiceField)
        responsible.queryset = able
        responsible.label_from_instance = lambda one: one.name  # type: ignore[assignment,method-assign]
