"""Leaving, settling, losing a home, and putting right where somebody lived: first the kind, then its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.corrections import Corrected
from cases.actions.residences import HOMES, WITHOUT_HOME, Destination
from cases.models import LostHomeReason
from housing.models import (
    AT_A_PROVIDER,
    AWAITING_HOME,
    IN_A_DWELLING,
    RENTALS,
    Dwelling,
    Lease,
    Provider,
    Residence,
    ResidenceKind,
    Room,
)
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Household

ELSEWHERE = [kind for kind in ResidenceKind if kind not in AT_A_PROVIDER]
KINDS_OF = {"leave": ELSEWHERE, "settle": list(HOMES), "lose_home": list(WITHOUT_HOME), "correct": list(ResidenceKind)}
_NO_YES = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]


def kinds_as_choices(kinds: Sequence[ResidenceKind]) -> list[tuple[str, Any]]:
    return [(kind.value, kind.label) for kind in kinds]


class KindForm(forms.Form):
    """The first question; what else is asked hangs on it."""

    kind = forms.ChoiceField(label=_("Kind of place"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[ResidenceKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", kinds_as_choices(kinds))


class PlaceForm(ActForm):
    """What is told of a place of one kind; the fields of other kinds are left out."""

    lease = forms.ChoiceField(label=_("Lease"), choices=Lease.choices, initial=Lease.ORDINARY, widget=forms.RadioSelect)
    lease_ends_on = TypedDateField(
        label=_("The lease ends"),
        required=False,
        help_text=_("Leave empty for a lease without end. Under three years is no permanent home."),
    )
    lease_reason = forms.CharField(label=_("Reason for a shorter lease"), required=False, max_length=300)
    dwelling = forms.TypedChoiceField(label=_("Dwelling"), required=False, coerce=int, empty_value=None)
    home_waits = forms.TypedChoiceField(
        label=_("Does a home wait?"),
        required=False,
        choices=_NO_YES,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
    )
    planned_end = TypedDateField(label=_("Planned end"), required=False)

    def __init__(self, *args: Any, kind: ResidenceKind, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        # the special unit says nothing of where a household is
        self.names_places = household.sight.whereabouts
        for name in self._unused():
            self.fields.pop(name, None)
        if "dwelling" in self.fields:
            offer(self, "dwelling", [("", _("None of the municipality's")), *self._dwellings(household)])

    def destination(self) -> Destination:
        """Where the household goes, from a valid form."""
        return Destination(kind=self.kind, **self.told())

    def told(self) -> dict[str, Any]:
        """What a place of this kind is told with."""
        told = self.cleaned_data
        return {
            "dwelling_id": told.get("dwelling"),
            "lease": told.get("lease", ""),
            "lease_ends_on": told.get("lease_ends_on"),
            "lease_reason": told.get("lease_reason", ""),
            "planned_end": told.get("planned_end"),
            "home_waits": told.get("home_waits"),
        }

    def _unused(self) -> set[str]:
        unused = set() if self.kind in RENTALS else {"lease", "lease_ends_on", "lease_reason"}
        if self.kind not in IN_A_DWELLING or not self.names_places:
            unused.add("dwelling")
        if self.kind not in AWAITING_HOME:
            unused.add("home_waits")
        if self.kind in (*HOMES, ResidenceKind.DECEASED, ResidenceKind.MOVED_AWAY, ResidenceKind.UNKNOWN):
            unused.add("planned_end")
        return unused

    def _dwellings(self, household: Household) -> list[tuple[int, str]]:
        """The municipality's dwellings that nobody lives in from today; the one already chosen among them."""
        chosen = self.initial.get("dwelling")
        taken = Residence.objects.touching(self.today, None).filter(dwelling__isnull=False)
        ours = Dwelling.objects.filter(municipality=household.municipality_id, disposed_on__isnull=True)
        free = ours.exclude(pk__in=taken.exclude(dwelling=chosen).values("dwelling"))
        return [(dwelling.pk, str(dwelling)) for dwelling in free.order_by("address", "ref")]


class LeaveForm(PlaceForm):
    """Out of where they live and in somewhere else on the same day."""

    field_order = ["on", "lost_home_reason"]
    on = TypedDateField(label=_("Day of moving"))
    reason = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LoseHomeForm(LeaveForm):
    lost_home_reason = forms.ChoiceField(
        label=_("Reason for the lost home"), choices=[("", _("Choose a reason")), *LostHomeReason.choices]
    )


class CorrectForm(PlaceForm):
    """Everything a residence should have said, with the reason for the change."""

    field_order = ["starts_on", "ends_on", "planned_end", "provider", "room"]
    starts_on = TypedDateField(label=_("Moved in"))
    ends_on = TypedDateField(label=_("Moved out"), required=False)
    provider = forms.TypedChoiceField(label=_("Provider"), coerce=int)
    room = forms.TypedChoiceField(label=_("Room"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label=_("Reason for the correction"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was wrong stays in the timeline, struck through, with this reason."),
    )

    def __init__(self, *args: Any, kind: ResidenceKind, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, household=household, **kwargs)
        if kind not in AT_A_PROVIDER:
            del self.fields["provider"], self.fields["room"]
            return
        providers = Provider.objects.filter(municipality=household.municipality_id, kind=kind).order_by("name", "pk")
        rooms = Room.objects.filter(provider__in=providers).select_related("provider")
        offer(self, "provider", [("", _("Choose a provider")), *((p.pk, p.name) for p in providers)])
        named = [(room.pk, f"{room.provider.name}, {room.name}") for room in rooms.order_by("provider__name", "name")]
        offer(self, "room", [("", _("Not known")), *named])

    def corrected(self) -> Corrected:
        """What the residence should have said, from a valid form."""
        told = self.cleaned_data
        return Corrected(
            kind=self.kind,
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            provider_id=told.get("provider"),
            room_id=told.get("room"),
            **self.told(),
        )


class ReasonForm(ActForm):
    """An act that asks for nothing but why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
