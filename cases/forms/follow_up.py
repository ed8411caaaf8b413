"""Forms of follow-up services, contacts, evaluations and signs that a home may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.follow_up import HowOften
from cases.actions.home_evaluation import Evaluated
from cases.forms.cases import note
from cases.models import (
    EVALUATED_AFTER,
    ContactKind,
    ContactOutcome,
    FidelityPoint,
    FollowUpKind,
    HowItGoes,
    Intensity,
    ServiceEnd,
    WarningSign,
)
from people.act_forms import ActForm
from people.fields import TypedDateField

_GIVEN_BY_HELP = _("The team, service or organization. Not the name of a person.")
_MONTHS = {3: _("After three months"), 6: _("After six months"), 12: _("After a year")}
_SCORES = (
    ("", _("Not scored")),
    ("1", _("1, not at all")),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", _("5, in full")),
)


class OfferServiceForm(ActForm):
    kind = forms.ChoiceField(label=_("Service"), choices=[("", _("Choose")), *FollowUpKind.choices])
    given_by = forms.CharField(label=_("Who gives it"), required=False, max_length=100, help_text=_GIVEN_BY_HELP)
    offered_on = TypedDateField(label=_("Offered"))


class DeclineServiceForm(ActForm):
    on = TypedDateField(label=_("Declined"))
    because = note(_("Why, in their words"), required=True, max_length=300)


class HowOftenForm(ActForm):
    intensity = forms.ChoiceField(label=_("How often"), choices=Intensity.choices, widget=forms.RadioSelect)
    hours_a_week = forms.DecimalField(
        label=_("Hours a week"), required=False, max_digits=4, decimal_places=1, min_value=0, localize=True
    )
    given_by = forms.CharField(label=_("Who gives it"), required=False, max_length=100, help_text=_GIVEN_BY_HELP)

    def how(self) -> HowOften:
        """How much of it is given, from a valid form."""
        return HowOften(**{name: self.cleaned_data[name] for name in ("intensity", "hours_a_week", "given_by")})


class BeginServiceForm(HowOftenForm):
    on = TypedDateField(label=_("Given from"))

    field_order = ["on", "intensity", "hours_a_week", "given_by"]


class EndServiceForm(ActForm):
    on = TypedDateField(label=_("Given to"), help_text=_("The first day it is no longer given."))
    because = forms.ChoiceField(label=_("Why it ended"), choices=ServiceEnd.choices, widget=forms.RadioSelect)
    note = note(_("How it ended"), max_length=300)


class ContactForm(ActForm):
    on = TypedDateField(label=_("Day"))
    kind = forms.ChoiceField(label=_("How"), choices=ContactKind.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=ContactOutcome.choices, widget=forms.RadioSelect, initial=ContactOutcome.MET
    )
    note = note(_("Note"), max_length=500)


class WarningForm(ActForm):
    sign = forms.ChoiceField(label=_("What is the sign?"), choices=WarningSign.choices, widget=forms.RadioSelect)
    seen_on = TypedDateField(label=_("Seen"))
    told_by = forms.CharField(label=_("Who told"), required=False, max_length=100)
    note = note(_("Note"), max_length=500)


class HandleWarningForm(ActForm):
    how = note(_("What was done"), required=True, max_length=500)
    on = TypedDateField(label=_("Handled"))


class EvaluateForm(ActForm):
    """How it goes; with a score for each point of Housing First where that is given."""

    months = forms.TypedChoiceField(
        label=_("Which evaluation"),
        choices=[(months, _MONTHS[months]) for months in EVALUATED_AFTER],
        coerce=int,
        widget=forms.RadioSelect,
    )
    held_on = TypedDateField(label=_("Day they were asked"))
    how = forms.ChoiceField(label=_("How it goes"), choices=HowItGoes.choices, widget=forms.RadioSelect)
    user_view = note(_("What they say themselves"), max_length=2000)
    next_steps = note(_("What is done next"), max_length=500)

    def __init__(self, *args: Any, has_housing_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in FidelityPoint if has_housing_first else ():
            self.fields[point.value] = forms.TypedChoiceField(
                label=point.label, choices=_SCORES, coerce=int, required=False, empty_value=None
            )

    def scored(self) -> Iterator[forms.BoundField]:
        """The fields of the points of Housing First."""
        return (self[point.value] for point in FidelityPoint if point.value in self.fields)

    def asked(self) -> Iterator[forms.BoundField]:
        """All others that are shown."""
        return (field for field in self.visible_fields() if field.name not in FidelityPoint.values)

    def said(self) -> Evaluated:
        """What was found, from a valid form."""
        told = self.cleaned_data
        names = ("months", "held_on", "how", "user_view", "next_steps")
        scores = {point.value: told[point.value] for point in FidelityPoint if told.get(point.value) is not None}
        return Evaluated(**{name: told[name] for name in names}, scores=scores)
