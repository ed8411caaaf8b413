"""What a household has open with us ends when it is no more here. Inside the act that closes its case for good."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions.allowances import end_allowances_of
from cases.actions.application_state import record
from cases.actions.evictions import withdraw_evictions_of
from cases.actions.loan_course import lapse_loans_of
from cases.actions.offers import withdraw_offers_of
from cases.actions.tasks import close_tasks_about
from cases.models import ClosingReason, HousingApplication, TaskEnd, WithdrawalReason
from people.journal import Act
from people.models import Employee, Household

#: Why a household is no more here, as it stands on what ends by it.
_BECAUSE: dict[str, str | Promise] = {
    ClosingReason.JOINED: _("The household has joined another."),
    ClosingReason.MOVED_AWAY: _("The household has moved to another municipality."),
    ClosingReason.DECEASED: _("Whoever applied has died."),
}


def end_what_is_open(household: Household, closing_reason: str, *, on: date, by: Employee, at: datetime) -> None:
    """Offers fall away, applications and loans lapse, allowances and evictions end, each with the day and why.

    A home that is bought already is paid out all the same. A commitment of who joins another stays: it is theirs still.

    Of a case closed for another reason nothing ends: the household may still wait, and be paid.
    """
    if closing_reason not in _BECAUSE:
        return
    because = str(_BECAUSE[closing_reason])
    withdraw_offers_of(household, because=WithdrawalReason.NOT_NEEDED, by=by, at=at)
    for application in HousingApplication.objects.open().filter(household=household):
        ends_on = max(on, application.received_on)
        application.lapse(on=ends_on, because=because)
        application.save(update_fields=["status", "ended_on", "ended_because"])
        close_tasks_about(application, by=by, at=at, because=TaskEnd.OVERTAKEN)
        record(Act.APPLICATION_LAPSED, application, by=by, at=at, on=ends_on, reason=because)
    end_allowances_of(household, on=on, because=because, by=by, at=at)
    lapse_loans_of(household, closing_reason, on=on, because=because, by=by, at=at)
    withdraw_evictions_of(household, on=on, because=because, by=by, at=at)
