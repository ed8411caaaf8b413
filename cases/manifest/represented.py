"""Who acts for the person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

REPRESENTED = (
    Entry(
        model="cases.Representative",
        title=_("Who acts for you"),
        person="person",
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind scope starts_on gets_letters"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on"),
            (K3, Given.TEXT, "name organisation limits end_reason"),
            (K4, Given.TEXT, "note"),
            # theirs, and a parent's may be where somebody is hidden from
            (K5, Given.OTHERS, "phone address"),
            (K3, Given.STAFF, "registered_by"),
            (K3, Given.SYSTEM, "registered_at is_lawyer id"),
            (K3, Given.LINK, "household person paper"),
        ),
    ),
)
