"""Every rule that the database guards has a name, a sentence, and a test that breaks it."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint
from pghistory.models import Event

from people.constraints import _sentences

OURS = ("people", "housing", "cases", "kpi")
#: What PostgreSQL leaves of a longer name would no longer be the one we look for.
LONGEST_NAME = 63


def our_models() -> list[type[models.Model]]:
    found = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return [model for model in found if not issubclass(model, Event)]


def broken_by_a_test() -> set[str]:
    """The names in the tables of tests/models/test_constraints_*.py, each broken there."""
    names: set[str] = set()
    for app in {model._meta.app_label for model in our_models()}:
        module = import_module(f"tests.models.test_constraints_{app}")
        for table in ("BREAKS", "OF_SPELLS", "IMPLIED"):
            names.update(getattr(module, table, ()))
    return names


def test_every_named_rule_is_broken_by_a_test() -> None:
    named = {constraint.name for model in our_models() for constraint in model._meta.constraints}

    assert named - broken_by_a_test() == set()


@pytest.mark.django_db
def test_every_rule_that_a_trigger_guards_has_a_sentence_and_is_broken_by_a_test() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE prosrc LIKE '%CONSTRAINT = %'")
        guarded = {name for (text,) in cursor.fetchall() for name in re.findall(r"CONSTRAINT = '(\w+)'", text)}

    assert guarded
    assert guarded - set(_sentences()) == set()
    assert guarded - broken_by_a_test() == set()


def test_a_name_is_a_sentence_that_postgresql_keeps_whole() -> None:
    for name in _sentences():
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name) and len(name) <= LONGEST_NAME, name


def test_every_period_goes_forwards() -> None:
    for model in our_models():
        if {"starts_on", "ends_on"} <= {field.name for field in model._meta.local_fields}:
            checks = [str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
            assert any("F(starts_on)" in check and "ends_on__gt" in check for check in checks), model
