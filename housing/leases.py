"""What the terms of a lease say: whether it is a permanent home, and why; notice; rent by the index. Pure.

Source: husleieloven §§ 4-2, 9-3, 9-6 and 11-1; docs/glossary.md, permanent home.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from housing.states import PERMANENT_LEASE_MONTHS, add_months

#: The kind of lease that husleieloven § 11-1 gives.
RESERVED = "section_11_1"


class Why(StrEnum):
    """Why a lease is, or is not, a permanent home (begrunnelse)."""

    WITHOUT_END = "without_end"
    LONG_ENOUGH = "long_enough"
    TOO_SHORT = "too_short"
    #: shorter, after § 11-1, and no reason on record: by law it has no end, and the papers are to be put right
    WITHOUT_END_BY_LAW = "without_end_by_law"


@dataclass(frozen=True)
class Judgement:
    """Whether a lease counts as a permanent home, why, and the day it would have to reach to be one."""

    why: Why
    least_end: date

    @property
    def is_permanent(self) -> bool:
        return self.why in (Why.WITHOUT_END, Why.LONG_ENOUGH)

    @property
    def is_to_be_put_right(self) -> bool:
        return self.why is Why.WITHOUT_END_BY_LAW


def judge(*, lease: str, starts_on: date, ends_on: date | None, has_reason: bool) -> Judgement:
    """What a lease counts as. A short one is no permanent home, be it lawful or not.

    :param ends_on: the day it ends, None for one without end
    :param has_reason: whether a reason for the shorter time is on record
    """
    least_end = add_months(starts_on, PERMANENT_LEASE_MONTHS)
    if ends_on is None:
        return Judgement(Why.WITHOUT_END, least_end)
    if ends_on >= least_end:
        return Judgement(Why.LONG_ENOUGH, least_end)
    if lease == RESERVED and not has_reason:
        return Judgement(Why.WITHOUT_END_BY_LAW, least_end)
    return Judgement(Why.TOO_SHORT, least_end)


def notice_ends_on(given_on: date, months: int) -> date:
    """The first day after a notice of so many months, which runs out with a calendar month."""
    return add_months(given_on.replace(day=1), months + 1)


def rent_by_index(rent_a_month: int, before: Decimal, after: Decimal) -> int:
    """The most that the index lets a rent be, in whole kroner."""
    return int((rent_a_month * after / before).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def reminders(ends_on: date, months: tuple[int, ...]) -> list[date]:
    """The days on which to think of what follows a lease that ends, first to last."""
    return sorted(add_months(ends_on, -one) for one in months)
