"""The rules of approvals, inspections, complaints, files and invoices of providers, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from housing.models import InspectionOutcome
from tests.factories.housing import ProviderFactory
from tests.factories.people import DAY
from tests.factories.providers import (
    ChildApprovalFactory,
    InvoiceLineFactory,
    ProviderComplaintFactory,
    ProviderFileFactory,
    ProviderInspectionFactory,
    ProviderInvoiceFactory,
)

_YESTERDAY = DAY - timedelta(days=1)


def _approved_twice() -> None:
    provider = ProviderFactory.create()
    ChildApprovalFactory.create_batch(2, provider=provider)


def _file_of_two() -> None:
    provider = ProviderFactory.create()
    ProviderFileFactory.create(
        provider=provider,
        inspection=ProviderInspectionFactory.create(provider=provider),
        complaint=ProviderComplaintFactory.create(provider=provider),
    )


def _numbered_twice() -> None:
    ProviderInvoiceFactory.create_batch(2, provider=ProviderFactory.create(), number="F1")


def _placed_twice() -> None:
    InvoiceLineFactory.create_batch(2, invoice=ProviderInvoiceFactory.create(), place=1)


OF_PROVIDERS: dict[str, Callable[[], object]] = {
    "child_approval_ends_after_it_starts": lambda: ChildApprovalFactory.create(starts_on=DAY, ends_on=DAY),
    "child_approval_one_a_day": _approved_twice,
    "provider_inspection_outcome_is_known": lambda: ProviderInspectionFactory.create(outcome="lovely"),
    "provider_inspection_says_what_was_wrong": lambda: ProviderInspectionFactory.create(
        outcome=InspectionOutcome.SERIOUS, found=""
    ),
    "provider_inspection_put_right_after_it": lambda: ProviderInspectionFactory.create(put_right_on=_YESTERDAY),
    "provider_inspection_deadline_after_it": lambda: ProviderInspectionFactory.create(put_right_by=_YESTERDAY),
    "provider_complaint_subject_is_known": lambda: ProviderComplaintFactory.create(about="weather"),
    "provider_complaint_source_is_known": lambda: ProviderComplaintFactory.create(source="nobody"),
    "provider_complaint_says_something": lambda: ProviderComplaintFactory.create(text=""),
    "provider_complaint_closed_with_an_outcome": lambda: ProviderComplaintFactory.create(closed_on=DAY),
    "provider_complaint_closed_after_it_came": lambda: ProviderComplaintFactory.create(
        closed_on=_YESTERDAY, outcome="Seen to"
    ),
    "provider_file_media_type_is_known": lambda: ProviderFileFactory.create(media_type="exe"),
    "provider_file_says_what_it_shows": lambda: ProviderFileFactory.create(about=""),
    "provider_file_has_content": lambda: ProviderFileFactory.create(content=b""),
    "provider_file_tells_its_file": lambda: ProviderFileFactory.create(sha256="none"),
    "provider_file_of_one_thing": _file_of_two,
    "invoice_once_a_provider": _numbered_twice,
    "invoice_has_a_number": lambda: ProviderInvoiceFactory.create(number=""),
    "invoice_ends_after_it_starts": lambda: ProviderInvoiceFactory.create(starts_on=DAY, ends_on=DAY),
    "invoice_due_after_its_day": lambda: ProviderInvoiceFactory.create(issued_on=DAY, due_on=_YESTERDAY),
    "invoice_line_once_a_place": _placed_twice,
    "invoice_line_names_a_room": lambda: InvoiceLineFactory.create(room_name=""),
    "invoice_line_ends_after_it_starts": lambda: InvoiceLineFactory.create(starts_on=DAY, ends_on=DAY),
    "invoice_line_costs_something": lambda: InvoiceLineFactory.create(price_a_night=Decimal(-1)),
    "invoice_line_verdict_is_known": lambda: _judged(verdict="maybe"),
    "invoice_line_is_disputed_with_a_reason": lambda: _judged(verdict="disputed"),
    "invoice_line_is_judged_by_somebody": lambda: InvoiceLineFactory.create(verdict="accepted"),
}


def _judged(**facts: object) -> None:
    line = InvoiceLineFactory.create()
    InvoiceLineFactory.create(judged_by=line.invoice.by, judged_at=line.invoice.at, **facts)
