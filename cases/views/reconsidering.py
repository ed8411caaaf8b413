"""The unit looks at an appealed decision anew: its assessment, what it changes, what it sends on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.reconsidering import (
    OwnAssessment,
    change_in_part,
    change_on_appeal,
    forward_appeal,
    save_assessment,
)
from cases.forms.appeals import AssessForm, ChangeForm, ForwardForm
from cases.models import Appeal
from cases.questions.appeal_pages import body_in_words
from cases.questions.appeals import listable
from cases.views.appeals import appeal_here
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording import day_in_words
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
_CHANGE = Permission.CHANGE_HOUSEHOLD


@require_http_methods(_METHODS)
def assess(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """The unit's own assessment. It is kept as it is sent, whole or not."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = AssessForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        grounds=list(found.grounds.order_by("number")),
        initial={"facts": found.facts or found.decision.facts, "conclusion": found.conclusion},
    )
    page = ActPage(
        title=_("Our assessment of the appeal"),
        submit=_("Save the assessment"),
        done=_("The assessment is saved."),
        lead=_(
            "Look at the case anew. The statement to the body of appeal says what is written here. It may be saved "
            "half done; everything must be written before the appeal is sent on."
        ),
    )

    def do() -> None:
        save_assessment(appeal_id=found.pk, own=form.own_assessment(), by=one.employee, at=one.at)

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def change(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """The unit changes its decision as the appellant wants: a new one begins."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = _change_form(request, one)
    page = ActPage(
        title=_("Change the decision"),
        submit=_("Change the decision"),
        done=_("The appellant is told. Write and issue the new decision."),
        lead=_("They get a letter, and a new decision begins as a draft, founded on what the first one was."),
    )

    def do() -> None:
        change_on_appeal(
            appeal_id=found.pk,
            own=_stored(found),
            new=form.new_result(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def change_part(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = _change_form(request, one)
    page = ActPage(
        title=_("Change a part of the decision"),
        submit=_("Change this part"),
        done=_("A new decision is begun. Forward the rest of the appeal."),
        lead=_("A new decision begins as a draft. The rest of the appeal is forwarded."),
    )

    def do() -> None:
        change_in_part(
            appeal_id=found.pk,
            new=form.new_result(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def forward(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """The statement as it goes, and the documents that go with it."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = ForwardForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        listable=listable(found),
        day=day_in_words,
    )
    page = ActPage(
        title=_("Forward the appeal"),
        submit=_("Forward the appeal"),
        done=_("The appeal is forwarded, and the appellant is told."),
        template="cases/appeals/forward.html",
    )

    def do() -> None:
        told = form.cleaned_data
        forward_appeal(
            appeal_id=found.pk,
            own=_stored(found),
            sources=told["sources"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", found.pk)
    more = {"appeal": found, "grounds": found.grounds.order_by("number"), "body": body_in_words(found.decision)}
    return answer(request, one, form, page, do, back=on, then=on, **more)


def _change_form(request: HttpRequest, one: Opened) -> ChangeForm:
    initial = {"starts_on": one.today}
    return ChangeForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)


def _stored(found: Appeal) -> OwnAssessment:
    grounds = dict(found.grounds.values_list("number", "assessment"))
    return OwnAssessment(grounds=grounds, facts=found.facts, conclusion=found.conclusion)
