"""One transaction around an act, tried again when the database chose it as a victim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from random import uniform
from time import sleep
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
#: seconds; two victims of one deadlock must not meet again at the same moment
LONGEST_PAUSE = 0.05


def act(function: Callable[P, R]) -> Callable[P, R]:
    """All of it or nothing; three tries on a deadlock or a serialization failure, unless a transaction is already open.

    :raises OperationalError: the third time
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES):
            try:
                with _told_to_history(function.__name__, kwargs), transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not is_victim(error):
                    raise
                sleep(uniform(0, LONGEST_PAUSE * attempt))
        with _told_to_history(function.__name__, kwargs), transaction.atomic():
            return function(*args, **kwargs)

    return run


def _told_to_history(act_name: str, kwargs: Mapping[str, Any]) -> AbstractContextManager[Any]:
    """What every history row that the act writes shall say: which act, who, and the reason given."""
    by = kwargs.get("by")
    told = {"act": act_name, "reason": kwargs.get("reason") or ""}
    return pghistory.context(**told, **({"user": by.pk} if by is not None else {}))


def is_victim(error: OperationalError) -> bool:
    return isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
