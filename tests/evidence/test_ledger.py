"""The chain: what is entered, and every way of tampering that it shows by itself or by a head kept outside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import Settings

from people.decision import Purpose
from people.evidence.chain import Head, head, heads, seal, write_head
from people.evidence.verification import Finding, entered_anew, verify, verify_heads
from people.models import Reading, Unit
from people.models.reading import Showing
from people.owner import as_owner
from people.privileges import watch
from people.read_log import Read, write_readings
from tests.evidence.planting import REBUILD, a_unit, renamed, rows, silently
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
DAY = date(2026, 3, 11)
UNITS = "public.people_unitevent"
ANOTHER_EVENT = (
    "INSERT INTO people_unitevent SELECT (jsonb_populate_record(e, '{{\"pgh_id\": 9000}}')).*"
    " FROM people_unitevent e WHERE pgh_id = {event}"
)


def last_entry_of(relation: str) -> int:
    [(number,)] = rows("SELECT max(id) FROM audit.ledger WHERE what = %s", relation)
    return int(number)


def as_the_owner(statement: str) -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(statement)


def three_units_in_the_chain() -> list[Unit]:
    units = [a_unit(name) for name in ("Grünerløkka", "Sagene", "St. Hanshaugen")]
    seal()
    return units


def test_every_change_is_entered_by_its_hash_with_login_and_transaction() -> None:
    seal()
    unit = renamed(a_unit(), "Sagene")
    unit.delete()

    assert seal() == 3
    entries = rows("SELECT body FROM audit.ledger WHERE what = %s ORDER BY id", UNITS)
    assert len(entries) == 3
    [(content,)] = rows(
        "SELECT bool_and((body ->> 'login') = 'varig_app' AND (body ->> 'transaction')::bigint > 0"
        " AND (SELECT bool_and(hash ~ '^[0-9a-f]{64}$') FROM jsonb_each_text(body -> 'rows') r (key, hash)))"
        " FROM audit.ledger WHERE what = %s",
        UNITS,
    )
    assert content
    assert list(verify()) == []


def test_the_ledger_holds_nothing_of_what_a_row_says() -> None:
    a_unit("Grünerløkka")

    assert rows("SELECT count(*) FROM audit.inbox WHERE body::text LIKE '%%Grünerløkka%%'") == [(0,)]


def test_a_thousand_rows_are_one_entry_at_most() -> None:
    seal()
    municipality = a_unit().municipality
    seal()

    Unit.objects.bulk_create(Unit(municipality=municipality, name=f"unit {n}") for n in range(2500))

    assert seal() == 3
    assert list(verify()) == []


def test_what_is_not_yet_chained_is_verified_too() -> None:
    unit = a_unit()

    silently(f"UPDATE people_unitevent SET name = 'planted' WHERE pgh_obj_id = {unit.pk}")

    assert [finding.problem for finding in verify()] == ["is not as it was when it was entered"]


def test_a_change_that_is_undone_leaves_no_entry() -> None:
    seal()
    with pytest.raises(IntegrityError), transaction.atomic():
        unit = a_unit()
        Unit.objects.create(pk=unit.pk, municipality=unit.municipality, name="the same again")

    assert seal() == 0


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE people_unitevent SET name = 'planted' WHERE pgh_id = {event}", "is not as it was when it was entered"),
        ("DELETE FROM people_unitevent WHERE pgh_id = {event}", "was entered and is gone"),
        (ANOTHER_EVENT, "was never entered"),
    ],
)
def test_history_altered_by_the_owner_is_found_by_its_row(tampering: str, problem: str) -> None:
    three_units_in_the_chain()
    [(event,)] = rows("SELECT pgh_id FROM people_unitevent WHERE name = 'Sagene'")

    silently(tampering.format(event=event))

    key = 9000 if problem == "was never entered" else event
    assert list(verify()) == [Finding(UNITS, str(key), problem)]


def test_an_entry_added_to_fit_an_altered_row_is_found() -> None:
    unit, *_ = three_units_in_the_chain()
    [(event,)] = rows("SELECT pgh_id FROM people_unitevent WHERE pgh_obj_id = %s", unit.pk)

    silently(
        f"UPDATE people_unitevent SET name = 'planted' WHERE pgh_id = {event}",
        "INSERT INTO audit.inbox (what, body) SELECT what, jsonb_set(l.body, '{rows}', jsonb_build_object(e.pgh_id,"
        " audit.digest(to_jsonb(e)))) FROM audit.ledger l, people_unitevent e"
        f" WHERE what = '{UNITS}' AND e.pgh_id = {event} LIMIT 1",
    )
    seal()

    assert Finding(UNITS, str(event), "was entered twice") in list(verify())


@pytest.mark.parametrize(
    "tampering",
    [
        'UPDATE audit.ledger SET body = body || \'{"login": "other"}\' WHERE id = %s',
        "UPDATE audit.ledger SET at = at - interval '1 day' WHERE id = %s",
        "UPDATE audit.ledger SET hash = sha256(hash) WHERE id = %s",
        "UPDATE audit.ledger SET what = 'public.people_employeeevent' WHERE id = %s",
        "DELETE FROM audit.ledger WHERE id = %s",
        "UPDATE audit.ledger l SET body = o.body FROM audit.ledger o WHERE l.id = %s AND o.id = l.id + 1",
    ],
)
def test_an_entry_altered_removed_or_moved_breaks_the_chain(tampering: str) -> None:
    three_units_in_the_chain()
    number = last_entry_of(UNITS) - 1

    as_the_owner(tampering % number)

    assert "chain" in {finding.where for finding in verify()}


def test_a_trigger_that_is_switched_off_is_a_finding() -> None:
    as_the_owner("ALTER TABLE people_unitevent DISABLE TRIGGER ledger")

    assert list(verify()) == [Finding(UNITS, "ledger", "the trigger is switched off")]


def test_a_table_that_is_gone_is_a_finding() -> None:
    a_unit()

    as_the_owner("DROP TABLE people_unitevent")

    assert list(verify()) == [Finding(UNITS, "", "the table is gone")]


def test_a_line_of_the_read_log_that_the_owner_removes_is_found() -> None:
    somebody = EmployeeFactory.create()
    write_readings(
        [Read(purpose=Purpose.UNIT, household=number) for number in (1, 2)],
        by=somebody,
        what=Showing.LIST,
        route="households",
        request="r",
    )
    seal()
    removed = Reading.objects.get(household_id=2)

    as_the_owner("DELETE FROM audit.read_log WHERE household_id = 2")

    assert list(verify()) == [Finding("audit.read_log", str(removed.pk), "was entered and is gone")]


def test_a_head_outside_shows_that_the_last_entries_were_removed_with_their_rows(tmp_path: Path) -> None:
    unit, *_ = three_units_in_the_chain()
    number = last_entry_of(UNITS)
    write_head(tmp_path, day=DAY, at=AT)

    silently(
        "DELETE FROM people_unitevent WHERE pgh_id = (SELECT max(pgh_id) FROM people_unitevent)",
        f"DELETE FROM audit.ledger WHERE id = {number}",
    )

    assert list(verify()) == []
    assert list(verify_heads(tmp_path)) == [
        Finding("2026-03-11.json", str(number), "the chain ends before this number")
    ]
    with pytest.raises(CommandError, match="1 findings"):
        call_command("verify_log", heads=tmp_path)
    assert unit.pk


def test_a_head_outside_shows_that_the_chain_was_made_anew(tmp_path: Path) -> None:
    unit, *_ = three_units_in_the_chain()
    write_head(tmp_path, day=DAY, at=AT)
    renamed(unit, "later")
    seal()

    silently(
        f"UPDATE people_unitevent SET name = 'planted' WHERE pgh_obj_id = {unit.pk} AND pgh_label = 'insert'",
        "UPDATE audit.ledger l SET body = jsonb_set(l.body, ARRAY['rows', e.pgh_id::text],"
        " to_jsonb(audit.digest(to_jsonb(e)))) FROM people_unitevent e"
        f" WHERE e.pgh_obj_id = {unit.pk} AND e.pgh_label = 'insert'"
        f" AND l.what = '{UNITS}' AND l.body -> 'rows' ? e.pgh_id::text",
        "SET timezone = 'UTC'",
        REBUILD,
    )

    assert list(verify()) == []
    [finding] = verify_heads(tmp_path)
    assert finding.problem == "the chain has another hash at this number"


def test_a_head_is_never_written_over(tmp_path: Path) -> None:
    written = write_head(tmp_path, day=DAY, at=AT)
    a_unit()

    assert write_head(tmp_path, day=DAY, at=AT) is None
    assert list(heads(tmp_path)) == [("2026-03-11.json", written)]
    assert list(verify_heads(tmp_path)) == []


def test_a_file_among_the_heads_that_is_none_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "2026-03-11.json").write_text('{"number": 3}')

    assert list(verify_heads(tmp_path)) == [Finding("2026-03-11.json", "", "holds no head")]


def test_the_head_of_an_empty_chain_holds_nothing_against_it(tmp_path: Path) -> None:
    as_the_owner("TRUNCATE audit.ledger, audit.inbox")

    assert write_head(tmp_path, day=DAY, at=AT) == Head(0, "", AT.isoformat()) == head(AT)
    assert list(verify_heads(tmp_path)) == []


def test_the_commands_write_a_head_and_hold_the_chain_against_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        call_command("write_head", to=tmp_path)
    call_command("verify_log", heads=tmp_path)
    call_command("seal_log")

    first, again, verified, sealed = capsys.readouterr().out.splitlines()
    assert ": number " in first and again.endswith(" is written already")
    assert verified == "the record is as it was written"
    assert sealed == "0 entries chained"


def test_the_commands_say_what_they_lack(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="set VARIG_HEADS"):
        call_command("write_head", to=None)
    with pytest.raises(CommandError, match="could not be written"):
        call_command("write_head", to=tmp_path / "missing")
    with pytest.raises(CommandError, match="1 findings"):
        call_command("verify_log", heads=tmp_path / "missing")


def test_a_column_that_comes_later_leaves_older_entries_as_they_are() -> None:
    three_units_in_the_chain()
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE people_unitevent ADD later integer DEFAULT 7")
        watch(cursor)

    a_unit("Bjerke")

    assert list(verify()) == []
    assert entered_anew() == []
    silently("UPDATE people_unitevent SET name = 'planted' WHERE name = 'Sagene'")
    assert len(list(verify())) == 1


def test_when_a_column_goes_every_row_is_entered_anew_and_the_record_says_so() -> None:
    three_units_in_the_chain()
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE people_unitevent ADD later integer DEFAULT 7")
        watch(cursor)
        cursor.execute("ALTER TABLE people_unitevent DROP later")
        watch(cursor)

    assert list(verify()) == []
    [(table, _, columns)] = entered_anew()
    assert (table, columns) == (UNITS, "later")


def test_putting_back_a_trigger_that_was_taken_away_does_not_enter_what_came_meanwhile() -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger ON people_unitevent")
    unit = a_unit()
    with as_owner() as owner, owner.cursor() as cursor:
        watch(cursor)

    assert [finding.problem for finding in verify()] == ["was never entered"]
    assert unit.pk
    assert rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'people_unitevent'::regclass") == [("ledger",)]


def test_the_daily_job_says_all_that_it_found_and_writes_the_head_all_the_same(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HEADS = tmp_path
    unit = a_unit()
    silently(f"UPDATE people_unitevent SET name = 'planted' WHERE pgh_obj_id = {unit.pk}")

    with pytest.raises(CommandError, match=r"^1 rows are not what history says; 1 findings"):
        call_command("daily")

    assert len(list(heads(tmp_path))) == 1
    assert f"people_unit {unit.pk}: is not what history says last" in capsys.readouterr().err
