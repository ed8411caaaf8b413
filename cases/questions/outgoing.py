"""Letters on their way: a household's, each with where it is, and those of a unit that somebody must see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.models import Dispatch, DispatchState, Document, Fault, Way
from cases.models.dispatch import ENDED
from cases.questions.people import applicant_name
from cases.recipients import Standing
from people.access import persons_named_after_leaving
from people.masking import sights_of
from people.models import Employee, Household, Person, Responsibility, Unit

#: How many lines a unit's page shows of a kind.
LONGEST = 200
TO_PRINT, TO_HAND, LOST, SENT = "print", "hand", "lost", "sent"
_WANTED = {
    TO_PRINT: Q(way=Way.POST, state=DispatchState.WAITING),
    TO_HAND: Q(way__in=[Way.BY_HAND, Way.READ_ALOUD], state=DispatchState.WAITING),
    LOST: Q(state__in=ENDED, replaced_by__isnull=True),
    SENT: Q(way=Way.DIGITAL, state__in=[DispatchState.WAITING, DispatchState.SENT]),
}


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One letter to one recipient, and how far it has come. `name` is empty where it is not to be told."""

    pk: int
    name: str
    standing: str
    way: str
    state: str
    state_label: str
    fault: str
    moment: datetime
    next_at: datetime | None
    attempts: int
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One kept letter with everybody it goes to; nobody where it is not sent to people."""

    document: Document
    sendings: list[Sending]


@dataclass(frozen=True, kw_only=True)
class UnitLetter:
    """A letter of the unit's page, and whose it is. `may_change`: whether the employee may deal with it."""

    sending: Sending
    kind: str
    key: UUID
    household: str
    document_id: int
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class UnitLetters:
    """`counts` by kind of waiting, of what is visible; `rows` of the one that was asked for."""

    counts: dict[str, int]
    rows: list[UnitLetter]


def letters_of(household: Household, employee: Employee, *, at: datetime) -> list[Letter]:
    """The household's letters, newest first. Three statements."""
    documents = household.documents.defer("content").select_related("decision").order_by("-made_at", "-pk")
    found = _dispatches(Dispatch.objects.filter(household=household))
    sendings: dict[int, list[Sending]] = {}
    named = _named(found, employee, at)
    for one in found:
        sendings.setdefault(one.document_id, []).append(_sending(one, named))
    return [Letter(document=document, sendings=sendings.get(document.pk, [])) for document in documents]


def sending_of(found: Dispatch, employee: Employee, *, at: datetime) -> Sending:
    return _sending(found, _named([found], employee, at))


def letters_of_unit(unit: Unit, employee: Employee, *, only: str, at: datetime) -> UnitLetters:
    """What of the unit's letters somebody must see to, of the households that the employee's lists show."""
    day = localdate(at)
    answered = Responsibility.objects.on(day).filter(unit=unit).values("household")
    visible = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    found = Dispatch.objects.filter(household__in=visible)
    counts = found.aggregate(**{name: Count("pk", filter=wanted) for name, wanted in _WANTED.items()})
    wanted = found.filter(_WANTED.get(only, _WANTED[TO_PRINT])).annotate(
        applicant=applicant_name(day, "household"), ref=F("household__key")
    )
    rows: list[Any] = _dispatches(wanted)[:LONGEST]
    sights = sights_of({row.household_id for row in rows}, employee, at=at)
    named = _named(rows, employee, at)
    return UnitLetters(
        counts=counts,
        rows=[
            UnitLetter(
                sending=_sending(row, named),
                kind=row.document.get_kind_display(),
                key=row.ref,
                household=row.applicant,
                document_id=row.document_id,
                may_change=sights[row.household_id].writes,
            )
            for row in rows
        ],
    )


def standing_in_words(standing: str) -> str:
    return {
        Standing.PARTY: _("The party"),
        Standing.GUARDIAN: _("Guardian"),
        Standing.AGENT: _("Agent"),
        Standing.PARENT: _("Parental responsibility"),
    }[Standing(standing)]


def _dispatches(found: QuerySet[Dispatch]) -> list[Any]:
    related = found.select_related("person", "representative", "document", "replaced_by")
    return list(related.defer("document__content").order_by("made_at", "pk"))


def _named(found: Iterable[Dispatch], employee: Employee, at: datetime) -> set[int]:
    """The persons whose name the employee is told: somebody who has left and lives elsewhere may not be."""
    persons = Person.objects.filter(pk__in={one.person_id for one in found})
    return set(persons_named_after_leaving(persons, employee, at=at).values_list("pk", flat=True))


def _sending(one: Dispatch, named: set[int]) -> Sending:
    name = one.representative.name if one.representative else str(one.person)
    return Sending(
        pk=one.pk,
        name=name if one.person_id in named else "",
        standing=standing_in_words(one.standing),
        way=one.get_way_display(),
        state=one.state,
        state_label=str(DispatchState(one.state).label),
        fault=str(Fault(one.fault).label) if one.fault else "",
        moment=one.delivered_at or one.sent_at or one.made_at,
        next_at=one.next_at,
        attempts=one.attempts,
        is_settled=one.state == DispatchState.DELIVERED or hasattr(one, "replaced_by"),
    )
