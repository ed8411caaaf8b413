"""The one decision on who may see and do what, and the only doors to households.

`visible_households` is the door to lists, `household_for` and `locked_household` the doors to one. What one may not see
does not exist: it raises `Http404`. What one sees but may not do raises `PermissionDenied`.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from people.models import Assignment, Employee, Grant, Household, Member, Person, Responsibility, Role, RoleGrant, Unit
from people.models.person import SHIELDED
from people.roles import POLICIES, Permission


class Stale(Exception):
    """Somebody else changed the household after this form was opened."""


def units_with(employee: Employee, permission: Permission, *, at: datetime) -> QuerySet[Unit]:
    """The units where the employee holds a role with this permission now."""
    roles = [role for role, policy in POLICIES.items() if permission in policy.permissions]
    grants = RoleGrant.objects.on(localdate(at)).filter(employee=employee, role__in=roles)
    return Unit.objects.filter(role_grants__in=grants).distinct()


def has_permission(employee: Employee, permission: Permission, *, at: datetime) -> bool:
    """Whether the employee holds the permission at some unit, or is an actor of the system itself."""
    return employee.is_system or units_with(employee, permission, at=at).exists()


def require(employee: Employee, permission: Permission, *, at: datetime) -> None:
    """:raises PermissionDenied: unless the employee holds the permission at some unit"""
    if not has_permission(employee, permission, at=at):
        raise PermissionDenied


def permissions_of(employee: Employee, *, at: datetime) -> frozenset[Permission]:
    """Everything the employee may do at some unit now."""
    return frozenset(permission for role in roles_of(employee, at=at) for permission in POLICIES[role].permissions)


def roles_of(employee: Employee, *, at: datetime) -> set[Role]:
    grants = RoleGrant.objects.on(localdate(at)).filter(employee=employee)
    return {Role(role) for role in grants.values_list("role", flat=True)}


def visible_households(households: QuerySet[Household], employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those the employee may see: of own units and not shielded, or assigned to, or opened with a reason.

    A household with a member whose address is confidential today is shielded from all but those assigned to it. Being
    assigned, or having opened it, shows nothing to somebody whose role sees households nowhere any more.
    """
    if employee.is_system:
        return households
    day = localdate(at)
    follows_households = Exists(units_with(employee, Permission.VIEW_HOUSEHOLD, at=at))
    own_unit, shielded = _of_own_units(employee, at), _shielded(day)
    assigned = Exists(Assignment.objects.on(day).filter(household=OuterRef("pk"), employee=employee))
    opened = Exists(Grant.objects.live(at).filter(household=OuterRef("pk"), employee=employee))
    return households.filter(follows_households, Q(assigned) | (~Q(shielded) & (Q(own_unit) | Q(opened))))


def hidden_households(households: QuerySet[Household], employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those of the employee's own units that `visible_households` leaves out: to be counted, never listed."""
    if employee.is_system:
        return households.none()
    day = localdate(at)
    assigned = Exists(Assignment.objects.on(day).filter(household=OuterRef("pk"), employee=employee))
    return households.filter(_of_own_units(employee, at), _shielded(day), ~assigned)


def shielded_households(households: QuerySet[Household], *, on: date) -> QuerySet[Household]:
    """Those with a member whose address is confidential that day, whoever asks: to be counted apart."""
    return households.filter(_shielded(on))


def persons_not_withheld(persons: QuerySet[Person], employee: Employee, *, at: datetime) -> QuerySet[Person]:
    """Those the employee may learn of, also as former members of a household that the employee sees.

    Withheld is whoever is protected, or lives with somebody who is, unless the employee sees a household they live in.
    """
    if employee.is_system:
        return persons
    day = localdate(at)
    lives_in = Member.objects.on(day).filter(person=OuterRef("pk"))
    seen = Exists(lives_in.filter(household__in=visible_households(Household.objects.all(), employee, at=at)))
    with_protected = Exists(lives_in.filter(household__in=shielded_households(Household.objects.all(), on=day)))
    return persons.filter(Q(seen) | ~(_protected(day) | Q(with_protected)))


def household_for(employee: Employee, permission: Permission, *, key: UUID, at: datetime) -> Household:
    """One household, for reading.

    :raises Http404: when the employee may not see it, or there is none
    :raises PermissionDenied: when the employee sees it but lacks the permission
    """
    household = visible_households(Household.objects.filter(key=key), employee, at=at).first()
    if household is None:
        raise Http404
    _require_at_its_unit(employee, permission, household, at)
    return household


def locked_household(
    employee: Employee, permission: Permission, *, household_id: int, at: datetime, version: int | None = None
) -> Household:
    """One household, locked for the rest of the transaction and counted up one version: how every act begins.

    `version` is what the form was built on; None where the act needs no earlier sight of the household.

    :raises Http404: when the employee may not see it, or there is none
    :raises PermissionDenied: when the employee sees it but lacks the permission
    :raises Stale: when somebody else changed it since
    """
    household = Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
    if household is None or not visible_households(Household.objects.filter(pk=household_id), employee, at=at).exists():
        raise Http404
    _require_at_its_unit(employee, permission, household, at)
    if version is not None and version != household.version:
        raise Stale
    household.version += 1
    household.save(update_fields=["version"])
    return household


def may(employee: Employee, permission: Permission, household: Household, *, at: datetime) -> bool:
    """Whether somebody who sees the household also holds the permission for it."""
    if employee.is_system:
        return True
    day = localdate(at)
    units = units_with(employee, permission, at=at)
    if Responsibility.objects.on(day).filter(household=household, unit__in=units).exists():
        return True
    # an assignment or a grant reaches across units, for somebody who holds the permission somewhere
    assigned = Assignment.objects.on(day).filter(household=household, employee=employee).exists()
    opened = Grant.objects.live(at).filter(household=household, employee=employee).exists()
    return (assigned or (opened and permission is Permission.VIEW_HOUSEHOLD)) and units.exists()


def _require_at_its_unit(employee: Employee, permission: Permission, household: Household, at: datetime) -> None:
    if not may(employee, permission, household, at=at):
        raise PermissionDenied


def _of_own_units(employee: Employee, at: datetime) -> Exists:
    units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
    return Exists(Responsibility.objects.on(localdate(at)).filter(household=OuterRef("pk"), unit__in=units))


def _shielded(day: date) -> Exists:
    """With a protected member that day; when nobody is left, with one among those who were."""
    somebody = Member.objects.on(day).filter(household=OuterRef("household"))
    is_member = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    protected = Member.objects.filter(_protected(day, "person__"), household=OuterRef("pk"))
    return Exists(protected.filter(is_member | ~Exists(somebody)))


def _protected(day: date, person: str = "") -> Q:
    """Persons whose address is confidential that day; `person` is the path to them."""
    begun = Q(**{f"{person}protection_from__isnull": True}) | Q(**{f"{person}protection_from__lte": day})
    lasting = Q(**{f"{person}protection_to__isnull": True}) | Q(**{f"{person}protection_to__gt": day})
    return Q(**{f"{person}protection__in": SHIELDED}) & begun & lasting
