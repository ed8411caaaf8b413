"""Who holds which roles and clearances at a unit, and which of them somebody must look through again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.access import units_with
from people.actors import SIGN_IN
from people.models import Assignment, AssignmentRole, Clearance, Employee, RoleGrant, Unit
from people.models.employee import CONFIRMED_FOR, RoleGrantQuerySet
from people.roles import Permission

#: So long before a role lapses its unit administrators are told.
WARNED = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """One role as it stands on a day."""

    grant: RoleGrant
    on: date

    @property
    def is_by_group(self) -> bool:
        """Given, confirmed and ended at sign-in, by a group at the provider of identity."""
        return self.grant.granted_by.username == SIGN_IN

    @property
    def is_coming(self) -> bool:
        return self.grant.starts_on > self.on

    @property
    def is_over(self) -> bool:
        return self.grant.ends_on is not None and self.grant.ends_on <= self.on

    @property
    def is_lapsed(self) -> bool:
        return not self.is_over and self.grant.lapses_on <= self.on

    @property
    def is_lapsing(self) -> bool:
        """Lapses soon, unless somebody confirms it or it ends before that."""
        ends_first = self.grant.ends_on is not None and self.grant.ends_on <= self.grant.lapses_on
        return not (self.is_lapsed or ends_first) and self.grant.lapses_on <= self.on + WARNED

    @property
    def tag(self) -> tuple[str | Promise, str] | None:
        """What to notice of it, and its colour."""
        if self.is_lapsed:
            return _("Lapsed"), "danger"
        if self.is_coming:
            return _("Not begun"), "info"
        return (_("Lapses soon"), "warning") if self.is_lapsing else None


@dataclass(kw_only=True)
class Holder:
    """An employee with what they hold at a unit and has not ended; what has lapsed too, until somebody ends it."""

    employee: Employee
    roles: list[HeldRole] = field(default_factory=list)
    clearances: list[Clearance] = field(default_factory=list)


def holders_at(unit: Unit, *, on: date) -> list[Holder]:
    """Everybody with a role or a clearance at the unit, by name, in two statements."""
    found: dict[int, Holder] = {}
    for grant in _grants(_lasting(on), unit=unit).order_by("starts_on", "pk"):
        holder = found.setdefault(grant.employee_id, Holder(employee=grant.employee))
        holder.roles.append(HeldRole(grant=grant, on=on))
    for clearance in Clearance.objects.filter(_lasting(on), unit=unit).select_related("employee").order_by("starts_on"):
        found.setdefault(clearance.employee_id, Holder(employee=clearance.employee)).clearances.append(clearance)
    return sorted(found.values(), key=lambda holder: (holder.employee.name, holder.employee.pk))


def roles_ever(employee: Employee, unit: Unit, *, on: date) -> list[HeldRole]:
    """All that the employee has held at the unit, newest first."""
    grants = _grants(employee=employee, unit=unit).order_by("-starts_on", "-pk")
    return [HeldRole(grant=grant, on=on) for grant in grants]


def clearances_ever(employee: Employee, unit: Unit) -> QuerySet[Clearance]:
    return Clearance.objects.filter(employee=employee, unit=unit).select_related("granted_by").order_by("-starts_on")


def employees_at(unit: Unit) -> QuerySet[Employee]:
    """Those who hold something at the unit or did once; no actors of the system."""
    roles, clearances = RoleGrant.objects.filter(unit=unit), Clearance.objects.filter(unit=unit)
    met = Q(pk__in=roles.values("employee")) | Q(pk__in=clearances.values("employee"))
    return Employee.objects.filter(met, is_system=False)


def to_confirm(unit: Unit, by: Employee, *, on: date) -> list[HeldRole]:
    """What `by` can say is still right, soonest to lapse first: not their own, nor what a group gives and confirms.

    What has lapsed already is given anew one by one.
    """
    running = _grants(_lasting(on), unit=unit, employee__is_active=True).on(on)
    theirs = running.exclude(employee=by).exclude(granted_by__username=SIGN_IN)
    return [HeldRole(grant=grant, on=on) for grant in theirs.order_by("confirmed_on", "employee__name", "pk")]


def count_lapsing(employee: Employee, *, at: datetime) -> int:
    """How many roles lapse soon at the units where the employee gives roles, and wait for somebody to confirm them.

    One's own too: somebody must be asked.
    """
    day = localdate(at)
    units = units_with(employee, Permission.GIVE_ROLES, at=at).values("pk")
    soon = RoleGrant.objects.on(day).filter(unit__in=units, confirmed_on__lte=day + WARNED - CONFIRMED_FOR)
    others = soon.filter(employee__is_active=True).exclude(granted_by__username=SIGN_IN)
    # one that ends before it lapses needs nobody's word
    return sum(grant.ends_on is None or grant.ends_on > grant.lapses_on for grant in others)


def owned_cases(employee: Employee, *, on: date) -> int:
    """How many cases the employee is responsible for, for whoever is about to take their access away."""
    return Assignment.objects.on(on).filter(employee=employee, role=AssignmentRole.OWNER).count()


def _grants(*conditions: Q, **more: object) -> RoleGrantQuerySet:
    return RoleGrant.objects.filter(*conditions, **more).select_related("employee", "granted_by", "confirmed_by")


def _lasting(on: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=on)
