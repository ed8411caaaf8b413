"""The homeless by name: twelve months that balance, functional zero by group, and the names behind every number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from housing.states import add_months
from kpi.balance import ZERO_MONTHS, Came, Month, Went, Zero, zero_of
from kpi.forms.by_name import GROUPS, ByNameForm
from kpi.measurement import Period
from kpi.periods import months_up_to
from kpi.questions.balance import CAME, WENT, Group, Known, balance, known_of, names_of
from kpi.views.asking import Asked, asked_of
from people import readings
from people.components import Crumb

DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-01")
#: The lists that are no reason.
BEFORE, CAME_IN, WENT_OUT, AFTER, HOUSED = "before", "came", "went", "after", "housed"
WHAT: dict[str, str | Promise] = {
    BEFORE: gettext_lazy("Homeless before"),
    CAME_IN: gettext_lazy("Came in"),
    WENT_OUT: gettext_lazy("Went out"),
    AFTER: gettext_lazy("Homeless after"),
    HOUSED: gettext_lazy("To a lasting home in the last six months"),
    **{f"came-{came}": words for came, words in CAME.items()},
    **{f"went-{went}": words for went, words in WENT.items()},
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number that leads to its names."""

    value: int
    url: str
    label: str


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """A month in numbers, in the order of the columns."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class ZeroRow:
    """A group: how many are homeless, how many find a lasting home in a month, and whether that is functional zero."""

    label: str | Promise
    active: Cell
    housed: Cell
    a_month: Decimal
    zero: Zero


@require_safe
def by_name(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request, ByNameForm)
    months, group = months_up_to(asked.period.ends_on), asked.form.cleaned_data["group"]
    known = known_of(asked.listing, months)
    told = balance(known, months, group)
    columns = _columns(told)
    cursor = {"after": request.GET.get("after"), "before": request.GET.get("before")}
    last = told[-1]
    names = names_of(
        last.after,
        known.of(group),
        asked.listing,
        Period(last.starts_on, last.ends_on),
        asked.employee,
        is_whole=not group,
        at=asked.at,
        **cursor,
    )
    readings.note_shown(one.row.household_id for one in names.page.rows if one.row.key is None)
    context = {
        **asked.context,
        "last_day": last.ends_on - timedelta(days=1),
        "group": GROUPS[group],
        "zeros": [_zero(known, months, one, asked) for one in Group],
        "columns": [WHAT[column] for column in columns],
        "months": [_row(month, columns, group, asked) for month in reversed(told)],
        "now": len(last.after),
        "names": names,
        "crumbs": [Crumb(_("Indicators"), reverse("kpi:indicators"))],
    }
    return render(request, "kpi/by_name/by_name.html", context)


@require_safe
def by_name_list(request: HttpRequest, month: str, what: str) -> HttpResponse:
    """The names behind one number: of the month that begins on a day, or of the six that end with it."""
    asked = asked_of(request, ByNameForm)
    group, ends_on = asked.form.cleaned_data["group"], asked.period.ends_on
    starts_on = parse_date(month) if DAY.fullmatch(month) else None
    if starts_on is None or starts_on >= ends_on or what not in WHAT:
        raise Http404
    months = months_up_to(min(add_months(starts_on, 1), ends_on), ZERO_MONTHS)
    known = known_of(asked.listing, months)
    told = balance(known, months, group)
    some = told if what == HOUSED else told[-1:]
    ids = [pk for one in some for pk in _ids(one, what)]
    names = names_of(
        ids,
        known.of(group),
        asked.listing,
        Period(some[0].starts_on, some[-1].ends_on),
        asked.employee,
        is_whole=not group,
        at=asked.at,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    readings.note_shown(one.row.household_id for one in names.page.rows if one.row.key is None)
    context = {
        **asked.context,
        "what": WHAT[what],
        "period": Period(some[0].starts_on, some[-1].ends_on),
        "last_day": some[-1].ends_on - timedelta(days=1),
        "group": GROUPS[group] if group else "",
        "names": names,
        "times": len(ids),
        "crumbs": [Crumb(_("Homeless by name"), reverse("kpi:by_name") + asked.whole_query)],
    }
    return render(request, "kpi/by_name/list.html", context)


def _ids(month: Month, what: str) -> list[int]:
    """Those in a list of a month; of the six months, as often as each found a home."""
    plain = {BEFORE: month.before, CAME_IN: month.came, WENT_OUT: month.went, AFTER: month.after}
    if what in plain:
        return sorted(plain[what])
    if what == HOUSED:
        return [pk for pk, went in month.went.items() if went is Went.HOME]
    _side, _dash, reason = what.partition("-")
    told: dict[int, Came] | dict[int, Went] = month.came if what.startswith("came") else month.went
    return sorted(pk for pk, why in told.items() if why == reason)


def _columns(told: list[Month]) -> list[str]:
    """Before, in by reason, out by reason, after: the reasons that occur, and the usual ones."""
    usual = {Came.NEW, Came.RETURNED, Went.HOME}
    came = [one for one in Came if one in usual or any(one in month.came.values() for month in told)]
    went = [one for one in Went if one in usual or any(one in month.went.values() for month in told)]
    return [BEFORE, CAME_IN, *(f"came-{one}" for one in came), WENT_OUT, *(f"went-{one}" for one in went), AFTER]


def _row(month: Month, columns: list[str], group: Group, asked: Asked) -> MonthRow:
    name = date_format(month.starts_on, "F Y", use_l10n=False)
    return MonthRow(name=name, cells=[cell_of(month, column, group, asked, name=name) for column in columns])


def cell_of(month: Month, what: str, group: Group, asked: Asked, *, name: str) -> Cell:
    """A number of a month, and where its names are."""
    return Cell(
        value=len(_ids(month, what)),
        url=_url(month.starts_on, what, group, asked),
        label=f"{WHAT[what]}, {name}",
    )


def _url(month: date, what: str, group: Group, asked: Asked) -> str:
    told = {name: value for name, value in asked.form.data.items() if name in ByNameForm.base_fields and value}
    told = {**told, "group": group.value}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('kpi:by_name_list', args=[month.isoformat(), what])}?{query}"


def _zero(known: Known, months: list[tuple[date, date]], group: Group, asked: Asked) -> ZeroRow:
    told = balance(known, months, group)
    zero, last = zero_of(told), told[-1]
    name = str(GROUPS[group])
    return ZeroRow(
        label=GROUPS[group],
        active=replace(cell_of(last, AFTER, group, asked, name=name), value=zero.active),
        housed=replace(cell_of(last, HOUSED, group, asked, name=name), value=zero.housed),
        a_month=Decimal(round(zero.a_month * 10)) / 10,
        zero=zero,
    )
