"""A household's follow-up: the services offered and given, whom they met, how it goes, and signs to act on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.follow_up import (
    begin_service,
    change_service,
    decline_service,
    end_service,
    log_contact,
    offer_service,
)
from cases.forms.follow_up import (
    BeginServiceForm,
    ContactForm,
    DeclineServiceForm,
    EndServiceForm,
    HowOftenForm,
    OfferServiceForm,
)
from cases.models import SPECIAL_SERVICES, FollowUpService
from cases.questions.follow_up import contacts_of, evaluations_of, moved_in_on, services_of, turn_of, warnings_of
from cases.views.shell import ActPage, Opened, answer, opened
from people.act_forms import ActForm
from people.components import Tab
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def follow_up(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    household, today = one.household, one.today
    context = one.context(
        services=services_of(household, on=today),
        contacts=contacts_of(household),
        warnings=warnings_of(household, on=today),
        evaluations=evaluations_of(household),
        moved_in_on=moved_in_on(household, on=today),
        turn=turn_of(household, on=today),
        areas=areas_of(one, "follow_up"),
        may_act=one.may_change and one.situation.is_open,
        back=one.url("household"),
    )
    return render(request, "cases/follow_up/follow_up.html", context)


@require_http_methods(_METHODS)
def offer(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_in_case(request, key)
    page = ActPage(
        title=_("Offer a service"),
        submit=_("Save the offer"),
        done=_("The offer is saved."),
        lead=_("Say what was offered also when the answer is no: both are counted."),
    )
    form = OfferServiceForm(request.POST or None, **_common(one), initial={"offered_on": one.today})

    def do() -> None:
        told = form.cleaned_data
        names = ("kind", "given_by", "offered_on")
        offer_service(household_id=one.household.pk, **{name: told[name] for name in names}, **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def begin(request: HttpRequest, key: UUID, service_id: int) -> HttpResponse:
    one, service = _opened_service(request, key, service_id)
    page = ActPage(
        title=_("The service begins"),
        submit=_("Save the beginning"),
        done=_("The service is given from now on."),
        lead=str(service.get_kind_display()),
    )
    form = BeginServiceForm(
        request.POST or None, **_common(one), initial={"on": one.today, "given_by": service.given_by}
    )

    def do() -> None:
        begin_service(service_id=service.pk, on=form.cleaned_data["on"], how=form.how(), **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def decline(request: HttpRequest, key: UUID, service_id: int) -> HttpResponse:
    one, service = _opened_service(request, key, service_id)
    page = ActPage(
        title=_("The service is declined"),
        submit=_("Save the answer"),
        done=_("The answer is saved. It can be offered anew."),
        lead=str(service.get_kind_display()),
    )
    form = DeclineServiceForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        decline_service(service_id=service.pk, on=told["on"], because=told["because"], **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def change(request: HttpRequest, key: UUID, service_id: int) -> HttpResponse:
    one, service = _opened_service(request, key, service_id)
    page = ActPage(
        title=_("Change how often"),
        submit=_("Save the change"),
        done=_("The change is saved."),
        lead=str(service.get_kind_display()),
    )
    before = {name: getattr(service, name) for name in ("intensity", "hours_a_week", "given_by")}
    form = HowOftenForm(request.POST or None, **_common(one), initial=before)

    def do() -> None:
        change_service(service_id=service.pk, how=form.how(), **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, service_id: int) -> HttpResponse:
    one, service = _opened_service(request, key, service_id)
    page = ActPage(
        title=_("End the service"),
        submit=_("End the service"),
        done=_("The service has ended."),
        lead=str(service.get_kind_display()),
        is_danger=True,
    )
    form = EndServiceForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        named = {name: told[name] for name in ("on", "because", "note")}
        end_service(service_id=service.pk, **named, **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def contact(request: HttpRequest, key: UUID, service_id: int) -> HttpResponse:
    one, service = _opened_service(request, key, service_id)
    page = ActPage(
        title=_("Note a contact"),
        submit=_("Save"),
        done=_("The contact is noted."),
        lead=str(service.get_kind_display()),
    )
    form = ContactForm(request.POST or None, **_common(one), initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        named = {name: told[name] for name in ("on", "kind", "outcome", "note")}
        log_contact(service_id=service.pk, **named, **by_of(one, form))

    return answer_here(request, one, form, page, do)


def areas_of(one: Opened, current: str) -> list[Tab]:
    """The two pages of the help to live in a home."""
    names = {"follow_up": _("Follow-up in the home"), "allowance": _("Housing allowance")}
    return [Tab(label=label, url=one.url(name), is_current=name == current) for name, label in names.items()]


def opened_in_case(request: HttpRequest, key: UUID) -> Opened:
    """The household to be changed.

    :raises Http404: when its case is closed
    """
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    if not one.situation.is_open:
        raise Http404
    return one


def answer_here(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Any, **more: Any) -> HttpResponse:
    return answer(request, one, form, page, do, back=one.url("follow_up"), then=one.url("follow_up"), **more)


def by_of(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}


def _opened_service(request: HttpRequest, key: UUID, service_id: int) -> tuple[Opened, FollowUpService]:
    """:raises Http404: when it is another's, or of a kind that one may not know of"""
    one = opened_in_case(request, key)
    service: FollowUpService = get_object_or_404(FollowUpService, pk=service_id, household=one.household)
    if service.kind in SPECIAL_SERVICES and not one.household.sight.special:
        raise Http404
    return one, service


def _common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}
