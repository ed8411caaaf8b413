"""Finding a household by what somebody at the counter says: a number, a name however spelt, or a case number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from people.access import has_permission, households_in_reach, persons_named_after_leaving, persons_not_withheld
from people.duplicates import is_withheld
from people.models import Employee, Household, Member, Person
from people.models.person import FOLDED
from people.roles import Permission

LONGEST_LIST = 25
#: Persons whose households are read in one go.
AT_A_TIME = 50
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
        yield from _of_persons([(Why.NUMBER, Person.objects.with_number(number))], employee, at)
        return
    visible = Household.objects.visible_to(employee, at=at)
    yield from (Hit(household, None, Why.CASE) for household in visible.filter(ref=text))
    key = folded(text)
    alike = (
        Person.objects.filter(name_key__trigram_word_similar=key)
        .annotate(alike=TrigramWordSimilarity(key, "name_key"))
        .filter(alike__gte=ALIKE)
        .order_by("-alike", "pk")
    )
    containing = Person.objects.filter(*(Q(name_key__contains=word) for word in key.split()))
    named = [
        (Why.NAME_BEGINS, persons_whose_name_begins(key)),
        (Why.NAME_CONTAINS, containing.order_by("name_key", "pk")),
        (Why.NAME_ALIKE, alike),
    ]
    yield from _of_persons(named, employee, at)


def persons_whose_name_begins(key: str) -> QuerySet[Person]:
    """A range of the index on folded names, which a pattern would not use."""
    return Person.objects.filter(name_key__gte=key, name_key__lt=key[:-1] + chr(ord(key[-1]) + 1)).order_by(
        "name_key", "pk"
    )


def _of_persons(asked: Iterable[tuple[Why, QuerySet[Person]]], employee: Employee, at: datetime) -> Iterator[Hit]:
    """The visible households those persons are members of today or were last, current ones first, person by person.

    Looked for among those in the employee's reach only: however many others have the name, they take nobody's place.
    """
    near = Member.objects.filter(household__in=households_in_reach(employee, at=at)).values("person")
    why: dict[int, Why] = {}
    for reason, persons in asked:
        # distinct: one set to look in, instead of the reach anew for each of the name
        for pk in persons.filter(pk__in=near.distinct()).values_list("pk", flat=True):
            why.setdefault(pk, reason)
    found = list(why)
    for start in range(0, len(found), AT_A_TIME):
        some = found[start : start + AT_A_TIME]
        memberships = _memberships(some, employee, at)
        for pk in some:
            yield from (Hit(one.household, one.person, why[pk]) for one in memberships.get(pk, []))


def _memberships(persons: Collection[int], employee: Employee, at: datetime) -> dict[int, list[Member]]:
    """The memberships, of households that the employee sees, by which each of these persons is found.

    Those of today; else the last, unless they live in a household that the employee does not see.
    """
    told = persons_not_withheld(Person.objects.filter(pk__in=persons), employee, at=at)
    visible = Household.objects.filter(pk=OuterRef("household")).visible_to(employee, at=at)
    by_person: dict[int, list[Member]] = {}
    for one in (
        # the few by their numbers: the country's households are not gone through for them
        Member.objects.filter(Exists(visible), person__in=list(told.values_list("pk", flat=True)))
        .select_related("household", "person")
        .order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")
    ):
        by_person.setdefault(one.person_id, []).append(one)
    day = localdate(at)
    current = {
        pk: [one for one in ones if one.starts_on <= day and (one.ends_on is None or one.ends_on > day)]
        for pk, ones in by_person.items()
    }
    left = [pk for pk, ones in current.items() if not ones]
    leads_on = persons_named_after_leaving(Person.objects.filter(pk__in=left), employee, at=at) if left else ()
    return current | {person.pk: by_person[person.pk][:1] for person in leads_on}
