"""Signing, renewing and following a lease, and what stands good for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.lease_changes import NewRent, Notice
from cases.actions.lease_terms import Terms
from cases.actions.securities import Given
from cases.forms.cases import note
from cases.forms.letters import language_of_letter
from cases.letters import LETTER_LANGUAGES
from cases.models import Decision, PrivateHelpKind, SecurityFrom, SecurityKind
from housing.models import (
    Dwelling,
    EndedBecause,
    Landlord,
    Lease,
    LimitedBecause,
    NoticeBecause,
    NoticeBy,
    RentBecause,
    ReservedBecause,
    Residence,
    ResidenceKind,
)
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Household, Language

_NONE = [("", _("None"))]


def kroner(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=10_000_000, **more)


def free_dwellings(household: Household, *, today: date) -> list[tuple[int, str]]:
    """The municipality's dwellings that nobody has from today on."""
    taken = Residence.objects.touching(today, None).filter(dwelling__isnull=False)
    ours = Dwelling.objects.filter(municipality=household.municipality_id, disposed_on__isnull=True)
    return [(one.pk, str(one)) for one in ours.exclude(pk__in=taken.values("dwelling")).order_by("address", "ref")]


def landlords_of(household: Household, *, today: date) -> list[tuple[int, str]]:
    known = Landlord.objects.in_use(today).filter(municipality=household.municipality_id)
    return list(known.order_by("name", "pk").values_list("pk", "name"))


class _OfAHome(ActForm):
    """The home, its lease and rent; fields of the other kind of home are left out."""

    dwelling = forms.TypedChoiceField(label=_("Dwelling"), coerce=int, required=False, empty_value=None)
    landlord = forms.TypedChoiceField(label=_("Landlord"), coerce=int, required=False, empty_value=None)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    moves_in_on = TypedDateField(label=_("Moves in"))
    lease = forms.ChoiceField(label=_("Lease"), choices=Lease.choices, initial=Lease.ORDINARY, widget=forms.RadioSelect)
    ends_on = TypedDateField(
        label=_("The lease ends"),
        required=False,
        help_text=_("Leave empty for a lease without end. Under three years needs a reason and is no permanent home."),
    )
    reason = forms.CharField(
        label=_("Reason as it stands in the lease"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only for less than three years."),
    )
    rent_a_month = kroner(_("Rent a month"))
    notice_months = forms.IntegerField(
        label=_("Months of notice"),
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("Leave empty for three months, as the law has it."),
    )

    def __init__(self, *args: Any, kind: ResidenceKind, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        is_private, may_name = kind == ResidenceKind.PRIVATE_RENTAL, household.sight.whereabouts
        unused = {"dwelling"} if is_private else {"landlord", "address"}
        for name in unused if may_name else ("dwelling", "landlord", "address"):
            self.fields.pop(name, None)
        if "dwelling" in self.fields:
            homes = free_dwellings(household, today=self.today)
            offer(self, "dwelling", [("", _("Choose the dwelling")), *homes])
        if "landlord" in self.fields:
            offer(self, "landlord", [("", _("Not on the list")), *landlords_of(household, today=self.today)])


class SignForm(_OfAHome):
    """Everything that is signed, with the papers the law asks for."""

    field_order = ("dwelling", "landlord", "address", "moves_in_on", "starts_on", "leaves_home", "signed_on")
    leaves_home = forms.BooleanField(label=_("Moves out of the home they have, the same day"), required=False)
    signed_on = TypedDateField(label=_("Lease signed"))
    informed_on = TypedDateField(
        label=_("Told in writing"),
        required=False,
        help_text=_("Before signing: always for section 11-1, and for every reason to let for less than three years."),
    )
    limited_because = forms.ChoiceField(
        label=_("Ground for an ordinary lease under three years"),
        required=False,
        choices=[*_NONE, *LimitedBecause.choices],
        widget=forms.RadioSelect,
        initial="",
    )
    reserved_because = forms.ChoiceField(
        label=_("Special reason for a section 11-1 lease under three years"),
        required=False,
        choices=[*_NONE, *ReservedBecause.choices],
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, has_home: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_home:
            del self.fields["leaves_home"]

    def terms(self) -> Terms:
        """What is signed, from a valid form."""
        told = self.cleaned_data
        return Terms(
            kind=self.kind,
            lease=told["lease"],
            signed_on=told["signed_on"],
            rent_a_month=told["rent_a_month"],
            ends_on=told["ends_on"],
            informed_on=told["informed_on"],
            limited_because=told["limited_because"],
            reserved_because=told["reserved_because"],
            reason=told["reason"],
            notice_months=told["notice_months"],
            landlord_id=told.get("landlord"),
            address=told.get("address", ""),
            leaves_home=told.get("leaves_home", False),
        )


class RenewForm(SignForm):
    """A new lease of the same home, after a new assessment."""

    starts_on = TypedDateField(label=_("The new lease begins"))
    assessment = note(
        _("The new assessment: what their situation is, and why they should stay"), required=True, max_length=4000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("dwelling", "moves_in_on"):
            self.fields.pop(name, None)
        self.order_fields(["assessment", "starts_on", "signed_on"])


class TellForm(_OfAHome):
    """What the tenant is told in writing before signing."""

    included = forms.CharField(
        label=_("What the rent includes"), required=False, max_length=200, help_text=_("Such as heating and water.")
    )
    deposit = kroner(_("Deposit"), required=False)
    guarantee = kroner(_("Guarantee"), required=False)
    language = language_of_letter()


class NoticeForm(ActForm):
    given_by = forms.ChoiceField(label=_("Who gives notice"), choices=NoticeBy.choices, widget=forms.RadioSelect)
    because = forms.ChoiceField(label=_("Why"), choices=NoticeBecause.choices, widget=forms.RadioSelect)
    given_on = TypedDateField(label=_("Notice given"))
    ends_on = TypedDateField(
        label=_("The notice runs out"),
        required=False,
        help_text=_("The first day after it. Leave empty for what the lease or the law says."),
    )

    def notice(self) -> Notice:
        told = self.cleaned_data
        return Notice(
            given_by=told["given_by"], because=told["because"], given_on=told["given_on"], ends_on=told["ends_on"]
        )


class RentForm(ActForm):
    because = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, label) for code, label in RentBecause.choices if code != RentBecause.START],
        widget=forms.RadioSelect,
    )
    starts_on = TypedDateField(label=_("From"))
    rent_a_month = kroner(
        _("Rent a month"), required=False, help_text=_("Leave empty to let the index say what it becomes.")
    )
    index_before = forms.DecimalField(
        label=_("Index when the rent was fixed last"), required=False, max_digits=6, decimal_places=1, localize=True
    )
    index_after = forms.DecimalField(
        label=_("Index now"), required=False, max_digits=6, decimal_places=1, localize=True
    )

    def rent(self) -> NewRent:
        told = self.cleaned_data
        names = ("starts_on", "because", "rent_a_month", "index_before", "index_after")
        return NewRent(**{name: told[name] for name in names})


class SecurityForm(ActForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=SecurityKind.choices, widget=forms.RadioSelect)
    given_by = forms.ChoiceField(
        label=_("Given by"),
        choices=SecurityFrom.choices,
        widget=forms.RadioSelect,
        initial=SecurityFrom.MUNICIPALITY,
    )
    amount = kroner(_("Amount"))
    given_on = TypedDateField(label=_("Given"))
    ends_on = TypedDateField(
        label=_("Holds until"), required=False, help_text=_("The first day it no longer holds. Empty: until released.")
    )
    decision = forms.TypedChoiceField(label=_("Decision"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.pk, f"V-{each.pk}, {each.get_kind_display()}") for each in decisions]
        offer(self, "decision", [*_NONE, *named])

    def given(self) -> Given:
        told = self.cleaned_data
        names = ("kind", "given_by", "amount", "given_on", "ends_on")
        return Given(**{name: told[name] for name in names}, decision_id=told["decision"])


class SettleForm(ActForm):
    drawn = kroner(_("Paid to the landlord, in all"))
    drawn_because = forms.CharField(label=_("What it was paid for"), required=False, max_length=300)
    released_on = TypedDateField(
        label=_("Released"), required=False, help_text=_("Leave empty while the rest still stands.")
    )


class EndForm(ActForm):
    on = TypedDateField(label=_("Moved out"))
    because = forms.ChoiceField(
        label=_("Why the lease ends"),
        choices=[
            (code, label)
            for code, label in EndedBecause.choices
            if code not in (EndedBecause.RENEWED, EndedBecause.BOUGHT)
        ],
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(label=_("Where to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[ResidenceKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [(kind.value, kind.label) for kind in kinds])


class HelpForm(ActForm):
    kind = forms.ChoiceField(label=_("How you helped"), choices=PrivateHelpKind.choices, widget=forms.RadioSelect)
    on = TypedDateField(label=_("Day"))
    landlord = forms.TypedChoiceField(label=_("Landlord"), coerce=int, required=False, empty_value=None)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if household.sight.whereabouts:
            offer(self, "landlord", [*_NONE, *landlords_of(household, today=self.today)])
        else:
            del self.fields["landlord"]


class LandlordLetterForm(ActForm):
    """The tenant's consent, and the language of the letter."""

    consented_on = TypedDateField(
        label=_("The tenant agreed to this letter"), help_text=_("Without consent nothing is told to a landlord.")
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[(code, Language(code).label) for code in LETTER_LANGUAGES]
    )
