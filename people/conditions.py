"""A fact about a household as one expression, its SQL in `sql/facts/`.

Every query on households asks who may see what, often several times over. As querysets inside querysets these
conditions took longer to put together than to answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F
from django.db.models.sql.compiler import SQLCompiler

_FOLDER = Path(__file__).parent / "sql"
_TOLD = re.compile(r"%\((\w+)\)s")
_COLUMNS = ("pk", "municipality")


@cache
def sql_text(file: str) -> str:
    """A file of `people/sql` without what it says of itself."""
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def fact_text(fact: str) -> str:
    """The condition, with `{pk}` and `{municipality}` for the household's columns and `%(name)s` for what is told."""
    return sql_text(f"facts/{fact}.sql")


class HouseholdCondition(Expression):
    """Whether something holds of a household, in a query on `Household`.

    :param fact: the file with the condition
    :param told: values by name; more than the file names does no harm
    """

    output_field = BooleanField()

    def __init__(self, fact: str, **told: Any) -> None:
        super().__init__(output_field=BooleanField())
        self.fact, self.told = fact, told
        self.named = [name for name in _COLUMNS if f"{{{name}}}" in fact_text(fact)]
        self.columns: list[Any] = [F(name) for name in self.named]

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        columns = {name: compiler.compile(column)[0] for name, column in zip(self.named, self.columns, strict=True)}
        text = fact_text(self.fact).format(**columns)
        return f"({_TOLD.sub('%s', text)})", tuple(self.told[name] for name in _TOLD.findall(text))
