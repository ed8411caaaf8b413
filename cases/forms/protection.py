"""Special notes, grades of protection, and the decision to unmask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Protection, SpecialClass


class SpecialNoteForm(ActForm):
    note_class = forms.ChoiceField(label=_("About"), choices=SpecialClass.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class ProtectionForm(ActForm):
    """A grade from a day on. The day it is expected to end unmasks nothing."""

    grade = forms.ChoiceField(label=_("Protected address"), widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(
        label=_("Until"),
        required=False,
        help_text=_("When it passes somebody is asked to decide. Until then everything stays masked."),
    )
    reason = forms.CharField(
        label=_("How it is known"), max_length=300, help_text=_("Such as the population register, or the police.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "grade", [choice for choice in Protection.choices if choice[0] != Protection.NONE])


class UnmaskForm(ActForm):
    reason = forms.CharField(
        label=_("Why nothing needs to be masked any more"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
