"""Encrypting again what is not under the current keys, before an old key goes out of use."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from people.encrypted_fields import EncryptedTextField
from people.encryption import CannotDecrypt
from people.reencryption import encrypted_columns, encrypted_history, key_ids, renew


class Command(BaseCommand):
    """Brings every encrypted column under the current keys, then says which keys are still needed."""

    help = (
        "Encrypts identifiers and whereabouts anew under the first of VARIG_KEYS, and hashes anew under the first of"
        " VARIG_HASH_KEY, in batches. It can be stopped and run again. History is evidence and stays as it was"
        " written: the command says which keys it needs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-count", action="store_true", help="say what stands under which key; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        for field in encrypted_columns():
            if not options["only_count"]:
                self.stdout.write(f"{_place(field)}: {self._renewed(field)} encrypted anew")
            self._count(field, "rows")
        for field in encrypted_history():
            self._count(field, "rows of history")

    def _renewed(self, field: EncryptedTextField) -> int:
        try:
            with pghistory.context(act="keys.rotated"):
                return sum(renew(field, connection))
        except CannotDecrypt as error:
            raise CommandError(f"{error} Put the key back, last in the list, and run this again.") from error

    def _count(self, field: EncryptedTextField, what: str) -> None:
        for key, count in key_ids(field, connection).items():
            self.stdout.write(f"{_place(field)}: {count} {what} under {key}")


def _place(field: EncryptedTextField) -> str:
    return f"{field.model._meta.db_table}.{field.column}"
