"""What SQL says a dwelling is each day is what the pure module says, on generated dwellings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from housing.availability import NEVER, Facts, Use, stretches
from housing.models import Dwelling, DwellingVoid, Residence, ResidenceKind, Tenure, VoidReason
from tests.factories.housing import ResidenceFactory
from tests.factories.people import KONGSBERG
from tests.strategies import dwellings

pytestmark = pytest.mark.django_db

EPOCH = date(2000, 1, 1)
SQL = Path(settings.BASE_DIR) / "housing" / "sql" / "availability.sql"


class StoredDays(TestCase):
    @hypothesis_settings(max_examples=40, deadline=None)
    @given(st.lists(dwellings(), min_size=1, max_size=4))
    def test_the_days_by_sql_are_the_days_by_the_pure_module(self, some: list[Facts]) -> None:
        Residence.objects.all().delete()
        DwellingVoid.objects.all().delete()
        Dwelling.objects.all().delete()
        kept = {stored(facts).pk: facts for facts in some}

        assert _by_sql() == {pk: _by_the_pure_module(facts) for pk, facts in kept.items()}


def stored(facts: Facts) -> Dwelling:
    """The dwelling with its facts in the database."""
    dwelling = Dwelling.objects.create(
        municipality_id=KONGSBERG,
        tenure=Tenure.OWNED,
        acquired_on=facts.ours.starts_on,
        disposed_on=facts.ours.ends_on,
    )
    for days in facts.let:
        ResidenceFactory.create(
            kind=ResidenceKind.OWNED, dwelling=dwelling, starts_on=days.starts_on, ends_on=days.ends_on
        )
    for days in facts.void:
        DwellingVoid.objects.create(
            dwelling=dwelling, reason=VoidReason.REPAIR, starts_on=days.starts_on, ends_on=days.ends_on
        )
    return dwelling


Ranges = tuple[tuple[date, date], ...]


def _by_sql() -> dict[int, tuple[Ranges, ...]]:
    with connection.cursor() as cursor:
        select = "SELECT dwelling_id, let, void, vacant FROM dwelling_days"
        cursor.execute(f"WITH {SQL.read_text('utf-8')} {select}", {"municipality": KONGSBERG})
        return {pk: tuple(_ranges(days) for days in uses) for pk, *uses in cursor.fetchall()}


def _ranges(days: object) -> Ranges:
    return tuple((part.lower, part.upper or NEVER) for part in days)  # type: ignore[attr-defined]


def _by_the_pure_module(facts: Facts) -> tuple[Ranges, ...]:
    found = stretches(facts, EPOCH, NEVER)
    return tuple(
        tuple((one.starts_on, one.ends_on) for one in found if one.use is use)
        for use in (Use.LET, Use.VOID, Use.VACANT)
    )
