"""The housing plan: talk, aim, what the user wants, and steps, three of them to begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.plans import NewStep
from cases.models import HomeAim
from people.act_forms import ActForm
from people.fields import DatedFormMixin, TypedDateField

FIRST_STEPS = 3
MOST_STEPS = 12


class PlanForm(ActForm):
    talk_on = TypedDateField(label=_("Talk held on"))
    aim = forms.ChoiceField(label=_("Home aimed at"), choices=HomeAim.choices, widget=forms.RadioSelect)
    user_wants = forms.CharField(
        label=_("What the user wants"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StepForm(DatedFormMixin, forms.Form):
    """One step; where `empty_permitted`, a row left empty is none."""

    use_required_attribute = False

    what = forms.CharField(label=_("What"), max_length=200)
    who = forms.CharField(label=_("Who"), max_length=100)
    due_on = TypedDateField(label=_("When"), help_text=_("Such as +14 or 1.3.2026."))


def step_forms(data: Any, *, count: int, today: date) -> list[StepForm]:
    return [StepForm(data, today=today, prefix=f"step-{number}", empty_permitted=True) for number in range(count)]


def new_steps(forms_: list[StepForm]) -> list[NewStep]:
    """The steps written, from valid forms."""
    return [NewStep(**form.cleaned_data) for form in forms_ if form.cleaned_data]
