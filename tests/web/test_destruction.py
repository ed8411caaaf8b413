from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import DestructionList, RetentionRule
from people.models import Household, Reading, Role
from tests.actions.test_destruction import long_closed
from tests.factories.people import KONGSBERG, UnitFactory, caseworker, employee_with, team_leader
from tests.factories.rights import DestructionListFactory
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

PAGE = reverse("cases:destruction")


def test_a_rule_is_set_a_list_proposed_and_a_second_person_approves_it(client: Client) -> None:
    household: Household = long_closed(applicant__person__name="Kari Kanari")
    one, another = team_leader(UnitFactory.create()), employee_with(Role.UNIT_ADMINISTRATOR, UnitFactory.create())
    sign_in(client, one)

    ruled = send(client, reverse("cases:retention_rule", args=[KONGSBERG]), {"years": "10", "basis": "Plan, point 4"})
    assert "Plan, point 4" in text_of(followed(client, ruled))
    proposed = followed(client, send(client, reverse("cases:propose_destruction", args=[KONGSBERG])))
    made = DestructionList.objects.get()
    approve = reverse("cases:approve_destruction", args=[made.pk])

    assert household.ref in text_of(proposed) and "Kari" not in text_of(proposed)
    assert Reading.objects.filter(employee=one, household_id=household.pk).exists()
    assert approve not in proposed.content.decode()
    assert send(client, approve).status_code == 200
    sign_in(client, another)
    assert approve in client.get(reverse("cases:destruction_list", args=[made.pk])).content.decode()
    assert followed(client, send(client, approve)).status_code == 200
    made.refresh_from_db()
    assert (made.proposed_by, made.approved_by) == (one, another)
    assert client.get(PAGE).status_code == 200


def test_a_list_without_a_rule_says_why_it_cannot_be(client: Client) -> None:
    sign_in(client, team_leader(UnitFactory.create()))

    assert client.get(PAGE).status_code == 200
    assert send(client, reverse("cases:propose_destruction", args=[KONGSBERG])).context["form"].errors
    assert not RetentionRule.objects.exists()


def test_a_list_is_withdrawn(client: Client) -> None:
    made = DestructionListFactory.create()
    sign_in(client, team_leader(UnitFactory.create()))

    followed(client, send(client, reverse("cases:withdraw_destruction", args=[made.pk])))

    assert not DestructionList.objects.exists()


def test_who_may_not_destroy_sees_neither_rule_nor_list(client: Client) -> None:
    made = DestructionListFactory.create()
    sign_in(client, caseworker(UnitFactory.create()))

    for page in (PAGE, reverse("cases:withdraw_destruction", args=[made.pk])):
        assert client.get(page).status_code == 403
    assert client.get(reverse("cases:destruction_list", args=[made.pk])).status_code == 404
