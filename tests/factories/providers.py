# mypy: disable-error-code="no-untyped-call"
"""Valid minimal approvals, inspections, complaints, files and invoices of providers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from housing.models import (
    ChildApproval,
    ComplaintSource,
    ComplaintSubject,
    InspectionOutcome,
    InvoiceLine,
    ProviderComplaint,
    ProviderFile,
    ProviderInspection,
    ProviderInvoice,
)
from people.uploads import MediaType
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory


class ChildApprovalFactory(DjangoModelFactory[ChildApproval]):
    class Meta:
        model = ChildApproval

    provider = SubFactory(ProviderFactory)
    starts_on = LONG_AGO


class ProviderInspectionFactory(DjangoModelFactory[ProviderInspection]):
    class Meta:
        model = ProviderInspection

    provider = SubFactory(ProviderFactory)
    on = DAY
    outcome = InspectionOutcome.REMARKS
    found = "A window that does not close."
    by = SubFactory(EmployeeFactory)


class ProviderComplaintFactory(DjangoModelFactory[ProviderComplaint]):
    class Meta:
        model = ProviderComplaint

    provider = SubFactory(ProviderFactory)
    received_on = DAY
    about = ComplaintSubject.NOISE
    source = ComplaintSource.RESIDENT
    text = "Noise in the corridor every night."


class ProviderFileFactory(DjangoModelFactory[ProviderFile]):
    class Meta:
        model = ProviderFile

    provider = SubFactory(ProviderFactory)
    about = "The window"
    media_type = MediaType.PNG
    content = b"\x89PNG\r\n\x1a\n"
    sha256 = "0" * 64
    by = SubFactory(EmployeeFactory)
    at = AT


class ProviderInvoiceFactory(DjangoModelFactory[ProviderInvoice]):
    """For March 2026."""

    class Meta:
        model = ProviderInvoice

    provider = SubFactory(ProviderFactory)
    number = Sequence(lambda n: f"F{n}")
    issued_on = date(2026, 4, 2)
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 4, 1)
    by = SubFactory(EmployeeFactory)
    at = AT


class InvoiceLineFactory(DjangoModelFactory[InvoiceLine]):
    """A room of the invoice's provider, for all the nights of the invoice, at 750 kroner."""

    class Meta:
        model = InvoiceLine

    invoice = SubFactory(ProviderInvoiceFactory)
    place = Sequence(lambda n: n + 1)
    room = SubFactory(RoomFactory, provider=SelfAttribute("..invoice.provider"))
    room_name = LazyAttribute(lambda line: line.room.name)
    starts_on = SelfAttribute("invoice.starts_on")
    ends_on = SelfAttribute("invoice.ends_on")
    price_a_night = Decimal(750)
    amount = LazyAttribute(lambda line: line.price_a_night * (line.ends_on - line.starts_on).days)
