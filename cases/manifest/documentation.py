"""The manifest as the tables of docs/privacy.md, written by `manage.py privacy`; a test holds the document to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import translation

from cases.manifest import MANIFEST, Entry, Field, Given

BEGIN, END = "<!-- from the manifest -->", "<!-- to here -->"


def tables() -> str:
    """A heading a model: what it is kept for, how long, and its fields by class and treatment."""
    with translation.override("en"):
        return "\n".join(line for entry in MANIFEST for line in _section(entry))


def with_tables(document: str) -> str:
    """The document with what stands between the marks made anew."""
    before, rest = document.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def _section(entry: Entry) -> Iterator[str]:
    yield f"### `{entry.model}`: {entry.title}"
    yield ""
    yield f"Kept {entry.purpose}. When its household is destroyed: {entry.fate}{_lost(entry)}."
    yield ""
    yield "| class | fields | the person is given |"
    yield "| --- | --- | --- |"
    for (data_class, given), fields in groupby(sorted(entry, key=_order), key=lambda f: (f.data_class, f.given)):
        names = ", ".join(f"`{field.name}`" for field in fields)
        yield f"| {data_class} | {names} | {given} |"
    yield ""


def _lost(entry: Entry) -> str:
    return f" (loses {', '.join(f'`{name}`' for name in entry.cleared)})" if entry.cleared else ""


def _order(field: Field) -> tuple[int, str, str]:
    return list(Given).index(field.given), field.data_class, field.name
