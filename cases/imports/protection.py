"""What an import does to protected addresses: it protects, and leaves it to a person to take protection away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from cases.interchange.rows import PersonRow
from people.models import SHIELDED, Person, Protection

Pair = tuple[PersonRow, PersonRow]


def gives_way(old: PersonRow, new: PersonRow) -> bool:
    """Whether the file says less of somebody shielded than is known."""
    return Protection(old.protection) in SHIELDED and Protection(new.protection).is_milder_than(old.protection)


def still_shielding(pairs: Iterable[Pair], *, on: date) -> Iterator[Pair]:
    """The corrections as they are written.

    Where the file knows a milder grade, the stored one stays and is noted as ended, so that those who may unmask are
    asked (`tell_of_ended_protection`). Not of somebody unmasked: there the decision is made.
    """
    pairs = list(pairs)
    shielded = [old.pk for old, new in pairs if gives_way(old, new)]
    unmasked = set(Person.objects.filter(pk__in=shielded, unmasked_at__isnull=False).values_list("pk", flat=True))
    for old, new in pairs:
        if old.pk in unmasked or Protection(old.protection) not in SHIELDED:
            yield old, new
        else:
            yield old, _ended(old, new, on) if gives_way(old, new) else _not_put_off(old, new, on)


def masks_anew(pairs: Iterable[Pair]) -> list[int]:
    """The primary keys of those whom the file shields otherwise than was known when somebody unmasked them."""
    return [old.pk for old, new in pairs if Protection(new.protection) in SHIELDED and _grade(old) != _grade(new)]


def _grade(row: PersonRow) -> tuple[str, date | None]:
    return row.protection, row.protection_from


def _not_put_off(old: PersonRow, new: PersonRow, on: date) -> PersonRow:
    """What masks today does not wait for a later first day."""
    begins_later = new.protection_from is not None and new.protection_from > on
    return replace(new, protection_from=old.protection_from) if begins_later else new


def _ended(old: PersonRow, new: PersonRow, on: date) -> PersonRow:
    begun, told = old.protection_from, old.protection_to or new.protection_to or on
    ends = told if begun is None or told > begun else None
    return replace(new, protection=old.protection, protection_from=begun, protection_to=ends)
