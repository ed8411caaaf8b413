"""Writing notes in the journal, and correcting them: what was written stays, struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Decision, Note, NoteClass, NoteCorrection, NoteKind, ReceivedPaper, Request, Task
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, SpecialClass
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.uploads import TakenIn

#: Whoever changes the case writes in its journal, and so does whoever follows its plan.
WRITERS = (Permission.CHANGE_HOUSEHOLD, Permission.MAKE_PLAN)
#: Two clocks need not agree.
_SLACK = timedelta(minutes=5)


class CannotWrite(Refusal):
    """The note says nothing, tells of what has not happened, or is corrected to what it says already."""


@dataclass(frozen=True, kw_only=True)
class NewNote:
    """A note as told. `special_about` goes with the special class alone; `person_id` is a member's."""

    kind: NoteKind
    text: str
    happened_at: datetime
    participants: str = ""
    note_class: NoteClass = NoteClass.ORDINARY
    special_about: str = ""
    tells_place: bool = False
    person_id: int | None = None
    decision: Decision | None = None
    task: Task | None = None
    request: Request | None = None
    files: Sequence[TakenIn] = ()
    files_about: str = ""


@act
def write_note(*, household_id: int, new: NewNote, by: Employee, at: datetime) -> Note:
    """Append a note with its files. The journal tells of which kind it is, not what it says.

    Two may write at once: a note stands on nothing that the other could have changed.

    :raises CannotWrite: naming the field at fault
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at)
    _refuse(household, new, at=at)
    note = Note.objects.create(
        household=household,
        person_id=new.person_id,
        kind=new.kind,
        note_class=new.note_class,
        special_about=new.special_about if new.note_class is NoteClass.SPECIAL else "",
        tells_place=new.tells_place,
        happened_at=new.happened_at,
        participants=new.participants.strip(),
        text=new.text.strip(),
        decision=new.decision,
        task=new.task,
        request=new.request,
        by=by,
        at=at,
    )
    _attach(note, new)
    journal.record(
        Act.NOTE_WRITTEN, household_id=household.pk, subject=note, by=by, at=at, on=localdate(note.happened_at)
    )
    return note


@act
def correct_note(
    *,
    household_id: int,
    note_id: int,
    text: str,
    note_class: NoteClass,
    reason: str,
    by: Employee,
    at: datetime,
    corrections: int | None = None,
) -> NoteCorrection:
    """Put right what a note says, or its class; an empty text strikes it out.

    :param corrections: how many corrections the form was built on; more now, and somebody else was quicker
    :raises Http404: when the note is not the household's, or is not for `by` to read
    :raises CannotWrite: without a reason, without a change, or when somebody else has corrected it meanwhile
    """
    household = locked_household(by, WRITERS, household_id=household_id, at=at)
    note = Note.objects.classed().filter(pk=note_id, household=household).first()
    if note is None or not is_readable(note, household):
        raise Http404
    earlier = list(note.corrections.order_by("pk"))
    if corrections is not None and corrections != len(earlier):
        raise CannotWrite(_("Somebody else has corrected the note. See what it says now."))
    if not reason.strip():
        raise CannotWrite(_("Say why it is corrected."), field="reason")
    if note_class is NoteClass.SPECIAL and note.note_class != NoteClass.SPECIAL and not household.sight.special:
        raise CannotWrite(_("Open the case with a reason first: you would not see the note any more."))
    said = earlier[-1].text if earlier else note.text
    if text.strip() == said and note_class == note.class_now:
        raise CannotWrite(_("Nothing is changed."), field="text")
    correction = NoteCorrection.objects.create(
        note=note, text=text.strip(), note_class=note_class, reason=reason.strip(), by=by, at=at
    )
    journal.record(Act.NOTE_CORRECTED, household_id=household.pk, subject=note, by=by, at=at)
    return correction


def is_readable(note: Note, household: Household) -> bool:
    """Whether a note, with its `class_now`, is there at all by the sight of a household that was opened."""
    return note.class_now != NoteClass.SPECIAL or household.sight.special


def _refuse(household: Household, new: NewNote, *, at: datetime) -> None:
    if not new.text.strip():
        raise CannotWrite(_("Write the note."), field="text")
    if new.happened_at > at + _SLACK:
        raise CannotWrite(_("A note tells of what has happened."), field="happened_on")
    if new.note_class is NoteClass.SPECIAL and new.special_about not in SpecialClass.values:
        raise CannotWrite(_("Say what the special note is about."), field="special_about")
    if new.person_id and not household.members.filter(person=new.person_id).exists():
        raise CannotWrite(_("Choose somebody in the household."), field="person")
    linked: list[Model | None] = [new.decision, new.task, new.request]
    if any(one is not None and getattr(one, "household_id", None) != household.pk for one in linked):
        raise CannotWrite(_("Choose something of this household."), field="linked")


def _attach(note: Note, new: NewNote) -> None:
    """The files as papers of the household that belong to the note: as special, and as telling of places, as it."""
    about = new.files_about.strip() or gettext("Attachment to a note")
    for number, file in enumerate(new.files, start=1):
        ReceivedPaper.objects.create(
            household_id=note.household_id,
            note=note,
            about=about if len(new.files) == 1 else f"{about} ({number})",
            received_on=localdate(note.at),
            is_special=note.note_class == NoteClass.SPECIAL,
            tells_place=True,
            media_type=file.media_type,
            content=file.content,
            sha256=file.sha256,
            by=note.by,
            at=note.at,
        )
