"""What objectives and units of figures are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.allotted import APPLICATIONS
from kpi.coming import COMING
from kpi.declaring import Unit
from kpi.homes import STOCK, USE

UNIT_WORDS: dict[Unit, str | Promise] = {
    Unit.PERCENT: _("Per cent"),
    Unit.HOUSEHOLDS: _("Households"),
    Unit.STAYS: _("Stays"),
    Unit.NIGHTS: _("Nights"),
    Unit.DAYS: _("Days"),
    Unit.NUMBER: _("Number"),
    Unit.DWELLINGS: _("Dwellings"),
    Unit.APPLICATIONS: _("Applications"),
    Unit.DWELLING_DAYS: _("Days"),
    Unit.KRONER: _("Kroner"),
}
#: By the strategy's number, or the heading of our own codes; the empty one is what has none.
GOALS: dict[str, str | Promise] = {
    "1": _("From temporary to lasting homes"),
    "2": _("Nobody more than three months in temporary accommodation"),
    "3": _("Families with children and young people"),
    "4": _("Refugees settled quickly"),
    "5": _("A varied supply of homes"),
    "6": _("Good homes and neighbourhoods"),
    "7": _("A good home on the private market"),
    "8": _("From renting to owning"),
    "9": _("Safe in a home of one's own"),
    "10": _("Evictions prevented"),
    "13": _("What users say"),
    COMING: _("Out of prison and institutions"),
    STOCK: _("Dwellings, form 13"),
    APPLICATIONS: _("Applications, allotment and waiting list, form 13"),
    USE: _("Empty dwellings"),
    "": _("Our own figures"),
}
