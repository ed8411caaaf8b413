# mypy: disable-error-code="no-untyped-call"
"""Valid minimal cases and what belongs to them. Traits name situations."""

from __future__ import annotations

from hashlib import sha256

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import (
    Case,
    Decision,
    DecisionStatus,
    Document,
    DocumentKind,
    HomeAim,
    HousingPlan,
    Request,
    RequestKind,
)
from tests.factories.housing import ProviderFactory
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, HouseholdFactory, UnitFactory


class CaseFactory(DjangoModelFactory[Case]):
    """An open case in its first state, whatever the household's residences say."""

    class Meta:
        model = Case

    household = SubFactory(HouseholdFactory)
    municipality = SelfAttribute("household.municipality")
    opened_on = LONG_AGO


class DecisionFactory(DjangoModelFactory[Decision]):
    """A draft for the household's case at a provider of its own. `is_oral`: given by word of mouth at `AT`."""

    class Meta:
        model = Decision

    class Params:
        is_oral = Trait(status=DecisionStatus.ORAL, told_at=AT)

    household = SubFactory(HouseholdFactory)
    case = LazyAttribute(lambda made: made.household.cases.first() or CaseFactory.create(household=made.household))
    unit = SubFactory(UnitFactory)
    provider = SubFactory(ProviderFactory)
    starts_on = LONG_AGO
    ends_on = DAY
    drafted_by = SubFactory(EmployeeFactory)


class DocumentFactory(DjangoModelFactory[Document]):
    """The letter of a decision; its bytes are no PDF. Of another letter say `decision=None`, `household` and `unit`."""

    class Meta:
        model = Document

    decision = SubFactory(DecisionFactory)
    household = SelfAttribute("decision.household")
    number = Sequence(lambda n: n + 1)
    unit = SelfAttribute("decision.unit")
    kind = DocumentKind.DECISION
    language = "nb"
    template_version = "1"
    tells_place = LazyAttribute(lambda made: made.decision is not None and made.decision.provider is not None)
    content = b"%PDF"
    sha256 = LazyAttribute(lambda made: sha256(made.content).hexdigest())
    made_at = AT
    made_by = SubFactory(EmployeeFactory)


class HousingPlanFactory(DjangoModelFactory[HousingPlan]):
    class Meta:
        model = HousingPlan

    household = SubFactory(HouseholdFactory)
    made_on = LONG_AGO
    talk_on = LONG_AGO
    aim = HomeAim.MUNICIPAL_RENTAL
    user_wants = "A home near the school"


class RequestFactory(DjangoModelFactory[Request]):
    """Somebody asks at the counter at `AT`, and has no answer yet."""

    class Meta:
        model = Request

    household = SubFactory(HouseholdFactory)
    unit = SubFactory(UnitFactory)
    asked_at = AT
    kind = LazyAttribute(lambda made: RequestKind.PLACE_TONIGHT if made.lacks_place_tonight else RequestKind.OTHER)
    lacks_place_tonight = True
    received_by = SubFactory(EmployeeFactory)
