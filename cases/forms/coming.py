"""Forms about who comes out of a place on a known day, and refugees to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.settlements import Settlement
from cases.actions.transitions import Plan
from cases.forms.cases import note
from cases.forms.leases import kroner
from cases.models import OF_THE_YOUNG, HomeWaiting, SettlementAnswer, TransitionKind
from people.act_forms import ActForm
from people.fields import TypedDateField, offer

#: The fields that only some kinds have.
_ONLY: dict[str, tuple[str, ...]] = {
    TransitionKind.RELEASE: ("is_conditional", "refund_applied_on", "refund", "refund_paid_on"),
    TransitionKind.DISCHARGE: ("ready_on", "notice_on"),
    TransitionKind.LEAVES_CRISIS_CENTRE: ("returned_to_abuser",),
}
_SPECIAL = ("pathway", "is_conditional", "refund_applied_on", "refund", "refund_paid_on", "returned_to_abuser")
_RETURNED = {"": None, "yes": True, "no": False}
_EXPECTED = {
    TransitionKind.AFTERCARE: _("Aftercare ends"),
    TransitionKind.YOUTH_MET_BEFORE_18: _("Needs a home from"),
}


class PlanForm(ActForm):
    """What is known of who comes; fields of other kinds are left out."""

    person = forms.TypedChoiceField(label=_("Whom it concerns"), coerce=int, required=False, empty_value=None)
    expected_on = TypedDateField(label=_("Day they come out"), help_text=_("Such as 1.3.26. As far as it is known."))
    origin = forms.CharField(label=_("Where from"), required=False, max_length=200)
    coordinator = forms.CharField(
        label=_("Who to talk to there"), required=False, max_length=200, help_text=_("Name and telephone.")
    )
    ready_on = TypedDateField(label=_("Declared ready for discharge"), required=False)
    notice_on = TypedDateField(
        label=_("Notice received"),
        required=False,
        help_text=_("From the later of these two days the municipality pays for each night they stay on."),
    )
    is_conditional = forms.BooleanField(label=_("Detention on condition of a municipal unit"), required=False)
    refund_applied_on = TypedDateField(label=_("Refund of the unit applied for"), required=False)
    refund = kroner(_("Refund, kroner"), required=False)
    refund_paid_on = TypedDateField(label=_("Refund paid"), required=False)
    returned_to_abuser = forms.ChoiceField(
        label=_("Where they went"),
        required=False,
        choices=[("", _("Not known yet")), ("yes", _("Back to the abuser")), ("no", _("Not back to the abuser"))],
        widget=forms.RadioSelect,
    )
    pathway = note(_("What is agreed"), max_length=2000)

    def __init__(
        self,
        *args: Any,
        kind: TransitionKind,
        members: Sequence[tuple[int, str]],
        sees_special: bool,
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        unused = {name for of, names in _ONLY.items() if of != kind for name in names}
        unused |= set() if sees_special else set(_SPECIAL)
        unused |= {"returned_to_abuser", "refund_applied_on", "refund", "refund_paid_on"} if is_new else {"person"}
        for name in unused:
            del self.fields[name]
        self.fields["expected_on"].label = _EXPECTED.get(kind, self.fields["expected_on"].label)
        if "person" in self.fields:
            self.fields["person"].required = kind in OF_THE_YOUNG
            offer(self, "person", [("", _("The household")), *members])

    def plan(self, **kept: Any) -> Plan:
        """From a valid form; `kept` stands for what it did not ask."""
        told = {**kept, **{name: value for name, value in self.cleaned_data.items() if name in _TOLD}}
        if "returned_to_abuser" in self.fields:
            told["returned_to_abuser"] = _RETURNED[self.cleaned_data["returned_to_abuser"]]
        return Plan(kind=self.kind, person_id=self.cleaned_data.get("person"), **told)


_TOLD = frozenset(Plan.__dataclass_fields__) - {"kind", "person_id"}


class HomeForm(ActForm):
    """The home that waits; a dwelling of ours is held from today."""

    home = forms.ChoiceField(label=_("Which home waits?"), choices=HomeWaiting.choices, widget=forms.RadioSelect)
    dwelling = forms.TypedChoiceField(
        label=_("Reserve a dwelling"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("For a municipal dwelling. It is held for them until they move in."),
    )
    note = note(_("About the home"), max_length=300)

    def __init__(self, *args: Any, dwellings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "dwelling", [("", _("None of them")), *dwellings])


class BecauseForm(ActForm):
    because = note(_("Why?"), required=True, max_length=300)


class DayForm(ActForm):
    on = TypedDateField(label=_("Day"))


class SettlementForm(ActForm):
    """Everything that is known of a settlement."""

    asked_on = TypedDateField(label=_("Asked by the directorate (IMDi)"), required=False)
    decided_on = TypedDateField(
        label=_("Day of the decision or entry permit"), help_text=_("The targets are counted from it.")
    )
    unaccompanied_minor = forms.BooleanField(label=_("Unaccompanied minor"), required=False)
    answer = forms.ChoiceField(
        label=_("Our answer"),
        required=False,
        choices=[("", _("Not answered")), *SettlementAnswer.choices],
        widget=forms.RadioSelect,
    )
    answered_on = TypedDateField(label=_("Answered"), required=False)
    declined_because = note(_("Why we cannot"), max_length=300)
    home_found_on = TypedDateField(label=_("Home found"), required=False)
    settled_on = TypedDateField(
        label=_("Settled"),
        required=False,
        help_text=_("The integration grant is paid for five years from this day."),
    )
    family_ahead = forms.IntegerField(
        label=_("Family members expected later"), required=False, min_value=0, max_value=50, initial=0
    )
    family_expected_on = TypedDateField(label=_("Family expected"), required=False)

    def settlement(self) -> Settlement:
        """From a valid form."""
        told = {name: self.cleaned_data[name] for name in Settlement.__dataclass_fields__}
        return Settlement(**{**told, "family_ahead": told["family_ahead"] or 0})
