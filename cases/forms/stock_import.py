"""Choosing a workbook of dwellings, and saying yes to what it would do."""

from __future__ import annotations

from typing import IO

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.imports.sheets import Sheet
from cases.imports.stock import unpacked
from people.act_forms import ActForm

_LARGEST = 5_000_000


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Excel workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An .xlsx file with a sheet called dwellings. At most 5 MB."),
    )

    def clean_file(self) -> IO[bytes]:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise ValidationError(_("The file is larger than 5 MB."))
        if not file.name.lower().endswith(".xlsx"):
            raise ValidationError(_("Choose an .xlsx file. In Excel: Save as, Excel workbook."))
        chosen: IO[bytes] = file
        return chosen


class ReadInForm(ActForm):
    """Carries the sheet that was looked at."""

    sheet = forms.CharField(widget=forms.HiddenInput)

    def clean_sheet(self) -> Sheet:
        try:
            return unpacked(self.cleaned_data["sheet"])
        except ValueError:
            raise ValidationError(_("Choose the file again.")) from None
