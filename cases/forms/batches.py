"""Letters to many: what they say, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.batches import Said
from cases.forms.outgoing import TickedForm
from cases.letters import LETTER_LANGUAGES
from cases.models import BatchKind
from people.fields import TypedDateField
from people.models import Language


class BatchForm(TickedForm):
    """Who gets the letter, ticked in the list, and what it says to all of them."""

    due_on = TypedDateField(label=_("The day"), help_text=_("Such as 1.3.26 or +14."))
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The same is said to all: write nothing about anybody."),
    )
    needed = forms.CharField(
        label=_("What we need"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing a line."),
    )
    consequence = forms.CharField(
        label=_("What happens if we do not get it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.ChoiceField(
        label=_("Language of the letters"),
        required=False,
        choices=[("", _("Each recipient's own")), *((code, Language(code).label) for code in LETTER_LANGUAGES)],
    )

    def __init__(self, *args: Any, kind: BatchKind, rows: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        is_answer = kind == BatchKind.PRELIMINARY
        self.fields["due_on"].label = _("Answer expected by") if is_answer else _("Answer by")
        self.fields["reason"].label = _("Why it takes time") if is_answer else _("Why we need it")
        if is_answer:
            del self.fields["needed"], self.fields["consequence"]

    def said(self) -> Said:
        """What is told, from a valid form."""
        told = self.cleaned_data
        return Said(
            reason=told["reason"],
            due_on=told["due_on"],
            needed=told.get("needed", ""),
            consequence=told.get("consequence", ""),
            language=told["language"],
        )
