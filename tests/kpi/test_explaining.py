"""Why a figure changed, from the facts and their history: by hand, and on generated countries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from housing.actions.spells import refresh
from housing.models import Residence, ResidenceKind
from kpi.as_known import KNOWN
from kpi.catalogue import BY_CODE, CATALOGUE, STAYS
from kpi.declaring import Rule
from kpi.explaining import Part, value
from kpi.measurement import Period, Question, measure
from kpi.questions.explaining import Asked, Subject, Why, corner, kind_of, why
from kpi.questions.history import belongs
from people.models import Household, Unit
from tests import oracle
from tests.factories.people import UnitFactory
from tests.store import store
from tests.strategies import countries, periods
from tests.web.unit_life import stay, then

pytestmark = pytest.mark.django_db

YEAR_2024, YEAR_2025 = Period(date(2024, 1, 1), date(2025, 1, 1)), Period(date(2025, 1, 1), date(2026, 1, 1))


class ExplainedFigures(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(countries(), periods(), periods(), st.sampled_from(Rule), st.sampled_from(Rule))
    def test_the_parts_of_every_figure_sum_to_its_change(
        self,
        households: list[oracle.Household],
        then: tuple[date, date],
        now: tuple[date, date],
        rule_then: Rule,
        rule_now: Rule,
    ) -> None:
        store(households)
        ends = [
            Asked(question=Question(municipality="0301", rule=rule), period=Period(*period))
            for rule, period in ((rule_then, then), (rule_now, now))
        ]
        for indicator in STAYS:
            found = why(indicator, *ends)
            values = [measure(end.question, [end.period], [indicator])[0].value for end in ends]
            assert [found.before, found.after] == values, indicator.code
            changes = [part.change for part in found.parts]
            if found.change is None:
                assert changes == [None] * len(Part)
            else:
                assert sum(change for change in changes if change is not None) == found.change

    @settings(max_examples=15, deadline=None)
    @given(countries(), periods())
    def test_what_each_household_is_to_a_figure_adds_up_to_it(
        self, households: list[oracle.Household], period: tuple[date, date]
    ) -> None:
        store(households)
        asked = Asked(question=Question(municipality="0301"), period=Period(*period))
        for indicator in CATALOGUE:
            [figure] = measure(asked.question, [asked.period], [indicator])
            rows = corner(indicator, asked)
            if figure.numerator is not None:
                assert int(sum(told.counted for told in rows.values())) == figure.numerator, indicator.code
            if figure.denominator is not None:
                assert int(sum(told.population for told in rows.values())) == figure.denominator, indicator.code
            told = value(rows, kind_of(indicator))
            assert (told is None) == (figure.value is None), indicator.code
            if told is not None and figure.value is not None:
                assert abs(told - Fraction(figure.value)) < 1


def test_every_table_of_what_was_known_tells_whose_a_row_is() -> None:
    assert len(KNOWN) > 15
    for table in KNOWN:
        assert any(belongs(table, is_of_dwellings=is_of_dwellings) for is_of_dwellings in (False, True)), table


@pytest.mark.django_db(transaction=True)
def test_by_hand_what_was_told_late_and_what_was_corrected() -> None:
    """Known in the evening of 2024's seal: two long stays. One told late, one corrected away, one new."""
    unit = UnitFactory.create()
    municipality = unit.municipality_id
    stay(unit, date(2024, 1, 1), date(2024, 8, 1))
    wrong = stay(unit, date(2024, 2, 1), date(2024, 9, 1))
    sealed = now()
    Residence.objects.filter(household=wrong).update(ends_on=date(2024, 2, 20))
    late = stay(unit, date(2024, 3, 1), date(2024, 12, 1))
    new = stay(unit, date(2025, 3, 1), date(2025, 12, 1))
    refresh([wrong.pk])

    found = why(
        BY_CODE["2.2"],
        Asked(question=Question(municipality=municipality, known_at=sealed), period=YEAR_2024),
        Asked(question=Question(municipality=municipality), period=YEAR_2025),
    )
    assert (found.before, found.after) == (Decimal(2), Decimal(1))
    assert told(found) == {"late": 1, "corrected": -1, "rule": 0, "composition": 0, "real": -1}
    assert by_household(found, Part.LATE) == {late.pk: 1}
    assert by_household(found, Part.CORRECTED) == {wrong.pk: -1}
    assert by_household(found, Part.REAL)[new.pk] == 1
    assert by_household(found, Part.REAL)[late.pk] == -1


@pytest.mark.django_db(transaction=True)
def test_what_happened_after_the_moment_of_knowing_is_neither_late_nor_corrected() -> None:
    """A stay that was open when one looked, and ended afterwards, was known rightly."""
    today = timezone.localdate()
    unit = UnitFactory.create()
    household = stay(unit, today - timedelta(days=100))
    sealed = now()
    Residence.objects.filter(household=household).update(ends_on=today + timedelta(days=2))
    refresh([household.pk])
    period = Period(today - timedelta(days=120), today + timedelta(days=30))
    found = why(
        BY_CODE["nights"],
        Asked(question=Question(municipality=unit.municipality_id, known_at=sealed), period=period),
        Asked(question=Question(municipality=unit.municipality_id), period=period),
    )
    assert told(found) == {"late": 0, "corrected": 0, "rule": 0, "composition": 0, "real": -28}


@pytest.mark.django_db(transaction=True)
def test_the_parts_sum_between_any_two_moments_of_a_generated_history() -> None:
    """Stays told, moved, ended and taken back one after another, each in its own transaction."""
    chance, unit, moments = Random(7), UnitFactory.create(), [now()]
    households: list[int] = []
    for _turn in range(24):
        edit(chance, unit, households)
        moments.append(now())
    indicators = [BY_CODE[code] for code in ("2.1", "2.2", "3.1", "nights", "children", "time_home")]
    for first, second in combinations(chance.sample(moments, 5), 2):
        then, since = min(first, second), max(first, second)
        ends = [
            Asked(question=Question(municipality=unit.municipality_id, known_at=moment, rule=rule), period=period)
            for moment, period, rule in ((then, YEAR_2024, Rule.STAY), (since, YEAR_2025, chance.choice(list(Rule))))
        ]
        for indicator in indicators:
            found = why(indicator, *ends)
            values = [measure(end.question, [end.period], [indicator])[0].value for end in ends]
            assert [found.before, found.after] == values, indicator.code
            if found.change is not None:
                assert sum(part.change or 0 for part in found.parts) == found.change


def edit(chance: Random, unit: Unit, households: list[int]) -> None:
    """One act of a generated history, as the tables get it."""
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(600))
    if not households or chance.random() < 0.5:
        until = first + timedelta(days=chance.randrange(1, 200))
        households.append(stay(unit, first, until, has_child=chance.random() < 0.4).pk)
        return
    household = Household.objects.get(pk=chance.choice(households))
    residences = Residence.objects.filter(household=household)
    residence = residences.order_by("starts_on").last()
    if residence is None:
        return
    if chance.random() < 0.2:
        residence.delete()
    elif residence.ends_on is not None and chance.random() < 0.4:
        then(household, ResidenceKind.OWNED, residence.ends_on)
    else:
        residence.ends_on = residence.starts_on + timedelta(days=chance.randrange(1, 300))
        residence.save(update_fields=["ends_on"])
    refresh([household.pk])


def now() -> datetime:
    return datetime.now(UTC)


def told(found: Why) -> dict[str, Decimal | None]:
    return {part.part.value: part.change for part in found.parts}


def by_household(found: Why, part: Part) -> dict[int, Fraction]:
    moved = found.explained.parts[part].moved
    return {one.key.pk: one.counted for one in moved if isinstance(one.key, Subject)}
