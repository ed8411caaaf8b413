"""What of the appeals is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.questions.appeal_list import OPEN, SHOWN
from people.fields import offer


class AppealFilterForm(forms.Form):
    """Codes only, never names or numbers."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("All my units")), *units])
        if len(units) < 2:
            del self.fields["unit"]

    def wish(self) -> tuple[str, str]:
        """One of `SHOWN` and a unit's number; what is not understood is left out."""
        self.is_valid()
        show = self.cleaned_data.get("show") or OPEN
        return (show if show in SHOWN else OPEN), self.cleaned_data.get("unit") or ""
