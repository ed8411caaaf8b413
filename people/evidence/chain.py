"""The ledger's chain, and its head written where the database's owner cannot reach it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection

#: a head of the empty chain
NOTHING = ""


def seal() -> int:
    """Chain what is committed and waits in the inbox; how many entries. Nobody who writes waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.seal()")
        [(sealed,)] = cursor.fetchall()
    return int(sealed)


@dataclass(frozen=True)
class Head:
    """The last entry at a moment. Whoever has it can tell a chain cut short or made anew."""

    number: int
    #: SHA-256, hexadecimal
    hash: str
    #: when it was written, with its offset
    at: str


def head(at: datetime) -> Head:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, encode(hash, 'hex') FROM audit.ledger ORDER BY id DESC LIMIT 1")
        number, digest = cursor.fetchone() or (0, NOTHING)
    return Head(number=number, hash=digest, at=at.isoformat())


def file_of(folder: Path, day: date) -> Path:
    return folder / f"{day.isoformat()}.json"


def write_head(folder: Path, *, day: date, at: datetime) -> Head | None:
    """Chain what waits and write the day's head. None when the day has one already: it is never written over.

    :raises OSError: when the folder is missing or cannot be written
    """
    seal()
    written = head(at)
    try:
        with file_of(folder, day).open("x", encoding="utf-8") as file:
            json.dump(asdict(written), file)
    except FileExistsError:
        return None
    return written


def heads(folder: Path) -> Iterator[tuple[str, Head | None]]:
    """Each head in the folder with its file's name, the oldest first; None for a file that holds no head.

    :raises OSError: when the folder cannot be read
    """
    for file in sorted(path for path in folder.iterdir() if path.suffix == ".json"):
        try:
            yield file.name, Head(**json.loads(file.read_text(encoding="utf-8")))
        except (TypeError, ValueError):
            yield file.name, None
