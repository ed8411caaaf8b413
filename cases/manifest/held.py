"""Dwellings held for the household."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

HELD = (
    Entry(
        model="housing.DwellingVoid",
        title=_("Dwellings held for you"),
        household="held_for",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        cleared=("note",),
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on"),
            (K5, Given.PLACE, "dwelling"),
            (K3, Given.TEXT, "note"),
            (K3, Given.SYSTEM, "expected_on reason cost"),
            (K3, Given.LINK, "held_for"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
