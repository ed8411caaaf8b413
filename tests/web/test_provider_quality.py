from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from housing.models import ChildApproval, Provider, ProviderComplaint, ProviderFile, ProviderInspection
from people.models import Protection, Unit
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import OSLO_NUMBER, UnitFactory, caseworker
from tests.factories.providers import ChildApprovalFactory, ProviderComplaintFactory, ProviderInspectionFactory
from tests.web.pages import text_of
from tests.web.test_providers import BACKEND, occupy


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(client: Client, unit: Unit) -> Client:
    client.force_login(caseworker(unit), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def provider() -> Provider:
    return ProviderFactory.create()


def today() -> date:
    return localdate(timezone.now())


def sent(**facts: object) -> dict[str, object]:
    return {"form_key": str(uuid4()), **facts}


def picture() -> SimpleUploadedFile:
    painted = BytesIO()
    Image.new("RGB", (4, 4)).save(painted, "PNG")
    return SimpleUploadedFile("window.png", painted.getvalue())


def test_the_page_says_whether_children_may_live_there(worker: Client, provider: Provider) -> None:
    url = reverse("housing:provider_quality", args=[provider.pk])
    assert "Never approved" in text_of(worker.get(url))
    approve = reverse("housing:approve_for_children", args=[provider.pk])
    worker.post(approve, sent(starts_on="1.1.26", founded_on="The inspection of 20.12.2025"))
    assert "The inspection of 20.12.2025" in text_of(worker.get(url))
    approval = ChildApproval.objects.get()
    worker.post(reverse("housing:end_child_approval", args=[provider.pk, approval.pk]), sent(ends_on="today"))
    assert "The approval has lapsed" in text_of(worker.get(url))
    assert "Approval for children lapsed" in text_of(worker.get(reverse("housing:providers")))


def test_an_inspection_is_registered_and_put_right(worker: Client, provider: Provider) -> None:
    facts = {"on": "yesterday", "outcome": "serious", "found": "No smoke alarm", "put_right_by": "yesterday"}
    worker.post(reverse("housing:inspect_provider", args=[provider.pk]), sent(**facts))
    inspection = ProviderInspection.objects.get()
    url = reverse("housing:provider_quality", args=[provider.pk])
    assert "Late" in text_of(worker.get(url))
    mend = reverse("housing:put_right", args=[provider.pk, inspection.pk])
    assert "No smoke alarm" in text_of(worker.get(mend))
    worker.post(mend, sent(put_right_on="today"))
    inspection.refresh_from_db()
    assert inspection.put_right_on == today()
    assert "Late" not in text_of(worker.get(url))


def test_a_fault_is_described_or_refused_at_its_field(worker: Client, provider: Provider) -> None:
    answer = worker.post(
        reverse("housing:inspect_provider", args=[provider.pk]), sent(on="today", outcome="remarks", found="")
    )
    assert "Write what was found." in text_of(answer)
    assert not ProviderInspection.objects.exists()


def test_a_complaint_comes_and_is_closed(worker: Client, provider: Provider) -> None:
    facts = {"received_on": "today", "about": "noise", "source": "neighbour", "text": "Shouting every night"}
    worker.post(reverse("housing:complain_of_provider", args=[provider.pk]), sent(**facts))
    complaint = ProviderComplaint.objects.get()
    close = reverse("housing:close_complaint", args=[provider.pk, complaint.pk])
    assert "Shouting every night" in text_of(worker.get(close))
    worker.post(close, sent(outcome="A night guard from now on", closed_on="today"))
    url = reverse("housing:provider_quality", args=[provider.pk])
    assert "A night guard from now on" in text_of(worker.get(url))


def test_a_picture_of_an_inspection_is_taken_in_and_handed_out_as_a_file(worker: Client, provider: Provider) -> None:
    inspection = ProviderInspectionFactory.create(provider=provider)
    ProviderComplaintFactory.create(provider=provider)
    url = reverse("housing:add_provider_file", args=[provider.pk])
    assert "The complaint of" in text_of(worker.get(url))
    worker.post(url, sent(file=picture(), about="The window", of=f"inspection-{inspection.pk}"))
    kept = ProviderFile.objects.get()
    assert kept.inspection == inspection
    answer = worker.get(reverse("housing:provider_file", args=[provider.pk, kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"PNG" in answer.content


def test_what_is_no_picture_is_refused_at_its_field(worker: Client, provider: Provider) -> None:
    url = reverse("housing:add_provider_file", args=[provider.pk])
    answer = worker.post(url, sent(file=SimpleUploadedFile("a.exe", b"MZ"), about="The window"))
    assert "Only PDF and pictures" in text_of(answer)
    assert not ProviderFile.objects.exists()


def test_another_municipality_s_provider_is_not_there(worker: Client) -> None:
    theirs = ProviderFactory.create(municipality_id=OSLO_NUMBER)
    inspection = ProviderInspectionFactory.create(provider=theirs)
    approval = ChildApprovalFactory.create(provider=theirs)
    own = ProviderFactory.create()
    for name, args in (
        ("provider_quality", [theirs.pk]),
        ("put_right", [theirs.pk, inspection.pk]),
        ("put_right", [own.pk, inspection.pk]),
        ("end_child_approval", [own.pk, approval.pk]),
    ):
        assert worker.get(reverse(f"housing:{name}", args=args)).status_code == 404


def test_rooms_are_shown_for_any_night(worker: Client, unit: Unit) -> None:
    room = RoomFactory.create()
    lived = occupy(room, unit)
    url = reverse("housing:provider", args=[room.provider_id])
    before = lived.starts_on - timedelta(days=1)
    assert "Free" in text_of(worker.get(url, {"night": before.isoformat()}))
    assert "Taken" in text_of(worker.get(url, {"night": lived.starts_on.isoformat()}))
    assert "Write the date as day, month and year" in text_of(worker.get(url, {"night": "soon"}))


def test_free_rooms_are_counted_night_by_night(
    worker: Client, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rooms = RoomFactory.create_batch(3, provider=ProviderFactory.create(name="Fjordgløtt"))
    lived = occupy(rooms[0], unit, protection=Protection.CONFIDENTIAL)
    ProviderFactory.create_batch(10)
    before = lived.starts_on - timedelta(days=1)
    with django_assert_max_num_queries(12):
        page = worker.get(reverse("housing:provider_nights"), {"night": before.isoformat()})
    [row] = [row for row in page.context["rows"] if row.provider.name == "Fjordgløtt"]
    assert row.free == [3, *[2] * 6]
