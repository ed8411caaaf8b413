# mypy: disable-error-code="no-untyped-call"
"""Valid minimal plans of persons, with what belongs to them. Traits name situations."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    ChildCoordinator,
    ConsentPart,
    ConsentWay,
    CoordinatingUnit,
    GoalsReached,
    GroupMeeting,
    IndividualPlan,
    ParticipantKind,
    PlanConsent,
    PlanEvaluation,
    PlanKind,
    PlanMeasure,
    PlanParticipant,
    PlanRight,
    PlanState,
    PlanVersion,
    ResponsibilityGroup,
    Responsible,
)
from people.models import Municipality
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory

HALF_A_YEAR = timedelta(days=182)


class IndividualPlanFactory(DjangoModelFactory[IndividualPlan]):
    """An individual plan offered to a household's applicant today. `is_active`: consented to and begun today."""

    class Meta:
        model = IndividualPlan

    class Params:
        is_consented = Trait(state=PlanState.CONSENTED, consented_on=DAY, coordinator=SubFactory(EmployeeFactory))
        is_active = Trait(
            state=PlanState.ACTIVE,
            consented_on=DAY,
            coordinator=SubFactory(EmployeeFactory),
            starts_on=DAY,
            next_revision_on=DAY + HALF_A_YEAR,
            revision=1,
        )

    household = SubFactory(HouseholdFactory)
    person = LazyAttribute(lambda made: made.household.members.get(role="applicant").person)
    kind = PlanKind.INDIVIDUAL
    right = PlanRight.COORDINATED
    offered_on = DAY
    offered_by = SubFactory(EmployeeFactory)


class PlanParticipantFactory(DjangoModelFactory[PlanParticipant]):
    class Meta:
        model = PlanParticipant

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    kind = ParticipantKind.SERVICE
    name = "Liv Lund"
    service = "Mental health"
    contributes = "Talks every week"
    joined_on = DAY


class PlanConsentFactory(DjangoModelFactory[PlanConsent]):
    """To the plan itself. To share say `part` and `participant`."""

    class Meta:
        model = PlanConsent

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    part = ConsentPart.PLAN
    way = ConsentWay.WRITTEN
    given_on = DAY


class PlanMeasureFactory(DjangoModelFactory[PlanMeasure]):
    class Meta:
        model = PlanMeasure

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    what = "Find a home near the school"
    responsible = Responsible.COORDINATOR
    extent = "Once a week"
    begins_on = DAY
    due_on = DAY + timedelta(days=30)


class PlanEvaluationFactory(DjangoModelFactory[PlanEvaluation]):
    class Meta:
        model = PlanEvaluation

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    held_on = DAY
    goals = GoalsReached.UNDER_WAY
    person_says = "It goes better"
    by = SubFactory(EmployeeFactory)


class PlanVersionFactory(DjangoModelFactory[PlanVersion]):
    class Meta:
        model = PlanVersion

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    number = 1
    content = "A home near the school"
    by = SubFactory(EmployeeFactory)
    at = AT


class ResponsibilityGroupFactory(DjangoModelFactory[ResponsibilityGroup]):
    class Meta:
        model = ResponsibilityGroup

    plan = SubFactory(IndividualPlanFactory, is_active=True)
    led_by = "Liv Lund"
    formed_on = DAY


class GroupMeetingFactory(DjangoModelFactory[GroupMeeting]):
    class Meta:
        model = GroupMeeting

    group = SubFactory(ResponsibilityGroupFactory)
    held_on = DAY
    present = "Liv Lund"
    minutes = "The school is told"
    by = SubFactory(EmployeeFactory)


class ChildCoordinatorFactory(DjangoModelFactory[ChildCoordinator]):
    class Meta:
        model = ChildCoordinator

    household = SubFactory(HouseholdFactory)
    person = LazyAttribute(lambda made: made.household.members.first().person)
    name = "Bjarne Berg"
    service = "Health station"
    starts_on = LONG_AGO


class CoordinatingUnitFactory(DjangoModelFactory[CoordinatingUnit]):
    class Meta:
        model = CoordinatingUnit

    municipality = LazyAttribute(lambda _made: Municipality.objects.get(number=KONGSBERG))
    name = "Co-ordination"
