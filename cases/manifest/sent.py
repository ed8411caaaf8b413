"""Where letters went: to people, and to the archive."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

SENT = (
    Entry(
        model="cases.Dispatch",
        title=_("How letters were sent to you"),
        person="person",
        household="household",
        period=("made_at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "way state made_at sent_at delivered_at"),
            (K3, Given.STAFF, "made_by"),
            (K3, Given.SYSTEM, "standing key external_id attempts next_at fault id"),
            (K3, Given.LINK, "household document person representative replaces"),
        ),
    ),
    Entry(
        model="cases.ArchiveEntry",
        title=_("Letters in the archive"),
        household="household",
        period=("made_at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "state made_at received_at archive_case archive_record"),
            # what it says stands with the letter
            (K4, Given.SYSTEM, "xml"),
            (K3, Given.SYSTEM, "key xml_sha256 attempts next_at fault sent_at id"),
            (K3, Given.LINK, "household document"),
        ),
    ),
    Entry(
        model="cases.LetterBatchItem",
        title=_("Letters sent to many"),
        household="household",
        period=("done_at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "state"),
            (K3, Given.TO_THE_DAY_LEFT, "done_at"),
            (K4, Given.TEXT, "refusal"),
            (K3, Given.LINK, "batch household request document"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
