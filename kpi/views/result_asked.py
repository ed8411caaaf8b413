"""Whose result report of which year is asked for."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from kpi.forms.result_report import FIRST_YEAR
from kpi.questions.result_content import ResultReport
from kpi.questions.result_report import result_report
from kpi.views.municipality import Municipality
from people.models import Municipality as MunicipalityRow
from people.special_unit import strictly_confidential


def report_of(of: Municipality, year: int) -> ResultReport:
    """The year's report as it stands now.

    :raises Http404: for a year that has not begun, or of which nobody has figures
    """
    today = localdate(of.at)
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return result_report(municipality_of(of), year, at=of.at, today=today, left_out=left_out_of(of, year))


def left_out_of(of: Municipality, year: int) -> tuple[int, ...]:
    """The strictly confidential count in a whole calendar year alone."""
    today = localdate(of.at)
    return strictly_confidential(of.place.municipality, on=today) if year == today.year else ()


def municipality_of(of: Municipality) -> MunicipalityRow:
    return MunicipalityRow.objects.get(pk=of.place.municipality)


def address_of(of: Municipality, year: int) -> str:
    return f"{reverse('kpi:result_report')}?place={of.place.code}&year={year}"
