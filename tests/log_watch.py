"""No test, and so nothing that a test runs, hands a national id to a log: looked for before anything is withheld."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from people.national_ids import NotANationalId, read_national_id

_ELEVEN = re.compile(r"(?<![0-9A-Za-z])\d{6}[ .-]?\d{5}(?![0-9A-Za-z])")


def numbers_in(text: str) -> list[str]:
    """The national ids in a text, of the real series and of the synthetic."""
    return [found for found in _ELEVEN.findall(text) if _is_national_id(found)]


def _is_national_id(text: str) -> bool:
    try:
        read_national_id(text, real=True, synthetic=True)
    except NotANationalId:
        return False
    return True


class Watch(logging.Handler):
    """Keeps where a number was logged from, never more of it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if numbers_in(logging.Formatter().format(record)):
            self.seen.append(f"{record.name}, {record.pathname}:{record.lineno}")


@contextmanager
def watched() -> Iterator[Watch]:
    """Everything logged within the block, by the root logger and by those that do not hand on to it."""
    watch = Watch()
    named = (found for found in logging.root.manager.loggerDict.values() if isinstance(found, logging.Logger))
    loggers = [logging.root, *(one for one in named if not one.propagate)]
    for one in loggers:
        one.addHandler(watch)
    try:
        yield watch
    finally:
        for one in loggers:
            one.removeHandler(watch)
