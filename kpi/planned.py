"""The indicators of persons' plans among those who are homeless: the source's own questions beside the strategies'.

Source: BrukerPlan 2016 (individual plan 15 per cent, another plan a third); of patients in substitution treatment 23
per cent have an individual plan and 81 a responsibility group.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Population, Unit

_HOMELESS = _("Households that are homeless on the last night of the period.")

_ASKED: tuple[tuple[str, str | Promise, str, str | Promise], ...] = (
    (
        "x.1",
        _("How many of the homeless households have an individual plan?"),
        "has_individual_plan",
        _("Somebody in the household has consented to an individual plan that has not ended."),
    ),
    (
        "x.2",
        _("How many of the homeless households have a responsibility group?"),
        "has_group",
        _("Around the plan of somebody in the household. That of a safety plan is not counted."),
    ),
    (
        "x.3",
        _("How many of the homeless households have another plan?"),
        "has_other_plan",
        _("An action plan or a housing plan. Safety plans are not counted."),
    ),
)

PLANNED: tuple[Indicator, ...] = tuple(
    Indicator(
        code=code,
        question=question,
        population_text=_HOMELESS,
        definition=definition,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        population=Population.HOMELESS_ON,
        numerator=Count(where),
        denominator=Count(),
        source="Varig",
    )
    for code, question, where, definition in _ASKED
)
