"""Who was let in, who was kept out, what the person asked for about their data, and what guards it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

GUARDED = (
    Entry(
        model="people.Grant",
        title=_("Leave to see your case"),
        household="content_object",
        period=("granted_at",),
        purpose=Purpose.PROTECTION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "permission granted_at expires_at"),
            (K4, Given.TEXT, "reason"),
            (K3, Given.STAFF, "user granted_by"),
            (K3, Given.LINK, "content_object"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="people.Alert",
        title=_("What a leader was told at once"),
        person="person",
        household="household",
        period=("at",),
        purpose=Purpose.PROTECTION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind at"),
            (K3, Given.TO_THE_DAY_LEFT, "handled_at"),
            (K4, Given.IF_ALONE, "reason outcome"),
            (K5, Given.PLACE, "unit"),
            (K3, Given.STAFF, "by handled_by"),
            (K3, Given.LINK, "household person"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="people.Disqualification",
        title=_("Employees who must not deal with your case"),
        person="person",
        purpose=Purpose.PROTECTION,
        fate=Fate.DELETED,
        fields=fields(
            (K5, Given.OTHERS, "employee relation reason"),
            (K5, Given.OTHERS, "starts_on ends_on"),
            (K5, Given.STAFF, "declared_by"),
            (K5, Given.LINK, "person"),
            (K5, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="people.Seal",
        title=_("Sealed data"),
        household="household",
        period=("sealed_at",),
        purpose=Purpose.RIGHTS,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "basis sealed_at"),
            (K3, Given.TO_THE_DAY_LEFT, "lifted_at"),
            (K4, Given.IF_ALONE, "reason lifted_because"),
            (K3, Given.STAFF, "sealed_by lifted_by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.AccessRequest",
        title=_("When you asked to see this"),
        person="person",
        household="household",
        purpose=Purpose.RIGHTS,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "channel received_on due_on answered_at pdf_sha256 json_sha256"),
            (K3, Given.STAFF, "registered_by answered_by"),
            (K3, Given.SYSTEM, "registered_at withheld id"),
            (K3, Given.LINK, "household person"),
        ),
    ),
    Entry(
        model="cases.CorrectionRequest",
        title=_("What you asked to have corrected"),
        person="person",
        household="household",
        purpose=Purpose.RIGHTS,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "channel received_on due_on outcome decided_at"),
            (K4, Given.TEXT, "about refusal"),
            (K3, Given.STAFF, "registered_by decided_by"),
            (K3, Given.LINK, "household person disputed corrected_by"),
            (K3, Given.SYSTEM, "registered_at id"),
        ),
    ),
    Entry(
        model="cases.DestructionItem",
        title=_("Lists of what is to be destroyed"),
        household="household",
        purpose=Purpose.RIGHTS,
        fate=Fate.BARE,
        fields=fields(
            (K3, Given.SYSTEM, "id closed_on is_destroyed kept_because"),
            (K3, Given.LINK, "list household"),
        ),
    ),
    Entry(
        model="cases.PopulationEntry",
        title=_("In what an inspection drew from"),
        household="household",
        period=("on",),
        purpose=Purpose.OVERSIGHT,
        fate=Fate.BARE,
        fields=fields(
            (K3, Given.SYSTEM, "id theme kind on until outcome"),
            (K3, Given.LINK, "inspection household"),
        ),
    ),
    Entry(
        model="cases.SampledCase",
        title=_("Read in an inspection"),
        household="household",
        period=("added_at",),
        purpose=Purpose.OVERSIGHT,
        fate=Fate.BARE,
        cleared=("reason",),
        fields=fields(
            (K3, Given.AS_IT_IS, "added_at"),
            (K4, Given.IF_ALONE, "reason"),
            (K3, Given.STAFF, "added_by"),
            (K3, Given.SYSTEM, "id number origin"),
            (K3, Given.LINK, "inspection household"),
        ),
    ),
    Entry(
        model="cases.Assessment",
        title=_("What an inspection found"),
        household="case__household",
        period=("at",),
        purpose=Purpose.OVERSIGHT,
        fate=Fate.BARE,
        cleared=("note",),
        fields=fields(
            (K3, Given.AS_IT_IS, "point verdict at"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "case"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="people.FindingMark",
        title=_("Reads that a leader looked into"),
        household="household_id",
        purpose=Purpose.PROTECTION,
        fate=Fate.OWN_TIME,
        fields=fields(
            (K3, Given.OTHERS, "unit month employee signs weight outcome note marked_by marked_at"),
            (K3, Given.LINK, "household_id"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    # given as a list of its own: who read, by unit and role
    Entry(
        model="people.Reading",
        title=_("Who has seen your data"),
        person="person_id",
        household="household_id",
        period=("at",),
        purpose=Purpose.PROTECTION,
        fate=Fate.OWN_TIME,
        fields=fields(
            (K3, Given.AS_IT_IS, "at role what purpose"),
            (K5, Given.PLACE, "unit_id"),
            (K3, Given.STAFF, "employee"),
            (K3, Given.LINK, "household_id person_id grant_id"),
            (K3, Given.SYSTEM, "id route request is_refused"),
        ),
    ),
)
