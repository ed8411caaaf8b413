"""What the law asks of a household's case right now, and the act that its state calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.deadlines import plan_due_on
from cases.models import GIVEN, CaseState, DecisionKind
from cases.questions.situation import Situation
from cases.wording import day_in_words
from housing.models import ResidenceKind


@dataclass(frozen=True, kw_only=True)
class Check:
    """One duty: whether it is met or has time yet, and where to meet it."""

    text: str
    is_met: bool
    is_waiting: bool = False
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class NextAct:
    """The one act that the state of the case calls for."""

    label: str
    url: str


def checklist(situation: Situation) -> list[Check]:
    """The duties that apply to the household today."""
    return [*_answered(situation), *_accommodated(situation)]


def next_act(situation: Situation) -> NextAct | None:
    """What to do next; the household's own duties come before the state's usual act."""
    if situation.case is None:
        return None
    key, state = situation.household.key, CaseState(situation.case.state)
    if state == CaseState.TEMPORARY and situation.unwritten is not None:
        url = reverse("cases:write_decision", args=[key, situation.unwritten.pk])
        return NextAct(label=_("Write down the decision"), url=url)
    name, label = _next(situation, state)
    return NextAct(label=label, url=reverse(name, args=[key]))


def _next(situation: Situation, state: CaseState) -> tuple[str, str]:
    if state == CaseState.TEMPORARY:
        if situation.plan is None:
            return "cases:make_plan", _("Make the housing plan")
        return "cases:settle", _("Settle in a home")
    return {
        CaseState.SETTLED: ("cases:close", _("Close the case")),
        CaseState.CLOSED: ("cases:reopen", _("Reopen the case")),
        CaseState.AT_RISK: ("cases:make_plan", _("Make the housing plan")),
        CaseState.UNSUITABLE: ("cases:make_plan", _("Make the housing plan")),
    }.get(state, ("cases:place", _("Place for the night")))


def _answered(situation: Situation) -> Iterator[Check]:
    if not situation.is_open:
        return
    for request in situation.unanswered:
        yield Check(
            text=_("The request has an answer the same day"),
            is_met=False,
            note=_("Asked %(day)s.") % {"day": day_in_words(localdate(request.asked_at))},
            url=reverse("cases:answer_request", args=[situation.household.key, request.pk]),
        )
    if not situation.unanswered:
        yield Check(text=_("Every request has an answer"), is_met=True)


def _accommodated(situation: Situation) -> Iterator[Check]:
    if situation.tonight is None or situation.tonight.kind != ResidenceKind.TEMPORARY:
        return
    key = situation.household.key
    covering = situation.covering
    ends_on = covering.holds_until if covering else None
    until = _("Until %(day)s.") % {"day": day_in_words(ends_on)} if ends_on else ""
    yield Check(
        text=_("A decision covers tonight"),
        is_met=covering is not None,
        note=until,
        url="" if covering else reverse("cases:begin_decision", args=[key]),
    )
    unwritten = situation.unwritten
    yield Check(
        text=_("The decision is given in writing"),
        is_met=unwritten is None,
        url=reverse("cases:write_decision", args=[key, unwritten.pk]) if unwritten else "",
    )
    if situation.children:
        yield _child_interest(situation)
    yield _plan(situation)


def _child_interest(situation: Situation) -> Check:
    latest = next((d for d in situation.decisions if d.kind == DecisionKind.TEMPORARY and d.status in GIVEN), None)
    return Check(
        text=_("The child's best interest is stated"),
        is_met=bool(latest and latest.child_interests.exclude(text="").exists()),
        url=reverse("cases:decisions", args=[situation.household.key]),
    )


def _plan(situation: Situation) -> Check:
    due_on = plan_due_on(situation.stay.starts_on if situation.stay else situation.day)
    note = "" if situation.plan else _("Due %(day)s.") % {"day": day_in_words(due_on)}
    if situation.plan is None and due_on < situation.day:
        note = _("Was due %(day)s.") % {"day": day_in_words(due_on)}
    return Check(
        text=_("A housing plan within 14 days"),
        is_met=situation.plan is not None,
        is_waiting=situation.plan is None and due_on >= situation.day,
        note=note,
        url="" if situation.plan else reverse("cases:make_plan", args=[situation.household.key]),
    )
