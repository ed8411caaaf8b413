# mypy: disable-error-code="no-untyped-call"
"""Letters on their way. Traits name situations."""

from __future__ import annotations

from factory.declarations import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from cases.models import ArchiveEntry, Dispatch, LetterBatch, LetterBatchItem
from tests.factories.cases import DocumentFactory
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory, PersonFactory, UnitFactory


class DispatchFactory(DjangoModelFactory[Dispatch]):
    """A letter that waits to be put in an envelope. `is_digital`: to be sent by the worker at `AT`."""

    class Meta:
        model = Dispatch

    class Params:
        is_digital = Trait(way="digital", next_at=AT)

    document = SubFactory(DocumentFactory)
    household = SelfAttribute("document.household")
    person = LazyAttribute(
        lambda made: next((m.person for m in made.household.members.order_by("pk")), None) or PersonFactory.create()
    )
    standing = "party"
    way = "post"
    made_at = AT
    made_by = SubFactory(EmployeeFactory)


class ArchiveEntryFactory(DjangoModelFactory[ArchiveEntry]):
    """A copy that waits for its turn at `AT`."""

    class Meta:
        model = ArchiveEntry

    document = SubFactory(DocumentFactory)
    household = SelfAttribute("document.household")
    made_at = AT
    next_at = AT


class LetterBatchFactory(DjangoModelFactory[LetterBatch]):
    class Meta:
        model = LetterBatch

    unit = SubFactory(UnitFactory)
    kind = "in_temporary"
    reason = "We go through all cases."
    needed = "Your lease"
    consequence = "We decide on what we know."
    due_on = DAY
    made_by = SubFactory(EmployeeFactory)
    made_at = AT


class LetterBatchItemFactory(DjangoModelFactory[LetterBatchItem]):
    class Meta:
        model = LetterBatchItem

    batch = SubFactory(LetterBatchFactory)
    household = SubFactory(HouseholdFactory)
