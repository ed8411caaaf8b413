"""What follows when a letter has reached somebody: its notice, and whether the decision is notified.

Below the acts on decisions, for whoever sends letters; the household is locked by the act that calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.appeal_time import presumed_on
from cases.models import (
    FINAL,
    Appeal,
    AppealStatus,
    Decision,
    DecisionStatus,
    Document,
    DocumentKind,
    Notice,
    NoticeWay,
)
from cases.questions.law import choices_of
from cases.questions.notices import must_have_it, reached_days, time_for
from cases.questions.recipients import addressed_on
from cases.recipients import Recipient
from people import journal
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal


class CannotNotify(Refusal):
    """The notice cannot be registered as told."""


@dataclass(frozen=True, kw_only=True)
class NewNotice:
    """How and when the notice reached somebody. `recipient` is a key of `cases.recipients`.

    Without `reached_on` the day is presumed from `sent_on`, for the ways that the rule data knows.
    """

    recipient: str
    way: str
    sent_on: date | None = None
    reached_on: date | None = None
    note: str = ""


def letter_arrived(
    document: Document,
    recipient: tuple[int, str, int | None],
    *,
    way: NoticeWay,
    sent_on: date,
    by: Employee,
    at: datetime,
    reached_on: date | None = None,
) -> Notice | None:
    """Register the notice of a letter that was sent or arrived, inside the act that says so; the household is locked.

    Other letters than those of a decision, or of an appeal's dismissal, give none. Whoever has been told already is not
    told again; a day that was only presumed gives way to one that is known.

    :param recipient: the party's id, the standing and the representative's id of whoever got it
    :param reached_on: the day it arrived; left out, presumed from the day of sending
    """
    decision, dismissal = _told_by(document)
    if decision is None or decision.status not in FINAL:
        return None
    person_id, standing, representative_id = recipient
    known = _notices_to(recipient, decision, dismissal).first()
    if known is not None and (reached_on is None or not known.is_presumed):
        return known
    if known is not None:
        strike(known, because=gettext("The day it arrived is known now."), by=by, at=at)
    key = f"{standing}-{representative_id or person_id}"
    new = NewNotice(recipient=key, way=way, sent_on=sent_on, reached_on=reached_on)
    return register(decision, new, dismissal=dismissal, document=document, by=by, at=at)


def register(
    decision: Decision,
    new: NewNotice,
    *,
    dismissal: Appeal | None,
    by: Employee,
    at: datetime,
    document: Document | None = None,
) -> Notice:
    """Write a notice down, and let the decision follow.

    :raises CannotNotify: when the decision is not issued, they are not to have it, or the days cannot be
    """
    if decision.status == DecisionStatus.ANNULLED:
        raise CannotNotify(_("The decision is annulled."))
    if decision.status not in FINAL:
        raise CannotNotify(_("The decision is not issued in writing yet."))
    if new.way not in NoticeWay.values:
        raise CannotNotify(_("Choose how it reached them."), field="way")
    recipient = _recipient(decision, dismissal, new.recipient, at=at)
    reached_on, is_presumed = _day(decision, dismissal, new, at=at)
    notice = Notice.objects.create(
        household_id=decision.household_id,
        decision=decision,
        dismissal=dismissal,
        document=document or _letter(decision, dismissal),
        person_id=recipient.person_id,
        representative_id=recipient.representative_id,
        recipient_standing=recipient.standing,
        way=new.way,
        sent_on=new.sent_on,
        reached_on=reached_on,
        is_presumed=is_presumed,
        note=new.note.strip(),
        registered_by=by,
        registered_at=at,
    )
    _record(Act.NOTICE_REGISTERED, notice, by=by, at=at)
    follow(decision)
    return notice


def _recipient(decision: Decision, dismissal: Appeal | None, key: str, *, at: datetime) -> Recipient:
    """Whoever must have it, or gets letters today."""
    today = addressed_on(decision.household, on=localdate(at), kind=decision.kind).recipients
    known = {one.key: one for one in [*today, *must_have_it(decision, dismissal=dismissal)]}
    if key not in known:
        raise CannotNotify(_("They are not to have letters about this decision."), field="recipient")
    return known[key]


def _day(decision: Decision, dismissal: Appeal | None, new: NewNotice, *, at: datetime) -> tuple[date, bool]:
    """The day that it reached them, and whether that is presumed."""
    today = localdate(at)
    made = dismissal.dismissed_on if dismissal else localdate(decision.issued_at)
    for name, day in (("sent_on", new.sent_on), ("reached_on", new.reached_on)):
        if day is not None and day > today:
            raise CannotNotify(_("The day is not here yet."), field=name)
        if day is not None and made is not None and day < made:
            raise CannotNotify(_("That is before the decision was issued."), field=name)
    if new.reached_on is not None:
        if new.sent_on is not None and new.reached_on < new.sent_on:
            raise CannotNotify(_("It cannot have reached them before it was sent."), field="reached_on")
        return new.reached_on, False
    choices = choices_of(decision.household.municipality_id)
    presumed = presumed_on(new.way, new.sent_on, choices=choices) if new.sent_on else None
    if presumed is None:
        raise CannotNotify(_("Say on which day it reached them."), field="reached_on")
    return presumed, True


def _told_by(document: Document) -> tuple[Decision | None, Appeal | None]:
    """The decision, or the dismissal, whose notice the letter is."""
    if document.kind == DocumentKind.DECISION:
        return document.decision, None
    if document.kind == DocumentKind.APPEAL_OUTCOME:
        found = Appeal.objects.filter(outcome_letter=document, status=AppealStatus.DISMISSED).first()
        return (found.decision, found) if found else (None, None)
    return None, None


def _letter(decision: Decision, dismissal: Appeal | None) -> Document | None:
    if dismissal is not None:
        return dismissal.outcome_letter
    return decision.documents.filter(kind=DocumentKind.DECISION).defer("content").order_by("-made_at", "-pk").first()


def strike(notice: Notice, *, because: str, by: Employee, at: datetime) -> None:
    """Say that a notice was wrong. The decision follows by `follow`."""
    notice.struck_at, notice.struck_by, notice.struck_because = at, by, because
    notice.save(update_fields=["struck_at", "struck_by", "struck_because"])
    _record(Act.NOTICE_STRUCK, notice, by=by, at=at, reason=because)


def letter_came_back(document: Document, recipient: tuple[int, str, int | None], *, by: Employee, at: datetime) -> None:
    """Strike the day that a letter in the post was presumed to arrive on, inside the act that says it came back.

    A day that somebody knows stands. `recipient` as for `letter_arrived`.
    """
    decision, dismissal = _told_by(document)
    if decision is None:
        return
    sent = _notices_to(recipient, decision, dismissal)
    for notice in sent.filter(way=NoticeWay.POST, is_presumed=True):
        strike(notice, because=gettext("The letter came back."), by=by, at=at)
        follow(decision)


def _notices_to(
    recipient: tuple[int, str, int | None], decision: Decision, dismissal: Appeal | None
) -> QuerySet[Notice]:
    """What stands of how one recipient was told of a decision, or of an appeal's dismissal."""
    person_id, standing, representative_id = recipient
    return Notice.objects.standing().filter(
        decision=decision,
        dismissal=dismissal,
        person=person_id,
        recipient_standing=standing,
        representative=representative_id,
    )


def follow_time(decision: Decision) -> None:
    """Let the appeals that wait to be taken up or dismissed tell the time to appeal as it is known now."""
    waiting = Appeal.objects.filter(decision=decision, status=AppealStatus.RECEIVED).select_related("dismissal")
    for appeal in waiting.order_by("pk"):
        time = time_for(decision, appeal.person_id, dismissal=appeal.dismissal)
        appeal.last_day = time.last_day if time.until else None
        appeal.save(update_fields=["last_day"])


def follow(decision: Decision) -> None:
    """Let the decision's status say whether its notice has reached a party, and since when, and its appeals follow."""
    follow_time(decision)
    days = [day for day in reached_days(decision).values() if day is not None]
    first = min(days, default=None)
    if decision.status == DecisionStatus.ISSUED and first is not None:
        decision.notify(on=first)
    elif decision.status == DecisionStatus.NOTIFIED and first is None:
        decision.lose_notice()
    elif decision.notified_on == first:
        return
    decision.notified_on = first
    decision.save(update_fields=["status", "notified_on"])


def _record(what: Act, notice: Notice, *, by: Employee, at: datetime, reason: str = "") -> None:
    journal.record(
        what,
        household_id=notice.household_id,
        subject=notice,
        by=by,
        at=at,
        on=notice.reached_on,
        reason=journal.in_a_line(reason),
        details={
            "decision": notice.decision_id,
            "way": notice.way,
            "reached_on": notice.reached_on.isoformat(),
            "is_presumed": notice.is_presumed,
        },
    )
