"""Giving, writing down and issuing decisions on temporary accommodation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import print_letters
from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.deadlines import decision_due_on
from cases.letters import LETTER_LANGUAGES
from cases.models import Case, Decision, DecisionStatus, DocumentKind, TaskKind
from housing.models import Residence, ResidenceKind
from housing.states import birthday
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Language, Member, MemberRole
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: What every decision must say, in the letter's order, with the sentence that asks for it.
#: Sources: forvaltningsloven § 25, sosialtjenesteloven §§ 41-43, and the oversight authority on the start date.
PART_SENTENCES: dict[str, Promise] = {
    "facts": _("Write the facts that the decision builds on."),
    "considerations": _("Write what was weighed."),
    "start_reason": _("Write why the place is given from this day."),
    "child_interest": _("Write how the child's best interest was looked into and weighed."),
    "user_view": _("Write what the user thinks."),
}

ADULT_AT = 18


class CannotIssue(Refusal):
    """The decision is not one to issue. `missing` holds a sentence for each part it lacks."""

    def __init__(self, message: str | Promise, *, field: str = "", missing: dict[str, Promise] | None = None) -> None:
        super().__init__(message, field=field)
        self.missing = missing or {}


class CannotDraft(Refusal):
    """There is nothing here to decide on, or the decision is not a draft any more."""


@dataclass(frozen=True)
class DecisionParts:
    """What a caseworker writes in a decision. `child_interest` is needed where a child lives in the household."""

    facts: str
    considerations: str
    start_reason: str
    child_interest: str
    user_view: str
    language: str = Language.BOKMAL


def missing_parts(parts: DecisionParts | Decision, *, has_children: bool) -> list[str]:
    """The names of the parts that must be written before the decision can be issued, in the letter's order."""
    needed = [name for name in PART_SENTENCES if has_children or name != "child_interest"]
    return [name for name in needed if not getattr(parts, name).strip()]


def write_decision(
    *,
    household: Household,
    case: Case,
    residence: Residence,
    starts_on: date,
    ends_on: date,
    parts: DecisionParts | None,
    by: Employee,
    at: datetime,
) -> Decision:
    """Decide on a place inside the transaction of the act that gives it, half-open period.

    With parts it is issued at once, with its letters. Without, it is given by word of mouth and a task opens to write
    it down by the next working day.

    :raises CannotIssue: when a part is missing
    """
    decision: Decision = _new_decision(household, case, residence, starts_on, ends_on, by=by, at=at)
    if parts is not None:
        _fill(decision, parts)
        _refuse_to_issue_with_faults(decision)
        _issue(decision, by=by, at=at)
        return decision
    decision.tell(at=at)
    decision.save()
    due_on = decision_due_on(localdate(at))
    open_task(household=household, kind=TaskKind.WRITE_DECISION, due_on=due_on, subject=decision, by=by, at=at)
    _record(Act.DECISION_TOLD, decision, by=by, at=at)
    return decision


@act
def draft_decision(
    *,
    household_id: int,
    residence_id: int,
    starts_on: date,
    ends_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """Begin a decision on a place that the household has without one, as after an import.

    :raises CannotDraft: when the place is no temporary accommodation of the household's, or the period is not in it
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    residence = Residence.objects.filter(pk=residence_id, household=household, kind=ResidenceKind.TEMPORARY).first()
    if residence is None:
        raise CannotDraft(_("The household has no such stay in temporary accommodation."))
    case = Case.objects.open().filter(household=household).first()
    if case is None:
        raise CannotDraft(_("The case is closed."))
    if starts_on < residence.starts_on:
        raise CannotDraft(_("The decision cannot begin before the household moved in."), field="starts_on")
    if ends_on <= starts_on:
        raise CannotDraft(_("The end must come after the start."), field="ends_on")
    decision: Decision = _new_decision(household, case, residence, starts_on, ends_on, by=by, at=at)
    decision.save()
    _record(Act.DECISION_DRAFTED, decision, by=by, at=at)
    return decision


@act
def save_draft(*, decision_id: int, parts: DecisionParts, by: Employee, at: datetime) -> Decision:
    """Keep what is written so far of a decision not issued yet. The last to save is the one kept.

    It counts the household up one version, so that nobody issues a text that a colleague changed after it was shown.
    Every version stands in the decision's history; the journal does not tell of drafts.

    :raises CannotDraft: when the decision is issued
    """
    household_id = Decision.objects.filter(pk=decision_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at)
    decision: Decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if decision.status == DecisionStatus.ISSUED:
        raise CannotDraft(_("The decision is already issued."))
    _fill(decision, parts)
    decision.save(update_fields=[*PART_SENTENCES, "language"])
    return decision


@act
def issue_decision(
    *, decision_id: int, parts: DecisionParts, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Write down a decision given by word of mouth, or issue a draft, with its letters. After this it never changes.

    :raises CannotIssue: when a part is missing or it is issued already
    """
    household_id = Decision.objects.filter(pk=decision_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    decision: Decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    if decision.status == DecisionStatus.ISSUED:
        raise CannotIssue(_("The decision is already issued."))
    _fill(decision, parts)
    decision.has_children = has_children(decision.household, on=decision.starts_on)
    _refuse_to_issue_with_faults(decision)
    _issue(decision, by=by, at=at)
    close_tasks_about(decision, TaskKind.WRITE_DECISION, by=by, at=at)
    return decision


def has_children(household: Household, *, on: date) -> bool:
    """Whether a child under 18 lives in the household that day."""
    born = Member.objects.on(on).filter(household=household, role=MemberRole.CHILD)
    return any(on < birthday(born_on, ADULT_AT) for born_on in born.values_list("person__born_on", flat=True))


def _new_decision(
    household: Household,
    case: Case,
    residence: Residence,
    starts_on: date,
    ends_on: date,
    *,
    by: Employee,
    at: datetime,
) -> Decision:
    room = residence.room
    known = residence.price_a_night if residence.price_a_night is not None else room and room.price_a_night
    decision: Decision = Decision(
        household=household,
        case=case,
        unit=unit_of(household, on=localdate(at)),
        provider=residence.provider,
        room=room,
        starts_on=starts_on,
        ends_on=ends_on,
        price_a_night=known or 0,
        has_children=has_children(household, on=starts_on),
        drafted_by=by,
    )
    return decision


def _fill(decision: Decision, parts: DecisionParts) -> None:
    for name, text in asdict(parts).items():
        setattr(decision, name, text.strip())


def _refuse_to_issue_with_faults(decision: Decision) -> None:
    missing = missing_parts(decision, has_children=decision.has_children)
    if missing:
        sentences = {name: PART_SENTENCES[name] for name in missing}
        listed = " ".join(str(sentence) for sentence in sentences.values())
        raise CannotIssue(listed, field=missing[0], missing=sentences)
    if decision.language not in LETTER_LANGUAGES:
        raise CannotIssue(_("There is no letter in that language."), field="language")


def _issue(decision: Decision, *, by: Employee, at: datetime) -> None:
    decision.issue(by=by, at=at)
    decision.save(**({"update_fields": _ISSUED_FIELDS} if decision.pk else {}))
    documents = print_letters(decision, at=at)
    for document in documents:
        if document.kind == DocumentKind.DECISION:
            dispatch_to_everybody(document, by=by, at=at)
    _record(Act.DECISION_ISSUED, decision, by=by, at=at, letters=[document.sha256 for document in documents])


_ISSUED_FIELDS = [*PART_SENTENCES, "language", "has_children", "status", "issued_by", "issued_at"]


def _record(what: Act, decision: Decision, *, by: Employee, at: datetime, **more: Any) -> None:
    details = {"starts_on": decision.starts_on.isoformat(), "ends_on": decision.ends_on.isoformat(), **more}
    journal.record(what, household_id=decision.household_id, subject=decision, by=by, at=at, details=details)
