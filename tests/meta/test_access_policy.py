"""docs/access-policy.md and the policy's page tell what the code decides."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from people.models import Role
from people.policy import document
from people.roles import PERMISSION_WORDS, POLICIES, Permission
from tests.factories.people import UnitFactory, employee_with
from tests.web.pages import text_of
from tests.web.sign_ins import sign_in


def test_the_document_equals_the_code() -> None:
    file = Path(settings.BASE_DIR) / "docs" / "access-policy.md"
    with override("en"):
        assert file.read_text(encoding="utf-8") == document(), "run manage.py access_policy"


def test_the_command_writes_the_document(tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path

    call_command("access_policy", stdout=StringIO())

    with override("en"):
        assert (tmp_path / "docs" / "access-policy.md").read_text(encoding="utf-8") == document()


def test_every_role_has_a_policy_and_every_permission_its_words() -> None:
    assert set(POLICIES) == set(Role)
    assert set(PERMISSION_WORDS) == set(Permission)


def test_every_permission_is_somebody_s() -> None:
    assert {one for policy in POLICIES.values() for one in policy.permissions} == set(Permission)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_everybody_can_read_the_policy_and_what_they_hold_under_it(client: Client, role: Role) -> None:
    unit = UnitFactory.create()
    sign_in(client, employee_with(role, unit))

    page = text_of(client.get("/access-policy"))

    assert all(str(POLICIES[one].role.label) in page for one in Role)
    assert unit.name in page
