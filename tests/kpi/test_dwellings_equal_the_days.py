"""What SQL counts of a dwelling's days is what the pure module says of each day, on generated dwellings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from housing.availability import NEVER, Facts, Stretch, Use, days_of, stretches
from housing.models import Dwelling, DwellingVoid, Residence, ResidenceKind, Tenure, VoidReason
from kpi.measurement import Period, Question, rows_of
from tests.factories.housing import ResidenceFactory
from tests.factories.people import KONGSBERG
from tests.strategies import dwellings, periods

pytestmark = pytest.mark.django_db

EPOCH = date(2000, 1, 1)


class CountedDays(TestCase):
    @hypothesis_settings(max_examples=60, deadline=None)
    @given(st.lists(dwellings(), min_size=1, max_size=4), periods())
    def test_what_is_counted_is_what_each_day_is(self, some: list[Facts], period: tuple[date, date]) -> None:
        Residence.objects.all().delete()
        DwellingVoid.objects.all().delete()
        Dwelling.objects.all().delete()
        facts_of = {stored(facts).pk: facts for facts in some}
        kept = {pk: stretches(facts, EPOCH, NEVER) for pk, facts in facts_of.items()}
        asked = Period(*period)

        on = "SELECT dwelling_id, is_let, is_void, is_vacant, days_empty FROM dwelling_on"
        assert _by_sql(on, asked) == {
            pk: told for pk, days in kept.items() if (told := _on(days, asked.ends_on - timedelta(1)))
        }
        time = "SELECT dwelling_id, our_days, vacant_days, void_days FROM dwelling_time"
        assert _by_sql(time, asked) == {pk: told for pk, facts in facts_of.items() if any(told := _time(facts, asked))}
        relet = rows_of(Question(municipality=KONGSBERG), [asked], "SELECT dwelling_id, days FROM relet")
        assert sorted(relet) == sorted((pk, gap) for pk, days in kept.items() for gap in _relet(days, asked))


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


def _by_sql(select: str, period: Period) -> dict[int, tuple[object, ...]]:
    return {pk: tuple(told) for pk, *told in rows_of(Question(municipality=KONGSBERG), [period], select)}


def _on(days: list[Stretch], night: date) -> tuple[object, ...] | None:
    """What a dwelling is on a night, and how long nobody has lived there then; None where it is not ours."""
    at = next((number for number, one in enumerate(days) if one.starts_on <= night < one.ends_on), None)
    if at is None or days[at].use is Use.NOT_OURS:
        return None
    use, since = days[at].use, at
    while since and days[since - 1].use in (Use.VOID, Use.VACANT):
        since -= 1
    empty = None if use is Use.LET else (night - days[since].starts_on).days + 1
    return use is Use.LET, use is Use.VOID, use is Use.VACANT, empty


def _time(facts: Facts, period: Period) -> tuple[int, int, int]:
    days = days_of(facts, period.starts_on, period.ends_on)
    return days[Use.LET] + days[Use.VOID] + days[Use.VACANT], days[Use.VACANT], days[Use.VOID]


def _relet(days: list[Stretch], period: Period) -> Iterator[int]:
    """Days between two tenants, where the later moved in in the period."""
    left: date | None = None
    for one in days:
        if one.use is Use.NOT_OURS:
            left = None
        elif one.use is Use.LET:
            if left is not None and left < one.starts_on and period.starts_on <= one.starts_on < period.ends_on:
                yield (one.starts_on - left).days
            left = one.ends_on
