"""docs/glossary.md has a word for everything that has a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from pghistory.models import Event

from housing.spells import Stretch, derive, is_over
from housing.states import Kind
from people.models.person import FOLDED

GLOSSARY = (Path(settings.BASE_DIR) / "docs" / "glossary.md").read_text(encoding="utf-8")
OURS = ("people", "housing", "cases", "kpi")


def our_models() -> dict[str, type[models.Model]]:
    found = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return {model.__name__: model for model in found if not issubclass(model, Event)}


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of each row under a heading, its tables' heads left out."""
    section = GLOSSARY.split(f"## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.strip().startswith("|") and cells[0] != "---" and cells[0] not in ("word", "model", "first night"):
            yield cells


def folded(text: str) -> str:
    return text.lower().translate(str.maketrans(*FOLDED)).replace("æ", "ae")


def day(text: str) -> date:
    return date(*map(int, reversed(text.split("."))))


def test_every_model_has_its_row_and_every_row_its_model() -> None:
    assert {cells[0].strip("`") for cells in rows("Models")} == set(our_models())


@pytest.mark.parametrize(("model", "norwegian"), [cells[:2] for cells in rows("Models")])
def test_a_model_s_docstring_has_the_norwegian_word_of_its_row(model: str, norwegian: str) -> None:
    docstring = folded(re.sub(r"\s+", " ", our_models()[model.strip("`")].__doc__ or ""))

    assert f"({folded(norwegian)})" in docstring


def test_a_word_stands_once() -> None:
    words = [cells[0] for heading in ("Words of the field", "Models") for cells in rows(heading)]

    assert sorted(words) == sorted(set(words))


def test_every_word_has_its_norwegian_and_its_meaning() -> None:
    for heading in ("Words of the field", "Models"):
        for cells in rows(heading):
            assert len(cells) == 3 and all(cells), cells


def test_the_table_of_limits_is_what_the_rule_gives() -> None:
    table = list(rows("How time is counted"))

    assert len(table) == 5
    for first_night, limit, last_night, breach in table:
        [stay] = derive([Stretch(Kind.TEMPORARY, day(first_night), None)])
        assert stay.limit_on == day(limit)
        assert last_night == f"{day(limit) - timedelta(days=1):%d}.→{limit}"
        assert (is_over(stay, day(limit)), is_over(stay, day(breach))) == (False, True)
        assert day(breach) == day(limit) + timedelta(days=1)
