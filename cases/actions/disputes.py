"""Who answers for a household when services or municipalities do not agree: help goes on, and a leader decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import case_to_act_on
from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.deadlines import dispute_due_on
from cases.models import DisputeDecision, Request, ResponsibilityDispute, TaskKind
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import CoResponsibility, Employee, Household, Responsibility, RoleGrant, Unit, UnitKind
from people.refusals import Refusal
from people.roles import Permission, roles_with
from people.transactions import act

#: Who raises a dispute: those on the case, and the leader, who needs not open it for that.
RAISES = (Permission.CHANGE_HOUSEHOLD, Permission.LEAD)


class CannotDispute(Refusal):
    """The dispute cannot be registered as told."""


class CannotDecide(Refusal):
    """The dispute cannot be decided so, or is decided already."""


@dataclass(frozen=True)
class NewDispute:
    """What is disputed with whom: a unit of the municipality, or somebody else by name."""

    about: str
    help_meanwhile: str
    since: date
    leader_id: int
    with_unit_id: int | None = None
    with_body: str = ""
    request_id: int | None = None


@act
def open_dispute(
    *, household_id: int, dispute: NewDispute, by: Employee, at: datetime, version: int | None = None
) -> ResponsibilityDispute:
    """Register that it is disputed who answers for the household, and ask a named leader to decide.

    :raises CannotDispute: naming the field at fault
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, RAISES, household_id=household_id, at=at, version=version)
    case_to_act_on(household, by=by, at=at)
    unit = unit_of(household, on=localdate(at))
    _refuse(household, dispute, today=localdate(at))
    opened = ResponsibilityDispute.objects.create(
        household=household,
        request=_request(household, dispute),
        unit=unit,
        with_unit=_other_unit(household, unit, dispute),
        with_body="" if dispute.with_unit_id else dispute.with_body.strip(),
        about=dispute.about.strip(),
        help_meanwhile=dispute.help_meanwhile.strip(),
        since=dispute.since,
        leader=_leader(household, dispute, at=at),
        registered_at=at,
        registered_by=by,
    )
    open_task(
        household=household,
        kind=TaskKind.LEADER_DECIDE_DISPUTE,
        due_on=dispute_due_on(opened.since),
        employee=opened.leader,
        for_leader=True,
        subject=opened,
        by=by,
        at=at,
    )
    details = {"unit": unit.ref, "with_unit": opened.with_unit.ref if opened.with_unit else None}
    _record(Act.DISPUTE_OPENED, opened, by=by, at=at, on=opened.since, details=details)
    return opened


@act
def decide_dispute(
    *,
    dispute_id: int,
    decision: DisputeDecision,
    reason: str,
    by: Employee,
    at: datetime,
    result: str = "",
    version: int | None = None,
) -> ResponsibilityDispute:
    """Decide who answers for the household. The leader who was named does, or another who leads the unit.

    :raises CannotDecide: when it is decided already, or no reason is given
    """
    dispute = _locked(dispute_id, Permission.LEAD, by=by, at=at, version=version)
    if dispute.decided_at is not None:
        raise CannotDecide(_("The dispute is decided already."))
    if decision not in DisputeDecision.values:
        raise CannotDecide(_("Choose who is responsible."), field="decision")
    if not reason.strip():
        raise CannotDecide(_("Say why."), field="reason")
    dispute.decision, dispute.decision_reason, dispute.result = decision, reason.strip(), result.strip()
    dispute.decided_at, dispute.decided_by = at, by
    dispute.save(update_fields=["decision", "decision_reason", "result", "decided_at", "decided_by"])
    close_tasks_about(dispute, by=by, at=at)
    _record(Act.DISPUTE_DECIDED, dispute, by=by, at=at, on=localdate(at), details={"decision": dispute.decision})
    return dispute


@act
def end_dispute(
    *, dispute_id: int, result: str, by: Employee, at: datetime, version: int | None = None
) -> ResponsibilityDispute:
    """Write down what came of a dispute that is decided: who took the household over, or what the other answered.

    :raises CannotDecide: before it is decided, when its outcome is written already, or with nothing written
    """
    dispute = _locked(dispute_id, RAISES, by=by, at=at, version=version)
    if dispute.decided_at is None:
        raise CannotDecide(_("A leader has to decide first."))
    if dispute.result:
        raise CannotDecide(_("The outcome is written down already."))
    if not result.strip():
        raise CannotDecide(_("Write what came of it."), field="result")
    dispute.result = result.strip()
    dispute.save(update_fields=["result"])
    _record(Act.DISPUTE_ENDED, dispute, by=by, at=at, on=localdate(at), details={})
    return dispute


def leaders_for(household: Household, *, at: datetime) -> QuerySet[Employee]:
    """Those who can be named to decide: who lead the unit that answers for the household, or one that shares it."""
    day = localdate(at)
    answering = Responsibility.objects.on(day).filter(household=household).values("unit")
    sharing = CoResponsibility.objects.on(day).filter(household=household).values("unit")
    grants = RoleGrant.objects.on(day).filter(role__in=roles_with(Permission.LEAD))
    leads = grants.filter(unit__in=answering) | grants.filter(unit__in=sharing)
    return Employee.objects.filter(pk__in=leads.values("employee"), is_active=True, is_system=False).order_by("name")


def _refuse(household: Household, new: NewDispute, *, today: date) -> None:
    """:raises CannotDispute: for what is missing or cannot be"""
    needed = {
        "about": (new.about, _("Write what is disputed.")),
        "help_meanwhile": (
            new.help_meanwhile,
            _("Write what help the household gets until it is decided: help goes on meanwhile."),
        ),
    }
    for field, (told, sentence) in needed.items():
        if not told.strip():
            raise CannotDispute(sentence, field=field)
    if (new.with_unit_id is None) == (not new.with_body.strip()):
        raise CannotDispute(_("Choose a unit, or write which other municipality or service."), field="with_unit")
    if new.since > today:
        raise CannotDispute(_("The dispute cannot begin later than today."), field="since")
    if ResponsibilityDispute.objects.undecided().filter(household=household).exists():
        raise CannotDispute(_("A dispute about this household waits for its decision already."))


def _other_unit(household: Household, unit: Unit, new: NewDispute) -> Unit | None:
    if new.with_unit_id is None:
        return None
    units = Unit.objects.filter(municipality=household.municipality_id).exclude(kind=UnitKind.SPECIAL)
    other = units.exclude(pk=unit.pk).filter(pk=new.with_unit_id).first()
    if other is None:
        raise CannotDispute(_("Choose another unit of the household's municipality."), field="with_unit")
    return other


def _request(household: Household, new: NewDispute) -> Request | None:
    """The request that it is about, which is the household's own.

    :raises Http404: when it is another's
    """
    if new.request_id is None:
        return None
    request = Request.objects.filter(household=household, pk=new.request_id).first()
    if request is None:
        raise Http404
    return request


def _leader(household: Household, new: NewDispute, *, at: datetime) -> Employee:
    leader = leaders_for(household, at=at).filter(pk=new.leader_id).first()
    if leader is None:
        raise CannotDispute(_("Choose a leader of a unit that follows the household."), field="leader")
    return leader


def _locked(
    dispute_id: int,
    permission: Permission | tuple[Permission, ...],
    *,
    by: Employee,
    at: datetime,
    version: int | None,
) -> ResponsibilityDispute:
    found = ResponsibilityDispute.objects.filter(pk=dispute_id).first()
    if found is None:
        raise Http404
    locked_household(by, permission, household_id=found.household_id, at=at, version=version)
    # read again: somebody may have decided while this act waited for the lock
    return ResponsibilityDispute.objects.get(pk=dispute_id)


def _record(
    what: Act, dispute: ResponsibilityDispute, *, by: Employee, at: datetime, on: date, details: dict[str, str | None]
) -> None:
    journal.record(what, household_id=dispute.household_id, subject=dispute, by=by, at=at, on=on, details=details)
