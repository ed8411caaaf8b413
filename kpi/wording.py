"""What objectives, units and amounts of figures are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.allotted import APPLICATIONS
from kpi.coming import COMING
from kpi.declaring import Indicator, Population, Unit
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
#: What is added up, by unit or by what a row of the population is.
_AMOUNTS = {
    Unit.NIGHTS: _("Nights"),
    Unit.NUMBER: _("Children"),
    Unit.DWELLING_DAYS: _("Days"),
    Unit.KRONER: _("Kroner"),
}
_ADDED = {
    Population.DEPARTURE: _("Stays"),
    Population.APPLIED: _("Applications"),
    Population.REFUSED: _("Applications"),
    Population.DWELLING_TIME: _("Days"),
    Population.GRANTED: _("Kroner"),
    Population.SETTLED: _("Persons"),
    Population.LENT: _("Loans"),
    Population.PETITION: _("Petitions"),
    Population.EVICTION_END: _("Evictions"),
    Population.ASKED_TONIGHT: _("Requests"),
    Population.LEFT_PLACE: _("Moves out"),
}
#: What a number of households' rows is of, where the rows themselves are households.
_NUMBERS = {Population.HOMELESS_AFTER: _("Moves")}


def amount_label(one: Indicator, *, is_population: bool) -> str:
    """What a household or a dwelling adds to the figure, where that is not simply one."""
    population, _side = one.side(is_population=is_population)
    if one.unit is Unit.NUMBER and population in _NUMBERS:
        return str(_NUMBERS[population])
    if one.unit in _AMOUNTS and not (one.unit is Unit.NUMBER and population in _ADDED):
        return str(_AMOUNTS[one.unit])
    if population in (Population.HOME_FOUND, Population.RELET) or one.value is not None:
        return str(_("Days"))
    return str(_ADDED.get(population, ""))
