"""A form sent twice has one effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from people.constraints import broken_constraint
from people.models import Employee, FormKey
from people.transactions import act


class AlreadySent(Exception):
    """This very form has been carried out; `answer` is where it led."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


def once(do: Callable[[], str], *, key: UUID, by: Employee, at: datetime) -> str:
    """Carry out `do` and remember where it led, in one transaction with the key; a second sending only leads there too.

    `do` returns the address to go on to. Whoever sends the same form at the same moment waits for the first.

    :raises PermissionDenied: when it was somebody else who sent it
    """
    try:
        return _first_time(do, key=key, by=by, at=at)
    except AlreadySent as sent:
        return sent.answer


@act
def _first_time(do: Callable[[], str], *, key: UUID, by: Employee, at: datetime) -> str:
    try:
        with transaction.atomic():
            used = FormKey.objects.create(key=key, employee=by, used_at=at)
    except IntegrityError as error:
        if broken_constraint(error) != "people_formkey_pkey":
            raise
        sent = FormKey.objects.filter(key=key, employee=by).first()
        if sent is None:
            raise PermissionDenied from error
        raise AlreadySent(sent.answer) from error
    used.answer = do()
    used.save(update_fields=["answer"])
    return used.answer
