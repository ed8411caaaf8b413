"""What the law asks that is lacking: of one household with what is met, and of a unit with its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.law_checks import CHECKS, Finding, LawCheck, State, Told, findings
from cases.models import AcceptedFinding
from people.models import Household, Responsibility, Unit


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A finding, with who answers for it where it is accepted."""

    finding: Finding
    accepted: AcceptedFinding | None = None

    @property
    def check(self) -> LawCheck:
        return self.finding.check

    @property
    def is_met(self) -> bool:
        return self.finding.state == State.MET

    @property
    def is_waiting(self) -> bool:
        return self.finding.state == State.WAITING

    @property
    def is_open(self) -> bool:
        """Lacking, and accepted by nobody."""
        return self.finding.state == State.MISSING and self.accepted is None

    @property
    def is_told_by_deadline(self) -> bool:
        return self.check.told is Told.DUE

    def mend_url(self, household: Household) -> str:
        """Where it is put right."""
        subject = [self.finding.subject_id] if self.check.of_subject else []
        return reverse(self.check.mend, args=[household.key, *subject])

    def accept_url(self, household: Household) -> str:
        return reverse("cases:accept_finding", args=[household.key, self.check.number, self.finding.subject_id])


def lacks_of(household: Household, *, on: date) -> list[Lack]:
    """Everything that the law asks of the household that day, what is missing first; what is met once a check."""
    found = _with_accepted(findings([household.pk], on=on), [household.pk], on=on)
    met: set[str] = set()
    shown = []
    for lack in found:
        if lack.is_met and lack.check.number in met:
            continue
        met |= {lack.check.number} if lack.is_met else set()
        shown.append(lack)
    return shown


def lack_of(household: Household, number: str, subject_id: int, *, on: date) -> Lack | None:
    """One that is missing that day; None when the check is met, or there is no such."""
    if number not in CHECKS:
        return None
    found = findings([household.pk], on=on, checks=[CHECKS[number]], only_missing=True)
    one = [finding for finding in found if finding.subject_id == subject_id]
    return next(iter(_with_accepted(one, [household.pk], on=on)), None)


def lacks_of_unit(
    unit: Unit, *, on: date, checks: Iterable[LawCheck] = CHECKS.values(), left_out: Collection[int] = ()
) -> list[Lack]:
    """What is missing of the households that the unit answers for: two statements and one for the households."""
    answered = Responsibility.objects.on(on).filter(unit=unit).exclude(household__in=left_out)
    households = list(answered.values_list("household", flat=True))
    return _with_accepted(findings(households, on=on, checks=checks, only_missing=True), households, on=on)


def households_lacking(unit: Unit, *, on: date, left_out: Collection[int] = ()) -> int:
    """At how many of the unit's households something is lacking that nobody has accepted."""
    return len({lack.finding.household_id for lack in lacks_of_unit(unit, on=on, left_out=left_out) if lack.is_open})


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many households a check finds something at: open ones, and those where all of it is accepted."""

    check: LawCheck
    open: int
    accepted: int


def counts_of(lacks: Iterable[Lack]) -> list[Count]:
    """Households by check, every check once, in the order of the numbers."""
    is_open: dict[str, set[int]] = {number: set() for number in CHECKS}
    accepted: dict[str, set[int]] = {number: set() for number in CHECKS}
    for lack in lacks:
        (is_open if lack.is_open else accepted)[lack.check.number].add(lack.finding.household_id)
    return [
        Count(check=check, open=len(is_open[number]), accepted=len(accepted[number] - is_open[number]))
        for number, check in CHECKS.items()
    ]


def _with_accepted(found: list[Finding], households: Collection[int], *, on: date) -> list[Lack]:
    accepted = AcceptedFinding.objects.on(on).filter(household__in=households).select_related("by").order_by("pk")
    by_key = {one.key: one for one in accepted} if found else {}
    return [Lack(finding=finding, accepted=by_key.get(finding.key)) for finding in found]
