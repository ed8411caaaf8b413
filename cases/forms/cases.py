"""Forms of the acts on a case: requests, needs, absences, closing, who follows it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.requests import NewRequest
from cases.models import Channel, ClosingReason, NeedKind, NeedReason, Outcome, RequestKind
from people.act_forms import ActForm
from people.fields import ClockField, TypedDateField, offer

_NOTE_ROWS = {"rows": 2}


def note(label: Any, *, required: bool = False, max_length: int = 500) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label, required=required, max_length=max_length, widget=forms.Textarea(attrs=_NOTE_ROWS)
    )


class RequestForm(ActForm):
    kind = forms.ChoiceField(
        label=_("What is asked for?"),
        choices=RequestKind.choices,
        initial=RequestKind.PLACE_TONIGHT,
        widget=forms.RadioSelect,
    )
    lacks_place_tonight = forms.BooleanField(
        label=_("Lacks a place for the coming 24 hours"),
        required=False,
        help_text=_("Tick when something else is asked for by somebody without a place tonight."),
    )
    channel = forms.ChoiceField(label=_("How was it asked?"), choices=Channel.choices, initial=Channel.COUNTER)
    asked_by = forms.CharField(label=_("Who asked"), required=False, max_length=100)
    asked_on = TypedDateField(label=_("Day"), help_text=_("Such as 1.3.26 or today."))
    asked_time = ClockField(label=_("Time"), required=False, help_text=_("Such as 14:05. Left empty: now."))
    about = note(_("What was asked for"), max_length=2000)

    def new_request(self, at: datetime) -> NewRequest:
        """The request, from a valid form; `at` stands for a time not told."""
        told = self.cleaned_data
        return NewRequest(
            kind=RequestKind(told["kind"]),
            channel=Channel(told["channel"]),
            asked_by=told["asked_by"],
            about=told["about"],
            lacks_place_tonight=told["lacks_place_tonight"],
            asked_at=moment_told(told["asked_on"], told["asked_time"], at=at),
        )


class AnswerForm(ActForm):
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        # passed on is said by handing it on, with where to
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.PASSED_ON],
        widget=forms.RadioSelect,
    )
    outcome_at = TypedDateField(
        label=_("Answered on"), required=False, help_text=_("Left empty: now. Write the day when it was told before.")
    )
    outcome_time = ClockField(label=_("Time"), required=False, help_text=_("Such as 14:05."))
    note = note(_("Note"), max_length=2000)

    def answered_at(self, at: datetime) -> datetime:
        """When the outcome was told, from a valid form; `at` where nothing else is."""
        day, clock = self.cleaned_data["outcome_at"], self.cleaned_data["outcome_time"]
        return at if day is None and clock is None else moment_told(day or timezone.localdate(at), clock, at=at)


class NeedForm(ActForm):
    kind = forms.ChoiceField(label=_("Need"), choices=NeedKind.choices, widget=forms.RadioSelect)
    need_reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose a reason")), *NeedReason.choices])
    starts_on = TypedDateField(label=_("From"))
    reason = note(_("Note"))


class EndForm(ActForm):
    """When something that lasted was over."""

    on = TypedDateField(label=_("Day"))


class AbsenceForm(ActForm):
    where = forms.CharField(label=_("Where"), max_length=100, help_text=_("Such as hospital, custody or a visit."))
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("To"), required=False)
    reason = note(_("Note"))


class CloseForm(ActForm):
    closing_reason = forms.ChoiceField(
        label=_("Why is the case closed?"),
        choices=[choice for choice in ClosingReason.choices if choice[0] != ClosingReason.JOINED],
        widget=forms.RadioSelect,
    )
    reason = note(_("Note"))


class ReopenForm(ActForm):
    reason = note(_("Reason"), required=True)


class UndoForm(ActForm):
    reason = note(_("Reason"))


class AssignForm(ActForm):
    owner = forms.TypedChoiceField(label=_("Responsible caseworker"), coerce=int)
    reason = note(_("Note"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", _("Choose a colleague")), *colleagues])


class SubstituteForm(ActForm):
    employee = forms.TypedChoiceField(label=_("Substitute"), coerce=int)
    ends_on = TypedDateField(label=_("Until"), help_text=_("The first day without the substitute."))
    reason = note(_("Note"))

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [("", _("Choose a colleague")), *colleagues])


class HandOverForm(ActForm):
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    on = TypedDateField(label=_("From"))
    reason = note(_("Reason"), required=True)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("Choose a unit")), *units])


class NothingForm(ActForm):
    """Nothing to fill in: the page says what is done."""


def moment_told(day: Any, clock: time | None, *, at: datetime) -> datetime:
    """The moment told; a day without a time is now when it is today, else noon of that day."""
    local = timezone.localtime(at)
    if clock is None and day == local.date():
        return at
    return timezone.make_aware(datetime.combine(day, clock or time(12)))
