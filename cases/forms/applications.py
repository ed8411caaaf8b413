"""Forms about applications for dwellings, and the rules of their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.allotment import MOST, NewRules
from cases.actions.applications import Needs
from cases.forms.cases import note
from cases.models import (
    ASSESSED,
    AllotmentRules,
    ApplicationKind,
    Criterion,
    HousingApplication,
    MainReason,
    PauseReason,
    PriorityMode,
    Request,
    SupportNeed,
)
from cases.wording import day_in_words
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField, offer


class NeedsForm(ActForm):
    """What is needed and wished."""

    main_reason = forms.ChoiceField(
        label=_("Main reason"),
        choices=MainReason.choices,
        widget=forms.RadioSelect,
        help_text=_("As KOSTRA counts it: the one that weighs most."),
    )
    rooms_least = forms.IntegerField(
        label=_("Rooms at least"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("With the living room. Left empty: found from how many they are."),
    )
    area_least = forms.IntegerField(label=_("Area at least, square metres"), required=False, min_value=1, max_value=500)
    rent_most = forms.IntegerField(
        label=_("Rent at most, kroner a month"), required=False, min_value=0, max_value=100_000
    )
    needs_accessible = forms.BooleanField(label=_("Needs a home accessible by wheelchair"), required=False)
    floor_most = forms.IntegerField(label=_("Highest floor without a lift"), required=False, min_value=0, max_value=30)
    support = forms.ChoiceField(label=_("Staff needed"), choices=SupportNeed.choices, initial=SupportNeed.NONE)
    needs_small_house = forms.BooleanField(label=_("Needs a small house"), required=False)
    not_colocated = forms.BooleanField(
        label=_("Must not live together with others in the same situation"), required=False
    )
    has_pets = forms.BooleanField(label=_("Has pets"), required=False)
    assessed = forms.MultipleChoiceField(
        label=_("Assessed"),
        required=False,
        choices=[(code.value, code.label) for code in ASSESSED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What no fact in the case tells. It counts as the municipality's rules say."),
    )
    wished_place = forms.CharField(
        label=_("Where they wish to live"),
        required=False,
        max_length=100,
        help_text=_("A street or part of town, such as it stands in the dwellings' addresses."),
    )
    wishes = note(_("Other wishes"), max_length=2000)
    needs_because = note(_("Why it is needed"), max_length=2000)

    def needs(self) -> Needs:
        """From a valid form."""
        return Needs(**{name: self.cleaned_data[name] for name in NeedsForm.base_fields if name in _NEEDS})


_NEEDS = frozenset(Needs.__dataclass_fields__)


def needs_of(application: HousingApplication) -> dict[str, Any]:
    """What stands on an application, as the form's initial values."""
    return {name: getattr(application, name) for name in _NEEDS}


class ApplyForm(NeedsForm):
    kind = forms.ChoiceField(label=_("What is applied for?"), choices=ApplicationKind.choices, widget=forms.RadioSelect)
    received_on = TypedDateField(label=_("Received on"), help_text=_("Such as 1.3.26 or today."))
    request = forms.TypedChoiceField(label=_("Belongs to the request"), coerce=int, empty_value=None, required=False)
    field_order = ("kind", "received_on", "request")

    def __init__(self, *args: Any, requests: Iterable[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(one.pk, f"{one.get_kind_display()}, {day_in_words(one.asked_at.date())}") for one in requests]
        offer(self, "request", [("", _("None: register one")), *asked])
        if not asked:
            del self.fields["request"]


class WhyForm(ActForm):
    """An end or a beginning anew, with why."""

    because = note(_("Why?"), required=True, max_length=300)


class PauseForm(ActForm):
    reason = forms.ChoiceField(label=_("Why does it pause?"), choices=PauseReason.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(
        label=_("To"), required=False, help_text=_("The first day that it is matched again. Left empty: until ended.")
    )
    note = note(_("Note"), max_length=300)


class PriorityForm(ActForm):
    """Points or a group by hand; left empty the rules decide again."""

    value = forms.IntegerField(label=_("Points"), required=False, min_value=0, max_value=MOST)
    because = note(_("Why?"), required=True, max_length=300)

    def __init__(self, *args: Any, mode: PriorityMode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _("Group") if mode == PriorityMode.GROUPS else _("Points")
        self.fields["value"].help_text = _("Left empty: as the rules give.")


class WhyNotForm(DatedForm):
    """Which dwelling, and the day. Sent by GET: a code and a date."""

    dwelling = forms.TypedChoiceField(label=_("Dwelling"), coerce=int)
    on = TypedDateField(label=_("Day"), help_text=_("The day that it was given to somebody, or today."))

    def __init__(self, *args: Any, dwellings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "dwelling", [("", _("Choose a dwelling")), *dwellings])


class RulesForm(ActForm):
    """How many points each criterion gives, or which group; what is left empty counts nothing."""

    confirm_months = forms.IntegerField(
        label=_("Months between confirmations"),
        min_value=1,
        max_value=36,
        help_text=_("So often is a household that waits asked whether its application still holds."),
    )
    starts_on = TypedDateField(label=_("From"))
    reason = forms.CharField(
        label=_("Who decided it, and where it stands"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, mode: PriorityMode, before: AllotmentRules | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = mode
        known = {row.code: row for row in before.criteria.all()} if before and before.mode == mode else {}
        by_groups = mode == PriorityMode.GROUPS
        for code in Criterion:
            if by_groups and code == Criterion.WAITED:
                continue
            number = forms.IntegerField(
                label=code.label, required=False, min_value=1 if by_groups else -MOST, max_value=MOST
            )
            row = known.get(code)
            number.initial = (row.group if by_groups else row.points) if row else None
            self.fields[code.value] = number
        self.fields["confirm_months"].initial = before.confirm_months if before else 12
        self.order_fields([code.value for code in Criterion])

    def rules(self) -> NewRules:
        """From a valid form."""
        told = self.cleaned_data
        starts_on: date = told["starts_on"]
        return NewRules(
            starts_on=starts_on,
            mode=self.mode,
            numbers={code.value: told[code] for code in Criterion if told.get(code) is not None},
            reason=told["reason"],
            confirm_months=told["confirm_months"],
        )
