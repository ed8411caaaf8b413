"""Who comes out of a place or of age and needs a home that day, and refugees to be settled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

COMING = (
    Entry(
        model="cases.Transition",
        title=_("Release, discharge and other planned moves"),
        household="household",
        period=("known_on", "ended_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K5, Given.PLACE, "kind origin coordinator dwelling home home_note"),
            (K4, Given.IF_ALONE, "pathway is_conditional returned_to_abuser ended_because"),
            (K4, Given.IF_ALONE, "ready_on notice_on refund refund_applied_on refund_paid_on"),
            (K3, Given.AS_IT_IS, "status known_on expected_on"),
            (K3, Given.TO_THE_DAY_LEFT, "left_on housed_on ended_on"),
            (K3, Given.STAFF, "registered_by"),
            (K3, Given.LINK, "household person"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.RefugeeSettlement",
        title=_("Settling as a refugee"),
        household="household",
        period=("decided_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "asked_on decided_on answer answered_on unaccompanied_minor"),
            (K4, Given.TEXT, "declined_because"),
            (K3, Given.TO_THE_DAY_LEFT, "home_found_on settled_on"),
            (K3, Given.IF_ALONE, "family_ahead family_expected_on"),
            (K3, Given.LINK, "household"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
