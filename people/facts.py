"""What the decision on access rests on, read from the database: each fact an expression about households.

`day` is the municipality's day of the moment asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.utils.timezone import localdate

from people.conditions import COLUMNS, PATHS, HouseholdCondition, fact_text, line_text
from people.decision import Facts, Grade
from people.models import (
    CODED_REASONS,
    SHIELDED,
    STRICT,
    AssignmentRole,
    Disqualification,
    Employee,
    GrantKind,
    Relation,
    Role,
    RoleGrant,
    Unit,
    UnitKind,
)
from people.roles import POLICIES, Permission
from people.statements import rows

_OF_AGENDA = (GrantKind.AGENDA, GrantKind.PLAN)
_SAMPLED = (GrantKind.SAMPLE, GrantKind.SAMPLE_SPECIAL)
_HELD = "_roles_held"
_ALWAYS, _NEVER = Q(Value(value=True)), Q(Value(value=False))


def units_with(employee: Employee, permission: Permission, *, at: datetime) -> QuerySet[Unit]:
    """The units where the employee holds a role with this permission now. None for a disabled employee."""
    return Unit.objects.filter(pk__in=unit_ids_with(employee, permission, at=at))


def unit_ids_with(employee: Employee, permission: Permission, *, at: datetime) -> set[int]:
    """The ids of `units_with`, from the roles already read."""
    return {unit.pk for unit in units_held(employee, permission, at=at)}


def units_held(employee: Employee, permission: Permission, *, at: datetime) -> list[Unit]:
    """Those of `units_with`, with their municipalities, from the roles already read; one twice where two roles give."""
    return [grant.unit for grant in roles_held(employee, at=at) if gives(grant, permission)]


def roles_held(employee: Employee, *, at: datetime) -> list[RoleGrant]:
    """The roles in force, with units and municipalities; read once for an employee, as a request has one, and a day."""
    if not (employee.is_active or employee.is_system):
        return []
    day = localdate(at)
    known: tuple[date, list[RoleGrant]] | None = getattr(employee, _HELD, None)
    if known is None or known[0] != day:
        known = (day, list(RoleGrant.objects.on(day).filter(employee=employee).select_related("unit__municipality")))
        setattr(employee, _HELD, known)
    return known[1]


def gives(grant: RoleGrant, permission: Permission) -> bool:
    return permission in POLICIES[Role(grant.role)].permissions


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one household for one employee, and what the employee's roles give."""

    facts: Facts
    #: at some unit
    held: frozenset[Permission]
    #: at a unit that answers for the household or shares it
    held_here: frozenset[Permission]


class HouseholdFacts:
    """The facts of access for one employee at one moment: read of some households, or as conditions of a query.

    :param of: the path from the query to its household, where it is not a query on households
    """

    def __init__(self, employee: Employee, *, at: datetime, of: str = "") -> None:
        self.employee, self.at, self.day = employee, at, localdate(at)
        self._paths = {"pk": of, "municipality": f"{of}__municipality"} if of else PATHS

    def at_units_with(self, permission: Permission) -> Q:
        """Answered for, or shared, by a unit where the employee holds the permission."""
        units = [grant.unit_id for grant in self._held if gives(grant, permission)]
        return self._holds("at_units", units=units) if units else _NEVER

    @property
    def in_reach(self) -> Q:
        """All that can be listed, and more: a set that a query begins with."""
        return self._condition(fact_text("in_reach"))

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
    def cleared(self) -> Q:
        return self._holds("cleared")

    @property
    def special_unit(self) -> Q:
        return Q(municipality__in=self._special) if self._special else _NEVER

    @cached_property
    def _special(self) -> set[str]:
        """The municipalities for whose special unit the employee works."""
        following = units_held(self.employee, Permission.VIEW_HOUSEHOLD, at=self.at)
        return {unit.municipality_id for unit in following if unit.kind == UnitKind.SPECIAL}

    @property
    def listed(self) -> Q:
        """Stands in the employee's lists: the line that `decide` draws; the tests hold the two to be one."""
        return (
            Q(HouseholdCondition(self._listed, paths=self._paths, **self.told)) if self._units["at_units"] else _NEVER
        )

    @property
    def _listed(self) -> str:
        return self._line("listed.sql") if self._units["at_units"] else "FALSE"

    @property
    def visible_line(self) -> str:
        """`in_reach` and `listed` as text, for a statement about `household` that is told `told`."""
        return f"({fact_text('in_reach')}) AND ({self._listed})".format(**COLUMNS)

    @property
    def ground(self) -> HouseholdCondition:
        """The ground on which each listed household is listed, in the order in which `decide` asks."""
        return HouseholdCondition(self._line("ground.sql"), paths=self._paths, output_field=TextField(), **self.told)

    def _line(self, file: str) -> str:
        return line_text(file, never=frozenset(name for name in ("at_units", "leads") if not self._units[name]))

    @cached_property
    def _units(self) -> dict[str, list[int]]:
        wanted = {"at_units": Permission.VIEW_HOUSEHOLD, "leads": Permission.LEAD}
        return {name: [*unit_ids_with(self.employee, one, at=self.at)] for name, one in wanted.items()}

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the texts of `people/sql` are told, by name."""
        return {
            "system": self.employee.is_system,
            "employee": self.employee.pk,
            "day": self.day,
            "at": self.at,
            "units": self._units["at_units"],
            "leading": self._units["leads"],
            "near": [*{*self._units["at_units"], *self._units["leads"]}],
            "owner": AssignmentRole.OWNER.value,
            "own": Relation.SELF.value,
            "grades": [*SHIELDED],
            "strict": [*STRICT],
            "reasons": [kind.value for kind in CODED_REASONS],
            "emergency": [GrantKind.EMERGENCY.value],
            "samples": [kind.value for kind in _SAMPLED],
        }

    def _condition(self, text: str) -> Q:
        return Q(HouseholdCondition(text, paths=self._paths, **self.told))

    def _holds(self, fact: str, **told: Any) -> Q:
        about = {"employee": self.employee.pk, "day": self.day, **told}
        return Q(HouseholdCondition(fact_text(fact), paths=self._paths, **about))

    @property
    def strict(self) -> Q:
        return strict(self.day)

    @property
    def shielded(self) -> Q:
        return shielded(self.day)

    def known(self, household_id: int) -> Known | None:
        """What is known of one household; None when there is none."""
        return self.read([household_id]).get(household_id)

    def read(self, household_ids: Collection[int]) -> dict[int, Known]:
        """What is known of each of these households, by its id, in one statement."""
        found = rows(_statement(), {**self.told, "ids": list(household_ids)})
        return {row["id"]: self._known(row) for row in found}

    @cached_property
    def _by_unit(self) -> dict[int, frozenset[Permission]]:
        """What the employee's roles at each of their units give."""
        given: dict[int, frozenset[Permission]] = {}
        for grant in self._held:
            given[grant.unit_id] = given.get(grant.unit_id, frozenset()) | POLICIES[Role(grant.role)].permissions
        return given

    @cached_property
    def _permissions(self) -> frozenset[Permission]:
        return frozenset().union(*self._by_unit.values())

    def _known(self, row: Mapping[str, Any]) -> Known:
        units, kinds = set(row["units"]), set(row["kinds"])
        held, held_here = self._permissions, frozenset[Permission]()
        for unit in units & self._by_unit.keys():
            held_here |= self._by_unit[unit]
        shielded = Grade.CONFIDENTIAL if row["is_masked"] or row["is_own_employees"] else Grade.OPEN
        facts = Facts(
            grade=Grade.STRICT if row["is_strict"] else shielded,
            system=self.employee.is_system,
            party=row["party"],
            sealed=row["sealed"],
            follows=Permission.VIEW_HOUSEHOLD in held,
            at_unit=Permission.VIEW_HOUSEHOLD in held_here,
            leads=Permission.LEAD in held_here,
            assigned=row["assigned"],
            unowned=not row["owned"],
            reason=not kinds.isdisjoint(CODED_REASONS),
            emergency=GrantKind.EMERGENCY in kinds,
            participates=Permission.VIEW_MINIMUM in held and not kinds.isdisjoint(_OF_AGENDA),
            sampled=Permission.INSPECT in held and not kinds.isdisjoint(_SAMPLED),
            named=GrantKind.NAMED in kinds,
            sampled_special=GrantKind.SAMPLE_SPECIAL in kinds,
            cleared=row["cleared"],
            special_unit=row["municipality"] in self._special,
        )
        return Known(facts=facts, held=held, held_here=held_here)


@cache
def _statement() -> str:
    return line_text("household_facts.sql").format(**COLUMNS)


def strict(day: date) -> Q:
    """Households with a member whose address is strictly confidential that day."""
    return Q(HouseholdCondition(fact_text("with_masked"), day=day, grades=[*STRICT]))


def shielded(day: date) -> Q:
    """Households with a member whose address is confidential that day, or who is one of our own employees."""
    masked = HouseholdCondition(fact_text("with_masked"), day=day, grades=[*SHIELDED])
    own_employee = HouseholdCondition(fact_text("with_own_employee"), day=day, own=Relation.SELF.value)
    return Q(masked) | Q(own_employee)


def masked_persons(day: date) -> Q:
    """Persons whose address is confidential that day, or who are our own employees."""
    own_employee = Disqualification.objects.on(day).filter(relation=Relation.SELF).values("person")
    begun = Q(protection_from__isnull=True) | Q(protection_from__lte=day)
    return (Q(protection__in=SHIELDED, unmasked_at__isnull=True) & begun) | Q(pk__in=own_employee)
