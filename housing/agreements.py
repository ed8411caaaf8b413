"""How many dwellings of an agreement are let, and whether one more may be: what its rules say stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.translation import gettext_lazy as _

from housing.dwellings import free_on
from housing.models import UNDER_AGREEMENT, Agreement, Dwelling, Residence

#: The period of one household in a dwelling, half-open; None is no end.
Period = tuple[date, date | None]


class Finding(Enum):
    """What is wrong with an agreement, or soon will be; the value is the words for it."""

    OVER_SHARE = _("More dwellings are let than the agreement gives")
    ENDED = _("It has ended, and dwellings still stand under it")
    ENDS_SOON = _("It ends soon")
    TOO_MANY = _("More dwellings are registered under it than it has")


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An agreement on a day: dwellings registered under it, how many are let or held, and how many may be let.

    Held ones are counted with those let: told apart, the rest would be those of hidden households.
    """

    agreement: Agreement
    registered: int
    taken: int
    allowed: int
    findings: tuple[Finding, ...]

    @property
    def left(self) -> int:
        """How many more may be let as they stand today."""
        return max(0, min(self.allowed, self.registered) - self.taken)


def most_at_once(periods: Iterable[Period], starts_on: date, ends_on: date | None) -> int:
    """The greatest number of the periods that hold on one and the same day of a period. Pure."""
    held = [(start, end or date.max) for start, end in periods]
    last = ends_on or date.max
    days = {starts_on, *(start for start, _end in held if starts_on < start < last)}
    return max(sum(start <= day < end for start, end in held) for day in days)


def has_room(dwelling: Dwelling, starts_on: date, ends_on: date | None) -> bool:
    """Whether the dwelling's agreement lets one more household in for the period; True without an agreement."""
    agreement = dwelling.agreement
    if agreement is None:
        return True
    others = Residence.objects.touching(starts_on, ends_on).filter(dwelling__agreement=agreement)
    periods = others.exclude(dwelling=dwelling).values_list("starts_on", "ends_on")
    return most_at_once(periods, starts_on, ends_on) < agreement.allowed(starts_on)


def watched(municipalities: list[str], on: date, *, ends_before: date) -> list[Watched]:
    """Every agreement with what is to be looked at, those with most of it first.

    :param ends_before: an agreement that ends before this day ends soon
    """
    agreements = list(Agreement.objects.filter(municipality__in=municipalities).select_related("landlord"))
    registered = _counted(Dwelling.objects.ours_on(on).values_list("agreement", "pk"))
    let = _counted(Residence.objects.on(on).values_list("dwelling__agreement", "dwelling"))
    free = _counted(Dwelling.objects.ours_on(on).filter(free_on(on)).values_list("agreement", "pk"))
    found = [
        _watched(
            one,
            registered=registered.get(one.pk, 0),
            free=free.get(one.pk, 0),
            let=let.get(one.pk, 0),
            on=on,
            ends_before=ends_before,
        )
        for one in agreements
    ]
    return sorted(found, key=lambda line: (-len(line.findings), line.agreement.ends_on, line.agreement.name))


def without_agreement(municipalities: list[str], on: date) -> int:
    """How many dwellings are said to stand under an agreement, and name none."""
    ours = Dwelling.objects.ours_on(on).filter(municipality__in=municipalities, tenure__in=UNDER_AGREEMENT)
    return ours.filter(agreement__isnull=True).count()


def _watched(agreement: Agreement, *, registered: int, free: int, let: int, on: date, ends_before: date) -> Watched:
    allowed = agreement.allowed(on)
    has_ended = agreement.ends_on <= on
    findings = {
        Finding.OVER_SHARE: let > agreement.most_let,
        Finding.ENDED: has_ended and registered > 0,
        Finding.ENDS_SOON: not has_ended and agreement.ends_on < ends_before,
        Finding.TOO_MANY: registered > agreement.dwelling_total,
    }
    return Watched(
        agreement=agreement,
        registered=registered,
        taken=registered - free,
        allowed=allowed,
        findings=tuple(finding for finding, is_so in findings.items() if is_so),
    )


def _counted(pairs: Iterable[tuple[int | None, int | None]]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for agreement, _dwelling in pairs:
        if agreement is not None:
            counts[agreement] = counts.get(agreement, 0) + 1
    return counts
