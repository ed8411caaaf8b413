"""A provider's invoice lines from a sheet. Only rooms, days and money are read: a guest's name is never taken in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from housing.invoices import Written
from people.refusals import Refusal
from people.sheet_files import SheetLines
from people.typed_dates import NoSuchDay, NotADate, read_date

#: Lines of one invoice: a large guesthouse's whole year is fewer.
MOST_LINES = 2_000
_LONGEST = timedelta(days=366)
_DEAREST = Decimal(1_000_000)
_COLUMNS = Path(__file__).with_name("invoice_columns.toml")
#: What each column is called in a refusal.
LABELS: dict[str, str | Promise] = {
    "room": _("room"),
    "starts_on": _("from"),
    "ends_on": _("to"),
    "nights": _("nights"),
    "price": _("price a night"),
    "amount": _("amount"),
}


class CannotReadInvoice(Refusal):
    """Lines that cannot be read, each named by line and column. Nothing was taken in."""

    def __init__(self, faults: list[str | Promise]) -> None:
        super().__init__(faults[0], field="file")
        self.faults = faults


class _Fault(Exception):
    def __init__(self, column: str, message: str | Promise) -> None:
        super().__init__(column)
        self.column, self.message = column, message


@dataclass(frozen=True)
class Read:
    """The lines, and the heads of columns that were left out."""

    lines: list[Written]
    left_out: list[str]


def read(sheet: SheetLines, *, today: date) -> Read:
    """:raises CannotReadInvoice: naming every line and column that cannot be read"""
    places = {column: at for at, head in enumerate(sheet.head) if (column := _column(head)) is not None}
    lacking = [column for column in ("room", "starts_on") if column not in places]
    lacking += [] if {"ends_on", "nights"} & set(places) else ["ends_on"]
    lacking += [] if {"price", "amount"} & set(places) else ["price"]
    if lacking:
        raise CannotReadInvoice([_missing_column(column) for column in lacking])
    lines: list[Written] = []
    faults: list[str | Promise] = []
    for number, cells in sheet.lines:
        told = {column: cells[at] if at < len(cells) else "" for column, at in places.items()}
        # a sum below the lines names no room
        if not told["room"] and not told["starts_on"]:
            continue
        try:
            lines.append(_line(number, told, today=today))
        except _Fault as fault:
            faults.append(_at(number, fault))
    if not lines and not faults:
        faults = [_("The file has no lines.")]
    if faults:
        raise CannotReadInvoice(faults)
    return Read(lines, [head for head in sheet.head if head and _column(head) is None])


def _missing_column(column: str) -> Promise:
    return format_lazy("{} {}", _("There is no column for:"), LABELS[column])


def _at(number: int, fault: _Fault) -> Promise:
    return format_lazy("{} {}, {}: {}", _("Line"), number, LABELS[fault.column], fault.message)


def _line(number: int, told: dict[str, str], *, today: date) -> Written:
    if not told["room"]:
        raise _Fault("room", _("is missing"))
    if len(told["room"]) > 50:
        raise _Fault("room", _("is longer than 50 letters"))
    starts_on = _day("starts_on", told, today)
    ends_on, nights = _until(starts_on, told, today)
    price = _money("price", told)
    amount = _money("amount", told)
    if price is None and amount is None:
        raise _Fault("price", _("is missing"))
    if price is None:
        assert amount is not None
        price = (amount / nights).quantize(Decimal("0.01"))
        # a sum that does not divide evenly is no fault of the provider's
        amount = price * nights if abs(price * nights - amount) < 1 else amount
    return Written(
        place=number,
        room=told["room"],
        starts_on=starts_on,
        ends_on=ends_on,
        price=price,
        amount=price * nights if amount is None else amount,
    )


def _until(starts_on: date, told: dict[str, str], today: date) -> tuple[date, int]:
    """The day moved out and how many nights that is, from either or both."""
    nights = _number(told)
    if not told.get("ends_on"):
        if nights is None:
            raise _Fault("ends_on", _("is missing"))
        return starts_on + timedelta(days=nights), nights
    ends_on = _day("ends_on", told, today)
    if ends_on <= starts_on:
        raise _Fault("ends_on", _("must come after the first night"))
    if ends_on - starts_on > _LONGEST:
        raise _Fault("ends_on", _("is more than a year after the first night"))
    between = (ends_on - starts_on).days
    if nights is not None and nights != between:
        message = _("says %(told)s, but the days are %(between)s nights") % {"told": nights, "between": between}
        raise _Fault("nights", message)
    return ends_on, between


def _day(column: str, told: dict[str, str], today: date) -> date:
    text = told[column]
    if not text:
        raise _Fault(column, _("is missing"))
    try:
        return read_date(text[:40], today=today, words={})
    except (NotADate, NoSuchDay, OverflowError) as error:
        raise _Fault(column, _("is not a day, such as 1.3.2026")) from error


def _number(told: dict[str, str]) -> int | None:
    text = told.get("nights", "")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,3}", text) or not 1 <= int(text) <= _LONGEST.days:
        raise _Fault("nights", _("is not a number of nights"))
    return int(text)


def _money(column: str, told: dict[str, str]) -> Decimal | None:
    """Kroner as people write them: 1 250,50 or kr 1250.50."""
    text = re.sub(r"(?i)\s|kr\.?|nok|,-", "", told.get(column, ""))
    if not text:
        return None
    if "," in text and "." in text:
        text = text.replace(".", "")
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise _Fault(column, _("is not an amount in kroner")) from error
    if not (amount.is_finite() and 0 <= amount < _DEAREST):
        raise _Fault(column, _("is not an amount in kroner"))
    return amount.quantize(Decimal("0.01"))


def _column(head: str) -> str | None:
    return _known().get(re.sub(r"[^\wæøå]|_", "", head.casefold()))


@cache
def _known() -> dict[str, str]:
    columns = tomllib.loads(_COLUMNS.read_text(encoding="utf-8"))
    return {word: column for column, words in columns.items() for word in words}
