# mypy: disable-error-code="no-untyped-call"
"""Valid minimal facts that a municipality tells of itself."""

from __future__ import annotations

from datetime import date

from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from kpi.models import Answer, ChosenIndicator, ChosenStrategy, LocalTarget, OwnIndicator, RegisterValue
from people.models import Municipality
from tests.factories.catalogue import CatalogueRowFactory, ObjectiveFactory, StrategyFactory
from tests.factories.people import AT, KONGSBERG, EmployeeFactory


class ChosenStrategyFactory(DjangoModelFactory[ChosenStrategy]):
    class Meta:
        model = ChosenStrategy

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    strategy = SubFactory(StrategyFactory)
    by = SubFactory(EmployeeFactory)
    at = AT


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    row = SubFactory(CatalogueRowFactory, how=("S",), answer_kind="yes_no")
    year = 2025
    is_yes = True
    by = SubFactory(EmployeeFactory)
    at = AT


class RegisterValueFactory(DjangoModelFactory[RegisterValue]):
    class Meta:
        model = RegisterValue

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    row = SubFactory(CatalogueRowFactory)
    year = 2025
    value = 12
    register = "BrukerPlan"
    by = SubFactory(EmployeeFactory)
    at = AT


class LocalTargetFactory(DjangoModelFactory[LocalTarget]):
    class Meta:
        model = LocalTarget

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    row = SubFactory(CatalogueRowFactory)
    value = 5
    deadline = date(2030, 12, 31)
    by = SubFactory(EmployeeFactory)
    at = AT


class ChosenIndicatorFactory(DjangoModelFactory[ChosenIndicator]):
    class Meta:
        model = ChosenIndicator

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    objective = SubFactory(ObjectiveFactory)
    row = SubFactory(CatalogueRowFactory)
    by = SubFactory(EmployeeFactory)
    at = AT


class OwnIndicatorFactory(DjangoModelFactory[OwnIndicator]):
    class Meta:
        model = OwnIndicator

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    code = "own-1"
    wording = "How many families stayed more than three months?"
    definition = "Families over the limit on the last night."
    population = "in_temporary"
    counted = ("over", "family")
    better = "lower"
    valid_from = date(2025, 1, 1)
    by = SubFactory(EmployeeFactory)
    at = AT
