"""What the decision on access rests on, read from the database: each fact an expression about households.

`day` is the municipality's day of the moment asked about.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.timezone import localdate

from people.decision import Facts, Grade
from people.models import (
    CODED_REASONS,
    SHIELDED,
    STRICT,
    Assignment,
    AssignmentRole,
    Clearance,
    CoResponsibility,
    Disqualification,
    Employee,
    Grant,
    GrantKind,
    Household,
    Member,
    Relation,
    Responsibility,
    Role,
    RoleGrant,
    Seal,
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
    """Expressions for a query on households, by the names of `Facts`; read again for each (employee, moment)."""

    def __init__(self, employee: Employee, *, at: datetime) -> None:
        self.employee, self.at, self.day = employee, at, localdate(at)

    def at_units_with(self, permission: Permission) -> Q:
        """Answered for, or shared, by a unit where the employee holds the permission."""
        units = [grant.unit_id for grant in self._held if gives(grant, permission)]
        if not units:
            return _NEVER
        answers = Responsibility.objects.on(self.day).filter(household=OuterRef("pk"), unit__in=units)
        shares = CoResponsibility.objects.on(self.day).filter(household=OuterRef("pk"), unit__in=units)
        return Q(Exists(answers)) | Q(Exists(shares))

    def holds(self, permission: Permission) -> Q:
        """Holds the permission at some unit: no matter which household."""
        return _ALWAYS if any(gives(grant, permission) for grant in self._held) else _NEVER

    @property
    def _held(self) -> list[RoleGrant]:
        return roles_held(self.employee, at=self.at)

    @property
    def party(self) -> Exists:
        kept_from = Disqualification.objects.on(self.day).filter(employee=self.employee).values("person")
        return Exists(Member.objects.filter(household=OuterRef("pk"), person__in=kept_from))

    @property
    def sealed(self) -> Exists:
        return Exists(Seal.objects.live().filter(household=OuterRef("pk")))

    @property
    def assigned(self) -> Exists:
        own = Assignment.objects.on(self.day).filter(household=OuterRef("pk"), employee=self.employee)
        return Exists(own)

    @property
    def unowned(self) -> Q:
        owners = Assignment.objects.on(self.day).filter(household=OuterRef("pk"), role=AssignmentRole.OWNER)
        return ~Q(Exists(owners))

    def granted(self, *kinds: GrantKind) -> Exists:
        live = Grant.objects.live(self.at).of(*kinds)
        return Exists(live.filter(content_object=OuterRef("pk"), user=self.employee))

    @property
    def cleared(self) -> Exists:
        own = Clearance.objects.on(self.day).filter(employee=self.employee)
        return Exists(own.filter(unit__municipality=OuterRef("municipality")))

    @property
    def special_unit(self) -> Q:
        following = [grant.unit for grant in self._held if gives(grant, Permission.VIEW_HOUSEHOLD)]
        special = {unit.municipality_id for unit in following if unit.kind == UnitKind.SPECIAL}
        return Q(municipality__in=special) if special else _NEVER

    @property
    def strict(self) -> Exists:
        return strict(self.day)

    @property
    def shielded(self) -> Exists:
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


def strict(day: date) -> Exists:
    """Households with a member whose address is strictly confidential that day."""
    return _with_member(masked_by(day, STRICT, "person__"), day)


def shielded(day: date) -> Exists:
    """Households with a member whose address is confidential that day, or who is one of our own employees."""
    own_employee = Disqualification.objects.on(day).filter(relation=Relation.SELF).values("person")
    return _with_member(masked_by(day, SHIELDED, "person__") | Q(person__in=own_employee), day)


def masked_persons(day: date) -> Q:
    """Persons whose address is confidential that day, or who are our own employees."""
    own_employee = Disqualification.objects.on(day).filter(relation=Relation.SELF).values("person")
    return masked_by(day, SHIELDED) | Q(pk__in=own_employee)


def masked_by(day: date, grades: tuple[str, ...], person: str = "") -> Q:
    """Persons with one of these grades from its first day until unmasked; `person` is the path to them.

    As `Person.protection_on` says of one.
    """
    begun = Q(**{f"{person}protection_from__isnull": True}) | Q(**{f"{person}protection_from__lte": day})
    return Q(**{f"{person}protection__in": grades, f"{person}unmasked_at__isnull": True}) & begun


def _with_member(condition: Q, day: date) -> Exists:
    """With such a member that day; when nobody is left, with one among those who were."""
    somebody = Member.objects.on(day).filter(household=OuterRef("household"))
    is_member = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    such = Member.objects.filter(condition, household=OuterRef("pk"))
    return Exists(such.filter(is_member | ~Exists(somebody)))


def as_column(fact: Combinable | Q) -> Combinable:
    return ExpressionWrapper(fact, output_field=BooleanField()) if isinstance(fact, Q) else fact
