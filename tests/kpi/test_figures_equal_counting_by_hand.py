"""Every figure and every list equals counting by hand, on generated countries, for any period, rule, gap and moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kpi.catalogue import BY_CODE, CATALOGUE, STAYS
from kpi.declaring import Rule
from kpi.measurement import Behind, Figure, Period, Question, behind, measure, share
from tests import oracle
from tests.store import store
from tests.strategies import countries, periods


class MeasuredFigures(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(countries(), periods(), st.sampled_from(Rule), st.sampled_from([14, 0, 30]))
    def test_figures_and_lists_equal_counting_by_hand(
        self, households: list[oracle.Household], asked: tuple[date, date], rule: Rule, gap_nights: int
    ) -> None:
        store(households)
        question = Question(municipality="0301", rule=rule, gap_nights=gap_nights)
        by_hand = oracle.measure(households, *asked, gap_nights=gap_nights, rule=rule.value)
        counted_there = [one for one in CATALOGUE if one in STAYS or one.code in by_hand]
        figures = {figure.indicator.code: figure for figure in measure(question, [Period(*asked)], counted_there)}
        assert {code: _numbers(figure) for code, figure in figures.items()} == by_hand
        lists = behind(question, Period(*asked))
        for code, (counted, population) in oracle.household_lists(
            households, *asked, gap_nights=gap_nights, rule=rule.value
        ).items():
            told = lists.get((code, "0301"), Behind())
            assert set(told.households) == counted, code
            assert set(told.population) == (population or set()), code

    @settings(max_examples=25, deadline=None)
    @given(countries(), periods())
    def test_history_up_to_now_tells_what_the_tables_tell(
        self, households: list[oracle.Household], asked: tuple[date, date]
    ) -> None:
        store(households)
        later = datetime.now(UTC) + timedelta(minutes=1)
        now = measure(Question(municipality="0301"), [Period(*asked)])
        known = measure(Question(municipality="0301", known_at=later), [Period(*asked)])
        assert known == now

    @settings(max_examples=25, deadline=None)
    @given(countries(), st.lists(periods(), min_size=2, max_size=4))
    def test_many_periods_in_one_statement_answer_as_one_by_one(
        self, households: list[oracle.Household], asked: list[tuple[date, date]]
    ) -> None:
        store(households)
        question = Question(municipality="0301")
        # as they come, and each beginning and ending after the one before, of which a statement makes use
        in_order = list(zip(*(sorted(days) for days in zip(*asked, strict=True)), strict=True))
        for order in (asked, in_order):
            together = measure(question, [Period(*one) for one in order])
            alone = [figure for one in order for figure in measure(question, [Period(*one)])]
            assert sorted(together, key=_order) == sorted(alone, key=_order)

    @settings(max_examples=25, deadline=None)
    @given(countries(), periods())
    def test_all_municipalities_add_up_to_the_one_that_has_data(
        self, households: list[oracle.Household], asked: tuple[date, date]
    ) -> None:
        store(households)
        figures = measure(Question(), [Period(*asked)])
        assert {figure.municipality for figure in figures} == {"0301", "all"}
        for indicator in CATALOGUE:
            here, everywhere = [figure for figure in figures if figure.indicator is indicator]
            assert _numbers(here) == _numbers(everywhere)


def test_a_share_is_rounded_half_up_to_one_decimal() -> None:
    assert share(3956, 5438) == Decimal("72.7")
    assert share(1, 8) == Decimal("12.5")
    assert share(1, 16) == Decimal("6.3")
    assert share(0, 0) is None


@pytest.mark.django_db
def test_a_named_municipality_without_data_gets_every_row() -> None:
    figures = measure(Question(municipality="0301"), [Period(date(2026, 1, 1), date(2027, 1, 1))])
    assert [figure.indicator.code for figure in figures] == list(BY_CODE)
    assert {figure.value for figure in figures if figure.indicator.denominator} == {None}
    assert {figure.value for figure in figures if not figure.indicator.denominator} == {Decimal(0)}


def _numbers(figure: Figure) -> oracle.Figure:
    extra = None
    if figure.indicator.p90 is not None and figure.value is not None and figure.p90 is not None:
        extra = (float(figure.value), float(figure.p90))
    return figure.numerator, figure.denominator, extra


def _order(figure: Figure) -> tuple[str, date, date]:
    return figure.indicator.code, figure.period.starts_on, figure.period.ends_on
