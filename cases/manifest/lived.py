"""Where the household has lived."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

LIVED = (
    Entry(
        model="housing.Residence",
        title=_("Where you have lived"),
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        cleared=("room", "dwelling", "lease_reason"),
        fields=fields(
            (K4, Given.SPECIAL_IF_ALONE, "kind"),
            (K3, Given.AS_IT_IS, "starts_on lease price_a_night below_standard"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on lease_ends_on planned_end"),
            (K3, Given.IF_ALONE, "home_waits"),
            (K3, Given.TEXT, "lease_reason"),
            (K5, Given.PLACE, "provider room dwelling"),
            (K5, Given.SYSTEM, "municipality is_undisclosed"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="housing.Absence",
        title=_("Time away"),
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.IF_ALONE, "where"),
            (K3, Given.AS_IT_IS, "starts_on is_held"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="housing.Spell",
        title=_("Your time, as it is counted"),
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.BARE,
        fields=fields(
            (K4, Given.SPECIAL_IF_ALONE, "state"),
            (K3, Given.AS_IT_IS, "starts_on homeless_since"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on limit_on home_on"),
            (K4, Given.SYSTEM, "previous_state next_state"),
            (K3, Given.SYSTEM, "gone_on returned_on nights nights_from nights_to break_from break_to"),
            (K6, Given.SYSTEM, "family_in young_in family_from family_to young_from young_to is_simple"),
            (K5, Given.SYSTEM, "unit municipality"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="housing.Ban",
        title=_("Places you are banned from"),
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on"),
            (K5, Given.PLACE, "provider"),
            (K4, Given.IF_ALONE, "reason"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="housing.NotTogether",
        title=_("Households that are kept apart"),
        household="household",
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.OTHERS, "household other reason"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
