"""The rules of what a municipality tells of itself, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.factories.catalogue import CatalogueRowFactory, ObjectiveFactory
from tests.factories.told import (
    AnswerFactory,
    ChosenIndicatorFactory,
    ChosenStrategyFactory,
    LocalTargetFactory,
    OwnIndicatorFactory,
    RegisterValueFactory,
)


def _two_strategies() -> None:
    for _ in range(2):
        ChosenStrategyFactory.create()


def _two_answers() -> None:
    row = CatalogueRowFactory.create(how=("S",), answer_kind="yes_no")
    for _ in range(2):
        AnswerFactory.create(row=row)


def _two_values() -> None:
    row = CatalogueRowFactory.create()
    for _ in range(2):
        RegisterValueFactory.create(row=row)


def _two_targets() -> None:
    row = CatalogueRowFactory.create()
    for _ in range(2):
        LocalTargetFactory.create(row=row)


def _one_indicator_twice() -> None:
    row, objective = CatalogueRowFactory.create(), ObjectiveFactory.create()
    for _ in range(2):
        ChosenIndicatorFactory.create(row=row, objective=objective)


def _two_definitions_a_day() -> None:
    for _ in range(2):
        OwnIndicatorFactory.create(valid_to=date(2026, 1, 1))


def _two_open_definitions() -> None:
    for year in (2025, 2026):
        OwnIndicatorFactory.create(valid_from=date(year, 1, 1))


OF_TOLD: dict[str, Callable[[], object]] = {
    "strategy_chosen_once": _two_strategies,
    "answer_once_a_year": _two_answers,
    "answer_year_is_possible": lambda: AnswerFactory.create(year=1889),
    "answer_is_one_thing": lambda: AnswerFactory.create(text="Yes, in part."),
    "answer_number_is_not_negative": lambda: AnswerFactory.create(is_yes=None, number=-1),
    "register_value_once_a_year": _two_values,
    "register_value_year_is_possible": lambda: RegisterValueFactory.create(year=1889),
    "register_value_is_not_negative": lambda: RegisterValueFactory.create(value=-1),
    "register_value_tells_its_register": lambda: RegisterValueFactory.create(register=""),
    "register_value_has_both_parts_or_none": lambda: RegisterValueFactory.create(numerator=1),
    "indicator_chosen_once": _one_indicator_twice,
    "own_indicator_one_definition_a_day": _two_definitions_a_day,
    "own_indicator_one_open_definition": _two_open_definitions,
    "own_indicator_ends_after_it_begins": lambda: OwnIndicatorFactory.create(valid_to=date(2025, 1, 1)),
    "own_indicator_code_is_its_own": lambda: OwnIndicatorFactory.create(code="2.2"),
    "own_indicator_is_worded": lambda: OwnIndicatorFactory.create(wording=""),
    "own_indicator_share_counts_some_of_them": lambda: OwnIndicatorFactory.create(is_share=True, counted=[]),
    "local_target_once": _two_targets,
    "local_target_is_not_negative": lambda: LocalTargetFactory.create(value=-1),
}
