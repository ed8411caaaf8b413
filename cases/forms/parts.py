"""What a decision on temporary accommodation has to say (vedtak), as fields of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.decisions import DecisionParts
from cases.letters import LETTER_LANGUAGES
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField
from people.models import Language

WRITTEN, ORAL = "written", "oral"
#: The parts in the order of the letter. `child_interest` is asked for where a child lives in the household.
PARTS = ("facts", "considerations", "start_reason", "child_interest", "user_view")


def _text(label: Any, help_text: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": rows})
    )


class PartsForm(DatedForm):
    """The parts of a decision. All that apply are needed when it is given in writing, none when by word of mouth."""

    how = forms.ChoiceField(
        label=_("The decision is given"),
        choices=[(WRITTEN, _("in writing now")), (ORAL, _("by word of mouth, to be written down after"))],
        widget=forms.RadioSelect,
        initial=WRITTEN,
        help_text=_("What is given by word of mouth must be written down the next working day."),
    )
    facts = _text(_("Facts"), _("What has happened and how the household lives now."))
    considerations = _text(_("Main considerations"), _("What was weighed when the place was chosen."))
    start_reason = _text(_("Reason for the start date"), _("Why the place is given from this day."), rows=2)
    child_interest = _text(_("The child's best interest"), _("How it was looked into and weighed."))
    user_view = _text(_("What the user thinks"), _("In the user's own words where possible."), rows=2)
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[(code, Language(code).label) for code in LETTER_LANGUAGES],
        initial=Language.BOKMAL,
    )

    def __init__(self, *args: Any, has_children: bool, needs_decision: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused = {"child_interest"} if not has_children else set()
        if not needs_decision:
            unused = {"how", "language", *PARTS}
        for name in unused:
            del self.fields[name]
        self._ask(is_required=True)

    @property
    def part_names(self) -> list[str]:
        return [name for name in PARTS if name in self.fields]

    def full_clean(self) -> None:
        """The parts are marked as needed where they are asked for; whether one is missing hangs on other answers."""
        self._ask(is_required=False)
        super().full_clean()
        self._ask(is_required=True)

    def _ask(self, *, is_required: bool) -> None:
        for name in self.part_names:
            self.fields[name].required = is_required

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        missing = self.part_names if self.is_written() and not self.is_granted_already() else []
        for name in missing:
            if name not in self.errors and not cleaned.get(name, "").strip():
                self.add_error(name, forms.ValidationError(_required(), code="required"))
        return cleaned

    def is_written(self) -> bool:
        """Whether the decision is given in writing now, and so has to say everything."""
        return bool(self.cleaned_data.get("how") == WRITTEN)

    def is_granted_already(self) -> bool:
        """Whether a decision in force grants all that is asked for, so that no new one is made."""
        return False

    def parts(self) -> DecisionParts:
        """What is written, of a form that has been judged; complete or not."""
        told = {name: self.cleaned_data.get(name, "").strip() for name in PARTS}
        return DecisionParts(**told, language=self.cleaned_data.get("language") or Language.BOKMAL)


class WriteForm(PartsForm):
    """The parts of a decision that is given already: how is no question any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["how"]

    def is_written(self) -> bool:
        return True


class BeginForm(ActForm):
    """The nights of a decision that was never made."""

    starts_on = TypedDateField(label=_("First night"))
    ends_on = TypedDateField(label=_("Granted until"))


def _required() -> str:
    return str(forms.Field.default_error_messages["required"])
