# mypy: disable-error-code="no-untyped-call"
"""Valid minimal tasks, and what asks for them."""

from __future__ import annotations

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import Authority, AuthorityLetter, Task, TaskKind
from tests.factories.people import DAY, EmployeeFactory, HouseholdFactory


class TaskFactory(DjangoModelFactory[Task]):
    """An open task of the household's unit, due on `DAY`, nobody's in particular."""

    class Meta:
        model = Task

    household = SubFactory(HouseholdFactory)
    unit = LazyAttribute(lambda made: made.household.responsibilities.get().unit)
    kind = TaskKind.OTHER
    due_on = DAY


class AuthorityLetterFactory(DjangoModelFactory[AuthorityLetter]):
    """Statsforvalteren asks for a statement by `DAY`."""

    class Meta:
        model = AuthorityLetter

    household = SubFactory(HouseholdFactory)
    authority = Authority.STATSFORVALTEREN
    asks = "A statement in the appeal"
    received_on = DAY
    due_on = DAY
    registered_by = SubFactory(EmployeeFactory)
