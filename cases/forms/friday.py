"""Extending many stays at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.opening import coded_reason
from people.act_forms import ActForm
from people.fields import TypedDateField
from people.models import GrantKind


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
    opening = coded_reason(
        label=_("Why do you open the cases that are not yours?"),
        help_text=_("Needed when you tick a colleague's household. It is logged on each."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason for letting them stay"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, others: Collection[UUID] = (), **kwargs: Any) -> None:
        """:param others: the households of the list that are open to the employee only with a reason"""
        super().__init__(*args, **kwargs)
        self.others = set(others)
        if not others:
            del self.fields["opening"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        is_anothers = any(one.key in self.others for one in told.get("households") or [])
        if is_anothers and "opening" not in self.errors and not told.get("opening"):
            self.add_error("opening", forms.ValidationError(_("Choose why you open the cases that are not yours.")))
        return told

    def kind(self) -> GrantKind | None:
        """The coded reason for those that are not the employee's own."""
        opening = self.cleaned_data.get("opening")
        return GrantKind(opening) if opening else None
