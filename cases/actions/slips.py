"""Putting right a slip in an issued decision: marked, with the letter printed anew."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.actions.decisions import locked_decision, record
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import print_correction
from cases.models import FINAL, TEXT_PARTS, Decision, DecisionCorrection
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act


class CannotCorrect(Refusal):
    """There is no slip to put right here."""


def text_of(decision: Decision, part: str) -> str:
    """What a part says with its corrections."""
    last = decision.corrections.filter(part=part).order_by("-at", "-pk").first()
    return last.becomes if last else str(getattr(decision, part))


@act
def correct_slip(
    *,
    decision_id: int,
    part: str,
    becomes: str,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> DecisionCorrection:
    """Put right a slip of the pen in a decision's text. What was granted, to whom and when is no slip: decide anew.

    :raises CannotCorrect: when the decision is not issued, the part is empty, nothing changes or no reason is given
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status not in FINAL:
        raise CannotCorrect(_("The decision is not issued yet: write in it."))
    if part not in TEXT_PARTS or not (was := text_of(decision, part)):
        raise CannotCorrect(_("Choose the part that holds the slip."), field="part")
    if not reason.strip():
        raise CannotCorrect(_("Say what the slip was."), field="reason")
    if becomes.strip() in ("", was):
        raise CannotCorrect(_("The text is as it was."), field="becomes")
    correction = DecisionCorrection.objects.create(
        decision=decision, part=part, was=was, becomes=becomes.strip(), reason=reason.strip(), by=by, at=at
    )
    documents = print_correction(decision, at=at, by=by)
    for document in documents:
        dispatch_to_everybody(document, by=by, at=at)
    record(
        Act.DECISION_CORRECTED, decision, by=by, at=at, part=part, letters=[document.sha256 for document in documents]
    )
    return correction
