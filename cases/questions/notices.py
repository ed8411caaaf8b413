"""To whom a decision has been told, and the time to appeal that follows for each party."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from cases.appeal_time import AppealTime, Reasons, appeal_time, nobody_reached_since, reached_whom
from cases.law import Choices
from cases.models import Appeal, Decision, DecisionStatus, Notice, ReasonsRequest
from cases.questions.law import choices_of
from cases.questions.recipients import addressed_on
from cases.recipients import Recipient


@dataclass(frozen=True, kw_only=True)
class PartyTime:
    """The time to appeal for one party: by its person, None where nobody is a party."""

    person_id: int
    name: str
    time: AppealTime


def decided_on(decision: Decision) -> date:
    """The day it was made: given by word of mouth, or issued."""
    made = [at for at in (decision.told_at, decision.issued_at) if at is not None]
    return localdate(min(made))


def must_have_it(decision: Decision, *, dismissal: Appeal | None = None) -> list[Recipient]:
    """Everybody who must be told, as things stood on the day of the decision or of the dismissal."""
    at = decision.issued_at or decision.told_at
    on = dismissal.dismissed_on if dismissal and dismissal.dismissed_on else localdate(at)
    return list(addressed_on(decision.household, on=on, kind=decision.kind).recipients)


def reached_days(decision: Decision, *, dismissal: Appeal | None = None) -> dict[int, date | None]:
    """For each party the day that everybody who must be told for them had been; None while somebody has not."""
    must: dict[int, list[str]] = {}
    for one in must_have_it(decision, dismissal=dismissal):
        must.setdefault(one.person_id, []).append(one.key)
    reached = [(one.person_id, one.key, one.reached_on) for one in _notices(decision, dismissal)]
    for party, key, _day in reached:
        must.setdefault(party, [key])
    return reached_whom(must, reached)


def time_for(decision: Decision, person_id: int | None, *, dismissal: Appeal | None = None) -> AppealTime:
    """The time to appeal for one party; for somebody else that of the first party told."""
    days = reached_days(decision, dismissal=dismissal)
    known = [day for day in days.values() if day is not None]
    noticed = days.get(person_id) if person_id in days else min(known, default=None)
    return _time(decision, noticed, _reasons(decision, person_id, dismissal), dismissal, _choices(decision))


def times_of(decision: Decision) -> list[PartyTime]:
    """The time to appeal for each party."""
    names = {one.person_id: one.on_behalf_of or one.name for one in must_have_it(decision)}
    choices = _choices(decision)
    return [
        PartyTime(
            person_id=person,
            name=names.get(person, ""),
            time=_time(decision, day, _reasons(decision, person, None), None, choices),
        )
        for person, day in reached_days(decision).items()
    ]


def not_told(decision: Decision, *, dismissal: Appeal | None = None) -> list[Recipient]:
    """Those who must be told and have not been, as far as is registered."""
    told = {(one.person_id, one.key) for one in _notices(decision, dismissal)}
    must = must_have_it(decision, dismissal=dismissal)
    return [one for one in must if (one.person_id, one.key) not in told]


def reaching_nobody(decisions: Iterable[Decision], *, on: date) -> list[Decision]:
    """Of these, those issued so long ago that the notice should have reached somebody, and has not (for the checks)."""
    return [
        one
        for one in decisions
        if one.status == DecisionStatus.ISSUED
        and one.issued_at is not None
        and nobody_reached_since(localdate(one.issued_at)) <= on
    ]


def _notices(decision: Decision, dismissal: Appeal | None) -> list[Notice]:
    return list(decision.notices.standing().filter(dismissal=dismissal).order_by("reached_on", "pk"))


def _reasons(decision: Decision, person_id: int | None, dismissal: Appeal | None) -> list[Reasons]:
    """What that party asked for; a dismissal has told its reasons itself."""
    if dismissal is not None:
        return []
    rows = ReasonsRequest.objects.filter(decision=decision, person=person_id).order_by("asked_on", "pk")
    return [Reasons(asked_on=one.asked_on, reached_on=one.reached_on) for one in rows]


def _time(
    decision: Decision, noticed: date | None, reasons: list[Reasons], dismissal: Appeal | None, choices: Choices
) -> AppealTime:
    made = dismissal.dismissed_on if dismissal and dismissal.dismissed_on else decided_on(decision)
    return appeal_time(decided_on=made, noticed_on=noticed, reasons=reasons, choices=choices)


def _choices(decision: Decision) -> Choices:
    return choices_of(decision.household.municipality_id)
