"""How much deposit and guarantee may stand good for a lease, and how much does."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from cases import law
from cases.questions.law import choices_of
from housing.models import Residence, Tenancy


def months_allowed(residence: Residence, *, on: date) -> int:
    return law.value("deposit.most_months", on=on, choices=choices_of(residence.municipality_id))


def most_of(residence: Residence, tenancy: Tenancy, *, on: date) -> int | None:
    """The most that can stand good for a lease on a day, in kroner; None where the rent is not known."""
    rent = tenancy.rents.on(max(on, residence.starts_on)).first()
    return rent.rent_a_month * months_allowed(residence, on=on) if rent else None


def standing_of(tenancy: Tenancy, *, on: date) -> int:
    """What stands good for a lease from a day on, in kroner."""
    found = tenancy.securities.on(on) | tenancy.securities.filter(given_on__gt=on)
    return found.aggregate(total=Sum("amount"))["total"] or 0
