"""Forms of housing allowance: what was found, applied for, answered and ended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.allowances import Answer
from cases.forms.cases import note
from cases.models import ALLOWANCE_ANSWERS, AllowanceFinding
from people.act_forms import ActForm
from people.fields import TypedDateField


class CheckAllowanceForm(ActForm):
    finding = forms.ChoiceField(label=_("What you found"), choices=AllowanceFinding.choices, widget=forms.RadioSelect)
    because = note(_("Why"), max_length=300)


class ApplyForm(ActForm):
    on = TypedDateField(label=_("Applied"), help_text=_("The day the application was sent to Husbanken."))
    note = note(_("Note"), max_length=300)


class AnswerAllowanceForm(ActForm):
    outcome = forms.ChoiceField(
        label=_("Answer"), choices=[(one.value, one.label) for one in ALLOWANCE_ANSWERS], widget=forms.RadioSelect
    )
    decided_on = TypedDateField(label=_("Answered"), help_text=_("The day of Husbanken's decision."))
    starts_on = TypedDateField(label=_("Paid from"), required=False, help_text=_("Only when it is granted."))
    ends_on = TypedDateField(
        label=_("Paid to"), required=False, help_text=_("The first day it is not paid for. Leave empty when not known.")
    )
    note = note(_("Note"), max_length=300)

    def answer(self) -> Answer:
        """What Husbanken answered, from a valid form."""
        names = ("outcome", "decided_on", "starts_on", "ends_on", "note")
        return Answer(**{name: self.cleaned_data[name] for name in names})


class EndAllowanceForm(ActForm):
    on = TypedDateField(label=_("Paid to"), help_text=_("The first day it is not paid for."))
