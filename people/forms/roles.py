"""Roles and clearances at a unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField
from people.models import Role


def _reason(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text
    )


class GiveRoleForm(ActForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("First day"))
    ends_on = TypedDateField(
        label=_("First day without the role"),
        required=False,
        help_text=_(
            "Leave empty when no end is known. Everybody's roles are confirmed every year. An auditor needs one."
        ),
    )
    reason = _reason(_("What they are to do here."))


class GiveRoleByNameForm(GiveRoleForm):
    """For somebody who has never worked at the unit."""

    username = forms.CharField(label=_("User name"), max_length=150)
    field_order = ["username", "role", "starts_on", "ends_on", "reason"]


class AddEmployeeForm(GiveRoleForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    title = forms.CharField(label=_("Title"), max_length=100, required=False)
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[
            RegexValidator(
                r"^[a-zA-Z0-9._@+-]+\Z", _("Use letters a to z, digits and the signs . _ @ + - without spaces.")
            )
        ],
        help_text=_("What they are called in lists here. Not a national id: it stands in the log."),
    )
    field_order = ["name", "title", "username", "role", "starts_on", "ends_on", "reason"]


class GiveClearanceForm(ActForm):
    starts_on = TypedDateField(label=_("First day"))
    ends_on = TypedDateField(
        label=_("First day without the clearance"), required=False, help_text=_("Leave empty when no end is known.")
    )
    reason = _reason()


class EndForm(ActForm):
    on = TypedDateField(label=_("First day without it"))
    reason = _reason()


class ReasonForm(ActForm):
    reason = _reason()


class LookedThroughForm(ActForm):
    """`grants` are those on the page, so that nobody confirms what they have not seen."""

    grants = forms.CharField(widget=forms.HiddenInput)
    is_looked_through = forms.BooleanField(
        label=_("I have looked through the list, and all of it is still right"),
        error_messages={"required": _("Tick that you have looked through the list.")},
    )

    def clean_grants(self) -> list[int]:
        return [int(part) for part in self.cleaned_data["grants"].split("-") if part.isascii() and part.isdigit()]

    def show_anew(self, grants: str) -> None:
        """Stand on the list as it is now: whoever sends the form again has been told that it changed."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data["grants"] = grants
        data.pop("is_looked_through", None)
        self.data = data
