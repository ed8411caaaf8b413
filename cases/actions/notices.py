"""Registering and correcting that the notice of a decision reached whoever is to have it."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cases.actions.arrivals import CannotNotify, NewNotice, follow, register, strike
from cases.actions.decisions import locked_decision
from cases.models import Appeal, AppealStatus, Decision, Notice
from people.models import Employee
from people.transactions import act


@act
def register_notice(
    *,
    decision_id: int,
    new: NewNotice,
    by: Employee,
    at: datetime,
    dismissal_id: int | None = None,
    version: int | None = None,
) -> Notice:
    """Register how and when the notice reached somebody. Once all who must have it for a party do, it is notified.

    :raises CannotNotify: when the decision is not issued, they are not to have it, or the days cannot be
    """
    decision = locked_decision(decision_id, by=by, at=at, version=version)
    dismissal = _dismissal(decision, dismissal_id)
    return register(decision, new, dismissal=dismissal, by=by, at=at)


@act
def correct_notice(
    *,
    notice_id: int,
    because: str,
    by: Employee,
    at: datetime,
    new: NewNotice | None = None,
    version: int | None = None,
) -> Notice:
    """Strike a wrong notice, with the reason, and register the right one; without `new` it never reached them.

    :raises CannotNotify: when it is struck already, no reason is given, or the right one cannot be
    """
    found = Notice.objects.filter(pk=notice_id).first()
    if found is None:
        raise Http404
    decision = locked_decision(found.decision_id, by=by, at=at, version=version)
    notice = Notice.objects.get(pk=notice_id)
    if notice.struck_at is not None:
        raise CannotNotify(_("This notice is struck already."))
    if not because.strip():
        raise CannotNotify(_("Say what was wrong."), field="because")
    strike(notice, because=because.strip(), by=by, at=at)
    if new is not None:
        return register(decision, new, dismissal=notice.dismissal, by=by, at=at)
    follow(decision)
    return notice


def _dismissal(decision: Decision, dismissal_id: int | None) -> Appeal | None:
    if dismissal_id is None:
        return None
    found: Appeal | None = Appeal.objects.filter(
        pk=dismissal_id, decision=decision, status=AppealStatus.DISMISSED
    ).first()
    if found is None:
        raise CannotNotify(_("That appeal is not dismissed."))
    return found
