"""What a sentence of a decision's reason rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import SourceKind
from cases.reasons import Fact
from people.act_forms import ActForm
from people.fields import offer


class SourcesForm(ActForm):
    """The facts of the case, in groups by what they are; those proposed are ticked."""

    sources = forms.MultipleChoiceField(
        label=_("It rests on"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, facts: Sequence[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "sources", [(fact.key, f"{SourceKind(fact.kind).label}: {fact.label}") for fact in facts])
