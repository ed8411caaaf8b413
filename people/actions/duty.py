"""Keeping the list of whom to ring: always somebody, by day and by night."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.duty import municipalities_kept_by
from people.models import DutyContact, DutyHours, Employee
from people.refusals import Refusal
from people.transactions import act


class CannotEnter(Refusal):
    """The duty contact cannot be entered so."""


@act
def enter_duty_contact(
    *, municipality: str, hours: DutyHours, name: str, phone: str, starts_on: date, by: Employee, at: datetime
) -> DutyContact:
    """Let somebody answer from a day, until whoever is entered from a later one. Whoever answered until then no more.

    :param municipality: its number
    :raises PermissionDenied: when `by` keeps no list in the municipality
    :raises CannotEnter: backwards, or without a name and a telephone
    """
    kept = municipalities_kept_by(by, at=at).filter(number=municipality).first()
    if kept is None:
        raise PermissionDenied
    for field, value in (("name", name), ("phone", phone)):
        if not value.strip():
            raise CannotEnter(_("Whom does one ring, and by which number?"), field=field)
    if starts_on < localdate(at):
        raise CannotEnter(_("The list is kept from today on, never backwards."), field="starts_on")
    others = DutyContact.objects.select_for_update(no_key=True).filter(municipality=kept, hours=hours)
    for present in others.on(starts_on):
        _replace(present, on=starts_on)
    later = others.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    return DutyContact.objects.create(
        municipality=kept,
        hours=hours,
        name=name.strip(),
        phone=phone.strip(),
        starts_on=starts_on,
        ends_on=later.starts_on if later else None,
    )


def _replace(present: DutyContact, *, on: date) -> None:
    if present.starts_on == on:
        present.delete()
    else:
        present.ends_on = on
        present.save(update_fields=["ends_on"])
