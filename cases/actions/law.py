"""Making a municipality's choices where the rules leave something to be decided."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.law import CHOICES
from cases.models import LawChoice
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotChoose(Refusal):
    """The choice is not one that can be made."""


@act
def choose_law(
    *, municipality_id: str, code: str, value: str, starts_on: date, reason: str, by: Employee, at: datetime
) -> LawChoice:
    """Say what holds in the municipality from a day on, as a leader there; what held before keeps its days.

    :raises CannotChoose: when there is no such choice or option, its day has passed, or no reason is given
    """
    if not units_with(by, Permission.LEAD, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied
    choice = CHOICES.get(code)
    if choice is None:
        raise CannotChoose(_("There is no such choice."))
    if choice.kind == "option" and value not in choice.options:
        raise CannotChoose(_("Choose one of the options."), field="value")
    if choice.kind == "day":
        value = _day(value)
    if choice.kind == "number":
        value = _number(value)
    if starts_on < localdate(at):
        raise CannotChoose(_("What was decided before stands: choose from today or later."), field="starts_on")
    if not reason.strip():
        raise CannotChoose(_("Say who decided it, and why."), field="reason")
    made, _is_new = LawChoice.objects.update_or_create(
        municipality_id=municipality_id,
        code=code,
        starts_on=starts_on,
        defaults={"value": value, "reason": reason.strip(), "by": by, "at": at},
    )
    return made


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise CannotChoose(_("Write the day that it begins."), field="value") from None


def _number(value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise CannotChoose(_("Write a number."), field="value")
    return str(number)
