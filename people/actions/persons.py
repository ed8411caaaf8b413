"""Letting somebody into a household: who they are, whether they can be there, and what to ask twice about.

These are the parts that registering a household, adding a member and recording a birth have in common. They run inside
the transaction of those acts, under the household's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.access import units_with
from people.duplicates import (
    FollowedElsewhere,
    NotToBeToldHere,
    is_known_to,
    is_withheld,
    person_with_number,
    persons_alike,
)
from people.identification import identify
from people.models import Employee, Household, IdKind, Member, MemberRole, Person, Protection
from people.national_ids import NationalId
from people.refusals import Refusal
from people.roles import Permission

#: Roles of somebody who lives in a household as a child or visits it as one; all others count as adult members.
CHILDREN = (MemberRole.CHILD, MemberRole.CHILD_VISIT)
#: Roles that a child is expected to be younger than.
PARENTS = (MemberRole.APPLICANT, MemberRole.PARTNER)


class CannotBeMember(Refusal):
    """The person cannot be in the household in that role and period."""


class MemberElsewhere(CannotBeMember):
    """The person is in another household, which the employee may see: `household` says which."""

    def __init__(self, household: Household, message: str, *, field: str) -> None:
        super().__init__(message, field=field)
        self.household = household


class NeedsConfirmation(Refusal):
    """Nothing is wrong, but somebody has to look twice: `warnings` holds a sentence for each thing to look at."""

    def __init__(self, warnings: Sequence[str]) -> None:
        super().__init__(_("Look at the warnings. Confirm if it is right all the same."))
        self.warnings = list(warnings)


@dataclass(frozen=True)
class NewMember:
    """Somebody to be let in: a person already known, by `person_id` or by national id, or one described here.

    What is known of a person stands; what is told here fills what was empty, and a protection told is always taken.
    `born_on` may be left out where the national id tells it. `prefix` goes before the field names of refusals, such as
    "members-0-" in a form of many.
    """

    role: MemberRole
    person_id: int | None = None
    national_id: str = ""
    name: str = ""
    born_on: date | None = None
    is_birth_approximate: bool = False
    language: str = ""
    needs_interpreter: bool = False
    protection: Protection = Protection.NONE
    protection_from: date | None = None
    protection_to: date | None = None
    prefix: str = ""

    def field(self, name: str) -> str:
        return f"{self.prefix}{name}"


@dataclass(frozen=True)
class Admitted:
    """Somebody found or made, with what to ask twice about."""

    person: Person
    role: MemberRole
    warnings: tuple[str, ...]


def admit(new: NewMember, *, by: Employee, at: datetime, accepted: bool = False) -> Admitted:
    """Find the person among those known, or write one. With `accepted` nobody is asked twice about those alike.

    :raises NotIdentified: naming the rule that the national id breaks
    :raises NotToBeToldHere: when the person is hidden from the employee
    :raises CannotBeMember: when no birth date is told or it lies ahead
    """
    if new.person_id is not None:
        return Admitted(_told(_person_met(new.person_id, new, by=by, at=at), new), new.role, ())
    number = identify(new.national_id, field=new.field("national_id")) if new.national_id.strip() else None
    if number is not None:
        field = new.field("national_id")
        known = person_with_number(number.number, by=by, at=at, field=field)
        if known is not None:
            return Admitted(_told(known, new), new.role, _other_name(known, new, by=by, at=at))
    return _written(new, number, accepted=accepted, by=by, at=at)


def refuse_clashes(
    admitted: Admitted, household: Household, *, starts_on: date, by: Employee, at: datetime, field: str = ""
) -> None:
    """Say where somebody already is who cannot also be in this household from that day on.

    The database guards the same; this is the clearer sentence.

    :raises CannotBeMember: when already a member of this household, or born later
    :raises MemberElsewhere: when a member of a household the employee may see
    :raises FollowedElsewhere: when a member of another unit's
    :raises NotToBeToldHere: when a member of one the employee may not know of
    """
    if starts_on < admitted.person.born_on:
        raise CannotBeMember(_("The membership begins before the person was born."), field=field)
    later = Member.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), person=admitted.person)
    if later.filter(household=household).exists():
        raise CannotBeMember(_("This person is already a member of the household in that period."), field=field)
    clash = _clashing(admitted.role, list(later.select_related("household").order_by("pk")))
    if clash is None:
        return
    if not Household.objects.filter(pk=clash.household_id).visible_to(by, at=at).exists():
        raise not_here(admitted.person, clash.household, by=by, at=at, field=field)
    sentence = gettext("%(person)s is already a member of the household of %(applicant)s.")
    names = {"person": admitted.person, "applicant": _applicant_of(clash.household, starts_on) or gettext("others")}
    raise MemberElsewhere(clash.household, sentence % names, field=field)


def not_here(person: Person, household: Household, *, by: Employee, at: datetime, field: str) -> Refusal:
    """What is told of somebody in a household that the employee does not see: who follows it, or whom to ring."""
    own_units = units_with(by, Permission.VIEW_SUMMARY, at=at)
    is_own_unit_s = household.responsibilities.on(localdate(at)).filter(unit__in=own_units).exists()
    if is_own_unit_s or is_withheld(person, by=by, at=at):
        return NotToBeToldHere(person, by=by, at=at, field=field)
    return FollowedElsewhere(household, on=localdate(at), field=field)


def ages_to_look_at(members: Iterable[tuple[MemberRole, Person]]) -> list[str]:
    """A sentence for each child that is not younger than applicant and partner."""
    told = list(members)
    parents = [person for role, person in told if role in PARENTS]
    children = [person for role, person in told if role in CHILDREN]
    sentence = gettext("%(child)s is registered as a child but is not younger than %(parent)s.")
    return [
        sentence % {"child": child, "parent": parent}
        for child in children
        for parent in parents
        if child.born_on <= parent.born_on
    ]


def confirm(warnings: Sequence[str], *, accepted: bool) -> None:
    """:raises NeedsConfirmation: when there are warnings that nobody has accepted"""
    if warnings and not accepted:
        raise NeedsConfirmation(warnings)


def is_adult_member(role: str) -> bool:
    return role not in CHILDREN


def keep_an_applicant(household: Household, *, on: date) -> Member | None:
    """Let the partner, else the eldest other adult, be the applicant from that day when there is none left.

    The new applicant's row, or None when there was one or nobody can be.
    """
    adults = [m for m in household.members.on(on).select_related("person") if is_adult_member(m.role)]
    if not adults or any(member.role == MemberRole.APPLICANT for member in adults):
        return None
    successor = min(adults, key=lambda m: (m.role != MemberRole.PARTNER, m.person.born_on, m.pk))
    return change_role(successor, MemberRole.APPLICANT, on=on)


def change_role(member: Member, role: MemberRole, *, on: date) -> Member:
    """Give a member another role from a day on, inside an act; on the first day itself the row changes in place."""
    if member.starts_on == on:
        member.role = role
        member.save(update_fields=["role"])
        return member
    ends_on, member.ends_on = member.ends_on, on
    member.save(update_fields=["ends_on"])
    return Member.objects.create(
        household_id=member.household_id, person_id=member.person_id, role=role, starts_on=on, ends_on=ends_on
    )


def _other_name(known: Person, new: NewMember, *, by: Employee, at: datetime) -> tuple[str, ...]:
    """Somebody whom the employee has not met in a household of theirs is not named."""
    if not new.name or not known.name or _folded(new.name) == _folded(known.name):
        return ()
    if not is_known_to(known, by=by, at=at):
        return (gettext("The national id is already registered, with another name."),)
    return (gettext("The national id is that of %(person)s, already registered.") % {"person": known},)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _person_met(person_id: int, new: NewMember, *, by: Employee, at: datetime) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not is_known_to(person, by=by, at=at):
        raise NotToBeToldHere(person, by=by, at=at, field=new.field("national_id"))
    return person


def _told(person: Person, new: NewMember) -> Person:
    """A known person with what was empty filled in, and with the protection told now."""
    told: dict[str, object] = {
        name: getattr(new, name)
        for name in ("name", "language", "needs_interpreter")
        if getattr(new, name) and not getattr(person, name)
    }
    if new.protection != Protection.NONE:
        told |= {name: getattr(new, name) for name in ("protection", "protection_from", "protection_to")}
    if told:
        for name, value in told.items():
            setattr(person, name, value)
        person.save(update_fields=list(told))
    return person


def _written(new: NewMember, number: NationalId | None, *, accepted: bool, by: Employee, at: datetime) -> Admitted:
    by_number = number.born_on if number else None
    born_on = new.born_on or by_number
    if born_on is None:
        raise CannotBeMember(_("Give the birth date, an approximate one if need be."), field=new.field("born_on"))
    if born_on > localdate(at):
        raise CannotBeMember(_("The birth date lies ahead."), field=new.field("born_on"))
    name = " ".join(new.name.split())
    # the search is the dearest part of registering: not for an answer that is given already
    alike = [] if accepted else persons_alike(name, born_on, is_approximate=new.is_birth_approximate, by=by, at=at)
    warnings = [
        gettext("%(person)s, with the same birth date, is already registered.") % {"person": person}
        for person in alike
        if not (number and person.national_id)
    ]
    if by_number is not None and by_number != born_on:
        sentence = gettext("The birth date of %(person)s is not the one the national id tells.")
        warnings.append(sentence % {"person": name})
    person = Person.objects.create(
        national_id=number.number if number else "",
        id_kind=IdKind(number.kind.value) if number else IdKind.NONE,
        name=name,
        born_on=born_on,
        is_birth_approximate=new.is_birth_approximate,
        protection=new.protection,
        protection_from=new.protection_from,
        protection_to=new.protection_to,
        language=new.language,
        needs_interpreter=new.needs_interpreter,
    )
    return Admitted(person, new.role, tuple(warnings))


def _clashing(role: MemberRole, others: Collection[Member]) -> Member | None:
    """The membership, if any, that one in this role from now on cannot stand beside."""
    if role == MemberRole.CHILD_VISIT:
        return None
    as_adult = [m for m in others if is_adult_member(m.role)]
    as_child = [m for m in others if m.role == MemberRole.CHILD]
    if is_adult_member(role):
        return next(iter(as_adult + as_child), None)
    return next(iter(as_adult), as_child[1] if len(as_child) > 1 else None)


def _applicant_of(household: Household, day: date) -> str:
    applicant = household.members.on(day).filter(role=MemberRole.APPLICANT).select_related("person").first()
    return str(applicant.person) if applicant else ""
