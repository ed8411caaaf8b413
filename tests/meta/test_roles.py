"""What the database refuses the app, tried on the connection that the web has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection, connections, transaction
from django.utils.translation import override
from psycopg.errors import InsufficientPrivilege

from kpi.models import CatalogueRow
from people.actors import ACTORS
from people.checks import app_is_only_the_app, deployed_as_only_the_app, somebody_to_ring
from people.decision import Purpose
from people.evidence.chain import seal
from people.evidence.verification import verify
from people.logins import APP, AUDIT, OWNER
from people.models import DutyContact, DutyHours, Employee, Municipality, Reading, Unit, UnitKind
from people.models.reading import Showing
from people.owner import as_owner
from people.read_log import Read, write_readings
from tests.factories.people import UnitFactory

UnitEvent: Any = apps.get_model("people", "UnitEvent")

REFUSED = [
    # history
    "INSERT INTO people_unitevent SELECT * FROM people_unitevent",
    "UPDATE people_unitevent SET name = 'other'",
    "DELETE FROM people_unitevent",
    "TRUNCATE people_unitevent",
    "SELECT * FROM people_unitevent FOR UPDATE",
    "COPY people_unitevent FROM STDIN",
    # what is appended to
    "UPDATE people_journalentry SET reason = 'other'",
    "DELETE FROM people_journalentry",
    *(
        f"{act} {table}{rest}"
        for table in ("audit.inbox", "audit.ledger", "audit.read_log", "audit.shape")
        for act, rest in (
            ("INSERT INTO", f" OVERRIDING SYSTEM VALUE SELECT * FROM {table}"),
            ("UPDATE", " SET at = now()"),
            ("DELETE FROM", ""),
            ("TRUNCATE", ""),
            ("COPY", " FROM STDIN"),
            ("LOCK TABLE", " IN ACCESS EXCLUSIVE MODE"),
            ("ALTER TABLE", " DISABLE TRIGGER ALL"),
            ("ALTER TABLE", " ADD COLUMN other text"),
            ("ALTER TABLE", f" OWNER TO {APP}"),
            ("DROP TABLE", ""),
            ("CREATE INDEX ON", " (at)"),
        )
    ),
    "SELECT * FROM audit.ledger FOR UPDATE",
    # forging through what makes the evidence
    "SELECT audit.record()",
    "SELECT audit.watch('public.people_unitevent')",
    "SELECT nextval('audit.inbox_id_seq')",
    "SELECT setval('audit.read_log_id_seq', 1)",
    "ALTER FUNCTION audit.read(bigint, text, text, text, jsonb) OWNER TO varig_app",
    "CREATE OR REPLACE FUNCTION audit.seal() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint'",
    "DROP FUNCTION audit.seal()",
    "CREATE FUNCTION audit.other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE audit.other (id int)",
    "CREATE TABLE public.other (id int)",
    "CREATE VIEW other AS SELECT 1",
    "ALTER SCHEMA audit RENAME TO other",
    "DROP SCHEMA audit CASCADE",
    "ALTER TABLE people_unitevent DISABLE TRIGGER ledger",
    "ALTER TABLE people_journalentry DISABLE TRIGGER ledger",
    "DROP TRIGGER ledger ON people_unitevent",
    "CREATE TRIGGER ledger AFTER INSERT ON people_unit EXECUTE FUNCTION audit.record('1', 'id')",
    # reference and derived
    "UPDATE people_municipality SET name = 'other'",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0099', now())",
    "DELETE FROM housing_spell",
    "UPDATE housing_spell SET ends_on = '2020-01-01'",
    # ordinary tables: rows only
    "TRUNCATE people_unit CASCADE",
    "TRUNCATE people_journalentry",
    "ALTER TABLE people_unit DISABLE TRIGGER ALL",
    "ALTER TABLE people_unit ADD COLUMN other text",
    "ALTER TABLE people_unit OWNER TO varig_app",
    "DROP TABLE people_unit",
    "CREATE TRIGGER other AFTER INSERT ON people_unit EXECUTE FUNCTION pgtrigger_other()",
    "CREATE INDEX ON people_unit (name)",
    # things of its own
    "CREATE TABLE other (id int)",
    "CREATE TEMP TABLE people_unitevent (id int)",
    "CREATE TEMP TABLE inbox (id int)",
    "CREATE TEMP VIEW ledger AS SELECT 1",
    "SELECT 1 AS id INTO TEMP read_log",
    "CREATE SCHEMA other",
    "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE EXTENSION citext",
    "CREATE DATABASE other",
    "CREATE ROLE other",
    # becoming another
    f"SET ROLE {OWNER}",
    f"SET ROLE {AUDIT}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    f"GRANT {OWNER} TO {APP}",
    f"ALTER ROLE {APP} SUPERUSER",
    # switching triggers off, reaching out
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    f"ALTER ROLE {APP} SET session_replication_role = replica",
    "ALTER SYSTEM SET fsync = off",
    "SELECT pg_read_file('PG_VERSION')",
    "COPY people_unit TO '/tmp/other'",
    "COPY people_unit TO PROGRAM 'cat'",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED)
def test_the_app_is_refused(statement: str) -> None:
    # CREATE DATABASE looks at the transaction before the rights.
    needs_autocommit = statement.startswith(("CREATE DATABASE", "ALTER SYSTEM"))
    if needs_autocommit:
        return refused_outside_a_transaction(statement)
    with pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


def refused_outside_a_transaction(statement: str) -> None:
    other = connection.copy()
    try:
        with pytest.raises(Error) as refusal, other.cursor() as cursor:
            cursor.execute(statement)
    finally:
        other.close()
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


def a_unit() -> Unit:
    return Unit.objects.create(municipality=Municipality.objects.earliest("pk"), name="Grünerløkka")


@pytest.mark.django_db
def test_the_app_cannot_skip_history_by_ignoring_the_triggers() -> None:
    with pgtrigger.ignore():
        unit = a_unit()
        Unit.objects.filter(pk=unit.pk).update(name="Sagene")
        unit.delete()

    kept = UnitEvent.objects.order_by("pgh_id").values_list("pgh_label", "name")
    assert list(kept) == [("insert", "Grünerløkka"), ("update", "Sagene"), ("delete", "Sagene")]


@pytest.mark.django_db
def test_history_writes_no_context_row_that_the_app_could_change() -> None:
    a_unit()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_check_finds_nothing_wrong_with_the_app() -> None:
    assert app_is_only_the_app(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_the_check_refuses_to_serve_as_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_owner():
        monkeypatch.setitem(settings.DATABASES["default"], "USER", OWNER)

        [error] = app_is_only_the_app(databases=["default"])

        [deployed] = deployed_as_only_the_app()

    assert error.id == deployed.id == "people.E001"


@pytest.mark.django_db(transaction=True)
def test_the_check_refuses_whoever_could_become_the_audit_role() -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("SET ROLE varig_audit")

        [error] = deployed_as_only_the_app()

    assert error.id == "people.E001"


@pytest.mark.django_db
def test_the_check_before_a_deployment_finds_nothing_wrong_with_the_app_and_asks_once() -> None:
    assert deployed_as_only_the_app() == []
    assert deployed_as_only_the_app(databases=["default"]) == []


@pytest.mark.django_db
def test_the_check_of_the_database_asks_for_somebody_to_ring_and_a_special_unit_in_every_municipality_in_use() -> None:
    with override("nn"):
        assert somebody_to_ring(databases=["default"]) == []
        unit = UnitFactory.create()

        found = somebody_to_ring(databases=["default"])

        assert {one.id for one in found} == {"people.W003"}
        assert [unit.municipality.name in one.msg for one in found] == [True] * 3
        for hours in DutyHours:
            DutyContact.objects.create(
                municipality=unit.municipality,
                hours=hours,
                name="Vakt Vaktesen",
                phone="00000000",
                starts_on=date(2026, 1, 1),
            )
        UnitFactory.create(municipality=unit.municipality, kind=UnitKind.SPECIAL)
        assert somebody_to_ring(databases=["default"]) == []


@pytest.mark.django_db
def test_the_check_before_a_deployment_says_when_the_database_does_not_answer() -> None:
    here, nowhere = connections["default"], connection.copy()
    nowhere.settings_dict.update(HOST="/nowhere")
    connections["default"] = nowhere
    try:
        [error] = deployed_as_only_the_app()
    finally:
        connections["default"] = here

    assert error.id == "people.W002"


@pytest.mark.django_db(transaction=True)
def test_migrating_again_takes_back_a_right_that_somebody_gave() -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(
            f"GRANT ALL ON people_unitevent TO {APP}; GRANT TEMP ON DATABASE {owner.settings_dict['NAME']} TO PUBLIC"
        )

    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('people_unitevent', 'DELETE'),"
            " has_database_privilege(current_database(), 'TEMP')"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db(transaction=True)
def test_flush_keeps_what_migrations_wrote_and_empties_the_rest() -> None:
    a_unit()

    call_command("flush", interactive=False, verbosity=0)

    assert Municipality.objects.exists()
    assert CatalogueRow.objects.exists()
    assert {*Employee.objects.values_list("username", flat=True)} == set(ACTORS)
    assert not Unit.objects.exists()
    assert not UnitEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_flush_begins_the_ledger_anew_with_the_systems_actors_alone() -> None:
    a_unit()
    write_readings(
        [Read(purpose=Purpose.SYSTEM)],
        by=Employee.objects.earliest("pk"),
        what=Showing.COMMAND,
        route="command",
        request="",
    )
    seal()

    call_command("flush", interactive=False, verbosity=0)

    assert not Reading.objects.exists()
    assert ledgered() == {"audit.shape", "public.people_employeeevent"}
    assert list(verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_begins_with_an_empty_read_log_and_a_whole_ledger(turn: int) -> None:
    assert not Reading.objects.exists()
    assert ledgered() == {"audit.shape", "public.people_employeeevent"}
    assert list(verify()) == []


def ledgered() -> set[str]:
    """The tables with entries, chained or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM audit.inbox UNION SELECT what FROM audit.ledger")
        return {what for (what,) in cursor.fetchall()}


@pytest.mark.django_db
def test_nobody_becomes_the_owner_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"), as_owner():
        pass
