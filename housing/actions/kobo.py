"""Reading in what Kobo says of the municipality's dwellings, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from housing.actions.dwellings import add_dwelling, change_dwelling, set_rent
from housing.kobo import CannotReadKobo, from_kobo
from housing.models import Dwelling, DwellingRent
from people.models import Employee, Municipality
from people.transactions import act


class CannotReadIn(Exception):
    """Nothing was read in; `faults` says of which dwelling what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} faults")


@dataclass
class ReadIn:
    """What came of it: refs of the dwellings made, and of those changed with each field before and after."""

    created: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[tuple[str, object, object]]]] = field(default_factory=list)
    left_alone: int = 0


@act
def read_in_kobo(
    *,
    municipality: Municipality,
    messages: Sequence[Mapping[str, Any]],
    by: Employee,
    at: datetime,
    on: date,
) -> ReadIn:
    """Kobo's dwellings into the stock: a known one by either reference is corrected in what Kobo tells of it.

    :param on: the day that new ones are acquired, and that a rent holds from
    :raises CannotReadIn: naming every dwelling that cannot be read; nothing is changed
    """
    read, faults = _read(messages)
    done = ReadIn()
    for facts in () if faults else read:
        rent = facts.pop("rent_a_month", None)
        known = _known(municipality, facts)
        if known is None and "tenure" not in facts:
            faults.append(f"{facts.get('kobo_ref', '?')}: a new dwelling needs its tenure")
        elif known is None:
            made = add_dwelling(municipality=municipality, by=by, at=at, rent_a_month=rent, acquired_on=on, **facts)
            done.created.append(made.ref)
        else:
            _correct(known, facts, rent, done, by=by, at=at, on=on)
    if faults:
        raise CannotReadIn(faults)
    return done


def _read(messages: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    read, faults = [], []
    for number, message in enumerate(messages, start=1):
        try:
            read.append(from_kobo(message))
        except CannotReadKobo as error:
            faults.append(f"{number}: {error}")
    return read, faults


def _known(municipality: Municipality, facts: Mapping[str, Any]) -> Dwelling | None:
    ours = Dwelling.objects.filter(municipality=municipality)
    for name, value in (("kobo_ref", facts.get("kobo_ref")), ("property_ref", facts.get("property_ref"))):
        found = ours.filter(**{name: value}).first() if value else None
        if found is not None:
            return found
    # where the property system has no name of its own for it, ours is what Kobo was told
    return ours.filter(ref=facts.get("property_ref") or "", property_ref="").first()


def _correct(
    known: Dwelling, facts: dict[str, Any], rent: int | None, done: ReadIn, *, by: Employee, at: datetime, on: date
) -> None:
    if facts.get("property_ref") == known.ref:
        del facts["property_ref"]
    differing = [(name, getattr(known, name), value) for name, value in facts.items() if getattr(known, name) != value]
    before = DwellingRent.objects.begun(on).filter(dwelling=known).values_list("rent_a_month", flat=True).first()
    is_other_rent = rent is not None and rent != before
    if not differing and not is_other_rent:
        done.left_alone += 1
        return
    if differing:
        change_dwelling(dwelling_id=known.pk, by=by, at=at, **{name: value for name, _was, value in differing})
    if rent is not None and is_other_rent:
        set_rent(dwelling_id=known.pk, starts_on=on, rent_a_month=rent, by=by, at=at)
        differing.append(("rent_a_month", before, rent))
    done.changed.append((known.ref, differing))
