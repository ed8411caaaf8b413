"""Giving, confirming and ending roles and clearances at a unit, and letting its employees in and out.

Whoever does it gives roles at that unit, or is an actor of the system; never for themself.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.access import units_with
from people.holders import HeldRole, employees_at, to_confirm
from people.models import Clearance, Employee, Role, RoleGrant, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class NotForOneself(Refusal):
    """Somebody else decides on one's own access."""


class CannotGive(Refusal):
    """The role or the clearance cannot be given so."""


class CannotConfirm(Refusal):
    """There is nothing to confirm, or it is not the unit's to confirm."""


class CannotEnd(Refusal):
    """It has ended, or cannot end then or here."""


class CannotLetIn(Refusal):
    """The employee cannot be added, enabled or disabled."""


# ── roles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@act
def give_role(
    *,
    employee_id: int,
    unit_id: int,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
) -> RoleGrant:
    """Let an employee do something at a unit from today or a later day. One of the same that has lapsed is closed.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises NotForOneself: for oneself
    :raises CannotGive: backwards, an auditor's without an end, without a reason, held already, or for somebody disabled
    """
    unit, employee = _administered(unit_id, by, at=at), _somebody_else(employee_id, by)
    if not employee.is_active:
        raise CannotGive(_("This employee is disabled. Enable them first."))
    return _give(employee, unit, role, starts_on=starts_on, ends_on=ends_on, reason=reason, by=by, at=at)


@act
def add_employee(
    *,
    unit_id: int,
    username: str,
    name: str,
    title: str,
    role: Role,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
) -> Employee:
    """Write somebody new, with a first role. They have no password: an identity at a provider lets them sign in.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises CannotLetIn: when the user name is taken
    :raises CannotGive: as `give_role`
    """
    unit = _administered(unit_id, by, at=at)
    if Employee.objects.filter(username__iexact=username).exists():
        raise CannotLetIn(
            _("There is an employee with this user name. Give them a role at the unit instead."), field="username"
        )
    employee = Employee(username=username, name=name.strip(), title=title.strip())
    employee.set_unusable_password()
    employee.save()
    _give(employee, unit, role, starts_on=starts_on, ends_on=ends_on, reason=reason, by=by, at=at)
    return employee


@act
def confirm_role(*, grant_id: int, by: Employee, at: datetime) -> RoleGrant:
    """Say that a role is still right: it holds for another year. One that has lapsed is given anew from today.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises NotForOneself: for oneself
    :raises CannotConfirm: when it has ended or not begun, follows from a group, or the employee is disabled
    """
    grant = _role(grant_id, by, at=at)
    today = localdate(at)
    held = HeldRole(grant=grant, on=today)
    if held.is_over:
        raise CannotConfirm(_("This role has ended. Give it anew."))
    if held.is_coming:
        raise CannotConfirm(_("This role has not begun, and needs no confirmation yet."))
    if held.is_by_group:
        raise CannotConfirm(_("This role follows from a group, and is confirmed each time the employee signs in."))
    if not grant.employee.is_active:
        raise CannotConfirm(_("This employee is disabled. Enable them first."))
    return _give_anew(grant, by=by, on=today) if held.is_lapsed else _confirm(grant, by=by, on=today)


@act
def confirm_roles(*, unit_id: int, grant_ids: Collection[int], by: Employee, at: datetime) -> int:
    """Say that all the roles one has looked through are still right; how many they were.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises CannotConfirm: when they are no longer those that there are to look through
    """
    unit, today = _administered(unit_id, by, at=at), localdate(at)
    ids = [held.grant.pk for held in to_confirm(unit, by, on=today)]
    if set(ids) != set(grant_ids):
        raise CannotConfirm(_("The list has changed since you opened it. Look through it again."))
    grants = RoleGrant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return len([_confirm(grant, by=by, on=today) for grant in grants])


@act
def end_role(*, grant_id: int, on: date, reason: str, by: Employee, at: datetime) -> None:
    """End a role from today or a later day. One that would never have begun is taken back; its history tells of it.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises NotForOneself: for oneself
    :raises CannotEnd: backwards, without a reason, when it has ended, ends before that, or follows from a group
    """
    grant, today = _role(grant_id, by, at=at), localdate(at)
    held = HeldRole(grant=grant, on=today)
    if held.is_by_group:
        raise CannotEnd(
            _(
                "This role follows from a group, and would come back at the next sign-in. Have the employee taken out "
                "of the group. To shut them out now, disable them."
            )
        )
    _end(grant, on=min(on, grant.lapses_on) if held.is_lapsed else on, asked=on, reason=reason, today=today)


# ── clearances ────────────────────────────────────────────────────────────────────────────────────────────────────


@act
def give_clearance(
    *,
    employee_id: int,
    unit_id: int,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
) -> Clearance:
    """Clear an employee of the unit for confidential addresses and own employees, in cases they are on or lead.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises NotForOneself: for oneself
    :raises CannotGive: backwards, without a reason, or for somebody without a role at the unit
    """
    unit, employee = _administered(unit_id, by, at=at), _somebody_else(employee_id, by)
    _check_period(starts_on, ends_on, reason, today=localdate(at))
    if not RoleGrant.objects.on(localdate(at)).filter(employee=employee, unit=unit).exists():
        raise CannotGive(_("Give the employee a role at the unit first."))
    return Clearance.objects.create(
        employee=employee, unit=unit, starts_on=starts_on, ends_on=ends_on, granted_by=by, reason=reason.strip()
    )


@act
def end_clearance(*, clearance_id: int, on: date, reason: str, by: Employee, at: datetime) -> None:
    """End a clearance from today or a later day.

    :raises PermissionDenied: when `by` gives no roles at the unit
    :raises NotForOneself: for oneself
    :raises CannotEnd: backwards, without a reason, when it has ended, or ends before that
    """
    found = Clearance.objects.select_for_update(no_key=True).filter(pk=clearance_id).first()
    if found is None:
        raise Http404
    _administered(found.unit_id, by, at=at)
    _not_oneself(found.employee_id, by)
    _end(found, on=on, asked=on, reason=reason, today=localdate(at))


# ── in and out ────────────────────────────────────────────────────────────────────────────────────────────────────


@act
def disable_employee(*, employee_id: int, unit_id: int, reason: str, by: Employee, at: datetime) -> Employee:
    """Shut an employee of the unit out everywhere, from their next request.

    :raises PermissionDenied: when `by` gives no roles at the unit, or the employee has never held one there
    :raises NotForOneself: for oneself
    :raises CannotLetIn: when they are disabled already, or without a reason
    """
    return _let_in(employee_id, unit_id, is_active=False, reason=reason, by=by, at=at)


@act
def enable_employee(*, employee_id: int, unit_id: int, reason: str, by: Employee, at: datetime) -> Employee:
    """Let an employee of the unit sign in again, with the roles that still hold.

    :raises PermissionDenied: when `by` gives no roles at the unit, or the employee has never held one there
    :raises NotForOneself: for oneself
    :raises CannotLetIn: when they are not disabled, or without a reason
    """
    return _let_in(employee_id, unit_id, is_active=True, reason=reason, by=by, at=at)


def _let_in(employee_id: int, unit_id: int, *, is_active: bool, reason: str, by: Employee, at: datetime) -> Employee:
    unit, employee = _administered(unit_id, by, at=at), _somebody_else(employee_id, by)
    if not employees_at(unit).filter(pk=employee.pk).exists():
        raise PermissionDenied
    if not reason.strip():
        raise CannotLetIn(_("Say why."), field="reason")
    if employee.is_active is is_active:
        raise CannotLetIn(_("This employee is not disabled.") if is_active else _("This employee is disabled already."))
    employee.is_active = is_active
    employee.save(update_fields=["is_active"])
    return employee


# ── the parts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _administered(unit_id: int, by: Employee, *, at: datetime) -> Unit:
    units = Unit.objects.all() if by.is_system else units_with(by, Permission.GIVE_ROLES, at=at)
    unit = units.filter(pk=unit_id).first()
    if unit is None:
        raise PermissionDenied
    return unit


def _somebody_else(employee_id: int, by: Employee) -> Employee:
    """Locked, so that two who give the same at the same moment give it once."""
    employee = Employee.objects.select_for_update(no_key=True).filter(pk=employee_id, is_system=False).first()
    if employee is None:
        raise Http404
    _not_oneself(employee.pk, by)
    return employee


def _not_oneself(employee_id: int, by: Employee) -> None:
    if employee_id == by.pk:
        raise NotForOneself(_("Nobody decides on their own access. Another unit administrator does it."))


def _role(grant_id: int, by: Employee, *, at: datetime) -> RoleGrant:
    grants = RoleGrant.objects.select_for_update(no_key=True, of=("self",)).select_related("employee", "granted_by")
    grant = grants.filter(pk=grant_id, employee__is_system=False).first()
    if grant is None:
        raise Http404
    _administered(grant.unit_id, by, at=at)
    _not_oneself(grant.employee_id, by)
    return grant


def _give(
    employee: Employee,
    unit: Unit,
    role: Role,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: Employee,
    at: datetime,
) -> RoleGrant:
    today = localdate(at)
    _check_period(starts_on, ends_on, reason, today=today)
    if role == Role.AUDITOR and ends_on is None:
        raise CannotGive(_("An auditor's role is for one inspection: say when it ends."), field="ends_on")
    before_end = Q() if ends_on is None else Q(starts_on__lt=ends_on)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    for grant in RoleGrant.objects.filter(lasting, before_end, employee=employee, unit=unit, role=role):
        if not HeldRole(grant=grant, on=today).is_lapsed:
            raise CannotGive(_("The employee has this role at the unit in that period."), field="role")
        _close_lapsed(grant)
    return RoleGrant.objects.create(
        employee=employee,
        unit=unit,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        reason=reason.strip(),
        # who gives it says that it is right
        confirmed_on=starts_on,
        confirmed_by=by,
    )


def _check_period(starts_on: date, ends_on: date | None, reason: str, *, today: date) -> None:
    if starts_on < today:
        raise CannotGive(_("Access is given from today or a later day, never backwards."), field="starts_on")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotGive(_("The end must come after the start."), field="ends_on")
    if not reason.strip():
        raise CannotGive(_("Say why."), field="reason")


def _confirm(grant: RoleGrant, *, by: Employee, on: date) -> RoleGrant:
    grant.confirmed_on, grant.confirmed_by = on, by
    grant.save(update_fields=["confirmed_on", "confirmed_by"])
    return grant


def _give_anew(grant: RoleGrant, *, by: Employee, on: date) -> RoleGrant:
    """A new one from today, so that nobody later reads that the old one held while it did not."""
    ends_on = grant.ends_on
    _close_lapsed(grant)
    return RoleGrant.objects.create(
        employee=grant.employee,
        unit_id=grant.unit_id,
        role=grant.role,
        starts_on=on,
        ends_on=ends_on,
        granted_by=by,
        reason=grant.reason,
        confirmed_on=on,
        confirmed_by=by,
    )


def _close_lapsed(grant: RoleGrant) -> None:
    grant.ends_on = grant.lapses_on
    grant.save(update_fields=["ends_on"])


def _end(held: RoleGrant | Clearance, *, on: date, asked: date, reason: str, today: date) -> None:
    """:param asked: the day that somebody typed; `on` comes before it for what lapsed on its own"""
    if held.ends_on is not None and held.ends_on <= today:
        raise CannotEnd(_("This has ended already."))
    if asked < today:
        raise CannotEnd(_("Access ends today or on a later day, never backwards."), field="on")
    if held.ends_on is not None and held.ends_on <= asked:
        raise CannotEnd(_("It ends before that already."), field="on")
    if not reason.strip():
        raise CannotEnd(_("Say why."), field="reason")
    if on <= held.starts_on:
        held.delete()
    else:
        held.ends_on = on
        held.save(update_fields=["ends_on"])
