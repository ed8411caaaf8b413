# mypy: disable-error-code="no-untyped-call"
"""Valid minimal comments of a year's result report."""

from __future__ import annotations

from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import Objective, ReportComment
from people.models import Municipality
from tests.factories.people import AT, KONGSBERG, EmployeeFactory


class ReportCommentFactory(DjangoModelFactory[ReportComment]):
    class Meta:
        model = ReportComment

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    year = 2025
    objective = LazyFunction(lambda: Objective.objects.get(strategy__key="bolig-for-velferd", number="2"))
    text = "Fewer than before."
    by = SubFactory(EmployeeFactory)
    at = AT
