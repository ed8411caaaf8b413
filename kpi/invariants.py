"""What must hold in the data at any time, checked row by row.

Each invariant answers with the rows that break it, as short texts of references and dates: never names or national ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate

from cases.actions.journey import standings
from cases.models import Case, Document, MeetingMinutes
from housing.actions.spells import spell_differences
from housing.models import Residence, Spell
from housing.spells import Membership, Stretch, carried, derive
from housing.states import Kind
from people.access import units_with
from people.models import Employee, Household, Member
from people.roles import Permission
from people.special_unit import strictly_confidential


@dataclass(frozen=True)
class Invariant:
    """A sentence that holds, and what finds the rows for which it does not. `find` takes the moment it is asked."""

    sentence: str
    find: Callable[[datetime], Iterator[str]]


def _sql(query: str) -> Callable[[datetime], Iterator[str]]:
    """A query whose rows each break the invariant; its columns are joined to one text."""

    def find(_at: datetime) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            yield from (" ".join(str(value) for value in row) for row in cursor)

    return find


_TWO_PLACES = """
SELECT h1.ref, h2.ref, GREATEST(a.starts_on, b.starts_on)
FROM people_member a
JOIN people_member b ON b.person_id = a.person_id AND b.id > a.id AND b.household_id <> a.household_id
JOIN housing_residence ra ON ra.household_id = a.household_id
JOIN housing_residence rb ON rb.household_id = b.household_id
JOIN people_household h1 ON h1.id = a.household_id
JOIN people_household h2 ON h2.id = b.household_id
WHERE a.role NOT IN ('child', 'child_visit') AND b.role NOT IN ('child', 'child_visit')
  AND NOT isempty(daterange(a.starts_on, a.ends_on) * daterange(b.starts_on, b.ends_on)
                  * daterange(ra.starts_on, ra.ends_on) * daterange(rb.starts_on, rb.ends_on))
"""
_SAME_ROOM = """
SELECT h1.ref, h2.ref, GREATEST(a.starts_on, b.starts_on)
FROM housing_residence a JOIN housing_residence b ON b.id > a.id
     AND (b.room_id = a.room_id OR b.dwelling_id = a.dwelling_id OR b.household_id = a.household_id)
     AND daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
JOIN people_household h1 ON h1.id = a.household_id
JOIN people_household h2 ON h2.id = b.household_id
"""
_UNJOURNALED = """
SELECT h.ref, r.starts_on, r.kind
FROM housing_residence r JOIN people_household h ON h.id = r.household_id
WHERE r.kind IN ('temporary', 'night_shelter')
  AND (NOT EXISTS (SELECT FROM people_journalentry j
                   WHERE j.household_id = r.household_id AND j.subject_kind = 'residence' AND j.subject_id = r.id
                     AND j.act IN ('residence.started', 'residence.corrected'))
       OR r.ends_on IS NOT NULL
          AND NOT EXISTS (SELECT FROM people_journalentry j
                          WHERE j.household_id = r.household_id AND j.subject_kind = 'residence' AND j.subject_id = r.id
                            AND j.act IN ('residence.ended', 'residence.corrected')))
"""
_STATE_HISTORY = """
SELECT h.ref, c.id, c.state, last.state
FROM cases_case c JOIN people_household h ON h.id = c.household_id
LEFT JOIN LATERAL (
    SELECT e.state FROM cases_caseevent e WHERE e.pgh_obj_id = c.id ORDER BY e.pgh_id DESC LIMIT 1
) last ON TRUE
WHERE c.state IS DISTINCT FROM last.state
"""
_UNREASONED = """
SELECT h.ref, d.id
FROM cases_decision d JOIN people_household h ON h.id = d.household_id
WHERE d.status IN ('issued', 'notified', 'replaced', 'ended', 'annulled') AND d.issued_at IS NOT NULL
  AND (d.facts = '' OR d.considerations = '' OR d.user_view = ''
       OR d.result IN ('granted', 'partly') AND d.start_reason = ''
       OR d.has_children AND NOT EXISTS (SELECT FROM cases_childinterest c WHERE c.decision_id = d.id AND c.text <> '')
       OR d.issued_by_id IS NULL
       OR NOT EXISTS (SELECT FROM cases_document x WHERE x.decision_id = d.id AND x.kind = 'decision')
       OR (SELECT count(DISTINCT (e.facts, e.considerations, e.start_reason, e.user_view, e.starts_on, e.ends_on))
           FROM cases_decisionevent e
           WHERE e.pgh_obj_id = d.id AND e.status IN ('issued', 'notified', 'replaced', 'ended', 'annulled')) <> 1)
"""
_MUNICIPALITY = """
SELECT h.ref, r.starts_on, r.municipality_id, h.municipality_id
FROM housing_residence r JOIN people_household h ON h.id = r.household_id
WHERE r.municipality_id <> h.municipality_id
"""
_CHILD_HOMES = """
SELECT p.ref, a.starts_on
FROM people_member a JOIN people_person p ON p.id = a.person_id
WHERE a.role = 'child' AND (SELECT count(*) FROM people_member b WHERE b.person_id = a.person_id AND b.role = 'child'
                            AND b.starts_on <= a.starts_on AND (b.ends_on IS NULL OR b.ends_on > a.starts_on)) > 2
"""


def _spells_differ(_at: datetime) -> Iterator[str]:
    for difference in spell_differences():
        yield f"{difference.side}: household {difference.household} {difference.state} {difference.starts_on}"


def _pure_differs(_at: datetime) -> Iterator[str]:
    """Stays by the plain Python against those stored, household by household."""
    stays: dict[int, set[tuple[object, ...]]] = {}
    for spell in Spell.objects.stays().iterator():
        stays.setdefault(spell.household_id, set()).add(
            (spell.starts_on, spell.ends_on, spell.limit_on, _days(spell.nights))
        )
    for household, lives, members in _facts():
        pure = {
            (spell.starts_on, spell.ends_on, spell.limit_on, tuple(spell.nights))
            for spell in derive(lives, members, counts_from=household.split_on)
            if spell.limit_on is not None
        }
        if pure != stays.get(household.pk, set()):
            yield household.ref


def _facts() -> Iterator[tuple[Household, list[Stretch], list[Membership]]]:
    own: dict[int, list[Stretch]] = {}
    for residence in Residence.objects.order_by("household_id", "starts_on").iterator():
        stretch = Stretch(Kind(residence.kind), residence.starts_on, residence.ends_on, residence.lease_ends_on)
        own.setdefault(residence.household_id, []).append(stretch)
    members: dict[int, list[Membership]] = {}
    for member in Member.objects.select_related("person").iterator():
        one = Membership(str(member.person_id), member.role, member.starts_on, member.ends_on, member.person.born_on)
        members.setdefault(member.household_id, []).append(one)
    households = {household.pk: household for household in Household.objects.iterator()}

    def lives(household: Household) -> list[Stretch]:
        mine = own.get(household.pk, [])
        if household.split_from_id is None or household.split_on is None:
            return mine
        return carried(mine, lives(households[household.split_from_id]), household.split_on)

    for household in households.values():
        yield household, lives(household), members.get(household.pk, [])


def _days(nights: object) -> tuple[tuple[object, object], ...]:
    return tuple((part.lower, part.upper) for part in nights)  # type: ignore[attr-defined]


def _state_differs(at: datetime) -> Iterator[str]:
    cases = Case.objects.select_related("household")
    for case, standing in standings(cases, on=localdate(at)):
        if case.state != standing:
            yield f"{case.household.ref} is {case.state}, the facts say {standing}"


def _states_add_up(_at: datetime) -> Iterator[str]:
    with_open = Case.objects.open().values("household").distinct().count()
    by_state = Case.objects.open().count()
    if with_open != by_state:
        yield f"{by_state} open cases for {with_open} households"


def _hidden_adds_up(at: datetime) -> Iterator[str]:
    """Of each municipality an employee's visible and hidden households are all but the strictly confidential.

    None is both.
    """
    day = localdate(at)
    for employee in Employee.objects.filter(is_active=True, is_system=False):
        units = units_with(employee, Permission.VIEW_HOUSEHOLD, at=at)
        for municipality in units.values_list("municipality", flat=True).distinct():
            whole = Household.objects.filter(municipality=municipality)
            visible, hidden = (
                set(q.values_list("pk", flat=True))
                for q in (whole.visible_to(employee, at=at), whole.hidden_from(employee, at=at))
            )
            total = whole.count() - len(strictly_confidential(municipality, on=day))
            if visible & hidden or len(visible) + len(hidden) != total:
                yield f"employee {employee.pk}: {len(visible)} visible and {len(hidden)} hidden of {total}"


def _hash_differs(_at: datetime) -> Iterator[str]:
    for document in Document.objects.select_related("household").iterator(chunk_size=100):
        if hashlib.sha256(bytes(document.content)).hexdigest() != document.sha256:
            yield f"{document.household.ref} document {document.pk}"
    for minutes in MeetingMinutes.objects.iterator(chunk_size=100):
        if hashlib.sha256(bytes(minutes.content)).hexdigest() != minutes.sha256:
            yield f"minutes of meeting {minutes.meeting_id}"


def _periods(_at: datetime) -> Iterator[str]:
    for model in apps.get_models():
        columns = {field.column for field in model._meta.concrete_fields}
        if not {"starts_on", "ends_on"} <= columns or model._meta.app_label not in ("people", "housing", "cases"):
            continue
        # an assignment may be taken back the day it was given
        operator = "<" if model._meta.model_name in ("assignment", "assignmentevent") else "<="
        table = model._meta.db_table
        yield from _sql(f"SELECT '{table}', * FROM {table} WHERE ends_on {operator} starts_on")(_at)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("a person is in one place a night", _sql(_TWO_PLACES)),
    Invariant("a household is in one place a night, and a room or dwelling has one household", _sql(_SAME_ROOM)),
    Invariant("a child is a child in at most two households a day", _sql(_CHILD_HOMES)),
    Invariant("a residence lies in its household's municipality", _sql(_MUNICIPALITY)),
    Invariant("no period is empty or reversed", _periods),
    Invariant("every stay's start and end stands in the journal", _sql(_UNJOURNALED)),
    Invariant("stored spells equal the derivation", _spells_differ),
    Invariant("stays by SQL equal stays by the pure algebra", _pure_differs),
    Invariant("every state equals its last event", _sql(_STATE_HISTORY)),
    Invariant("every state agrees with tonight's residence and needs", _state_differs),
    Invariant("the sum of states is the number of households with an open case", _states_add_up),
    Invariant("visible and hidden households of a municipality are all that may be counted", _hidden_adds_up),
    Invariant("an issued decision is reasoned, has its letter and never changed", _sql(_UNREASONED)),
    Invariant("a letter's bytes have the hash that is stored", _hash_differs),
)


def broken(at: datetime) -> Iterator[tuple[Invariant, list[str]]]:
    """Each invariant that does not hold, with the rows that break it."""
    for invariant in INVARIANTS:
        rows = sorted(set(invariant.find(at)))
        if rows:
            yield invariant, rows
