"""What the rules say of an agreement about dwellings: its share, its years, and how long before its end one is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases import law
from cases.law import NotInForce
from housing.models import AgreementKind
from housing.states import add_months

_NAMES = {AgreementKind.REFERRAL: "referral", AgreementKind.ALLOTMENT: "allotment"}


@dataclass(frozen=True, kw_only=True)
class AgreementRules:
    """The rules an agreement is made under: all of it may be let where it has fewer dwellings than `whole_under`."""

    share_percent: int
    years: int
    whole_under: int

    def ends_on(self, starts_on: date) -> date:
        """The day the shortest agreement ends that the rules allow."""
        return add_months(starts_on, 12 * self.years)


def rules_of(kind: AgreementKind, starts_on: date, *, today: date) -> AgreementRules:
    """The rules on the day an agreement begins; of one older than they are, today's."""
    try:
        return _rules(kind, starts_on)
    except NotInForce:
        return _rules(kind, today)


def ends_before(today: date) -> date:
    """An agreement that ends before this day is told of as one that ends soon."""
    return add_months(today, law.value("agreement.ends_ahead_months", on=today))


def _rules(kind: AgreementKind, on: date) -> AgreementRules:
    name = _NAMES[kind]
    has_small = kind == AgreementKind.REFERRAL
    return AgreementRules(
        share_percent=law.value(f"agreement.{name}_share_percent", on=on),
        years=law.value(f"agreement.{name}_years", on=on),
        whole_under=law.value("agreement.referral_all_under", on=on) if has_small else 0,
    )
