"""Who acts for a member, in which language they get letters, and that somebody has died."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.representatives import NewRepresentative
from cases.forms.cases import note
from cases.models import ReceivedPaper, RepresentativeKind, RepresentativeScope
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.forms.files import accepted_file, taken_in
from people.models import Language, Person
from people.uploads import TakenIn


class RepresentativeForm(ActForm):
    """For whom, who, and what it rests on."""

    person = forms.TypedChoiceField(label=_("Acts for"), coerce=int)
    kind = forms.ChoiceField(label=_("As what"), choices=RepresentativeKind.choices, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("For what"), choices=RepresentativeScope.choices, initial=RepresentativeScope.BOTH
    )
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=200)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    address = forms.CharField(
        label=_("Address"), required=False, max_length=300, help_text=_("Where letters to them are sent.")
    )
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("Until"), required=False, help_text=_("First day without it. Empty: no end."))
    gets_letters = forms.BooleanField(
        label=_("Letters go to them too"),
        required=False,
        initial=True,
        help_text=_("Then no letter leaves without them. Take the tick away where they must not have it."),
    )
    is_lawyer = forms.BooleanField(label=_("The agent is a lawyer"), required=False)
    paper = forms.TypedChoiceField(
        label=_("Paper that it rests on"), required=False, coerce=int, empty_value=None, choices=()
    )
    file = accepted_file(_("Or take it in now"), required=False)
    limits = forms.CharField(
        label=_("Limited to"), required=False, max_length=300, help_text=_("Such as: the application for a dwelling.")
    )
    note = note(_("Note"))

    def __init__(
        self, *args: Any, persons: Mapping[int, Person], papers: Sequence[ReceivedPaper], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {paper.pk: paper for paper in papers}
        offer(self, "person", [(pk, str(person)) for pk, person in persons.items()])
        offer(self, "paper", [("", _("None")), *((paper.pk, paper.about) for paper in papers)])

    def clean_file(self) -> TakenIn | None:
        return taken_in(self.cleaned_data["file"])

    def new_representative(self) -> NewRepresentative:
        """Whoever it is, from a valid form."""
        told = self.cleaned_data
        words = ("name", "organisation", "phone", "address", "limits", "note")
        return NewRepresentative(
            kind=RepresentativeKind(told["kind"]),
            scope=RepresentativeScope(told["scope"]),
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            gets_letters=told["gets_letters"],
            is_lawyer=told["is_lawyer"],
            paper=self.papers.get(told["paper"]),
            file=told["file"],
            **{name: told[name] for name in words},
        )


class EndRepresentativeForm(ActForm):
    on = TypedDateField(label=_("First day without it"))
    reason = note(_("Why it ends"), required=True, max_length=300)


class LetterLanguageForm(ActForm):
    letter_language = forms.ChoiceField(
        label=_("Language of letters"),
        required=False,
        choices=[("", _("The municipality's own")), *Language.choices],
        widget=forms.RadioSelect,
    )
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    spoken = forms.CharField(
        label=_("Language spoken"),
        required=False,
        max_length=20,
        help_text=_("Letters say that they are explained with an interpreter in this language."),
    )


class DeathForm(ActForm):
    died_on = TypedDateField(label=_("Died"))
    reason = note(_("How it is known"), required=True, max_length=300)


class TakeBackDeathForm(ActForm):
    reason = note(_("What was wrong"), required=True, max_length=300)
