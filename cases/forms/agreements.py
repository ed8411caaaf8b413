"""What one writes about an agreement with a landlord, and about a tenant who buys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.forms.dwellings import kroner, replacements
from housing.models import Agreement, AgreementKind, Dwelling, Landlord
from people.act_forms import ActForm
from people.fields import TypedDateField, offer


class AgreementForm(ActForm):
    """An agreement. What is left empty of its share and its end is as the rules give for its kind."""

    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementKind.choices, widget=forms.RadioSelect)
    landlord = forms.ModelChoiceField(label=_("Landlord"), queryset=Landlord.objects.none())
    dwelling_total = forms.IntegerField(
        label=_("Dwellings in all"),
        min_value=0,
        max_value=10_000,
        help_text=_("All of the project's, also those that the landlord lets to others."),
    )
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(
        label=_("To"), required=False, help_text=_("Leave empty for the years that the rules give.")
    )
    share_percent = forms.IntegerField(
        label=_("Share that may be let, percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Leave empty for the share that the rules give."),
    )
    _OF_MODEL = ("name", "kind", "landlord", "dwelling_total", "starts_on", "ends_on", "share_percent")

    def __init__(self, *args: Any, municipality_id: str, agreement: Agreement | None = None, **kwargs: Any) -> None:
        if agreement is not None:
            kwargs["initial"] = {name: getattr(agreement, name) for name in self._OF_MODEL}
        super().__init__(*args, **kwargs)
        field = self.fields["landlord"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Landlord.objects.filter(municipality=municipality_id).order_by("name")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._OF_MODEL}


class BuyForm(ActForm):
    """The sale of a rented home to who lives there."""

    on = TypedDateField(label=_("Bought on"), help_text=_("The first day the home is the household's own."))
    proceeds = kroner(_("Proceeds"), required=False, help_text=_("What the municipality got for it, in kroner."))
    replaced_by = forms.TypedChoiceField(
        label=_("Replaced by"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The dwelling that was acquired in its place, if any."),
    )

    def __init__(self, *args: Any, dwelling: Dwelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "replaced_by", [("", _("None")), *replacements(dwelling)])
