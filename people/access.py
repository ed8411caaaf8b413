"""The only doors to households. Who sees how much is decided in `people.decision`; here its facts are asked for.

`visible_households` is the door to lists, `household_for` and `locked_household` the doors to one. What one may not see
does not exist: it raises `Http404`. What one sees but may not do raises `PermissionDenied`. Every door tells the read
log what it showed or refused (`people.readings`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from people import readings
from people.changes import done_since
from people.conditions import HouseholdCondition
from people.decision import NOTHING, Level, Purpose, Sight, decide
from people.facts import (
    HouseholdFacts,
    Known,
    masked_persons,
    roles_held,
    shielded,
    strict,
    unit_ids_with,
    units_held,
    units_with,
)
from people.models import Disqualification, Employee, Household, Member, Person, Role, Seal
from people.models.grant import CODED_REASONS, Grant, GrantKind
from people.roles import POLICIES, Permission

__all__ = [
    "NotOpened",
    "Stale",
    "has_permission",
    "hidden_households",
    "household_for",
    "households_in_reach",
    "locked_household",
    "may",
    "permissions_of",
    "permitted_as_opened",
    "permitted_here",
    "persons_named_after_leaving",
    "persons_not_withheld",
    "reported_households",
    "require",
    "roles_of",
    "sealed_households",
    "shielded_households",
    "sight_of",
    "unit_ids_with",
    "units_held",
    "units_with",
    "visible_households",
    "visible_line",
]

#: Held by leading the household's unit, whatever one may write.
_LEADERS = {
    Permission.PLACE_AGAINST_APPROVAL,
    Permission.REVIEW_BREACHES,
    Permission.ASSIGN_OTHERS,
    Permission.APPROVE_DECISIONS,
    Permission.LEAD,
    Permission.UNMASK,
}
#: Where a household carries by whom, when and with what facts it was opened.
_READ = "_read_by_the_door"


class Stale(Exception):
    """Somebody else changed the household after this form was opened. `since`: what was done, latest first."""

    def __init__(self, since: Sequence[str] = ()) -> None:
        super().__init__()
        self.since = since


class NotOpened(PermissionDenied):
    """The employee sees the household's header, and the rest when they have said why."""

    def __init__(self, household: Household) -> None:
        super().__init__()
        self.household = household


def has_permission(employee: Employee, permission: Permission, *, at: datetime) -> bool:
    """Whether the employee holds the permission at some unit, or is an actor of the system itself."""
    return employee.is_system or bool(unit_ids_with(employee, permission, at=at))


def require(employee: Employee, permission: Permission, *, at: datetime) -> None:
    """:raises PermissionDenied: unless the employee holds the permission at some unit"""
    if not has_permission(employee, permission, at=at):
        raise PermissionDenied


def permissions_of(employee: Employee, *, at: datetime) -> frozenset[Permission]:
    """Everything the employee may do at some unit now."""
    return frozenset(permission for role in roles_of(employee, at=at) for permission in POLICIES[role].permissions)


def roles_of(employee: Employee, *, at: datetime) -> set[Role]:
    return {Role(grant.role) for grant in roles_held(employee, at=at)}


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def visible_households(households: QuerySet[Household], employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those that stand in this employee's lists and search: the ones whose sight is `listed`."""
    if employee.is_system:
        return households
    facts = HouseholdFacts(employee, at=at)
    return households.filter(facts.in_reach, facts.listed)


def visible_line(employee: Employee, *, at: datetime) -> tuple[str, dict[str, Any]]:
    """`visible_households` as a condition in a statement about `household`, and what that is told by it."""
    facts = HouseholdFacts(employee, at=at)
    return "TRUE" if employee.is_system else facts.visible_line, facts.told


def households_in_reach(employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """All that can be listed to the employee, and more: where a search begins, never what it shows."""
    if employee.is_system:
        return Household.objects.all()
    return Household.objects.filter(HouseholdFacts(employee, at=at).in_reach)


def hidden_households(households: QuerySet[Household], employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those that `visible_households` leaves out: to be counted, never listed, and only for a whole municipality.

    Without the strictly confidential, who are counted in the municipality's year alone. A count of fewer than all of a
    municipality's households would tell where somebody is.
    """
    if employee.is_system:
        return households.none()
    facts = HouseholdFacts(employee, at=at)
    return households.filter(~Q(facts.strict), ~facts.listed)


def shielded_households(households: QuerySet[Household], *, on: date) -> QuerySet[Household]:
    """Those with a member who is masked that day, whoever asks: to be counted apart."""
    return households.filter(shielded(on))


def strictly_confidential(households: QuerySet[Household], *, on: date) -> QuerySet[Household]:
    """Those with a member whose address is strictly confidential that day: left out of every order and count."""
    return households.filter(strict(on))


def reported_households(households: QuerySet[Household], employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those whose case number whoever reports a municipality's figures reads: nobody shielded or sealed."""
    facts = HouseholdFacts(employee, at=at)
    return households.filter(~Q(facts.shielded), _open_to(facts))


def grounds(employee: Employee, *, at: datetime) -> HouseholdCondition:
    """The ground on which each listed household is listed."""
    return HouseholdFacts(employee, at=at).ground


def persons_not_withheld(persons: QuerySet[Person], employee: Employee, *, at: datetime) -> QuerySet[Person]:
    """Those the employee may learn of, also as former members of a household that the employee sees.

    Withheld is whoever is masked, or lives with somebody who is, unless the employee sees a household they live in; and
    whoever the employee must not deal with.
    """
    if employee.is_system:
        return persons
    day, facts = localdate(at), HouseholdFacts(employee, at=at)
    lives_in = Member.objects.on(day).filter(person=OuterRef("pk"))
    # asked household by household: the persons are few, and the country's households are many
    home = Household.objects.filter(pk=OuterRef("household"))
    seen = Exists(lives_in.filter(Exists(home.filter(facts.listed | _in_special_unit(facts)))))
    with_masked = Exists(lives_in.filter(Exists(shielded_households(home, on=day))))
    sealed = Exists(lives_in.filter(household__in=Seal.objects.live().values("household")))
    kept_from = Disqualification.objects.on(day).filter(employee=employee).values("person")
    return persons.filter(Q(seen) | ~(masked_persons(day) | Q(with_masked) | Q(sealed))).exclude(pk__in=kept_from)


def persons_named_after_leaving(persons: QuerySet[Person], employee: Employee, *, at: datetime) -> QuerySet[Person]:
    """Those whom a household that they left still names: not whoever lives in another that the employee does not see.

    After a split, or when somebody moves, who is entitled to the one learns nothing of the other by it.
    """
    told = persons_not_withheld(persons, employee, at=at)
    if employee.is_system:
        return told
    facts = HouseholdFacts(employee, at=at)
    lives_in = Member.objects.on(localdate(at)).filter(person=OuterRef("pk"))
    home = Household.objects.filter(facts.listed | _in_special_unit(facts), pk=OuterRef("household"))
    return told.filter(Exists(lives_in.filter(Exists(home))) | ~Exists(lives_in))


def sealed_households(employee: Employee, *, at: datetime) -> QuerySet[Household]:
    """Those whose seal the employee may lift, and of which nothing but the seal is shown.

    A leader's of the unit, if cleared when somebody in it is shielded; the special unit's leader's if strictly so.
    """
    facts = HouseholdFacts(employee, at=at)
    leads = facts.at_units_with(Permission.UNMASK)
    by_leader = leads & ~Q(facts.strict) & (~Q(facts.shielded) | Q(facts.cleared))
    by_special_unit = Q(facts.strict) & Q(facts.special_unit) & Q(facts.holds(Permission.UNMASK))
    return Household.objects.filter(by_leader | by_special_unit, facts.sealed, ~Q(facts.party))


# ── one household ─────────────────────────────────────────────────────────────────────────────────────────────────


def sight_of(employee: Employee, household: Household, *, at: datetime) -> Sight:
    """How much the employee sees of the household, and on what ground."""
    known = HouseholdFacts(employee, at=at).known(household.pk)
    return decide(known.facts) if known else NOTHING


def live_grant(employee: Employee, household: Household, *, at: datetime) -> Grant | None:
    """The leave by which the employee has opened the household, the one that lasts longest; None when there is none."""
    live = Grant.objects.live(at).of(*CODED_REASONS, GrantKind.EMERGENCY).filter(user=employee)
    return live.filter(content_object=household).select_related("permission").order_by("-expires_at").first()


def household_for(
    employee: Employee, permission: Permission | Collection[Permission], *, key: UUID, at: datetime
) -> Household:
    """One household, for reading, with its `sight`.

    :param permission: what is asked for; of several, any one
    :raises Http404: when the employee may not see it, or there is none
    :raises NotOpened: when the employee sees its header, or leads the unit, and gets further with a reason
    :raises PermissionDenied: when the employee sees it but lacks the permission
    """
    household = Household.objects.filter(key=key).first()
    if household is None:
        raise Http404
    known = _seen(household, employee, _several(permission), at=at)
    setattr(household, _READ, (employee.pk, at, known))
    return household


def locked_household(
    employee: Employee,
    permission: Permission | Collection[Permission],
    *,
    household_id: int,
    at: datetime,
    version: int | None = None,
) -> Household:
    """One household, locked for the rest of the transaction and counted up one version: how every act begins.

    :param permission: what the act needs; of several, any one
    :param version: what the form was built on; None where the act needs no earlier sight of the household
    :raises Http404: when the employee may not see it, or there is none
    :raises PermissionDenied: when the employee sees it but lacks the permission
    :raises Stale: when somebody else changed it since
    """
    household = Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
    if household is None:
        raise Http404
    _seen(household, employee, _several(permission), at=at)
    if version is not None and version != household.version:
        raise Stale(done_since(household, version))
    household.version += 1
    household.save(update_fields=["version"])
    return household


def _several(permission: Permission | Collection[Permission]) -> tuple[Permission, ...]:
    return (permission,) if isinstance(permission, Permission) else tuple(permission)


def may(employee: Employee, permission: Permission, household: Household, *, at: datetime) -> bool:
    """Whether the employee's sight of the household and a role of theirs both give the permission."""
    return bool(permitted_here(employee, [permission], household, at=at))


def permitted_here(
    employee: Employee, wanted: Collection[Permission], household: Household, *, at: datetime
) -> frozenset[Permission]:
    """Which of these the employee has for a household: one statement, however many are asked about."""
    known = HouseholdFacts(employee, at=at).known(household.pk)
    return _permitted(wanted, known, decide(known.facts)) if known else frozenset()


def permitted_as_opened(
    employee: Employee, wanted: Collection[Permission], household: Household, *, at: datetime
) -> frozenset[Permission]:
    """As `permitted_here`, from what the door read when it opened the household to the employee at this moment.

    For what a page offers; an act asks anew, under its lock.
    """
    reader, moment, known = getattr(household, _READ, (None, None, None))
    if known is None or (reader, moment) != (employee.pk, at):
        return permitted_here(employee, wanted, household, at=at)
    return _permitted(wanted, known, decide(known.facts))


def _seen(household: Household, employee: Employee, wanted: tuple[Permission, ...], *, at: datetime) -> Known:
    known = HouseholdFacts(employee, at=at).known(household.pk)
    if known is None:
        raise Http404
    sight = decide(known.facts)
    if _permitted(wanted, known, sight):
        readings.note(household, sight.purpose)
        household.sight = sight
        return known
    if sight.purpose in _OPENED_WITH_REASON:
        raise NotOpened(household)
    readings.note(household, Purpose.REFUSED)
    if sight:
        raise PermissionDenied
    raise Http404


def _permitted(wanted: Collection[Permission], known: Known, sight: Sight) -> frozenset[Permission]:
    """Those of the wanted that the sight and a role both give."""
    if known.facts.system:
        return frozenset(wanted)
    # being on a case, or having been let in, reaches across units for somebody who holds the permission somewhere
    across = known.facts.assigned if sight.purpose is Purpose.OWN_CASE else sight.purpose in _ACROSS_UNITS
    held = known.held if across else known.held_here
    return frozenset(permission for permission in wanted if permission in held and _gives(sight, permission))


_ACROSS_UNITS = {Purpose.GRANT, Purpose.AUDIT, Purpose.SPECIAL_UNIT}
#: Who sees something of it and gets further by saying why: a colleague, and a leader who is not on the case.
_OPENED_WITH_REASON = {Purpose.UNIT, Purpose.LEADER}


def _gives(sight: Sight, permission: Permission) -> bool:
    """Whether a sight reaches as far as the permission."""
    needs = {
        Permission.VIEW_MINIMUM: sight.level >= Level.MINIMUM,
        Permission.VIEW_SUMMARY: sight.level >= Level.SUMMARY,
        Permission.VIEW_HOUSEHOLD: sight.level >= Level.FULL,
        Permission.VIEW_WHEREABOUTS: sight.level >= Level.FULL and sight.whereabouts,
        Permission.VIEW_SPECIAL: sight.level >= Level.FULL and sight.special,
    }
    if permission in needs:
        return needs[permission]
    # not whoever was only let in to read: a leader of another unit leads nothing here
    leads = permission in _LEADERS and sight.purpose is Purpose.LEADER
    return sight.level >= Level.FULL and (sight.writes or leads)


def _in_special_unit(facts: HouseholdFacts) -> Q:
    return Q(facts.strict) & Q(facts.special_unit) & _open_to(facts)


def _open_to(facts: HouseholdFacts) -> Q:
    return ~Q(facts.party) & ~Q(facts.sealed)
