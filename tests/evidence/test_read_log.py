"""The read log as the app writes it: in one statement, with the database's time, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.decision import Purpose
from people.models import Reading
from people.models.reading import PURPOSES, Showing
from people.read_log import Read, write_readings
from tests.evidence.planting import rows
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.django_db


def write(*reads: Read, what: Showing = Showing.LIST) -> int:
    return write_readings(reads, by=EmployeeFactory.create(), what=what, route="households", request="r")


def test_a_page_of_fifty_households_costs_one_statement_and_one_entry() -> None:
    somebody = EmployeeFactory.create()
    reads = [Read(purpose=Purpose.UNIT, household=n, role="caseworker", unit=4) for n in range(50)]
    before = rows("SELECT count(*) FROM audit.inbox")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        write_readings(reads, by=somebody, what=Showing.LIST, route="households", request="r")

    assert len(queries) == 1
    assert Reading.objects.filter(employee=somebody, unit_id=4, is_refused=False).count() == 50
    [(now,)], [(then,)] = rows("SELECT count(*) FROM audit.inbox"), before
    assert now == then + 1


def test_a_line_says_who_in_what_role_saw_which_and_what_for_at_the_databases_time() -> None:
    write(
        Read(purpose=Purpose.GRANT, household=7, person=8, role="auditor", unit=9, grant=10),
        what=Showing.VIEW,
    )

    line = Reading.objects.get()
    assert (line.household_id, line.person_id, line.unit_id, line.grant_id) == (7, 8, 9, 10)
    assert (line.role, line.what, line.purpose) == ("auditor", Showing.VIEW, Purpose.GRANT)
    assert (line.route, line.request) == ("households", "r")
    assert abs(timezone.now() - line.at) < timedelta(minutes=1)
    assert str(line).endswith("view 7")


def test_a_refusal_is_a_line_of_its_own_kind() -> None:
    write(Read(purpose=Purpose.REFUSED, household=7))

    assert Reading.objects.get().is_refused


def test_nothing_read_is_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert write_readings([], by=EmployeeFactory.build(), what=Showing.VIEW, route="r", request="r") == 0

    assert len(queries) == 0


def test_what_cannot_be_written_is_an_error_for_all_of_it() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write(Read(purpose=Purpose.UNIT, household=1), Read(purpose=Purpose.UNIT, household=2**70))

    assert not Reading.objects.exists()


def test_a_line_is_neither_saved_nor_deleted_through_the_model() -> None:
    write(Read(purpose=Purpose.UNIT, household=1))
    line = Reading.objects.get()

    for attempt in (line.save, line.delete, Reading.objects.all().delete, lambda: Reading.objects.update(role="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_every_ground_has_a_name_on_the_page() -> None:
    assert set(PURPOSES) == set(Purpose)
