"""Forms about requests: handing on, disputes, which month, and when a unit is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.actions.disputes import NewDispute
from cases.actions.forwarding import CaseGoes, ForwardTo
from cases.forms.cases import note
from cases.models import DisputeDecision
from cases.same_day import Hours
from housing.states import add_months
from people.act_forms import ActForm
from people.fields import ClockField, TypedDateField, offer
from people.models import Unit

_ELSEWHERE = _("Such as Drammen municipality, or the hospital's social worker.")
#: Months back that lists and reports can be asked for.
MONTHS = 25


class ForwardForm(ActForm):
    unit = forms.TypedChoiceField(label=_("Unit of the municipality"), coerce=int, empty_value=None, required=False)
    case_goes = forms.ChoiceField(
        label=_("And the case?"),
        choices=[
            (CaseGoes.WITH_IT.value, _("The unit takes the household over")),
            (CaseGoes.SHARED.value, _("Both units follow the household")),
        ],
        initial=CaseGoes.WITH_IT.value,
        widget=forms.RadioSelect,
        help_text=_("Only for a unit of the municipality. It gets to see the household either way."),
    )
    body = forms.CharField(
        label=_("Or another municipality or service"), required=False, max_length=200, help_text=_ELSEWHERE
    )
    reason = note(_("Why does it belong there?"), required=True, max_length=300)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("Choose a unit")), *units])

    def to(self) -> ForwardTo:
        """Where it goes, from a valid form."""
        told = self.cleaned_data
        return ForwardTo(told["unit"], told["body"], CaseGoes(told["case_goes"]))


class DisputeForm(ActForm):
    with_unit = forms.TypedChoiceField(
        label=_("With a unit of the municipality"), coerce=int, empty_value=None, required=False
    )
    with_body = forms.CharField(
        label=_("Or with another municipality or service"), required=False, max_length=200, help_text=_ELSEWHERE
    )
    about = note(_("What is disputed"), required=True, max_length=2000)
    help_meanwhile = note(
        _("Help that goes on until it is decided: what, and who gives it"), required=True, max_length=2000
    )
    since = TypedDateField(label=_("Disputed since"), help_text=_("The leader's time to decide is counted from here."))
    leader = forms.TypedChoiceField(label=_("Who decides"), coerce=int)

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], leaders: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "with_unit", [("", _("Choose a unit")), *units])
        offer(self, "leader", [("", _("Choose a leader")), *leaders])

    def dispute(self, request_id: int | None) -> NewDispute:
        """What is disputed, from a valid form."""
        told = self.cleaned_data
        return NewDispute(
            about=told["about"],
            help_meanwhile=told["help_meanwhile"],
            since=told["since"],
            leader_id=told["leader"],
            with_unit_id=told["with_unit"],
            with_body=told["with_body"],
            request_id=request_id,
        )


class DecideDisputeForm(ActForm):
    decision = forms.ChoiceField(
        label=_("Who is responsible?"), choices=DisputeDecision.choices, widget=forms.RadioSelect
    )
    reason = note(_("Why"), required=True, max_length=2000)
    result = note(_("What came of it, if known"), max_length=2000)


class EndDisputeForm(ActForm):
    result = note(_("What came of it"), required=True, max_length=2000)


class MonthForm(forms.Form):
    """A month, and where there are several a unit. What cannot be read is the month of `today`."""

    unit = forms.ChoiceField(label=_("Unit"))
    month = forms.ChoiceField(label=_("Month"), required=False)
    only = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, today: date, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.this_month = today.replace(day=1)
        months = [add_months(self.this_month, -back) for back in range(MONTHS)]
        offer(self, "month", [(f"{one:%Y-%m}", date_format(one, "F Y", use_l10n=False)) for one in months])
        offer(self, "unit", list(places))
        if len(places) == 1:
            self.fields["unit"].widget = forms.HiddenInput()

    @property
    def starts_on(self) -> date:
        self.is_valid()
        chosen = self.cleaned_data.get("month")
        return datetime.strptime(f"{chosen}-01", "%Y-%m-%d").date() if chosen else self.this_month  # noqa: DTZ007


def places_of(units: Sequence[Unit]) -> list[tuple[str, str]]:
    return [(unit.ref, unit.name) for unit in units]


class WeekForm(ActForm):
    """A week's hours from a day on: two times a weekday, both left empty where it is closed."""

    starts_on = TypedDateField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            for part, words in (("opens", _("%(day)s from")), ("closes", _("%(day)s to"))):
                self.fields[f"{part}_{number}"] = ClockField(label=words % {"day": name}, required=False)

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(str(name), self[f"opens_{number}"], self[f"closes_{number}"]) for number, name in WEEKDAYS.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in WEEKDAYS:
            _both_or_neither(self, f"opens_{number}", f"closes_{number}")
        return cleaned

    def week(self) -> dict[int, Hours | None]:
        """By weekday, from a valid form."""
        return {number: _hours(self, f"opens_{number}", f"closes_{number}") for number in WEEKDAYS}


class DayForm(ActForm):
    """One day that is otherwise: closed when no times are written."""

    day = TypedDateField(label=_("Day"))
    opens = ClockField(label=_("From"), required=False, help_text=_("Left empty: closed that day."))
    closes = ClockField(label=_("To"), required=False)
    why = forms.CharField(label=_("Why"), max_length=100, help_text=_("Such as a planning day or Christmas Eve."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _both_or_neither(self, "opens", "closes")
        return cleaned

    def hours(self) -> Hours | None:
        return _hours(self, "opens", "closes")


def _both_or_neither(form: forms.Form, opens: str, closes: str) -> None:
    first, last = form.cleaned_data.get(opens), form.cleaned_data.get(closes)
    if (first is None) != (last is None) and not {opens, closes} & set(form.errors):
        form.add_error(
            closes if last is None else opens, _("Write both when the unit opens and when it closes, or neither.")
        )


def _hours(form: forms.Form, opens: str, closes: str) -> Hours | None:
    first, last = form.cleaned_data.get(opens), form.cleaned_data.get(closes)
    return Hours(first, last) if first is not None and last is not None else None
