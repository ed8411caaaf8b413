"""One decision: what it says and lacks, writing it down, a page to check, and its letters as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.decisions import issue_decision
from cases.forms.parts import PARTS, WRITTEN, PartsForm
from cases.forms.placing import ConfirmForm
from cases.models import Decision, DecisionStatus, Document
from cases.views.drafts import forget, keep, kept
from cases.views.placing import answers_of, parts_of
from cases.views.shell import Opened, opened
from people.act_forms import perform
from people.notices import notify
from people.roles import Permission


@require_safe
def decision(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key)
    found = _decision(one, decision_id)
    labels = {name: Decision._meta.get_field(name) for name in PARTS}
    shown = [name for name in PARTS if found.has_children or name != "child_interest"]
    parts = [(name, labels[name].verbose_name, getattr(found, name)) for name in shown]
    documents = found.documents.defer("content").order_by("kind", "language")
    is_open = found.status != DecisionStatus.ISSUED
    context = one.context(decision=found, parts=parts, documents=documents, may_write=is_open and one.may_change)
    return render(request, "cases/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """The parts of a decision given by word of mouth, or of a draft; kept until it is issued."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _unissued(one, decision_id)
    if request.method == "POST":
        keep(request, _draft_name(found), request.POST)
    data = kept(request, _draft_name(found))
    form = _form(one, found, data if request.method == "POST" else None, data)
    if request.method == "POST" and form.is_valid():
        return redirect(one.url("write_decision_check", found.pk))
    back = one.url("decision", found.pk)
    return render(request, "cases/write_decision.html", one.context(form=form, decision=found, back=back))


@require_http_methods(["GET", "HEAD", "POST"])
def write_check(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """All parts once more; then the decision is issued, with its letters."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = _unissued(one, decision_id)
    change = one.url("write_decision", found.pk)
    data = kept(request, _draft_name(found))
    draft = _form(one, found, data, None)
    if data is None or not draft.is_valid():
        return redirect(change)
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            parts = parts_of(draft)
            assert parts is not None
            issue_decision(
                decision_id=found.pk,
                parts=parts,
                version=form.cleaned_data["version"],
                by=one.employee,
                at=one.at,
            )
            return one.url("decision", found.pk)

        response = perform(request, form, do, at=one.at)
        if response is not None:
            forget(request, _draft_name(found))
            notify(request, _("The decision is issued."))
            return response
    flow = {"submit": _("Issue the decision")}
    rows = answers_of(draft, None, change)
    return render(request, "cases/check.html", one.context(flow=flow, form=form, rows=rows, back=change))


@require_safe
def document(request: HttpRequest, key: UUID, document_id: int) -> HttpResponse:
    """A letter as it was printed, as a file with nothing personal in its name."""
    one = opened(request, key)
    found = get_object_or_404(Document, pk=document_id, household=one.household)
    name = f"{found.kind}-{found.pk}.pdf"
    return HttpResponse(
        bytes(found.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _decision(one: Opened, decision_id: int) -> Decision:
    found: Decision = get_object_or_404(
        one.household.decisions.select_related("provider", "room", "issued_by", "drafted_by"), pk=decision_id
    )
    return found


def _unissued(one: Opened, decision_id: int) -> Decision:
    found = _decision(one, decision_id)
    if found.status == DecisionStatus.ISSUED:
        raise Http404
    return found


def _form(one: Opened, found: Decision, data: Any, typed: Any) -> PartsForm:
    """The parts in writing: how it is given is no question any more."""
    bound = None
    if data is not None:
        bound = data.copy()
        bound["how"] = WRITTEN
    stored = {name: getattr(found, name) for name in (*PARTS, "language")}
    before = {name: typed.get(name, value) for name, value in stored.items()} if typed is not None else stored
    has_children = found.has_children or bool(one.situation.children)
    form = PartsForm(bound, today=one.today, has_children=has_children, initial={**before, "how": WRITTEN})
    form.fields["how"].widget = form.fields["how"].hidden_widget()
    return form


def _draft_name(found: Decision) -> str:
    return f"decision:{found.pk}"
