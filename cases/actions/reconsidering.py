"""The unit looks at an appealed decision anew: it changes the decision, or sends the appeal on with its statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.appeal_letters import keep_outcome, keep_statement, language_to_body
from cases.actions.appeal_tasks import close_appeal_tasks, open_appeal_task
from cases.actions.appeals import CannotDeal, locked_appeal, record, require_at_the_unit
from cases.actions.deciding import NewDecision, begin_decision
from cases.appeal_time import consequence_by
from cases.law import CHOICES
from cases.letters import ListedDocument
from cases.models import (
    GRANTING,
    Appeal,
    AppealDocument,
    AppealStatus,
    DecisionMove,
    DecisionStatus,
    Document,
    TaskKind,
)
from cases.questions.appeals import listable
from cases.questions.law import choices_of
from people.journal import Act
from people.models import Employee
from people.transactions import act


@dataclass(frozen=True, kw_only=True)
class OwnAssessment:
    """What the unit writes: on each ground by its number, the facts, and what it concludes."""

    grounds: Mapping[int, str] = field(default_factory=dict)
    facts: str = ""
    conclusion: str = ""


@dataclass(frozen=True, kw_only=True)
class NewResult:
    """What the appealed decision is changed to: a draft of this begins. `changes` tells the appellant in words."""

    changes: str
    result: str
    starts_on: date | None = None
    ends_on: date | None = None


@act
def save_assessment(*, appeal_id: int, own: OwnAssessment, by: Employee, at: datetime) -> Appeal:
    """Keep what is written so far. Every version stands in the history; the journal does not tell of drafts.

    :raises CannotDeal: when the appeal is not being reconsidered
    """
    appeal = _reconsidered(appeal_id, by=by, at=at, version=None)
    _write(appeal, own)
    return appeal


@act
def change_on_appeal(
    *, appeal_id: int, own: OwnAssessment, new: NewResult, by: Employee, at: datetime, version: int | None = None
) -> Appeal:
    """Change the decision in the appellant's favour: they are told by letter, and a new decision begins as a draft.

    :raises CannotDeal: when the appeal is not being reconsidered, by this employee's hands or without an assessment
    :raises CannotDraft: when no such decision can be begun
    :raises CannotAddress: when the letter cannot leave
    """
    appeal = _reconsidered(appeal_id, by=by, at=at, version=version)
    _write(appeal, own)
    _require_assessed(appeal, by=by, at=at)
    _begin(appeal, new, by=by, at=at)
    appeal.change(on=localdate(at))
    appeal.consequence_due_on = consequence_by(localdate(at), choices=_choices(appeal))
    keep_outcome(appeal, "changed", reason=appeal.conclusion, by=by, at=at)
    appeal.save(
        update_fields=["status", "changed_on", "changes", "new_decision", "consequence_due_on", "outcome_letter"]
    )
    close_appeal_tasks(appeal, by=by, at=at)
    open_appeal_task(appeal, TaskKind.CARRY_OUT_APPEAL, due_on=appeal.consequence_due_on, by=by, at=at)
    record(Act.APPEAL_CHANGED, appeal, by=by, at=at, new_decision=appeal.new_decision_id, is_partly=False)
    return appeal


@act
def change_in_part(*, appeal_id: int, new: NewResult, by: Employee, at: datetime, version: int | None = None) -> Appeal:
    """Change a part of the decision; the rest of the appeal is then forwarded.

    :raises CannotDeal: when the appeal is not being reconsidered, or a part is changed already
    :raises CannotDraft: when no such decision can be begun
    """
    appeal = _reconsidered(appeal_id, by=by, at=at, version=version)
    if appeal.new_decision_id is not None:
        raise CannotDeal(_("A part is changed already: forward the rest."))
    _begin(appeal, new, by=by, at=at)
    appeal.save(update_fields=["changes", "new_decision"])
    record(Act.APPEAL_CHANGED, appeal, by=by, at=at, new_decision=appeal.new_decision_id, is_partly=True)
    return appeal


@act
def forward_appeal(
    *,
    appeal_id: int,
    own: OwnAssessment,
    sources: Collection[str],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Document:
    """Send the appeal to its body with the unit's statement and the list of documents, and tell the appellant.

    :param sources: what goes with it, by the keys of `cases.questions.appeals.listable`
    :raises CannotDeal: when the appeal is not being reconsidered, the decision is annulled, or something is not written
    :raises CannotAddress: when the appellant cannot be told
    """
    appeal = _reconsidered(appeal_id, by=by, at=at, version=version)
    if appeal.decision.status == DecisionStatus.ANNULLED:
        raise CannotDeal(
            _("The decision is annulled: there is nothing to forward. Ask whether the appeal is withdrawn.")
        )
    _write(appeal, own)
    _require_assessed(appeal, by=by, at=at)
    with translation.override(language_to_body(appeal, at=at)):
        listed = _list(appeal, sources)
    appeal.forward(on=localdate(at))
    document = keep_statement(appeal, listed, by=by, at=at)
    appeal.statement = document
    outcome = "partly_changed" if appeal.new_decision_id else "forwarded"
    keep_outcome(appeal, outcome, reason=appeal.conclusion, by=by, at=at)
    appeal.save(update_fields=["status", "forwarded_on", "statement", "outcome_letter"])
    close_appeal_tasks(appeal, by=by, at=at)
    record(Act.APPEAL_FORWARDED, appeal, by=by, at=at, letter=document.sha256, documents=len(listed))
    return document


def _reconsidered(appeal_id: int, *, by: Employee, at: datetime, version: int | None) -> Appeal:
    appeal = locked_appeal(appeal_id, by=by, at=at, version=version)
    require_at_the_unit(appeal)
    if appeal.status != AppealStatus.RECONSIDERING:
        raise CannotDeal(_("Take the appeal up first: the unit looks at the case anew before it changes or forwards."))
    return appeal


def _write(appeal: Appeal, own: OwnAssessment) -> None:
    for ground in appeal.grounds.filter(number__in=own.grounds):
        ground.assessment = own.grounds[ground.number].strip()
        ground.save(update_fields=["assessment"])
    appeal.facts, appeal.conclusion = own.facts.strip(), own.conclusion.strip()
    appeal.save(update_fields=["facts", "conclusion"])


def _require_assessed(appeal: Appeal, *, by: Employee, at: datetime) -> None:
    """The unit's own assessment is there, by somebody whom the municipality lets make it."""
    rule = CHOICES["appeal_assessed_by"].on(localdate(at), _choices(appeal))
    if rule == "another" and by.pk in (appeal.decision.drafted_by_id, appeal.decision.issued_by_id):
        raise CannotDeal(_("You wrote or issued the decision: in this municipality somebody else looks at the appeal."))
    missing = appeal.grounds.filter(assessment="").order_by("number").first()
    if missing is not None:
        raise CannotDeal(_("Write the unit's own assessment of each ground."), field=f"ground_{missing.number}")
    if not appeal.facts:
        raise CannotDeal(_("Write the facts of the case."), field="facts")
    if not appeal.conclusion:
        raise CannotDeal(_("Write what the unit concludes."), field="conclusion")


def _begin(appeal: Appeal, new: NewResult, *, by: Employee, at: datetime) -> None:
    """Begin the new decision, founded on what the first was: the body of appeal stays the same."""
    if not new.changes.strip():
        raise CannotDeal(_("Say what is changed."), field="changes")
    if new.result not in GRANTING:
        raise CannotDeal(_("A decision changed in their favour grants something."), field="result")
    first = appeal.decision
    is_running = first.status in (DecisionStatus.ORAL, DecisionStatus.ISSUED, DecisionStatus.NOTIFIED)
    appeal.changes = new.changes.strip()
    appeal.new_decision = begin_decision(
        household_id=appeal.household_id,
        new=NewDecision(
            kind=first.kind,
            result=new.result,
            move=DecisionMove.CHANGE if is_running else DecisionMove.NEW,
            basis=first.basis,
            starts_on=new.starts_on,
            ends_on=new.ends_on,
            changes_id=first.pk if is_running else None,
            request_id=first.request_id,
        ),
        by=by,
        at=at,
    )


def _list(appeal: Appeal, sources: Collection[str]) -> list[ListedDocument]:
    """The list of documents in its order, kept as it went."""
    chosen = [one for one in listable(appeal) if one.source in set(sources)]
    if not chosen:
        raise CannotDeal(_("Choose the documents that go with the appeal."), field="sources")
    appeal.listed.all().delete()
    rows: list[Any] = [
        AppealDocument(appeal=appeal, number=number, source=one.source, title=str(one.title), dated=one.dated)
        for number, one in enumerate(chosen, start=1)
    ]
    AppealDocument.objects.bulk_create(rows)
    return [ListedDocument(number=str(row.number), title=row.title, dated=row.dated) for row in rows]


def _choices(appeal: Appeal) -> Any:
    return choices_of(appeal.household.municipality_id)
