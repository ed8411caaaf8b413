"""Follow-up services: offered, then begun or declined, met or not met, changed and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import close_tasks_about
from cases.models import (
    SPECIAL_SERVICES,
    ContactKind,
    ContactOutcome,
    FollowUpContact,
    FollowUpKind,
    FollowUpService,
    Intensity,
    ServiceEnd,
    TaskKind,
)
from cases.wording import day_in_words
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_HOURS_IN_A_WEEK = 168


class CannotFollowUp(Refusal):
    """The service cannot be offered, answered, changed or ended so, or the contact not noted so."""


@dataclass(frozen=True, kw_only=True)
class HowOften:
    """How much of a service is given, and by whom."""

    intensity: Intensity | str
    hours_a_week: Decimal | None = None
    given_by: str = ""


@act
def offer_service(
    *,
    household_id: int,
    kind: FollowUpKind | str,
    offered_on: date,
    by: Employee,
    at: datetime,
    given_by: str = "",
    version: int | None = None,
) -> FollowUpService:
    """A service is offered. It waits until it begins or is declined.

    :raises CannotFollowUp: without a kind, with a day ahead, or when the same one is offered or given already
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    if kind not in FollowUpKind.values:
        raise CannotFollowUp(_("Choose the service."), field="kind")
    _refuse_ahead(offered_on, at, field="offered_on")
    of_this = household.follow_up_services.filter(kind=kind, given_by=given_by.strip())
    if of_this.filter(declined_on__isnull=True, ends_on__isnull=True).exists():
        raise CannotFollowUp(_("This service is already offered or given."), field="kind")
    made = FollowUpService.objects.create(
        household=household, kind=kind, given_by=given_by.strip(), offered_on=offered_on
    )
    _record(Act.FOLLOW_UP_OFFERED, made, on=offered_on, by=by, at=at)
    return made


@act
def decline_service(
    *, service_id: int, on: date, because: str, by: Employee, at: datetime, version: int | None = None
) -> FollowUpService:
    """The household said no. It may be offered anew.

    :raises CannotFollowUp: when it is answered already, a day is out of order, or nothing says why
    """
    service = _to_change(service_id, by=by, at=at, version=version)
    _refuse_answered(service)
    _refuse_before(on, service.offered_on, field="on")
    _refuse_ahead(on, at, field="on")
    if not because.strip():
        raise CannotFollowUp(_("Say why it was declined."), field="because")
    service.declined_on, service.declined_because = on, because.strip()
    service.save(update_fields=["declined_on", "declined_because"])
    close_tasks_about(service, TaskKind.START_FOLLOW_UP, by=by, at=at)
    _record(Act.FOLLOW_UP_DECLINED, service, on=on, by=by, at=at)
    return service


@act
def begin_service(
    *, service_id: int, on: date, how: HowOften, by: Employee, at: datetime, version: int | None = None
) -> FollowUpService:
    """What was offered is given from a day on.

    :raises CannotFollowUp: when it is answered already, a day is out of order, or nothing says how often
    """
    service = _to_change(service_id, by=by, at=at, version=version)
    _refuse_answered(service)
    _refuse_before(on, service.offered_on, field="on")
    _refuse_ahead(on, at, field="on")
    _refuse_how(service, how)
    service.starts_on = on
    _take(service, how)
    service.save(update_fields=["starts_on", "intensity", "hours_a_week", "given_by"])
    close_tasks_about(service, TaskKind.START_FOLLOW_UP, by=by, at=at)
    _record(Act.FOLLOW_UP_BEGUN, service, on=on, by=by, at=at, intensity=str(how.intensity))
    return service


@act
def change_service(
    *, service_id: int, how: HowOften, by: Employee, at: datetime, version: int | None = None
) -> FollowUpService:
    """More or less of it than before, or by somebody else.

    :raises CannotFollowUp: unless it is being given, or when nothing says how often
    """
    service = _to_change(service_id, by=by, at=at, version=version)
    _refuse_idle(service)
    _refuse_how(service, how)
    _take(service, how)
    service.save(update_fields=["intensity", "hours_a_week", "given_by"])
    _record(Act.FOLLOW_UP_CHANGED, service, on=localdate(at), by=by, at=at, intensity=str(how.intensity))
    return service


@act
def end_service(
    *,
    service_id: int,
    on: date,
    because: ServiceEnd | str,
    by: Employee,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> FollowUpService:
    """The service is given no longer.

    :raises CannotFollowUp: unless it is being given, when nothing says why, or the day is out of order
    """
    service = _to_change(service_id, by=by, at=at, version=version)
    _refuse_idle(service)
    if because not in ServiceEnd.values:
        raise CannotFollowUp(_("Say why it ended."), field="because")
    assert service.starts_on is not None
    if on <= service.starts_on:
        raise CannotFollowUp(_("The end must come after the day it began."), field="on")
    _refuse_ahead(on, at, field="on")
    service.ends_on, service.ended_because, service.ended_note = on, because, note.strip()
    service.save(update_fields=["ends_on", "ended_because", "ended_note"])
    close_tasks_about(service, by=by, at=at)
    _record(Act.FOLLOW_UP_ENDED, service, on=on, by=by, at=at, because=str(because))
    return service


@act
def log_contact(
    *,
    service_id: int,
    on: date,
    kind: ContactKind | str,
    outcome: ContactOutcome | str,
    by: Employee,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> FollowUpContact:
    """One time they met, or were to meet.

    :raises CannotFollowUp: when the service had not begun or had ended that day, the day lies ahead, or it is not said
        how and what came of it
    """
    service = _to_change(service_id, by=by, at=at, version=version)
    if kind not in ContactKind.values:
        raise CannotFollowUp(_("Choose how."), field="kind")
    if outcome not in ContactOutcome.values:
        raise CannotFollowUp(_("Choose what came of it."), field="outcome")
    _refuse_ahead(on, at, field="on")
    if service.starts_on is None or on < service.starts_on or (service.ends_on and on > service.ends_on):
        raise CannotFollowUp(_("The service was not given that day."), field="on")
    made = FollowUpContact.objects.create(service=service, on=on, kind=kind, outcome=outcome, note=note.strip(), by=by)
    if outcome == ContactOutcome.MET:
        close_tasks_about(service, TaskKind.FOLLOW_UP_SILENT, by=by, at=at)
    details = {"kind": str(kind), "outcome": str(outcome)}
    journal.record(
        Act.FOLLOW_UP_CONTACT, household_id=service.household_id, subject=made, by=by, at=at, on=on, details=details
    )
    return made


def _to_change(service_id: int, *, by: Employee, at: datetime, version: int | None) -> FollowUpService:
    """The service behind its household's lock. :raises Http404: when there is none, or its kind may not be known"""
    household_id = FollowUpService.objects.filter(pk=service_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    service = FollowUpService.objects.get(pk=service_id)
    if service.kind in SPECIAL_SERVICES and not household.sight.special:
        raise Http404
    return service


def _refuse_answered(service: FollowUpService) -> None:
    if service.declined_on is not None:
        raise CannotFollowUp(_("It was declined. Offer it anew."))
    if service.starts_on is not None:
        raise CannotFollowUp(_("It has begun already."))


def _refuse_idle(service: FollowUpService) -> None:
    if service.starts_on is None:
        raise CannotFollowUp(_("It has not begun."))
    if service.ends_on is not None:
        raise CannotFollowUp(_("It has ended already."))


def _refuse_how(service: FollowUpService, how: HowOften) -> None:
    if how.intensity not in Intensity.values:
        raise CannotFollowUp(_("Say how often."), field="intensity")
    if how.hours_a_week is not None and not 0 < how.hours_a_week <= _HOURS_IN_A_WEEK:
        raise CannotFollowUp(_("A week has 168 hours."), field="hours_a_week")
    others = FollowUpService.objects.filter(household=service.household_id, kind=service.kind).exclude(pk=service.pk)
    same = others.filter(given_by=how.given_by.strip(), declined_on__isnull=True, ends_on__isnull=True)
    if same.exists():
        raise CannotFollowUp(_("This service is already offered or given."), field="given_by")


def _refuse_before(on: date, offered_on: date, *, field: str) -> None:
    if on < offered_on:
        raise CannotFollowUp(
            _("It was offered on %(day)s: the answer is not before that.") % {"day": day_in_words(offered_on)},
            field=field,
        )


def _refuse_ahead(on: date, at: datetime, *, field: str) -> None:
    if on > localdate(at):
        raise CannotFollowUp(_("That day has not come."), field=field)


def _take(service: FollowUpService, how: HowOften) -> None:
    service.intensity, service.hours_a_week = how.intensity, how.hours_a_week
    service.given_by = how.given_by.strip()


def _record(what: Act, service: FollowUpService, *, on: date, by: Employee, at: datetime, **details: Any) -> None:
    """One line. Which service it was is named only where its kind tells nothing of health."""
    named = {} if service.kind in SPECIAL_SERVICES else {"kind": service.kind}
    journal.record(
        what, household_id=service.household_id, subject=service, by=by, at=at, on=on, details=named | details
    )
