"""Notes in the journal: writing one, reading one, correcting one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.notes import WRITERS, correct_note, write_note
from cases.forms.notes import CorrectNoteForm, NoteForm, now_told
from cases.models import Note, NoteClass, NoteKind
from cases.questions.journal import note_fact, one_note, text_now
from cases.views.shell import ActPage, Opened, answer, opened
from cases.wording import day_in_words
from people.access import household_for
from people.masking import require_whereabouts
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """A note; `?kind=` says which, such as a phone call that was just hung up."""
    one = opened(request, key, WRITERS)
    asked = request.GET.get("kind", "")
    kind = NoteKind(asked) if asked in NoteKind.values else NoteKind.PHONE
    page = ActPage(
        title=pgettext("title of a page", "Write a note"),
        submit=_("Save the note"),
        done=_("The note is saved."),
        template="cases/write_note.html",
    )
    form = NoteForm(
        request.POST or None,
        request.FILES or None,
        today=one.today,
        members=one.situation.members,
        linked=_linked(one),
        initial={"kind": kind, **now_told(one.at)},
    )

    def do() -> None:
        write_note(household_id=one.household.pk, new=form.new_note(one.at), by=one.employee, at=one.at)

    return answer(request, one, form, page, do, then=one.url("journal"))


@require_safe
def note(request: HttpRequest, key: UUID, note_id: int) -> HttpResponse:
    """One note whole, with what it said before."""
    one = opened(request, key)
    found = _note(one, note_id)
    facts = [replace(note_fact(found, one.household), url="")]
    context = one.context("journal", note=found, facts=facts, may_write=_may_write(one))
    return render(request, "cases/note.html", context)


@require_http_methods(_METHODS)
def correct(request: HttpRequest, key: UUID, note_id: int) -> HttpResponse:
    one = opened(request, key, WRITERS)
    found = _note(one, note_id)
    if found.tells_place:
        require_whereabouts(one.household)
    page = ActPage(
        title=_("Correct a note"), submit=_("Save the correction"), done=_("The correction stands beside the note.")
    )
    initial = {"text": text_now(found), "note_class": found.class_now, "corrections": found.corrections.count()}
    form = CorrectNoteForm(request.POST or None, today=one.today, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        correct_note(
            household_id=one.household.pk,
            note_id=found.pk,
            text=told["text"],
            note_class=NoteClass(told["note_class"]),
            reason=told["reason"],
            corrections=told["corrections"],
            by=one.employee,
            at=one.at,
        )

    back = one.url("note", found.pk)
    return answer(request, one, form, page, do, back=back, then=one.url("journal"))


def _note(one: Opened, note_id: int) -> Note:
    """A note of the household; one of a special kind through its own door.

    :raises Http404: when it is another household's
    :raises NotOpened: when it is of a special kind and the employee must say why first
    """
    found = one_note(one.household, note_id)
    if found is None:
        raise Http404
    if found.class_now == NoteClass.SPECIAL:
        household_for(one.employee, Permission.VIEW_SPECIAL, key=one.household.key, at=one.at)
    return found


def _may_write(one: Opened) -> bool:
    return one.may_change or one.may_plan


def _linked(one: Opened) -> dict[str, tuple[str, Any]]:
    """What a note can belong to: open tasks, unanswered requests and decisions, by code, newest first."""
    situation = one.situation
    decisions = {
        f"decision-{row.pk}": (_("Decision from %(day)s") % {"day": day_in_words(row.starts_on)}, row)
        for row in situation.decisions
    }
    tasks = {
        f"task-{row.pk}": (_("Task: %(what)s") % {"what": row.about or row.get_kind_display()}, row)
        for row in situation.tasks
    }
    requests = {
        f"request-{row.pk}": (_("Request of %(day)s") % {"day": day_in_words(localdate(row.asked_at))}, row)
        for row in situation.unanswered
    }
    return {**requests, **tasks, **decisions}
