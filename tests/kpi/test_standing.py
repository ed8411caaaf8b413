"""How a municipality stands in the rows of the catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from housing.actions.spells import refresh
from housing.spells import GAP_NIGHTS
from kpi.judging import Reason, Status
from kpi.measurement import Question
from kpi.models import CatalogueRow, Strategy
from kpi.questions.standing import RowStanding, standings
from tests.factories.housing import ResidenceFactory
from tests.factories.people import KONGSBERG, HouseholdFactory
from tests.factories.told import AnswerFactory, ChosenStrategyFactory, LocalTargetFactory, RegisterValueFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 15)
HERE = Question(municipality=KONGSBERG, gap_nights=GAP_NIGHTS)


def row(code: str) -> CatalogueRow:
    return CatalogueRow.objects.get(code=code)


def stands(code: str, year: int = 2025) -> RowStanding:
    [found] = standings(HERE, year, today=TODAY, rows=CatalogueRow.objects.filter(code=code))
    return found


def stayed(since: date, until: date | None) -> None:
    household = HouseholdFactory.create()
    ResidenceFactory.create(household=household, is_placed=True, starts_on=since, ends_on=until)
    refresh([household.pk])


def test_a_counted_row_is_the_municipality_s_own_beside_the_country_s() -> None:
    stayed(date(2024, 1, 1), date(2024, 12, 1))
    stayed(date(2025, 1, 1), date(2025, 12, 1))
    stayed(date(2025, 1, 1), date(2025, 1, 10))

    told = stands("2.1")

    assert (told.value, told.numerator, told.denominator, told.before) == (Decimal(50), 1, 2, Decimal(0))
    assert (told.status, told.target, told.trend, told.unit) == (Status.ON_WAY, Decimal(100), "up", "percent")
    assert told.baseline is not None
    assert (told.baseline.year, told.baseline.value) == (2014, Decimal(73))
    with translation.override("en"):
        assert told.words == "On the way. The deadline is past."
        assert told.trend_words == "Up since last year"


def test_nobody_is_a_known_zero_and_before_the_data_is_not_known() -> None:
    stayed(date(2025, 3, 1), date(2025, 3, 10))

    assert (stands("3.2").value, stands("3.2").status) == (Decimal(0), Status.REACHED)
    assert (stands("3.2", 2024).value, stands("3.2", 2024).status) == (None, Status.UNKNOWN)
    assert (stands("3.1").value, stands("3.1").is_known) == (None, False)
    assert stands("3.2").trend == ""
    assert stands("3.2", 2027).value is None


def test_a_national_number_colours_nobody_until_the_municipality_sets_its_own() -> None:
    stayed(date(2025, 3, 1), date(2025, 3, 10))
    one = row("10.s1")
    assert (stands("5.1").status, stands("5.1").judgement.reason) == (Status.NOT_COLOURED, Reason.NATIONAL)
    assert stands("10.s1").judgement.reason == Reason.NO_TARGET

    LocalTargetFactory.create(row=one, value=4, deadline=date(2027, 12, 31))

    assert (stands("10.s1").status, stands("10.s1").target) == (Status.REACHED, Decimal(4))


def test_a_yes_or_no_is_the_municipality_s_own() -> None:
    assert stands("10.1").status == Status.UNKNOWN
    AnswerFactory.create(row=row("10.1"), year=2025, is_yes=False)
    AnswerFactory.create(row=row("13.1"), year=2025, is_yes=True)

    assert (stands("10.1").value, stands("10.1").status, stands("10.1").unit) == (Decimal(0), Status.OFF, "yes_no")
    assert (stands("13.1").value, stands("13.1").status) == (Decimal(1), Status.REACHED)
    assert stands("13.1").numerator is None


def test_a_register_s_value_stands_where_nothing_is_counted() -> None:
    RegisterValueFactory.create(row=row("1.2"), year=2025, value=Decimal("86.5"))

    assert (stands("1.2").value, stands("1.2").status) == (Decimal("86.5"), Status.REACHED)


def test_a_direction_is_reckoned_from_the_year_before() -> None:
    one = row("11.1")
    AnswerFactory.create(row=one, year=2025, is_yes=None, number=Decimal("11.5"))
    assert stands("11.1").judgement.reason == Reason.NO_BASE

    AnswerFactory.create(row=one, year=2024, is_yes=None, number=Decimal("10.5"))

    assert (stands("11.1").status, stands("11.1").trend) == (Status.REACHED, "up")


def test_the_share_of_rows_known_is_counted_from_the_catalogue_itself() -> None:
    known = stands("catalogue_known")
    rows = CatalogueRow.objects.filter(objective__strategy__key="bolig-for-velferd")
    assert (known.numerator, known.denominator, known.value) == (0, rows.count(), Decimal(0))

    AnswerFactory.create(row=row("14.1"), year=2025, is_yes=None, text="Done with the university.")
    RegisterValueFactory.create(row=row("1.2"), year=2025)
    RegisterValueFactory.create(row=row("1.2"), year=2024)
    assert stands("catalogue_known").numerator == 2

    ChosenStrategyFactory.create(strategy=Strategy.objects.get(key="pa-vei-til-egen-bolig"))
    stayed(date(2025, 3, 1), date(2025, 3, 10))
    told = stands("catalogue_known")
    assert (told.numerator, told.denominator) == (
        sum(stands(code).is_known for code in ("p.1", "p.2", "p.3", "p.4", "p.5", "p.6")),
        6,
    )


def test_the_whole_catalogue_takes_few_statements(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    stayed(date(2025, 3, 1), date(2025, 3, 10))

    with django_assert_max_num_queries(13):
        found = standings(HERE, 2025, today=TODAY)

    assert len(found) == CatalogueRow.objects.count()
    by_code = {one.row.code: one for one in found}
    assert by_code["catalogue_known"].numerator == sum(
        one.is_known for one in found if one.row.objective.strategy.key == "bolig-for-velferd"
    )
