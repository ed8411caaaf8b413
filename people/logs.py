"""What a log may hold: that something went wrong and where, never whom it concerned."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

WITHHELD = "[withheld]"

#: eleven or twelve digits, as national ids and DUF numbers are written; a longer number may be one of ours
_NUMBER = re.compile(r"(?<!\d)(?:\d{6}[ .-]?\d{5,6}|\d{4}[ .-]?\d{6}[ .-]?\d{2})(?!\d)")
#: The lines in which PostgreSQL repeats the values of a row or the statement itself.
_REPEATED = re.compile(r"^(\s*(?:DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):).*$", re.MULTILINE)
_MISREAD = re.compile(r'(invalid input (?:syntax|value) for [^:\n]+: )".*"')


def discreet(text: str) -> str:
    """The text without numbers that could be somebody's, and without values that the database repeats."""
    text = _REPEATED.sub(rf"\1 {WITHHELD}", text)
    text = _MISREAD.sub(rf"\1{WITHHELD}", text)
    return _NUMBER.sub(WITHHELD, text)


class DiscreetFormatter(logging.Formatter):
    """Formats as it is told, then withholds: of the message, the traceback and the error's own words alike."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


class NothingPersonal(SafeExceptionReporterFilter):
    """Reports of an error name every field and variable and show the value of none, except where pages are debugged."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        sent: Any = super().get_post_parameters(request)
        return self._withheld(sent.keys()) if request is not None and self.is_active(request) else dict(sent)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        found = super().get_traceback_frame_variables(request, tb_frame)
        return self._withheld(name for name, _value in found).items() if self.is_active(request) else found

    def _withheld(self, names: Iterable[str]) -> dict[str, Any]:
        return dict.fromkeys(names, self.cleansed_substitute)
