"""Registering a household in three short pages: who, tonight's situation, what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.registration import NewNeed
from cases.actions.requests import NewRequest
from cases.forms.cases import note
from cases.models import Channel, LostHomeReason, NeedKind, NeedReason, RequestKind
from housing.models import AT_A_PROVIDER, ResidenceKind
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField, offer

_NOT_TONIGHT = (*AT_A_PROVIDER, ResidenceKind.MOVED_AWAY, ResidenceKind.DECEASED)


class TonightForm(DatedForm):
    """Page two: where they sleep tonight unless something is done."""

    situation = forms.ChoiceField(
        label=_("Where do they sleep tonight if nothing is done?"),
        choices=[(kind.value, kind.label) for kind in ResidenceKind if kind not in _NOT_TONIGHT],
        widget=forms.RadioSelect,
    )
    since = TypedDateField(label=_("Since"), help_text=_("Such as 1.3.26 or yesterday."))
    lost_home_reason = forms.ChoiceField(
        label=_("Reason for the lost home"),
        required=False,
        choices=[("", _("No home is lost")), *LostHomeReason.choices],
    )

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since and since > self.today:
            raise forms.ValidationError(_("The day the situation began cannot lie ahead."))
        return since

    def kind(self) -> ResidenceKind | None:
        """The kind of place, None when nobody knows."""
        kind = ResidenceKind(self.cleaned_data["situation"])
        return None if kind == ResidenceKind.UNKNOWN else kind


class NeedForm(ActForm):
    """Page three: what is asked for, and what kind of need there is."""

    channel = forms.ChoiceField(label=_("How was it asked?"), choices=Channel.choices, initial=Channel.COUNTER)
    lacks_place_tonight = forms.BooleanField(label=_("Lacks a place for the coming 24 hours"), required=False)
    kind = forms.ChoiceField(
        label=_("Otherwise, what is asked for"),
        choices=[choice for choice in RequestKind.choices if choice[0] != RequestKind.PLACE_TONIGHT],
        initial=RequestKind.HOUSING_HELP,
    )
    about = note(_("What was asked for"), max_length=2000)
    need = forms.ChoiceField(
        label=_("The home they have"),
        required=False,
        choices=[("", _("Has no home, or one that suits")), *NeedKind.choices],
    )
    need_reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", _("Choose a reason")), *NeedReason.choices]
    )
    unit = forms.TypedChoiceField(label=_("Responsible unit"), coerce=int)
    accepted = forms.BooleanField(
        label=_("I have looked at the warnings: it is right all the same"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)
        if len(units) == 1:
            field = self.fields["unit"]
            field.widget = forms.HiddenInput()
            field.initial = units[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("need") and not cleaned.get("need_reason"):
            self.add_error("need_reason", _("Choose why the home is at risk or does not suit."))
        return cleaned

    def new_request(self) -> NewRequest:
        told = self.cleaned_data
        lacks_place = told["lacks_place_tonight"]
        return NewRequest(
            channel=Channel(told["channel"]),
            about=told["about"],
            lacks_place_tonight=lacks_place,
            kind=RequestKind.PLACE_TONIGHT if lacks_place else RequestKind(told["kind"]),
        )

    def new_need(self) -> NewNeed | None:
        told = self.cleaned_data
        return NewNeed(NeedKind(told["need"]), NeedReason(told["need_reason"])) if told["need"] else None
