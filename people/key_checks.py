"""Whether the keys at hand read what is stored, said by `manage.py check --database default`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Worry
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from people.encrypted_fields import EncryptedTextField, keyring
from people.reencryption import encrypted_columns, encrypted_history, key_ids

_HINT = "Put it back into VARIG_KEYS or VARIG_HASH_KEY, last in the list."


@register(Tags.database)
def keys_read_what_is_stored(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """With a key missing, numbers cannot be read, or people who are here are registered anew."""
    said: list[CheckMessage] = []
    for alias in databases or ():
        for field in encrypted_columns():
            said += [Error(text, hint=_HINT, id="people.E020") for text in _missing(field, alias)]
        for field in encrypted_history():
            said += [Worry(f"In history: {text}", hint=_HINT, id="people.W020") for text in _missing(field, alias)]
    return said


def _missing(field: EncryptedTextField, alias: str) -> list[str]:
    connection, table = connections[alias], field.model._meta.db_table
    if not _is_made(field, connection):
        return []  # migrate asks before it makes one
    here = {"?", *(key.id for key in (*keyring().keys, *keyring().hash_keys))}
    stored = key_ids(field, connection).items()
    counts = {ids: count for ids, count in stored if not {*ids.split("/")} <= here}
    return [f"{count} rows of {table} were written under {ids}: a key is not here." for ids, count in counts.items()]


def _is_made(field: EncryptedTextField, connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s)",
            [connection.ops.quote_name(field.model._meta.db_table), field.column],
        )
        return bool(cursor.fetchone()[0])
