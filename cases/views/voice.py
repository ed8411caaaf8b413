"""The user's voice in a household: surveys, the choice among homes, complaints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.voice import WRITERS, answer_complaint, receive_complaint, record_home_choice, register_survey
from cases.forms.heard import (
    FIRST_HOMES,
    MOST_HOMES,
    ComplaintAnswerForm,
    ComplaintForm,
    HomeChoiceForm,
    SurveyForm,
)
from cases.forms.loose import row_count, unbound
from cases.models import SurveyKind
from cases.questions.voice import home_since, voice_of
from cases.views.shell import ActPage, answer, opened, opened_with_place

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def voice(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    may_act = (one.may_change or one.may_plan) and one.situation.is_open
    context = one.context(
        voice=voice_of(one.household, on=one.today), may_act=may_act, sees_place=one.household.sight.whereabouts
    )
    return render(request, "cases/heard/voice.html", context)


@require_http_methods(_METHODS)
def survey(request: HttpRequest, key: UUID, survey_kind: str) -> HttpResponse:
    one = opened(request, key, WRITERS)
    moved_in_on = home_since(one.household, on=one.today)
    if survey_kind not in SurveyKind.values or moved_in_on is None:
        raise Http404
    kind = SurveyKind(survey_kind)
    page = ActPage(
        title=_("Ask how it went: %(when)s") % {"when": kind.label},
        submit=_("Save the survey"),
        done=_("The survey is saved."),
        lead=_("Read each question out, or let them fill it in on paper. An answer left out is no answer."),
    )
    members = [(member.person_id, str(member.person)) for member in one.situation.members]
    form = SurveyForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        kind=kind,
        members=members,
        initial={"asked_on": one.today},
    )

    def do() -> None:
        register_survey(
            household_id=one.household.pk,
            asked=form.asked(moved_in_on),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("voice"), back=one.url("voice"))


@require_http_methods(_METHODS)
def choose_home(request: HttpRequest, key: UUID) -> HttpResponse:
    """Which homes they were shown; "one more home" sends the form without saving it."""
    one = opened_with_place(request, key, WRITERS)
    page = ActPage(
        title=_("Record a choice among homes"),
        submit=_("Save the choice"),
        done=_("The choice is recorded."),
        template="cases/heard/choose_home.html",
    )
    data = request.POST or None
    count = row_count(data, first=FIRST_HOMES, most=MOST_HOMES)
    form = HomeChoiceForm(
        data,
        today=one.today,
        version=one.household.version,
        household=one.household,
        count=count,
        initial={"on": one.today},
    )
    more: dict[str, Any] = {"count": count, "may_add": count < MOST_HOMES}
    if data and "add" in data:
        unbound(form, data)
        context = one.context(form=form, page=page, back=one.url("voice"), **more)
        return render(request, page.template, context)

    def do() -> None:
        told = form.cleaned_data
        record_home_choice(
            household_id=one.household.pk,
            on=told["on"],
            homes=form.homes(),
            wish=told["wish"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("voice"), back=one.url("voice"), **more)


@require_http_methods(_METHODS)
def complain(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, WRITERS)
    page = ActPage(
        title=_("Take in a complaint"),
        submit=_("Save the complaint"),
        done=_("The complaint is taken in."),
        lead=_("No form and no deadline for them. A complaint about a decision is an appeal: register it there."),
    )
    form = ComplaintForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"received_on": one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        receive_complaint(
            household_id=one.household.pk,
            received_on=told["received_on"],
            about=told["about"],
            text=told["text"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("voice"), back=one.url("voice"))


@require_http_methods(_METHODS)
def answer_one(request: HttpRequest, key: UUID, informal_id: int) -> HttpResponse:
    one = opened(request, key, WRITERS)
    complaint = get_object_or_404(one.household.complaints, pk=informal_id)
    page = ActPage(
        title=_("Answer the complaint"),
        submit=_("Save the answer"),
        done=_("The answer is saved."),
        lead=complaint.text,
    )
    form = ComplaintAnswerForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"answered_on": one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        answer_complaint(
            complaint_id=complaint.pk,
            answered_on=told["answered_on"],
            answer=told["answer"],
            leads_to_change=told["leads_to_change"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("voice"), back=one.url("voice"))
