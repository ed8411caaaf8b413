"""What a figure is compared with: which period, as known when, and by which rule."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.states import add_months
from kpi.declaring import Rule
from kpi.forms.figures import EARLIEST, RULES, FigureForm, KnownAtField
from kpi.models import Report
from kpi.questions.report import seals_of
from people.fields import TypedDateField, offer
from people.wording import day


class Against(StrEnum):
    """What a period is held against."""

    YEAR_BEFORE = "year_before"
    BEFORE = "before"
    SAME = "same"
    OWN = "own"
    SEAL = "seal"


class WhyForm(FigureForm):
    """A figure and the one it is compared with; without a choice the same days of the year before, as known now."""

    against = forms.ChoiceField(
        label=_("Compared with"),
        choices=[
            (Against.YEAR_BEFORE, _("The same days of the year before")),
            (Against.BEFORE, _("The period just before")),
            (Against.SAME, _("The same period, as known earlier or by the other rule")),
            (Against.OWN, _("Own dates")),
            (Against.SEAL, _("A locked report")),
        ],
        required=False,
    )
    then_first_day = TypedDateField(
        label=_("First day compared with"), required=False, earliest=EARLIEST, help_text=_("For own dates.")
    )
    then_last_day = TypedDateField(label=_("Last day compared with"), required=False, earliest=EARLIEST)
    seal = forms.ChoiceField(
        label=_("Locked report"),
        required=False,
        help_text=_("Its year, by its rule, and as known when it was locked."),
    )
    then_known_at = KnownAtField(
        label=_("Compared with, as known on"),
        required=False,
        earliest=EARLIEST,
        help_text=_("What was registered by the end of that day. Empty: what is known now."),
    )
    then_rule = forms.ChoiceField(
        label=_("Rule compared with"), choices=[("", _("The same rule")), *RULES.items()], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seals = {str(one.pk): one for one in seals_of(self.municipality)} if self.municipality else {}
        offer(self, "seal", [("", _("None")), *((key, _named(one)) for key, one in self.seals.items())])
        for name in ("then_last_day", "then_known_at"):
            field = self.fields[name]
            assert isinstance(field, TypedDateField)
            field.latest = self.today

    def clean(self) -> dict[str, Any]:
        """`then_starts_on`, `then_ends_on`, `then_rule` and `then_known_at` beside what `FigureForm` answers."""
        cleaned = super().clean()
        against = Against(cleaned.get("against") or Against.YEAR_BEFORE)
        starts_on, ends_on = _compared(against, cleaned["starts_on"], cleaned["ends_on"])
        if against is Against.OWN:
            starts_on, ends_on = self._own_dates(cleaned, starts_on, ends_on, names=("then_first_day", "then_last_day"))
        rule = Rule(cleaned.get("then_rule") or cleaned["rule"])
        told = {"then_starts_on": starts_on, "then_ends_on": ends_on, "then_rule": rule, "then_report": None}
        known = {"then_known_at": cleaned.get("then_known_at") or cleaned["known_at"]}
        if against is Against.SEAL:
            told |= self._as_sealed(cleaned)
            known["then_known_at"] = told.pop("then_known_at", known["then_known_at"])
        self._refuse_what_says_nothing(cleaned, against, rule)
        return {**cleaned, **told, **known}

    def _as_sealed(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The year and the moment of a locked report; its rule is the figure's own there."""
        report = self.seals.get(cleaned.get("seal") or "")
        if report is None:
            if "seal" not in self.errors:
                self.add_error("seal", _("Choose which report. There is none to choose before one is locked."))
            return {}
        return {
            "then_starts_on": date(report.year, 1, 1),
            "then_ends_on": date(report.year + 1, 1, 1),
            "then_known_at": report.known_at,
            "then_report": report,
        }

    def _refuse_what_says_nothing(self, cleaned: dict[str, Any], against: Against, rule: Rule) -> None:
        then, now = cleaned.get("then_known_at"), cleaned["known_at"]
        if then is not None and now is not None and then > now:
            self.add_error("then_known_at", _("The figure compared with cannot be known later than the other."))
        is_same = against is Against.SAME and rule == cleaned["rule"]
        if is_same and then is None and "then_known_at" not in self.errors:
            self.add_error(
                "then_known_at", _("Write when it was known, or choose the other rule: else nothing differs.")
            )


def _named(report: Report) -> str:
    assert report.locked_at is not None
    told = {"report": str(report), "version": report.version, "day": day(localdate(report.locked_at))}
    return str(_("%(report)s, version %(version)s, locked %(day)s")) % told


def _compared(against: Against, starts_on: date, ends_on: date) -> tuple[date, date]:
    if against is Against.SAME:
        return starts_on, ends_on
    if against is Against.BEFORE:
        return max(starts_on - (ends_on - starts_on), EARLIEST), starts_on
    last_day = ends_on - timedelta(days=1)
    return add_months(starts_on, -12), add_months(last_day, -12) + timedelta(days=1)
