"""One decision: what it says and lacks, writing it down, a page to check, and its letters as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import law
from cases.actions.deciding import submit_decision
from cases.actions.decisions import (
    NUMBER_PARTS,
    PART_SENTENCES,
    WRITABLE,
    DecisionParts,
    asked_for,
    change_since_draft,
    children_of,
    draft_decision,
    issue_decision,
    missing_parts,
    save_draft,
)
from cases.actions.slips import text_of
from cases.forms.deciding import WriteForm
from cases.forms.parts import BeginForm, child_field
from cases.forms.placing import ConfirmForm
from cases.models import FINAL, TEXT_PARTS, Decision, DecisionStatus, Document, Stage
from cases.questions.appeal_pages import named_in, told_of
from cases.questions.recipients import ToWhom, to_whom
from cases.views.shell import ActPage, Opened, answer, opened, opened_to_move
from cases.wording import period_in_words
from housing.models import ResidenceKind
from people import readings
from people.components import SummaryRow
from people.masking import SHIELDED_PLACE, require_whereabouts
from people.models import Person
from people.models.reading import Showing
from people.notices import notify
from people.roles import Permission
from people.uploads import MediaType, attachment

#: How each stage is tagged.
STAGE_COLORS = {
    Stage.ORAL: "warning",
    Stage.SUBMITTED: "warning",
    Stage.ISSUED: "info",
    Stage.NOTIFIED: "success",
    Stage.IN_FORCE: "success",
    Stage.ANNULLED: "danger",
}


@require_safe
def decision(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key)
    found = decision_here(one, decision_id)
    children, stage = children_to_weigh(one, found), found.stage_on(one.today)
    context = one.context(
        decision=found,
        stage=stage,
        stage_color=STAGE_COLORS.get(stage, ""),
        basis=law.basis(found.basis),
        parts=_parts_shown(one, found, children),
        documents=found.documents.defer("content").order_by("kind", "number"),
        corrections=found.corrections.select_related("by").order_by("at", "pk"),
        changed=change_since_draft(found) if found.status in WRITABLE else None,
        may_write=found.status in WRITABLE and one.may_change,
        may_approve=found.status == DecisionStatus.SUBMITTED and one.may_approve,
        is_own=one.employee.pk in (found.submitted_by_id, found.drafted_by_id),
        is_final=found.status in FINAL,
        told=told_of(found, on=one.today, named=named_in(one.household, one.employee, at=one.at)),
        later=found.changed_by.exclude(status=DecisionStatus.ANNULLED).order_by("pk"),
    )
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
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = unissued(one, decision_id)
    children = children_to_weigh(one, found)
    sent = request.POST if request.method == "POST" else None
    asked = list(asked_for(found, children=children, on=one.today))
    form = WriteForm(sent, today=one.today, decision=found, asked_for=asked, children=children, initial=_stored(found))
    if request.method == "POST":
        is_complete = form.is_valid()
        save_draft(decision_id=found.pk, parts=form.parts(), by=one.employee, at=one.at)
        if "save" in request.POST:
            notify(request, _("The draft is saved."))
            return redirect(one.url("decision", found.pk))
        if is_complete:
            return redirect(one.url("write_decision_check", found.pk))
    back = one.url("decision", found.pk)
    rule = law.basis(found.basis)
    return render(request, "cases/write_decision.html", one.context(form=form, decision=found, back=back, basis=rule))


@require_http_methods(["GET", "HEAD", "POST"])
def write_check(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """All parts once more; then the decision is issued with its letters, or sent to somebody else for approval."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    found = unissued(one, decision_id)
    change = one.url("write_decision", found.pk)
    if missing_parts(found, on=one.today):
        return redirect(change)
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    carry_out = submit_decision if found.needs_approval else issue_decision

    def do() -> None:
        version = form.cleaned_data["version"]
        carry_out(decision_id=found.pk, parts=stored_parts(found), version=version, by=one.employee, at=one.at)

    rows = rows_of(one, found, change)
    page = _check_page(found)
    return answer(
        request,
        one,
        form,
        page,
        do,
        then=one.url("decision", found.pk),
        back=change,
        rows=rows,
        to=to_whom_of(one, found),
        preview_url=one.url("preview_decision", found.pk),
    )


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


def decision_here(one: Opened, decision_id: int) -> Decision:
    """A decision of the household that is open.

    :raises Http404: when the household has no such one
    :raises WhereaboutsShielded: when the decision names a place that is masked for the employee
    """
    found: Decision = get_object_or_404(
        one.household.decisions.select_related(
            "provider", "room", "issued_by", "drafted_by", "submitted_by", "changes", "request"
        ),
        pk=decision_id,
    )
    found.household = one.household
    if found.provider_id is not None:
        require_whereabouts(one.household)
    return found


def to_whom_of(one: Opened, found: Decision) -> ToWhom:
    """Whom the decision's letter will go to if it is issued now, and what stops it."""
    return to_whom(one.household, on=one.today, kind=found.kind, language=found.language)


def unissued(one: Opened, decision_id: int) -> Decision:
    """A decision whose text may still be written. :raises Http404: when it may not"""
    found = decision_here(one, decision_id)
    if found.status not in WRITABLE:
        raise Http404
    return found


def children_to_weigh(one: Opened, found: Decision) -> list[Person]:
    """The children whose best interest the decision is to weigh, or weighed."""
    if found.status in FINAL:
        weighed = found.child_interests.select_related("person").order_by("person__born_on", "pk")
        return [row.person for row in weighed]
    return children_of(one.household, on=found.starts_on)


def stored_parts(found: Decision) -> DecisionParts:
    """What is written of a decision so far."""
    texts: dict[str, Any] = {name: getattr(found, name) for name in (*TEXT_PARTS, *NUMBER_PARTS, "language")}
    return DecisionParts(**texts, child_interests=dict(found.child_interests.values_list("person", "text")))


def rows_of(one: Opened, found: Decision, change: str = "") -> list[SummaryRow]:
    """Each part as it will be printed, with where to change it."""
    rows = [SummaryRow(label=_("Decision"), value=_heading(found))]
    if found.provider is not None or found.kind == "temporary":
        named = [found.provider.name if found.provider else "", found.room.name if found.room else ""]
        rows.append(SummaryRow(label=_("Place"), value=", ".join(filter(None, named)) or str(SHIELDED_PLACE)))
    if not found.refuses:
        rows.append(SummaryRow(label=_("Period"), value=period_in_words(found.starts_on, found.ends_on)))
    rows.append(SummaryRow(label=_("Legal basis"), value=law.basis(found.basis).citation))
    for part in _parts_shown(one, found, children_to_weigh(one, found)):
        if part["text"]:
            label = str(part["label"])
            rows.append(
                SummaryRow(
                    label=label, value=str(part["text"]), change_url=change, change_label=label if change else ""
                )
            )
    rows.append(SummaryRow(label=_("Language of the letter"), value=str(found.get_language_display())))
    return rows


def _check_page(found: Decision) -> ActPage:
    if found.needs_approval:
        return ActPage(
            title=_("Check the answers"),
            submit=_("Send for approval"),
            done=_("The decision waits for somebody else's approval."),
            template="cases/check.html",
        )
    return ActPage(
        title=_("Check the answers"),
        submit=_("Issue the decision"),
        done=_("The decision is issued."),
        template="cases/check.html",
    )


def _heading(found: Decision) -> str:
    words = {"kind": found.get_kind_display(), "result": found.get_result_display()}
    return _("%(kind)s: %(result)s") % words


def _parts_shown(one: Opened, found: Decision, children: list[Person]) -> list[dict[str, Any]]:
    """The parts asked for, and any other that is written: what each is called, says, and the rule that asks for it."""
    asked = asked_for(found, children=children, on=one.today)
    weighed = dict(found.child_interests.values_list("person", "text"))
    shown = []
    for name in PART_SENTENCES:
        if name == "child_interest":
            shown += [_child_part(child, weighed.get(child.pk, ""), asked.get(name)) for child in children]
        elif name in asked or getattr(found, name):
            field: Any = Decision._meta.get_field(name)
            text = text_of(found, name) if name in TEXT_PARTS else getattr(found, name)
            shown.append(_part(name, field.verbose_name, text, asked.get(name)))
    return shown


def _child_part(child: Person, text: str, rule: law.Rule | None) -> dict[str, Any]:
    return _part(child_field(child), _("The best interest of %(name)s") % {"name": child}, text, rule)


def _part(name: str, label: str | Promise, text: object, rule: law.Rule | None) -> dict[str, Any]:
    return {"name": name, "label": label, "text": text, "rule": rule, "may_correct": name in TEXT_PARTS}


def _stored(found: Decision) -> dict[str, Any]:
    stored = {name: getattr(found, name) for name in (*TEXT_PARTS, *NUMBER_PARTS, "language")}
    weighed = found.child_interests.select_related("person")
    return stored | {child_field(row.person): row.text for row in weighed}
