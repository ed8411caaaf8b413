"""The indicators of evictions: petitioned for, carried out, averted.

Sources: *Bolig for velferd* (2014-2020), målsetting 10; *På vei til egen bolig* (2005-2007); docs/kpi.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Known, Population, Unit

_PETITIONS = _("Petitions for eviction made in the period, as far as the office knows of them.")
_ENDED = _("Evictions that came to an end in the period.")
_EACH_PETITION = _("Each petition counts, on the day it was made.")
_EACH_EVICTION = _("Each eviction counts, on the day it was carried out.")
_OLD = "På vei til egen bolig (2005-2007)"


def _petitions(code: str, **more: Any) -> Indicator:
    return _counted(
        code,
        _("How many petitions for eviction were made?"),
        Population.PETITION,
        population_text=_PETITIONS,
        definition=_EACH_PETITION,
        **more,
    )


def _carried_out(code: str, **more: Any) -> Indicator:
    return _counted(
        code,
        _("How many evictions were carried out?"),
        Population.EVICTION_END,
        "status = 'carried_out'",
        population_text=_ENDED,
        definition=_EACH_EVICTION,
        **more,
    )


def _counted(code: str, question: str | Promise, population: Population, where: str = "TRUE", **more: Any) -> Indicator:
    told: dict[str, Any] = {"unit": Unit.NUMBER, "better": Better.LOWER, "numerator": Count(where)}
    return Indicator(code=code, question=question, population=population, **(told | more))


EVICTIONS: tuple[Indicator, ...] = (
    _petitions("10.s1", goal="10", baseline=Known(year=2013, value=Decimal(9604))),
    _carried_out("10.s2", goal="10", baseline=Known(year=2013, value=Decimal(1930))),
    _counted(
        "evictions_averted",
        _("How many of the evictions were averted?"),
        Population.EVICTION_END,
        "status = 'averted'",
        population_text=_ENDED,
        definition=_("Averted, by those that were averted or carried out. Those withdrawn are left out."),
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        denominator=Count("status IN ('averted', 'carried_out')"),
        goal="10",
        source="Varig",
    ),
    _petitions("p.1", target=_("Half as many as before, by 2007 (past)"), source=_OLD),
    _carried_out("p.2", target=_("30 per cent fewer, by 2007 (past)"), source=_OLD),
)
