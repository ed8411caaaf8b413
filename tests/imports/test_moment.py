"""Import and export beside others who work at the same time, each in its own transaction."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from people.models import Person, Unit
from tests.imports.files import VALID, exported, imported, run_import, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_export_shows_one_moment_and_goes_in_again(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)

    once = exported(tmp_path / "once")

    assert run_import(tmp_path / "once").status == 0
    assert exported(tmp_path / "twice") == once


def test_what_somebody_else_saves_meanwhile_refuses_the_import_as_a_whole(tmp_path: Path) -> None:
    begun = Event()

    def save_while_the_import_waits() -> None:
        with transaction.atomic():
            Unit.objects.create(ref="unit", municipality_id="0301", name="Somebody else's")
            begun.set()
            wait_for_a_waiting_statement()
        connection.close()

    other = Thread(target=save_while_the_import_waits)
    other.start()
    begun.wait()
    with pytest.raises(CommandError, match="Somebody else registered the same meanwhile"):
        run_import(write(tmp_path, **VALID))
    other.join()

    assert Unit.objects.get().municipality_id == "0301"
    assert not Person.objects.exists()


def wait_for_a_waiting_statement() -> None:
    with connection.cursor() as cursor:
        for _try in range(500):
            # other workers wait in databases of their own
            cursor.execute(
                "SELECT count(*), pg_sleep(0.02) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE NOT granted AND datname = current_database()"
            )
            [(waiting, _slept)] = cursor.fetchall()
            if waiting:
                return
