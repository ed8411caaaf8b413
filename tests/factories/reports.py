"""Reports of a year."""

from __future__ import annotations

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import RemarkKind, Report, ReportKind, ReportList, ReportRemark, SentCell
from tests.factories.people import AT, KONGSBERG, EmployeeFactory


class ReportFactory(DjangoModelFactory[Report]):
    class Meta:
        model = Report

    kind = ReportKind.KOSTRA
    municipality_id = KONGSBERG
    year = 2025
    made_by = SubFactory(EmployeeFactory)
    made_at = AT


class ReportListFactory(DjangoModelFactory[ReportList]):
    class Meta:
        model = ReportList

    report = SubFactory(ReportFactory)
    key = Sequence(lambda n: f"cell-{n}")
    digest = "0" * 64


class ReportRemarkFactory(DjangoModelFactory[ReportRemark]):
    class Meta:
        model = ReportRemark

    report = SubFactory(ReportFactory)
    kind = RemarkKind.EXPLANATION
    key = "temporary"
    text = "More were counted."
    by = SubFactory(EmployeeFactory)
    at = AT


class SentCellFactory(DjangoModelFactory[SentCell]):
    class Meta:
        model = SentCell

    municipality_id = KONGSBERG
    year = 2024
    cell = "temporary"
    value = 10
    at = AT
