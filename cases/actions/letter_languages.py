"""In which language somebody gets letters, and whether they need an interpreter."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Language, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotSetLanguage(Refusal):
    """The language is not one that letters are written in, or the one to interpret from is missing."""


@act
def set_letter_language(
    *,
    household_id: int,
    person_id: int,
    letter_language: str,
    needs_interpreter: bool,
    spoken: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Person:
    """Set the language of letters to a member, empty for the municipality's own, and the one an interpreter speaks.

    Source: språklova section 15, a private person gets letters in the form of Norwegian that they use or choose;
    forvaltningsloven section 11 e on the interpreter's language.

    :raises CannotSetLanguage: naming the field at fault
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    members = household.members.on(localdate(at))
    person = get_object_or_404(
        Person.objects.select_for_update(no_key=True, of=("self",)), pk=person_id, pk__in=members.values("person")
    )
    if letter_language and letter_language not in Language.values:
        raise CannotSetLanguage(_("Choose a language that letters are written in."), field="letter_language")
    if needs_interpreter and not spoken.strip():
        raise CannotSetLanguage(_("Write which language is spoken."), field="spoken")
    person.letter_language, person.needs_interpreter = letter_language, needs_interpreter
    person.language = spoken.strip()
    person.save(update_fields=["letter_language", "needs_interpreter", "language"])
    journal.record(
        Act.LETTER_LANGUAGE_SET,
        household_id=household.pk,
        subject=person,
        by=by,
        at=at,
        details={"language": letter_language, "interpreter": needs_interpreter},
    )
    return person
