"""docs/kpi.md tells what the catalogue counts, and every indicator can be asked."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from kpi.catalogue import CATALOGUE
from kpi.declaring import Population
from kpi.documentation import cells_table, words_table
from kpi.relations import _SQL, POPULATIONS

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "kpi.md"


def test_the_document_has_the_catalogue_s_own_tables() -> None:
    text = DOCUMENT.read_text("utf-8")
    for table in (cells_table(), words_table()):
        assert table in text, f"put this into docs/kpi.md:\n{table}"


def test_the_document_names_every_population_and_the_statements_have_it() -> None:
    text = DOCUMENT.read_text("utf-8")
    statements = "".join((_SQL / name).read_text("utf-8") for name in POPULATIONS)
    for population in Population:
        assert f"**`{population.value}`**" in text
        assert re.search(rf"^{population.value} AS ((NOT )?MATERIALIZED )?\(", statements, re.MULTILINE), population
    asked = {indicator.population for indicator in CATALOGUE} | {indicator.of for indicator in CATALOGUE}
    assert asked - {None} == set(Population)
