"""Saying no in a sentence that the person can act on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.access import Stale
from people.constraints import constraint_message
from people.transactions import is_victim


class Refusal(Exception):
    """An act that may not be done as asked. `field` names the form field at fault; empty when it is the whole."""

    def __init__(self, message: str | Promise, *, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


def refusal_of(error: Exception) -> Refusal | None:
    """The refusal that an error amounts to: a rule that the database guards, a stale form, a lost race. Else None."""
    match error:
        case Refusal():
            return error
        case Stale():
            return Refusal(_stale(error.since))
        case IntegrityError() if sentence := constraint_message(error):
            return Refusal(sentence)
        case OperationalError() if is_victim(error):
            return Refusal(_("Somebody else saved at the same moment. Nothing was changed: try again."))
    return None


def _stale(since: Sequence[str]) -> str:
    if not since:
        return _("Somebody else has changed this household since you opened the page. See what is new and try again.")
    return _(
        "Somebody else has changed this household since you opened the page. New: %(done)s. What you wrote is kept: "
        "see whether it still holds, and send it again."
    ) % {"done": "; ".join(since)}


#: What `refusal_of` can read: catch these around an act and let what it does not know go on.
REFUSABLE = (Refusal, Stale, DatabaseError)
