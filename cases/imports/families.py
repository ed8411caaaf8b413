"""Who may be with whom: an adult in one household a day, a child in at most two and a child in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

from cases.imports.faults import Fault
from cases.imports.overlaps import is_dated, named
from cases.imports.protection import gives_way
from cases.imports.world import Side, World
from cases.interchange.rows import MemberRow, PersonRow, Row, Unread
from cases.interchange.values import shown_ref
from people.identification import identify
from people.models import MemberRole, Protection

R = TypeVar("R", bound=Row)

_GROWN = (MemberRole.APPLICANT, MemberRole.PARTNER)


def check_families(world: World) -> None:
    """Memberships of one person that may not meet, each said at the later line."""
    for memberships in world.memberships.values():
        rows = sorted((row for row in memberships if _is_whole(row)), key=lambda row: (row.line or 0, row.starts_on))
        for first, second in combinations(rows, 2):
            wrong = _wrong(first, second) if first.overlaps(second) and second.line is not None else None
            if wrong:
                world.members.say(second, f"{wrong}: {second.period} and {named(world.members, first)}")
        for third, others in _third_homes(rows):
            beside = " and ".join(named(world.members, other) for other in others)
            world.members.say(third, f"the child is in more than two households: {third.period} and {beside}")


def _is_whole(row: MemberRow) -> bool:
    try:
        return is_dated(row) and bool(row.role)
    except Unread:
        return False


def _wrong(first: MemberRow, second: MemberRow) -> str | None:
    """Why two memberships of one person that share a day may not; None when they may."""
    if first.household == second.household:
        return "the person is in the household twice at the same time"
    if MemberRole.CHILD_VISIT in (first.role, second.role):
        return None
    children = [row.role == MemberRole.CHILD for row in (first, second)]
    if all(children):
        return None
    if any(children):
        return "the person is a child in one household and an adult in another at the same time"
    return "the person is an adult in two households at the same time"


def _third_homes(rows: list[MemberRow]) -> Iterator[tuple[MemberRow, tuple[MemberRow, MemberRow]]]:
    """Each membership as a child that makes a third on some day, with two that it meets there."""
    homes = [row for row in rows if row.role == MemberRole.CHILD]
    for place, third in enumerate(homes):
        if third.line is None:
            continue
        earlier = [row for row in homes[:place] if row.overlaps(third) and row.household != third.household]
        for one, other in combinations(earlier, 2):
            begins = max(one.starts_on, other.starts_on, third.starts_on)
            if begins < min(one.end, other.end, third.end) and one.household != other.household:
                yield third, (one, other)
                break


def warnings(world: World) -> Iterator[Fault]:
    """What is strange but may be true."""
    yield from _said(world.persons, lambda row: _strange(world, row))
    yield from _said(world.members, lambda row: _generations(world, row))


def _said(side: Side[R], seen: Callable[[R], Iterator[str]]) -> Iterator[Fault]:
    for row in side.rows:
        try:
            yield from [Fault(side.file, row.line, f"warning: {text}") for text in seen(row)]
        except Unread:
            continue


def _strange(world: World, person: PersonRow) -> Iterator[str]:
    told = identify(person.national_id).born_on if person.national_id else None
    if told is not None and told != person.born_on:
        yield f"born_on {person.born_on} is not the date that the national id tells"
    if person.protection == Protection.NONE and (person.protection_from or person.protection_to):
        yield "dates of a protection, but no protection"
    before = world.persons.before(person)
    if before is not None and gives_way(before, person):
        yield f"protection was {before.protection}: what is masked stays so until somebody decides on it"


def _generations(world: World, row: MemberRow) -> Iterator[str]:
    """A child not younger than its applicant or partner: said at the child, or at the adult where only that is new."""
    for other in world.members_of.get(row.household, []):
        if not (_is_whole(other) and _is_whole(row) and row.overlaps(other)):
            continue
        if row.role == MemberRole.CHILD and other.role in _GROWN:
            child, adult = row, other
        elif row.role in _GROWN and other.role == MemberRole.CHILD and other.line is None:
            child, adult = other, row
        else:
            continue
        younger, older = world.persons.find(child.person), world.persons.find(adult.person)
        if younger and older and younger.born_on <= older.born_on:
            yield (
                f"child {shown_ref(child.person)} is not younger than {adult.role} {shown_ref(adult.person)}"
                f" ({younger.born_on} and {older.born_on})"
            )
