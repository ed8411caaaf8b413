"""The spells that SQL derives and stores are those the pure module derives, on generated households."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from housing.models import Spell
from people.models import Household
from tests import oracle
from tests.store import store
from tests.strategies import countries


class StoredSpells(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(countries())
    def test_stored_spells_equal_the_pure_ones(self, households: list[oracle.Household]) -> None:
        stored = store(households)
        for household in households:
            assert _told(stored[household.ref]) == [_plain(spell) for spell in household.spells()], household.ref

    @settings(max_examples=30, deadline=None)
    @given(countries())
    def test_the_nightly_comparison_finds_nothing_on_fresh_spells(self, households: list[oracle.Household]) -> None:
        store(households)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM spell_differences()")
            assert cursor.fetchone() == (0,)


def _told(household: Household) -> list[tuple[object, ...]]:
    rows = Spell.objects.filter(household=household).order_by("starts_on", "state")
    return [
        (
            spell.state,
            spell.starts_on,
            spell.ends_on,
            spell.limit_on,
            spell.previous_state,
            spell.next_state,
            spell.homeless_since,
            spell.home_on,
            spell.gone_on,
            spell.returned_on,
            _ranges(spell.nights),
            _ranges(spell.family_in),
            _ranges(spell.young_in),
        )
        for spell in rows
    ]


def _plain(spell: object) -> tuple[object, ...]:
    names = (
        "state starts_on ends_on limit_on previous_state next_state homeless_since home_on gone_on returned_on "
        "nights family_in young_in"
    )
    values = [getattr(spell, name) for name in names.split()]
    return tuple(
        str(value) if index in (0, 4, 5) and value is not None else value for index, value in enumerate(values)
    )


def _ranges(days: object) -> tuple[tuple[object, object], ...]:
    return tuple((part.lower, part.upper) for part in days)  # type: ignore[attr-defined]


pytestmark = pytest.mark.django_db
