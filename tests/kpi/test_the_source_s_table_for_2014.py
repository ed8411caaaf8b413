"""The source's own table, as a test: the figures it prints come out of stays that give them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from kpi.declaring import Rule
from kpi.measurement import ALL, Period, Question, behind, measure
from tests.country_2014 import plans, store

YEAR = Period(date(2014, 1, 1), date(2015, 1, 1))


@pytest.mark.django_db
def test_the_country_of_2014_gives_the_figures_that_the_strategy_prints() -> None:
    store(plans())
    nation = {figure.indicator.code: figure for figure in measure(Question(), [YEAR]) if figure.municipality == ALL}
    assert (nation["2.1"].numerator, nation["2.1"].denominator) == (3956, 5438)
    assert nation["2.1"].value == Decimal("72.7")
    assert nation["2.2"].value == 1482
    assert nation["2.s2"].value == 5438
    assert nation["3.2"].value == 363
    assert (nation["3.1"].numerator, nation["3.1"].denominator) == (239, 363)
    assert nation["3.1"].value == Decimal("65.8")
    assert nation["2.s1"].value == 561
    assert {round(nation[code].value or 0) for code in ("2.1", "3.1")} == {73, 66}

    lists = behind(Question(), YEAR)
    for code in ("2.1", "2.2", "2.s1", "2.s2", "3.1", "3.2"):
        assert len(lists[code, ALL].households) == nation[code].numerator
        assert len(lists[code, ALL].population) == (nation[code].denominator or 0)

    printed = StringIO()
    call_command(
        "measure", municipality="all", starts_on=YEAR.starts_on, ends_on=YEAR.ends_on, indicator=["3.2"], stdout=printed
    )
    rows = json.loads(printed.getvalue())
    assert sum(row["numerator"] > 0 for row in rows if row["municipality"] != "all") == 61
    assert [row["numerator"] for row in rows if row["municipality"] == "all"] == [363]

    # nights inside the year alone: whoever stayed over the New Year has fewer of them
    in_year = {f.indicator.code: f for f in measure(Question(rule=Rule.KOSTRA), [YEAR]) if f.municipality == ALL}
    assert in_year["2.s2"].value == 5438
    assert in_year["2.2"].value != 1482
