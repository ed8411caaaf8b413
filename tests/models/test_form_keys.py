from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from people.form_keys import once
from people.models import Employee, FormKey

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def employee(db: None) -> Employee:
    return Employee.objects.create_user(username="kari", name="Kari Prøve")


def test_a_form_sent_twice_is_carried_out_once_and_leads_to_the_same_place(employee: Employee) -> None:
    key, done = uuid4(), []

    def do() -> str:
        done.append(1)
        return "/there"

    assert once(do, key=key, by=employee, at=AT) == "/there"
    assert once(do, key=key, by=employee, at=AT) == "/there"
    assert done == [1]


def test_a_form_whose_act_failed_can_be_sent_again(employee: Employee) -> None:
    key = uuid4()

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once(fail, key=key, by=employee, at=AT)
    assert not FormKey.objects.exists()
    assert once(lambda: "/there", key=key, by=employee, at=AT) == "/there"


def test_a_form_that_somebody_else_sent_is_refused(employee: Employee) -> None:
    key, other = uuid4(), Employee.objects.create_user(username="ola", name="Ola Prøve")
    once(lambda: "/theirs", key=key, by=other, at=AT)

    with pytest.raises(PermissionDenied):
        once(lambda: "/mine", key=key, by=employee, at=AT)
