"""What the decision on access rests on, read from the database: each fact an expression about households.

`day` is the municipality's day of the moment asked about.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.timezone import localdate

from people.conditions import HouseholdCondition
from people.decision import Facts, Grade
from people.models import (
    CODED_REASONS,
    SHIELDED,
    STRICT,
    AssignmentRole,
    Disqualification,
    Employee,
    GrantKind,
    Household,
    Relation,
    Role,
    RoleGrant,
    Unit,
    UnitKind,
)
from people.roles import POLICIES, Permission

_PREFIX = "fact_"
_HELD = "_roles_held"
_ALWAYS, _NEVER = Q(Value(value=True)), Q(Value(value=False))


def units_with(employee: Employee, permission: Permission, *, at: datetime) -> QuerySet[Unit]:
    """The units where the employee holds a role with this permission now. None for a disabled employee."""
    return Unit.objects.filter(
        pk__in={grant.unit_id for grant in roles_held(employee, at=at) if gives(grant, permission)}
    )


def roles_held(employee: Employee, *, at: datetime) -> list[RoleGrant]:
    """The roles in force, with their units; read once for an employee and a moment, as a request has one of each."""
    if not (employee.is_active or employee.is_system):
        return []
    known: tuple[datetime, list[RoleGrant]] | None = getattr(employee, _HELD, None)
    if known is None or known[0] != at:
        grants = RoleGrant.objects.on(localdate(at)).filter(employee=employee).select_related("unit")
        known = (at, list(grants))
        setattr(employee, _HELD, known)
    return known[1]


def gives(grant: RoleGrant, permission: Permission) -> bool:
    return permission in POLICIES[Role(grant.role)].permissions


class HouseholdFacts:
    """Conditions for a query on households, by the names of `Facts`; read again for each (employee, moment)."""

    def __init__(self, employee: Employee, *, at: datetime) -> None:
        self.employee, self.at, self.day = employee, at, localdate(at)

    def at_units_with(self, permission: Permission) -> Q:
        """Answered for, or shared, by a unit where the employee holds the permission."""
        units = [grant.unit_id for grant in self._held if gives(grant, permission)]
        return self._holds("at_units", units=units) if units else _NEVER

    def holds(self, permission: Permission) -> Q:
        """Holds the permission at some unit: no matter which household."""
        return _ALWAYS if any(gives(grant, permission) for grant in self._held) else _NEVER

    @property
    def _held(self) -> list[RoleGrant]:
        return roles_held(self.employee, at=self.at)

    @property
    def party(self) -> Q:
        return self._holds("party")

    @property
    def sealed(self) -> Q:
        return self._holds("sealed")

    @property
    def assigned(self) -> Q:
        return self._holds("assigned")

    @property
    def unowned(self) -> Q:
        return ~self._holds("owned", owner=AssignmentRole.OWNER.value)

    def granted(self, *kinds: GrantKind) -> Q:
        return self._holds("granted", at=self.at, kinds=[kind.value for kind in kinds])

    @property
    def cleared(self) -> Q:
        return self._holds("cleared")

    @property
    def special_unit(self) -> Q:
        following = [grant.unit for grant in self._held if gives(grant, Permission.VIEW_HOUSEHOLD)]
        special = {unit.municipality_id for unit in following if unit.kind == UnitKind.SPECIAL}
        return Q(municipality__in=special) if special else _NEVER

    def _holds(self, fact: str, **told: Any) -> Q:
        return Q(HouseholdCondition(fact, employee=self.employee.pk, day=self.day, **told))

    @property
    def strict(self) -> Q:
        return strict(self.day)

    @property
    def shielded(self) -> Q:
        return shielded(self.day)

    def annotated(self, households: QuerySet[Household]) -> QuerySet[Household]:
        """Every fact beside each household, for `facts_of`."""
        strictly, at_all = When(self.strict, then=Grade.STRICT), When(self.shielded, then=Grade.CONFIDENTIAL)
        sampled = self.granted(GrantKind.SAMPLE, GrantKind.SAMPLE_SPECIAL)
        of_agenda = self.granted(GrantKind.AGENDA, GrantKind.PLAN)
        facts: dict[str, Combinable | Q] = {
            "grade": Case(strictly, at_all, default=Value(Grade.OPEN), output_field=IntegerField()),
            "party": self.party,
            "sealed": self.sealed,
            "follows": self.holds(Permission.VIEW_HOUSEHOLD),
            "at_unit": self.at_units_with(Permission.VIEW_HOUSEHOLD),
            "leads": self.at_units_with(Permission.LEAD),
            "assigned": self.assigned,
            "unowned": self.unowned,
            "reason": self.granted(*CODED_REASONS),
            "emergency": self.granted(GrantKind.EMERGENCY),
            "participates": Q(self.holds(Permission.VIEW_MINIMUM)) & Q(of_agenda),
            "sampled": Q(self.holds(Permission.INSPECT)) & Q(sampled),
            "named": self.granted(GrantKind.NAMED),
            "sampled_special": self.granted(GrantKind.SAMPLE_SPECIAL),
            "cleared": self.cleared,
            "special_unit": self.special_unit,
        }
        return households.annotate(**{_PREFIX + name: as_column(fact) for name, fact in facts.items()})

    def of(self, household: Household) -> Facts:
        """The facts of a household that came from `annotated`."""
        read = {name.removeprefix(_PREFIX): v for name, v in vars(household).items() if name.startswith(_PREFIX)}
        return Facts(system=self.employee.is_system, **{**read, "grade": Grade(read["grade"])})


def strict(day: date) -> Q:
    """Households with a member whose address is strictly confidential that day."""
    return Q(HouseholdCondition("with_masked", day=day, grades=[*STRICT]))


def shielded(day: date) -> Q:
    """Households with a member whose address is confidential that day, or who is one of our own employees."""
    masked = HouseholdCondition("with_masked", day=day, grades=[*SHIELDED])
    own_employee = HouseholdCondition("with_own_employee", day=day, own=Relation.SELF.value)
    return Q(masked) | Q(own_employee)


def masked_persons(day: date) -> Q:
    """Persons whose address is confidential that day, or who are our own employees."""
    own_employee = Disqualification.objects.on(day).filter(relation=Relation.SELF).values("person")
    begun = Q(protection_from__isnull=True) | Q(protection_from__lte=day)
    return (Q(protection__in=SHIELDED, unmasked_at__isnull=True) & begun) | Q(pk__in=own_employee)


def as_column(fact: Combinable | Q) -> Combinable:
    return ExpressionWrapper(fact, output_field=BooleanField()) if isinstance(fact, Q) else fact
