"""By when to reach and help whoever may be evicted, and what is to be done on the way to owning and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from cases.deadlines import opens_on
from cases.law import value
from cases.models import Case, EvictionCase, EvictionContact, OwningAgreement, OwningStatus, TaskKind
from housing.states import add_months

_OPEN = Exists(Case.objects.open().filter(household=OuterRef("household")))


def evictions_to_avert(on: date, only: Q) -> Iterator[tuple[EvictionCase, TaskKind, date]]:
    """Source: the rule data, `eviction.contact_days`; then the day set for the eviction."""
    within = timedelta(days=value("eviction.contact_days", on=on))
    reached = Exists(EvictionContact.objects.filter(eviction=OuterRef("pk"), reached=True))
    found: Any = EvictionCase.objects.open().filter(only, _OPEN).annotate(is_reached=reached).order_by("pk")
    for eviction in found:
        if not eviction.is_reached:
            yield eviction, TaskKind.EVICTION_CONTACT, eviction.learnt_on + within
        if eviction.planned_on is not None and opens_on(eviction.planned_on, ahead="eviction_day") <= on:
            yield eviction, TaskKind.EVICTION_DAY, eviction.planned_on


def owning_to_follow(on: date, only: Q) -> Iterator[tuple[OwningAgreement, TaskKind, date]]:
    """The yearly look at who may buy, the option that runs out, and the talk with who has bought."""
    seen = Greatest("agreed_on", Coalesce(Max("potentials__made_on"), "agreed_on"))
    found: Any = OwningAgreement.objects.before_purchase().filter(only, _OPEN).annotate(seen_on=seen).order_by("pk")
    for agreement in found:
        due_on = add_months(agreement.seen_on, value("owning.potential_months", on=on))
        if due_on <= on:
            yield agreement, TaskKind.OWNING_POTENTIAL, due_on
        until = agreement.option_until
        if until is not None and opens_on(until, ahead="owning_option") <= on:
            yield agreement, TaskKind.OWNING_OPTION, until
    yield from _owners(on, only)


def _owners(on: date, only: Q) -> Iterator[tuple[OwningAgreement, TaskKind, date]]:
    """Asked every so many months from the purchase or the last talk, as long as they are followed."""
    every, followed = value("owning.contact_months", on=on), value("owning.followed_months", on=on)
    since = Greatest("purchased_on", Coalesce(Max("contacts__on"), "purchased_on"))
    bought = OwningAgreement.objects.filter(
        only, _OPEN, status=OwningStatus.PURCHASED, purchased_on__gt=add_months(on, -followed)
    )
    found: Any = bought.annotate(since=since).order_by("pk")
    for agreement in found:
        due_on = add_months(agreement.since, every)
        if due_on <= on:
            yield agreement, TaskKind.OWNING_CONTACT, due_on
