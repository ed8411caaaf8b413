"""Reports of a year."""

from __future__ import annotations

from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import (
    FormFinding,
    RemarkKind,
    Report,
    ReportAnswer,
    ReportKind,
    ReportList,
    ReportRemark,
    ReportSeal,
    ReportStep,
    SentCell,
    Step,
)
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


class ReportSealFactory(DjangoModelFactory[ReportSeal]):
    class Meta:
        model = ReportSeal

    report = SubFactory(ReportFactory)
    digest = "0" * 64
    by = SubFactory(EmployeeFactory)
    at = AT


class ReportStepFactory(DjangoModelFactory[ReportStep]):
    class Meta:
        model = ReportStep

    report = SubFactory(ReportFactory)
    step = Step.BEGUN
    by = SubFactory(EmployeeFactory)
    at = AT


class ReportAnswerFactory(DjangoModelFactory[ReportAnswer]):
    class Meta:
        model = ReportAnswer

    report = SubFactory(ReportFactory)
    key = "waiting_drugs"
    value = 3
    by = SubFactory(EmployeeFactory)
    at = AT


class FormFindingFactory(DjangoModelFactory[FormFinding]):
    class Meta:
        model = FormFinding

    municipality_id = KONGSBERG
    year = 2025
    key = "no_decision"
    count = 2
    found_on = date(2025, 3, 1)
