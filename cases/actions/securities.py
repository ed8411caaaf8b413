"""Deposit and guarantee: given within the law's six months' rent, paid out of, released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.actions.leases import opened_lease
from cases.actions.tasks import close_tasks_about
from cases.models import Decision, DecisionKind, Security, SecurityFrom, SecurityKind
from cases.questions.securities import months_allowed, most_of, standing_of
from housing.models import Tenancy
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_moves
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: The decisions that grant a security of each kind.
DECIDED_AS = {SecurityKind.DEPOSIT: DecisionKind.DEPOSIT, SecurityKind.GUARANTEE: DecisionKind.GUARANTEE}


class CannotSecure(Refusal):
    """The deposit or guarantee cannot be given, paid out of or released so."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A deposit or guarantee as it is given. `decision_id` when a decision granted it."""

    kind: SecurityKind | str
    amount: int
    given_on: date
    given_by: SecurityFrom | str = SecurityFrom.MUNICIPALITY
    ends_on: date | None = None
    decision_id: int | None = None


@act
def give_security(
    *, residence_id: int, given: Given, by: Employee, at: datetime, version: int | None = None
) -> Security:
    """Deposit or guarantee for a lease; with what stands already at most so many months' rent as the law says.

    :raises CannotSecure: when it is too much, the rent is not known, the day is ahead, or the decision is another one
    :raises NoOpenCase: when the case is closed
    """
    household, _case, residence = opened_lease(residence_id, by=by, at=at, version=version)
    tenancy, _made = Tenancy.objects.get_or_create(residence=residence)
    _refuse_given(given, today=localdate(at))
    most = most_of(residence, tenancy, on=given.given_on)
    if most is None:
        raise CannotSecure(_("Register the rent first: the most that can be given follows from it."), field="amount")
    standing = standing_of(tenancy, on=given.given_on)
    if standing + given.amount > most:
        raise CannotSecure(
            _(
                "Deposit and guarantee are together at most %(months)s months' rent, %(most)s kroner."
                " %(standing)s kroner stand already."
            )
            % {"months": months_allowed(residence, on=given.given_on), "most": most, "standing": standing},
            field="amount",
        )
    made = Security.objects.create(
        household=household,
        tenancy=tenancy,
        kind=given.kind,
        given_by=given.given_by,
        amount=given.amount,
        given_on=given.given_on,
        ends_on=given.ends_on,
        decision=_decision(household, given),
    )
    _record(Act.SECURITY_GIVEN, made, on=given.given_on, by=by, at=at, kind=made.kind, amount=made.amount)
    return made


@act
def settle_security(
    *,
    security_id: int,
    drawn: int,
    drawn_because: str,
    released_on: date | None,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Security:
    """Say how much of it the landlord was paid in all and for what, and when the rest was released.

    :raises CannotSecure: when it is released already, more is paid than there is, nothing says for what, or a day is
        out of order
    """
    household_id = Security.objects.filter(pk=security_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_moves(household)
    security = get_object_or_404(Security, pk=security_id, household=household)
    _refuse_settling(security, drawn, drawn_because, released_on, today=localdate(at))
    security.drawn, security.drawn_because = drawn, drawn_because.strip()
    security.released_on = released_on
    security.save(update_fields=["drawn", "drawn_because", "released_on"])
    if released_on is not None:
        close_tasks_about(security, by=by, at=at)
    _record(
        Act.SECURITY_SETTLED,
        security,
        on=released_on or localdate(at),
        by=by,
        at=at,
        kind=security.kind,
        drawn=drawn,
        released="yes" if released_on else "no",
    )
    return security


def _refuse_given(given: Given, *, today: date) -> None:
    if given.kind not in SecurityKind.values:
        raise CannotSecure(_("Choose deposit or guarantee."), field="kind")
    if given.given_by not in SecurityFrom.values:
        raise CannotSecure(_("Choose who gave it."), field="given_by")
    if given.amount <= 0:
        raise CannotSecure(_("The amount must be more than nothing."), field="amount")
    if given.given_on > today:
        raise CannotSecure(_("That day has not come."), field="given_on")
    if given.ends_on is not None and given.ends_on <= given.given_on:
        raise CannotSecure(_("The end must come after the day it was given."), field="ends_on")


def _refuse_settling(
    security: Security, drawn: int, drawn_because: str, released_on: date | None, *, today: date
) -> None:
    if security.released_on is not None:
        raise CannotSecure(_("It is released already."))
    if drawn > security.amount:
        raise CannotSecure(_("No more can be paid of it than there is."), field="drawn")
    if drawn and not drawn_because.strip():
        raise CannotSecure(_("Say what it was paid for."), field="drawn_because")
    if released_on is not None and not security.given_on <= released_on <= today:
        raise CannotSecure(_("It is released between the day it was given and today."), field="released_on")


def _decision(household: Household, given: Given) -> Decision | None:
    if given.decision_id is None:
        return None
    kind = DECIDED_AS[SecurityKind(given.kind)]
    granted = Decision.objects.granting().filter(pk=given.decision_id, household=household, kind=kind)
    found: Decision | None = granted.first()
    if found is None:
        raise CannotSecure(_("Choose a decision of this household that grants it."), field="decision")
    return found


def _record(what: Act, security: Security, *, on: date, by: Employee, at: datetime, **details: Any) -> None:
    journal.record(what, household_id=security.household_id, subject=security, by=by, at=at, on=on, details=details)
