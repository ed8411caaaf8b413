"""What `check` says of sign-in, and the command that links an employee to a provider."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from people.identity_providers import IdentityProvider, MappedRole
from people.models import Identity
from people.sign_in_checks import (
    groups_give_roles_at_units_that_are,
    groups_give_roles_that_are,
    nobody_signs_in_by_a_local_password,
    somebody_can_sign_in,
)
from tests.factories.people import EmployeeFactory, UnitFactory


def provider(*roles: MappedRole) -> dict[str, IdentityProvider]:
    known = IdentityProvider(
        id="idporten",
        name="ID-porten",
        issuer="https://idporten.example",
        client_id="varig",
        client_secret="secret",
        second_factor=("acr", frozenset({"high"})),
        roles=roles,
    )
    return {known.id: known}


def link(*words: str) -> str:
    out = StringIO()
    call_command("link_identity", *words, stdout=out)
    return out.getvalue()


def test_local_passwords_are_not_deployed(settings: LazySettings) -> None:
    settings.VARIG_LOCAL_PASSWORDS = True
    assert [error.id for error in nobody_signs_in_by_a_local_password()] == ["people.E010"]
    settings.VARIG_LOCAL_PASSWORDS = False
    assert nobody_signs_in_by_a_local_password() == []


def test_an_instance_that_nobody_can_sign_in_to_is_not_deployed(settings: LazySettings) -> None:
    settings.VARIG_PROVIDERS = {}
    assert [error.id for error in somebody_can_sign_in()] == ["people.E011"]
    settings.VARIG_PROVIDERS = provider()
    assert somebody_can_sign_in() == []


def test_a_group_cannot_give_a_role_that_is_none(settings: LazySettings) -> None:
    settings.VARIG_PROVIDERS = provider(MappedRole("a", "king", "nav"), MappedRole("b", "auditor", "nav"))
    [error] = groups_give_roles_that_are()
    assert error.msg == "idporten: king is no role."


def test_a_group_at_a_unit_that_is_not_here_is_found(settings: LazySettings, db: None) -> None:
    here = UnitFactory.create().ref
    settings.VARIG_PROVIDERS = provider(MappedRole("a", "auditor", "gone"), MappedRole("b", "auditor", here))
    [error] = groups_give_roles_at_units_that_are(databases=["default"])
    assert error.msg == "idporten: there is no unit with the reference gone."
    assert groups_give_roles_at_units_that_are() == []


def test_an_employee_is_linked_to_the_reference_they_were_shown(settings: LazySettings, db: None) -> None:
    settings.VARIG_PROVIDERS = provider()
    kari = EmployeeFactory.create(username="kari")
    assert link("kari", "idporten", "--reference=-v-lcae5=") == "kari can sign in by idporten.\n"
    [identity] = Identity.objects.filter(employee=kari)
    assert (identity.issuer, identity.subject) == ("https://idporten.example", "-v-lcae5=")


def test_a_reference_is_one_employees(settings: LazySettings, db: None) -> None:
    settings.VARIG_PROVIDERS = provider()
    EmployeeFactory.create(username="kari")
    EmployeeFactory.create(username="ola")
    link("kari", "idporten", "--reference=one")
    with override("en"), pytest.raises(CommandError, match="already belongs to an employee"):
        link("ola", "idporten", "--reference=one")


@pytest.mark.parametrize("username", ["nobody", "calendar"])
def test_only_an_employee_is_linked(settings: LazySettings, db: None, username: str) -> None:
    settings.VARIG_PROVIDERS = provider()
    with pytest.raises(CommandError, match="no employee with the user name"):
        link(username, "idporten", "--reference=one")
    assert not Identity.objects.exists()
