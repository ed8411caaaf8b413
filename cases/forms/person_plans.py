"""A person's plan: offered, answered, written, begun, revised, evaluated, ended; who takes part, and what is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.individual_plans import OwnWords
from cases.actions.plan_parts import NewChildCoordinator, NewMeasure
from cases.actions.plan_people import NewParticipant
from cases.forms.cases import note
from cases.forms.letters import language_of_letter
from cases.models import (
    ConsentPart,
    ConsentWay,
    GoalsReached,
    MeasureOutcome,
    ParticipantKind,
    PlanEnd,
    PlanKind,
    PlanRight,
    Responsible,
)
from people.act_forms import ActForm
from people.fields import TypedDateField

Choices = Sequence[tuple[Any, Any]]
_LONG = 5000


def _number(label: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, **more)


def _way() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How did they consent?"), choices=ConsentWay.choices, widget=forms.RadioSelect)


def _set(form: forms.Form, field: str, choices: Choices, *, empty: Any = None) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = [*([("", empty)] if empty is not None else []), *choices]


class OfferPlanForm(ActForm):
    person = _number(_("Whose plan?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What kind of plan?"), choices=PlanKind.choices, widget=forms.RadioSelect)
    right = forms.ChoiceField(label=_("Why is it offered?"), choices=PlanRight.choices, widget=forms.RadioSelect)
    offered_on = TypedDateField(label=_("Offered on"))

    def __init__(self, *args: Any, members: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "person", members)
        _set(self, "kind", kinds)


class DeclineForm(ActForm):
    on = TypedDateField(label=_("Declined on"))
    because = note(_("Why, in the person's words"), max_length=300)


class ConsentForm(ActForm):
    on = TypedDateField(label=_("Consented on"))
    way = _way()
    parts = forms.MultipleChoiceField(
        label=_("The person also says yes to"),
        required=False,
        choices=[(part.value, part.label) for part in (ConsentPart.COORDINATION, ConsentPart.GROUP)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask about each. Sharing with somebody by name is asked about when they are added."),
    )


class GiveConsentForm(ActForm):
    part = forms.ChoiceField(
        label=_("What the person says yes to"),
        choices=[(part.value, part.label) for part in (ConsentPart.COORDINATION, ConsentPart.GROUP)],
        widget=forms.RadioSelect,
    )
    on = TypedDateField(label=_("Consented on"))
    way = _way()


class WithdrawForm(ActForm):
    on = TypedDateField(label=_("Withdrawn on"))


class WritePlanForm(ActForm):
    goals = note(_("What the person wants"), max_length=_LONG)
    resources = note(_("What the person can and has"), max_length=_LONG)
    needs = note(_("What the person needs help with"), max_length=_LONG)
    own_part = note(_("What the person does"), max_length=_LONG)
    carried_out = note(_("How it is carried out"), max_length=_LONG)
    cooperation = note(_("Working together with others"), max_length=_LONG)
    coordinator = _number(_("Who coordinates the plan?"), required=False, empty_value=None)
    ends_on = TypedDateField(label=_("The period ends"), required=False)

    def __init__(self, *args: Any, coordinators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "coordinator", coordinators, empty=_("Not chosen yet"))

    def words(self) -> OwnWords:
        """What was written, from a valid form."""
        return OwnWords(**{name: self.cleaned_data[name] for name in OwnWords.__dataclass_fields__})


class BeginForm(ActForm):
    on = TypedDateField(label=_("Begins on"))
    next_revision_on = TypedDateField(label=_("Looked at again on"), help_text=_("Such as +180 or 1.3.2027."))


class ReviseForm(ActForm):
    because = note(_("What was changed, and why"), required=True, max_length=300)
    next_revision_on = TypedDateField(label=_("Looked at again on"), help_text=_("Such as +180 or 1.3.2027."))


class EvaluateForm(ActForm):
    held_on = TypedDateField(label=_("Day"))
    goals = forms.ChoiceField(label=_("The goals"), choices=GoalsReached.choices, widget=forms.RadioSelect)
    person_says = note(_("What the person says"), required=True, max_length=_LONG)
    we_say = note(_("What the services say"), max_length=_LONG)


class EndPlanForm(ActForm):
    because = forms.ChoiceField(label=_("Why does it end?"), choices=PlanEnd.choices, widget=forms.RadioSelect)
    on = TypedDateField(label=_("Ended on"))


class ParticipantForm(ActForm):
    kind = forms.ChoiceField(label=_("Who takes part?"), choices=ParticipantKind.choices, widget=forms.RadioSelect)
    seat = forms.ChoiceField(
        label=_("Somebody who signs in here"),
        required=False,
        help_text=_("They may read their own part of the plan, until the person takes the consent back."),
    )
    name = forms.CharField(label=_("Or a name"), required=False, max_length=100)
    service = forms.CharField(label=_("Service"), required=False, max_length=100)
    contributes = note(_("What they contribute"), required=True, max_length=500)
    consented_on = TypedDateField(
        label=_("The person said yes to sharing with them on"),
        required=False,
        help_text=_("Nobody takes part before that."),
    )
    way = _way()

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "seat", seats, empty=_("Nobody on the list"))

    def new(self) -> NewParticipant:
        """Who takes part, from a valid form."""
        return NewParticipant(**{name: self.cleaned_data[name] for name in NewParticipant.__dataclass_fields__})


class MeasureForm(ActForm):
    what = forms.CharField(label=_("What"), max_length=300)
    responsible = forms.ChoiceField(label=_("Who answers for it?"), help_text=_("The person, or somebody of the plan."))
    extent = forms.CharField(label=_("How much or how often"), max_length=200)
    begins_on = TypedDateField(label=_("Begins"))
    due_on = TypedDateField(label=_("Done by"), help_text=_("Such as +14 or 1.3.2026."))

    def __init__(self, *args: Any, participants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = [(one.value, one.label) for one in (Responsible.PERSON, Responsible.COORDINATOR)]
        _set(self, "responsible", [*ours, *((str(pk), name) for pk, name in participants)])

    def new(self) -> NewMeasure:
        """The measure, from a valid form."""
        told = self.cleaned_data
        number = told["responsible"] if told["responsible"].isdigit() else ""
        return NewMeasure(
            what=told["what"],
            responsible=Responsible.PARTICIPANT if number else told["responsible"],
            participant_id=int(number) if number else None,
            extent=told["extent"],
            begins_on=told["begins_on"],
            due_on=told["due_on"],
        )


class FinishMeasureForm(ActForm):
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=MeasureOutcome.choices, widget=forms.RadioSelect)
    why = note(_("Why it was not done"), max_length=300)


class GroupForm(ActForm):
    members = forms.TypedMultipleChoiceField(
        label=_("Who is in the group?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    led_by = forms.CharField(label=_("Who leads it?"), max_length=100)

    def __init__(self, *args: Any, participants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "members", participants)


class GroupMeetingForm(ActForm):
    held_on = TypedDateField(label=_("Day"))
    present = forms.CharField(label=_("Who came"), max_length=300)
    minutes = note(_("What was agreed"), required=True, max_length=_LONG)
    next_on = TypedDateField(label=_("Next meeting"), required=False)


class CopyForm(ActForm):
    language = language_of_letter()


class ChildCoordinatorForm(ActForm):
    person = _number(_("Which child?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the coordinator"), max_length=100)
    service = forms.CharField(label=_("Service"), max_length=100)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)

    def __init__(self, *args: Any, children: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "person", children)

    def new(self) -> NewChildCoordinator:
        told = self.cleaned_data
        return NewChildCoordinator(
            person_id=told["person"], name=told["name"], service=told["service"], phone=told["phone"]
        )


class CoordinatingUnitForm(ActForm):
    name = forms.CharField(label=_("What the coordinating unit is called"), max_length=100)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    email = forms.EmailField(label=_("Email"), required=False)


def next_revision(today: date) -> date:
    """The day a form proposes: half a year ahead."""
    return date.fromordinal(today.toordinal() + 182)
