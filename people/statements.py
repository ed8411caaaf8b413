"""Statements that stand in files of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def statement(file: Path) -> str:
    """A file of SQL as it is sent: without indentation and whole lines of comment, which are read anew every time."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("--"))


def rows(sql: str, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the statement finds, each row by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {**told})
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
