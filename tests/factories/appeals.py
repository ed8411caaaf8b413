# mypy: disable-error-code="no-untyped-call"
"""Valid minimal notices, requests for reasons and appeals, of a decision issued at `AT`."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    Appeal,
    AppealDocument,
    AppealGround,
    AppealHandedOn,
    Appellant,
    Channel,
    Decision,
    DecisionKind,
    DecisionResult,
    DecisionStatus,
    Notice,
    NoticeWay,
    ReasonsRequest,
    Suspension,
)
from people.models import MemberRole
from tests.factories.cases import DecisionFactory
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory

WRITTEN = {"facts": "Facts", "considerations": "Weighed", "start_reason": "Now", "user_view": "Wants it"}


class RefusalFactory(DecisionFactory):
    """A municipal dwelling refused in writing at `AT`."""

    kind = DecisionKind.DWELLING
    basis = "local-dwelling"
    result = DecisionResult.REFUSED
    provider = None  # type: ignore[assignment]
    starts_on = DAY
    ends_on = None  # type: ignore[assignment]
    status = DecisionStatus.ISSUED
    issued_at = AT
    issued_by = SubFactory(EmployeeFactory)
    facts = WRITTEN["facts"]
    considerations = WRITTEN["considerations"]
    user_view = WRITTEN["user_view"]
    next_time = "Come again"


def _applicant(made: object) -> object:
    decision: Decision = made.decision  # type: ignore[attr-defined]
    return decision.household.members.get(role=MemberRole.APPLICANT).person


class NoticeFactory(DjangoModelFactory[Notice]):
    """The letter was handed to the applicant on `DAY`."""

    class Meta:
        model = Notice

    decision = SubFactory(RefusalFactory)
    household = SelfAttribute("decision.household")
    person = LazyAttribute(_applicant)
    recipient_standing = "party"
    way = NoticeWay.HANDED_OVER
    reached_on = DAY
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class ReasonsRequestFactory(DjangoModelFactory[ReasonsRequest]):
    class Meta:
        model = ReasonsRequest

    decision = SubFactory(RefusalFactory)
    household = SelfAttribute("decision.household")
    person = LazyAttribute(_applicant)
    channel = Channel.PHONE
    asked_on = DAY
    due_on = DAY + timedelta(days=7)
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class SuspensionFactory(DjangoModelFactory[Suspension]):
    class Meta:
        model = Suspension

    decision = SubFactory(RefusalFactory)
    household = SelfAttribute("decision.household")
    asked_on = DAY
    asked_because = "They would lose the room"
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class AppealFactory(DjangoModelFactory[Appeal]):
    """The applicant appeals on `DAY`, in time."""

    class Meta:
        model = Appeal

    decision = SubFactory(RefusalFactory)
    household = SelfAttribute("decision.household")
    case = SelfAttribute("decision.case")
    unit = SelfAttribute("decision.unit")
    channel = Channel.WRITTEN
    received_on = DAY
    appellant = Appellant.PARTY
    person = LazyAttribute(lambda made: None if made.appellant == Appellant.OUTSIDER else _applicant(made))
    appellant_name = LazyAttribute(lambda made: "A neighbour" if made.appellant == Appellant.OUTSIDER else "")
    against = "The refusal"
    last_day = DAY + timedelta(days=21)
    absolute_day = DAY + timedelta(days=365)
    acknowledge_by = DAY + timedelta(days=7)
    due_on = DAY + timedelta(days=14)
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class AppealGroundFactory(DjangoModelFactory[AppealGround]):
    class Meta:
        model = AppealGround

    appeal = SubFactory(AppealFactory)
    number = 1
    text = "We are four in one room"


class AppealDocumentFactory(DjangoModelFactory[AppealDocument]):
    class Meta:
        model = AppealDocument

    appeal = SubFactory(AppealFactory)
    number = 1
    source = "appeal-1"
    title = "The appeal"
    dated = DAY


class AppealHandedOnFactory(DjangoModelFactory[AppealHandedOn]):
    class Meta:
        model = AppealHandedOn

    household = SubFactory(HouseholdFactory)
    received_on = DAY
    about = "A decision on social assistance"
    to_body = "Drammen kommune"
    reason = "They decided"
    at = AT
    by = SubFactory(EmployeeFactory)
