# mypy: disable-error-code="no-untyped-call"
"""Valid minimal inspections, as facts: nobody is let in by them."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    Assessment,
    EntryKind,
    Inspection,
    Inspector,
    Origin,
    Point,
    PopulationEntry,
    SampledCase,
    Theme,
    Verdict,
)
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory, UnitFactory


class InspectionFactory(DjangoModelFactory[Inspection]):
    """Of the two months before `DAY`, in every theme, open for two weeks from `AT`."""

    class Meta:
        model = Inspection

    unit = SubFactory(UnitFactory)
    case_reference = Sequence(lambda n: f"2026/{n}")
    themes = LazyFunction(lambda: list(Theme.values))
    starts_on = DAY - timedelta(days=60)
    ends_on = DAY
    sample_size = 3
    seed = "as the test says"
    population_sha256 = "0" * 64
    opened_by = SubFactory(EmployeeFactory)
    opened_at = AT
    expires_at = AT + timedelta(days=14)


class InspectorFactory(DjangoModelFactory[Inspector]):
    class Meta:
        model = Inspector

    inspection = SubFactory(InspectionFactory)
    employee = SubFactory(EmployeeFactory)


class PopulationEntryFactory(DjangoModelFactory[PopulationEntry]):
    class Meta:
        model = PopulationEntry

    inspection = SubFactory(InspectionFactory)
    household = SubFactory(HouseholdFactory)
    theme = Theme.ALLOTMENT
    kind = EntryKind.REQUEST
    on = DAY


class SampledCaseFactory(DjangoModelFactory[SampledCase]):
    class Meta:
        model = SampledCase

    inspection = SubFactory(InspectionFactory)
    household = SubFactory(HouseholdFactory)
    number = Sequence(lambda n: n % 30_000 + 1)
    origin = Origin.DRAWN
    added_by = SubFactory(EmployeeFactory)
    added_at = AT


class AssessmentFactory(DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    case = SubFactory(SampledCaseFactory)
    point = Point.SAME_DAY
    verdict = Verdict.MET
    by = SubFactory(EmployeeFactory)
    at = AT
