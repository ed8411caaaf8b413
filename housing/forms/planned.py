"""What one writes about homes to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from housing.forms.dwellings import fields_of
from housing.models import Agreement, Building, PlannedHome
from people.act_forms import ActForm
from people.fields import TypedDateField


class PlannedForm(ActForm):
    """Homes to come."""

    _OF_MODEL = (
        "name",
        "source",
        "count",
        "tenure",
        "agreement",
        "building",
        "address",
        "type",
        "area_m2",
        "rooms",
        "is_accessible",
        "is_small_house",
        "is_self_build",
    )
    expected_on = TypedDateField(label=_("Expected on"))

    def __init__(self, *args: Any, municipality_id: str, planned: PlannedHome | None = None, **kwargs: Any) -> None:
        if planned is not None:
            kwargs["initial"] = {name: getattr(planned, name) for name in (*self._OF_MODEL, "expected_on")}
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(PlannedHome, self._OF_MODEL)
        self.order_fields((*self._OF_MODEL[:2], "expected_on", *self._OF_MODEL[2:]))
        for name, model in (("agreement", Agreement), ("building", Building)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = model._default_manager.filter(municipality=municipality_id).order_by("name")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("count") == 0:
            self.add_error("count", ValidationError(_("Between 1 and 500 homes are planned as one.")))
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self._OF_MODEL, "expected_on")}


class TakeOverForm(ActForm):
    """The day the homes are ours."""

    on = TypedDateField(label=_("Ours from"))


class DropForm(ActForm):
    """Why the homes will not come."""

    because = forms.CharField(label=_("Why"), max_length=300)


class DialogueForm(ActForm):
    """A talk with the neighbours."""

    on = TypedDateField(label=_("Day"))
    text = forms.CharField(
        label=_("What was said and agreed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names of those who are to live there."),
    )
