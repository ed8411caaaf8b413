"""Tasks: what of the list is shown, giving several to a colleague, writing one down; letters from authorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.authority_letters import NewLetter
from cases.models import Authority, TaskKind
from cases.questions.task_list import MINE, SHOWN, Wish
from people.act_forms import ActForm
from people.fields import TypedDateField, offer

Choices = Sequence[tuple[Any, Any]]


class TaskFilterForm(forms.Form):
    """Codes only, never names or numbers."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of task"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [("", _("All kinds")), *TaskKind.choices])
        offer(self, "unit", [("", _("All my units")), *units])
        if len(units) < 2:
            del self.fields["unit"]

    def wish(self) -> Wish:
        """What is wanted; what is not understood is left out."""
        self.is_valid()
        told = self.cleaned_data
        show = told.get("show") or MINE
        return Wish(show=show if show in SHOWN else MINE, kind=told.get("kind") or "", unit=told.get("unit") or "")


class ReassignForm(ActForm):
    """The ticked tasks of a list, and who gets them."""

    tasks = forms.TypedMultipleChoiceField(label=_("Tasks"), coerce=int, required=False)
    employee = forms.TypedChoiceField(label=_("Give the ticked tasks to"), coerce=int)

    def __init__(self, *args: Any, colleagues: Choices, tasks: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [("", _("Choose a colleague")), *colleagues])
        offer(self, "tasks", [(pk, pk) for pk in tasks])


class AddTaskForm(ActForm):
    about = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = TypedDateField(label=_("By"), help_text=_("Such as 1.3.26, tomorrow or +14."))
    employee = forms.TypedChoiceField(label=_("Who does it"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "employee", [("", _("Anybody at the unit")), *colleagues])


class AuthorityLetterForm(ActForm):
    authority = forms.ChoiceField(label=_("Who wrote"), choices=[("", _("Choose an authority")), *Authority.choices])
    asks = forms.CharField(
        label=_("What they ask for"), max_length=300, help_text=_("Such as a statement in an appeal.")
    )
    received_on = TypedDateField(label=_("Received"))
    due_on = TypedDateField(label=_("To be answered by"), help_text=_("The day that stands in the letter."))
    reference = forms.CharField(label=_("Their reference"), max_length=60, required=False)

    def letter(self) -> NewLetter:
        told = self.cleaned_data
        return NewLetter(
            authority=Authority(told["authority"]),
            asks=told["asks"],
            received_on=told["received_on"],
            due_on=told["due_on"],
            reference=told["reference"],
        )


class AnswerLetterForm(ActForm):
    answered_on = TypedDateField(label=_("Answered"))
    answer = forms.CharField(label=_("What was answered"), max_length=300)
