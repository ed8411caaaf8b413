"""The cells of KOSTRA's form 13, its checks between cells, what is to be explained, and the published shares."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpi.form_checks import CHECKS, FACT_CHECKS, SOFT, WORDS, Check
from kpi.kostra import LABELS, RECKONED, asked_of, cells_of, is_much, rounded


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
def test_each_check_finds_what_is_wrong_and_nothing_else(check: Check) -> None:
    right = {**dict.fromkeys(check.parts, 2), check.whole: 2 * len(check.parts)}

    assert not check.found(right)
    assert check.found({**right, check.whole: 1})
    assert bool(check.found({**right, check.parts[0]: 3})) is (check.is_sum or len(check.parts) == 1)
    assert not check.found({})
    assert not check.found({**right, check.whole: None})


def test_the_reasons_are_six_before_2020_and_four_from_then_on() -> None:
    before, after = ({cell.key for cell in cells_of(year)} for year in (2019, 2020))

    assert before | after == set(LABELS)
    assert after - before == {"allotted_mental_or_drugs", "waiting_mental_or_drugs"}
    assert before - after == {
        f"{block}_{reason}" for block in ("allotted", "waiting") for reason in ("mental", "drugs", "mental_and_drugs")
    }
    assert set(asked_of(2019)) == {*(before - after), "inhabitants"}
    assert set(asked_of(2020)) == {"inhabitants"}


@pytest.mark.parametrize(
    ("value", "before", "much"),
    [
        (26, 20, True),  # six, and 30 per cent
        (25, 20, True),  # 25 per cent
        (24, 20, False),
        (5, 4, True),
        (106, 100, True),  # six
        (105, 100, False),
        (0, 0, False),
        (1, 0, True),
        (1, None, False),
        (None, 1, False),
    ],
)
def test_a_change_is_much_above_twenty_per_cent_or_above_five(
    value: int | None, before: int | None, much: bool
) -> None:
    assert is_much(value, before) is much


@pytest.mark.parametrize(
    ("counted", "of", "decimals", "published"),
    [
        (3956, 5438, 0, "73"),
        (239, 363, 0, "66"),
        (50_989, 105_567, 0, "48"),
        (12_973, 105_567, 1, "12.3"),
        (4091, 8770, 0, "47"),
        (341, 2273, 0, "15"),
        (1, 0, 0, None),
    ],
)
def test_the_published_shares_of_2014_come_from_their_parts(
    counted: int, of: int, decimals: int, published: str | None
) -> None:
    assert rounded(counted, of, decimals=decimals) == (Decimal(published) if published else None)


def test_the_shares_over_the_cells_are_those_published() -> None:
    values = {"dwellings": 105_567, "dwellings_accessible": 50_989, "allotted": 12_973, "inhabitants": 5_109_056}
    values |= {"temporary": 5438, "temporary_three_months": 3956}
    told = {one.key: one.value(values) for one in RECKONED}

    assert (told["accessible"], told["turnover"], told["three_months"]) == (Decimal(48), Decimal("12.3"), Decimal(73))
    assert told["per_1000"] == Decimal("20.7")
    assert told["owned"] is None


def test_every_check_has_words_and_only_soft_ones_are_set_aside() -> None:
    assert {check.key for check in FACT_CHECKS if check.is_hard} == {"no_end", "nobody"}
    assert not SOFT & {"dwellings_sum", "duration", "no_end", "nobody", "unanswered"}
    assert set(WORDS) >= SOFT >= {"no_inhabitants"}
