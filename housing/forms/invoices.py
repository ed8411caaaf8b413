"""Taking an invoice in, and judging its lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.imports.invoice import MOST_LINES, CannotReadInvoice, Read, read
from housing.models import Verdict
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField
from people.refusals import Refusal
from people.sheet_files import sheet_of

#: Sentences about lines that are shown at once; whoever mends those sees the next.
MOST_FAULTS = 20


class InvoiceForm(ActForm):
    """`cleaned_data["file"]` is what was read of the sheet. The file has to be chosen again when anything was wrong."""

    number = forms.CharField(label=_("Invoice number"), max_length=40)
    issued_on = TypedDateField(label=_("Dated"))
    due_on = TypedDateField(label=_("To be paid by"), required=False)
    file = forms.FileField(
        label=_("Lines"),
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_(
            "CSV or Excel with the columns room, from, to and price a night or amount. "
            "Other columns, such as a guest's name, are left out."
        ),
    )

    def clean_file(self) -> Read | None:
        assert self.today is not None
        try:
            return read(sheet_of(self.cleaned_data["file"], most=MOST_LINES), today=self.today)
        except CannotReadInvoice as refusal:
            raise forms.ValidationError([str(fault) for fault in refusal.faults[:MOST_FAULTS]]) from refusal
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal


class JudgeForm(ActForm):
    verdict = forms.ChoiceField(label=_("The line is"), choices=Verdict, widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("What the provider must be told. Never who lived in the room."),
    )


class InvoiceActForm(ActForm):
    """A button alone."""


class YearForm(DatedForm):
    """Which year's nights to look at."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)

    def chosen(self) -> int:
        assert self.today is not None
        told: dict[str, Any] = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return int(told.get("year") or self.today.year)
