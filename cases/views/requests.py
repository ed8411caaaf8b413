"""Taking in a request and saying what came of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.requests import answer_request as give_outcome
from cases.actions.requests import open_request as take_in
from cases.forms.cases import AnswerForm, RequestForm
from cases.models import Outcome
from cases.views.shell import ActPage, answer, opened
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


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
        title=_("Answer the request"),
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
            note=told["note"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, asked=asked, place_url=one.url("place"))
