"""Housing allowance of a household: who may be entitled and why, applied for, answered, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.allowances import answer_allowance, apply_for_allowance, check_allowance, end_allowance
from cases.forms.allowances import AnswerAllowanceForm, ApplyForm, CheckAllowanceForm, EndAllowanceForm
from cases.models import HousingAllowance
from cases.questions.allowances import allowance_page
from cases.views.follow_up import areas_of, by_of, opened_in_case
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording import day_in_words
from people.act_forms import ActForm

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def allowance(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    context = one.context(
        shown=allowance_page(one.household, on=one.today),
        areas=areas_of(one, "allowance"),
        may_act=one.may_change and one.situation.is_open,
        back=one.url("household"),
    )
    return render(request, "cases/follow_up/allowance.html", context)


@require_http_methods(_METHODS)
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_in_case(request, key)
    page = ActPage(
        title=_("Say what you found about housing allowance"),
        submit=_("Save"),
        done=_("What you found is saved."),
        lead=_("Husbanken decides. Who may be entitled is reminded of every month until somebody has applied."),
    )
    form = CheckAllowanceForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        check_allowance(
            household_id=one.household.pk, finding=told["finding"], because=told["because"], **by_of(one, form)
        )

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def apply(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_in_case(request, key)
    page = ActPage(
        title=_("Housing allowance is applied for"),
        submit=_("Save the application"),
        done=_("The application is saved."),
        lead=_("Only the day is kept here. The application itself goes to Husbanken."),
    )
    form = ApplyForm(request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        apply_for_allowance(household_id=one.household.pk, on=told["on"], note=told["note"], **by_of(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def answer_to(request: HttpRequest, key: UUID, allowance_id: int) -> HttpResponse:
    one, found = _opened_allowance(request, key, allowance_id)
    page = ActPage(
        title=_("Husbanken has answered"),
        submit=_("Save the answer"),
        done=_("The answer is saved."),
        lead=_("Applied for on %(day)s.") % {"day": day_in_words(found.applied_on)},
    )
    form = AnswerAllowanceForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"decided_on": one.today}
    )

    def do() -> None:
        answer_allowance(allowance_id=found.pk, answer=form.answer(), **by_of(one, form))

    return _answer(request, one, form, page, do)


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, allowance_id: int) -> HttpResponse:
    one, found = _opened_allowance(request, key, allowance_id)
    page = ActPage(
        title=_("End the housing allowance"),
        submit=_("Save the end"),
        done=_("The end is saved."),
        is_danger=True,
    )
    form = EndAllowanceForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        end_allowance(allowance_id=found.pk, on=form.cleaned_data["on"], **by_of(one, form))

    return _answer(request, one, form, page, do)


def _opened_allowance(request: HttpRequest, key: UUID, allowance_id: int) -> tuple[Opened, HousingAllowance]:
    one = opened_in_case(request, key)
    found: HousingAllowance = get_object_or_404(HousingAllowance, pk=allowance_id, household=one.household)
    return one, found


def _answer(request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Any) -> HttpResponse:
    return answer(request, one, form, page, do, back=one.url("allowance"), then=one.url("allowance"))
