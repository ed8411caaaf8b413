"""What was noted in the journal, and how it was corrected."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

NOTED = (
    Entry(
        model="cases.Note",
        title=_("Notes"),
        person="person",
        household="household",
        period=("happened_at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind happened_at at"),
            (K4, Given.AS_IT_IS, "special_about"),
            (K4, Given.TEXT, "participants text"),
            (K3, Given.SYSTEM, "note_class tells_place"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household person decision task request"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.NoteCorrection",
        title=_("Corrections of notes"),
        household="note__household",
        period=("note__happened_at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "at"),
            (K4, Given.TEXT, "text reason"),
            (K3, Given.SYSTEM, "note_class"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "note"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
