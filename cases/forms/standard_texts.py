"""Forms of the municipality's own texts in letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.standard_texts import LONGEST, NewText
from cases.letters import LETTER_LANGUAGES
from cases.letters.own_words import field_names
from cases.letters.samples import SAMPLES
from cases.models import LETTER_KINDS, DocumentKind, TextPlace
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField
from people.forms.files import taken_in
from people.models import Language
from people.uploads import TakenIn

_LANGUAGES = [(code, Language(code).label) for code in LETTER_LANGUAGES]
_KINDS = [("", _("All letters")), *((kind, DocumentKind(kind).label) for kind in LETTER_KINDS)]


class TextForm(ActForm):
    """A text for one place from a day on."""

    letter_kind = forms.ChoiceField(label=_("Letters"), required=False, choices=_KINDS)
    text = forms.CharField(label=_("Text"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    starts_on = TypedDateField(label=_("From"), help_text=_("Today or later."))

    def __init__(self, *args: Any, place: TextPlace, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.language = place, language
        known = ", ".join(f"{{{{ {name} }}}}" for name in field_names(language))
        told = {"known": known, "n": LONGEST[place]}
        self.fields["text"].help_text = (
            _("At most %(n)s letters. Fields: %(known)s. Left empty: no text of your own from that day.") % told
        )

    def new_text(self) -> NewText:
        """The text, from a valid form."""
        told = self.cleaned_data
        return NewText(
            place=self.place,
            language=self.language,
            text=told["text"],
            starts_on=told["starts_on"],
            letter_kind=told["letter_kind"],
        )


class LogoForm(ActForm):
    """A picture for the letterhead. It has to be chosen again when anything was wrong."""

    file = forms.FileField(
        label=_("Picture"),
        required=False,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG or JPEG, at most 200 kB. Left empty: no logo from that day."),
    )
    starts_on = TypedDateField(label=_("From"), help_text=_("Today or later."))

    def clean_file(self) -> TakenIn | None:
        return taken_in(self.cleaned_data["file"])


class SampleForm(DatedForm):
    """Which letter to look at, and as of which day."""

    kind = forms.ChoiceField(label=_("Letter"), choices=[(kind, DocumentKind(kind).label) for kind in SAMPLES])
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES)
    on = TypedDateField(label=_("As of"))
