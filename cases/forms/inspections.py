"""Opening an inspection, naming a case, assessing one, taking out the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.inspections import Finding, Scope
from cases.models import Assessment, Point, Theme, Verdict
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import Employee

_DATE_HELP = _("Such as 1.3.26, yesterday or -30.")


class OpenInspectionForm(ActForm):
    """What is inspected, by whom, how many cases, and until when. Each last day is itself taken in."""

    case_reference = forms.CharField(
        label=_("The authority's case reference"),
        max_length=60,
        help_text=_("As in the letter that gives notice of the inspection."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"), choices=Theme, widget=forms.CheckboxSelectMultiple, initial=list(Theme.values)
    )
    starts_on = TypedDateField(label=_("First day of the period"), help_text=_DATE_HELP, is_past=True)
    until = TypedDateField(label=_("Last day of the period"), help_text=_DATE_HELP, is_past=True)
    sample_size = forms.IntegerField(
        label=_("Cases for each theme"),
        min_value=1,
        max_value=200,
        initial=10,
        help_text=_("A case that is drawn for several themes is read once."),
    )
    inspectors = forms.TypedMultipleChoiceField(
        label=_("Inspectors"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who have the role of auditor in the municipality."),
    )
    last_day = TypedDateField(label=_("Last day it is open"), help_text=_("Such as 1.3.26 or +14."))
    includes_special = forms.BooleanField(
        label=_("With special notes"),
        required=False,
        help_text=_("Notes on drugs, violence, health, child protection and prison, and nights at a night shelter."),
    )

    def __init__(self, *args: Any, inspectors: Iterable[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "inspectors", [(one.pk, one.name) for one in inspectors])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", _("The end must come after the start."))
        return cleaned

    def scope(self) -> Scope:
        told = self.cleaned_data
        return Scope(
            case_reference=told["case_reference"],
            themes=[Theme(theme) for theme in told["themes"]],
            starts_on=told["starts_on"],
            ends_on=told["until"] + timedelta(days=1),
            includes_special=told["includes_special"],
            sample_size=told["sample_size"],
            inspector_ids=told["inspectors"],
            last_day=told["last_day"],
        )


class NameCaseForm(ActForm):
    """One more case, by its number."""

    case_number = forms.CharField(label=_("Case number"), max_length=64, strip=True)
    reason = forms.CharField(
        label=_("Why this case"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class InspectionExportForm(forms.Form):
    """Why the file is taken out."""

    reason = forms.CharField(
        label=_("What the file is for"),
        max_length=300,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten characters. Stands in the register of exports."),
    )


class PopulationForm(forms.Form):
    """Which part of a population is shown."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "theme", [("", _("All themes")), *((theme.value, theme.label) for theme in themes)])


class AssessForm(ActForm):
    """An assessment and a note for each point, in the fields `<point>` and `<point>_note`. Empty is not assessed."""

    newest = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        points: Iterable[Point],
        in_force: Mapping[Point, Assessment],
        stands: Mapping[Point, str],
        **kwargs: Any,
    ) -> None:
        newest = max((one.pk for one in in_force.values()), default=None)
        super().__init__(*args, **{**kwargs, "initial": {"newest": newest, **_initial(in_force)}})
        self.points = list(points)
        for point in self.points:
            self.fields[point.value] = forms.ChoiceField(
                label=point.label, choices=Verdict, widget=forms.RadioSelect, help_text=stands[point]
            )
            self.fields[f"{point}_note"] = forms.CharField(
                label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
            )

    def full_clean(self) -> None:
        """No field says that it is optional: the page says it once of all of them."""
        for name in self._of_points():
            self.fields[name].required = False
        super().full_clean()
        for name in self._of_points():
            self.fields[name].required = True

    def _of_points(self) -> list[str]:
        return [name for point in self.points for name in (point.value, f"{point}_note")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for point in self.points:
            if cleaned.get(f"{point}_note") and not cleaned.get(point):
                self.add_error(point, _("Choose what the note is about: met, not met, not documented or not relevant."))
        return cleaned

    def findings(self) -> list[Finding]:
        told = self.cleaned_data
        return [
            Finding(point=point, verdict=Verdict(told[point]), note=told[f"{point}_note"])
            for point in self.points
            if told[point]
        ]


def _initial(in_force: Mapping[Point, Assessment]) -> dict[str, str]:
    verdicts = {point.value: one.verdict for point, one in in_force.items()}
    return verdicts | {f"{point}_note": one.note for point, one in in_force.items()}
