"""Knowing who signs in by what a provider of identity says, and giving the roles that their groups give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from people.actors import SIGN_IN
from people.identity_providers import IdentityProvider, listed
from people.models import Employee, Identity, Role, RoleGrant, Unit
from people.transactions import act

#: The system's actor that gives and ends the roles that follow from groups.
ACTOR = SIGN_IN
#: How often a group that still gives a role is noted as its confirmation.
CONFIRMED_ANEW = timedelta(days=30)

#: A role at a unit's primary key, and the group that gives it.
Given = dict[tuple[Role, int], str]


class CannotSignIn(Exception):
    """The provider knows them; Varig does not, or no longer."""


@act
def recognise(*, provider: IdentityProvider, claims: Mapping[str, Any], by: Employee, at: datetime) -> Employee:
    """The employee that the provider vouches for, with the roles that their groups give them now.

    Somebody new is let in when a group of theirs gives a role.

    :raises CannotSignIn: for somebody without an identity here and without such a group, and for a disabled employee
    """
    given = _given(provider, listed(claims.get(provider.groups)))
    employee = _known(provider, str(claims["sub"])) or (_new(provider, claims) if given else None)
    if employee is None or employee.is_system or not employee.is_active:
        raise CannotSignIn
    _give_and_end_roles(employee, provider, given, by=by, on=localdate(at))
    return employee


@act
def link_identity(*, employee: Employee, issuer: str, subject: str, by: Employee, at: datetime) -> Identity:
    """Let whoever the issuer gives this subject sign in as the employee."""
    return Identity.objects.create(employee=employee, issuer=issuer, subject=subject)


def _given(provider: IdentityProvider, groups: frozenset[str]) -> Given:
    mapped = provider.mapped(groups)
    units = dict(Unit.objects.filter(ref__in={each.unit for each in mapped}).values_list("ref", "pk"))
    known = [each for each in mapped if each.unit in units and each.role in Role.values]
    return {(Role(each.role), units[each.unit]): each.group for each in known}


def _known(provider: IdentityProvider, subject: str) -> Employee | None:
    return Employee.objects.filter(identities__issuer=provider.issuer, identities__subject=subject).first()


def _new(provider: IdentityProvider, claims: Mapping[str, Any]) -> Employee:
    username = f"{provider.id}-{token_hex(4)}"
    employee = Employee(username=username, name=str(claims.get("name") or username)[:100])
    employee.set_unusable_password()
    employee.save()
    Identity.objects.create(employee=employee, issuer=provider.issuer, subject=str(claims["sub"]))
    return employee


def _give_and_end_roles(
    employee: Employee, provider: IdentityProvider, given: Given, *, by: Employee, on: date
) -> None:
    """Make the roles given through this provider those that the groups give today; roles given by people stay."""
    prefix = f"group {provider.id}/"
    running = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), employee=employee)
    for grant in running.filter(granted_by=by, reason__startswith=prefix):
        if (Role(grant.role), grant.unit_id) not in given:
            _end(grant, on)
        elif grant.confirmed_on <= on - CONFIRMED_ANEW:
            grant.confirmed_on, grant.confirmed_by = on, by
            grant.save(update_fields=["confirmed_on", "confirmed_by"])
    held = {(Role(grant.role), grant.unit_id) for grant in running.on(on)}
    for (role, unit_id), group in given.items():
        if (role, unit_id) not in held:
            RoleGrant.objects.create(
                employee=employee,
                role=role,
                unit_id=unit_id,
                starts_on=on,
                granted_by=by,
                reason=f"{prefix}{group}"[:200],
                confirmed_on=on,
                confirmed_by=by,
            )


def _end(grant: RoleGrant, on: date) -> None:
    """From today on. One that began today never was: its history alone tells of it."""
    if grant.starts_on == on:
        grant.delete()
    else:
        grant.ends_on = on
        grant.save(update_fields=["ends_on"])
