"""Deciding on any matter, and what is done to a decision before and after it is issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import law
from cases.actions.deciding import (
    MAY_APPROVE,
    NewDecision,
    approve_decision,
    begin_decision,
    discard_draft,
    send_back_decision,
    tell_decision,
)
from cases.actions.effects import annul_decision
from cases.actions.slips import correct_slip, text_of
from cases.forms.deciding import WHAT, BecauseForm, MatterForm, NewDecisionForm, SlipForm
from cases.forms.placing import ConfirmForm
from cases.models import FINAL, GIVEN, TEXT_PARTS, Decision, DecisionKind, DecisionStatus
from cases.questions.law import choices_of
from cases.views.decisions import decision_here, rows_of, to_whom_of
from cases.views.shell import ActPage, Opened, answer, opened
from people.act_forms import ActForm
from people.roles import Permission


@require_safe
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Which matter, and what is decided: then its frame, then its parts."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    form = MatterForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect(one.url("decide_matter", form.cleaned_data["kind"], form.cleaned_data["what"]))
    page = ActPage(title=_("Make a decision"), submit=_("Go on"), done="")
    back = one.url("decisions")
    return render(request, "cases/choose_kind.html", one.context(form=form, page=page, back=back))


@require_http_methods(["GET", "HEAD", "POST"])
def decide_matter(request: HttpRequest, key: UUID, kind: str, what: str) -> HttpResponse:
    """What the decision is founded on, answers or changes, and its period; then it is a draft to be written."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    if kind not in DecisionKind.values or what not in WHAT:
        raise Http404
    choices = choices_of(one.household.municipality_id)
    earlier = [d for d in one.household.decisions.given().filter(kind=kind).order_by("-pk") if d.is_running]
    move, result = WHAT[what]
    form = NewDecisionForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        bases=law.bases(kind, on=one.today, choices=choices),
        earlier=earlier,
        requests=one.household.requests.order_by("-asked_at")[:20],
        kind=kind,
        what=what,
        initial={"starts_on": one.today, **{name: request.GET.get(name) for name in ("request", "changes")}},
    )
    titles = {code: f"{label}" for code, label in DecisionKind.choices}
    page = ActPage(
        title=titles[kind],
        submit=_("Begin the decision"),
        done=_("The decision is begun: write its parts."),
        lead=_("There is no earlier decision of this kind to change or end.") if move != "new" and not earlier else "",
    )
    made: list[Decision] = []

    def do() -> None:
        told = form.cleaned_data
        new = NewDecision(
            kind=kind,
            move=move,
            result=result,
            basis=told["basis"],
            starts_on=told.get("starts_on"),
            ends_on=told.get("ends_on"),
            changes_id=told.get("changes"),
            request_id=told.get("request"),
        )
        arguments: dict[str, Any] = {"by": one.employee, "at": one.at, "version": told["version"]}
        made.append(begin_decision(household_id=one.household.pk, new=new, **arguments))

    response = answer(request, one, form, page, do, back=one.url("decide"), then=one.url("decisions"))
    return redirect(one.url("write_decision", made[0].pk)) if made else response


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, key: UUID, submitted_id: int) -> HttpResponse:
    """A colleague's decision as it will be printed; to stand behind, or to send back."""
    one = opened(request, key, MAY_APPROVE)
    found = _waiting(one, submitted_id)
    page = ActPage(
        title=_("Approve the decision"),
        submit=_("Approve and issue"),
        done=_("The decision is issued."),
        template="cases/check.html",
    )
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    do = _act(approve_decision, one, found, form)
    on = one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on, rows=rows_of(one, found), to=to_whom_of(one, found))


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, key: UUID, submitted_id: int) -> HttpResponse:
    one = opened(request, key, MAY_APPROVE)
    found = _waiting(one, submitted_id)
    page = ActPage(
        title=_("Send the decision back"),
        submit=_("Send it back"),
        done=_("The decision is a draft again."),
        lead=_("Say what is to be written better. Whoever wrote it reads it."),
    )
    return _because(request, one, found, page, send_back_decision)


@require_http_methods(["GET", "HEAD", "POST"])
def annul(request: HttpRequest, key: UUID, issued_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = decision_here(one, issued_id)
    if found.status not in GIVEN:
        raise Http404
    page = ActPage(
        title=_("Annul the decision"),
        submit=_("Annul the decision"),
        done=_("The decision is annulled."),
        lead=_("An unlawful decision is annulled: it counts as never given. What comes instead is decided anew."),
        is_danger=True,
    )
    return _because(request, one, found, page, annul_decision)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: UUID, draft_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _draft(one, draft_id)
    page = ActPage(
        title=_("Discard the draft"), submit=_("Discard the draft"), done=_("The draft is discarded."), is_danger=True
    )
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    do, back = _act(discard_draft, one, found, form), one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=back, then=one.url("decisions"))


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, key: UUID, draft_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _draft(one, draft_id)
    page = ActPage(
        title=_("Give the decision by word of mouth"),
        submit=_("It is given by word of mouth"),
        done=_("The decision is given by word of mouth. Write it down the next working day."),
        lead=_("Allowed when it cannot wait. A task asks for it in writing."),
    )
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    on = one.url("decision", found.pk)
    return answer(request, one, form, page, _act(tell_decision, one, found, form), back=on, then=on)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: UUID, issued_id: int, part: str) -> HttpResponse:
    """A slip in one part of an issued decision."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = decision_here(one, issued_id)
    if found.status not in FINAL or part not in TEXT_PARTS or not text_of(found, part):
        raise Http404
    page = ActPage(
        title=_("Correct a slip"),
        submit=_("Correct the slip"),
        done=_("The slip is corrected. Send the corrected letter."),
        lead=_(
            "For slips of the pen. The old text stays, struck through, and the letter is printed anew. What was "
            "granted, to whom and when is changed by a new decision."
        ),
    )
    initial = {"becomes": text_of(found, part)}
    form = SlipForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)
    do = _act(correct_slip, one, found, form, part=part)
    on = one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


def _because(
    request: HttpRequest, one: Opened, found: Decision, page: ActPage, carry_out: Callable[..., Any]
) -> HttpResponse:
    form = BecauseForm(request.POST or None, today=one.today, version=one.household.version)
    on = one.url("decision", found.pk)
    return answer(request, one, form, page, _act(carry_out, one, found, form), back=on, then=on)


def _act(carry_out: Callable[..., Any], one: Opened, found: Decision, form: ActForm, **more: Any) -> Callable[[], None]:
    """The act on the decision with everything that its form asked for."""

    def do() -> None:
        told = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        carry_out(decision_id=found.pk, by=one.employee, at=one.at, **told, **more)

    return do


def _waiting(one: Opened, decision_id: int) -> Decision:
    found = decision_here(one, decision_id)
    if found.status != DecisionStatus.SUBMITTED:
        raise Http404
    return found


def _draft(one: Opened, decision_id: int) -> Decision:
    found = decision_here(one, decision_id)
    if found.status != DecisionStatus.DRAFT:
        raise Http404
    return found
