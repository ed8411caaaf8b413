"""The need that says a home may be lost, opened and ended by what makes it so, inside acts that hold the lock."""

from __future__ import annotations

from datetime import date

from cases.models import Need, NeedKind, NeedReason
from people.models import Household

#: Reasons that somebody else than the household itself brings about, and that end when that is over.
_BY_OTHERS = (NeedReason.PETITION, NeedReason.NOTICE)


def fear_loss(household: Household, reason: NeedReason, *, starts_on: date) -> Need | None:
    """The home may be lost from a day on. → the need that ends with it; None when it is at risk for another reason."""
    known = Need.objects.filter(household=household, kind=NeedKind.AT_RISK, ends_on__isnull=True).first()
    if known is None:
        return Need.objects.create(household=household, kind=NeedKind.AT_RISK, reason=reason, starts_on=starts_on)
    return known if known.reason in _BY_OTHERS else None


def safe_again(need: Need | None, *, on: date) -> None:
    """What made the home unsafe is over. A need that lasted no day is none."""
    if need is None or need.ends_on is not None:
        return
    if on <= need.starts_on:
        need.delete()
        return
    need.ends_on = on
    need.save(update_fields=["ends_on"])
