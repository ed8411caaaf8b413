"""Forms of a home that may be lost by eviction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.eviction_work import NewMeasure
from cases.actions.evictions import PUT_OUT_TO, ToldOfEviction
from cases.forms.cases import note
from cases.forms.leases import kroner
from cases.models import (
    ContactWay,
    EvictionBecause,
    EvictionMeasureKind,
    EvictionNoticeFrom,
    MeasureResult,
)
from people.act_forms import ActForm
from people.fields import TypedDateField

_LONGEST = 2000


class EvictionForm(ActForm):
    """What is known of it; most may be told later."""

    notice_from = forms.ChoiceField(
        label=_("Who told us"), choices=EvictionNoticeFrom.choices, widget=forms.RadioSelect
    )
    learnt_on = TypedDateField(label=_("We learnt of it"))
    because = forms.ChoiceField(label=_("Why"), choices=EvictionBecause.choices, widget=forms.RadioSelect)
    petitioned_on = TypedDateField(
        label=_("Petition for eviction"),
        required=False,
        help_text=_("The day the enforcement officer got it. Leave empty when there is none yet."),
    )
    planned_on = TypedDateField(label=_("Day set for the eviction"), required=False)
    amount_owed = kroner(_("Owed, in kroner"), required=False)
    note = note(_("Note"), max_length=_LONGEST)

    def told(self) -> ToldOfEviction:
        return ToldOfEviction(**{name: self.cleaned_data[name] for name in ToldOfEviction.__dataclass_fields__})


class ContactForm(ActForm):
    way = forms.ChoiceField(label=_("How"), choices=ContactWay.choices, widget=forms.RadioSelect)
    on = TypedDateField(label=_("Day"))
    reached = forms.ChoiceField(
        label=_("Did you reach them?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    note = note(_("Note"), max_length=_LONGEST)


class MeasureForm(ActForm):
    kind = forms.ChoiceField(label=_("What is done"), choices=EvictionMeasureKind.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"))
    amount = kroner(
        _("Kroner"), required=False, help_text=_("What is paid a month by a plan, or what is paid or guaranteed.")
    )
    note = note(_("Note"), max_length=_LONGEST)

    def measure(self) -> NewMeasure:
        return NewMeasure(**{name: self.cleaned_data[name] for name in NewMeasure.__dataclass_fields__})


class ResultForm(ActForm):
    result = forms.ChoiceField(label=_("What came of it"), choices=MeasureResult.choices, widget=forms.RadioSelect)
    on = TypedDateField(label=_("Day"))


class AvertForm(ActForm):
    on = TypedDateField(label=_("Day"))
    note = note(_("How it was averted"), required=True, max_length=_LONGEST)


class WithdrawForm(ActForm):
    on = TypedDateField(label=_("Day"))
    note = note(_("Why"), max_length=_LONGEST)


class CarryOutForm(ActForm):
    """Where they are now is asked of who still lives in the home."""

    on = TypedDateField(label=_("Day"))
    to = forms.ChoiceField(
        label=_("Where are they now?"),
        choices=[(kind.value, kind.label) for kind in PUT_OUT_TO],
        widget=forms.RadioSelect,
        help_text=_("A place at a provider is got by placing them, the same day."),
    )
    note = note(_("Note"), max_length=_LONGEST)

    def __init__(self, *args: Any, lives_at_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lives_at_home:
            del self.fields["to"]
