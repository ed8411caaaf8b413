"""Rows changed past their history: each way is planted by the owner with the triggers off, and found."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from people.evidence.reconciliation import DIFFERS, GONE, UNRECORDED, event_models, reconcile
from people.evidence.verification import Finding
from people.models import Unit
from people.privileges import history_tables
from tests.evidence.planting import a_unit, renamed, silently

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = (
    "INSERT INTO people_unit SELECT (jsonb_populate_record(u, jsonb_build_object("
    "'id', 9000 + u.id, 'ref', gen_random_uuid(), 'name', 'planted'))).* FROM people_unit u WHERE id = {unit}"
)
#: what is planted → what is said of the row
SILENT_EDITS = {
    "UPDATE people_unit SET name = 'planted' WHERE id = {unit}": DIFFERS,
    "DELETE FROM people_unit WHERE id = {unit}": GONE,
    INSERT: UNRECORDED,
    "DELETE FROM people_unitevent WHERE pgh_obj_id = {unit} AND pgh_label = 'update'": DIFFERS,
    "UPDATE people_unitevent SET name = 'planted' WHERE pgh_obj_id = {unit} AND pgh_label = 'update'": DIFFERS,
}


@pytest.mark.parametrize(("edit", "said"), SILENT_EDITS.items())
def test_each_silent_edit_is_found(edit: str, said: str) -> None:
    unit = renamed(a_unit(), "Sagene")
    a_unit("untouched")
    assert list(reconcile()) == []

    silently(edit.format(unit=unit.pk))

    key = 9000 + unit.pk if said == UNRECORDED else unit.pk
    assert list(reconcile()) == [Finding("people_unit", str(key), said)]


def test_all_five_at_once_are_all_found() -> None:
    units = [renamed(a_unit(f"unit {n}"), f"unit {n} renamed") for n in range(5)]

    silently(*(edit.format(unit=unit.pk) for unit, edit in zip(units, SILENT_EDITS, strict=True)))

    assert len(list(reconcile())) == 5
    with pytest.raises(CommandError, match="5 rows are not what history says"):
        call_command("reconcile")


def test_a_row_whose_deletion_is_taken_out_of_history_is_found() -> None:
    unit = a_unit()
    number = unit.pk
    unit.delete()

    silently(f"DELETE FROM people_unitevent WHERE pgh_obj_id = {number} AND pgh_label = 'delete'")

    assert list(reconcile()) == [Finding("people_unit", str(number), GONE)]


def test_what_the_app_does_by_the_book_is_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    gone, kept = a_unit("gone"), renamed(a_unit("kept"), "Sagene")
    gone.delete()
    Unit.objects.filter(pk=kept.pk).update(name="St. Hanshaugen")

    call_command("reconcile")

    assert capsys.readouterr().out == "every row is what history says\n"


def test_every_history_table_is_held_against_its_rows() -> None:
    assert {model._meta.db_table for model in event_models()} == history_tables()
