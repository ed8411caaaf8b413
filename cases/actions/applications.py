"""Applying for a municipal dwelling, and everything a caseworker does with an application until it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any

from django.http import Http404
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.application_state import follow_home, holds, lives_in_ours, record
from cases.actions.calendar import case_to_act_on
from cases.actions.requests import NewRequest, receive
from cases.actions.tasks import close_tasks_about, unit_of
from cases.models import (
    ApplicationKind,
    ApplicationPause,
    ApplicationStatus,
    Channel,
    HousingApplication,
    MainReason,
    PauseReason,
    PriorityMode,
    RequestKind,
    SupportNeed,
    TaskKind,
)
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotApply(Refusal):
    """The application cannot be as told."""


class NotOpenApplication(Refusal):
    """The application has ended, or waits for nothing that this would change."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What is needed and wished, as the columns of the application are named."""

    main_reason: str = ""
    rooms_least: int | None = None
    area_least: int | None = None
    rent_most: int | None = None
    floor_most: int | None = None
    needs_accessible: bool = False
    needs_small_house: bool = False
    not_colocated: bool = False
    support: str = SupportNeed.NONE
    has_pets: bool = False
    wished_place: str = ""
    wishes: str = ""
    needs_because: str = ""
    assessed: list[str] = field(default_factory=list)


_COLUMNS = [one.name for one in fields(Needs)]


@act
def apply_for_dwelling(
    *,
    household_id: int,
    kind: ApplicationKind,
    received_on: date,
    needs: Needs,
    by: Employee,
    at: datetime,
    request_id: int | None = None,
    version: int | None = None,
) -> HousingApplication:
    """Register an application for a municipal dwelling. It is, or belongs to, a request with its clock.

    :raises NoOpenCase: when the case is closed
    :raises CannotApply: when the kind does not go with where they live, a day or a reason is missing, or one is open
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    _refuse(household, kind, received_on, needs, on=localdate(at))
    request = household.requests.filter(pk=request_id).first() if request_id else None
    if request_id and request is None:
        raise CannotApply(_("The household has no such request."), field="request")
    unit = unit_of(household, on=localdate(at))
    if request is None:
        noon = datetime.combine(received_on, time(12), tzinfo=get_current_timezone())
        asked = NewRequest(
            kind=RequestKind.DWELLING, lacks_place_tonight=False, channel=Channel.WRITTEN, asked_at=min(noon, at)
        )
        request = receive(household, unit, asked, by=by, at=at)
    application: HousingApplication = HousingApplication(
        household=household, unit=unit, request=request, kind=kind, received_on=received_on, confirmed_on=received_on
    )
    _fill(application, needs)
    application.save()
    record(Act.APPLICATION_RECEIVED, application, by=by, at=at, on=received_on)
    return application


@act
def change_application(
    *, application_id: int, needs: Needs, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """Write needs and wishes anew; what they were stands in the history, and the place by date stays.

    :raises NotOpenApplication: when it has ended
    """
    application = _locked(application_id, by=by, at=at, version=version)
    _refuse_needs(needs)
    before = {name: getattr(application, name) for name in _COLUMNS}
    _fill(application, needs)
    application.save(update_fields=_COLUMNS)
    changed = sorted(name for name in _COLUMNS if getattr(application, name) != before[name])
    record(Act.APPLICATION_CHANGED, application, by=by, at=at, changed=changed)
    return application


@act
def confirm_application(
    *, application_id: int, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """The household says that it still wants a dwelling: nothing is registered anew, and the place stays.

    :raises NotOpenApplication: when it has ended
    """
    application = _locked(application_id, by=by, at=at, version=version)
    application.confirmed_on = localdate(at)
    application.save(update_fields=["confirmed_on"])
    close_tasks_about(application, TaskKind.CONFIRM_APPLICATION, by=by, at=at)
    record(Act.APPLICATION_CONFIRMED, application, by=by, at=at)
    return application


@act
def withdraw_application(
    *, application_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """The household wants no municipal dwelling any more.

    :raises NotOpenApplication: when it has ended, or no reason is given
    """
    application = _locked(application_id, by=by, at=at, version=version)
    application.withdraw(on=localdate(at), because=_told(because))
    return _end(application, Act.APPLICATION_WITHDRAWN, by=by, at=at)


@act
def lapse_application(
    *, application_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """Take off the list an application that nobody answers for any more. A person decides it, never the calendar.

    :raises NotOpenApplication: when it has ended, or no reason is given
    """
    application = _locked(application_id, by=by, at=at, version=version)
    application.lapse(on=localdate(at), because=_told(because))
    return _end(application, Act.APPLICATION_LAPSED, by=by, at=at)


@act
def take_up_application(
    *, application_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """Take up again an application that was withdrawn or lapsed, as it stood, with its date and its decision.

    :raises NotOpenApplication: when it did not end so, another is open, or no reason is given
    """
    application = _locked(application_id, by=by, at=at, version=version, ended=True)
    if application.status not in (ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED):
        raise NotOpenApplication(_("Only an application that was withdrawn or lapsed can be taken up again."))
    if HousingApplication.objects.open().filter(household=application.household_id).exists():
        raise NotOpenApplication(_("The household already has an application that is not ended."))
    reason = _told(because)
    application.take_up()
    decision = application.decision
    if decision is not None and holds(decision, localdate(at)):
        application.grant(decision)
    application.confirmed_on = localdate(at)
    columns = ["status", "decision", "granted_on", "ended_on", "ended_because", "confirmed_on"]
    application.save(update_fields=columns)
    record(Act.APPLICATION_REOPENED, application, by=by, at=at, reason=reason)
    follow_home(application.household_id, by=by, at=at)
    return application


@act
def pause_application(
    *,
    application_id: int,
    starts_on: date,
    ends_on: date | None,
    reason: PauseReason,
    by: Employee,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> ApplicationPause:
    """Leave the application out of matching for a time; it keeps its place by date.

    :raises NotOpenApplication: when it has ended
    :raises CannotApply: when the period is reversed, or it pauses in that period already
    """
    application = _locked(application_id, by=by, at=at, version=version)
    if reason not in PauseReason.values:
        raise CannotApply(_("Choose why it pauses."), field="reason")
    if ends_on is not None and ends_on <= starts_on:
        raise CannotApply(_("The end must come after the start."), field="ends_on")
    before_the_end = {"starts_on__lt": ends_on} if ends_on else {}
    same = application.pauses.filter(**before_the_end).exclude(ends_on__lte=starts_on)
    if same.exists():
        raise CannotApply(_("The application pauses in that period already."), field="starts_on")
    pause = ApplicationPause.objects.create(
        application=application, starts_on=starts_on, ends_on=ends_on, reason=reason, note=note.strip()
    )
    record(Act.APPLICATION_PAUSED, application, by=by, at=at, on=starts_on, reason=str(pause.get_reason_display()))
    return pause


@act
def end_pause(
    *, application_id: int, pause_id: int, by: Employee, at: datetime, version: int | None = None
) -> HousingApplication:
    """From today the application is matched again. A pause that has not begun goes.

    :raises NotOpenApplication: when it has ended, or does not pause
    """
    application = _locked(application_id, by=by, at=at, version=version)
    on = localdate(at)
    pause = application.pauses.exclude(ends_on__lte=on).filter(pk=pause_id).first()
    if pause is None:
        raise NotOpenApplication(_("The application does not pause."))
    if pause.starts_on >= on:
        pause.delete()
    else:
        pause.ends_on = on
        pause.save(update_fields=["ends_on"])
    record(Act.APPLICATION_PAUSE_ENDED, application, by=by, at=at)
    return application


@act
def set_priority(
    *,
    application_id: int,
    value: int | None,
    mode: PriorityMode,
    because: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> HousingApplication:
    """Set points or a group by hand, as the unit's leader, in place of what the rules give; None takes it away again.

    :raises NotOpenApplication: when it has ended, or no reason is given
    :raises CannotApply: when there is no such group
    """
    application = _locked(application_id, Permission.APPROVE_DECISIONS, by=by, at=at, version=version)
    reason = _told(because)
    if value is not None and not _LEAST[mode] <= value <= _MOST:
        raise CannotApply(
            _("Give a number from %(least)s to %(most)s.") % {"least": _LEAST[mode], "most": _MOST}, field="value"
        )
    is_set = value is not None
    application.override = value
    application.override_mode = mode if is_set else ""
    application.override_because = reason if is_set else ""
    application.override_on = localdate(at) if is_set else None
    application.override_by = by if is_set else None
    columns = ["override", "override_mode", "override_because", "override_on", "override_by"]
    application.save(update_fields=columns)
    record(Act.APPLICATION_OVERRIDDEN, application, by=by, at=at, reason=reason, value=value)
    return application


_MOST = 999
_LEAST = {PriorityMode.POINTS: 0, PriorityMode.GROUPS: 1}


def _locked(
    application_id: int,
    permission: Permission = Permission.CHANGE_HOUSEHOLD,
    *,
    by: Employee,
    at: datetime,
    version: int | None,
    ended: bool = False,
) -> HousingApplication:
    """The application behind its household's lock. :raises NotOpenApplication: when it has ended, unless `ended`"""
    household_id = HousingApplication.objects.filter(pk=application_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, permission, household_id=household_id, at=at, version=version)
    application: HousingApplication = HousingApplication.objects.select_for_update(no_key=True).get(pk=application_id)
    application.household = household
    if not ended and not application.is_open:
        raise NotOpenApplication(_("The application has ended."))
    return application


def _end(application: HousingApplication, what: Act, *, by: Employee, at: datetime) -> HousingApplication:
    application.save(update_fields=["status", "ended_on", "ended_because"])
    close_tasks_about(application, TaskKind.CONFIRM_APPLICATION, by=by, at=at)
    record(what, application, by=by, at=at, reason=application.ended_because)
    return application


def _fill(application: HousingApplication, needs: Needs) -> None:
    for name in _COLUMNS:
        value: Any = getattr(needs, name)
        setattr(application, name, value.strip() if isinstance(value, str) else value)


def _told(because: str) -> str:
    if not because.strip():
        raise NotOpenApplication(_("Say why."), field="because")
    return because.strip()[:300]


def _refuse(household: Household, kind: str, received_on: date, needs: Needs, *, on: date) -> None:
    if kind not in ApplicationKind.values:
        raise CannotApply(_("Choose what is applied for."), field="kind")
    if received_on > on:
        raise CannotApply(_("The application cannot have come later than today."), field="received_on")
    if HousingApplication.objects.open().filter(household=household).exists():
        raise CannotApply(_("The household already has an application that is not ended."))
    is_ours = lives_in_ours(household, received_on)
    if kind == ApplicationKind.NEW and is_ours:
        raise CannotApply(
            _("The household lives in one of the municipality's dwellings: apply for a swap or a renewal."),
            field="kind",
        )
    if kind != ApplicationKind.NEW and not is_ours:
        raise CannotApply(
            _("A swap or a renewal is for those who live in one of the municipality's dwellings."), field="kind"
        )
    _refuse_needs(needs)


def _refuse_needs(needs: Needs) -> None:
    if needs.main_reason not in MainReason.values:
        raise CannotApply(_("Choose the main reason."), field="main_reason")
    for name in ("rooms_least", "area_least"):
        if getattr(needs, name) == 0:
            raise CannotApply(_("Ask for one room and one square metre or more."), field=name)
