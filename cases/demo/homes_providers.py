"""What is kept of the providers: approvals for children, inspections, complaints, and what they charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from cases.actions.night_lists import set_night_list_hour
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.town import Town
from housing.actions.invoices import accept_in_order, judge, take_invoice
from housing.actions.quality import approve_for_children, close_complaint, note_complaint, note_inspection, put_right
from housing.invoices import Written
from housing.models import (
    ComplaintSource,
    ComplaintSubject,
    InspectionOutcome,
    Provider,
    ProviderInvoice,
    Residence,
    Verdict,
)
from housing.states import add_months
from people.models import Employee

#: How much too much the provider asks a night in its newest invoice's first line.
TOO_MUCH = Decimal(100)


def providers_kept(town: Town) -> list[Story]:
    told = content("homes_providers")
    by = town.employees["bolig"]
    stories = [
        *(_approved(town, row, by) for row in told["approvals"]),
        *(_inspected(town, row, by) for row in told["inspections"]),
        *(_complained(town, row, by) for row in told["complaints"]),
        *(_charged(town, town.providers[name], town.leader) for name in told["invoices"]["providers"]),
    ]
    return [*stories, _laid_ready(town, told["night_list"]["hour"])]


def _approved(town: Town, row: dict[str, Any], by: Employee) -> Story:
    starts_on = town.edge_day - timedelta(days=row["began"])
    at = town.edge - timedelta(days=row["began"])
    yield at
    approve_for_children(
        provider_id=town.providers[row["provider"]].pk,
        starts_on=starts_on,
        ends_on=town.edge_day - timedelta(days=row["ends"]) if "ends" in row else None,
        founded_on=row["founded_on"],
        by=by,
        at=at,
    )


def _inspected(town: Town, row: dict[str, Any], by: Employee) -> Story:
    pk, at = town.providers[row["provider"]].pk, _ago(town, row["ago"])
    yield at
    made = note_inspection(
        provider_id=pk,
        on=localdate(at),
        outcome=InspectionOutcome(row["outcome"]),
        found=row["found"],
        is_announced=False,
        put_right_by=town.edge_day - timedelta(days=row["put_right_by"]) if "put_right_by" in row else None,
        by=by,
        at=at,
    )
    if "put_right" in row:
        then = _ago(town, row["put_right"])
        yield then
        put_right(provider_id=pk, inspection_id=made.pk, on=localdate(then), by=by, at=then)


def _complained(town: Town, row: dict[str, Any], by: Employee) -> Story:
    pk, at = town.providers[row["provider"]].pk, _ago(town, row["ago"])
    yield at
    made = note_complaint(
        provider_id=pk,
        received_on=localdate(at),
        about=ComplaintSubject(row["about"]),
        source=ComplaintSource(row["source"]),
        text=row["text"],
        by=by,
        at=at,
    )
    if "closed" in row:
        then = _ago(town, row["closed"])
        yield then
        close_complaint(
            provider_id=pk, complaint_id=made.pk, outcome=row["outcome"], closed_on=localdate(then), by=by, at=then
        )


def _charged(town: Town, provider: Provider, by: Employee) -> Story:
    """Two months: the first handled, the newest just come, with a price too high and a room that is not there."""
    this_month = town.edge_day.replace(day=1)
    for back in (2, 1):
        first = add_months(this_month, -back)
        at = min(_ago(town, (town.edge_day - add_months(first, 1)).days - 1), town.edge)
        yield at
        lines = list(_lines(provider, first, add_months(first, 1)))
        if not lines:
            continue
        invoice = _taken(provider, first, _with_faults(lines) if back == 1 else lines, by=by, at=at)
        accept_in_order(invoice_id=invoice.pk, by=by, at=at)
        if back == 1:
            _dispute_what_is_not_there(invoice, by=by, at=at)


def _taken(provider: Provider, first: date, lines: list[Written], *, by: Employee, at: datetime) -> ProviderInvoice:
    number = content("homes_providers")["invoices"]["number"].format(number=f"{first:%Y%m}")
    return take_invoice(
        provider_id=provider.pk,
        number=number,
        issued_on=localdate(at),
        due_on=localdate(at) + timedelta(days=30),
        lines=lines,
        by=by,
        at=at,
    )


def _lines(provider: Provider, first: date, end: date) -> Iterator[Written]:
    """What was slept there in the month, as an honest provider would charge it."""
    lived = Residence.objects.touching(first, end).filter(provider=provider, room__isnull=False)
    for place, one in enumerate(lived.select_related("room").order_by("starts_on", "pk"), start=2):
        assert one.room is not None
        starts_on, ends_on = max(one.starts_on, first), min(one.ends_on or end, end)
        price = Decimal(one.price_a_night or one.room.price_a_night)
        amount = price * (ends_on - starts_on).days
        yield Written(place=place, room=one.room.name, starts_on=starts_on, ends_on=ends_on, price=price, amount=amount)


def _with_faults(lines: list[Written]) -> list[Written]:
    """The first dearer than agreed, the last left out where there are several, and one for a room there is none of."""
    dear = lines[0].price + TOO_MUCH
    nights = (lines[0].ends_on - lines[0].starts_on).days
    kept = [replace(lines[0], price=dear, amount=dear * nights), *lines[1 : -1 if len(lines) > 2 else None]]
    phantom = content("homes_providers")["invoices"]["phantom_room"]
    return [*kept, replace(lines[0], place=len(lines) + 2, room=phantom)]


def _dispute_what_is_not_there(invoice: ProviderInvoice, *, by: Employee, at: datetime) -> None:
    because = content("homes_providers")["invoices"]["dispute"]
    for line in invoice.lines.filter(room__isnull=True):
        judge(invoice_id=invoice.pk, line_id=line.pk, verdict=Verdict.DISPUTED, because=because, by=by, at=at)


def _laid_ready(town: Town, hour: int) -> Story:
    yield town.edge - timedelta(days=60)
    at = town.edge - timedelta(days=60)
    set_night_list_hour(unit_id=town.nav.pk, made_at=time(hour), by=town.leader, at=at)


def _ago(town: Town, days: int) -> datetime:
    return town.edge - timedelta(days=days)
