"""Watching over a provider: its approval for children, inspections, complaints, and the pictures that go with them."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.actions.providers import locked_provider
from housing.models import (
    ChildApproval,
    ComplaintSource,
    ComplaintSubject,
    InspectionOutcome,
    Provider,
    ProviderComplaint,
    ProviderFile,
    ProviderInspection,
)
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act
from people.uploads import TakenIn


class CannotWatch(Refusal):
    """The approval, inspection, complaint or picture cannot be kept as told."""


@act
def approve_for_children(
    *, provider_id: int, starts_on: date, ends_on: date | None, founded_on: str = "", by: Employee, at: datetime
) -> ChildApproval:
    """Children may live here in a period; an approval without end that began earlier stops where this one begins."""
    provider = locked_provider(provider_id, by, at)
    provider.child_approvals.filter(ends_on__isnull=True, starts_on__lt=starts_on).update(ends_on=starts_on)
    return ChildApproval.objects.create(
        provider=provider, starts_on=starts_on, ends_on=ends_on, founded_on=founded_on.strip()
    )


@act
def end_child_approval(*, provider_id: int, approval_id: int, ends_on: date, by: Employee, at: datetime) -> None:
    """From a day on children may not live here any more, unless the leader places one. Never backwards.

    :raises CannotWatch: for a day before today, before its first day, or after it ends anyhow
    """
    provider = locked_provider(provider_id, by, at)
    approval = get_object_or_404(ChildApproval, pk=approval_id, provider=provider)
    if ends_on < localdate(at):
        raise CannotWatch(_("An approval ends today at the earliest."), field="ends_on")
    if ends_on <= approval.starts_on:
        raise CannotWatch(_("The end must come after the start."), field="ends_on")
    if approval.ends_on is not None and ends_on > approval.ends_on:
        raise CannotWatch(_("It ends before that already. Register a new approval instead."), field="ends_on")
    approval.ends_on = ends_on
    approval.save(update_fields=["ends_on"])


@act
def note_inspection(
    *,
    provider_id: int,
    on: date,
    outcome: InspectionOutcome,
    found: str,
    is_announced: bool,
    put_right_by: date | None,
    by: Employee,
    at: datetime,
) -> ProviderInspection:
    """:raises CannotWatch: dated ahead, with a fault that is not described, or a deadline before it"""
    provider = locked_provider(provider_id, by, at)
    if on > localdate(at):
        raise CannotWatch(_("It cannot have been later than today."), field="on")
    if outcome != InspectionOutcome.IN_ORDER and not found.strip():
        raise CannotWatch(_("Write what was found."), field="found")
    if put_right_by is not None and put_right_by < on:
        raise CannotWatch(_("The deadline cannot come before the inspection."), field="put_right_by")
    return ProviderInspection.objects.create(
        provider=provider,
        on=on,
        outcome=outcome,
        found=found.strip(),
        is_announced=is_announced,
        put_right_by=put_right_by,
        by=by,
    )


@act
def put_right(*, provider_id: int, inspection_id: int, on: date, by: Employee, at: datetime) -> None:
    """What an inspection found has been put right.

    :raises CannotWatch: when it was before, on a day ahead, or before the inspection
    """
    provider = locked_provider(provider_id, by, at)
    inspection = get_object_or_404(ProviderInspection, pk=inspection_id, provider=provider)
    if inspection.put_right_on is not None:
        raise CannotWatch(_("It is put right already."))
    if not inspection.on <= on <= localdate(at):
        raise CannotWatch(_("Choose a day from the inspection until today."), field="put_right_on")
    inspection.put_right_on = on
    inspection.save(update_fields=["put_right_on"])


@act
def note_complaint(
    *,
    provider_id: int,
    received_on: date,
    about: ComplaintSubject,
    source: ComplaintSource,
    text: str,
    by: Employee,
    at: datetime,
) -> ProviderComplaint:
    """:raises CannotWatch: dated ahead, or without a word"""
    provider = locked_provider(provider_id, by, at)
    if received_on > localdate(at):
        raise CannotWatch(_("It cannot have been later than today."), field="received_on")
    if not text.strip():
        raise CannotWatch(_("Write what the complaint says."), field="text")
    return ProviderComplaint.objects.create(
        provider=provider, received_on=received_on, about=about, source=source, text=text.strip()
    )


@act
def close_complaint(
    *, provider_id: int, complaint_id: int, outcome: str, closed_on: date, by: Employee, at: datetime
) -> None:
    """:raises CannotWatch: when it is closed, without an outcome, or on a day that cannot be"""
    provider = locked_provider(provider_id, by, at)
    complaint = get_object_or_404(ProviderComplaint, pk=complaint_id, provider=provider)
    if complaint.closed_on is not None:
        raise CannotWatch(_("The complaint is closed already."))
    if not outcome.strip():
        raise CannotWatch(_("Say what came of it."), field="outcome")
    if not complaint.received_on <= closed_on <= localdate(at):
        raise CannotWatch(_("Choose a day from when the complaint came until today."), field="closed_on")
    complaint.outcome, complaint.closed_on = outcome.strip(), closed_on
    complaint.save(update_fields=["outcome", "closed_on"])


@act
def keep_file(
    *,
    provider_id: int,
    file: TakenIn,
    about: str,
    by: Employee,
    at: datetime,
    inspection_id: int | None = None,
    complaint_id: int | None = None,
) -> ProviderFile:
    """Append a picture or a report, of an inspection or a complaint where it belongs to one.

    :raises CannotWatch: without a word on what it shows
    """
    provider = locked_provider(provider_id, by, at)
    if not about.strip():
        raise CannotWatch(_("Write what it shows."), field="about")
    _require_here(provider, inspection_id, complaint_id)
    return ProviderFile.objects.create(
        provider=provider,
        inspection_id=inspection_id,
        complaint_id=complaint_id,
        about=about.strip(),
        media_type=file.media_type,
        content=file.content,
        sha256=file.sha256,
        by=by,
        at=at,
    )


def _require_here(provider: Provider, inspection_id: int | None, complaint_id: int | None) -> None:
    is_here = (inspection_id is None or provider.inspections.filter(pk=inspection_id).exists()) and (
        complaint_id is None or provider.complaints.filter(pk=complaint_id).exists()
    )
    if not is_here:
        raise Http404
