"""Forms of needs mapping, work processes and the user's voice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.mapping import Told, aside_of
from cases.actions.process_templates import MOST_DAYS, NewProcessStep
from cases.actions.voice import Asked, Shown
from cases.forms.cases import note
from cases.forms.leases import free_dwellings
from cases.models import (
    QUESTIONS,
    AreaState,
    ComplaintAbout,
    DrugProblem,
    IncomeSource,
    MappedArea,
    ProcessEnd,
    ProcessGroup,
    SurveyKind,
    SurveyOutcome,
    SurveyQuestion,
    SurveyScore,
    SurveyWay,
    TrafficLight,
)
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Household

FIRST_HOMES = 2
MOST_HOMES = 5
MOST_STEPS = 20
_CODES: dict[str, tuple[Any, Any]] = {
    "light": (_("How they live (BrukerPlan's traffic light)"), TrafficLight.choices),
    "income_source": (_("What they mainly live on"), IncomeSource.choices),
    "drug_problem": (_("Known problem"), DrugProblem.choices),
}


class AreaForm(ActForm):
    """What they tell of one area, with the code that the area has of its own."""

    text = forms.CharField(
        label=_("What they tell"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    code = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    state = forms.ChoiceField(label=_("How far have you come?"), choices=AreaState.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, area: MappedArea, **kwargs: Any) -> None:
        aside = aside_of(area.area)
        told = {"text": area.text, "state": AreaState.DONE if area.is_open else area.state}
        if aside:
            told["code"] = getattr(area.mapping, aside)
        super().__init__(*args, initial=told, **kwargs)
        if not aside:
            del self.fields["code"]
            return
        label, choices = _CODES[aside]
        self.fields["code"].label = label
        offer(self, "code", [("", _("Not asked yet")), *choices])

    def told(self) -> Told:
        """What is written, from a valid form."""
        said = self.cleaned_data
        return Told(state=said["state"], text=said["text"], code=said.get("code", ""))


class ApplyForm(ActForm):
    group = forms.ChoiceField(label=_("Who is it for?"), choices=ProcessGroup.choices, widget=forms.RadioSelect)
    starts_on = TypedDateField(label=_("From"), help_text=_("Deadlines are counted from this day."))

    def __init__(self, *args: Any, running: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [choice for choice in ProcessGroup.choices if choice[0] not in running])


class AdjustForm(ActForm):
    what = forms.CharField(label=_("What"), max_length=200)
    who = forms.CharField(label=_("Who"), max_length=100)
    due_on = TypedDateField(label=_("By"))
    because = note(_("Why is it different here?"), required=True, max_length=300)


class LeaveOutForm(ActForm):
    because = note(_("Why is it not needed here?"), required=True, max_length=300)


class EndProcessForm(ActForm):
    because = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[choice for choice in ProcessEnd.choices if choice[0] != ProcessEnd.DONE],
        widget=forms.RadioSelect,
    )


class VersionForm(ActForm):
    """From which day a new version of a work process applies."""

    valid_from = TypedDateField(label=_("Applies from"), help_text=_("Cases that run stay on theirs until moved."))


class VersionStepForm(forms.Form):
    """One step of a version; a row left empty is none."""

    use_required_attribute = False

    what = forms.CharField(label=_("What"), max_length=200)
    who = forms.CharField(label=_("Who"), max_length=100)
    days = forms.IntegerField(label=_("Days from the start"), min_value=0, max_value=MOST_DAYS)
    paragraph = forms.CharField(label=_("Paragraph"), max_length=100, required=False)
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def has_changed(self) -> bool:
        """A row whose words are taken away is none, though its hidden code stays."""
        return any(self.data.get(self.add_prefix(name)) for name in ("what", "who", "days", "paragraph"))


def version_steps(forms_: list[VersionStepForm]) -> list[NewProcessStep]:
    """The steps written, from valid forms, by their days."""
    steps = [NewProcessStep(**form.cleaned_data) for form in forms_ if form.cleaned_data]
    return sorted(steps, key=lambda step: step.days)


class SurveyForm(ActForm):
    """The questions of one survey, each with an answer or none."""

    outcome = forms.ChoiceField(
        label=_("Did they answer?"),
        choices=SurveyOutcome.choices,
        initial=SurveyOutcome.ANSWERED,
        widget=forms.RadioSelect,
    )
    asked_on = TypedDateField(label=_("Day"))
    way = forms.ChoiceField(label=_("How?"), required=False, choices=[("", _("Did not answer")), *SurveyWay.choices])
    person = forms.TypedChoiceField(label=_("Who answered"), required=False, coerce=int, empty_value=None)
    comment = note(_("In their own words"), max_length=2000)

    def __init__(self, *args: Any, kind: SurveyKind, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        offer(self, "person", [("", _("Several, or not told")), *members])
        for code in QUESTIONS[kind]:
            self.fields[code] = forms.TypedChoiceField(
                label=SurveyQuestion(code).label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("No answer")), *SurveyScore.choices],
            )
        self.order_fields(["outcome", "asked_on", "way", "person", *QUESTIONS[kind], "comment"])

    def asked(self, moved_in_on: Any) -> Asked:
        said = self.cleaned_data
        return Asked(
            kind=self.kind,
            moved_in_on=moved_in_on,
            asked_on=said["asked_on"],
            outcome=SurveyOutcome(said["outcome"]),
            way=said["way"],
            person_id=said["person"],
            answers={code: said[code] for code in QUESTIONS[self.kind] if said[code]},
            comment=said["comment"],
        )


class HomeChoiceForm(ActForm):
    """Which homes they were shown: one of ours each, or another in words."""

    on = TypedDateField(label=_("Day"))

    def __init__(self, *args: Any, household: Household, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        dwellings = [("", _("Another home")), *free_dwellings(household, today=self.today)]
        for n in range(1, count + 1):
            self.fields[f"dwelling_{n}"] = forms.TypedChoiceField(
                label=_("Home %(n)s") % {"n": n}, required=False, coerce=int, empty_value=None, choices=dwellings
            )
            self.fields[f"other_{n}"] = forms.CharField(
                label=_("Another home, in words"), required=False, max_length=200
            )
        numbers = [(str(n), _("Home %(n)s") % {"n": n}) for n in range(1, count + 1)]
        self.fields["chosen"] = forms.ChoiceField(
            label=_("Which one did they choose?"),
            required=False,
            choices=[("", _("None of them, or not yet")), *numbers],
            widget=forms.RadioSelect,
        )
        self.fields["wish"] = note(_("Why this one, in their words"), max_length=500)

    def homes(self) -> list[Shown]:
        said = self.cleaned_data
        return [
            Shown(
                dwelling_id=said[f"dwelling_{n}"],
                other="" if said[f"dwelling_{n}"] else said[f"other_{n}"],
                is_chosen=said["chosen"] == str(n),
            )
            for n in range(1, self.count + 1)
            if said[f"dwelling_{n}"] or said[f"other_{n}"].strip()
        ]


class ComplaintForm(ActForm):
    received_on = TypedDateField(label=_("Day"))
    about = forms.ChoiceField(label=_("About"), choices=ComplaintAbout.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What they say"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class ComplaintAnswerForm(ActForm):
    answered_on = TypedDateField(label=_("Answered on"))
    answer = forms.CharField(label=_("What was answered"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    leads_to_change = forms.BooleanField(label=_("It leads to a change in how we work"), required=False)
