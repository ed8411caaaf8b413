"""Disputed responsibility: registering it, deciding it, and the unit's list of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.disputes import RAISES, decide_dispute, end_dispute, leaders_for
from cases.actions.disputes import open_dispute as raise_dispute
from cases.forms.requests import DecideDisputeForm, DisputeForm, EndDisputeForm
from cases.law import value
from cases.models import DisputeDecision
from cases.questions.asked import Disputed, disputed
from cases.questions.colleagues import units_to_send_to
from cases.questions.disputes import Which, disputes_of
from cases.views.shell import ActPage, Opened, answer, opened, opened_with_place, signed_in
from cases.views.units import chosen_unit, counters_of
from people.parts import part_of
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """Those of a unit: what waits for a leader, what is late, what was decided in the last twelve months."""
    at = timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    rows = disputes_of(chosen.unit, signed_in(request), at=at)
    only = request.GET.get("only")
    which = Which(only) if only in list(Which) else Which.WAITING
    shown = [row for row in rows if which in row.kinds]
    labels = {
        Which.WAITING: _("Wait for a leader"),
        Which.LATE: _("Late"),
        Which.DECIDED: _("Decided in the last twelve months"),
        Which.DECIDED_LATE: _("Decided too late"),
    }
    counters = counters_of(chosen, rows, labels, shown=which, late=Which.LATE)
    page = part_of(shown, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {"chosen": chosen, "counters": counters, "page": page, "label": labels[which], "today": localdate(at)}
    return render(request, "cases/requests/disputes.html", context)


@require_http_methods(_METHODS)
def open_dispute(request: HttpRequest, key: UUID) -> HttpResponse:
    """With `?request=` about one of the household's requests."""
    one = opened_with_place(request, key, RAISES)
    asked = request.GET.get("request", "")
    request_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    page = ActPage(
        title=_("Register a disputed responsibility"),
        submit=_("Save and ask the leader to decide"),
        done=_("The dispute is saved, and the leader has a task."),
        lead=_("Help goes on until it is decided. The leader has %(days)s working days.")
        % {"days": value("dispute.working_days", on=one.today)},
    )
    unit = one.situation.unit
    form = DisputeForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        units=units_to_send_to(one.household, but=unit.pk if unit else 0),
        leaders=list(leaders_for(one.household, at=one.at).values_list("pk", "name")),
        initial={"since": one.today},
    )

    def do() -> None:
        raise_dispute(
            household_id=one.household.pk,
            dispute=form.dispute(request_id),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("asked"), then=one.url("asked"))


@require_http_methods(_METHODS)
def dispute(request: HttpRequest, key: UUID, dispute_id: int) -> HttpResponse:
    """What is disputed; for a leader the decision, and after it what came of it."""
    one = opened(request, key)
    rows = one.household.disputes.select_related("with_unit", "leader", "decided_by", "request")
    found = get_object_or_404(rows, pk=dispute_id)
    told = disputed(found, one.household, at=one.at)
    if found.decided_at is None and one.may_lead:
        return _decide(request, one, told)
    if found.decided_at is not None and not found.result and (one.may_change or one.may_lead):
        return _end(request, one, told)
    return render(request, "cases/requests/dispute.html", one.context(told=told, back=one.url("asked")))


def _decide(request: HttpRequest, one: Opened, told: Disputed) -> HttpResponse:
    page = ActPage(
        title=_("Decide who is responsible"),
        submit=_("Save the decision"),
        done=_("The dispute is decided."),
        template="cases/requests/dispute.html",
    )
    form = DecideDisputeForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        decided = form.cleaned_data
        decide_dispute(
            dispute_id=told.dispute.pk,
            decision=DisputeDecision(decided["decision"]),
            reason=decided["reason"],
            result=decided["result"],
            version=decided["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("asked"), then=one.url("asked"), told=told)


def _end(request: HttpRequest, one: Opened, told: Disputed) -> HttpResponse:
    page = ActPage(
        title=_("What came of the dispute"),
        submit=_("Save what came of it"),
        done=_("What came of the dispute is saved."),
        template="cases/requests/dispute.html",
    )
    form = EndDisputeForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        ended = form.cleaned_data
        end_dispute(
            dispute_id=told.dispute.pk, result=ended["result"], version=ended["version"], by=one.employee, at=one.at
        )

    return answer(request, one, form, page, do, back=one.url("asked"), then=one.url("asked"), told=told)
