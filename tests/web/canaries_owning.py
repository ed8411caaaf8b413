# mypy: disable-error-code="no-untyped-call"
"""Canaries in what is written of evictions and of the way to owning."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from housing.models import Tenancy
from people.models import Employee, Household
from tests.factories.owning import (
    EvictionCaseFactory,
    EvictionContactFactory,
    EvictionMeasureFactory,
    OwningAgreementFactory,
    OwningContactFactory,
    OwningPaymentFactory,
    OwningPotentialFactory,
    OwningRescueFactory,
    PotentialPointFactory,
    PurchaseStepDoneFactory,
)


def plant_owning(household: Household, text: str, *, by: Employee, at: datetime) -> None:
    """An eviction averted and one that is open; an agreement given up, and one on the way."""
    today = localdate(at)
    before = today - timedelta(days=100)
    EvictionCaseFactory.create(
        household=household, learnt_on=before, note=text, status="averted", ended_on=today, outcome_note=text
    )
    eviction = EvictionCaseFactory.create(household=household, learnt_on=today, note=text)
    EvictionContactFactory.create(eviction=eviction, on=today, note=text, by=by)
    EvictionMeasureFactory.create(eviction=eviction, starts_on=today, note=text, by=by)
    rented = {
        "tenancy": Tenancy.objects.filter(residence__household=household).earliest("pk"),
        "agreed_on": today,
        "option_until": today + timedelta(days=365),
    }
    OwningAgreementFactory.create(**rented, status="ended", ended_on=today, ended_because="own_wish", ended_note=text)
    agreement = OwningAgreementFactory.create(**rented)
    OwningPaymentFactory.create(agreement=agreement, month=today.replace(day=1), by=by)
    potential = OwningPotentialFactory.create(agreement=agreement, made_on=today, summary=text, by=by)
    PotentialPointFactory.create(potential=potential, reason=text)
    PurchaseStepDoneFactory.create(agreement=agreement, done_on=today, by=by)
    OwningRescueFactory.create(agreement=agreement, starts_on=today, note=text, by=by)
    OwningContactFactory.create(agreement=agreement, on=today, note=text, by=by)


def ids_of_owning(household: Household) -> dict[str, Any]:
    """What addresses of the pages take."""
    eviction = household.evictions.get(status="open")
    return {
        "eviction_id": eviction.pk,
        "eviction_measure_id": eviction.measures.get().pk,
        "owning_id": household.owning_agreements.get(status="agreed").pk,
    }
