"""The database has the indexes that the models tell of, and no other: migrations change it by SQL of their own."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection, models

_NAMED = re.compile(r'CREATE INDEX "(\w+)"')
#: an index that no rule stands on
_FOUND = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisunique
  AND NOT EXISTS (SELECT FROM pg_constraint r WHERE r.conindid = i.indexrelid)
"""

#: foreign keys in a GiST index, but for its first column
_PAST_THE_FIRST = """
SELECT c.relname, a.attname FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam AND m.amname = 'gist'
CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS key (number, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
WHERE key.place > 1 AND EXISTS (
    SELECT FROM pg_constraint r WHERE r.contype = 'f' AND r.conrelid = i.indrelid AND r.conkey = ARRAY[a.attnum])
"""


def _told(model: type[models.Model]) -> set[str]:
    with connection.schema_editor(collect_sql=True) as editor:
        statements = [str(one) for one in editor._model_indexes_sql(model)]  # type: ignore[attr-defined]
    return {name for one in statements for name in _NAMED.findall(one)}


def _found(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [table])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_the_database_has_the_indexes_that_the_models_tell_of_and_no_other() -> None:
    ours = [
        model
        for app in ("people", "housing", "cases", "kpi")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    told = {(model._meta.db_table, name) for model in ours for name in _told(model)}
    found = {(model._meta.db_table, name) for model in ours for name in _found(model._meta.db_table)}
    assert (sorted(told - found), sorted(found - told)) == ([], [])


@pytest.mark.django_db
def test_no_rule_s_index_offers_itself_to_look_up_a_key_that_it_finds_only_by_reading_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PAST_THE_FIRST)
        assert cursor.fetchall() == []
