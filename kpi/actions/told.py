"""What a municipality tells of itself: its strategy, answers, values from other registers, targets of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kpi.models import (
    Answer,
    AnswerKind,
    CatalogueRow,
    ChosenIndicator,
    ChosenStrategy,
    LocalTarget,
    Objective,
    PublishedUnit,
    RegisterValue,
    Strategy,
)
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: No year before this is told of.
FIRST_YEAR = 2014
_LARGEST = Decimal(10) ** 11
_MOST_WORDS = 1000


class CannotTell(Refusal):
    """What is told cannot be so; `field` is the row's code, or the field that is wrong."""


@dataclass(frozen=True, kw_only=True)
class FromRegister:
    """A value of one row as a register tells it, with the parts of a share where it tells them."""

    row: CatalogueRow
    value: Decimal
    register: str
    numerator: int | None = None
    denominator: int | None = None


@act
def choose_strategy(*, municipality: str, strategy: Strategy, by: Employee, at: datetime) -> ChosenStrategy:
    """Follow a national strategy from now on.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotTell: when it is no strategy of the state's
    """
    _require(by, municipality, at=at)
    if not strategy.is_national:
        raise CannotTell(_("Choose one of the strategies."), field="strategy")
    chosen, _is_new = ChosenStrategy.objects.update_or_create(
        municipality_id=municipality, defaults={"strategy": strategy, "by": by, "at": at}
    )
    return chosen


@act
def choose_indicators(
    *, municipality: str, objective: Objective, rows: Sequence[CatalogueRow], by: Employee, at: datetime
) -> int:
    """Follow these indicators under an objective, and no others that were chosen before. → How many.

    :raises PermissionDenied: when `by` may not speak for the municipality
    """
    _require(by, municipality, at=at)
    here = {"municipality_id": municipality, "objective": objective}
    ChosenIndicator.objects.filter(**here).exclude(row__in=rows).delete()
    there = set(ChosenIndicator.objects.filter(**here).values_list("row", flat=True))
    for row in rows:
        if row.pk not in there:
            ChosenIndicator.objects.create(**here, row=row, by=by, at=at)
    return len(rows)


@act
def answer_rows(
    *,
    municipality: str,
    year: int,
    answers: Sequence[tuple[CatalogueRow, bool | Decimal | str | None]],
    by: Employee,
    at: datetime,
) -> int:
    """Answer rows for a year; None takes the answer away, and what was answered is history. → How many changed.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotTell: for a year that has not begun, a row that is not answered, or an answer outside its type
    """
    _require(by, municipality, at=at)
    _check_year(year, today=localdate(at))
    before = {one.row_id: one for one in Answer.objects.filter(municipality=municipality, year=year)}
    changed = 0
    for row, said in answers:
        told, was = _answer(row, said), before.get(row.pk)
        if told is None:
            if was is not None:
                was.delete()
                changed += 1
        elif was is None or any(getattr(was, name) != value for name, value in told.items()):
            Answer.objects.update_or_create(
                municipality_id=municipality, row=row, year=year, defaults={**told, "by": by, "at": at}
            )
            changed += 1
    return changed


@act
def tell_from_register(
    *, municipality: str, year: int, values: Sequence[FromRegister], by: Employee, at: datetime
) -> int:
    """Enter values of a year from other registers; one told before is replaced, and is history. → How many.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotTell: for a year that has not begun, a row that no register tells, or a value outside its unit
    """
    _require(by, municipality, at=at)
    _check_year(year, today=localdate(at))
    for one in values:
        check_value(one)
    for one in values:
        RegisterValue.objects.update_or_create(
            municipality_id=municipality,
            row=one.row,
            year=year,
            defaults={
                "value": one.value,
                "numerator": one.numerator,
                "denominator": one.denominator,
                "register": one.register.strip(),
                "by": by,
                "at": at,
            },
        )
    return len(values)


@act
def set_target(
    *, municipality: str, row: CatalogueRow, value: Decimal, deadline: date, by: Employee, at: datetime
) -> LocalTarget:
    """Set the municipality's own target of a row; one before it is history.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotTell: for a row without a number, a value outside its unit, or a deadline that has passed
    """
    _require(by, municipality, at=at)
    if not may_have_target(row):
        raise CannotTell(_("This indicator has no number to set a target for."))
    _check_number(row, value, field="value")
    if deadline < localdate(at):
        raise CannotTell(_("The deadline has passed. Choose a later day."), field="deadline")
    target, _is_new = LocalTarget.objects.update_or_create(
        municipality_id=municipality, row=row, defaults={"value": value, "deadline": deadline, "by": by, "at": at}
    )
    return target


@act
def drop_target(*, municipality: str, row: CatalogueRow, by: Employee, at: datetime) -> None:
    """Have no target of one's own any more.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotTell: when there is none
    """
    _require(by, municipality, at=at)
    deleted, _of_each = LocalTarget.objects.filter(municipality=municipality, row=row).delete()
    if not deleted:
        raise CannotTell(_("There is no target to take away."))


def may_have_target(row: CatalogueRow) -> bool:
    """Whether a number of one's own means anything for the row."""
    return row.unit != PublishedUnit.WORDS and row.answer_kind not in (AnswerKind.YES_NO, AnswerKind.TEXT)


def check_value(one: FromRegister) -> None:
    """:raises CannotTell: for a row that no register tells, a value outside its unit, or parts that do not agree"""
    if not one.row.is_imported:
        raise CannotTell(_("This indicator is not taken from a register."), field="row")
    if not one.register.strip():
        raise CannotTell(_("Write which register the value is from."), field="register")
    _check_number(one.row, one.value, field="value")
    if (one.numerator is None) != (one.denominator is None):
        raise CannotTell(_("Write both parts of the share, or neither."), field="numerator")
    if one.denominator == 0:
        raise CannotTell(_("A share of nothing is not known. Leave the value out."), field="denominator")
    if one.numerator is not None and one.denominator is not None and one.numerator > one.denominator:
        raise CannotTell(_("The part cannot be larger than what it is a part of."), field="numerator")


def _answer(row: CatalogueRow, said: bool | Decimal | str | None) -> dict[str, Any] | None:
    """The answer's fields; None where nothing is answered."""
    if not row.is_answered:
        raise CannotTell(_("This indicator is not answered by the municipality."), field=row.code)
    empty: dict[str, Any] = {"is_yes": None, "number": None, "text": ""}
    match row.answer_kind, said:
        case _kind, None | "":
            return None
        case AnswerKind.YES_NO, bool():
            return {**empty, "is_yes": said}
        case AnswerKind.NUMBER, Decimal():
            _check_number(row, said, field=row.code)
            return {**empty, "number": said}
        case AnswerKind.TEXT, str() if len(said.strip()) <= _MOST_WORDS:
            return {**empty, "text": said.strip()}
    raise CannotTell(_("The answer is not of the kind that is asked for."), field=row.code)


def _check_number(row: CatalogueRow, value: Decimal, *, field: str) -> None:
    if value < 0:
        raise CannotTell(_("The number cannot be below zero."), field=field)
    if value >= _LARGEST:
        raise CannotTell(_("The number is too large."), field=field)
    if row.unit == PublishedUnit.PERCENT and value > 100:
        raise CannotTell(_("A share cannot be more than 100 per cent."), field=field)


def _check_year(year: int, *, today: date) -> None:
    if year > today.year:
        raise CannotTell(_("The year has not begun."))
    if year < FIRST_YEAR:
        raise CannotTell(_("Nothing is told of years before %(first)s.") % {"first": FIRST_YEAR})


def _require(by: Employee, municipality: str, *, at: datetime) -> None:
    if not units_with(by, Permission.EXPORT, at=at).filter(municipality=municipality).exists():
        raise PermissionDenied
