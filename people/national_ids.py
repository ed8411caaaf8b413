"""National ids: which rule a number keeps or breaks. Pure: knows no setting and no database.

Sources: Skatteetaten on fodselsnummer and D-number (check digits modulo 11; Tenor's synthetic series adds 80 to the
month; numbers issued from 2032 may have a first check sum with remainder 1, 2 or 3), UDI on DUF numbers (12 digits,
the first four a year, the last two a check sum modulo 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    FODSELSNUMMER = "fodselsnummer"
    D_NUMBER = "d_number"
    SYNTHETIC = "synthetic"
    DUF = "duf"


class Rule(StrEnum):
    """The rule that a refused number breaks."""

    DIGITS = "digits"
    LENGTH = "length"
    DATE = "date"
    CHECK_DIGITS = "check_digits"
    SERIES = "series"


class NotANationalId(ValueError):
    """The text is no national id; `rule` says which rule it breaks."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.value)
        self.rule = rule


@dataclass(frozen=True)
class NationalId:
    number: str
    kind: Kind
    #: the date the digits tell; None for a DUF number
    born_on: date | None


_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DUF = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)


def read_national_id(text: str, *, real: bool, synthetic: bool) -> NationalId:
    """The number in `text`, with any spacing; `real` and `synthetic` say which series are allowed here.

    :raises NotANationalId: naming the rule broken
    """
    number = "".join(text.split()).replace("-", "").replace(".", "")
    if not (number.isascii() and number.isdigit()):
        raise NotANationalId(Rule.DIGITS)
    if len(number) == 12:
        return _duf(number, real=real)
    if len(number) != 11:
        raise NotANationalId(Rule.LENGTH)
    digits = [int(digit) for digit in number]
    day, month = int(number[:2]), int(number[2:4])
    is_d_number, is_synthetic = day > 40, month > 80
    born_on = _birth_date(day - 40 * is_d_number, month - 80 * is_synthetic, int(number[4:6]), int(number[6:9]))
    first = sum(weight * digit for weight, digit in zip(_FIRST, digits, strict=False)) % 11
    second = sum(weight * digit for weight, digit in zip(_SECOND, digits, strict=True)) % 11
    if first not in (0, 1, 2, 3) or second:
        raise NotANationalId(Rule.CHECK_DIGITS)
    if not (synthetic if is_synthetic else real):
        raise NotANationalId(Rule.SERIES)
    kind = Kind.SYNTHETIC if is_synthetic else Kind.D_NUMBER if is_d_number else Kind.FODSELSNUMMER
    return NationalId(number, kind, born_on)


def with_check_digits(nine: str) -> str | None:
    """The eleven digits that begin with these nine, or None where no check digits exist. For synthetic people."""
    digits = [int(digit) for digit in nine]
    first = -sum(weight * digit for weight, digit in zip(_FIRST, digits, strict=False)) % 11
    digits.append(first)
    second = -sum(weight * digit for weight, digit in zip(_SECOND, digits, strict=False)) % 11
    return f"{nine}{first}{second}" if first < 10 and second < 10 else None


def _birth_date(day: int, month: int, year: int, individual: int) -> date:
    if individual < 500:
        century = 1900
    elif individual < 750 and year >= 54:
        century = 1800
    elif individual >= 900 and year >= 40:
        century = 1900
    else:
        century = 2000
    try:
        return date(century + year, month, day)
    except ValueError:
        raise NotANationalId(Rule.DATE) from None


def _duf(number: str, *, real: bool) -> NationalId:
    if not 1900 <= int(number[:4]) <= 2100:
        raise NotANationalId(Rule.DATE)
    check = sum(weight * int(digit) for weight, digit in zip(_DUF, number[:10], strict=True)) % 11
    if check != int(number[10:]):
        raise NotANationalId(Rule.CHECK_DIGITS)
    return NationalId(number, Kind.DUF, None)
