"""A test with real transactions leaves the database as it found it, or wants a new copy."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from people.models import Household, Municipality
from people.owner import as_owner
from tests import restoring
from tests.factories.people import HouseholdFactory

pytestmark = pytest.mark.django_db(transaction=True)


def _before() -> tuple[str, restoring.Clean]:
    name = connection.settings_dict["NAME"]
    then = restoring.as_it_is(name)
    if then is None:
        pytest.skip("Another server than the embedded one: a new copy is made each time.")
    return name, then


def test_rows_that_were_written_are_gone_with_their_history_and_their_numbers() -> None:
    name, then = _before()
    first = HouseholdFactory.create().pk
    connections.close_all()
    assert restoring.restore(name, then)
    assert not Household.objects.exists()
    assert HouseholdFactory.create().pk == first


def test_a_row_that_was_there_and_is_changed_wants_a_new_copy() -> None:
    name, then = _before()
    with as_owner():
        Municipality.objects.filter(number="0301").update(name="Elsewhere")
    assert not restoring.restore(name, then)


def test_a_table_that_is_changed_wants_a_new_copy() -> None:
    name, then = _before()
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE people_household DISABLE TRIGGER USER")
    assert not restoring.restore(name, then)
