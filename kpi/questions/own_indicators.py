"""A municipality's own indicators as they were defined on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kpi.declaring import Indicator
from kpi.models import OwnIndicator
from kpi.own_indicators import built


def own_indicators(municipality: str, *, on: date) -> QuerySet[OwnIndicator]:
    """Those that hold on the day, by number."""
    holds = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return OwnIndicator.objects.filter(holds, municipality=municipality).select_related("by").order_by("pk")


def as_indicator(one: OwnIndicator) -> Indicator:
    return built(
        code=one.code,
        wording=one.wording,
        definition=one.definition,
        population=one.population,
        among=one.among,
        counted=one.counted,
        is_share=one.is_share,
        better=one.better,
        source=_("The municipality's own"),
    )


def own_indicator(municipality: str, code: str, *, on: date) -> Indicator | None:
    found = own_indicators(municipality, on=on).filter(code=code).first()
    return None if found is None else as_indicator(found)
