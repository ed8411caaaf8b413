"""Forms of the letters that a caseworker sends on the way to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.letters_waiting import Needed, Wait
from cases.forms.cases import note
from cases.letters import LETTER_LANGUAGES
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Language

Choices = Sequence[tuple[Any, Any]]


def language_of_letter() -> forms.ChoiceField:
    """The recipient's own language where nothing is chosen."""
    return forms.ChoiceField(
        label=_("Language of the letter"),
        required=False,
        choices=[("", _("The recipient's own")), *((code, Language(code).label) for code in LETTER_LANGUAGES)],
    )


class WaitForm(ActForm):
    request = forms.TypedChoiceField(label=_("Request"), coerce=int, widget=forms.RadioSelect)
    expected_by = TypedDateField(label=_("Answer expected by"), help_text=_("Such as 1.3.26 or +30."))
    reason = note(_("Why it takes time"), required=True, max_length=2000)
    language = language_of_letter()

    def __init__(self, *args: Any, requests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "request", list(requests))

    def wait(self) -> Wait:
        """What is told, from a valid form."""
        told = self.cleaned_data
        return Wait(expected_by=told["expected_by"], reason=told["reason"], language=told["language"])


class InformationForm(ActForm):
    request = forms.TypedChoiceField(
        label=_("Request"), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )
    needed = note(_("What we need"), required=True, max_length=2000)
    why = note(_("Why we need it"), required=True, max_length=2000)
    consequence = note(_("What happens if we do not get it"), required=True, max_length=2000)
    answer_by = TypedDateField(label=_("Answer by"), help_text=_("Such as 1.3.26 or +14."))
    language = language_of_letter()

    def __init__(self, *args: Any, requests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needed"].help_text = _("One thing a line.")
        offer(self, "request", [*requests, ("", _("None in particular"))])

    def needs(self) -> Needed:
        """What is asked for, from a valid form."""
        told = self.cleaned_data
        names = ("needed", "why", "consequence", "answer_by", "language")
        return Needed(**{name: told[name] for name in names})


class CameForm(ActForm):
    answered_on = TypedDateField(label=_("The answer came"))
