"""The steps of placing, moving and extending: which nights, why, and what the decision says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.forms.parts import PartsForm
from cases.wording import day_in_words
from housing.models import BelowStandard
from people.act_forms import ActForm
from people.fields import DatedForm, TypedDateField


def written_day(day: date) -> str:
    """The day as one types it: 1.3.2026."""
    return f"{day.day}.{day.month}.{day.year}"


class NightsForm(DatedForm):
    """From which night; what rooms are free hangs on it. Sent by GET: a day is nothing personal."""

    starts_on = TypedDateField(label=_("First night"))

    def night(self) -> date:
        """The night asked about, tonight where none or none that can be is told."""
        night: date | None = self.cleaned_data.get("starts_on") if self.is_valid() else None
        return night or self.today


class _PeriodMixin(forms.Form):
    """The end of what is granted, on which the reasons hang."""

    planned_end = TypedDateField(
        label=_("Granted until"), help_text=_("The day of moving out, such as +14 or 1.3.2026.")
    )


class ReasonsForm(_PeriodMixin, PartsForm):
    """Period and decision of a place; a coded reason where the room does not suit."""

    field_order = ["starts_on", "planned_end", "below_standard"]
    starts_on = TypedDateField(label=_("First night"))
    below_standard = forms.ChoiceField(
        label=_("Why use it all the same"), choices=[("", _("Choose a reason")), *BelowStandard.choices]
    )

    def __init__(self, *args: Any, problems: Sequence[str], granted_until: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.granted_until = granted_until
        if granted_until and "how" in self.fields:
            words = _("A decision covers this provider until %(day)s. Reasons are needed only for longer.")
            self.fields["how"].help_text = words % {"day": day_in_words(granted_until)}
        if not problems:
            del self.fields["below_standard"]
        else:
            self.fields["below_standard"].help_text = _("The leader is told, and a task asks for a better place.")

    def is_granted_already(self) -> bool:
        planned_end = self.cleaned_data.get("planned_end")
        return bool(self.granted_until and planned_end and planned_end <= self.granted_until)

    def clean_starts_on(self) -> date | None:
        starts_on: date | None = self.cleaned_data["starts_on"]
        if starts_on and (starts_on - self.today).days > settings.VARIG_FUTURE_DAYS:
            raise forms.ValidationError(
                _("A move can be registered at most %(days)s days ahead."),
                params={"days": settings.VARIG_FUTURE_DAYS},
            )
        return starts_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, planned_end = cleaned.get("starts_on"), cleaned.get("planned_end")
        if starts_on and planned_end and planned_end <= starts_on:
            words = _("The end must be later than the first night, %(day)s.")
            self.add_error("planned_end", words % {"day": day_in_words(starts_on)})
        return cleaned


class ExtendForm(_PeriodMixin, PartsForm):
    """More nights at the same place; a reason where they pass three months."""

    field_order = ["planned_end", "reason"]
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, limit_on: date | None, is_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_on = limit_on
        self.is_over = is_over
        if limit_on:
            words = _("Needed when the stay passes three months, %(day)s.")
            self.fields["reason"].help_text = words % {"day": day_in_words(limit_on)}

    def passes_limit(self) -> bool:
        """Whether the nights asked for go beyond the three months."""
        planned_end = self.cleaned_data.get("planned_end")
        return bool(planned_end and self.limit_on and planned_end > self.limit_on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.passes_limit() and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why the stay must last more than three months."))
        return cleaned


class ConfirmForm(ActForm):
    """Nothing to fill in: the answers stand on the page."""
