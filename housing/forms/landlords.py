"""What one writes about a landlord."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.models import Landlord
from people.act_forms import ActForm
from people.fields import TypedDateField

_OF_MODEL = ("name", "kind", "organization_number", "contact_name", "phone", "email", "address", "note")


class LandlordForm(ActForm):
    """Who lets, whom to talk to there, and how to work together."""

    closed_on = TypedDateField(label=_("No longer used from"), required=False)
    field_order = (*_OF_MODEL, "closed_on")

    def __init__(self, *args: Any, landlord: Landlord | None = None, **kwargs: Any) -> None:
        if landlord is not None:
            kwargs["initial"] = {name: getattr(landlord, name) for name in self.field_order}
        super().__init__(*args, **kwargs)
        self.fields |= forms.fields_for_model(Landlord, fields=_OF_MODEL)
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["note"].help_text = _("Nothing about tenants.")
        self.order_fields(self.field_order)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.field_order}
