"""Asking how it goes in the home, and signs that it may be lost."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.home_evaluation import evaluate_home, handle_warning, see_warning
from cases.forms.follow_up import EvaluateForm, HandleWarningForm, WarningForm
from cases.models import SPECIAL_SIGNS, EarlyWarning
from cases.questions.follow_up import has_housing_first, moved_in_on, turn_of
from cases.views.follow_up import answer_here, by_of, opened_in_case
from cases.views.shell import ActPage
from cases.wording import day_in_words

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def evaluate(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_in_case(request, key)
    home_on = moved_in_on(one.household, on=one.today)
    since = _("In a permanent home since %(day)s.") % {"day": day_in_words(home_on)} if home_on else ""
    page = ActPage(
        title=_("How it goes in the home"),
        submit=_("Save"),
        done=_("It is saved how it goes."),
        lead=since or _("They do not live in a permanent home."),
        template="cases/follow_up/evaluate.html",
    )
    turn = turn_of(one.household, on=one.today)
    form = EvaluateForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        has_housing_first=has_housing_first(one.household, on=one.today),
        initial={"held_on": one.today, "months": turn[0] if turn else None},
    )

    def do() -> None:
        evaluate_home(household_id=one.household.pk, said=form.said(), **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def warn(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened_in_case(request, key)
    page = ActPage(
        title=_("Note a sign that the home may be lost"),
        submit=_("Save the sign"),
        done=_("The sign is noted. It is to be handled within a week."),
    )
    form = WarningForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"seen_on": one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        named = {name: told[name] for name in ("sign", "seen_on", "told_by", "note")}
        see_warning(household_id=one.household.pk, **named, **by_of(one, form))

    return answer_here(request, one, form, page, do)


@require_http_methods(_METHODS)
def handle(request: HttpRequest, key: UUID, warning_id: int) -> HttpResponse:
    one = opened_in_case(request, key)
    warning = get_object_or_404(EarlyWarning, pk=warning_id, household=one.household)
    if warning.sign in SPECIAL_SIGNS and not one.household.sight.special:
        raise Http404
    page = ActPage(
        title=_("What was done about the sign"),
        submit=_("Save"),
        done=_("The sign is handled."),
        lead=_("%(sign)s, seen %(day)s.") % {"sign": warning.get_sign_display(), "day": day_in_words(warning.seen_on)},
    )
    form = HandleWarningForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        handle_warning(warning_id=warning.pk, on=told["on"], how=told["how"], **by_of(one, form))

    return answer_here(request, one, form, page, do)
