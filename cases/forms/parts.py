"""What a decision has to say (vedtak), as fields of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.decisions import DecisionParts
from cases.letters import LETTER_LANGUAGES
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField
from people.models import Language, Person

WRITTEN, ORAL = "written", "oral"
#: The parts of a decision on temporary accommodation in the order of the letter; each child's comes before the last.
PARTS = ("facts", "considerations", "start_reason", "user_view")


def child_field(person: Person) -> str:
    """The name of the field on one child's best interest."""
    return f"child_{person.pk}"


class ChildrenMixin(forms.Form):
    """A field for each child's best interest."""

    child_names: dict[str, int]

    def ask_of_children(self, children: Sequence[Person], *, before: str) -> None:
        """Add the fields before another one."""
        self.child_names = {child_field(child): child.pk for child in children}
        for child in children:
            label = _("The best interest of %(name)s") % {"name": child.name or child.ref}
            self.fields[child_field(child)] = _text(label, _("How it was looked into and weighed."), rows=2)
        order = [name for name in self.fields if name not in self.child_names]
        at = order.index(before) if before in order else len(order)
        self.order_fields([*order[:at], *self.child_names, *order[at:]])

    def child_interests(self) -> dict[int, str]:
        """What is written of each child, by the person's id."""
        return {pk: self.cleaned_data.get(name, "").strip() for name, pk in self.child_names.items()}


def _text(label: Any, help_text: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": rows})
    )


class PartsForm(ChildrenMixin, DatedForm):
    """The parts of a decision on temporary accommodation.

    All that apply are needed when it is given in writing, none when by word of mouth.
    """

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
    user_view = _text(_("What the user thinks"), _("In the user's own words where possible."), rows=2)
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[(code, Language(code).label) for code in LETTER_LANGUAGES],
        initial=Language.BOKMAL,
    )

    def __init__(self, *args: Any, children: Sequence[Person], needs_decision: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_of_children(children if needs_decision else [], before="user_view")
        for name in () if needs_decision else ("how", "language", *PARTS):
            del self.fields[name]
        self._ask(is_required=True)

    @property
    def part_names(self) -> list[str]:
        """The fields of the parts, in order."""
        return [name for name in self.fields if name in PARTS or name in self.child_names]

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
        language = self.cleaned_data.get("language") or Language.BOKMAL
        return DecisionParts(**told, child_interests=self.child_interests(), language=language)


class BeginForm(ActForm):
    """The nights of a decision that was never made."""

    starts_on = TypedDateField(label=_("First night"))
    ends_on = TypedDateField(label=_("Granted until"))


def _required() -> str:
    return str(forms.Field.default_error_messages["required"])
