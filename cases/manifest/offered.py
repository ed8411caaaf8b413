"""What was offered, and what a housing meeting said and decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

OFFERED = (
    Entry(
        model="cases.AgendaItem",
        title=_("Before the housing meeting"),
        household="household",
        period=("put_at",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "question put_at"),
            (K3, Given.TO_THE_DAY_LEFT, "decision deadline decided_at"),
            (K4, Given.TEXT, "background proposal note decision_text"),
            (K5, Given.PLACE, "proposed_dwelling dwelling"),
            (K3, Given.STAFF, "put_by decided_by responsible"),
            (K3, Given.SYSTEM, "id number effected_on"),
            (K3, Given.LINK, "household meeting carried_from"),
        ),
    ),
    Entry(
        model="cases.Offer",
        title=_("Offers of a dwelling"),
        household="household",
        period=("sent_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "status sent_on expires_on moves_in_from rent_a_month"),
            (K3, Given.TO_THE_DAY_LEFT, "accepted_on ended_on"),
            (K3, Given.AS_IT_IS, "decline_reason effect withdrawn_because"),
            (K4, Given.TEXT, "decline_note"),
            (K5, Given.PLACE, "dwelling viewing unit"),
            (K3, Given.STAFF, "offered_by answered_by"),
            (K3, Given.SYSTEM, "id offered_at"),
            (K3, Given.LINK, "household application agenda_item letter"),
        ),
    ),
)
