# mypy: disable-error-code="no-untyped-call"
"""Valid minimal rows of a catalogue of indicators, beside those that ship with the product."""

from __future__ import annotations

from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import CatalogueRow, Objective, PublishedValue, Strategy


class StrategyFactory(DjangoModelFactory[Strategy]):
    class Meta:
        model = Strategy

    key = Sequence(lambda n: f"strategy-{n}")
    wording_nb = "Hjem til alle"
    wording_nn = "Heim til alle"
    wording_en = "Homes for all"
    starts_on = date(2030, 1, 1)
    ends_on = date(2034, 12, 31)


class ObjectiveFactory(DjangoModelFactory[Objective]):
    class Meta:
        model = Objective

    strategy = SubFactory(StrategyFactory)
    number = "1"
    position = 1
    wording_nb = "Ingen uten hjem"
    wording_nn = "Ingen utan heim"
    wording_en = "Nobody without a home"


class CatalogueRowFactory(DjangoModelFactory[CatalogueRow]):
    class Meta:
        model = CatalogueRow

    objective = SubFactory(ObjectiveFactory)
    code = Sequence(lambda n: f"t.{n}")
    position = Sequence(lambda n: n + 1)
    wording_nb = "Husstander uten hjem"
    wording_nn = "Husstandar utan heim"
    wording_en = "Households without a home"
    unit = "households"
    direction = "down"
    target_kind = "absolute"
    target_value = 0
    local_reading = "same_share"
    how = ("I",)


class PublishedValueFactory(DjangoModelFactory[PublishedValue]):
    class Meta:
        model = PublishedValue

    row = SubFactory(CatalogueRowFactory)
    year = 2030
    value = 12
