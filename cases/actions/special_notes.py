"""Writing a note of a class of its own."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, SpecialClass, SpecialNote
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotNote(Refusal):
    """The note says nothing."""


@act
def write_special_note(
    *, household_id: int, note_class: SpecialClass, text: str, by: Employee, at: datetime, version: int | None = None
) -> SpecialNote:
    """Append a note. The journal tells that one was written, neither what it says nor of which class it is.

    :raises CannotNote: when nothing is written
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if not text.strip():
        raise CannotNote(_("Write the note."), field="text")
    note = SpecialNote.objects.create(household=household, note_class=note_class, text=text.strip(), by=by, at=at)
    journal.record(Act.SPECIAL_NOTE_WRITTEN, household_id=household.pk, subject=note, by=by, at=at)
    return note
