"""Forms of a person's rights over their own data, and of sealing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.letters import LETTER_LANGUAGES
from cases.models import Channel, CorrectionOutcome
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Language, SealBasis

Choices = Sequence[tuple[Any, Any]]


def _text(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AskedForm(ActForm):
    """Who asks, how and when."""

    person = forms.TypedChoiceField(label=_("Who asks"), coerce=int, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How was it asked?"), choices=Channel.choices, initial=Channel.WRITTEN)
    received_on = TypedDateField(label=_("Received"), help_text=_("The clock runs from this day."))

    def __init__(self, *args: Any, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", persons)


class CorrectionForm(AskedForm):
    about = _text(_("What is wrong, and what is right"), help_text=_("In the person's own words."))
    disputed = forms.TypedChoiceField(
        label=_("The line of the journal that it is about"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "disputed", [("", _("None in particular")), *lines])


class AnswerAccessForm(ActForm):
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[(code, Language(code).label) for code in LETTER_LANGUAGES],
        initial=Language.BOKMAL,
    )
    withheld = forms.MultipleChoiceField(
        label=_("Take these texts out"),
        help_text=_(
            "Names of other members are replaced by their roles. Read every text through, and take out what tells of "
            "others all the same, or what the law lets us hold back."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, texts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "withheld", texts)
        if not texts:
            del self.fields["withheld"]


class DecideCorrectionForm(ActForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CorrectionOutcome.choices, widget=forms.RadioSelect)
    corrected_by = forms.TypedChoiceField(
        label=_("The act that corrected it"),
        help_text=_("Correct it first, by the act that is for it; then point at that act here."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    refusal = _text(
        _("Why it is refused"),
        required=False,
        help_text=_("Stands in the letter, with how to complain to Datatilsynet."),
    )

    def __init__(self, *args: Any, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "corrected_by", [("", _("Not corrected")), *lines])


class SealForm(ActForm):
    basis = forms.ChoiceField(label=_("Basis"), choices=SealBasis.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LiftForm(ActForm):
    reason = forms.CharField(
        label=_("Why the seal is lifted"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
