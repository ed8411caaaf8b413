"""Answering for that something the law asks is lacking."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.law_checks import CHECKS, Severity
from cases.models import AcceptedFinding
from cases.questions.lacks import lack_of
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Nothing is accepted for longer at a time: somebody looks at it again.
LONGEST_DAYS = 365


class CannotAccept(Refusal):
    """It is not lacking, or no reason or no day that can be is given."""


def permissions_to_accept(number: str) -> tuple[Permission, ...]:
    """Who may: of what is serious the leader, of the rest whoever works on the case too.

    :raises Http404: when there is no such check
    """
    if number not in CHECKS:
        raise Http404
    leader = Permission.REVIEW_BREACHES
    return (leader,) if CHECKS[number].severity == Severity.SERIOUS else (Permission.CHANGE_HOUSEHOLD, leader)


@act
def accept_finding(
    *,
    household_id: int,
    number: str,
    subject_id: int,
    reason: str,
    until: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> AcceptedFinding:
    """Answer for that a lack stands until a day. It opens again when that day passes, or the facts become others.

    :raises CannotAccept: when nothing is lacking any more, it is accepted already, or reason or day cannot be
    """
    allowed = permissions_to_accept(number)
    household = locked_household(by, allowed, household_id=household_id, at=at, version=version)
    today = localdate(at)
    lack = lack_of(household, number, subject_id, on=today)
    if lack is None:
        raise CannotAccept(_("This is not lacking any more."))
    if lack.accepted is not None:
        raise CannotAccept(_("This is accepted already."))
    if not reason.strip():
        raise CannotAccept(_("Say why it is accepted."), field="reason")
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise CannotAccept(_("Choose a day within a year from today."), field="until")
    made = AcceptedFinding.objects.create(
        household=household,
        check_number=number,
        subject_kind=lack.finding.subject_kind,
        subject_id=lack.finding.subject_id,
        since=lack.finding.since,
        reason=reason.strip(),
        until=max(until, lack.finding.since + timedelta(days=1)),
        by=by,
        at=at,
    )
    _record(Act.FINDING_ACCEPTED, made, by=by, at=at, reason=journal.in_a_line(made.reason))
    return made


@act
def withdraw_acceptance(*, accepted_id: int, by: Employee, at: datetime, version: int | None = None) -> AcceptedFinding:
    """Let what was accepted stand as lacking again.

    :raises CannotAccept: when it is taken back already
    """
    found = AcceptedFinding.objects.filter(pk=accepted_id).first()
    if found is None:
        raise Http404
    allowed = permissions_to_accept(found.check_number)
    locked_household(by, allowed, household_id=found.household_id, at=at, version=version)
    accepted = AcceptedFinding.objects.get(pk=accepted_id)
    if accepted.withdrawn_on is not None:
        raise CannotAccept(_("This is taken back already."))
    accepted.withdrawn_on, accepted.withdrawn_by = localdate(at), by
    accepted.save(update_fields=["withdrawn_on", "withdrawn_by"])
    _record(Act.FINDING_REOPENED, accepted, by=by, at=at)
    return accepted


def _record(what: Act, accepted: AcceptedFinding, *, by: Employee, at: datetime, reason: str = "") -> None:
    details = {"check": accepted.check_number, "until": accepted.until.isoformat()}
    journal.record(
        what, household_id=accepted.household_id, subject=accepted, by=by, at=at, reason=reason, details=details
    )
