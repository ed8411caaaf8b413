"""A household's application for a dwelling: how it stands, and everything that is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.applications import (
    apply_for_dwelling,
    change_application,
    confirm_application,
    end_pause,
    lapse_application,
    pause_application,
    set_priority,
    take_up_application,
    withdraw_application,
)
from cases.deadlines import confirmation_due_on
from cases.forms.applications import (
    ApplyForm,
    NeedsForm,
    PauseForm,
    PriorityForm,
    WhyForm,
    WhyNotForm,
    needs_of,
)
from cases.forms.cases import NothingForm
from cases.models import (
    ApplicationKind,
    ApplicationStatus,
    HousingApplication,
    MainReason,
    PauseReason,
    PriorityMode,
    RequestKind,
)
from cases.questions.matches import homes_for, why_not
from cases.questions.vacant_homes import homes_by_id, named, was_to_be_had
from cases.questions.waiting_list import place_of_application, rules_on
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording_of_homes import change_in_words, grouped_in_words, lines_in_words, priority_in_words
from housing.models import Dwelling
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def applications(request: HttpRequest, key: UUID) -> HttpResponse:
    """The application as it stands, with its place on the waiting list and why; then earlier ones."""
    one = opened(request, key)
    rows = list(one.household.applications.select_related("decision", "override_by").order_by("-received_on", "-pk"))
    current = next((row for row in rows if row.is_open), None)
    context = {
        "current": current,
        "earlier": [row for row in rows if row is not current],
        "standing": _standing(one, current) if current is not None else None,
        "may_set": current is not None and Permission.APPROVE_DECISIONS in one.permitted,
    }
    return render(request, "cases/applications/application.html", one.context("applications", **context))


def _reason_of_refugees(one: Opened) -> str:
    """What KOSTRA counts them under while the municipality gets the integration grant, proposed."""
    return MainReason.REFUGEE if one.household.settlements.with_grant(one.today).exists() else ""


@require_http_methods(_METHODS)
def apply(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    open_requests = one.household.requests.unanswered().filter(kind=RequestKind.DWELLING, applications=None)
    form = ApplyForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        requests=open_requests,
        initial={"received_on": one.today, "kind": ApplicationKind.NEW, "main_reason": _reason_of_refugees(one)},
    )
    page = ActPage(
        title=_("Register an application for a dwelling"),
        submit=_("Register the application"),
        done=_("The application is registered. Now it is to be decided."),
    )

    def do() -> None:
        told = form.cleaned_data
        apply_for_dwelling(
            household_id=one.household.pk,
            kind=ApplicationKind(told["kind"]),
            received_on=told["received_on"],
            needs=form.needs(),
            request_id=told.get("request"),
            **_by(one, told),
        )

    return answer(request, one, form, page, do, back=one.url("applications"), then=one.url("applications"))


@require_http_methods(_METHODS)
def change(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _open(one, application_id)
    form = NeedsForm(request.POST or None, today=one.today, version=one.household.version, initial=needs_of(found))
    page = ActPage(
        title=_("Change needs and wishes"),
        submit=_("Save needs and wishes"),
        done=_("Needs and wishes are saved. The place by date is kept."),
    )

    def do() -> None:
        change_application(application_id=found.pk, needs=form.needs(), **_by(one, form.cleaned_data))

    return answer(request, one, form, page, do, back=one.url("applications"), then=one.url("applications"))


@require_http_methods(_METHODS)
def confirm(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _open(one, application_id)
    page = ActPage(
        title=_("The application still holds"),
        submit=_("Confirm the application"),
        done=_("The application is confirmed. Its place is kept."),
        lead=_("When the household says that it still wants a dwelling. Nothing is registered anew."),
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)
    return _done(request, one, form, page, lambda told: confirm_application(application_id=found.pk, **told))


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    page = ActPage(
        title=_("Withdraw the application"),
        submit=_("Withdraw the application"),
        done=_("The application is withdrawn."),
        lead=_("When the household wants no municipal dwelling any more."),
        is_danger=True,
    )
    return _ended(request, key, application_id, page, withdraw_application)


@require_http_methods(_METHODS)
def lapse(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    page = ActPage(
        title=_("Let the application lapse"),
        submit=_("Take it off the list"),
        done=_("The application has lapsed."),
        lead=_("When nobody answers for it any more. It can be taken up again with the same date."),
        is_danger=True,
    )
    return _ended(request, key, application_id, page, lapse_application)


@require_http_methods(_METHODS)
def take_up(request: HttpRequest, key: UUID, ended_application_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _here(one, ended_application_id)
    page = ActPage(
        title=_("Take the application up again"),
        submit=_("Take it up again"),
        done=_("The application is taken up again with its date."),
    )
    form = WhyForm(request.POST or None, today=one.today, version=one.household.version)

    def do(told: dict[str, Any]) -> object:
        return take_up_application(application_id=found.pk, because=form.cleaned_data["because"], **told)

    return _done(request, one, form, page, do)


@require_http_methods(_METHODS)
def pause(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _open(one, application_id)
    page = ActPage(
        title=_("Pause the application"),
        submit=_("Pause the application"),
        done=_("The application pauses. Its place by date is kept."),
    )
    form = PauseForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"starts_on": one.today}
    )

    def do(told: dict[str, Any]) -> object:
        sent = form.cleaned_data
        return pause_application(
            application_id=found.pk,
            starts_on=sent["starts_on"],
            ends_on=sent["ends_on"],
            reason=PauseReason(sent["reason"]),
            note=sent["note"],
            **told,
        )

    return _done(request, one, form, page, do)


@require_http_methods(_METHODS)
def unpause(request: HttpRequest, key: UUID, application_id: int, pause_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _open(one, application_id)
    page = ActPage(
        title=_("End the pause"), submit=_("End the pause"), done=_("The application is matched with dwellings again.")
    )
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)
    return _done(request, one, form, page, lambda told: end_pause(application_id=found.pk, pause_id=pause_id, **told))


@require_http_methods(_METHODS)
def priority(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    """Points or a group by hand, for the leader."""
    one = opened(request, key, Permission.APPROVE_DECISIONS)
    found = _open(one, application_id)
    rules = rules_on(one.household.municipality_id, one.today)
    mode = PriorityMode(rules.mode) if rules else PriorityMode.POINTS
    page = ActPage(
        title=_("Set the priority by hand"),
        submit=_("Set the priority"),
        done=_("The priority is set."),
        lead=_("In place of what the rules give. The reason stands on the application and in the journal."),
    )
    form = PriorityForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        mode=mode,
        initial={"value": found.override},
    )

    def do(told: dict[str, Any]) -> object:
        sent = form.cleaned_data
        return set_priority(application_id=found.pk, value=sent["value"], mode=mode, because=sent["because"], **told)

    return _done(request, one, form, page, do)


@require_safe
def homes(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    """Every dwelling that is vacant or becomes so soon, with what speaks for and against it for this household."""
    one = opened(request, key)
    found = _here(one, application_id)
    place, choices = homes_for(found, on=one.today)
    rows = [
        {
            "vacancy": choice.vacancy,
            "suits": choice.suits,
            "ahead": choice.ahead,
            **grouped_in_words(choice.reasons),
        }
        for choice in choices
    ]
    may_offer = one.may_change and found.is_open
    context = one.context(application=found, place=place, rows=rows, may_offer=may_offer)
    return render(request, "cases/applications/homes.html", context)


@require_safe
def why(request: HttpRequest, key: UUID, application_id: int) -> HttpResponse:
    """Why the household was not offered a dwelling on a day, and what would have changed it."""
    one = opened(request, key)
    found = _here(one, application_id)
    dwellings = Dwelling.objects.filter(municipality=one.household.municipality_id).order_by("address", "number", "pk")
    form = WhyNotForm(
        request.GET or None,
        today=one.today,
        dwellings=[(dwelling.pk, named(dwelling)) for dwelling in dwellings],
        initial={"on": one.today},
    )
    answer_given = None
    if form.is_bound and form.is_valid():
        dwelling_id, on = form.cleaned_data["dwelling"], form.cleaned_data["on"]
        [(dwelling, home)] = homes_by_id([dwelling_id], on).values()
        told = why_not(found, home, on=on)
        answer_given = {
            "told": told,
            "where": named(dwelling),
            "on": on,
            "is_taken": not was_to_be_had(dwelling, on),
            "offers": one.household.offers.filter(dwelling=dwelling, sent_on__lte=on).order_by("sent_on"),
            **grouped_in_words(told.reasons),
            "changes": [change_in_words(reason) for reason in told.stops],
        }
    context = one.context(application=found, form=form, answer=answer_given)
    return render(request, "cases/applications/why.html", context)


def _standing(one: Opened, current: HousingApplication) -> dict[str, Any]:
    """The place on the list, why, and when it is to be confirmed."""
    place, places = place_of_application(current, one.today)
    rules = rules_on(one.household.municipality_id, one.today)
    due_on = confirmation_due_on(current.confirmed_on, rules.confirm_months if rules else None)
    return {
        "place": place,
        "total": sum(other.position is not None for other in places),
        "rules": rules,
        "priority": priority_in_words(place.priority, has_rules=rules is not None),
        "lines": lines_in_words(place.priority, one.household.sight),
        "is_by_hand": place.priority.override is not None,
        "due_on": due_on,
        "is_due": due_on <= one.today,
        "pauses": current.pauses.exclude(ends_on__lte=one.today).order_by("starts_on"),
        "seeker": place.seeker,
    }


def _ended(
    request: HttpRequest, key: UUID, application_id: int, page: ActPage, end: Callable[..., object]
) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _open(one, application_id)
    form = WhyForm(request.POST or None, today=one.today, version=one.household.version)

    def do(told: dict[str, Any]) -> object:
        return end(application_id=found.pk, because=form.cleaned_data["because"], **told)

    return _done(request, one, form, page, do)


def _done(
    request: HttpRequest, one: Opened, form: Any, page: ActPage, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    back = one.url("applications")
    return answer(request, one, form, page, lambda: do(_by(one, form.cleaned_data)), back=back, then=back)


def _by(one: Opened, told: dict[str, Any]) -> dict[str, Any]:
    return {"by": one.employee, "at": one.at, "version": told["version"]}


def _here(one: Opened, application_id: int) -> HousingApplication:
    """An application of the household that is open. :raises Http404: when it has no such one"""
    found: HousingApplication = get_object_or_404(one.household.applications, pk=application_id)
    found.household = one.household
    return found


def _open(one: Opened, application_id: int) -> HousingApplication:
    """:raises Http404: when it has ended"""
    found = _here(one, application_id)
    if found.status not in (ApplicationStatus.RECEIVED, ApplicationStatus.GRANTED):
        raise Http404
    return found
