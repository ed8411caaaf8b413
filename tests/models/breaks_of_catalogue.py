"""The rules of the catalogue of indicators, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.factories.catalogue import CatalogueRowFactory, ObjectiveFactory, PublishedValueFactory, StrategyFactory


def _one_number_twice() -> None:
    first = ObjectiveFactory.create()
    ObjectiveFactory.create(strategy=first.strategy)


def _one_place_twice() -> None:
    first = CatalogueRowFactory.create()
    CatalogueRowFactory.create(objective=first.objective, position=first.position)


def _one_year_twice() -> None:
    first = PublishedValueFactory.create()
    PublishedValueFactory.create(row=first.row)


def _two_baselines() -> None:
    first = PublishedValueFactory.create(is_baseline=True)
    PublishedValueFactory.create(row=first.row, year=2031, is_baseline=True)


OF_CATALOGUE: dict[str, Callable[[], object]] = {
    "strategy_ends_after_it_starts": lambda: StrategyFactory.create(ends_on=date(2029, 12, 31)),
    "strategy_is_named": lambda: StrategyFactory.create(wording_en=""),
    "objective_number_once_in_a_strategy": _one_number_twice,
    "objective_is_worded": lambda: ObjectiveFactory.create(wording_nn=""),
    "catalogue_row_is_worded": lambda: CatalogueRowFactory.create(wording_nb=""),
    "catalogue_row_has_its_place": _one_place_twice,
    "catalogue_row_unit_is_known": lambda: CatalogueRowFactory.create(unit="miles"),
    "catalogue_row_direction_is_known": lambda: CatalogueRowFactory.create(direction="left"),
    "catalogue_row_local_reading_is_known": lambda: CatalogueRowFactory.create(local_reading="guess"),
    "catalogue_row_target_has_a_value": lambda: CatalogueRowFactory.create(target_value=None),
    "catalogue_row_is_got_somehow": lambda: CatalogueRowFactory.create(how=[]),
    "catalogue_row_is_answered_in_a_kind": lambda: CatalogueRowFactory.create(how=["S"]),
    "catalogue_row_is_computed_or_says_why": lambda: CatalogueRowFactory.create(how=["C"]),
    "published_value_once_a_year": _one_year_twice,
    "published_value_one_baseline": _two_baselines,
    "published_value_year_is_one": lambda: PublishedValueFactory.create(year=1889),
    "published_value_is_of_somebody": lambda: PublishedValueFactory.create(denominator=0),
    "published_value_is_a_number_or_words": lambda: PublishedValueFactory.create(text="many"),
}
