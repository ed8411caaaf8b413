"""What providers' agreements on quality, approvals for children and inspections ask for, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from cases.deadlines import opens_on, renewal_due_on
from cases.models import TaskKind
from housing.models import ChildApproval, ProviderInspection, QualityAgreement, Residence
from people.models import Member, MemberRole

OfProvider = QualityAgreement | ChildApproval | ProviderInspection


def providers_to_look_at(on: date) -> Iterator[tuple[OfProvider, TaskKind, date]]:
    """Each fact that asks for a task, with the task's kind and the day it is due."""
    yield from _agreements(on)
    yield from _child_approvals(on)
    yield from _faults(on)


def _agreements(on: date) -> Iterator[tuple[QualityAgreement, TaskKind, date]]:
    """Agreements on quality that lapse soon, or have lapsed where somebody still stays, with none to follow."""
    later = QualityAgreement.objects.filter(provider=OuterRef("provider"), starts_on__gte=OuterRef("ends_on"))
    staying = Residence.objects.on(on).filter(provider=OuterRef("provider"))
    found = QualityAgreement.objects.filter(~Exists(later), Q(ends_on__gt=on) | Exists(staying), ends_on__isnull=False)
    for agreement in found:
        assert agreement.ends_on is not None
        due_on = renewal_due_on(agreement.ends_on)
        if opens_on(due_on, ahead="agreement_lapses") <= on:
            yield agreement, TaskKind.AGREEMENT_LAPSES, due_on


def _child_approvals(on: date) -> Iterator[tuple[ChildApproval, TaskKind, date]]:
    """Approvals for children that lapse soon, or have lapsed where a child still stays, with none to follow."""
    later = ChildApproval.objects.filter(provider=OuterRef("provider"), starts_on__gte=OuterRef("ends_on"))
    child = Member.objects.on(on).filter(household=OuterRef("household"), role=MemberRole.CHILD)
    staying = Residence.objects.on(on).filter(Exists(child), provider=OuterRef("provider"))
    found = ChildApproval.objects.filter(~Exists(later), Q(ends_on__gt=on) | Exists(staying), ends_on__isnull=False)
    for approval in found:
        assert approval.ends_on is not None
        due_on = renewal_due_on(approval.ends_on)
        if opens_on(due_on, ahead="child_approval_lapses") <= on:
            yield approval, TaskKind.CHILD_APPROVAL_LAPSES, due_on


def _faults(on: date) -> Iterator[tuple[ProviderInspection, TaskKind, date]]:
    """What an inspection found and the provider has not put right by the day it was given."""
    for inspection in ProviderInspection.objects.filter(put_right_on__isnull=True, put_right_by__lt=on):
        assert inspection.put_right_by is not None
        yield inspection, TaskKind.FAULT_OVERDUE, inspection.put_right_by
