"""The loans and grants of a unit's households, as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import COMMITTED_LOANS, OPEN_LOANS, UNDECIDED_LOANS, LoanCase, LoanStatus
from cases.questions.standing import Standing, standings
from people.models import Employee, Household, Responsibility, Unit

#: What the list can show, by code.
SHOWN: dict[str, str | Promise] = {
    "open": _("All that run"),
    "undecided": _("To be decided"),
    "committed": _("Commitments"),
    "paid": _("Paid out this year"),
    "ended": _("Refused or lapsed this year"),
}


@dataclass(frozen=True, kw_only=True)
class UnitLoan:
    standing: Standing
    loan: LoanCase


def unit_loans(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[UnitLoan]:
    """Those of households of the unit that the employee's lists show, the commitment that expires first on top."""
    on = localdate(at)
    answered = Responsibility.objects.on(on).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    rows = _only(LoanCase.objects.filter(household__in=listed.values("pk")), shown, on=on)
    found = list(rows.order_by(F("expires_on").asc(nulls_last=True), "opened_on", "pk"))
    told = standings({loan.household_id for loan in found}, by=employee, at=at)
    return [UnitLoan(standing=told[loan.household_id], loan=loan) for loan in found]


def _only(rows: QuerySet[LoanCase], shown: str, *, on: date) -> QuerySet[LoanCase]:
    new_year = date(on.year, 1, 1)
    if shown == "paid":
        return rows.filter(status=LoanStatus.PAID_OUT, paid_on__gte=new_year)
    if shown == "ended":
        refused = rows.filter(status=LoanStatus.REFUSED, decided_on__gte=new_year)
        return refused | rows.filter(status=LoanStatus.LAPSED, ended_on__gte=new_year)
    wanted = {"undecided": UNDECIDED_LOANS, "committed": COMMITTED_LOANS}
    return rows.filter(status__in=wanted.get(shown, OPEN_LOANS))
