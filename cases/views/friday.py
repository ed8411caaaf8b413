"""The Friday page: what ends before Monday, and what goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from cases.actions.extending import Extended, Extension, extend_many
from cases.forms.friday import ExtendManyForm, Picked, picking
from cases.questions.friday import Ending, before_monday
from cases.questions.standing import Standing, standings
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.access import units_with
from people.act_forms import perform
from people.models import Employee, Household
from people.roles import Permission

#: Where the session keeps what came of the last extension until the next page has shown it.
RESULTS = "friday"
#: What was typed comes back when something was refused.
_KEPT = ("reason", "planned_end", "opening")


@require_http_methods(["GET", "HEAD", "POST"])
def friday(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    results = request.session.pop(RESULTS, {}) if request.method == "GET" else {}
    weekend = before_monday(chosen.unit, employee, at=at)
    others = {ending.standing.key for ending in weekend.endings if ending.is_anothers and ending.is_extendable}
    form = ExtendManyForm(request.POST or None, today=localdate(at), initial=results.get("typed"), others=others)

    def do() -> str:
        request.session[RESULTS] = _results(_extended(form, employee, at), form)
        return request.get_full_path()

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        return done
    rows = _rows(weekend.endings, request.POST.getlist("households"))
    context = {
        "chosen": chosen,
        "weekend": weekend,
        "rows": rows,
        "can_extend": any(row.is_extendable for row in rows),
        "form": form,
        "may_change": units_with(employee, Permission.CHANGE_HOUSEHOLD, at=at).filter(pk=chosen.unit.pk).exists(),
        **_told(results, employee, at),
    }
    return render(request, "cases/friday/friday.html", context)


def _extended(form: ExtendManyForm, by: Employee, at: datetime) -> Sequence[Extended]:
    picked: list[Picked] = form.cleaned_data["households"]
    households = Household.objects.filter(key__in=[one.key for one in picked]).visible_to(by, at=at)
    ids = dict(households.values_list("key", "pk"))
    extensions = [
        Extension(ids[one.key], form.cleaned_data["planned_end"], one.version) for one in picked if one.key in ids
    ]
    told = form.cleaned_data
    return extend_many(extensions=extensions, reason=told["reason"], opening=form.kind(), by=by, at=at)


def _results(extended: Sequence[Extended], form: ExtendManyForm) -> dict[str, Any]:
    """What the next page tells, as the session can keep it: no names."""
    refused = {str(one.household_id): str(one.refusal.message) for one in extended if one.refusal}
    return {
        "extended": [one.household_id for one in extended if one.refusal is None],
        "refused": refused,
        "until": form.cleaned_data["planned_end"].isoformat(),
        "typed": {name: form.data.get(name, "") for name in _KEPT} if refused else {},
    }


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the page: what ends, and its box, numbered so that an error can lead to the first."""

    standing: Standing
    room_until: date | None
    decision_until: date | None
    lease_until: date | None
    is_extendable: bool
    number: int
    value: str
    is_picked: bool


def _rows(endings: Sequence[Ending], picked: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for ending in endings:
        value = picking(ending.standing.key, ending.standing.version)
        rows.append(
            Row(
                standing=ending.standing,
                room_until=ending.room_until,
                decision_until=ending.decision_until,
                lease_until=ending.lease_until,
                is_extendable=ending.is_extendable,
                number=sum(row.is_extendable for row in rows),
                value=value,
                is_picked=value in picked,
            )
        )
    return rows


def _told(results: dict[str, Any], employee: Employee, at: datetime) -> dict[str, Any]:
    """The results with the names of those the employee may see."""
    if not results:
        return {}
    refused = {int(household): sentence for household, sentence in results["refused"].items()}
    asked = Household.objects.filter(pk__in=[*results["extended"], *refused]).visible_to(employee, at=at)
    shown = standings(set(asked.values_list("pk", flat=True)), by=employee, at=at)
    return {
        "until": date.fromisoformat(results["until"]),
        "extended": [shown[household] for household in results["extended"] if household in shown],
        "refused": [(shown[household], sentence) for household, sentence in refused.items() if household in shown],
    }
