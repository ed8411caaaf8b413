"""Extending many stays at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField


@dataclass(frozen=True)
class Picked:
    """A household picked in a list, in the version the list showed."""

    key: UUID
    version: int


def picking(key: UUID, version: int) -> str:
    """The value of a household's box."""
    return f"{key}.{version}"


class PickedField(forms.Field):
    """Boxes ticked in the rows of a list, cleaned to `Picked`. The rows draw the boxes themselves."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Tick at least one household."),
        "invalid": _("One of the boxes is not one of the list's. Open the page again."),
    }

    def to_python(self, value: Any) -> list[Picked]:
        """:raises ValidationError: when a value was made by no list"""
        try:
            return [_picked(one) for one in value or []]
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def _picked(value: str) -> Picked:
    key, _dot, version = value.partition(".")
    return Picked(UUID(key), int(version))


class ExtendManyForm(ActForm):
    """Which stays go on, until when, and why."""

    households = PickedField(label=_("Households"))
    planned_end = TypedDateField(
        label=_("New end"),
        help_text=_("The day they are to move out, such as 1.3.26 or +14. The night before is the last."),
    )
    reason = forms.CharField(
        label=_("Reason for letting them stay"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
