"""Bringing an application for a dwelling to the state that decisions and residences give it. Inside an act."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from cases.models import (
    GIVEN,
    ApplicationKind,
    ApplicationStatus,
    Decision,
    DecisionKind,
    DecisionMove,
    HousingApplication,
    MainReason,
    Outcome,
    RefugeeSettlement,
)
from housing.models import Residence, ResidenceKind
from people import journal
from people.journal import Act
from people.models import Employee, Household

#: A residence in one of the municipality's dwellings.
MUNICIPAL = Q(kind=ResidenceKind.MUNICIPAL_RENTAL) | Q(dwelling__isnull=False)


def follow_decision(decision: Decision, *, by: Employee, at: datetime) -> None:
    """Grant, refuse or end the application that a decision on a municipal dwelling answers.

    Without one it makes one: nobody with a decision in their favour is missing on the waiting list.
    """
    if decision.kind != DecisionKind.DWELLING:
        return
    application = _answered(decision)
    if decision.move == DecisionMove.END:
        if application is not None and application.is_open:
            application.lapse(on=decision.starts_on, because=gettext("Its decision was brought to an end."))
            _save(application, Act.APPLICATION_LAPSED, by=by, at=at, on=decision.starts_on)
        return
    if application is None:
        application = _made_from(decision, at=at)
    if decision.refuses:
        _refuse(application, decision, by=by, at=at)
    else:
        _grant(application, decision, by=by, at=at)
    _answer_request(application, decision, by=by, at=at)


def follow_annulment(decision: Decision, *, by: Employee, at: datetime) -> None:
    """What an annulled decision gave or refused is to be decided anew."""
    undone = (ApplicationStatus.GRANTED, ApplicationStatus.REFUSED)
    for application in HousingApplication.objects.filter(decision=decision, status__in=undone):
        if application.status == ApplicationStatus.REFUSED and _has_open(application):
            continue
        application.lose_decision()
        _save(application, Act.APPLICATION_REOPENED, by=by, at=at)


def follow_home(household_id: int, *, by: Employee, at: datetime) -> None:
    """Take off the list whoever got one of our dwellings since they applied; put back whose moving in was undone."""
    rows = HousingApplication.objects.filter(household=household_id)
    for application in rows.filter(status=ApplicationStatus.GRANTED):
        moved_in = _moved_in_on(application)
        if moved_in is not None:
            application.house(on=moved_in)
            _save(application, Act.APPLICATION_HOUSED, by=by, at=at, on=moved_in)
    for application in rows.filter(status=ApplicationStatus.HOUSED).order_by("-ended_on", "-pk")[:1]:
        moved_in = _moved_in_on(application)
        if moved_in is None and not _has_open(application):
            application.wait_again()
            _save(application, Act.APPLICATION_REOPENED, by=by, at=at)
        elif moved_in is not None and moved_in != application.ended_on:
            application.ended_on = moved_in
            application.save(update_fields=["ended_on"])


def lives_in_ours(household: Household, day: date) -> bool:
    """Whether the household lives in one of the municipality's dwellings that day."""
    return Residence.objects.on(day).filter(MUNICIPAL, household=household).exists()


def _answered(decision: Decision) -> HousingApplication | None:
    """The application that the decision is about: its own, that of the one it changes, or the one not decided yet."""
    rows = HousingApplication.objects.filter(household=decision.household_id).order_by("-received_on", "-pk")
    if decision.changes_id is not None:
        changed: HousingApplication | None = rows.filter(decision=decision.changes_id).first()
        return changed
    own = Q(decision=decision)
    if decision.request_id is not None:
        own |= Q(request=decision.request_id)
    found: HousingApplication | None = rows.filter(own).first() or rows.open().first()
    return found or _refused_before(decision, rows.first())


def _refused_before(decision: Decision, last: HousingApplication | None) -> HousingApplication | None:
    """A refusal that a new decision turns round, as after an appeal."""
    was_refused = last is not None and last.status == ApplicationStatus.REFUSED
    return last if was_refused and not decision.refuses else None


def _made_from(decision: Decision, *, at: datetime) -> HousingApplication:
    """An application where there is only a decision: what it was for is not known."""
    asked = decision.request
    day = min(localdate(asked.asked_at) if asked else decision.starts_on, localdate(at))
    kind = ApplicationKind.SWAP if lives_in_ours(decision.household, day) else ApplicationKind.NEW
    made: HousingApplication = HousingApplication(
        household=decision.household,
        unit=decision.unit,
        request=asked,
        kind=kind,
        received_on=day,
        confirmed_on=day,
        main_reason=_reason_of_refugees(decision.household, day),
        rooms_least=decision.rooms or None,
        area_least=decision.size or None,
    )
    made.save()
    return made


def _reason_of_refugees(household: Household, day: date) -> str:
    """Refugees, as KOSTRA counts them, while the municipality gets the integration grant; else nobody has told it."""
    return MainReason.REFUGEE if RefugeeSettlement.objects.with_grant(day).filter(household=household).exists() else ""


def _grant(application: HousingApplication, decision: Decision, *, by: Employee, at: datetime) -> None:
    if application.status in (ApplicationStatus.RECEIVED, ApplicationStatus.REFUSED):
        application.grant(decision)
        _save(application, Act.APPLICATION_GRANTED, by=by, at=at, on=decision.starts_on)
        follow_home(application.household_id, by=by, at=at)
    elif application.status == ApplicationStatus.GRANTED:
        application.decision = decision
        application.save(update_fields=["decision"])


def _refuse(application: HousingApplication, decision: Decision, *, by: Employee, at: datetime) -> None:
    is_its_own = decision.changes_id is not None or application.status == ApplicationStatus.RECEIVED
    if application.is_open and is_its_own:
        on = max(localdate(at), application.received_on)
        application.refuse(decision, on=on)
        _save(application, Act.APPLICATION_REFUSED, by=by, at=at, on=on)


def _answer_request(application: HousingApplication, decision: Decision, *, by: Employee, at: datetime) -> None:
    """The request that came with the application has its answer in the decision."""
    request = application.request
    if request is None or request.outcome or request.asked_at > at:
        return
    request.outcome = Outcome.REFUSED if decision.refuses else Outcome.OFFER
    request.outcome_at, request.outcome_by = at, by
    request.outcome_note = gettext("By decision %(number)s.") % {"number": f"V-{decision.pk}"}
    request.save(update_fields=["outcome", "outcome_at", "outcome_by", "outcome_note"])
    journal.record(
        Act.REQUEST_ANSWERED,
        household_id=request.household_id,
        subject=request,
        by=by,
        at=at,
        details={"outcome": request.outcome},
    )


def _moved_in_on(application: HousingApplication) -> date | None:
    """The day of the first move into one of our dwellings since the application came; a renewal's new lease counts."""
    since = Residence.objects.filter(MUNICIPAL, household=application.household_id)
    since = since.filter(starts_on__gte=application.received_on).order_by("starts_on")
    return since.values_list("starts_on", flat=True).first()


def _has_open(application: HousingApplication) -> bool:
    is_open: bool = HousingApplication.objects.open().filter(household=application.household_id).exists()
    return is_open


def _save(
    application: HousingApplication, what: Act, *, by: Employee, at: datetime, on: date | None = None, reason: str = ""
) -> None:
    columns = ["status", "decision", "granted_on", "ended_on", "ended_because", "refused_earlier"]
    application.save(update_fields=columns)
    record(what, application, by=by, at=at, on=on, reason=reason)


def record(
    what: Act,
    application: HousingApplication,
    *,
    by: Employee,
    at: datetime,
    on: date | None = None,
    reason: str = "",
    **more: object,
) -> None:
    """A line in the journal on an application."""
    details = {"kind": application.kind, "status": str(application.status), **more}
    journal.record(
        what,
        household_id=application.household_id,
        subject=application,
        by=by,
        at=at,
        on=on,
        reason=journal.in_a_line(reason),
        details=details,
    )


def holds(decision: Decision, day: date) -> bool:
    """Whether a decision in somebody's favour still gives a place on the waiting list."""
    until = decision.holds_until
    return decision.status in GIVEN and not decision.refuses and (until is None or day < until)
