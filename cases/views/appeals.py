"""Appeals of a household: registered, taken up, assessed, changed or forwarded, answered, carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.appeal_answers import carry_out, register_answer
from cases.actions.appeals import (
    acknowledge,
    dismiss_appeal,
    lodge_appeal,
    take_up,
    withdraw_appeal,
)
from cases.actions.appeals_elsewhere import hand_on, units_of
from cases.forms.appeals import (
    AnswerAppealForm,
    AppealForm,
    CarryOutForm,
    DismissForm,
    HandOnForm,
    TakeUpForm,
    WithdrawForm,
)
from cases.forms.cases import NothingForm
from cases.models import FINAL, Appeal, AppealStatus, Consequence, DecisionStatus, ReceivedPaper
from cases.questions.appeal_pages import appeals_of, body_in_words, named_in, row_of, steps_of
from cases.questions.appeals import appealable, appellants, is_suspended
from cases.questions.notices import not_told, time_for
from cases.views.decisions import decision_here
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording import day_in_words
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
_CHANGE = Permission.CHANGE_HOUSEHOLD


@require_safe
def appeals(request: HttpRequest, key: UUID) -> HttpResponse:
    """The household's appeals, what can be appealed, and where to go with what cannot."""
    one = opened(request, key)
    context = one.context(
        rows=appeals_of(one.household, on=one.today),
        decisions=appealable(one.household),
        handed_on=one.household.appeals_handed_on.select_related("to_unit").order_by("-received_on", "-pk"),
        named=named_in(one.household, one.employee, at=one.at),
    )
    return render(request, "cases/appeals/appeals.html", context)


@require_safe
def appeal(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    one = opened(request, key)
    found = appeal_here(one, appeal_id)
    dismissal = found if found.status == AppealStatus.DISMISSED else None
    context = one.context(
        appeal=found,
        row=row_of(found, on=one.today),
        steps=steps_of(found),
        grounds=found.grounds.order_by("number"),
        listed=found.listed.order_by("number"),
        letters=_letters(found),
        notices=found.notices.standing().order_by("reached_on") if dismissal else [],
        not_told=not_told(found.decision, dismissal=dismissal) if dismissal and found.person_id else [],
        dismissal_time=time_for(found.decision, found.person_id, dismissal=dismissal) if dismissal else None,
        waits=is_suspended(found.decision, on=one.today),
        named=named_in(one.household, one.employee, at=one.at),
    )
    return render(request, "cases/appeals/appeal.html", context)


@require_http_methods(_METHODS)
def lodge(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """Register an appeal over a decision; with `?dismissal=` over the dismissal of an earlier one."""
    one = opened(request, key, _CHANGE)
    found = decision_here(one, decision_id)
    dismissal_id = _number(request.GET.get("dismissal", ""))
    dismissal = get_object_or_404(one.household.appeals, pk=dismissal_id, decision=found) if dismissal_id else None
    time = time_for(found, None, dismissal=dismissal) if found.issued_at or found.told_at else None
    form = AppealForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        initial={"received_on": one.today},
        appellants=appellants(one.household, on=one.today),
        papers=_papers(one),
        units=[unit for unit in units_of(one.household) if unit.pk != found.unit_id],
    )
    page = ActPage(
        title=_("Register an appeal"),
        submit=_("Register the appeal"),
        done=_("The appeal is registered. Tell them that it has come, and take it up."),
        template="cases/appeals/lodge.html",
    )
    made: list[Appeal] = []

    def do() -> None:
        new = form.new_appeal(dismissal_id=dismissal_id)
        arguments: dict[str, Any] = {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}
        made.append(lodge_appeal(decision_id=found.pk, new=new, **arguments))

    back, then = one.url("decision", found.pk), one.url("household_appeals")
    return answer(
        request, one, form, page, do, back=back, then=then, decision=found, body=body_in_words(found), time=time
    )


@require_http_methods(_METHODS)
def tell(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """Tell the appellant by letter that the appeal has come."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = NothingForm(request.POST or None, today=one.today, version=one.household.version)
    page = ActPage(
        title=_("Tell that the appeal has come"),
        submit=_("Send the letter"),
        done=_("The letter is made and on its way."),
        lead=_("A letter says that the appeal came %(day)s, and that they hear from us by %(due)s.")
        % {"day": day_in_words(found.received_on), "due": day_in_words(found.due_on)},
    )
    return _act_on(request, one, found, form, page, acknowledge)


@require_http_methods(_METHODS)
def take(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = TakeUpForm(request.POST or None, today=one.today, version=one.household.version, is_late=found.is_late)
    lead = _("The unit looks at the case anew, and changes its decision or forwards the appeal.")
    if found.is_late and found.last_day is not None:
        lead = _(
            "The appeal came %(came)s, and the time to appeal ended %(last)s. It can be taken when they cannot be "
            "blamed for that, or special reasons speak for it."
        ) % {"came": day_in_words(found.lodged_on), "last": day_in_words(found.last_day)}
    page = ActPage(title=_("Take the appeal up"), submit=_("Take it up"), done=_("The appeal is taken up."), lead=lead)
    return _act_on(request, one, found, form, page, take_up)


@require_http_methods(_METHODS)
def dismiss(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = DismissForm(request.POST or None, today=one.today, version=one.household.version)
    page = ActPage(
        title=_("Dismiss the appeal"),
        submit=_("Dismiss the appeal"),
        done=_("The appeal is dismissed. Register when the letter reaches them."),
        lead=_("They get a letter with the reason. The dismissal can itself be appealed."),
        is_danger=True,
    )
    return _act_on(request, one, found, form, page, dismiss_appeal)


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    initial = {"on": one.today}
    form = WithdrawForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)
    page = ActPage(title=_("The appeal is withdrawn"), submit=_("Register it"), done=_("The appeal is withdrawn."))
    return _act_on(request, one, found, form, page, withdraw_appeal)


@require_http_methods(_METHODS)
def answered(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """What the body of appeal decided, and what follows."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    form = AnswerAppealForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        papers=_papers(one),
        initial={"answered_on": one.today},
    )
    page = ActPage(
        title=_("Register the answer"),
        submit=_("Register the answer"),
        done=_("The answer is registered."),
        lead=_("Take their letter in as a paper first, and choose it here."),
    )

    def do() -> None:
        register_answer(
            appeal_id=found.pk,
            told=form.told(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def follow(request: HttpRequest, key: UUID, appeal_id: int) -> HttpResponse:
    """What came of the appeal, carried out."""
    one = opened(request, key, _CHANGE)
    found = appeal_here(one, appeal_id)
    needs_decision = found.consequence == Consequence.NEW_DECISION and found.new_decision_id is None
    later = one.household.decisions.filter(kind=found.decision.kind, status__in=FINAL, pk__gt=found.decision_id)
    decisions = later.exclude(status=DecisionStatus.ANNULLED).order_by("-pk") if needs_decision else []
    form = CarryOutForm(request.POST or None, today=one.today, version=one.household.version, decisions=list(decisions))
    leads: dict[str, Any] = {
        Consequence.ANNUL: _("The decision is annulled: it counts as never given."),
        Consequence.TRY_APPEAL: _("The appeal that was dismissed is taken up again."),
    }
    page = ActPage(
        title=_("Carry out what came of the appeal"),
        submit=_("It is carried out"),
        done=_("The appeal is closed."),
        lead=leads.get(found.consequence, _("The new decision is to be issued first.")),
    )

    def do() -> None:
        told = form.cleaned_data
        carry_out(
            appeal_id=found.pk,
            decision_id=told.get("decision"),
            what=told["what"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def hand_on_appeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """An appeal that was lodged here and belongs elsewhere."""
    one = opened(request, key, _CHANGE)
    form = HandOnForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        units=units_of(one.household),
        initial={"received_on": one.today},
    )
    page = ActPage(
        title=_("Hand an appeal on"),
        submit=_("Hand it on"),
        done=_("It is registered where the appeal went. Send it there today."),
        lead=_("For an appeal that was lodged with the wrong office. The day it came here is kept: it is what counts."),
    )

    def do() -> None:
        told = form.cleaned_data
        hand_on(
            household_id=one.household.pk,
            received_on=told["received_on"],
            about=told["about"],
            to_unit_id=told["to_unit"],
            to_body=told["to_body"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("household_appeals"), then=one.url("household_appeals"))


def _act_on(
    request: HttpRequest, one: Opened, found: Appeal, form: ActForm, page: ActPage, carry: Callable[..., Any]
) -> HttpResponse:
    """A page whose form asks for just what its act takes."""

    def do() -> None:
        told = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        carry(appeal_id=found.pk, by=one.employee, at=one.at, **told)

    on = one.url("appeal", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


def appeal_here(one: Opened, appeal_id: int) -> Appeal:
    """The appeal, of this household."""
    rows = one.household.appeals.select_related(
        "decision", "unit", "person", "representative", "registered_by", "assessed_by", "lodged_with", "dismissal"
    )
    found: Appeal = get_object_or_404(rows, pk=appeal_id)
    found.household = found.decision.household = one.household
    return found


def _letters(found: Appeal) -> list[Any]:
    """The letters made on this appeal that the sight reaches, oldest first."""
    if not found.household.sight.whereabouts:
        return []
    ids = [pk for pk in (found.statement_id, found.outcome_letter_id) if pk]
    return list(found.household.documents.filter(pk__in=ids).defer("content").order_by("pk"))


def _papers(one: Opened) -> list[ReceivedPaper]:
    papers = one.household.received_papers.without_content().order_by("-received_on", "-pk")
    if not one.household.sight.special:
        papers = papers.filter(is_special=False)
    if not one.household.sight.whereabouts:
        papers = papers.filter(tells_place=False)
    return list(papers)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
