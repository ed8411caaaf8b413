"""What access asks about a household, each as one expression with its SQL in `sql/`: single facts, and lines of them.

Every query on households asks who may see what, often several times over. As querysets inside querysets these
conditions took longer to put together than to answer; and as twelve expressions longer than as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Field
from django.db.models.sql.compiler import SQLCompiler

from people.statements import statement

_FOLDER = Path(__file__).parent / "sql"
_TOLD = re.compile(r"%\((\w+)\)s")
#: The columns in braces, in a query on households.
PATHS = {"pk": "pk", "municipality": "municipality"}
#: And in a statement of ours, which calls its household so.
COLUMNS = {"pk": "household.id", "municipality": "household.municipality_id"}
#: Facts that a line names otherwise: the file, and what it is told under another name.
_RENAMED = {
    "leads": ("at_units", "units", "leading"),
    "with_strict": ("with_masked", "grades", "strict"),
    "reason": ("granted", "kinds", "reasons"),
    "emergency": ("granted", "kinds", "emergency"),
    "sampled": ("granted", "kinds", "samples"),
}


def sql_text(file: str) -> str:
    """A file of `people/sql`."""
    return statement(_FOLDER / file)


@cache
def fact_text(fact: str) -> str:
    """The condition, with `{pk}` and `{municipality}` for the household's columns and `%(name)s` for what is told."""
    file, name, told = _RENAMED.get(fact, (fact, "", ""))
    text = sql_text(f"facts/{file}.sql")
    return text.replace(f"%({name})s", f"%({told})s") if name else text


@cache
def line_text(file: str, *, never: frozenset[str] = frozenset()) -> str:
    """A file of `people/sql` with the facts that it names in braces; `never` are those that cannot be."""
    named = set(re.findall(r"{(\w+)}", sql_text(file)))
    return sql_text(file).format(**{one: "FALSE" if one in never else f"({fact_text(one)})" for one in named})


@lru_cache(maxsize=512)
def _spelt(text: str, columns: tuple[tuple[str, str], ...]) -> tuple[str, tuple[str, ...]]:
    """The text about these columns, and what its places are filled with, in order."""
    spelt = text.format(**dict(columns))
    return f"({_TOLD.sub('%s', spelt)})", tuple(_TOLD.findall(spelt))


class HouseholdCondition(Expression):
    """Whether something holds of a household, or another answer about it, in a query on `Household`.

    :param text: the condition
    :param paths: from the query to the columns in braces, where it is not a query on households
    :param told: values by name; more than the text names does no harm
    """

    def __init__(
        self,
        text: str,
        *,
        output_field: Field[Any, Any] | None = None,
        paths: Mapping[str, str] = PATHS,
        **told: Any,
    ) -> None:
        super().__init__(output_field=output_field or BooleanField())
        self.text, self.told = text, told
        self.named = [name for name in paths if f"{{{name}}}" in text]
        self.columns: list[Any] = [F(paths[name]) for name in self.named]

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        columns = tuple(
            (name, compiler.compile(column)[0]) for name, column in zip(self.named, self.columns, strict=True)
        )
        sql, names = _spelt(self.text, columns)
        return sql, tuple(self.told[name] for name in names)
