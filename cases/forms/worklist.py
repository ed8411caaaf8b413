"""Filters of the worklist: codes only, never names or numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import CaseState
from cases.questions.worklist import OVER, SOON, SORTS, UNASSIGNED, Filter
from people.fields import offer

WORDS = {
    UNASSIGNED: _("Without a caseworker"),
    SOON: _("Deadline soon"),
    OVER: _("Over three months"),
}


class WorklistForm(forms.Form):
    only = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("All open")), *CaseState.choices, *WORDS.items()]
    )
    owner = forms.TypedChoiceField(label=_("Responsible"), required=False, coerce=int, empty_value=None)
    municipality = forms.ChoiceField(label=_("Of all in"), required=False)

    def __init__(
        self,
        *args: Any,
        owners: Sequence[tuple[int, str]],
        municipalities: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", _("Everybody")), *owners])
        offer(self, "municipality", [("", _("Only those shown to me")), *municipalities])

    def chosen(self) -> Filter:
        """The filter; what is not understood is left out."""
        self.is_valid()
        sort = self.data.get("sort", "")
        return Filter(
            only=self.cleaned_data.get("only") or "",
            owner=self.cleaned_data.get("owner"),
            municipality=self.cleaned_data.get("municipality") or "",
            sort=sort if sort.removeprefix("-") in SORTS else "",
            after=_place(self.data.get("after") or self.data.get("before")),
        )


def _place(cursor: str | None) -> int:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
