"""Columns that hold encrypted text. Code reads and writes plain text; the database and its history see none.

An empty text stays empty: that somebody has no number is no secret.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Value

from people.encryption import Keyring

#: parts the hash from the encrypted text
_SLASH = "/"
#: what may be asked of encrypted text: whether there is any, and, by a trigger, whether a row's was written anew
_ALLOWED = ("isnull", "df")


def keyring() -> Keyring:
    return settings.KEYRING


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted in the database. `place` is the table and column it is bound to; a copy in history keeps it.

    Nothing can be looked up in it, not even equality: each encryption of the same text is another.
    """

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        self.place = place
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "place": self.place}

    def encrypted(self, plain: str) -> str:
        return keyring().encrypt(plain, place=self.place)

    def decrypted(self, text: str) -> str:
        """:raises CannotDecrypt: when the key is not here or the text does not belong here"""
        return keyring().decrypt(text, place=self.place)

    def is_current(self, text: str) -> bool:
        """Whether it is empty or encrypted under the current key."""
        return not text or text.startswith(f"{keyring().keys[0].id}:")

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> str | None:
        return self.decrypted(value) if value else value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if not value or hasattr(value, "as_sql"):
            return super().get_db_prep_save(value, connection)
        return self.encrypted(str(value))

    def get_lookup(self, lookup: str) -> Any:
        return super().get_lookup(lookup) if lookup in _ALLOWED else self._refuse()

    def get_transform(self, lookup: str) -> Any:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise FieldError(f"{self.name} is encrypted: nothing can be looked up in it.")


class EncryptedNumberField(EncryptedTextField):
    """An identifying number, encrypted, with its keyed hash before it: `hash/text`.

    Equality is asked of a column beside it that the database fills itself, `hash_of(name)`, with `hashes`.
    """

    def encrypted(self, plain: str) -> str:
        known_by = self.hashes(plain)[0]
        return f"{known_by}{_SLASH}{keyring().encrypt(plain, place=self.place, beside=known_by)}"

    def decrypted(self, text: str) -> str:
        known_by, _slash, encrypted = text.partition(_SLASH)
        return keyring().decrypt(encrypted, place=self.place, beside=known_by)

    def is_current(self, text: str) -> bool:
        known_by, _slash, encrypted = text.partition(_SLASH)
        return super().is_current(encrypted) and (not text or known_by.startswith(f"{keyring().hash_keys[0].id}:"))

    def hashes(self, plain: str) -> list[str]:
        """What the column beside may hold for this number: one a hash key, the current one first."""
        return keyring().hashes(plain, place=self.place)

    def _refuse(self) -> NoReturn:
        raise FieldError(f"{self.name} is encrypted: look numbers up with .with_number(…) or .with_numbers(…).")


def hash_of(name: str) -> models.GeneratedField:
    """The hash in an `EncryptedNumberField`, cut out by the database itself, so that the two cannot differ."""
    return models.GeneratedField(
        expression=Func(F(name), Value(_SLASH), Value(1), function="split_part", output_field=models.CharField()),
        output_field=models.CharField(max_length=64, db_collation="C"),
        db_persist=True,
    )
