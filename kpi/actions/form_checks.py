"""The checks of KOSTRA's form, made each day: what would fail if it were filled in today, and since when."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from cases.actions.calendar import calendar
from kpi.form_checks import OF_ANSWERS
from kpi.models import FormFinding, Report, ReportKind
from kpi.questions.kostra import kostra_year
from people.models import Employee, Unit
from people.transactions import act

#: So long corrections of last year's form are taken: up to and including this month and day.
_LAST_CORRECTION = (4, 15)


def check_forms(at: datetime) -> str:
    """Every municipality's form of this year, and of last year as long as it can be corrected."""
    places = Unit.objects.order_by("municipality").values_list("municipality", flat=True).distinct()
    found = sum(
        check_form(municipality=place, year=year, by=calendar(), at=at)
        for place in places
        for year in years_checked(localdate(at))
    )
    return f"{found} findings in this year's KOSTRA forms"


def years_checked(on: date) -> list[int]:
    return [on.year - 1, on.year] if (on.month, on.day) <= _LAST_CORRECTION else [on.year]


@act
def check_form(*, municipality: str, year: int, by: Employee, at: datetime) -> int:
    """Keep what is found that nobody has set aside; what is found no more is cleared. → how many findings."""
    report: Report | None = Report.objects.of(ReportKind.KOSTRA, municipality, year).first()
    on, found = localdate(at), kostra_year(municipality, year, report, at=at)
    now = {one.check.key: one.count for one in found.findings if one.is_open and one.check.key not in OF_ANSWERS}
    known = FormFinding.objects.filter(municipality=municipality, year=year, cleared_on=None)
    for one in known.select_for_update(no_key=True):
        count = now.pop(one.key, 0)
        if count == 0:
            one.cleared_on = on
            one.save(update_fields=["cleared_on"])
        elif count != one.count:
            one.count = count
            one.save(update_fields=["count"])
    FormFinding.objects.bulk_create(
        FormFinding(municipality_id=municipality, year=year, key=key, count=count, found_on=on)
        for key, count in now.items()
    )
    return known.count()
