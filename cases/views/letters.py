"""Letters on the way to an answer: written, looked at as they will be printed, sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import letters_waiting
from cases.actions.documents import decision_draft
from cases.actions.letters_waiting import close_information_request, information_letter, request_information
from cases.forms.letters import CameForm, InformationForm, WaitForm
from cases.letters import Letter, pdf_of
from cases.models import AnswerDelayKind, Decision, InformationRequest, Request
from cases.questions.recipients import to_whom
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording import day_in_words
from people import readings
from people.act_forms import ActForm, refuse
from people.masking import require_whereabouts
from people.models.reading import Showing
from people.refusals import Refusal
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def preliminary(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ActPage(
        title=_("Send a preliminary answer"),
        submit=_("Send the preliminary answer"),
        done=_("The preliminary answer is on its way."),
        lead=_("When the answer takes more than a month: say why, and when they can expect it."),
        template="cases/letters/write.html",
    )
    return _wait(request, key, AnswerDelayKind.PRELIMINARY, page)


@require_http_methods(_METHODS)
def delay(request: HttpRequest, key: UUID) -> HttpResponse:
    page = ActPage(
        title=_("Send a delay notice"),
        submit=_("Send the delay notice"),
        done=_("The delay notice is on its way."),
        lead=_("When the answer takes longer than was said: say why, and the new day."),
        template="cases/letters/write.html",
    )
    return _wait(request, key, AnswerDelayKind.DELAY, page)


@require_http_methods(_METHODS)
def information(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask the household for something; below, what was asked for earlier and has not come."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    asked = _open_requests(one)
    form = InformationForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        requests=_named(asked),
        initial={"request": asked[0].pk if len(asked) == 1 else None},
    )
    page = ActPage(
        title=_("Ask for information"),
        submit=_("Send the letter"),
        done=_("The letter is on its way."),
        template="cases/letters/write.html",
    )
    waiting = one.household.information_requests.filter(answered_on__isnull=True).order_by("answer_by", "pk")

    def letter() -> Letter:
        found = next((each for each in asked if each.pk == form.cleaned_data["request"]), None)
        return information_letter(one.household, found, form.needs(), by=one.employee, at=one.at, is_draft=True)

    def do() -> None:
        request_information(
            household_id=one.household.pk,
            request_id=form.cleaned_data["request"],
            needed=form.needs(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return looked_at(request, one, form, page, letter, do, waiting=waiting)


@require_http_methods(_METHODS)
def information_came(request: HttpRequest, key: UUID, information_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = get_object_or_404(InformationRequest, pk=information_id, household=one.household)
    page = ActPage(
        title=_("The information has come"),
        submit=_("Save"),
        done=_("It is noted that it has come."),
        lead=found.needed,
    )
    form = CameForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"answered_on": one.today}
    )

    def do() -> None:
        close_information_request(
            information_request_id=found.pk,
            answered_on=form.cleaned_data["answered_on"],
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do)


@require_safe
def preview_decision(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """The letter of a decision not issued yet, as it would be issued now; an issued one has its own."""
    one = opened(request, key)
    found = get_object_or_404(Decision, pk=decision_id, household=one.household)
    if found.issued_at is not None:
        raise Http404
    if found.provider_id is not None:
        require_whereabouts(one.household)
    return draft(decision_draft(found, at=one.at))


def _wait(request: HttpRequest, key: UUID, kind: AnswerDelayKind, page: ActPage) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    asked = _open_requests(one)
    if not asked:
        return render(request, "cases/letters/none.html", one.context(page=page))
    form = WaitForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        requests=_named(asked),
        initial={"request": asked[0].pk},
    )
    send = {
        AnswerDelayKind.PRELIMINARY: letters_waiting.send_preliminary_answer,
        AnswerDelayKind.DELAY: letters_waiting.send_delay_notice,
    }[kind]

    def letter() -> Letter:
        found = next(each for each in asked if each.pk == form.cleaned_data["request"])
        return letters_waiting.waiting_letter(kind, found, form.wait(), by=one.employee, at=one.at, is_draft=True)

    def do() -> None:
        told = form.cleaned_data
        send(request_id=told["request"], wait=form.wait(), version=told["version"], by=one.employee, at=one.at)

    return looked_at(request, one, form, page, letter, do)


def looked_at(
    request: HttpRequest,
    one: Opened,
    form: ActForm,
    page: ActPage,
    letter: Callable[[], Letter],
    do: Callable[[], object],
    **more: Any,
) -> HttpResponse:
    """Show the form, or the letter as a draft that is not kept, or send it."""
    to = to_whom(one.household, on=one.today)
    if request.method == "POST" and "preview" in request.POST and form.is_valid():
        try:
            return draft(letter())
        except Refusal as refusal:
            refuse(form, refusal)
            return render(
                request, page.template, one.context(form=form, page=page, to=to, back=one.url("household"), **more)
            )
    return answer(request, one, form, page, do, to=to, **more)


def draft(letter: Letter) -> HttpResponse:
    """A letter that is not sent, to be looked at in the browser."""
    readings.showing(Showing.PRINT)
    headers = {
        "Content-Disposition": 'inline; filename="draft.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf_of(letter), content_type="application/pdf", headers=headers)


def _open_requests(one: Opened) -> list[Request]:
    return list(one.household.requests.filter(outcome="").order_by("asked_at", "pk"))


def _named(requests: list[Request]) -> list[tuple[int, str]]:
    return [(each.pk, f"{each.get_kind_display()}, {day_in_words(localdate(each.asked_at))}") for each in requests]
