"""What a person has asked for about their own data, and what is sealed: for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import AccessRequest, CorrectionRequest
from cases.wording import day_in_words
from people.access import persons_named_after_leaving, sealed_households
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Member, Person, Seal

LATEST_LINES = 50


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """One request, open or answered. `is_late`: open after the day it was due."""

    pk: int
    is_access: bool
    person: str
    received_on: date
    due_on: date
    answered_at: datetime | None
    outcome: str | Promise
    is_late: bool


def asked_rows(household: Household, employee: Employee, *, at: datetime) -> list[AskedRow]:
    """Every request of the household's persons, those that wait first; without those withheld from the employee."""
    day, told = localdate(at), persons_named_after_leaving(Person.objects.all(), employee, at=at)
    mine = Q(household=household, person__in=told)
    rows = [
        AskedRow(
            pk=one.pk,
            is_access=True,
            person=str(one.person),
            received_on=one.received_on,
            due_on=one.due_on,
            answered_at=one.answered_at,
            outcome=_("Handed over") if one.answered_at else "",
            is_late=one.answered_at is None and one.due_on < day,
        )
        for one in AccessRequest.objects.filter(mine).select_related("person")
    ] + [
        AskedRow(
            pk=one.pk,
            is_access=False,
            person=str(one.person),
            received_on=one.received_on,
            due_on=one.due_on,
            answered_at=one.decided_at,
            outcome=one.get_outcome_display(),
            is_late=not one.outcome and one.due_on < day,
        )
        for one in CorrectionRequest.objects.filter(mine).select_related("person")
    ]
    return sorted(rows, key=lambda row: (row.answered_at is not None, row.due_on, row.pk))


def persons_of(household: Household, employee: Employee, *, at: datetime) -> list[tuple[int, str]]:
    """Who is or was in the household and may be named to the employee, with their role."""
    told = persons_named_after_leaving(Person.objects.all(), employee, at=at)
    members = Member.objects.filter(household=household, person__in=told).select_related("person").order_by("pk")
    return list({m.person_id: f"{m.person}, {m.get_role_display()}" for m in members}.items())


def lines_of(household: Household) -> list[tuple[int, str]]:
    """The latest lines of the journal, to choose among."""
    lines = JournalEntry.objects.filter(household_id=household.pk).order_by("-at", "-pk")[:LATEST_LINES]
    return [(line.pk, f"{day_in_words(line.on)}: {_act(line)}") for line in lines]


def _act(line: JournalEntry) -> str:
    return str(Act(line.act).label) if line.act in Act.values else line.act


@dataclass(frozen=True, kw_only=True)
class SealRow:
    """A seal that the employee may lift. Of the household nothing but its number is told."""

    pk: int
    household_id: int
    key: UUID
    ref: str
    basis: str | Promise
    reason: str
    sealed_at: datetime
    sealed_by: str
    waits_until: date | None


def seals_for(employee: Employee, *, at: datetime) -> list[SealRow]:
    """The live seals of the units that the employee leads, oldest first; with the day a request there is due."""
    seals = (
        Seal.objects.live()
        .filter(household__in=sealed_households(employee, at=at))
        .select_related("household", "sealed_by")
        .order_by("sealed_at", "pk")
    )
    waits = AccessRequest.objects.unanswered().filter(household__in=[seal.household_id for seal in seals])
    waiting = dict(waits.order_by("-due_on").values_list("household", "due_on"))
    return [
        SealRow(
            pk=seal.pk,
            household_id=seal.household_id,
            key=seal.household.key,
            ref=seal.household.ref,
            basis=seal.get_basis_display(),
            reason=seal.reason,
            sealed_at=seal.sealed_at,
            sealed_by=seal.sealed_by.name,
            waits_until=waiting.get(seal.household_id),
        )
        for seal in seals
    ]
