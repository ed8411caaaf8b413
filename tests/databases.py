"""Test databases: one clean one, migrated by the owner and kept between runs, and its copies.

A copy takes a second where migrating takes ten and more, so every run starts with one; and a test with real
transactions ends with a new one where what it wrote cannot be taken out again (restoring.py). The clean one's name
tells what it was made from; when that changes, so does it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections
from django.db.backends.utils import CursorWrapper
from psycopg.errors import InsufficientPrivilege

from people.owner import as_owner
from people.privileges import on_database

PREFIX = "test_varig_clean_"
#: any number that nobody else locks
MAKING = 20_261_122


def clean_database() -> str:
    """The name of the clean database, made now if nobody made it yet: two processes may ask at once."""
    name = PREFIX + fingerprint()
    with maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        present = {found for (found,) in cursor.fetchall()}
        if name not in present:
            for outdated in present:
                _drop(cursor, outdated)
            _make(cursor, name)
    return name


def copy(clean: str, name: str) -> None:
    """Put a copy of the clean database in the place of the one called `name`, whoever is connected to that."""
    with maintenance() as cursor:
        _drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{clean}" STRATEGY FILE_COPY')
        cursor.execute("; ".join(on_database(name)))


def drop(name: str) -> None:
    with maintenance() as cursor:
        _drop(cursor, name)


def _drop(cursor: CursorWrapper, name: str) -> None:
    """Waits while the server itself tidies up in the database: its worker ends soon, but not at the owner's word."""
    for _attempt in range(99):
        try:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            sleep(0.1)
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def maintenance() -> Iterator[CursorWrapper]:
    """A cursor of the owner's outside every database of ours."""
    with as_owner() as owner, owner._nodb_cursor() as cursor:
        yield cursor


@contextmanager
def named(name: str) -> Iterator[None]:
    """Within the block every connection of this process goes to the database `name`."""
    before = settings.DATABASES["default"]["NAME"]
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)


def _go_to(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def fingerprint() -> str:
    """What the clean database is made from: migrations, SQL, reference data, privileges and the packages' versions."""
    base: Path = settings.BASE_DIR
    files = [base / "requirements.lock", base / "people" / "privileges.py"]
    for app in ("people", "housing", "cases", "kpi"):
        for folder in ("migrations", "sql", "data"):
            files += (
                file for file in (base / app / folder).rglob("*") if file.suffix in (".py", ".sql", ".csv", ".toml")
            )
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(base)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _make(cursor: CursorWrapper, name: str) -> None:
    draft = "test_varig_draft"
    _drop(cursor, draft)
    cursor.execute(f'CREATE DATABASE "{draft}"')
    with named(draft), as_owner():
        call_command("migrate", verbosity=0)
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
