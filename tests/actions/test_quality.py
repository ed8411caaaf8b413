"""Approving for children, inspecting, complaining, and keeping pictures of providers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from housing.actions.quality import (
    CannotWatch,
    approve_for_children,
    close_complaint,
    end_child_approval,
    keep_file,
    note_complaint,
    note_inspection,
    put_right,
)
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
from people.uploads import MediaType, TakenIn
from tests.factories.housing import ProviderFactory
from tests.factories.people import AT, DAY, LONG_AGO, OSLO_NUMBER, UnitFactory, caseworker
from tests.factories.providers import ChildApprovalFactory, ProviderComplaintFactory, ProviderInspectionFactory

pytestmark = pytest.mark.django_db

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
PICTURE = TakenIn(b"\x89PNG", MediaType.PNG, "0" * 64)


@pytest.fixture
def worker() -> Employee:
    return caseworker(UnitFactory.create())


@pytest.fixture
def provider() -> Provider:
    return ProviderFactory.create()


def inspect(provider: Provider, worker: Employee, **facts: Any) -> ProviderInspection:
    told: dict[str, Any] = {
        "on": DAY,
        "outcome": InspectionOutcome.REMARKS,
        "found": "No curtain",
        "is_announced": False,
        "put_right_by": TOMORROW,
        **facts,
    }
    return note_inspection(provider_id=provider.pk, by=worker, at=AT, **told)


def complain(provider: Provider, worker: Employee, **facts: Any) -> ProviderComplaint:
    told: dict[str, Any] = {
        "received_on": DAY,
        "about": ComplaintSubject.PEST,
        "source": ComplaintSource.RESIDENT,
        "text": "Bedbugs",
        **facts,
    }
    return note_complaint(provider_id=provider.pk, by=worker, at=AT, **told)


def test_a_new_approval_takes_over_from_the_one_without_end(provider: Provider, worker: Employee) -> None:
    for starts_on in (LONG_AGO, DAY):
        approve_for_children(provider_id=provider.pk, starts_on=starts_on, ends_on=None, by=worker, at=AT)

    periods = ChildApproval.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(periods) == [(LONG_AGO, DAY), (DAY, None)]


def test_an_approval_is_ended_from_today_on(provider: Provider, worker: Employee) -> None:
    approval = ChildApprovalFactory.create(provider=provider)

    end_child_approval(provider_id=provider.pk, approval_id=approval.pk, ends_on=DAY, by=worker, at=AT)

    assert not provider.child_approvals.on(DAY).exists()
    assert provider.child_approvals.on(YESTERDAY).exists()


@pytest.mark.parametrize(
    ("period", "ends_on"),
    [
        ({"starts_on": LONG_AGO}, YESTERDAY),
        ({"starts_on": TOMORROW}, TOMORROW),
        ({"starts_on": LONG_AGO, "ends_on": TOMORROW}, TOMORROW + timedelta(days=1)),
    ],
)
def test_an_approval_does_not_end_on_a_day_that_cannot_be(
    provider: Provider, worker: Employee, period: dict[str, Any], ends_on: Any
) -> None:
    approval = ChildApprovalFactory.create(provider=provider, **period)

    with pytest.raises(CannotWatch) as refused:
        end_child_approval(provider_id=provider.pk, approval_id=approval.pk, ends_on=ends_on, by=worker, at=AT)

    assert refused.value.field == "ends_on"
    approval.refresh_from_db()
    assert approval.ends_on == period.get("ends_on")


def test_what_an_inspection_found_is_put_right_once(provider: Provider, worker: Employee) -> None:
    inspection = inspect(provider, worker)

    put_right(provider_id=provider.pk, inspection_id=inspection.pk, on=DAY, by=worker, at=AT)

    inspection.refresh_from_db()
    assert (inspection.put_right_on, inspection.by) == (DAY, worker)
    with pytest.raises(CannotWatch):
        put_right(provider_id=provider.pk, inspection_id=inspection.pk, on=DAY, by=worker, at=AT)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"on": TOMORROW}, "on"),
        ({"found": " "}, "found"),
        ({"put_right_by": YESTERDAY}, "put_right_by"),
    ],
)
def test_an_inspection_that_cannot_be_is_refused_at_its_field(
    provider: Provider, worker: Employee, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotWatch) as refused:
        inspect(provider, worker, **facts)

    assert refused.value.field == field
    assert not ProviderInspection.objects.exists()


@pytest.mark.parametrize("on", [YESTERDAY, TOMORROW])
def test_a_fault_is_put_right_between_the_inspection_and_today(provider: Provider, worker: Employee, on: Any) -> None:
    inspection = inspect(provider, worker)

    with pytest.raises(CannotWatch) as refused:
        put_right(provider_id=provider.pk, inspection_id=inspection.pk, on=on, by=worker, at=AT)

    assert refused.value.field == "put_right_on"


def test_a_complaint_is_closed_once_with_what_came_of_it(provider: Provider, worker: Employee) -> None:
    complaint = complain(provider, worker)
    told = {"provider_id": provider.pk, "complaint_id": complaint.pk, "by": worker, "at": AT}

    close_complaint(outcome="The room was cleaned", closed_on=DAY, **told)  # type: ignore[arg-type]

    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.closed_on) == ("The room was cleaned", DAY)
    with pytest.raises(CannotWatch):
        close_complaint(outcome="Again", closed_on=DAY, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"outcome": " "}, "outcome"), ({"closed_on": YESTERDAY}, "closed_on"), ({"closed_on": TOMORROW}, "closed_on")],
)
def test_a_complaint_is_not_closed_in_a_way_that_cannot_be(
    provider: Provider, worker: Employee, facts: dict[str, Any], field: str
) -> None:
    complaint = complain(provider, worker)
    told: dict[str, Any] = {"outcome": "Cleaned", "closed_on": DAY, **facts}

    with pytest.raises(CannotWatch) as refused:
        close_complaint(provider_id=provider.pk, complaint_id=complaint.pk, by=worker, at=AT, **told)

    assert refused.value.field == field


@pytest.mark.parametrize(("facts", "field"), [({"received_on": TOMORROW}, "received_on"), ({"text": ""}, "text")])
def test_a_complaint_that_cannot_be_is_refused_at_its_field(
    provider: Provider, worker: Employee, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotWatch) as refused:
        complain(provider, worker, **facts)

    assert refused.value.field == field


def test_a_picture_belongs_to_an_inspection_or_complaint_of_the_same_provider(
    provider: Provider, worker: Employee
) -> None:
    inspection, elsewhere = inspect(provider, worker), ProviderInspectionFactory.create()
    told = {"provider_id": provider.pk, "file": PICTURE, "about": "The curtain", "by": worker, "at": AT}

    kept = keep_file(inspection_id=inspection.pk, **told)  # type: ignore[arg-type]

    assert (kept.inspection, bytes(kept.content)) == (inspection, PICTURE.content)
    for not_here in ({"inspection_id": elsewhere.pk}, {"complaint_id": ProviderComplaintFactory.create().pk}):
        with pytest.raises(Http404):
            keep_file(**not_here, **told)  # type: ignore[arg-type]
    with pytest.raises(CannotWatch):
        keep_file(**{**told, "about": " "})  # type: ignore[arg-type]
    assert ProviderFile.objects.count() == 1


@pytest.mark.parametrize("do", [inspect, complain])
def test_only_those_who_keep_providers_there_watch_over_them(worker: Employee, do: Callable[..., object]) -> None:
    theirs = ProviderFactory.create(municipality_id=OSLO_NUMBER)

    with pytest.raises(PermissionDenied):
        do(theirs, worker)
