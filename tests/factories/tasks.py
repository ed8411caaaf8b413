# mypy: disable-error-code="no-untyped-call"
"""Valid minimal tasks, and what asks for them."""

from __future__ import annotations

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    AcceptedFinding,
    Authority,
    AuthorityLetter,
    ControlReview,
    Deviation,
    ReviewedKind,
    RuleObstacle,
    Task,
    TaskKind,
)
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory


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


class AcceptedFindingFactory(DjangoModelFactory[AcceptedFinding]):
    """The leader answers for a lack of the household's own until after `DAY`."""

    class Meta:
        model = AcceptedFinding

    household = SubFactory(HouseholdFactory)
    check_number = "L13"
    subject_kind = "household"
    subject_id = SelfAttribute("household.pk")
    since = LONG_AGO
    reason = "The plan is made with the hospital"
    until = DAY
    by = SubFactory(EmployeeFactory)
    at = AT


class DeviationFactory(DjangoModelFactory[Deviation]):
    """Reported on `DAY` from a household, and nothing made of it yet."""

    class Meta:
        model = Deviation

    household = SubFactory(HouseholdFactory)
    unit = LazyAttribute(lambda made: made.household.responsibilities.get().unit)
    what = "Nobody answered the phone"
    reported_by = SubFactory(EmployeeFactory)
    reported_on = DAY


class RuleObstacleFactory(DjangoModelFactory[RuleObstacle]):
    class Meta:
        model = RuleObstacle

    household = SubFactory(HouseholdFactory)
    unit = LazyAttribute(lambda made: made.household.responsibilities.get().unit)
    rule = "Local rules, section 4"
    stopped = "A flat nearer the school"
    reported_by = SubFactory(EmployeeFactory)
    reported_on = DAY


class ControlReviewFactory(DjangoModelFactory[ControlReview]):
    """A routine of long ago, to be gone through again on `DAY`."""

    class Meta:
        model = ControlReview

    unit = SubFactory(UnitFactory)
    kind = ReviewedKind.ROUTINE
    title = "Who is on call"
    dated_on = LONG_AGO
    next_on = DAY
    owner = SubFactory(EmployeeFactory)
