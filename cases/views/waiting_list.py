"""The municipality's waiting list, who could have a dwelling, the proposal for a meeting, and the rules behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.allotment import set_allotment_rules
from cases.deadlines import confirmation_due_on
from cases.forms.applications import RulesForm
from cases.models import AllotmentRules, ApplicationKind, Criterion, PriorityMode
from cases.questions.matches import Candidate, candidates_for
from cases.questions.people import applicant_name
from cases.questions.proposals import ProposedLine, meeting_proposal
from cases.questions.vacant_homes import homes_by_id, named, vacancies
from cases.questions.waiting_list import Place, hidden_count, places_on, rules_on, visible_places
from cases.views.shell import ActPage, signed_in
from cases.views.units import chosen_unit
from cases.wording_of_homes import grouped_in_words, priority_in_words, said_in_words
from housing.models import Dwelling
from people.access import units_with
from people.act_forms import perform
from people.components import Counter
from people.decision import NOTHING, Level
from people.masking import sights_of
from people.models import Household
from people.notices import notify
from people.parts import part_shown
from people.roles import Permission

_PAGE_SIZE = 25


@require_safe
def waiting_list(request: HttpRequest) -> HttpResponse:
    """Everybody with a decision in their favour and no dwelling, in order; those who pause have no number."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    municipality, today = chosen.unit.municipality, localdate(at)
    places = places_on(municipality.pk, today)
    seen = visible_places(places, employee, at=at)
    rules = rules_on(municipality.pk, today)
    tests = _filters(today, rules)
    only = request.GET.get("only", "")
    if only and only not in tests:
        raise Http404
    wanted = [place for place in seen if not only or tests[only](place)]
    after = _number(request.GET.get("after") or request.GET.get("before"))
    names = _names(wanted[after : after + _PAGE_SIZE], today)
    rows = [_row(place, names, today, rules) for place in wanted[after : after + _PAGE_SIZE]]
    context = {
        "chosen": chosen,
        "municipality": municipality,
        "rules": rules,
        "page": part_shown(rows, after=after, total=len(wanted), size=_PAGE_SIZE),
        "counters": _counters(seen, tests, only, chosen.query),
        "hidden": None if only else hidden_count(municipality.pk, employee, at=at),
        "may_lead": _leads(request, municipality.pk, at),
        "is_filtered": bool(only),
    }
    return render(request, "cases/applications/waiting_list.html", context)


@require_safe
def candidates(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    """Who could have a dwelling, in order, with what speaks for and against it for each."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    municipality, today = chosen.unit.municipality, localdate(at)
    get_object_or_404(Dwelling.objects.ours_on(today), pk=dwelling_id, municipality=municipality)
    vacancy = next((one for one in vacancies(municipality.pk, today) if one.dwelling.pk == dwelling_id), None)
    [(dwelling, home)] = homes_by_id([dwelling_id], today).values()
    found = candidates_for(vacancy.home if vacancy else home, municipality.pk, employee, at=at)
    everybody = [*found.suiting, *found.stopped]
    names = _names([one.place for one in everybody], today)
    sights = sights_of([one.place.household.pk for one in everybody], employee, at=at)
    rules = rules_on(municipality.pk, today)

    def row(one: Candidate) -> dict[str, Any]:
        is_read = sights.get(one.place.household.pk, NOTHING).level >= Level.FULL
        told = grouped_in_words(one.reasons) if is_read else {}
        return {**_row(one.place, names, today, rules), "is_read": is_read, **told}

    context = {
        "chosen": chosen,
        "dwelling": dwelling,
        "where": named(dwelling),
        "vacancy": vacancy,
        "suiting": [row(one) for one in found.suiting],
        "stopped": [row(one) for one in found.stopped],
        "hidden": found.unseen,
    }
    return render(request, "cases/applications/candidates.html", context)


@require_safe
def proposal(request: HttpRequest) -> HttpResponse:
    """What the whole meeting could do, with reasons; `?fix=` puts one vacancy to one household first (what if)."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    municipality, today = chosen.unit.municipality, localdate(at)
    fixed = _pair(request.GET.get("fix", ""))
    found = meeting_proposal(municipality.pk, employee, at=at, fixed=fixed)
    otherwise = meeting_proposal(municipality.pk, employee, at=at) if found.fixed else found
    names = _names([line.place for line in found.lines], today)
    numbers = {line.place.application.pk: names.get(line.place.household.pk, "") for line in found.lines}
    rules = rules_on(municipality.pk, today)

    def row(line: ProposedLine) -> dict[str, Any]:
        return {
            **_row(line.place, names, today, rules),
            "line": line,
            "said": [said_in_words(said, numbers) for said in line.line.said],
        }

    taken = {line.line.home for line in found.given}
    context = {
        "chosen": chosen,
        "municipality": municipality,
        "found": found,
        "otherwise": otherwise.proposal,
        "fixed": row(found.fixed) if found.fixed else None,
        "given": [row(line) for line in sorted(found.given, key=_by_home)],
        "left": [row(line) for line in found.left],
        "vacant": [one for one in found.vacancies if one.dwelling.pk not in taken],
    }
    return render(request, "cases/applications/proposal.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the order: those that hold, those to come and those before."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    municipality, today = chosen.unit.municipality, localdate(at)
    made = list(
        AllotmentRules.objects.filter(municipality=municipality)
        .select_related("by")
        .prefetch_related("criteria")
        .order_by("-starts_on")
    )
    now = next((one for one in made if one.starts_on <= today), None)
    context = {
        "chosen": chosen,
        "municipality": municipality,
        "now": now,
        "lines": _criteria(now) if now else [],
        "coming": [(one, _criteria(one)) for one in made if one.starts_on > today],
        "earlier": [one for one in made if one.starts_on <= today and one is not now],
        "may_choose": _leads(request, municipality.pk, at),
    }
    return render(request, "cases/applications/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_rules(request: HttpRequest, mode: str) -> HttpResponse:
    """New rules by points or by groups, for the municipality of the unit that one leads."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    if mode not in PriorityMode.values:
        raise Http404
    municipality, today = chosen.unit.municipality, localdate(at)
    form = RulesForm(
        request.POST or None,
        today=today,
        mode=PriorityMode(mode),
        before=rules_on(municipality.pk, today),
        initial={"starts_on": today},
    )
    page = ActPage(
        title=_("New rules by points") if mode == PriorityMode.POINTS else _("New rules by priority groups"),
        submit=_("Make the rules"),
        done=_("The rules are made."),
        lead=_("What is left empty counts nothing. Most points come first; of as many, who came first.")
        if mode == PriorityMode.POINTS
        else _("Group 1 comes first. A household stands in the first group it meets; in a group, who came first."),
    )
    back = reverse("cases:allotment_rules") + chosen.query

    def do() -> str:
        set_allotment_rules(municipality_id=municipality.pk, rules=form.rules(), by=signed_in(request), at=at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=at)
        if response is not None:
            notify(request, page.done)
            return response
    return render(request, "cases/applications/make_rules.html", {"form": form, "page": page, "back": back})


def _filters(today: date, rules: AllotmentRules | None) -> dict[str, Callable[[Place], bool]]:
    months = rules.confirm_months if rules else None

    def is_unconfirmed(place: Place) -> bool:
        return confirmation_due_on(place.application.confirmed_on, months) <= today

    return {
        "new": lambda place: place.application.kind == ApplicationKind.NEW,
        "swap": lambda place: place.application.kind == ApplicationKind.SWAP,
        "renewal": lambda place: place.application.kind == ApplicationKind.RENEWAL,
        "paused": lambda place: place.pause is not None,
        "unconfirmed": is_unconfirmed,
    }


def _counters(seen: list[Place], tests: dict[str, Callable[[Place], bool]], only: str, query: str) -> list[Counter]:
    words = {
        "": _("All"),
        "new": _("New"),
        "swap": _("Swap"),
        "renewal": _("Renewal"),
        "paused": _("Paused"),
        "unconfirmed": _("To be confirmed"),
    }
    base = reverse("cases:waiting_list")
    made = []
    for code, label in words.items():
        value = sum(tests[code](place) for place in seen) if code else len(seen)
        extra = f"only={code}" if code else ""
        parts = "&".join(filter(None, [query.removeprefix("?"), extra]))
        made.append(Counter(label=label, value=value, url=f"{base}?{parts}" if parts else base, is_chosen=code == only))
    return made


def _row(place: Place, names: dict[int, str], today: date, rules: AllotmentRules | None) -> dict[str, Any]:
    """What every list of those who wait says of one."""
    application = place.application
    due_on = confirmation_due_on(application.confirmed_on, rules.confirm_months if rules else None)
    return {
        "place": place,
        "application": application,
        "key": place.household.key,
        "name": names.get(place.household.pk) or place.household.ref,
        "priority": priority_in_words(place.priority, has_rules=rules is not None),
        "is_by_hand": place.priority.override is not None,
        "is_due": due_on <= today,
        "is_over": place.limit_on is not None and place.limit_on < today,
    }


def _names(places: list[Place], today: date) -> dict[int, str]:
    found = Household.objects.filter(pk__in=[place.household.pk for place in places])
    return dict(found.annotate(shown=applicant_name(today)).values_list("pk", "shown"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= len("99999") else 0


def _pair(text: str) -> tuple[int, int] | None:
    """An application and a dwelling, as `12-34`."""
    first, _dash, second = text.partition("-")
    return (_number(first), _number(second)) if first and second else None


def _by_home(line: ProposedLine) -> tuple[date, str]:
    return line.line.on or date.max, line.where


def _criteria(made: AllotmentRules) -> list[tuple[str, int | None]]:
    """Each criterion with its number, in the order of their list."""
    order = list(Criterion)
    rows = sorted(made.criteria.all(), key=lambda row: order.index(Criterion(row.code)))
    return [
        (str(row.get_code_display()), row.group if made.mode == PriorityMode.GROUPS else row.points) for row in rows
    ]


def _leads(request: HttpRequest, municipality_id: str, at: datetime) -> bool:
    led = units_with(signed_in(request), Permission.LEAD, at=at)
    return led.filter(municipality=municipality_id).exists()
