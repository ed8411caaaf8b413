"""What a household has asked for: taking it in, saying what came of it, handing it on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.forwarding import forward_request as hand_on
from cases.actions.requests import answer_request as give_outcome
from cases.actions.requests import open_request as take_in
from cases.forms.cases import AnswerForm, RequestForm
from cases.forms.requests import ForwardForm
from cases.models import Outcome
from cases.questions.asked import asked_by_household, told_of
from cases.questions.colleagues import units_to_send_to
from cases.views.shell import ActPage, answer, opened, opened_with_place
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def requests(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that the household has asked for, where it went and what came of it, and what is disputed."""
    one = opened(request, key)
    asked = asked_by_household(one.household, at=one.at)
    return render(request, "cases/requests/household.html", one.context(asked=asked))


@require_http_methods(_METHODS)
def open_request(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Register a request"), submit=_("Save the request"), done=_("The request is saved."))
    initial = {"asked_on": one.today}
    form = RequestForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        take_in(
            household_id=one.household.pk,
            request=form.new_request(one.at),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def answer_request(request: HttpRequest, key: UUID, request_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    asked = get_object_or_404(one.household.requests, pk=request_id)
    page = ActPage(
        title=_("The request") if asked.outcome else _("Answer the request"),
        submit=_("Save the outcome"),
        done=_("The request is answered."),
        template="cases/answer_request.html",
    )
    form = AnswerForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        give_outcome(
            request_id=asked.pk,
            outcome=Outcome(told["outcome"]),
            outcome_at=form.answered_at(one.at),
            note=told["note"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, asked=told_of(asked, at=one.at), place_url=one.url("place"))


@require_http_methods(_METHODS)
def forward_request(request: HttpRequest, key: UUID, request_id: int) -> HttpResponse:
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD)
    asked = get_object_or_404(one.household.requests, pk=request_id)
    if asked.outcome and request.method != "POST":
        return redirect(one.url("answer_request", asked.pk))
    page = ActPage(
        title=_("Hand the request on"),
        submit=_("Hand it on"),
        done=_("The request is handed on."),
        lead=_("Its clock goes on from when it was first asked. Who asked gets a letter that says where it went."),
    )
    form = ForwardForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        units=units_to_send_to(one.household, but=asked.unit_id),
    )

    def do() -> None:
        told = form.cleaned_data
        hand_on(
            request_id=asked.pk,
            to=form.to(),
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    # whoever handed the case over with it may see it no longer
    return answer(request, one, form, page, do, back=one.url("answer_request", asked.pk), then=reverse("cases:my_day"))
