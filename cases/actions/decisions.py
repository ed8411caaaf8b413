"""Giving, writing down and issuing decisions. What a decision must say comes from the rule data of its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions import loan_state
from cases.actions.application_state import follow_decision
from cases.actions.dispatching import dispatch_to_everybody
from cases.actions.documents import print_letters
from cases.actions.effects import catch_up, take_effect
from cases.actions.recipients import recipients_of
from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.deadlines import decision_due_on
from cases.letters import LETTER_LANGUAGES
from cases.models import TEXT_PARTS, Case, ChildInterest, Decision, DecisionStatus, DocumentKind, TaskKind
from cases.questions.law import choices_of
from cases.wording import day_in_words
from housing.models import Residence, ResidenceKind
from housing.states import birthday
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Language, Member, MemberRole, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: What a decision can be asked to say, with the sentence that asks for it. Which it must is `cases.law.part_rules`.
PART_SENTENCES: dict[str, Promise] = {
    "facts": _("Write the facts that the decision builds on."),
    "considerations": _("Write what was weighed."),
    "start_reason": _("Write why it is given from this day."),
    "child_interest": _("Write how each child's best interest was looked into and weighed."),
    "user_view": _("Write what the user thinks."),
    "main_content": _("Write the main content of the help."),
    "rooms": _("Say how many rooms the dwelling has."),
    "size": _("Say how large the dwelling is."),
    "length_months": _("Say how long the lease lasts."),
    "expected_wait": _("Say how long the wait is expected to be."),
    "amount": _("Say which amount is granted."),
    "conditions": _("Write the conditions, or that there are none."),
    "next_time": _("Write what would help next time."),
}

ADULT_AT = 18
#: The parts that are numbers.
NUMBER_PARTS = ("rooms", "size", "length_months", "amount")


class CannotIssue(Refusal):
    """The decision is not one to issue. `missing` holds a sentence for each part it lacks."""

    def __init__(self, message: str | Promise, *, field: str = "", missing: dict[str, Promise] | None = None) -> None:
        super().__init__(message, field=field)
        self.missing = missing or {}


class CannotDraft(Refusal):
    """There is nothing here to decide on, or the decision is not a draft any more."""


@dataclass(frozen=True)
class DecisionParts:
    """What a caseworker writes in a decision. `child_interests`: for each child, by the person's id."""

    facts: str = ""
    considerations: str = ""
    start_reason: str = ""
    user_view: str = ""
    child_interests: Mapping[int, str] = field(default_factory=dict)
    language: str = Language.BOKMAL
    main_content: str = ""
    expected_wait: str = ""
    conditions: str = ""
    next_time: str = ""
    rooms: int | None = None
    size: int | None = None
    length_months: int | None = None
    amount: int | None = None


def missing_parts(decision: Decision, *, on: date) -> list[str]:
    """The names of the parts that must be there before the decision is issued on a day and are not, in order.

    A child without an assessment is told as `child_interest`.
    """
    children = children_of(decision.household, on=decision.starts_on)
    return [name for name in asked_for(decision, children=children, on=on) if _is_missing(decision, name, children)]


def asked_for(decision: Decision, *, children: list[Person], on: date) -> dict[str, law.Rule]:
    """The parts that the decision must have when it is made on a day, each with the rule that asks for it."""
    return law.part_rules(
        kind=decision.kind,
        move=decision.move,
        result=decision.result,
        has_children=bool(children),
        on=on,
        choices=choices_of(decision.household.municipality_id),
    )


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
        decision.save()
        fill(decision, parts)
        issue(decision, by=by, at=at)
        return decision
    give_orally(decision, by=by, at=at)
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
    record(Act.DECISION_DRAFTED, decision, by=by, at=at)
    return decision


@act
def save_draft(*, decision_id: int, parts: DecisionParts, by: Employee, at: datetime) -> Decision:
    """Keep what is written so far of a decision not issued yet. The last to save is the one kept.

    It counts the household up one version, so that nobody issues a text that a colleague changed after it was shown.
    Every version stands in the decision's history; the journal does not tell of drafts.

    :raises CannotDraft: when the decision is issued, or waits for approval
    """
    decision = locked_decision(decision_id, by=by, at=at)
    if decision.status not in WRITABLE:
        raise CannotDraft(_NOT_WRITABLE.get(decision.status, _("The decision is already issued.")))
    fill(decision, parts)
    return decision


@act
def issue_decision(
    *, decision_id: int, parts: DecisionParts, by: Employee, at: datetime, version: int | None = None
) -> Decision:
    """Write down a decision given by word of mouth, or issue a draft, with its letters. After this it never changes.

    :raises CannotIssue: when a part is missing, it is issued already, or two persons must stand behind it
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    if decision.status not in WRITABLE:
        raise CannotIssue(_NOT_WRITABLE.get(decision.status, _("The decision is already issued.")))
    fill(decision, parts)
    issue(decision, by=by, at=at)
    return decision


#: Statuses in which the text may still be written.
WRITABLE = (DecisionStatus.DRAFT, DecisionStatus.ORAL)
_NOT_WRITABLE = {DecisionStatus.SUBMITTED: _("The decision waits for approval: take it back to write more.")}


def locked_decision(
    decision_id: int,
    permission: Permission | tuple[Permission, ...] = Permission.CHANGE_HOUSEHOLD,
    *,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """The decision with its household locked, read after the lock: how every act on a decision begins.

    :raises Http404: when there is none that the employee may see
    """
    household_id = Decision.objects.filter(pk=decision_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, permission, household_id=household_id, at=at, version=version)
    decision: Decision = Decision.objects.select_for_update(no_key=True).get(pk=decision_id)
    decision.household = household
    return decision


def fill(decision: Decision, parts: DecisionParts) -> None:
    """Put what is written into a decision that stands in the database, inside an act's transaction.

    :raises CannotIssue: when there is no letter in the language
    """
    if parts.language not in LETTER_LANGUAGES:
        raise CannotIssue(_("There is no letter in that language."), field="language")
    for name in TEXT_PARTS:
        setattr(decision, name, getattr(parts, name).strip())
    for name in NUMBER_PARTS:
        setattr(decision, name, getattr(parts, name))
    decision.language = parts.language
    decision.save(update_fields=[*TEXT_PARTS, *NUMBER_PARTS, "language"])
    for child_id, text in parts.child_interests.items():
        ChildInterest.objects.update_or_create(decision=decision, person_id=child_id, defaults={"text": text.strip()})


def give_orally(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Give a draft by word of mouth inside an act's transaction, with the task to write it down."""
    decision.tell(at=at)
    decision.save()
    due_on = decision_due_on(localdate(at))
    open_task(household=decision.household, kind=TaskKind.WRITE_DECISION, due_on=due_on, subject=decision, by=by, at=at)
    take_effect(decision, by=by, at=at)
    follow_decision(decision, by=by, at=at)
    loan_state.follow_decision(decision, by=by, at=at)
    record(Act.DECISION_TOLD, decision, by=by, at=at)


def issue(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Make a decision in writing, with its letters, inside an act's transaction.

    :raises CannotIssue: when a part is missing, two persons must stand behind it, or the stay changed meanwhile
    :raises CannotAddress: when the letter cannot leave: a party is dead, or somebody who must get it is missing
    """
    on, was_oral = localdate(at), decision.status == DecisionStatus.ORAL
    decision.has_children = bool(children_of(decision.household, on=decision.starts_on))
    decision.needs_approval = decision.needs_approval or (not was_oral and asks_for_two(decision, on=on))
    _refuse_to_issue_with_faults(decision, by=by, on=on)
    # children who have left since the draft was begun are not weighed
    _of_others(decision, on=decision.starts_on).delete()
    decision.issue(by=by, at=at)
    decision.save(update_fields=["has_children", "needs_approval", "status", "issued_by", "issued_at"])
    if not was_oral:
        take_effect(decision, by=by, at=at)
        follow_decision(decision, by=by, at=at)
        loan_state.follow_decision(decision, by=by, at=at)
    documents = print_letters(decision, at=at)
    for document in documents:
        if document.kind == DocumentKind.DECISION:
            dispatch_to_everybody(document, by=by, at=at)
    record(Act.DECISION_ISSUED, decision, by=by, at=at, letters=[document.sha256 for document in documents])
    close_tasks_about(decision, TaskKind.WRITE_DECISION, TaskKind.APPROVE_DECISION, by=by, at=at)
    if was_oral:
        catch_up(decision, by=by, at=at)


def children_of(household: Household, *, on: date) -> list[Person]:
    """The children under 18 who live in the household that day, eldest first."""
    members = Member.objects.on(on).filter(household=household, role=MemberRole.CHILD).select_related("person")
    persons = (member.person for member in members.order_by("person__born_on", "pk"))
    return [person for person in persons if on < birthday(person.born_on, ADULT_AT)]


def record(what: Act, decision: Decision, *, by: Employee, at: datetime, reason: str = "", **more: Any) -> None:
    """A line in the journal on a decision, with its dated facts."""
    details = {
        "starts_on": decision.starts_on.isoformat(),
        "ends_on": decision.ends_on.isoformat() if decision.ends_on else None,
        "kind": decision.kind,
        "result": decision.result,
        **more,
    }
    journal.record(
        what, household_id=decision.household_id, subject=decision, by=by, at=at, reason=reason, details=details
    )


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
        has_children=bool(children_of(household, on=starts_on)),
        drafted_by=by,
    )
    return decision


def _is_missing(decision: Decision, name: str, children: list[Person]) -> bool:
    if name != "child_interest":
        told = getattr(decision, name)
        return told is None or not str(told).strip()
    weighed = dict(decision.child_interests.values_list("person", "text"))
    return any(not weighed.get(child.pk, "").strip() for child in children)


def asks_for_two(decision: Decision, *, on: date) -> bool:
    """Whether two persons must stand behind it when it is given that day."""
    choices = choices_of(decision.household.municipality_id)
    return law.needs_two_persons(kind=decision.kind, result=decision.result, on=on, choices=choices)


def _refuse_to_issue_with_faults(decision: Decision, *, by: Employee, on: date) -> None:
    missing = missing_parts(decision, on=on)
    if missing:
        sentences = {name: PART_SENTENCES[name] for name in missing}
        listed = " ".join(str(sentence) for sentence in sentences.values())
        raise CannotIssue(listed, field=missing[0], missing=sentences)
    if decision.needs_approval and (
        decision.status != DecisionStatus.SUBMITTED or by.pk in (decision.submitted_by_id, decision.drafted_by_id)
    ):
        raise CannotIssue(_("Two persons stand behind this decision: send it to somebody else for approval."))
    refuse_what_changes_nothing(decision)
    if (changed := change_since_draft(decision)) is not None:
        raise CannotIssue(changed)
    recipients_of(decision.household, decision, on=on)


def refuse_what_changes_nothing(decision: Decision) -> None:
    """:raises CannotIssue: when what it changes or ends was itself changed, ended or annulled since it was begun"""
    if decision.changes is None or decision.status == DecisionStatus.ORAL:
        return
    earlier = Decision.objects.get(pk=decision.changes.pk)
    others = Decision.objects.given().filter(changes=earlier).exclude(pk=decision.pk)
    if not earlier.is_running or others.exists():
        raise CannotIssue(_("The decision that this one changes does not run any more: discard this and begin anew."))


def change_since_draft(decision: Decision) -> Promise | str | None:
    """The sentence that says how the stay differs from what the draft was written on; none when it does not.

    What was given by word of mouth was given: it is written down as it was.
    """
    if decision.provider_id is None or decision.status == DecisionStatus.ORAL:
        return None
    stays = Residence.objects.filter(household=decision.household, kind=ResidenceKind.TEMPORARY)
    stay = stays.on(decision.starts_on).select_related("provider", "room").first()
    if stay is None:
        return _("The stay has changed since this was written: the household has no such stay that day any more.")
    if (stay.provider_id, stay.room_id) != (decision.provider_id, decision.room_id):
        return _("The stay has changed since this was written: the household was moved to another place.")
    if stay.ends_on is not None and (decision.ends_on is None or stay.ends_on < decision.ends_on):
        told = {"day": day_in_words(stay.ends_on)}
        return _("The stay has changed since this was written: the household moved out on %(day)s.") % told
    return None


def _of_others(decision: Decision, *, on: date) -> QuerySet[ChildInterest]:
    return ChildInterest.objects.filter(decision=decision).exclude(person__in=children_of(decision.household, on=on))
