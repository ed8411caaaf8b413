"""Letters in which another authority asks something by a day."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.authority_letters import answer_letter, register_letter
from cases.forms.tasks import AnswerLetterForm, AuthorityLetterForm
from cases.views.shell import ActPage, answer, opened
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def authority_letters(request: HttpRequest, key: UUID) -> HttpResponse:
    """Those that wait for an answer first, then the answered ones."""
    one = opened(request, key)
    letters = one.household.authority_letters.select_related("answered_by")
    waiting = letters.filter(answered_on__isnull=True).order_by("due_on", "pk")
    answered = letters.filter(answered_on__isnull=False).order_by("-answered_on", "-pk")
    context = one.context(waiting=waiting, answered=answered)
    return render(request, "cases/tasks/authority_letters.html", context)


@require_http_methods(_METHODS)
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Register a letter from an authority"),
        submit=_("Save the letter"),
        done=_("The letter is saved, with a task to answer it."),
        lead=_(
            "Statsforvalteren, a court or another authority asks something by a day. Scan the letter as a paper too."
        ),
    )
    initial = {"received_on": one.today}
    form = AuthorityLetterForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        register_letter(
            household_id=one.household.pk,
            letter=form.letter(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    listed = one.url("authority_letters")
    return answer(request, one, form, page, do, back=listed, then=listed)


@require_http_methods(_METHODS)
def reply(request: HttpRequest, key: UUID, letter_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    letter = get_object_or_404(one.household.authority_letters, pk=letter_id)
    page = ActPage(
        title=_("Answer an authority's letter"),
        submit=_("Save the answer"),
        done=_("The letter is answered."),
        lead=f"{letter.get_authority_display()}: {letter.asks}",
    )
    initial = {"answered_on": one.today}
    form = AnswerLetterForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        answer_letter(
            letter_id=letter.pk,
            answered_on=told["answered_on"],
            answer=told["answer"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    listed = one.url("authority_letters")
    return answer(request, one, form, page, do, back=listed, then=listed)
