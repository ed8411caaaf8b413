# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.models import Role
from tests.factories.people import UnitFactory, employee_with
from tests.web.listening import links_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER])
def test_the_unit_s_page_leads_only_where_one_may_go(client: Client, role: Role) -> None:
    sign_in(client, employee_with(role, UnitFactory.create()))

    page = client.get(reverse("cases:unit"))

    pages = [link for link in links_of(page) if not link.startswith(settings.STATIC_URL)]
    refused = [link for link in pages if client.get(link).status_code >= 400]
    assert page.status_code == 200
    assert refused == []
