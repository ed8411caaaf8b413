"""Appeals for the pages, and what the checks ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.law import value
from cases.models import (
    GIVEN,
    Appeal,
    AppealStatus,
    Appellant,
    Decision,
    DocumentKind,
    ReasonsRequest,
    Suspension,
)
from cases.questions.recipients import parties_of
from housing.states import birthday
from people.models import Household, Member, MemberRole

#: Letters that belong to an appeal itself, or to no case on its way up.
_NOT_LISTED = [DocumentKind.STATEMENT, DocumentKind.REQUISITION, DocumentKind.APPEAL_OUTCOME]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose in a form: its key and what it is called."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Listable:
    """Something of the case that can go with an appeal. `title` names nobody; `is_usual`: goes unless taken out."""

    source: str
    title: str
    dated: date
    is_usual: bool


def appealable(household: Household) -> QuerySet[Decision]:
    """What can be appealed: decisions given, the latest first."""
    return household.decisions.filter(status__in=GIVEN).order_by("-issued_at", "-pk")


def appellants(household: Household, *, on: date) -> list[Choice]:
    """Who may appeal for the household that day: its parties, who acts for them, children of fifteen and more."""
    parties = parties_of(household, on=on)
    found = [Choice(key=f"party-{one.person_id}", label=one.name) for one in parties if one.died_on is None]
    acting = household.representatives.on(on).exclude(kind="estate").select_related("person").order_by("pk")
    sentence = _("%(name)s, %(kind)s for %(person)s")
    for one in acting:
        words = {"name": one.name, "kind": one.get_kind_display().lower(), "person": one.person}
        found.append(Choice(key=f"{one.kind}-{one.pk}", label=sentence % words))
    child = _("%(name)s, child of 15 or more")
    found += [
        Choice(key=f"child-{one.person_id}", label=child % {"name": one.person}) for one in _old_enough(household, on)
    ]
    return [*found, Choice(key=Appellant.OUTSIDER.value, label=_("Somebody else, who is no party"))]


def _old_enough(household: Household, on: date) -> list[Member]:
    """Children who may act for themselves, and are not a party already."""
    years = value("young_party.from_age", on=on)
    members = household.members.on(on).filter(role=MemberRole.CHILD).select_related("person").order_by("pk")
    return [one for one in members if birthday(one.person.born_on, years) <= on and one.person.died_on is None]


def is_suspended(decision: Decision, *, on: date) -> bool:
    """Whether the decision waits that day, until an appeal is decided or a day that was set."""
    return standing_suspension(decision, on=on) is not None


def standing_suspension(decision: Decision, *, on: date) -> Suspension | None:
    granted = decision.suspensions.filter(is_granted=True, decided_on__lte=on).order_by("-decided_on", "-pk")
    lasting = granted.filter(Q(until__gt=on) | Q(until__isnull=True)).first()
    if lasting is None or lasting.until is not None:
        return lasting
    appeals = decision.appeals.all()
    is_over = appeals.exists() and not appeals.open().exists()
    return None if is_over else lasting


def listable(appeal: Appeal) -> list[Listable]:
    """What can go with the appeal to its body, oldest first: usually the decision's letters, requests and papers."""
    return sorted(_listable(appeal), key=lambda one: (one.dated, one.source))


def _listable(appeal: Appeal) -> Iterator[Listable]:
    household = appeal.household
    for one in household.documents.exclude(kind__in=_NOT_LISTED).defer("content"):
        yield Listable(
            source=f"document-{one.pk}",
            title=str(one.get_kind_display()),
            dated=localdate(one.made_at),
            is_usual=one.decision_id == appeal.decision_id,
        )
    for request in household.requests.all():
        yield Listable(
            source=f"request-{request.pk}",
            title=_("Request: %(kind)s") % {"kind": request.get_kind_display()},
            dated=localdate(request.asked_at),
            is_usual=True,
        )
    for paper in household.received_papers.without_content():
        yield Listable(
            source=f"paper-{paper.pk}",
            title=_("Paper taken in"),
            dated=paper.received_on,
            is_usual=paper.pk == appeal.paper_id,
        )
    for asked in household.reasons_requests.filter(decision=appeal.decision):
        yield Listable(
            source=f"reasons-{asked.pk}", title=_("Request for reasons"), dated=asked.asked_on, is_usual=True
        )
    yield Listable(source=f"appeal-{appeal.pk}", title=_("The appeal"), dated=appeal.received_on, is_usual=True)


# what the checks and the nightly job ask, over a set of households


def unforwarded(households: QuerySet[Household], *, on: date) -> QuerySet[Appeal]:
    """Appeals that were to be changed or forwarded before that day, and are still at the unit."""
    found: QuerySet[Appeal] = Appeal.objects.late(on).filter(household__in=households)
    return found


def unacknowledged(households: QuerySet[Household], *, on: date) -> QuerySet[Appeal]:
    """Appeals whose appellant should have been told by now that it has come."""
    waiting = Appeal.objects.at_the_unit().exclude(appellant=Appellant.OUTSIDER)
    found: QuerySet[Appeal] = waiting.filter(
        household__in=households, acknowledged_on__isnull=True, acknowledge_by__lt=on
    )
    return found


def not_carried_out(households: QuerySet[Household], *, on: date) -> QuerySet[Appeal]:
    """Decided appeals whose consequence was due before that day."""
    waiting: QuerySet[Appeal] = Appeal.objects.lacking_consequence().filter(household__in=households)
    return waiting.filter(consequence_due_on__lt=on)


def reasons_overdue(households: QuerySet[Household], *, on: date) -> QuerySet[ReasonsRequest]:
    """Requests for reasons that were to be answered before that day."""
    return ReasonsRequest.objects.unanswered().filter(household__in=households, due_on__lt=on)


def due_of(appeal: Appeal) -> date | None:
    """The day that the unit must have acted by, as the appeal stands; None while it is with its body, or ended."""
    if appeal.status in (AppealStatus.RECEIVED, AppealStatus.RECONSIDERING):
        return appeal.due_on
    if appeal.status in (AppealStatus.CHANGED, AppealStatus.ANSWERED):
        return appeal.consequence_due_on
    return None
