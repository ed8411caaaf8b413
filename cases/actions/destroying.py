"""Carrying out an approved destruction list, as the owner of the database: the app cannot touch history.

Rows go, or lose what tells who it is, as the manifest says; so do all their versions in history. What the ledger knew
of them it knew by hash: the same transaction enters there what is gone and what is bared (docs/adr/0011), so that the
record verifies as before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from psycopg import sql

from cases.actions.destruction import due, held
from cases.manifest import MANIFEST, Entry, Fate
from cases.models import DestructionItem, DestructionList, Kept
from housing.actions.spells import refresh
from people.models import Household, Member, Person
from people.privileges import watched_tables

#: What a cleared column says instead, where it is not simply empty.
_INSTEAD = {
    ("people.Person", "ref"): "'destroyed-' || id",
    ("people.Person", "id_kind"): "'none'",
    ("people.Person", "protection"): "'none'",
    ("people.Person", "born_on"): "date_trunc('year', born_on)::date",
    ("people.Person", "is_birth_approximate"): "true",
    ("people.Person", "needs_interpreter"): "false",
    ("people.Household", "ref"): "'destroyed-' || id",
    ("people.Household", "key"): "gen_random_uuid()",
    ("people.JournalEntry", "details"): "'{}'",
}


class NotApproved(Exception):
    """The list does not exist, is not approved by a second person, or is carried out already."""


@dataclass
class _Done:
    """What was done, by table: for the protocol and for the ledger."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    bared: dict[str, list[str]] = field(default_factory=dict)

    def note(self, table: str, kind: str, keys: Iterable[Any]) -> None:
        names = [str(key) for key in keys]
        if names:
            self.counts.setdefault(table, Counter())[kind] += len(names)
            (self.removed if kind == "removed" else self.bared).setdefault(table, []).extend(names)


def carry_out(*, list_id: int, at: datetime) -> DestructionList:
    """Destroy what is on the list and still due; to be called on the owner's connection.

    :raises NotApproved: unless two persons stand behind the list and it waits to be carried out
    """
    with (
        transaction.atomic(),
        pgtrigger.ignore("cases.Decision:issued_is_final", "cases.ChildInterest:issued_is_final"),
    ):
        found = DestructionList.objects.select_for_update().filter(pk=list_id).first()
        if found is None or found.approved_at is None or found.carried_out_at is not None:
            raise NotApproved(list_id)
        going = _still_due(found, at=at)
        done = _Done()
        if going:
            _destroy(going, done)
        _tell_ledger(done, found.pk)
        _write_protocol(found, going, done, at=at)
    return found


def _still_due(found: DestructionList, *, at: datetime) -> list[int]:
    """Lock the households, keep what is not due any more, and say why."""
    items = list(found.items.order_by("household"))
    ids = [item.household_id for item in items]
    list(Household.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    still = due(found.rule, at=at)
    because = held(dict.fromkeys(ids, localdate(at)), at=at)
    for item in items:
        item.is_destroyed = item.household_id in still
        if not item.is_destroyed:
            item.kept_because = because.get(item.household_id, Kept.LIVE)
    DestructionItem.objects.bulk_update(items, ["is_destroyed", "kept_because"])
    return [item.household_id for item in items if item.is_destroyed]


def _destroy(households: list[int], done: _Done) -> None:
    persons = _persons_of(households)
    # first what hangs on the rest: the database looks at what refers to what when the transaction ends
    for entry in MANIFEST:
        if entry.fate is Fate.DELETED:
            _delete(entry, _rows(entry, households, persons), done)
    for entry in MANIFEST:
        if entry.fate is Fate.BARE:
            _bare(entry, _rows(entry, households, persons), done)
    refresh(households)


def _persons_of(households: list[int]) -> list[int]:
    """Those to be bared. Who is or was in another household too gives their place here to somebody without a name."""
    ids = set(Member.objects.filter(household__in=households).values_list("person", flat=True))
    elsewhere = Person.objects.filter(pk__in=ids, memberships__household__in=_others(households)).distinct()
    for person in elsewhere:
        nobody = Person.objects.create(born_on=person.born_on.replace(month=1, day=1), is_birth_approximate=True)
        Member.objects.filter(person=person, household__in=households).update(person=nobody)
        _history_of(Member).filter(person_id=person.pk, household_id__in=households).update(person_id=nobody.pk)
        ids.discard(person.pk)
    return sorted(ids)


def _others(households: list[int]) -> models.QuerySet[Household]:
    return Household.objects.exclude(pk__in=households)


def _rows(entry: Entry, households: list[int], persons: list[int]) -> models.QuerySet[Any]:
    model: Any = apps.get_model(entry.model)
    of_household = Q(**{f"{entry.household}__in": households}) if entry.household else Q(pk__in=[])
    if entry.fate is Fate.DELETED:  # one that names two households goes with either
        for other in (f.name for f in model._meta.concrete_fields if f.related_model is Household):
            of_household |= Q(**{f"{other}__in": households})
    by_person = entry.person and not entry.household
    of_person = Q(**{f"{entry.person}__in": persons}) if by_person else Q(pk__in=[])
    of_its_own = "__" not in entry.household
    if entry.person and entry.household and of_its_own and model._meta.get_field(entry.household).null:
        of_person = Q(**{f"{entry.person}__in": persons, f"{entry.household}__isnull": True})
    rows: models.QuerySet[Any] = model._default_manager.filter(of_household | of_person)
    return rows


def _delete(entry: Entry, rows: models.QuerySet[Any], done: _Done) -> None:
    model: Any = apps.get_model(entry.model)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return
    gone = model._default_manager.filter(pk__in=ids)
    gone._raw_delete(gone.db)
    done.note(model._meta.db_table, "removed", ids)
    events = _history_of(model)
    if events is not None:
        versions = events.filter(pgh_obj_id__in=ids)
        keys = list(versions.values_list("pk", flat=True))
        versions._raw_delete(versions.db)
        done.note(events.model._meta.db_table, "removed", keys)


def _bare(entry: Entry, rows: models.QuerySet[Any], done: _Done) -> None:
    model: Any = apps.get_model(entry.model)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return
    columns = {name: model._meta.get_field(name).column for name in entry.cleared}
    if columns:
        _run(_clearing(model, columns), [ids])
        done.note(model._meta.db_table, "bared", ids)
    events = _history_of(model)
    if events is not None:
        _run(_clearing_history(model, events.model, list(columns.values())), [ids])
        keys = events.filter(pgh_obj_id__in=ids).values_list("pk", flat=True)
        done.note(events.model._meta.db_table, "bared", keys)


def _clearing(model: Any, columns: dict[str, str]) -> sql.Composed:
    pairs = [
        sql.SQL("{} = {}").format(sql.Identifier(column), sql.SQL(_bare_value(model, name)))
        for name, column in columns.items()
    ]
    return sql.SQL("UPDATE {} SET {} WHERE id = ANY(%s)").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(pairs)
    )


def _bare_value(model: Any, name: str) -> str:
    if (model._meta.label, name) in _INSTEAD:
        return _INSTEAD[model._meta.label, name]
    return "NULL" if model._meta.get_field(name).null else "''"


def _clearing_history(model: Any, event: Any, columns: list[str]) -> sql.Composed:
    """Every version says what the row says now where it was cleared, and why it was changed is forgotten."""
    kept = {field.column for field in event._meta.concrete_fields}
    pairs = [
        sql.SQL("{} = t.{}").format(sql.Identifier(column), sql.Identifier(column))
        for column in columns
        if column in kept
    ]
    forgotten = sql.SQL("pgh_context = e.pgh_context - 'reason'")
    return sql.SQL("UPDATE {} e SET {} FROM {} t WHERE e.pgh_obj_id = t.id AND t.id = ANY(%s)").format(
        sql.Identifier(event._meta.db_table),
        sql.SQL(", ").join([forgotten, *pairs]),
        sql.Identifier(model._meta.db_table),
    )


def _history_of(model: Any) -> Any:
    """The versions of a model's rows; None for one without history."""
    try:
        return apps.get_model(model._meta.app_label, f"{model.__name__}Event")._default_manager
    except LookupError:
        return None


def _tell_ledger(done: _Done, number: int) -> None:
    watched = {name.removeprefix("public.") for name in watched_tables()}
    with connection.cursor() as cursor:
        for table in sorted((done.removed.keys() | done.bared.keys()) & watched):
            removed, bared = done.removed.get(table, []), done.bared.get(table, [])
            cursor.execute("SELECT audit.destroy(%s, %s, %s, %s)", [f"public.{table}", number, removed, bared])


def _write_protocol(found: DestructionList, going: list[int], done: _Done, *, at: datetime) -> None:
    kept = Counter(found.items.filter(is_destroyed=False).values_list("kept_because", flat=True))
    found.protocol = {
        "list": found.pk,
        "municipality": found.municipality_id,
        "rule": {"years": found.rule.years, "basis": found.rule.basis},
        "proposed": {"by": found.proposed_by.name, "at": found.proposed_at.isoformat()},
        "approved": {
            "by": found.approved_by.name if found.approved_by else "",
            "at": found.approved_at.isoformat() if found.approved_at else "",
        },
        "carried_out_at": at.isoformat(),
        "households": {"destroyed": len(going), "kept": dict(sorted(kept.items()))},
        "rows": {table: dict(sorted(counts.items())) for table, counts in sorted(done.counts.items())},
    }
    found.carried_out_at = at
    found.sha256 = sha256(json.dumps(found.protocol, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    found.save(update_fields=["carried_out_at", "protocol", "sha256"])


def _run(statement: sql.Composed, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
