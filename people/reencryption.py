"""Writing encrypted columns anew: under today's keys, or for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event

from people.encrypted_fields import EncryptedTextField

#: rows in one transaction: half a second of work
AT_A_TIME = 2_000
#: an encrypted text, and before it a hash and a slash where the column has one
_WRITTEN = "^([a-z0-9]{1,16}:[A-Za-z0-9_-]+/)?[a-z0-9]{1,16}:[A-Za-z0-9_-]+$"


def encrypted_columns() -> list[EncryptedTextField]:
    """Every encrypted column of today's rows. What stands in history stays as it was written."""
    return [field for model in apps.get_models() if not issubclass(model, Event) for field in _encrypted_in(model)]


def encrypted_history() -> list[EncryptedTextField]:
    return [field for model in apps.get_models() if issubclass(model, Event) for field in _encrypted_in(model)]


def renew(field: EncryptedTextField, connection: BaseDatabaseWrapper) -> Iterator[int]:
    """Encrypt anew whatever is not under the current keys, a batch a transaction; how many rows, batch by batch.

    Stopped at any moment it goes on where it was: what is done is under the current keys.

    :raises CannotDecrypt: when a row was written under a key that is not here
    """
    last = 0
    while True:
        with transaction.atomic(using=connection.alias):
            found = _batch(field, connection, after=last, for_update=True)
            outdated = [(pk, text) for pk, text in found if not field.is_current(text)]
            _write(field, connection, [(pk, field.encrypted(field.decrypted(text))) for pk, text in outdated])
        if not found:
            return
        last = found[-1][0]
        yield len(outdated)


def key_ids(field: EncryptedTextField, connection: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows stand under each key, the hash's key before it where there is one; "?" is no encrypted text."""
    table, _pk, column = _names(field, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT CASE WHEN {column} ~ %s THEN regexp_replace({column}, ':[^/]*', '', 'g') ELSE '?' END AS ids,"
            f" count(*) FROM {table} WHERE {column} <> '' GROUP BY ids ORDER BY ids",
            [_WRITTEN],
        )
        return dict(cursor.fetchall())


def convert(model: type[models.Model], name: str, one: Callable[[Any, str], str], editor: Any) -> None:
    """For a migration, as the owner: rewrite a whole column, history's too, and leave no trace of a change.

    :param one: from the field and a stored text to another
    """
    connection, field = editor.connection, model._meta.get_field(name)
    assert isinstance(field, EncryptedTextField)
    table, _pk, _column = _names(field, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    last = 0
    while found := _batch(field, connection, after=last):
        _write(field, connection, [(pk, one(field, text)) for pk, text in found])
        last = found[-1][0]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _encrypted_in(model: type[models.Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def _batch(
    field: EncryptedTextField, connection: BaseDatabaseWrapper, *, after: int, for_update: bool = False
) -> list[tuple[int, str]]:
    """Key and stored text of the next rows that have one."""
    table, pk, column = _names(field, connection)
    held = " FOR NO KEY UPDATE" if for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk}, {column} FROM {table} WHERE {pk} > %s AND {column} <> '' ORDER BY {pk} LIMIT %s{held}",
            [after, AT_A_TIME],
        )
        return list(cursor.fetchall())


def _write(field: EncryptedTextField, connection: BaseDatabaseWrapper, rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    table, pk, column = _names(field, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = told.text FROM unnest(%s::bigint[], %s::text[]) AS told(id, text)"
            f" WHERE {table}.{pk} = told.id",
            [[key for key, _text in rows], [text for _key, text in rows]],
        )


def _names(field: EncryptedTextField, connection: BaseDatabaseWrapper) -> tuple[str, str, str]:
    """Table, key and column, as SQL writes them."""
    quote, of = connection.ops.quote_name, field.model._meta
    return quote(of.db_table), quote(str(of.pk.column)), quote(str(field.column))
