"""The count of the homeless on a chosen day, the persons behind each group, and the files for publishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kpi.counting import Dimension
from kpi.exports.counting import counting_excel, counting_pdf
from kpi.forms.counting import DayForm
from kpi.questions.counting import DIMENSIONS, GROUPS, Counted, counted_on, is_group_special, listed
from kpi.views.municipality import Municipality, exporter_of, handed_out, municipality_asked
from people import readings
from people.components import Crumb

#: The list of everybody, and of those of whom it is not known whether they count.
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class _Asked:
    of: Municipality
    form: DayForm
    counted: Counted
    query: str

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "place": self.of.place,
            "counted": self.counted,
            "query": self.query,
            "may_export": self.of.may_export,
        }


@require_safe
def counting(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, municipality_asked(request))
    return render(request, "kpi/counting/counting.html", asked.context)


@require_safe
def counted_list(request: HttpRequest, dimension: str, group: str) -> HttpResponse:
    """The persons of one group, or all of them under "all/all"."""
    asked = _asked(request, municipality_asked(request))
    counted = asked.counted
    if (dimension, group) == (ALL, ALL):
        title, persons, is_special = _("Everybody counted"), list(counted.persons), False
    else:
        by = _dimension(dimension, group)
        title = f"{DIMENSIONS[by]}: {GROUPS[by][group]}"
        persons, is_special = counted.in_group(by, group), is_group_special(by, group)
    found = listed(
        persons,
        asked.of.employee,
        municipality=counted.municipality,
        day=counted.day,
        at=asked.of.at,
        is_special=is_special,
    )
    # a row without a link to its household is read too
    readings.note_shown({row.household_id for row in found.rows if row.key is None})
    crumbs = [Crumb(_("The homeless on a day"), reverse("kpi:counting") + asked.query)]
    # a count by age, by family or by place would tell where somebody is
    hidden = found.hidden if dimension == ALL else None
    context = {
        **asked.context,
        "title": title,
        "number": len(persons),
        "rows": found.rows,
        "hidden": hidden,
        "crumbs": crumbs,
    }
    return render(request, "kpi/counting/list.html", context)


@require_safe
def counting_as_excel(request: HttpRequest) -> HttpResponse:
    return handed_out(counting_excel(_asked(request, exporter_of(request)).counted))


@require_safe
def counting_as_pdf(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, exporter_of(request))
    return handed_out(counting_pdf(asked.counted, place=asked.of.place.name))


def _asked(request: HttpRequest, of: Municipality) -> _Asked:
    form = DayForm({**request.GET.dict(), "place": of.place.code}, today=localdate(of.at), places=of.choices)
    form.is_valid()
    counted = counted_on(form.chosen_day, of.place.municipality, today=localdate(of.at))
    query = f"?place={of.place.code}&day={form.chosen_day.isoformat()}"
    return _Asked(of=of, form=form, counted=counted, query=query)


def _dimension(dimension: str, group: str) -> Dimension:
    if dimension not in set(Dimension) or group not in GROUPS[Dimension(dimension)]:
        raise Http404
    return Dimension(dimension)
