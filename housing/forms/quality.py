"""What one writes when watching over a provider."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.models import ComplaintSource, ComplaintSubject, InspectionOutcome, Provider, ProviderComplaint
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.forms.files import accepted_file, taken_in
from people.uploads import TakenIn

_NAMELESS = _("Write of the place, never who lives there.")
_AREA = forms.Textarea(attrs={"rows": 5})


def period_faults(form: forms.Form) -> None:
    starts_on, ends_on = form.cleaned_data.get("starts_on"), form.cleaned_data.get("ends_on")
    if starts_on and ends_on and ends_on <= starts_on:
        form.add_error("ends_on", _("The end must come after the start."))


class ChildApprovalForm(ActForm):
    """The period in which children may live there; without an end it holds until another begins."""

    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("To"), required=False, help_text=_("The first day it no longer holds."))
    founded_on = forms.CharField(
        label=_("Founded on"), max_length=300, required=False, help_text=_("Such as the inspection of a day.")
    )

    def clean(self) -> dict[str, Any]:
        period_faults(self)
        return self.cleaned_data


class EndApprovalForm(ActForm):
    ends_on = TypedDateField(label=_("Children may not live there from"))


class ProviderInspectionForm(ActForm):
    on = TypedDateField(label=_("Day"))
    is_announced = forms.BooleanField(label=_("They knew that we were coming"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=InspectionOutcome, widget=forms.RadioSelect)
    found = forms.CharField(
        label=_("What was found"), max_length=4000, required=False, widget=_AREA, help_text=_NAMELESS
    )
    put_right_by = TypedDateField(label=_("To be put right by"), required=False)

    @staticmethod
    def initially(today: date) -> dict[str, Any]:
        return {"on": today, "put_right_by": today + timedelta(days=14)}


class PutRightForm(ActForm):
    put_right_on = TypedDateField(label=_("Put right on"))


class ComplaintForm(ActForm):
    received_on = TypedDateField(label=_("Received"))
    about = forms.ChoiceField(label=_("About"), choices=ComplaintSubject)
    source = forms.ChoiceField(label=_("From"), choices=ComplaintSource)
    text = forms.CharField(label=_("What it says"), max_length=4000, widget=_AREA, help_text=_NAMELESS)


class CloseComplaintForm(ActForm):
    outcome = forms.CharField(label=_("What came of it"), max_length=1000, widget=_AREA, help_text=_NAMELESS)
    closed_on = TypedDateField(label=_("Closed"))


class ProviderFileForm(ActForm):
    """`cleaned_data["file"]` is a `TakenIn`. The file has to be chosen again when anything was wrong."""

    file = accepted_file(_("File"))
    about = forms.CharField(
        label=_("What it shows"), max_length=200, help_text=_("Such as the window in room 4. No people in the picture.")
    )
    of = forms.ChoiceField(label=_("It belongs to"), required=False)

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspections = [
            (f"inspection-{pk}", _("The inspection of %(day)s") % {"day": shown(on)})
            for pk, on in provider.inspections.order_by("-on", "-pk").values_list("pk", "on")
        ]
        complaints = [
            (f"complaint-{one.pk}", _complaint(one)) for one in provider.complaints.order_by("-received_on", "-pk")
        ]
        offer(self, "of", [("", _("The place as such")), *inspections, *complaints])

    def clean_file(self) -> TakenIn | None:
        return taken_in(self.cleaned_data["file"])

    def belongs_to(self) -> dict[str, int]:
        kind, _dash, number = self.cleaned_data["of"].partition("-")
        return {f"{kind}_id": int(number)} if kind else {}


def shown(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _complaint(one: ProviderComplaint) -> str:
    told = {"day": shown(one.received_on), "about": one.get_about_display()}
    return str(_("The complaint of %(day)s: %(about)s") % told)
