"""Special notes of a household, and the protection of those who live in it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.special_notes import write_special_note
from cases.forms.protection import ProtectionForm, SpecialNoteForm, UnmaskForm
from cases.questions.journal import special_note_facts
from cases.views.shell import ActPage, Opened, answer, opened
from people.access import sight_of
from people.actions.protection import protect as give_grade
from people.actions.protection import unmask as take_mask_off
from people.models import Member, Protection, SpecialClass
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def special_notes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every note, newest first, and the form that appends one for those who write in the case."""
    one = opened(request, key, Permission.VIEW_SPECIAL)
    page = ActPage(
        title=_("Special notes"),
        submit=_("Save the note"),
        done=_("The note is saved."),
        lead=_(
            "On drugs, violence, health, child protection and prison. "
            "Nobody sees that there are any but those who may read them, and they never change."
        ),
        template="cases/special_notes.html",
    )
    form = SpecialNoteForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        write_special_note(
            household_id=one.household.pk,
            note_class=SpecialClass(told["note_class"]),
            text=told["text"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    notes = one.household.special_notes.select_related("by").order_by("-at", "-pk")
    facts = special_note_facts(one.household)
    return answer(request, one, form, page, do, then=one.url("special_notes"), notes=notes, facts=facts)


@require_http_methods(_METHODS)
def protect(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    one = opened(request, key, (Permission.CHANGE_HOUSEHOLD, Permission.UNMASK))
    member = _member(one, member_id)
    page = ActPage(
        title=_("Protect the address"),
        submit=_("Protect the address"),
        done=_("The address is protected."),
        lead=_("%(person)s. It takes effect at once, and masks everything from before too.")
        % {"person": member.person},
        template="cases/protect.html",
    )
    known = member.person.protection_on(one.today)
    initial = {
        "grade": known if known != Protection.NONE else Protection.CONFIDENTIAL,
        "starts_on": member.person.protection_from or one.today,
        "ends_on": member.person.protection_to,
    }
    form = ProtectionForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        give_grade(
            household_id=one.household.pk,
            person_id=member.person_id,
            grade=Protection(told["grade"]),
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    may_unmask = known != Protection.NONE and Permission.UNMASK in one.permitted
    unmask_url = one.url("unmask", member.pk) if may_unmask else ""
    then = one.url("members")
    shown = answer(request, one, form, page, do, back=then, then=then, unmask_url=unmask_url)
    if shown.status_code == 302 and not sight_of(one.employee, one.household, at=one.at):
        return redirect(reverse("cases:registered_elsewhere"))
    return shown


@require_http_methods(_METHODS)
def unmask(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    one = opened(request, key, Permission.UNMASK)
    member = _member(one, member_id)
    page = ActPage(
        title=_("Decide on unmasking"),
        submit=_("Unmask"),
        done=_("Nothing is masked any more."),
        lead=_("%(person)s. Lists, places and letters show the household as any other from now on.")
        % {"person": member.person},
        is_danger=True,
    )
    form = UnmaskForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        take_mask_off(
            household_id=one.household.pk,
            person_id=member.person_id,
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


def _member(one: Opened, member_id: int) -> Member:
    now = one.household.members.on(localdate(one.at)).select_related("person")
    found: Member = get_object_or_404(now, pk=member_id)
    return found
