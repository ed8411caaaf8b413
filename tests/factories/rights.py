# mypy: disable-error-code="no-untyped-call"
"""Valid minimal seals, requests for access and correction, and destruction lists."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import AccessRequest, Channel, CorrectionRequest, DestructionItem, DestructionList, RetentionRule
from people.models import Municipality, Seal, SealBasis
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, EmployeeFactory, HouseholdFactory, PersonFactory


class SealFactory(DjangoModelFactory[Seal]):
    class Meta:
        model = Seal

    household = SubFactory(HouseholdFactory)
    basis = SealBasis.ERASURE
    reason = "Asked to be erased"
    sealed_by = SubFactory(EmployeeFactory)
    sealed_at = AT


class AccessRequestFactory(DjangoModelFactory[AccessRequest]):
    """Received today by somebody in the household, and not answered."""

    class Meta:
        model = AccessRequest

    household = SubFactory(HouseholdFactory)
    person = LazyAttribute(lambda made: made.household.members.get().person)
    channel = Channel.WRITTEN
    received_on = DAY
    due_on = DAY + timedelta(days=30)
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class CorrectionRequestFactory(DjangoModelFactory[CorrectionRequest]):
    class Meta:
        model = CorrectionRequest

    household = SubFactory(HouseholdFactory)
    person = SubFactory(PersonFactory)
    channel = Channel.WRITTEN
    received_on = DAY
    due_on = DAY + timedelta(days=30)
    about = "The move was on the 3rd, not on the 8th"
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT


class RetentionRuleFactory(DjangoModelFactory[RetentionRule]):
    class Meta:
        model = RetentionRule

    municipality = LazyFunction(lambda: Municipality.objects.get(number=KONGSBERG))
    years = 10
    basis = "The municipality's plan for keeping and destroying, point 4"
    starts_on = LONG_AGO
    set_by = SubFactory(EmployeeFactory)


class DestructionListFactory(DjangoModelFactory[DestructionList]):
    class Meta:
        model = DestructionList

    rule = SubFactory(RetentionRuleFactory)
    municipality = SelfAttribute("rule.municipality")
    proposed_by = SubFactory(EmployeeFactory)
    proposed_at = AT


class DestructionItemFactory(DjangoModelFactory[DestructionItem]):
    class Meta:
        model = DestructionItem

    list = SubFactory(DestructionListFactory)
    household = SubFactory(HouseholdFactory)
    closed_on = LONG_AGO
