"""What the law asks of a household's case right now, and the act that its state calls for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.actions.accepting import permissions_to_accept
from cases.models import AcceptedFinding, CaseState
from cases.questions.lacks import Lack, lacks_of
from cases.questions.situation import Situation
from cases.wording import day_in_words
from people.models import Household
from people.roles import Permission

#: Who may follow a link to where something is mended.
_MENDS = {Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN, Permission.ASSIGN_OTHERS, Permission.REVIEW_BREACHES}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One duty: whether it is met or has time yet, where to meet it, and who answers for that it is not."""

    number: str
    text: str
    cited: str
    is_met: bool
    is_waiting: bool
    note: str
    url: str
    accepted: AcceptedFinding | None
    accept_url: str
    withdraw_url: str


@dataclass(frozen=True, kw_only=True)
class NextAct:
    """The one act that the state of the case calls for."""

    label: str
    url: str


def checklist(situation: Situation, *, permitted: Collection[Permission]) -> list[Check]:
    """The duties that apply to the household today, what is missing first, with what one may do about each."""
    return [
        _check(lack, situation.household, situation.day, permitted)
        for lack in lacks_of(situation.household, on=situation.day)
    ]


def _check(lack: Lack, household: Household, day: date, permitted: Collection[Permission]) -> Check:
    may_mend = not lack.is_met and not _MENDS.isdisjoint(permitted)
    may_accept = lack.is_open or lack.accepted is not None
    may_accept = may_accept and not set(permissions_to_accept(lack.check.number)).isdisjoint(permitted)
    accepted = lack.accepted
    return Check(
        number=lack.check.number,
        text=str(lack.check.duty),
        cited="" if lack.is_met else lack.check.cited(on=day),
        is_met=lack.is_met,
        is_waiting=lack.is_waiting,
        note="" if lack.is_met else _note(lack, day),
        url=lack.mend_url(household) if may_mend else "",
        accepted=accepted,
        accept_url=lack.accept_url(household) if may_accept and accepted is None else "",
        withdraw_url=(
            reverse("cases:withdraw_acceptance", args=[household.key, accepted.pk]) if may_accept and accepted else ""
        ),
    )


def _note(lack: Lack, day: date) -> str:
    words = {"day": day_in_words(lack.finding.since)}
    if not lack.is_told_by_deadline:
        return _("Since %(day)s.") % words
    return (_("Was due %(day)s.") if lack.finding.since < day else _("Due %(day)s.")) % words


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
