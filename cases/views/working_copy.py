"""The working copy of a decision: each sentence of the reason with what it rests on. Never sent."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.working_copies import printed_copy, set_sources
from cases.forms.working_copy import SourcesForm
from cases.models import Decision
from cases.questions.working_copy import facts_of, working_copy
from cases.views.letters import draft
from cases.views.shell import ActPage, Opened, answer, opened
from people.masking import require_whereabouts
from people.roles import Permission


@require_safe
def working_copy_page(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key)
    found = _decision(one, decision_id)
    parts = working_copy(found, on=one.today)
    return render(request, "cases/letters/working_copy.html", one.context(decision=found, parts=parts))


@require_safe
def print_working_copy(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key)
    found = _decision(one, decision_id)
    return draft(printed_copy(found, language=get_language() or "", by=one.employee, at=one.at))


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, key: UUID, decision_id: int, part: str, number: int) -> HttpResponse:
    """The facts of the case, to tick those that one sentence rests on."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _decision(one, decision_id)
    told = [each for row in working_copy(found, on=one.today) if row.name == part for each in row.sentences]
    if number >= len(told):
        raise Http404
    sentence = told[number]
    page = ActPage(
        title=_("What the sentence rests on"),
        submit=_("Save the sources"),
        done=_("The sources are saved."),
        lead=sentence.text,
    )
    form = SourcesForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        facts=facts_of(found, on=one.today),
        initial={"sources": [fact.key for fact in sentence.facts]},
    )

    def do() -> None:
        set_sources(
            decision_id=found.pk,
            part=part,
            number=number,
            keys=form.cleaned_data["sources"],
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    back = one.url("working_copy", found.pk)
    return answer(request, one, form, page, do, back=back, then=back)


def _decision(one: Opened, decision_id: int) -> Decision:
    """:raises WhereaboutsShielded: when the decision names a place that is masked for the employee"""
    found: Decision = get_object_or_404(Decision, pk=decision_id, household=one.household)
    if found.provider_id is not None:
        require_whereabouts(one.household)
    found.household = one.household
    return found
