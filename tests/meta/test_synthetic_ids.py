"""No number in the repository could be somebody's: only Tenor's synthetic series, month + 80."""

from __future__ import annotations

import re
from collections.abc import Iterator

from people.national_ids import NotANationalId, read_national_id, with_check_digits
from tests.source import ROOT, files

_ELEVEN = re.compile(r"(?<!\d)\d{6}[ -]?\d{5}(?!\d)")


def could_be_somebody_s(text: str) -> Iterator[str]:
    for found in _ELEVEN.findall(text):
        try:
            yield read_national_id(found, real=True, synthetic=False).number
        except NotANationalId:
            continue


def test_no_file_has_a_number_that_could_be_somebody_s() -> None:
    found = {
        str(path.relative_to(ROOT)): numbers
        for path in files()
        if b"\0" not in (content := path.read_bytes())
        if (numbers := list(could_be_somebody_s(content.decode(errors="replace"))))
    }

    assert found == {}


def numbers_born_on(six: str) -> list[str]:
    """All that begin with these six digits and an individual number below 100."""
    return [number for n in range(100) if (number := with_check_digits(f"{six}{n:03}"))]


def test_numbers_of_the_real_series_would_be_seen_however_written() -> None:
    numbers = numbers_born_on("010190")

    assert list(could_be_somebody_s("\n".join(numbers))) == numbers != []
    assert list(could_be_somebody_s(", ".join(f"{n[:6]} {n[6:]}" for n in numbers))) == numbers


def test_numbers_of_the_synthetic_series_are_let_through() -> None:
    assert numbers_born_on("018190")
    assert list(could_be_somebody_s(" ".join(numbers_born_on("018190")))) == []
