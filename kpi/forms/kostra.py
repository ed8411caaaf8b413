"""What the pages of KOSTRA's form ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Rule
from kpi.forms.figures import RULES
from people.act_forms import ActForm

STEPS = ("begin", "check", "explain", "approve", "take_back", "lock", "send")


class StepForm(ActForm):
    """One step of the report's way, by the button that was pressed."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])


class RemarkForm(ActForm):
    text = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RuleForm(ActForm):
    rule = forms.ChoiceField(label=_("Rule of counting"), choices=[(rule.value, RULES[rule]) for rule in Rule])


class SentForm(ActForm):
    """Figures as they were sent, or answered; an empty one is not known."""

    def __init__(self, *args: Any, cells: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in cells:
            self.fields[key] = forms.IntegerField(label=label, required=False, min_value=0, max_value=20_000_000)
