"""What one writes about a provider, a room and a quality agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from housing.models import Provider, Room
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField

_PROVIDER = (
    "name",
    "kind",
    "type",
    "owner",
    "address",
    "phone",
    "email",
    "suits_children",
    "allows_pets",
    "is_accessible",
    "is_women_only",
    "drug_rule",
    "has_night_staff",
    "has_kitchen",
    "check_in_until",
)


def fields_of(model: type[Provider | Room], names: tuple[str, ...]) -> dict[str, forms.Field]:
    made = forms.fields_for_model(model, fields=names)
    return {name: made[name] for name in names}


class ProviderForm(ActForm):
    """Every fact of a provider that a person keeps."""

    def __init__(self, *args: Any, provider: Provider | None = None, **kwargs: Any) -> None:
        if provider is not None:
            kwargs["initial"] = {name: getattr(provider, name) for name in _PROVIDER}
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(Provider, _PROVIDER)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _PROVIDER}


class RoomForm(ActForm):
    """A room: its name, beds, price, and when it is in use.

    Of a room that is not available, `is_withheld`, the days stay untold: where there are none, somebody lives there.
    """

    opened_on = TypedDateField(label=_("In use from"), required=False)
    closed_on = TypedDateField(label=_("Out of use from"), required=False)
    in_use_again = forms.BooleanField(label=_("Take back that it is out of use, if it is"), required=False)
    _OF_MODEL = ("name", "capacity", "is_accessible", "price_a_night")
    field_order = (*_OF_MODEL, "opened_on", "closed_on")

    def __init__(self, *args: Any, room: Room | None = None, is_withheld: bool = False, **kwargs: Any) -> None:
        self.room, self.is_withheld = room, is_withheld
        if room is not None:
            names = self._OF_MODEL if is_withheld else (*self._OF_MODEL, "opened_on", "closed_on")
            kwargs["initial"] = {name: getattr(room, name) for name in names}
        super().__init__(*args, **kwargs)
        if is_withheld:
            del self.fields["opened_on"]
            self.fields["closed_on"].help_text = _("Leave empty to keep what is set.")
        else:
            del self.fields["in_use_again"]
        self.fields |= fields_of(Room, self._OF_MODEL)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        opened_on, closed_on = self.cleaned_data.get("opened_on"), self.cleaned_data.get("closed_on")
        if opened_on and closed_on and closed_on <= opened_on:
            self.add_error("closed_on", ValidationError(_("The end must come after the start.")))
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in self.field_order if name in self.cleaned_data}
        is_kept = self.is_withheld and not told["closed_on"] and not self.cleaned_data["in_use_again"]
        if is_kept:
            del told["closed_on"]
        return told


class NightForm(DatedForm):
    """Which night to look at. Asked by GET, so it holds nothing but a day."""

    night = TypedDateField(label=_("Night of"), required=False)

    def chosen(self) -> date | None:
        if not self.is_bound or not self.is_valid():
            return None
        night: date | None = self.cleaned_data["night"]
        return night


class AgreementForm(ActForm):
    """The period of a quality agreement; without an end it runs until another begins."""

    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("To"), required=False, help_text=_("The first day it no longer holds."))

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", ValidationError(_("The end must come after the start.")))
        return self.cleaned_data
