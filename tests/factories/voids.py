# mypy: disable-error-code="no-untyped-call"
"""A dwelling that stands empty and cannot be let: for repair, since a known day, without end."""

from __future__ import annotations

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from housing.models import DwellingVoid, VoidReason
from tests.factories.housing import DwellingFactory
from tests.factories.people import DAY


class DwellingVoidFactory(DjangoModelFactory[DwellingVoid]):
    class Meta:
        model = DwellingVoid

    dwelling = SubFactory(DwellingFactory)
    starts_on = DAY
    reason = VoidReason.REPAIR
