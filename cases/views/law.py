"""The rules that decisions follow, and the municipality's own choices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import law as rules
from cases.actions.law import choose_law
from cases.forms.law import ChooseDayForm, ChooseNumberForm, ChooseOptionForm, choice_label, option_label
from cases.law import CHOICES, Choices
from cases.models import Decision, DecisionKind, LawChoice
from cases.questions.law import choices_of
from cases.views.shell import ActPage, signed_in
from cases.views.units import chosen_unit
from people.access import units_with
from people.act_forms import perform
from people.notices import notify
from people.roles import Permission


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """What each kind of decision is founded on, must say, and where it is appealed today; and what was chosen."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    municipality, today = chosen.unit.municipality, localdate(at)
    choices = choices_of(municipality.pk)
    made = LawChoice.objects.filter(municipality=municipality).select_related("by").order_by("code", "-starts_on")
    context = {
        "chosen": chosen,
        "municipality": municipality,
        "kinds": [_kind(kind, today, choices) for kind in DecisionKind],
        "choices": [_choice(code, today, choices) for code in CHOICES],
        "made": [
            {
                "row": row,
                "label": choice_label(CHOICES[row.code]),
                "value": option_label(CHOICES[row.code], row.value),
            }
            for row in made
        ],
        "unchecked": rules.unchecked(on=today, choices=choices),
        "may_choose": _leads(request, municipality.pk),
    }
    return render(request, "cases/law/law.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """One choice, for the municipality of the unit that one leads."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    choice = CHOICES.get(code)
    if choice is None:
        raise Http404
    today = localdate(at)
    choices = choices_of(chosen.unit.municipality_id)
    initial = {"starts_on": today, "value": choice.on(today, choices)}
    form: ChooseDayForm | ChooseOptionForm | ChooseNumberForm
    if choice.kind == "day":
        form = ChooseDayForm(request.POST or None, today=today, initial=initial)
    elif choice.kind == "number":
        form = ChooseNumberForm(request.POST or None, today=today, initial=initial)
    else:
        form = ChooseOptionForm(request.POST or None, today=today, choice=choice, initial=initial)
    page = ActPage(title=str(choice_label(choice)), submit=_("Choose"), done=_("The choice is made."))
    back = reverse("cases:law") + chosen.query

    def do() -> str:
        choose_law(
            municipality_id=chosen.unit.municipality_id,
            code=code,
            value=form.chosen(),
            starts_on=form.cleaned_data["starts_on"],
            reason=form.cleaned_data["reason"],
            by=signed_in(request),
            at=at,
        )
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=at)
        if response is not None:
            notify(request, page.done)
            return response
    return render(request, "cases/law/choose.html", {"form": form, "page": page, "back": back, "choice": choice})


def _kind(kind: DecisionKind, today: date, choices: Choices) -> dict[str, Any]:
    found = rules.bases(kind, on=today, choices=choices)
    asked = rules.part_rules(kind=kind, move="new", result="granted", has_children=True, on=today, choices=choices)
    refused = rules.part_rules(kind=kind, move="new", result="refused", has_children=True, on=today, choices=choices)
    return {
        "label": kind.label,
        "bases": found,
        "parts": [_part_label(name) for name in asked],
        "in_refusal": [_part_label(name) for name in refused if name not in asked],
        "two_persons": option_label(CHOICES[f"two_persons_{kind}"], CHOICES[f"two_persons_{kind}"].on(today, choices)),
    }


def _part_label(name: str) -> str:
    if name == "child_interest":
        return _("the best interest of each child")
    return str(Decision._meta.get_field(name).verbose_name)


def _choice(code: str, today: date, choices: Choices) -> dict[str, Any]:
    choice = CHOICES[code]
    now = choice.on(today, choices)
    return {"code": code, "label": choice_label(choice), "now": option_label(choice, now)}


def _leads(request: HttpRequest, municipality_id: str) -> bool:
    led = units_with(signed_in(request), Permission.LEAD, at=timezone.now())
    return led.filter(municipality=municipality_id).exists()
