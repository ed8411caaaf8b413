"""What was applied for: a municipal dwelling, with needs, wishes, priority and pauses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

APPLIED = (
    Entry(
        model="cases.HousingApplication",
        title=_("Applications for a municipal dwelling"),
        household="household",
        period=("received_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind status received_on confirmed_on granted_on ended_on refused_earlier"),
            (K3, Given.AS_IT_IS, "rooms_least area_least rent_most floor_most not_colocated has_pets"),
            (K4, Given.AS_IT_IS, "main_reason needs_accessible needs_small_house support assessed"),
            (K4, Given.TEXT, "wished_place wishes needs_because ended_because override_because"),
            (K3, Given.AS_IT_IS, "override override_on"),
            (K5, Given.PLACE, "unit"),
            (K3, Given.STAFF, "override_by"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id override_mode"),
            (K3, Given.LINK, "household request decision"),
        ),
    ),
    Entry(
        model="cases.ApplicationPause",
        title=_("Pauses of an application for a dwelling"),
        household="application__household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on ends_on reason"),
            (K4, Given.TEXT, "note"),
            (K3, Given.LINK, "application"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
