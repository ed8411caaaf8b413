# mypy: disable-error-code="no-untyped-call"
"""Letters on the way to an answer, and a municipality's own texts."""

from __future__ import annotations

from datetime import timedelta

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    AnswerDelay,
    AnswerDelayKind,
    DocumentKind,
    InformationRequest,
    ReasonSource,
    StandardText,
    TextPlace,
)
from people.models import Municipality
from tests.factories.cases import DecisionFactory, DocumentFactory, RequestFactory
from tests.factories.people import AT, DAY, OSLO_NUMBER, EmployeeFactory


class AnswerDelayFactory(DjangoModelFactory[AnswerDelay]):
    """A preliminary answer with its letter, whose bytes are no PDF."""

    class Meta:
        model = AnswerDelay

    request = SubFactory(RequestFactory)
    household = SelfAttribute("request.household")
    kind = AnswerDelayKind.PRELIMINARY
    sent_on = DAY
    expected_by = DAY + timedelta(days=30)
    reason = "We wait for the landlord."
    document = LazyAttribute(
        lambda made: DocumentFactory.create(
            decision=None, household=made.household, unit=made.request.unit, kind=DocumentKind.PRELIMINARY
        )
    )
    by = SubFactory(EmployeeFactory)


class InformationRequestFactory(DjangoModelFactory[InformationRequest]):
    """Something asked for that has not come."""

    class Meta:
        model = InformationRequest

    request = SubFactory(RequestFactory)
    household = SelfAttribute("request.household")
    sent_on = DAY
    needed = "The lease"
    why = "To know the rent."
    consequence = "We decide by what we know."
    answer_by = DAY + timedelta(days=14)
    document = LazyAttribute(
        lambda made: DocumentFactory.create(
            decision=None, household=made.household, unit=made.request.unit, kind=DocumentKind.INFORMATION_REQUEST
        )
    )
    by = SubFactory(EmployeeFactory)


class StandardTextFactory(DjangoModelFactory[StandardText]):
    """A closing for every letter in bokmål."""

    class Meta:
        model = StandardText

    municipality = LazyAttribute(lambda made: Municipality.objects.get(number=OSLO_NUMBER))
    place = TextPlace.CLOSING
    language = "nb"
    text = "Our own words"
    starts_on = DAY
    written_by = SubFactory(EmployeeFactory)
    written_at = AT


class ReasonSourceFactory(DjangoModelFactory[ReasonSource]):
    """A sentence of the facts that rests on the legal basis."""

    class Meta:
        model = ReasonSource

    decision = SubFactory(DecisionFactory)
    part = "facts"
    sentence = "0" * 64
    kind = "rule"
    ref = "sotjl-27"
    by = SubFactory(EmployeeFactory)
    at = AT
