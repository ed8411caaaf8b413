"""The worklist of households, with its counters as filters."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.forms.worklist import WORDS, WorklistForm
from cases.models import CaseState
from cases.questions.worklist import OVER, SOON, UNASSIGNED, Filter, municipalities_of, owners, worklist
from cases.views.shell import signed_in
from people.access import has_permission, require
from people.components import Chip, Counter
from people.roles import Permission
from people.special_unit import works_at_special_unit


@require_safe
def households(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_HOUSEHOLD, at=at)
    colleagues = owners(employee, at=at)
    form = WorklistForm(request.GET, owners=colleagues, municipalities=municipalities_of(employee, at=at))
    chosen = form.chosen()
    found = worklist(employee, chosen=chosen, at=at)
    context = {
        "form": form,
        "found": found,
        "counters": _counters(found.counts, chosen),
        "chips": _chips(chosen, dict(colleagues)),
        "is_special_unit": works_at_special_unit(employee, at=at),
        "may_register": has_permission(employee, Permission.CHANGE_HOUSEHOLD, at=at),
    }
    return render(request, "cases/households.html", context)


def _counters(counts: dict[str, int], chosen: Filter) -> list[Counter]:
    """How many in each state, of everybody's; the states that nobody is in are left out."""
    colors = {OVER: "danger", SOON: "warning"}
    labels = {"": _("All open"), **{str(state): str(state.label) for state in CaseState}}
    labels |= {code: str(words) for code, words in WORDS.items()}
    return [
        Counter(
            label=label,
            value=counts[code or "open"],
            url=_address(Filter(only=code, sort=chosen.sort, municipality=chosen.municipality)),
            is_chosen=code == chosen.only and chosen.owner is None,
            color=colors.get(code, "") if counts[code or "open"] else "",
        )
        for code, label in labels.items()
        if code in ("", UNASSIGNED, SOON, OVER, chosen.only) or counts[code]
    ]


def _chips(chosen: Filter, colleagues: dict[int, str]) -> list[Chip]:
    if chosen.owner is None:
        return []
    words = _("Responsible: %(name)s") % {"name": colleagues.get(chosen.owner, "")}
    return [Chip(label=words, remove_url=_address(replace(chosen, owner=None, after=0)))]


def _address(wanted: Filter) -> str:
    values = {"only": wanted.only, "owner": wanted.owner, "sort": wanted.sort, "municipality": wanted.municipality}
    return f"?{urlencode({name: value for name, value in values.items() if value})}"
