from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cases.models import AccessRequest, CorrectionRequest, Task, TaskKind
from people import journal
from people.journal import Act
from people.models import Employee, Household, MemberRole, Reading, Role, Seal
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.people import (
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.factories.rights import AccessRequestFactory, CorrectionRequestFactory, SealFactory
from tests.journeys import unit_of, worker_for
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

TODAY = localdate(timezone.now())


def signed_in(client: Client, **household: Any) -> tuple[Household, Employee]:
    """A household of one with a case, and its caseworker signed in."""
    made = HouseholdFactory.create(applicant__person__name="Kari Solbakken", **household)
    CaseFactory.create(household=made)
    worker = worker_for(made)
    sign_in(client, worker)
    return made, worker


def url(name: str, household: Household, *more: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *more])


def waiting(household: Household, **told: Any) -> AccessRequest:
    facts = {"received_on": TODAY, "due_on": TODAY + timedelta(days=30), **told}
    return AccessRequestFactory.create(household=household, **facts)


def test_a_request_for_access_is_registered_and_waits_on_the_page(client: Client) -> None:
    household, _ = signed_in(client)
    person = household.members.get().person

    sent = send(
        client, url("ask_access", household), {"person": person.pk, "channel": "written", "received_on": "today"}
    )
    page = text_of(followed(client, sent))

    assert "Kari Solbakken" in page
    assert Task.objects.filter(household=household, kind=TaskKind.ANSWER_ACCESS).exists()
    assert client.get(reverse("cases:task", args=[household.key, Task.objects.get().pk])).status_code == 200


def test_a_late_request_is_marked(client: Client) -> None:
    household, _ = signed_in(client)
    waiting(household, received_on=TODAY - timedelta(days=40), due_on=TODAY - timedelta(days=10))

    page = client.get(url("rights", household)).content.decode()

    assert 'data-color="danger"' in page


def test_the_package_is_handed_over_as_one_file_with_what_was_ticked_taken_out(client: Client) -> None:
    household, _ = signed_in(client)
    asked = waiting(household)
    RequestFactory.create(
        household=household, unit=unit_of(household), about="KANARI the neighbour", asked_at=timezone.now()
    )
    RequestFactory.create(household=household, unit=unit_of(household), about="A room please", asked_at=timezone.now())
    page = url("answer_asked", household, asked.pk)
    form = client.get(page).context["form"]
    [canary] = [code for code, words in form.fields["withheld"].choices if "KANARI" in words]

    answer = send(client, page, {"language": "nb", "withheld": [canary]})

    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"I-{asked.pk}.pdf", f"I-{asked.pk}.json"]
        told = archive.read(f"I-{asked.pk}.json").decode()
    assert "A room please" in told and "KANARI" not in told
    assert json.loads(told)["reference"] == f"I-{asked.pk}"
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert client.get(page).status_code == 200
    assert client.get(url("rights", household)).status_code == 200


def test_handing_over_needs_a_fresh_proof_of_who_one_is(client: Client) -> None:
    household, worker = signed_in(client)
    asked = waiting(household)
    sign_in(client, worker, at=timezone.now() - timedelta(hours=1))

    answer = client.get(url("answer_asked", household, asked.pk))

    assert answer.status_code == 302 and "sign-in" in answer.headers["Location"]


def test_a_language_that_is_none_is_refused_and_nothing_is_handed_over(client: Client) -> None:
    household, _ = signed_in(client)
    asked = waiting(household)

    answer = send(client, url("answer_asked", household, asked.pk), {"language": "xx"})

    assert answer.headers["Content-Type"].startswith("text/html")
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_correction_is_asked_for_refused_and_answered_by_letter_and_stands_beside_the_line(client: Client) -> None:
    household, worker = signed_in(client)
    person = household.members.get().person
    line = journal.record(
        Act.NOTE_WRITTEN, household_id=household.pk, subject=household, by=worker, at=timezone.now(), reason="Shouted"
    )
    told = {
        "person": person.pk,
        "channel": "written",
        "received_on": "today",
        "about": "I did not",
        "disputed": line.pk,
    }

    followed(client, send(client, url("ask_correction", household), told))
    found = CorrectionRequest.objects.get()
    done = send(client, url("correction", household, found.pk), {"outcome": "refused", "refusal": "Two witnesses"})
    page = text_of(followed(client, done))

    assert "Two witnesses" in page
    for language in ("nb", "nn"):
        letter = client.get(url("correction_letter", household, found.pk, language))
        assert letter.content.startswith(b"%PDF")
    assert client.get(url("correction_letter", household, found.pk, "xx")).status_code == 404
    assert "Shouted" in text_of(client.get(url("journal", household)))
    assert "I did not" in text_of(client.get(url("journal", household)))


def test_a_correction_without_its_act_says_so_at_the_field(client: Client) -> None:
    household, _ = signed_in(client)
    found = CorrectionRequestFactory.create(household=household, person=household.members.get().person)

    page = send(client, url("correction", household, found.pk), {"outcome": "corrected"})

    assert page.status_code == 200
    assert page.context["form"].errors["corrected_by"]
    line = journal.record(
        Act.RESIDENCE_CORRECTED,
        household_id=household.pk,
        subject=household,
        by=EmployeeFactory.create(),
        at=timezone.now(),
    )
    done = send(client, url("correction", household, found.pk), {"outcome": "corrected", "corrected_by": line.pk})
    assert followed(client, done).status_code == 200


def test_sealed_data_is_gone_for_who_sealed_it_and_the_leader_lifts_the_seal(client: Client) -> None:
    household, worker = signed_in(client)

    sent = send(client, url("seal", household), {"basis": "erasure", "reason": "Asked to be erased"})
    assert followed(client, sent).status_code == 200
    assert client.get(url("household", household)).status_code == 404

    leader = team_leader(unit_of(household))
    sign_in(client, leader)
    assert household.ref in text_of(client.get(reverse("cases:seals")))
    assert Reading.objects.filter(employee=leader, household_id=household.pk).exists()
    assert "Kari" not in text_of(client.get(reverse("cases:seals")))
    lifted = send(client, reverse("cases:lift_seal", args=[Seal.objects.get().pk]), {"reason": "Withdrawn"})
    assert followed(client, lifted).status_code == 200

    sign_in(client, worker)
    assert client.get(url("household", household)).status_code == 200


def test_a_seal_of_another_unit_cannot_be_lifted_and_a_caseworker_has_no_list_of_seals(client: Client) -> None:
    one = SealFactory.create()
    sign_in(client, team_leader(UnitFactory.create()))
    assert client.get(reverse("cases:lift_seal", args=[one.pk])).status_code == 404

    sign_in(client, caseworker(UnitFactory.create()))
    assert client.get(reverse("cases:seals")).status_code == 403


def test_the_page_of_rights_is_read_and_not_acted_on_by_who_may_not_answer(client: Client) -> None:
    household, _ = signed_in(client)
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit_of(household))
    household.assignments.create(employee=coordinator, role="plan_coordinator", starts_on=TODAY)
    sign_in(client, coordinator)

    assert url("ask_access", household) not in client.get(url("rights", household)).content.decode()
    assert client.get(url("ask_access", household)).status_code == 403


def test_the_page_costs_the_same_however_many_have_asked(client: Client, django_assert_max_num_queries: Any) -> None:
    household, _ = signed_in(client)
    for _number in range(5):
        member = MemberFactory.create(household=household, role=MemberRole.OTHER)
        waiting(household, person=member.person)
        CorrectionRequestFactory.create(household=household, person=member.person)

    with django_assert_max_num_queries(45):
        assert client.get(url("rights", household)).status_code == 200
