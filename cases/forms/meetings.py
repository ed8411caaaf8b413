"""Forms of the housing meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.agenda import NewItem
from cases.actions.meetings import Decided, Seat
from cases.forms.cases import note as lines
from cases.models import AgendaDecision, AgendaQuestion
from people.act_forms import ActForm
from people.fields import ClockField, TypedDateField, offer


class _Seated(ActForm):
    """Who takes part."""

    seats = forms.MultipleChoiceField(label=_("Who takes part"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seats: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seats", list(seats))

    def chosen(self) -> list[Seat]:
        """Employees with their services, from a valid form."""
        parts = (value.split("-") for value in self.cleaned_data["seats"])
        return [(int(employee), int(unit)) for employee, unit in parts]


class PlanMeetingForm(_Seated):
    day = TypedDateField(label=_("Day"))
    time = ClockField(label=_("Time"), help_text=_("Such as 14:05."))
    place = forms.CharField(label=_("Where"), required=False, max_length=100)
    field_order = ["day", "time", "place", "seats"]

    def held_at(self) -> datetime:
        """The moment, from a valid form."""
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["day"], told["time"]))


class MembersForm(_Seated):
    """Who takes part, as a whole."""


class HoldForm(ActForm):
    absent = forms.TypedMultipleChoiceField(
        label=_("Did not come"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others who took part"), required=False, max_length=300, help_text=_("By service, not by name.")
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "absent", list(members))


class PutForm(ActForm):
    meeting = forms.TypedChoiceField(label=_("Meeting"), coerce=int)
    question = forms.ChoiceField(
        label=_("What the meeting is asked"), choices=AgendaQuestion.choices, widget=forms.RadioSelect
    )
    background = lines(_("What the meeting needs to know"), required=True, max_length=2000)
    proposal = lines(_("Proposal"), max_length=2000)
    dwelling = forms.TypedChoiceField(label=_("Dwelling proposed"), coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[tuple[int, str]],
        dwellings: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", list(meetings))
        offer(self, "dwelling", [("", _("None")), *dwellings])
        self.fields["background"].help_text = _("The least that is needed, without names. Everybody there reads it.")

    def new(self) -> NewItem:
        """The item, from a valid form."""
        told = self.cleaned_data
        return NewItem(
            question=told["question"],
            background=told["background"],
            proposal=told["proposal"],
            dwelling_id=told["dwelling"],
        )


class DecideCaseForm(ActForm):
    note = lines(_("What was said"), max_length=4000)
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    dwelling = forms.TypedChoiceField(
        label=_("Dwelling"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("When a dwelling is allotted or recommended."),
    )
    text = lines(_("What was decided, and why"), required=True, max_length=2000)
    responsible = forms.TypedChoiceField(
        label=_("Who does it"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("When somebody is to do something, or a dwelling is recommended."),
    )
    deadline = TypedDateField(label=_("By when"), required=False)

    def __init__(
        self,
        *args: Any,
        dwellings: Sequence[tuple[int, str]],
        people: Sequence[tuple[int, str]],
        may_allot: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [choice for choice in AgendaDecision.choices if may_allot or choice[0] != AgendaDecision.ALLOT]
        offer(self, "decision", offered)
        offer(self, "dwelling", [("", _("None")), *dwellings])
        offer(self, "responsible", [("", _("Nobody")), *people])

    def decided(self) -> Decided:
        """What was decided, from a valid form."""
        told = self.cleaned_data
        return Decided(
            decision=told["decision"],
            text=told["text"],
            note=told["note"],
            dwelling_id=told["dwelling"],
            responsible_id=told["responsible"],
            deadline=told["deadline"],
        )


class CloseMeetingForm(ActForm):
    next_day = TypedDateField(label=_("Next meeting"), required=False)
