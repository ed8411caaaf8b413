# mypy: disable-error-code="no-untyped-call"
"""Applications for municipal dwellings, and the rules that they are ordered by. Traits name situations."""

from __future__ import annotations

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    AllotmentCriterion,
    AllotmentRules,
    ApplicationKind,
    ApplicationPause,
    ApplicationStatus,
    Criterion,
    DecisionKind,
    HousingApplication,
    MainReason,
    PauseReason,
    PriorityMode,
)
from people.models import Municipality
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory


class HousingApplicationFactory(DjangoModelFactory[HousingApplication]):
    """A new one received long ago. `is_waiting`: granted that day by a decision without an end."""

    class Meta:
        model = HousingApplication

    class Params:
        is_waiting = Trait(
            status=ApplicationStatus.GRANTED,
            granted_on=SelfAttribute("received_on"),
            decision=LazyAttribute(
                lambda made: DecisionFactory.create(
                    household=made.household,
                    unit=made.unit,
                    kind=DecisionKind.DWELLING,
                    basis="local-dwelling",
                    provider=None,
                    starts_on=made.received_on,
                    ends_on=None,
                    is_oral=True,
                )
            ),
        )

    household = SubFactory(HouseholdFactory)
    unit = SubFactory(UnitFactory)
    kind = ApplicationKind.NEW
    received_on = LONG_AGO
    confirmed_on = SelfAttribute("received_on")
    main_reason = MainReason.OTHER


class ApplicationPauseFactory(DjangoModelFactory[ApplicationPause]):
    """Without an end, from `DAY`."""

    class Meta:
        model = ApplicationPause

    application = SubFactory(HousingApplicationFactory)
    starts_on = DAY
    reason = PauseReason.OWN_WISH


class AllotmentRulesFactory(DjangoModelFactory[AllotmentRules]):
    """Kongsberg's, by points, with no criterion yet."""

    class Meta:
        model = AllotmentRules

    municipality = LazyAttribute(lambda _made: Municipality.objects.get(pk=KONGSBERG))
    starts_on = LONG_AGO
    mode = PriorityMode.POINTS
    reason = "Decided by the council"
    by = SubFactory(EmployeeFactory)
    at = AT


class AllotmentCriterionFactory(DjangoModelFactory[AllotmentCriterion]):
    class Meta:
        model = AllotmentCriterion

    rules = SubFactory(AllotmentRulesFactory)
    code = Criterion.HOMELESS
    points = 5
