"""Identifiers and whereabouts in the database: plain text to the code, none to whoever reads the tables."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pghistory.models import Event
from pytest_django import Settings

from housing.models import Absence
from people import reencryption
from people.encrypted_fields import EncryptedTextField
from people.encryption import CannotDecrypt, Key, Keyring
from people.evidence.reconciliation import reconcile
from people.key_checks import keys_read_what_is_stored
from people.models import IdKind, Person
from people.reencryption import encrypted_columns, encrypted_history
from tests.factories.people import DAY, HouseholdFactory, PersonFactory

NUMBER, OTHER = "01818510159", "15858510059"
OLD, NEW = Key("old", bytes(32)), Key("new", bytes(range(32)))

pytestmark = pytest.mark.django_db


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {table} ORDER BY 1')
        return [text for (text,) in cursor.fetchall()]


def somebody(number: str = NUMBER, **values: Any) -> Person:
    person: Person = PersonFactory.create(national_id=number, id_kind=IdKind.SYNTHETIC, **values)
    return person


def test_a_national_id_is_read_as_plain_text_and_stored_as_none() -> None:
    person = somebody()

    assert Person.objects.get(pk=person.pk).national_id == NUMBER
    assert list(Person.objects.values_list("national_id", flat=True)) == [NUMBER]
    [text] = stored("people_person", "national_id")
    assert NUMBER not in text


def test_no_number_is_stored_as_no_number() -> None:
    PersonFactory.create()

    assert stored("people_person", "national_id") == stored("people_person", "national_id_hash") == [""]


def test_somebody_is_found_by_number() -> None:
    person = somebody()
    somebody(OTHER)
    PersonFactory.create()

    assert Person.objects.with_number(NUMBER).get() == person
    assert Person.objects.with_numbers([NUMBER, OTHER, ""]).count() == 2
    assert not Person.objects.with_number("").exists()


@pytest.mark.parametrize("lookup", ["national_id", "national_id__in", "national_id__startswith", "national_id__lower"])
def test_a_number_cannot_be_looked_up_in_the_encrypted_column(lookup: str) -> None:
    with pytest.raises(FieldError, match="with_number"):
        Person.objects.filter(**{lookup: NUMBER})


@pytest.mark.parametrize("lookup", ["where", "where__icontains"])
def test_whereabouts_cannot_be_looked_up_either(lookup: str) -> None:
    with pytest.raises(FieldError, match="nothing can be looked up"):
        Absence.objects.filter(**{lookup: "hospital"})


@pytest.mark.parametrize("way", ["save", "update", "bulk_create", "upsert"])
def test_the_hash_follows_the_number_however_it_is_written(way: str) -> None:
    person = somebody(OTHER)
    match way:
        case "save":
            person.national_id = NUMBER
            person.save(update_fields=["national_id"])
        case "update":
            Person.objects.update(national_id=NUMBER)
        case "bulk_create":
            [person] = Person.objects.bulk_create([Person(national_id=NUMBER, id_kind=IdKind.SYNTHETIC, born_on=DAY)])
        case "upsert":
            row = Person(pk=person.pk, ref=person.ref, national_id=NUMBER, id_kind=IdKind.SYNTHETIC, born_on=DAY)
            Person.objects.bulk_create(
                [row], update_conflicts=True, unique_fields=["pk"], update_fields=["national_id"]
            )

    assert Person.objects.with_number(NUMBER).get() == person


def test_history_holds_only_what_is_encrypted_and_reads_as_plain_text() -> None:
    person = somebody()
    Person.objects.update(national_id=OTHER)

    events = apps.get_model("people.PersonEvent")._default_manager.filter(pgh_obj=person.pk).order_by("pgh_id")
    assert [event.national_id for event in events] == [NUMBER, OTHER]
    assert not [text for text in stored("people_personevent", "national_id") if NUMBER in text or OTHER in text]


def test_whereabouts_are_encrypted_in_table_and_history() -> None:
    Absence.objects.create(household=HouseholdFactory.create(), starts_on=DAY, where="Hos søster, Storgata 1")

    assert Absence.objects.get().where == "Hos søster, Storgata 1"
    for table in ("housing_absence", "housing_absenceevent"):
        assert "Storgata" not in stored(table, "where")[0]


def test_a_number_copied_over_somebody_else_s_hash_cannot_be_read() -> None:
    first, second = somebody(), somebody(OTHER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person p SET national_id ="
            " split_part(q.national_id, '/', 1) || 'x/' || split_part(p.national_id, '/', 2)"
            " FROM people_person q WHERE p.id = %s AND q.id = %s",
            [first.pk, second.pk],
        )

    with pytest.raises(CannotDecrypt):
        Person.objects.get(pk=first.pk)


def test_each_encrypted_column_is_bound_to_itself_and_its_copy_in_history_to_the_same() -> None:
    columns = encrypted_columns()

    assert {field.place for field in columns} == {f"{f.model._meta.db_table}.{f.column}" for f in columns}
    assert sorted(field.place for field in encrypted_history()) == sorted(field.place for field in columns)


def test_every_number_and_whereabouts_is_in_an_encrypted_column() -> None:
    names = {"national_id", "where"}
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in names and not isinstance(field, EncryptedTextField)
    ]

    assert plain == []


class TestRotation:
    @pytest.fixture
    def written_before(self, settings: Settings) -> Person:
        """Rows under the old keys, with new ones come in front of them since."""
        settings.KEYRING = Keyring((OLD,), (OLD,))
        person = somebody()
        Absence.objects.create(household=HouseholdFactory.create(), starts_on=DAY, where="sykehus")
        settings.KEYRING = Keyring((NEW, OLD), (NEW, OLD))
        return person

    def test_while_old_and_new_keys_are_live_all_is_read_and_found(self, written_before: Person) -> None:
        assert Person.objects.with_number(NUMBER).get().national_id == NUMBER
        assert Absence.objects.get().where == "sykehus"

    def test_afterwards_the_old_keys_are_not_needed_for_the_rows(
        self, written_before: Person, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("rotate_keys")

        settings.KEYRING = Keyring((NEW,), (NEW,))
        assert Person.objects.with_number(NUMBER).get().national_id == NUMBER
        assert Absence.objects.get().where == "sykehus"
        said = capsys.readouterr().out
        assert "people_person.national_id: 1 encrypted anew" in said
        assert "people_person.national_id: 1 rows under new/new" in said
        assert "people_personevent.national_id: 1 rows of history under old/old" in said
        assert NUMBER not in said

    def test_a_second_run_has_nothing_to_do(self, written_before: Person, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("rotate_keys")
        before = stored("people_person", "national_id")
        capsys.readouterr()
        call_command("rotate_keys")

        assert "people_person.national_id: 0 encrypted anew" in capsys.readouterr().out
        assert stored("people_person", "national_id") == before

    def test_the_history_tells_that_it_was_written_anew_and_keeps_what_it_told(self, written_before: Person) -> None:
        call_command("rotate_keys")

        of_them = apps.get_model("people.PersonEvent")._default_manager.filter(pgh_obj=written_before.pk)
        events = list(of_them.order_by("pgh_id"))
        assert [event.national_id for event in events] == [NUMBER, NUMBER]
        assert events[1].pgh_context == {"act": "keys.rotated"}
        assert set(stored("people_person", "national_id")) <= set(stored("people_personevent", "national_id"))

    def test_counting_writes_nothing(self, written_before: Person, capsys: pytest.CaptureFixture[str]) -> None:
        before = stored("people_person", "national_id")
        call_command("rotate_keys", "--only-count")

        assert "housing_absence.where: 1 rows under old" in capsys.readouterr().out
        assert stored("people_person", "national_id") == before

    def test_a_key_thrown_away_too_early_is_asked_for(self, written_before: Person, settings: Settings) -> None:
        settings.KEYRING = Keyring((NEW,), (NEW,))

        with pytest.raises(CommandError, match="Put the key back"):
            call_command("rotate_keys")

    def test_a_run_that_was_stopped_goes_on_where_it_was(
        self, written_before: Person, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        somebody(OTHER)
        monkeypatch.setattr(reencryption, "AT_A_TIME", 1)
        [numbers] = [field for field in encrypted_columns() if field.name == "national_id"]
        assert next(reencryption.renew(numbers, connection)) == 1

        call_command("rotate_keys")

        assert "people_person.national_id: 0 encrypted anew" in capsys.readouterr().out
        assert reencryption.key_ids(numbers, connection) == {"new/new": 2}

    def test_the_evidence_stands(self, written_before: Person) -> None:
        call_command("rotate_keys")

        assert list(reconcile()) == []

    def test_a_check_asks_for_a_key_that_rows_need(self, written_before: Person, settings: Settings) -> None:
        assert keys_read_what_is_stored(databases=["default"]) == []
        settings.KEYRING = Keyring((NEW,), (NEW,))

        said = keys_read_what_is_stored(databases=["default"])
        assert {(one.id, one.msg) for one in said} == {
            ("people.E020", "1 rows of people_person were written under old/old: a key is not here."),
            ("people.E020", "1 rows of housing_absence were written under old: a key is not here."),
            ("people.W020", "In history: 1 rows of people_personevent were written under old/old: a key is not here."),
            ("people.W020", "In history: 1 rows of housing_absenceevent were written under old: a key is not here."),
        }

    def test_a_column_that_is_still_to_be_made_is_not_asked_for(
        self, written_before: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.KEYRING = Keyring((NEW,), (NEW,))
        for field in [*encrypted_columns(), *encrypted_history()]:
            monkeypatch.setattr(field, "column", "to_be_made")

        assert keys_read_what_is_stored(databases=["default"]) == []

    def test_only_the_hash_key_may_be_new(self, written_before: Person, settings: Settings) -> None:
        settings.KEYRING = Keyring((OLD,), (NEW, OLD))
        call_command("rotate_keys")

        settings.KEYRING = Keyring((OLD,), (NEW,))
        assert Person.objects.with_number(NUMBER).get() == written_before


class TestSessions:
    def test_what_a_session_holds_is_encrypted_in_its_table(self, client: Client) -> None:
        session = client.session
        session["drafts"] = {"register": f"national_id={NUMBER}"}
        session.save()

        assert client.session["drafts"] == {"register": f"national_id={NUMBER}"}
        [text] = stored("django_session", "session_data")
        assert NUMBER.encode() not in signing.b64_decode(text.split(":")[0].lstrip(".").encode())
        assert SessionStore().decode(text) == {"drafts": {"register": f"national_id={NUMBER}"}}

    def test_a_session_under_a_key_that_is_gone_is_empty(self, client: Client, settings: Settings) -> None:
        session = client.session
        session["drafts"] = {"register": "x"}
        session.save()
        settings.KEYRING = Keyring((NEW,), (NEW,))

        assert client.session.get("drafts") is None


def test_every_tracked_model_with_an_encrypted_column_tracks_it() -> None:
    tracked = {model.pgh_tracked_model for model in apps.get_models() if issubclass(model, Event)}

    assert {field.model for field in encrypted_columns()} <= tracked
