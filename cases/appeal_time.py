"""The time to appeal, from dated facts, the rule data and the Norwegian calendar (klagefrist). Pure.

Sources: forvaltningsloven sections 29 to 31 (the act of 2025 sections 63 and 65); domstolloven sections 148 and 149 on
how such time is counted: the day it runs from is not counted, it ends on the day of the same name or number, and a last
day that is a Saturday, a Sunday or a public holiday moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.law import NO_CHOICES, Choices, value
from housing.states import add_months
from people.working_days import is_working_day, next_working_day


class How(StrEnum):
    """How the notice of a decision went to somebody."""

    HANDED_OVER = "handed_over"
    READ_ALOUD = "read_aloud"
    POST = "post"
    DIGITAL = "digital"
    BY_AGENT = "by_agent"
    OTHER = "other"


#: Ways whose day of arrival is presumed from the day of sending, with the rule that says how long it takes.
_PRESUMED = {How.POST: "notice.post_working_days", How.DIGITAL: "notice.digital_working_days"}


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """That a party asked for the reasons of a decision, and the day they reached the party; None until then."""

    asked_on: date
    reached_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AppealTime:
    """The time to appeal one decision, for one party.

    `until` is the last day; None while it does not run: no notice has reached the party, or reasons asked for in time
    have not. `absolute_until` is the last day whatever the excuse.
    """

    noticed_on: date | None
    until: date | None
    absolute_until: date
    is_interrupted: bool = False

    @property
    def last_day(self) -> date:
        """The last day to appeal as things stand."""
        return self.absolute_until if self.until is None else min(self.until, self.absolute_until)

    def is_in_time(self, lodged_on: date) -> bool:
        return lodged_on <= self.last_day

    def is_barred(self, lodged_on: date) -> bool:
        """Too late whatever the excuse."""
        return lodged_on > self.absolute_until


def moved(day: date) -> date:
    """A last day, moved to the next working day when it is none. Source: domstolloven section 149."""
    return day if is_working_day(day) else next_working_day(day)


def appeal_until(noticed_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to appeal, from the day that the notice reached the party. Source: forvaltningsloven section 29."""
    return moved(noticed_on + timedelta(weeks=value("appeal.weeks", on=noticed_on, choices=choices)))


def absolute_until(decided_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day whatever the excuse, from the day of the decision. Source: forvaltningsloven section 31."""
    years = value("appeal.absolute_years", on=decided_on, choices=choices)
    return moved(add_months(decided_on, 12 * years))


def appeal_time(
    *, decided_on: date, noticed_on: date | None, reasons: Iterable[Reasons] = (), choices: Choices = NO_CHOICES
) -> AppealTime:
    """The time as it stands: a request for reasons made in time interrupts it, and it runs anew once they came."""
    until = appeal_until(noticed_on, choices=choices) if noticed_on else None
    is_interrupted = False
    for one in sorted(reasons, key=lambda one: one.asked_on):
        if noticed_on is None or (until is not None and one.asked_on > until):
            continue
        is_interrupted = is_interrupted or one.reached_on is None
        if one.reached_on is not None:
            anew = appeal_until(one.reached_on, choices=choices)
            until = max(anew, until) if until else anew
    return AppealTime(
        noticed_on=noticed_on,
        until=None if is_interrupted else until,
        absolute_until=absolute_until(decided_on, choices=choices),
        is_interrupted=is_interrupted,
    )


def lodged_on(*, received_on: date, posted_on: date | None = None) -> date:
    """The day that counts: a letter put in the post in time is in time. Source: forvaltningsloven section 30."""
    return min(posted_on or received_on, received_on)


def presumed_on(how: How | str, sent_on: date, *, choices: Choices = NO_CHOICES) -> date | None:
    """When a notice sent that way is taken to have arrived; None for ways whose day somebody knows."""
    rule = _PRESUMED.get(How(how))
    return None if rule is None else working_days_after(sent_on, value(rule, on=sent_on, choices=choices))


def working_days_after(day: date, number: int) -> date:
    """The day a number of working days later; the day itself is not counted."""
    for _ in range(number):
        day = next_working_day(day)
    return day


def reached_whom(
    must_get_it: Mapping[int, Collection[str]], reached: Sequence[tuple[int, str, date]]
) -> dict[int, date | None]:
    """For each party the day that the notice had reached everybody who must have it for them; None while it has not.

    Source: forvaltningsloven sections 12, 16 and 27: agent and guardian get what the party gets.

    :param must_get_it: for each party's id the keys of those recipients
    :param reached: party, recipient and day of each notice that arrived
    """
    first: dict[tuple[int, str], date] = {}
    for party, key, day in reached:
        first[party, key] = min(day, first.get((party, key), day))
    return {party: _all_by([first.get((party, key)) for key in keys]) for party, keys in must_get_it.items()}


def reasons_due_on(asked_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to give reasons that were asked for. Source: forvaltningsloven section 24."""
    return asked_on + timedelta(days=value("reasons.answer_days", on=asked_on, choices=choices))


def acknowledge_by(received_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to tell the appellant that the appeal has come, by the house's own rule."""
    return working_days_after(received_on, value("appeal.acknowledge_working_days", on=received_on, choices=choices))


def forward_by(received_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to change the decision or send the appeal on. Source: forvaltningsloven section 33, house rule."""
    return moved(received_on + timedelta(days=value("appeal.forward_days", on=received_on, choices=choices)))


def consequence_by(answered_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The last day to carry out what the body of appeal decided, by the house's own rule."""
    return moved(answered_on + timedelta(days=value("appeal.consequence_days", on=answered_on, choices=choices)))


def nobody_reached_since(issued_on: date, *, choices: Choices = NO_CHOICES) -> date:
    """The first day that a decision which has reached nobody is a finding, by the house's own rule."""
    return issued_on + timedelta(days=value("notice.nobody_after_days", on=issued_on, choices=choices))


def _all_by(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
