"""Deciding on any matter: what, the period, the parts, approval, and what is done to a decision afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.decisions import NUMBER_PARTS, DecisionParts
from cases.forms.parts import ChildrenMixin
from cases.letters import LETTER_LANGUAGES
from cases.models import GRANTING, TEXT_PARTS, Decision, DecisionKind, DecisionMove, DecisionResult, Request
from cases.wording import day_in_words, period_in_words
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField, offer
from people.models import Language, Person

#: What can be decided of a matter: the code in the address, with the decision's move and result.
WHAT: dict[str, tuple[DecisionMove, DecisionResult]] = {
    "grant": (DecisionMove.NEW, DecisionResult.GRANTED),
    "grant-part": (DecisionMove.NEW, DecisionResult.PARTLY),
    "refuse": (DecisionMove.NEW, DecisionResult.REFUSED),
    "dismiss": (DecisionMove.NEW, DecisionResult.DISMISSED),
    "change": (DecisionMove.CHANGE, DecisionResult.GRANTED),
    "end": (DecisionMove.END, DecisionResult.ENDED),
}
_WHAT_WORDS = [
    ("grant", _("Grant")),
    ("grant-part", _("Grant in part")),
    ("refuse", _("Refuse")),
    ("dismiss", _("Dismiss without trying it")),
    ("change", _("Change an earlier decision")),
    ("end", _("End an earlier decision")),
]
#: Where each part asks for more than its name.
_HELP: dict[str, Any] = {
    "facts": _("What has happened and how the household lives now."),
    "considerations": _("What was weighed, and how much it counted."),
    "start_reason": _("Why it is given from this day and not earlier or later."),
    "user_view": _("In the user's own words where possible."),
    "main_content": _("Which help, how much, by whom, and from when."),
    "expected_wait": _("About how long, and what it hangs on."),
    "conditions": _("What the user must do or keep to, or that there are none."),
    "next_time": _("What could be different in a new application."),
}


class MatterForm(forms.Form):
    """What is decided and how. Sent by GET: two codes are nothing personal."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=DecisionKind.choices, widget=forms.RadioSelect)
    what = forms.ChoiceField(label=_("What is decided?"), choices=_WHAT_WORDS, widget=forms.RadioSelect)


class NewDecisionForm(ActForm):
    """The frame of a decision: what it is founded on, what it answers or changes, and its period."""

    basis = forms.ChoiceField(label=_("Legal basis"))
    changes = forms.TypedChoiceField(label=_("Which decision"), coerce=int)
    request = forms.TypedChoiceField(label=_("Answers the request"), coerce=int, empty_value=None, required=False)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("To"), required=False, help_text=_("The first day it no longer applies."))

    def __init__(
        self,
        *args: Any,
        bases: Iterable[law.Basis],
        earlier: Iterable[Decision],
        requests: Iterable[Request],
        what: str,
        kind: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        move, result = WHAT[what]
        offer(self, "basis", [(one.code, one.citation) for one in bases])
        offer(self, "changes", [(one.pk, _named(one)) for one in earlier])
        asked = [(one.pk, _asked(one)) for one in requests]
        offer(self, "request", [("", _("No request")), *asked])
        self.fields["ends_on"].required = kind == DecisionKind.TEMPORARY
        refuses = result in (DecisionResult.REFUSED, DecisionResult.DISMISSED)
        unused = {"changes"} if move == DecisionMove.NEW else {"request"}
        unused |= {"starts_on", "ends_on"} if refuses else set()
        unused |= {"ends_on"} if move == DecisionMove.END else set()
        unused |= set() if asked else {"request"}
        for name in unused & set(self.fields):
            del self.fields[name]


class WriteForm(ChildrenMixin, DatedForm):
    """The parts that a decision must have, and those that it may have. Empty ones are kept as a draft."""

    def __init__(
        self, *args: Any, decision: Decision, asked_for: Sequence[str], children: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed = [name for name in asked_for if name != "child_interest"]
        extra = ["conditions"] if decision.result in GRANTING and "conditions" not in self.needed else []
        for name in [*self.needed, *extra]:
            self.fields[name] = _field(name)
        for name in extra:
            self.fields[name].required = False
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the letter"),
            choices=[(one.value, one.label) for one in Language if one in LETTER_LANGUAGES],
            help_text=_("Whoever has chosen a language gets it in theirs."),
        )
        self.ask_of_children(children if "child_interest" in asked_for else [], before="user_view")
        self._ask(is_required=True)

    @property
    def part_names(self) -> list[str]:
        """The fields that must be written before the decision is issued, in order."""
        return [name for name in self.fields if name in self.needed or name in self.child_names]

    def full_clean(self) -> None:
        """Parts are marked as needed and judged in `clean`, so that an unfinished draft can be kept."""
        self._ask(is_required=False)
        super().full_clean()
        self._ask(is_required=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.part_names:
            if name not in self.errors and cleaned.get(name) in (None, ""):
                self.add_error(name, forms.ValidationError(_required(), code="required"))
        return cleaned

    def parts(self) -> DecisionParts:
        """What is written, of a form that has been judged; complete or not."""
        told = self.cleaned_data
        written: dict[str, Any] = {name: (told.get(name) or "").strip() for name in TEXT_PARTS}
        numbers: dict[str, Any] = {name: told.get(name) for name in NUMBER_PARTS}
        return DecisionParts(
            **written,
            **numbers,
            child_interests=self.child_interests(),
            language=told.get("language") or Language.BOKMAL,
        )

    def _ask(self, *, is_required: bool) -> None:
        for name in self.part_names:
            self.fields[name].required = is_required


class BecauseForm(ActForm):
    """An act that asks why."""

    because = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SlipForm(ActForm):
    """The text of one part with its slip put right."""

    becomes = forms.CharField(label=_("The text as it should be"), max_length=5000, widget=forms.Textarea)
    reason = forms.CharField(label=_("What the slip was"), max_length=300)


def _field(name: str) -> forms.Field:
    label = str(Decision._meta.get_field(name).verbose_name)
    label = label[:1].upper() + label[1:]
    if name in NUMBER_PARTS:
        return forms.IntegerField(label=label, min_value=1, max_value=100_000_000 if name == "amount" else 32_000)
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=_HELP.get(name, ""), max_length=5000, widget=widget)


def _named(decision: Decision) -> str:
    return f"V-{decision.pk}, {decision.get_kind_display()}, {period_in_words(decision.starts_on, decision.ends_on)}"


def _asked(request: Request) -> str:
    return f"{request.get_kind_display()}, {day_in_words(localdate(request.asked_at))}"


def _required() -> str:
    return str(forms.Field.default_error_messages["required"])
