"""The leadership's own control of a unit, and what is reported to it from a household."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import control as acts
from cases.forms.control import DeviationForm, FollowObstacleForm, HandleForm, ObstacleForm, ReviewForm
from cases.models import ControlReview, Deviation, FoundBy, ReviewedKind, RuleObstacle
from cases.questions.colleagues import colleagues_of
from cases.questions.control import control_of, reads, shown_to
from cases.views.shell import ActPage, answer, opened, signed_in
from cases.views.units import Chosen, chosen_unit
from people.access import units_with
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Unit
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def control(request: HttpRequest) -> HttpResponse:
    """Deviations, routines, risk reviews and rules in the way, and the year in numbers."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else localdate(at).year
    context = {
        "chosen": chosen,
        "today": localdate(at),
        "found": control_of(chosen.unit, employee, year=year, at=at),
        "year": year,
        "earlier": year - 1,
    }
    return render(request, "cases/control/control.html", context)


@require_http_methods(_METHODS)
def report_deviation(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    page = ActPage(
        title=_("Report a deviation"),
        submit=_("Report it"),
        done=_("The deviation is reported to the leader."),
        lead=_("Something went wrong that should not happen again. It is about how we work, not about blame."),
    )
    initial = {"found_by": FoundBy.PERSON}
    form = DeviationForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        acts.report_deviation(
            household_id=one.household.pk,
            what=told["what"],
            found_by=FoundBy(told["found_by"]),
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def report_obstacle(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    page = ActPage(
        title=_("Tell of a rule that stands in the way"),
        submit=_("Save it"),
        done=_("It is told to the leader."),
        lead=_("A rule stopped a good solution for this household. The leader takes it on."),
    )
    form = ObstacleForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        acts.report_obstacle(
            household_id=one.household.pk,
            rule=told["rule"],
            stopped=told["stopped"],
            better=told["better"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def note_deviation(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    chosen = chosen_unit(request, Permission.LEAD, at=at)
    form = DeviationForm(request.POST or None, today=localdate(at), initial={"found_by": FoundBy.PERSON})

    def do() -> None:
        told = form.cleaned_data
        acts.note_deviation(
            unit_id=chosen.unit.pk,
            what=told["what"],
            found_by=FoundBy(told["found_by"]),
            by=signed_in(request),
            at=at,
        )

    return _answer(request, chosen, form, do, title=_("Note a deviation"), submit=_("Save the deviation"))


@require_http_methods(_METHODS)
def deviation(request: HttpRequest, deviation_id: int) -> HttpResponse:
    """What is made of one, until it is closed."""
    employee, at = signed_in(request), timezone.now()
    shown = shown_to(employee, at=at)
    found = Deviation.objects.open().filter(shown, pk=deviation_id).select_related("unit", "household").first()
    chosen = _of_led(request, found.unit if found else None)
    assert found is not None
    initial = {name: getattr(found, name) for name in ("cause", "measure", "due_on")} | {"owner": found.owner_id}
    colleagues = colleagues_of(found.unit, at=at)
    form = HandleForm(request.POST or None, today=localdate(at), colleagues=colleagues, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        handling = acts.Handling(
            cause=told["cause"], measure=told["measure"], due_on=told["due_on"], owner_id=told["owner"]
        )
        acts.handle_deviation(
            deviation_id=found.pk,
            handling=handling,
            effect=told["effect"],
            close=told["close"],
            by=employee,
            at=at,
        )

    return _answer(request, chosen, form, do, title=_("Deviation"), submit=_("Save"), lead=_told(request, found))


@require_http_methods(_METHODS)
def add_review(request: HttpRequest) -> HttpResponse:
    chosen = chosen_unit(request, Permission.LEAD, at=timezone.now())
    return _review(request, chosen, None, {"kind": ReviewedKind.ROUTINE})


@require_http_methods(_METHODS)
def review_again(request: HttpRequest, review_id: int) -> HttpResponse:
    found = ControlReview.objects.in_force().filter(pk=review_id).select_related("unit").first()
    chosen = _of_led(request, found.unit if found else None)
    assert found is not None
    initial = {name: getattr(found, name) for name in ("kind", "title", "text", "measures")}
    return _review(request, chosen, found.pk, initial)


def _review(request: HttpRequest, chosen: Chosen, review_id: int | None, initial: dict[str, Any]) -> HttpResponse:
    at = timezone.now()
    form = ReviewForm(request.POST or None, today=localdate(at), initial=initial)

    def do() -> None:
        told = form.cleaned_data
        acts.keep_review(
            unit_id=chosen.unit.pk,
            review_id=review_id,
            kind=ReviewedKind(told["kind"]),
            title=told["title"],
            text=told["text"],
            measures=told["measures"],
            next_on=told["next_on"],
            by=signed_in(request),
            at=at,
        )

    return _answer(request, chosen, form, do, title=_("Routine or risk review"), submit=_("Save as gone through today"))


@require_http_methods(_METHODS)
def obstacle(request: HttpRequest, obstacle_id: int) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    shown = shown_to(employee, at=at)
    found = RuleObstacle.objects.filter(shown, pk=obstacle_id).select_related("unit", "household").first()
    chosen = _of_led(request, found.unit if found else None)
    assert found is not None
    initial = {name: getattr(found, name) for name in ("sent_to", "sent_on", "answer", "answered_on")}
    form = FollowObstacleForm(request.POST or None, today=localdate(at), initial=initial)

    def do() -> None:
        told = form.cleaned_data
        acts.follow_obstacle(
            obstacle_id=found.pk,
            sent_to=told["sent_to"],
            sent_on=told["sent_on"],
            answer=told["answer"],
            answered_on=told["answered_on"],
            by=employee,
            at=at,
        )

    return _answer(request, chosen, form, do, title=found.rule, submit=_("Save"), lead=_told(request, found))


def _told(request: HttpRequest, found: Deviation | RuleObstacle) -> str:
    """What was written, to whoever reads the household's case; of another only that it is there."""
    employee, at = signed_in(request), timezone.now()
    if found.household_id is not None and not reads([found.household_id], employee, at=at):
        return ""
    return found.what if isinstance(found, Deviation) else f"{found.stopped} {found.better}"


def _of_led(request: HttpRequest, unit: Unit | None) -> Chosen:
    """:raises Http404: unless the employee leads the unit"""
    led = units_with(signed_in(request), Permission.LEAD, at=timezone.now())
    if unit is None or not led.filter(pk=unit.pk).exists():
        raise Http404
    return Chosen(unit, None)


def _answer(
    request: HttpRequest,
    chosen: Chosen,
    form: ActForm,
    do: Callable[[], None],
    *,
    title: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    """Show the form, or carry the act out and go back to the unit's control."""
    back = f"{reverse('cases:control')}?unit={chosen.unit.ref}"

    def carried_out() -> str:
        do()
        return back

    if request.method == "POST" and form.is_valid():
        done = perform(request, form, carried_out, at=timezone.now())
        if done is not None:
            notify(request, _("Saved."))
            return done
    context = {
        "form": form,
        "title": title,
        "text": lead,
        "submit_label": submit,
        "back_url": back,
        "crumbs": [Crumb(_("Own control"), back)],
    }
    return render(request, "people/roles/act.html", context)
