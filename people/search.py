"""Finding a household by what somebody at the counter says: a number, a name however spelt, or a case number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from people.access import has_permission, persons_named_after_leaving, persons_not_withheld
from people.duplicates import is_withheld
from people.models import Employee, Household, Member, Person
from people.models.person import FOLDED
from people.roles import Permission

LONGEST_LIST = 25
#: A name this alike, from 0 to 1, is shown when nothing matches by letter.
ALIKE = 0.45


class Why(StrEnum):
    """What made a household a hit."""

    NUMBER = "number"
    CASE = "case"
    NAME_BEGINS = "name_begins"
    NAME_CONTAINS = "name_contains"
    NAME_ALIKE = "name_alike"


@dataclass(frozen=True)
class Hit:
    household: Household
    person: Person | None
    why: Why


def search(text: str, employee: Employee, *, at: datetime) -> list[Hit]:
    """Households the employee may see, best reason first, at most `LONGEST_LIST`; each once.

    What one may not see is not there: nothing tells a hidden hit from none.
    """
    hits: dict[int, Hit] = {}
    for hit in _hits(" ".join(text.split()), employee, at):
        hits.setdefault(hit.household.pk, hit)
        if len(hits) == LONGEST_LIST:
            break
    return list(hits.values())


def blocked_person(text: str, employee: Employee, *, at: datetime) -> Person | None:
    """Whoever has the number that a caseworker typed and is withheld from them: others are to be told, not the page."""
    number = number_in(text)
    if number is None or not has_permission(employee, Permission.CHANGE_HOUSEHOLD, at=at):
        return None
    person = Person.objects.with_number(number).first()
    return person if person is not None and is_withheld(person, by=employee, at=at) else None


def number_in(text: str) -> str | None:
    """The digits of a text that is as long as a national id, however it is grouped."""
    digits = "".join(text.split()).replace("-", "").replace(".", "")
    return digits if digits.isdigit() and len(digits) in (11, 12) else None


def folded(text: str) -> str:
    """The letters that are compared: lower case, ø as o, å as a, æ as ae."""
    return text.lower().translate(str.maketrans(*FOLDED)).replace("æ", "ae")


def _hits(text: str, employee: Employee, at: datetime) -> Iterator[Hit]:
    if len(text) < 2:
        return
    number = number_in(text)
    if number is not None:
        yield from _of_persons(Person.objects.with_number(number), Why.NUMBER, employee, at)
        return
    visible = Household.objects.visible_to(employee, at=at)
    yield from (Hit(household, None, Why.CASE) for household in visible.filter(ref=text))
    key = folded(text)
    yield from _of_persons(persons_whose_name_begins(key), Why.NAME_BEGINS, employee, at)
    containing = Person.objects.filter(*(Q(name_key__contains=word) for word in key.split()))
    yield from _of_persons(containing, Why.NAME_CONTAINS, employee, at)
    alike = (
        Person.objects.filter(name_key__trigram_word_similar=key)
        .annotate(alike=TrigramWordSimilarity(key, "name_key"))
        .filter(alike__gte=ALIKE)
        .order_by("-alike", "pk")
    )
    yield from _of_persons(alike, Why.NAME_ALIKE, employee, at)


def persons_whose_name_begins(key: str) -> QuerySet[Person]:
    """A range of the index on folded names, which a pattern would not use."""
    return Person.objects.filter(name_key__gte=key, name_key__lt=key[:-1] + chr(ord(key[-1]) + 1)).order_by(
        "name_key", "pk"
    )


def _of_persons(persons: QuerySet[Person], why: Why, employee: Employee, at: datetime) -> Iterator[Hit]:
    """The visible households those persons are members of today or were last, current ones first.

    Whoever lives in one that the employee does not see leads nowhere from one they have left.
    """
    found = {person.pk: person for person in persons[: LONGEST_LIST * 2]}
    day = localdate(at)
    told = persons_not_withheld(Person.objects.filter(pk__in=found), employee, at=at)
    memberships = (
        Member.objects.filter(person__in=told, household__in=Household.objects.visible_to(employee, at=at))
        .select_related("household")
        .order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")
    )
    leads_on = set(persons_named_after_leaving(told, employee, at=at).values_list("pk", flat=True))
    by_person: dict[int, list[Member]] = {}
    for membership in memberships:
        by_person.setdefault(membership.person_id, []).append(membership)
    for pk, person in found.items():
        of_person = by_person.get(pk, [])
        current = [one for one in of_person if one.starts_on <= day and (one.ends_on is None or one.ends_on > day)]
        left = of_person[:1] if pk in leads_on else []
        yield from (Hit(membership.household, person, why) for membership in current or left)
