"""What a decision does to an earlier one, and what is done to a decision after it was given."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import loan_state
from cases.actions.application_state import follow_annulment
from cases.models import GIVEN, Decision, DecisionMove, DecisionStatus
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotAnnul(Refusal):
    """The decision is not one to annul."""


def take_effect(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Replace or end the decision that this one changes, from this one's first day; in the act that gives it."""
    if decision.changes_id is None:
        return
    earlier: Decision = Decision.objects.select_for_update(no_key=True).get(pk=decision.changes_id)
    if earlier.status not in (DecisionStatus.ISSUED, DecisionStatus.NOTIFIED):
        return
    on = decision.starts_on
    because = gettext("By decision %(number)s.") % {"number": f"V-{decision.pk}"}
    if decision.move == DecisionMove.END:
        earlier.end(on=on, because=because)
    else:
        earlier.replace(on=on, because=because)
    earlier.save(update_fields=["status", "ended_on", "ended_because"])
    _record(Act.DECISION_CUT_SHORT, earlier, by=by, at=at, on=on, reason=because)


def catch_up(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Let what was given meanwhile replace or end a decision that stood by word of mouth and is written down now."""
    for later in Decision.objects.given().filter(changes=decision).order_by("pk"):
        take_effect(later, by=by, at=at)
    decision.refresh_from_db(fields=["status", "ended_on", "ended_because"])


@act
def annul_decision(
    *, decision_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Undo a decision as unlawful, by the unit itself: it counts as never given. What it leads to is decided anew.

    :raises CannotAnnul: without a reason, or when it was never given or is annulled already
    """
    household_id = Decision.objects.filter(pk=decision_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    decision: Decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if not because.strip():
        raise CannotAnnul(_("Say why the decision is annulled."), field="because")
    annul(decision, because=because.strip(), by=by, at=at)
    return decision


def annul(decision: Decision, *, because: str, by: Employee, at: datetime) -> None:
    """Annul a decision inside the transaction of an act, as the outcome of an appeal does too.

    :raises CannotAnnul: when it was never given or is annulled already
    """
    if decision.status not in GIVEN:
        raise CannotAnnul(_("Only a decision that was given can be annulled."))
    decision.annul(on=decision.starts_on, because=because[:300])
    decision.save(update_fields=["status", "ended_on", "ended_because"])
    follow_annulment(decision, by=by, at=at)
    loan_state.follow_annulment(decision, by=by, at=at)
    _record(Act.DECISION_ANNULLED, decision, by=by, at=at, on=localdate(at), reason=because)


def _record(what: Act, decision: Decision, *, by: Employee, at: datetime, on: date, reason: str) -> None:
    journal.record(
        what,
        household_id=decision.household_id,
        subject=decision,
        by=by,
        at=at,
        on=on,
        reason=journal.in_a_line(reason),
        details={"kind": decision.kind, "ended_on": decision.ended_on.isoformat() if decision.ended_on else None},
    )
