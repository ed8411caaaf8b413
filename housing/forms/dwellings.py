"""What one writes about a dwelling, its rent, its funding, its log and how it leaves the stock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from housing.dwellings import FREE, GONE, Wanted
from housing.models import (
    AccessibleFeature,
    Agreement,
    Building,
    Disposal,
    Dwelling,
    DwellingType,
    FundingKind,
    LogKind,
    TargetGroup,
    Tenure,
)
from people.act_forms import ActForm
from people.fields import TypedDateField, offer

#: The fields of a dwelling as one writes them, in groups with their headings.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Where it is"), ("address", "number", "building", "floor", "has_lift")),
    (
        _("What it is"),
        ("type", "area_m2", "rooms", "bedrooms", "standard", "heating", "is_colocated", "is_small_house"),
    ),
    (_("Wheelchair"), ("is_accessible", "accessible_because")),
    (_("Whom it suits"), ("target_groups", "is_children_approved", "allows_pets", "staffing")),
    (_("How it is ours"), ("tenure", "agreement", "acquired_on", "rent_a_month")),
    (_("What other systems call it"), ("property_ref", "kobo_ref")),
)
_OF_MODEL = tuple(name for _title, names in GROUPS for name in names if name != "rent_a_month")
_MOST_KRONER = 2_000_000_000


def fields_of(model: type[Model], names: tuple[str, ...]) -> dict[str, forms.Field]:
    made = forms.fields_for_model(model, fields=names)
    return {name: made[name] for name in names if name in made}


def kroner(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=_MOST_KRONER, **more)


class DwellingForm(ActForm):
    """Every fact of a dwelling that a person keeps; the first rent of a new one."""

    number = forms.RegexField(
        r"^[HKLU][0-9]{4}$",
        label=_("Dwelling number"),
        required=False,
        help_text=_("On the door, like H0101. Leave empty where there is none."),
        error_messages={"invalid": _("A dwelling number is H, K, L or U and four digits, like H0101.")},
    )
    accessible_because = forms.MultipleChoiceField(
        label=_("What makes it accessible"),
        choices=AccessibleFeature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target_groups = forms.MultipleChoiceField(
        label=_("Meant for"), choices=TargetGroup.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    acquired_on = TypedDateField(label=_("Acquired on"), help_text=_("The first day it is ours to let."))
    rent_a_month = kroner(_("Rent a month"), required=False, help_text=_("In kroner."))

    def __init__(self, *args: Any, municipality_id: str, dwelling: Dwelling | None = None, **kwargs: Any) -> None:
        if dwelling is not None:
            kwargs["initial"] = {name: getattr(dwelling, name) for name in _OF_MODEL}
        super().__init__(*args, **kwargs)
        own = tuple(name for name in _OF_MODEL if name not in self.fields)
        self.fields |= fields_of(Dwelling, own)
        if dwelling is not None:
            del self.fields["rent_a_month"]
        self.fields["area_m2"].help_text = _("In square metres.")
        for name, model in (("agreement", Agreement), ("building", Building)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = model._default_manager.filter(municipality=municipality_id).order_by("name")

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups, for the page."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*_OF_MODEL, "rent_a_month") if name in self.fields}


class RentForm(ActForm):
    """What it costs a month, from a day."""

    starts_on = TypedDateField(label=_("From"))
    rent_a_month = kroner(_("Rent a month"), help_text=_("In kroner."))


class FundingForm(ActForm):
    """A grant or a loan behind the dwelling."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FundingKind.choices, widget=forms.RadioSelect)
    amount = kroner(_("Amount"), help_text=_("In kroner."))
    granted_on = TypedDateField(label=_("Granted on"))
    committed_years = forms.IntegerField(
        label=_("Years it is committed"),
        min_value=0,
        max_value=100,
        help_text=_("How long the dwelling must be let to those whom the grant or loan is for."),
    )


class LogForm(ActForm):
    """What happened to the dwelling."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LogKind.choices, widget=forms.RadioSelect)
    happened_on = TypedDateField(label=_("Happened on"))
    text = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("About the dwelling. Write nothing of who lives there."),
    )
    cost = kroner(_("Cost"), required=False, help_text=_("In kroner, when it is known."))
    mended_on = TypedDateField(label=_("Mended on"), required=False)


class MendForm(ActForm):
    """When something of the log was put right, and what it cost."""

    mended_on = TypedDateField(label=_("Mended on"))
    cost = kroner(_("Cost"), required=False, help_text=_("In kroner, when it is known."))


class DisposeForm(ActForm):
    """How the dwelling leaves the stock."""

    on = TypedDateField(label=_("Left on"), help_text=_("The first day it is no longer ours."))
    disposal = forms.ChoiceField(
        label=_("How"),
        choices=[(code.value, code.label) for code in Disposal if code != Disposal.SOLD_TO_TENANT],
        widget=forms.RadioSelect,
    )
    proceeds = kroner(_("Proceeds"), required=False, help_text=_("Of a sale, in kroner."))
    replaced_by = forms.TypedChoiceField(label=_("Replaced by"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, dwelling: Dwelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "replaced_by", [("", _("None")), *replacements(dwelling)])


def replacements(dwelling: Dwelling) -> list[tuple[int, str]]:
    """The dwellings that can have come in place of one: the latest acquired first."""
    others = Dwelling.objects.filter(municipality=dwelling.municipality_id, disposed_on__isnull=True)
    latest = others.exclude(pk=dwelling.pk).order_by("-acquired_on", "address", "pk")[:100]
    return [(one.pk, str(one)) for one in latest]


class BuildingForm(ActForm):
    """A building with dwellings in it."""

    _OF_MODEL = ("name", "address", "property_ref")

    def __init__(self, *args: Any, building: Building | None = None, **kwargs: Any) -> None:
        if building is not None:
            kwargs["initial"] = {name: getattr(building, name) for name in self._OF_MODEL}
        super().__init__(*args, **kwargs)
        self.fields |= fields_of(Building, self._OF_MODEL)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._OF_MODEL}


class StockForm(forms.Form):
    """Filters of the list: codes only."""

    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All in the stock")), (FREE, _("Free tonight")), (GONE, _("Left the stock"))],
    )
    tenure = forms.ChoiceField(label=_("Tenure"), required=False, choices=[("", _("All")), *Tenure.choices])
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("All")), *DwellingType.choices])
    rooms = forms.TypedChoiceField(
        label=_("Rooms, at least"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any number")), *((n, str(n)) for n in range(1, 7))],
    )
    group = forms.ChoiceField(label=_("Meant for"), required=False, choices=[("", _("All")), *TargetGroup.choices])
    building = forms.TypedChoiceField(label=_("Building"), required=False, coerce=int, empty_value=None)
    accessible = forms.BooleanField(label=_("Accessible by wheelchair"), required=False)
    children = forms.BooleanField(label=_("Approved for children"), required=False)

    def __init__(self, *args: Any, municipalities: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buildings = Building.objects.filter(municipality__in=municipalities).order_by("name").values_list("pk", "name")
        offer(self, "building", [("", _("All")), *buildings])

    def wanted(self, *, address: str = "") -> Wanted:
        """What is asked for; what is not understood is left out."""
        self.is_valid()
        told = self.cleaned_data
        return Wanted(
            tenure=told.get("tenure") or "",
            type=told.get("type") or "",
            group=told.get("group") or "",
            building=told.get("building"),
            rooms=told.get("rooms"),
            only=told.get("only") or "",
            is_accessible=bool(told.get("accessible")),
            is_for_children=bool(told.get("children")),
            address=address,
            after=_place(self.data.get("after") or self.data.get("before")),
        )


class AddressForm(forms.Form):
    """A search for an address: sent, never part of a link."""

    address = forms.CharField(label=_("Address"), max_length=100)


def _place(cursor: str | None) -> int:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
