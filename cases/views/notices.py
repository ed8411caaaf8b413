"""How a decision was told, reasons asked for, and whether it waits while it is appealed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.notices import correct_notice, register_notice
from cases.actions.reasons import ask_for_reasons, ask_to_suspend, decide_suspension, give_reasons
from cases.forms.appeals import (
    AskReasonsForm,
    CorrectNoticeForm,
    DecideSuspensionForm,
    GiveReasonsForm,
    NoticeForm,
    SuspendForm,
)
from cases.models import Appeal, AppealStatus, Decision
from cases.questions.appeals import Choice
from cases.questions.notices import must_have_it, not_told
from cases.questions.recipients import addressed_on, parties_of
from cases.views.decisions import decision_here
from cases.views.shell import ActPage, Opened, answer, opened
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
_CHANGE = Permission.CHANGE_HOUSEHOLD


@require_http_methods(_METHODS)
def register(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    """How and when the notice reached somebody; with `?dismissal=` that of an appeal's dismissal."""
    one = opened(request, key, _CHANGE)
    found = decision_here(one, decision_id)
    dismissal = _dismissal(one, found, request.GET.get("dismissal", ""))
    form = NoticeForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        recipients=_recipients(one, found, dismissal),
        initial={"reached_on": one.today},
    )
    page = ActPage(
        title=_("Register the notice"),
        submit=_("Register the notice"),
        done=_("The notice is registered."),
        lead=_(
            "The time to appeal runs from the day that the notice reached the party, and everybody who must have it "
            "for them."
        ),
    )

    def do() -> None:
        register_notice(
            decision_id=found.pk,
            new=form.new_notice(),
            dismissal_id=dismissal.pk if dismissal else None,
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("appeal", dismissal.pk) if dismissal else one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def correct(request: HttpRequest, key: UUID, notice_id: int) -> HttpResponse:
    """Strike a wrong notice, and register the right one in its place."""
    one = opened(request, key, _CHANGE)
    notice = get_object_or_404(one.household.notices.select_related("decision", "dismissal"), pk=notice_id)
    found = decision_here(one, notice.decision_id)
    form = CorrectNoticeForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        recipients=_recipients(one, found, notice.dismissal, everybody=True),
        initial={
            "recipient": notice.key,
            "way": notice.way,
            "sent_on": notice.sent_on,
            "reached_on": None if notice.is_presumed else notice.reached_on,
        },
    )
    page = ActPage(
        title=_("Correct the notice"),
        submit=_("Correct the notice"),
        done=_("The notice is corrected."),
        lead=_("What was registered stays, struck through, with what was wrong."),
    )

    def do() -> None:
        told = form.cleaned_data
        correct_notice(
            notice_id=notice.pk,
            because=told["because"],
            new=None if told["never"] else form.new_notice(),
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def ask_reasons(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = decision_here(one, decision_id)
    parties = [(party.person_id, party.name) for party in parties_of(one.household, on=one.today)]
    initial = {"asked_on": one.today}
    form = AskReasonsForm(
        request.POST or None, today=one.today, version=one.household.version, parties=parties, initial=initial
    )
    page = ActPage(
        title=_("The reasons are asked for"),
        submit=_("Register the request"),
        done=_("The request is registered, and a task asks for the reasons."),
        lead=_("Asked for in time, it interrupts the time to appeal until the reasons have reached the party."),
    )

    def do() -> None:
        told = form.cleaned_data
        ask_for_reasons(
            decision_id=found.pk,
            person_id=told["person"],
            channel=told["channel"],
            asked_on=told["asked_on"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def reasons(request: HttpRequest, key: UUID, reasons_id: int) -> HttpResponse:
    """The reasons given, and when they reached the party."""
    one = opened(request, key, _CHANGE)
    asked = get_object_or_404(one.household.reasons_requests, pk=reasons_id)
    initial = {"answered_on": one.today, "reached_on": one.today}
    form = GiveReasonsForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)
    page = ActPage(
        title=_("Give the reasons"),
        submit=_("Register the reasons"),
        done=_("The reasons are registered. The time to appeal runs anew."),
    )

    def do() -> None:
        told = form.cleaned_data
        give_reasons(
            reasons_id=asked.pk,
            reasons=told["reasons"],
            answered_on=told["answered_on"],
            reached_on=told["reached_on"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("decision", asked.decision_id)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def suspend(request: HttpRequest, key: UUID, decision_id: int) -> HttpResponse:
    one = opened(request, key, _CHANGE)
    found = decision_here(one, decision_id)
    initial = {"asked_on": one.today}
    form = SuspendForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)
    page = ActPage(
        title=_("Asked that the decision waits"),
        submit=_("Register it"),
        done=_("It is registered. Decide whether the decision waits."),
        lead=_("A decision applies while it is appealed, unless it is decided that it waits."),
    )

    def do() -> None:
        told = form.cleaned_data
        ask_to_suspend(
            decision_id=found.pk,
            asked_on=told["asked_on"],
            because=told["because"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("decision", found.pk)
    return answer(request, one, form, page, do, back=on, then=on)


@require_http_methods(_METHODS)
def suspension(request: HttpRequest, key: UUID, suspension_id: int) -> HttpResponse:
    """Whether the decision waits, with the reason."""
    one = opened(request, key, _CHANGE)
    asked = get_object_or_404(one.household.suspensions, pk=suspension_id)
    form = DecideSuspensionForm(request.POST or None, today=one.today, version=one.household.version)
    page = ActPage(
        title=_("Decide whether the decision waits"),
        submit=_("Decide"),
        done=_("It is decided."),
        lead=asked.asked_because,
    )

    def do() -> None:
        told = form.cleaned_data
        decide_suspension(
            suspension_id=asked.pk,
            is_granted=told["is_granted"],
            reason=told["reason"],
            until=told["until"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    on = one.url("decision", asked.decision_id)
    return answer(request, one, form, page, do, back=on, then=on)


def _recipients(one: Opened, found: Decision, dismissal: Appeal | None, *, everybody: bool = False) -> list[Choice]:
    """Those still to be told; all who may have it when nobody is left, or a correction is made."""
    if found.issued_at is None:
        return []
    left = [] if everybody else not_told(found, dismissal=dismissal)
    today = addressed_on(one.household, on=one.today, kind=found.kind).recipients
    known = {each.key: each for each in [*must_have_it(found, dismissal=dismissal), *today]}
    return [Choice(key=each.key, label=each.name) for each in left or known.values()]


def _dismissal(one: Opened, found: Decision, asked: str) -> Appeal | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    dismissed = one.household.appeals.filter(decision=found, status=AppealStatus.DISMISSED)
    return get_object_or_404(dismissed, pk=int(asked))
