"""One decision: what it says and lacks, writing it down, a page to check, and its letters as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.decisions import (
    DecisionParts,
    draft_decision,
    has_children,
    issue_decision,
    missing_parts,
    save_draft,
)
from cases.forms.parts import PARTS, BeginForm, PartsForm, WriteForm
from cases.forms.placing import ConfirmForm
from cases.models import Decision, DecisionStatus, Document
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move
from cases.wording import period_in_words
from housing.models import ResidenceKind
from people import readings
from people.components import SummaryRow
from people.masking import SHIELDED_PLACE, require_whereabouts
from people.models.reading import Showing
from people.notices import notify
from people.uploads import MediaType, attachment


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
def begin(request: HttpRequest, key: UUID) -> HttpResponse:
    """A decision on a place that the household has without one; then its parts are written."""
    one = opened_to_move(request, key)
    tonight = one.situation.tonight
    if tonight is None or tonight.kind != ResidenceKind.TEMPORARY:
        raise Http404
    page = ActPage(
        title=_("Begin a decision"),
        submit=_("Begin the decision"),
        done=_("The decision is begun."),
        lead=_("On the place that the household has now."),
    )
    initial = {"starts_on": one.today, "ends_on": tonight.planned_end}
    form = BeginForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        draft_decision(
            household_id=one.household.pk,
            residence_id=tonight.pk,
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("decisions"), then=one.url("decisions"))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """The parts of a decision not issued yet. Whatever is sent is kept with the decision, complete or not."""
    one = opened_to_move(request, key)
    found = _unissued(one, decision_id)
    stored = {name: getattr(found, name) for name in (*PARTS, "language")}
    sent = request.POST if request.method == "POST" else None
    form = WriteForm(sent, today=one.today, has_children=_has_children(found), initial=stored)
    if request.method == "POST":
        is_complete = form.is_valid()
        save_draft(decision_id=found.pk, parts=form.parts(), by=one.employee, at=one.at)
        if "save" in request.POST:
            notify(request, _("The draft is saved."))
            return redirect(one.url("decision", found.pk))
        if is_complete:
            return redirect(one.url("write_decision_check", found.pk))
    back = one.url("decision", found.pk)
    return render(request, "cases/write_decision.html", one.context(form=form, decision=found, back=back))


@require_http_methods(["GET", "HEAD", "POST"])
def write_check(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """All parts once more; then the decision is issued, with its letters."""
    one = opened_to_move(request, key)
    found = _unissued(one, decision_id)
    change = one.url("write_decision", found.pk)
    if missing_parts(found, has_children=_has_children(found)):
        return redirect(change)
    page = ActPage(
        title=_("Check the answers"),
        submit=_("Issue the decision"),
        done=_("The decision is issued."),
        template="cases/check.html",
    )
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    parts = DecisionParts(**{name: getattr(found, name) for name in (*PARTS, "language")})

    def do() -> None:
        version = form.cleaned_data["version"]
        issue_decision(decision_id=found.pk, parts=parts, version=version, by=one.employee, at=one.at)

    rows = _rows(found, change)
    return answer(request, one, form, page, do, then=one.url("decision", found.pk), back=change, rows=rows)


@require_safe
def document(request: HttpRequest, key: UUID, document_id: int) -> HttpResponse:
    """A letter as it was printed, as a file with nothing personal in its name."""
    one = opened(request, key)
    found = get_object_or_404(Document, pk=document_id, household=one.household)
    if found.tells_place:
        require_whereabouts(one.household)
    name = f"{found.kind}-{found.pk}.pdf"
    readings.showing(Showing.PRINT)
    return attachment(bytes(found.content), mime=MediaType.PDF.mime, name=name)


def _decision(one: Opened, decision_id: int) -> Decision:
    found: Decision = get_object_or_404(
        one.household.decisions.select_related("provider", "room", "issued_by", "drafted_by"), pk=decision_id
    )
    _refuse_masked(one, found)
    return found


def _refuse_masked(one: Opened, found: Decision) -> None:
    """:raises WhereaboutsShielded: when the decision names a place that is masked for the employee"""
    if found.provider_id is not None:
        require_whereabouts(one.household)


def _unissued(one: Opened, decision_id: int) -> Decision:
    found = _decision(one, decision_id)
    if found.status == DecisionStatus.ISSUED:
        raise Http404
    return found


def _has_children(found: Decision) -> bool:
    return has_children(found.household, on=found.starts_on)


def _rows(found: Decision, change: str) -> list[SummaryRow]:
    """Each part as it will be printed, with where to change it."""
    named = [found.provider.name if found.provider else "", found.room.name if found.room else ""]
    where = ", ".join(name for name in named if name) or str(SHIELDED_PLACE)
    labels = {name: str(PartsForm.base_fields[name].label) for name in (*PARTS, "language")}
    told = {name: getattr(found, name) for name in PARTS} | {"language": found.get_language_display()}
    return [
        SummaryRow(label=_("Place"), value=where),
        SummaryRow(label=_("Period"), value=period_in_words(found.starts_on, found.ends_on)),
        *(
            SummaryRow(label=labels[name], value=text, change_url=change, change_label=labels[name])
            for name, text in told.items()
            if text
        ),
    ]
