"""Keeping landlords and the person to talk to there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from housing.models import Landlord
from people.access import units_with
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class CannotKeepLandlord(Refusal):
    """The landlord cannot be kept as asked."""


@act
def add_landlord(*, municipality: Municipality, by: Employee, at: datetime, **facts: Any) -> Landlord:
    """A new landlord; `facts` are the fields of `Landlord`.

    :raises CannotKeepLandlord: when the organization number is none, or another landlord's
    :raises PermissionDenied: unless the employee keeps landlords in that municipality
    """
    _require_at(by, municipality.pk, at)
    _refuse_number(municipality.pk, facts.get("organization_number", ""), but=None)
    return Landlord.objects.create(municipality=municipality, **facts)


@act
def change_landlord(*, landlord_id: int, by: Employee, at: datetime, **facts: Any) -> Landlord:
    """:raises CannotKeepLandlord: when the organization number is none, or another landlord's"""
    landlord: Landlord = get_object_or_404(Landlord.objects.select_for_update(no_key=True), pk=landlord_id)
    _require_at(by, landlord.municipality_id, at)
    _refuse_number(landlord.municipality_id, facts.get("organization_number", ""), but=landlord)
    for name, value in facts.items():
        setattr(landlord, name, value)
    landlord.save(update_fields=list(facts))
    return landlord


def is_organization_number(text: str) -> bool:
    """Nine digits, the last of which checks the others (modulus 11)."""
    if len(text) != 9 or not text.isascii() or not text.isdigit():
        return False
    rest = -sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:8], strict=True)) % 11
    return rest == int(text[8])


def _refuse_number(municipality_id: str, number: str, *, but: Landlord | None) -> None:
    if not number:
        return
    if not is_organization_number(number):
        raise CannotKeepLandlord(_("This is no organization number. Look it up."), field="organization_number")
    same = Landlord.objects.filter(municipality=municipality_id, organization_number=number)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise CannotKeepLandlord(
            _("There is a landlord with that organization number already."), field="organization_number"
        )


def _require_at(by: Employee, municipality_id: str, at: datetime) -> None:
    if not units_with(by, Permission.MANAGE_PROVIDERS, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied
