# mypy: disable-error-code="no-untyped-call"
"""Valid minimal representatives."""

from __future__ import annotations

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import ReceivedPaper, Representative, RepresentativeKind
from people.models import Household, MemberRole
from people.uploads import MediaType
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, HouseholdFactory


def power_of_attorney(household: Household, about: str = "Power of attorney") -> ReceivedPaper:
    return ReceivedPaper.objects.create(
        household=household,
        about=about,
        received_on=DAY,
        media_type=MediaType.PDF,
        content=b"%PDF",
        sha256="0" * 64,
        by=EmployeeFactory.create(),
        at=AT,
    )


class RepresentativeFactory(DjangoModelFactory[Representative]):
    """A guardian of the applicant, for everything, who gets letters."""

    class Meta:
        model = Representative

    household = SubFactory(HouseholdFactory)
    person = LazyAttribute(lambda made: made.household.members.get(role=MemberRole.APPLICANT).person)
    kind = RepresentativeKind.GUARDIAN
    name = Sequence(lambda n: f"Guardian {n}")
    starts_on = LONG_AGO
    registered_by = SubFactory(EmployeeFactory)
    registered_at = AT
    paper = LazyAttribute(
        lambda made: power_of_attorney(made.household) if made.kind == RepresentativeKind.AGENT else None
    )
