"""Sharing a case, being kept from one, and being away from all of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Relation, SharingBasis

Choices = Sequence[tuple[int, str]]


def _note(label: Any, *, required: bool = True, max_length: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=max_length, widget=forms.Textarea(attrs={"rows": 2})
    )


class ShareForm(ActForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    basis = forms.ChoiceField(label=_("Basis"), choices=SharingBasis.choices, widget=forms.RadioSelect)
    reason = _note(_("Reason"))
    starts_on = TypedDateField(label=_("From"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("Choose a unit")), *units])


class EndSharingForm(ActForm):
    on = TypedDateField(label=_("First day without the unit"))
    reason = _note(_("Reason"), required=False)


class DeclareForm(ActForm):
    person = forms.TypedChoiceField(label=_("Whom it is about"), coerce=int, widget=forms.RadioSelect)
    relation = forms.ChoiceField(label=_("How you stand to them"), choices=Relation.choices, widget=forms.RadioSelect)
    reason = _note(_("Note"), required=False)

    def __init__(self, *args: Any, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", persons)


class DisqualifyForm(ActForm):
    employee = forms.TypedChoiceField(label=_("Employee"), coerce=int)
    national_id = forms.CharField(
        label=_("National id of the person"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 16}),
    )
    relation = forms.ChoiceField(
        label=_("How the employee stands to them"), choices=Relation.choices, widget=forms.RadioSelect
    )
    reason = _note(_("Reason"))

    def __init__(self, *args: Any, employees: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [("", _("Choose an employee")), *employees])


class EndDisqualificationForm(ActForm):
    on = TypedDateField(label=_("First day they may deal with it again"))


class AwayForm(ActForm):
    employee = forms.TypedChoiceField(label=_("Who stands in"), coerce=int)
    starts_on = TypedDateField(label=_("First day away"))
    ends_on = TypedDateField(label=_("First day back"))
    reason = _note(_("Note"), required=False)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [("", _("Choose a colleague")), *colleagues])


class PracticeForm(ActForm):
    """A unit that gets every case of a unit one leads."""

    unit = forms.TypedChoiceField(label=_("Cases of"), coerce=int)
    with_unit = forms.TypedChoiceField(label=_("Are shared with"), coerce=int)
    basis = forms.ChoiceField(
        label=_("Basis"), choices=SharingBasis.choices, widget=forms.RadioSelect, initial=SharingBasis.NECESSARY
    )
    reason = _note(_("Reason"))

    def __init__(self, *args: Any, units: Choices, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("Choose a unit")), *units])
        offer(self, "with_unit", [("", _("Choose a unit")), *others])
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]
