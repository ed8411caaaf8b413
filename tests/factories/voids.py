# mypy: disable-error-code="no-untyped-call"
"""A dwelling that stands empty and cannot be let: for repair, since a known day, without end."""

from __future__ import annotations

from factory.declarations import LazyFunction
from factory.django import DjangoModelFactory

from housing.models import Dwelling, DwellingVoid, Tenure, VoidReason
from tests.factories.people import DAY, KONGSBERG, LONG_AGO


def a_dwelling() -> Dwelling:
    return Dwelling.objects.create(
        municipality_id=KONGSBERG, tenure=Tenure.OWNED, address="Storgata 1", acquired_on=LONG_AGO
    )


class DwellingVoidFactory(DjangoModelFactory[DwellingVoid]):
    class Meta:
        model = DwellingVoid

    dwelling = LazyFunction(a_dwelling)
    starts_on = DAY
    reason = VoidReason.REPAIR
