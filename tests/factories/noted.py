# mypy: disable-error-code="no-untyped-call"
"""Valid minimal notes."""

from __future__ import annotations

from factory.declarations import SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import Note, NoteClass, NoteKind
from people.models import SpecialClass
from tests.factories.people import AT, EmployeeFactory, HouseholdFactory


class NoteFactory(DjangoModelFactory[Note]):
    """A phone note of `AT`. `is_special`: on health (K4)."""

    class Meta:
        model = Note

    class Params:
        is_special = Trait(note_class=NoteClass.SPECIAL, special_about=SpecialClass.HEALTH)

    household = SubFactory(HouseholdFactory)
    kind = NoteKind.PHONE
    text = "Rang and asked about the key"
    happened_at = AT
    by = SubFactory(EmployeeFactory)
    at = AT
