"""Which municipality's year a page is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.timezone import localdate

from kpi.forms.result_report import YearForm
from kpi.views.municipality import Municipality, municipality_asked


@dataclass(frozen=True, kw_only=True)
class Year:
    """A municipality and a year, by whom and when. The form says what could not be read."""

    of: Municipality
    year: int
    form: YearForm

    @property
    def municipality(self) -> str:
        return self.of.place.municipality

    @property
    def today(self) -> date:
        return localdate(self.of.at)

    @property
    def is_under_way(self) -> bool:
        return self.year == self.today.year

    @property
    def query(self) -> str:
        """What links to pages of a municipality's year carry on."""
        return f"?{urlencode({'place': self.of.place.code, 'year': self.year})}"

    @property
    def period_query(self) -> str:
        """The same for pages of a period: the year, up to today while it is under way."""
        last = min(date(self.year, 12, 31), self.today)
        told = {
            "place": self.of.place.code,
            "period": "own",
            "first_day": f"1.1.{self.year}",
            "last_day": f"{last.day}.{last.month}.{last.year}",
        }
        return f"?{urlencode(told)}"

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "place": self.of.place,
            "year": self.year,
            "is_under_way": self.is_under_way,
            "query": self.query,
            "may_write": self.of.may_export,
        }


def year_asked(request: HttpRequest, of: Municipality | None = None, *, year: int | None = None) -> Year:
    """The municipality's year: the one given or chosen, else the last whole one.

    :raises PermissionDenied: when the employee may see no figures
    :raises Http404: when the municipality asked for is not theirs
    """
    of = of or municipality_asked(request)
    today = localdate(of.at)
    usual = today.year - 1
    asked = {"year": str(year or request.GET.get("year") or usual), "place": of.place.code}
    form = YearForm(asked, today=today, places=of.choices)
    chosen = form.cleaned_data.get("year") if form.is_valid() else None
    return Year(of=of, year=int(chosen or usual), form=form)
