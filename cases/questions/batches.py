"""Letters to many: which households one may be sent to, and how far a batch has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from cases.models import BatchItemState, BatchKind, Case, HousingPlan, LetterBatch, Request
from cases.questions.people import applicant_name
from housing.models import Residence, ResidenceKind
from people.masking import sights_of
from people.models import Employee, Household, Responsibility, Unit

#: How many households one batch may have.
LARGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A household that a letter of the kind could go to."""

    household_id: int
    key: UUID
    name: str
    request_id: int | None
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many of a batch wait, are sent, and could not be."""

    waiting: int
    done: int
    refused: int

    @property
    def total(self) -> int:
        return self.waiting + self.done + self.refused


def candidates(kind: BatchKind, unit: Unit, employee: Employee, *, at: datetime) -> list[Candidate]:
    """Those of the unit's open cases that the letter is for and that the employee may write to. Three statements."""
    day = localdate(at)
    answered = Responsibility.objects.on(day).filter(unit=unit).values("household")
    asked = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    wanted = _wanted(kind, asked, at).annotate(applicant=applicant_name(day)).order_by("applicant", "pk")
    found = list(wanted[:LARGEST])
    sights = sights_of({one.pk for one in found}, employee, at=at)
    mine = [one for one in found if sights[one.pk].writes]
    requests = dict(_oldest_requests([one.pk for one in mine])) if kind == BatchKind.PRELIMINARY else {}
    return [
        Candidate(
            household_id=one.pk,
            key=one.key,
            name=one.applicant,
            request_id=requests[one.pk].pk if one.pk in requests else None,
            since=requests[one.pk].asked_at if one.pk in requests else None,
        )
        for one in mine
    ]


def progress_of(batch: LetterBatch) -> Progress:
    counts = dict(batch.items.values_list("state").annotate(n=Count("pk")).order_by())
    return Progress(
        waiting=counts.get(BatchItemState.WAITING, 0),
        done=counts.get(BatchItemState.DONE, 0),
        refused=counts.get(BatchItemState.REFUSED, 0),
    )


def finished_unseen(employee: Employee) -> QuerySet[LetterBatch]:
    """The employee's batches that are finished and that they have not looked at since."""
    return LetterBatch.objects.filter(made_by=employee, finished_at__isnull=False, seen_at__isnull=True).order_by("pk")


def _wanted(kind: BatchKind, asked: QuerySet[Household], at: datetime) -> QuerySet[Household]:
    is_open = Exists(Case.objects.open().filter(household=OuterRef("pk")))
    if kind == BatchKind.PRELIMINARY:
        return asked.filter(is_open, Exists(_unanswered().filter(household=OuterRef("pk"))))
    stays = Residence.objects.on(localdate(at)).filter(household=OuterRef("pk"), kind=ResidenceKind.TEMPORARY)
    found = asked.filter(is_open, Exists(stays))
    if kind == BatchKind.WITHOUT_PLAN:
        plans = HousingPlan.objects.filter(household=OuterRef("pk"), ended_on__isnull=True)
        return found.filter(~Exists(plans))
    return found


def _unanswered() -> QuerySet[Request]:
    """Requests that wait for an answer and whose asker has been told nothing; who lacks a place is answered today."""
    return Request.objects.unanswered().filter(lacks_place_tonight=False, delays__isnull=True)


def _oldest_requests(household_ids: list[int]) -> Iterator[tuple[int, Request]]:
    for request in _unanswered().filter(household__in=household_ids).order_by("-asked_at", "-pk"):
        yield request.household_id, request
