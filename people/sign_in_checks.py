"""What sign-in must satisfy: said by `manage.py check --deploy`, and of units when it is told the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Worry

from people.identity_providers import MappedRole
from people.models import Role, Unit


@register(Tags.security, deploy=True)
def nobody_signs_in_by_a_local_password(**kwargs: Any) -> list[CheckMessage]:
    if not settings.VARIG_LOCAL_PASSWORDS:
        return []
    hint = "Take VARIG_LOCAL_PASSWORDS away, and name providers in the file of VARIG_SIGN_IN."
    return [Error("Local passwords are on: whoever signs in by one shows one factor.", hint=hint, id="people.E010")]


@register(Tags.security, deploy=True)
def somebody_can_sign_in(**kwargs: Any) -> list[CheckMessage]:
    if settings.VARIG_PROVIDERS:
        return []
    return [Error("The file of VARIG_SIGN_IN names no provider: nobody can sign in.", id="people.E011")]


@register(Tags.security)
def groups_give_roles_that_are(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{provider}: {mapped.role} is no role.", hint=f"Roles are {', '.join(Role.values)}.", id="people.E012")
        for provider, mapped in _mapped()
        if mapped.role not in Role.values
    ]


@register(Tags.database, deploy=True)
def groups_give_roles_at_units_that_are(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A group at a unit that is not there gives nothing, so its people are turned away. It may be made tomorrow."""
    if not databases or not settings.VARIG_PROVIDERS:
        return []
    there = set(Unit.objects.values_list("ref", flat=True))
    return [
        Worry(f"{provider}: there is no unit with the reference {mapped.unit}.", id="people.W013")
        for provider, mapped in _mapped()
        if mapped.unit not in there
    ]


def _mapped() -> Iterator[tuple[str, MappedRole]]:
    for provider in settings.VARIG_PROVIDERS.values():
        for mapped in provider.roles:
            yield provider.id, mapped
