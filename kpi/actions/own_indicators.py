"""A municipality's own indicators: defined, defined anew from a day on, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from kpi.models import OwnIndicator
from kpi.own_indicators import built
from people.access import units_with
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

PREFIX = "own-"


class CannotDefine(Refusal):
    """The indicator cannot be defined so."""


@act
def define_indicator(
    *,
    municipality: str,
    code: str = "",
    wording: str,
    definition: str,
    population: str,
    among: Sequence[str] = (),
    counted: Sequence[str] = (),
    is_share: bool = False,
    better: str,
    valid_from: date,
    by: Employee,
    at: datetime,
) -> OwnIndicator:
    """Define an indicator, or with its `code` define it anew: the definition before holds until that day.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotDefine: without words, with conditions of others, or from no later day than the definition before
    """
    _require(by, municipality, at=at)
    told: dict[str, Any] = {
        "wording": wording.strip(),
        "definition": definition.strip(),
        "population": population,
        "among": list(among),
        "counted": list(counted),
        "is_share": is_share,
        "better": better,
    }
    if not told["wording"]:
        raise CannotDefine(_("Write what the indicator asks."), field="wording")
    if not told["definition"]:
        raise CannotDefine(_("Write how it is counted."), field="definition")
    if is_share and not counted:
        raise CannotDefine(_("Choose which of them the share counts."), field="counted")
    try:
        built(code=code, **told, source="")
    except (KeyError, ValueError) as error:
        raise CannotDefine(_("Choose conditions of those that are counted."), field="counted") from error
    before = _current(municipality, code) if code else None
    if before is not None:
        if valid_from <= before.valid_from:
            raise CannotDefine(
                _("It is defined from that day or later already. Choose a later day."), field="valid_from"
            )
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    return OwnIndicator.objects.create(
        municipality_id=municipality, code=code or _next_code(municipality), **told, valid_from=valid_from, by=by, at=at
    )


@act
def end_indicator(*, municipality: str, code: str, ends_on: date, by: Employee, at: datetime) -> OwnIndicator:
    """Count it no more for periods that end after this day.

    :raises PermissionDenied: when `by` may not speak for the municipality
    :raises CannotDefine: when there is no such indicator, or it began that day or later
    """
    _require(by, municipality, at=at)
    one = _current(municipality, code)
    if ends_on <= one.valid_from:
        raise CannotDefine(_("It holds from that day or later. Choose a later day."), field="ends_on")
    one.valid_to = ends_on
    one.save(update_fields=["valid_to"])
    return one


def _current(municipality: str, code: str) -> OwnIndicator:
    found = OwnIndicator.objects.filter(municipality=municipality, code=code, valid_to__isnull=True).first()
    if found is None:
        raise CannotDefine(_("There is no such indicator, or it has ended."))
    return found


def _next_code(municipality: str) -> str:
    codes = OwnIndicator.objects.filter(municipality=municipality).values_list("code", flat=True)
    return f"{PREFIX}{max((int(code.removeprefix(PREFIX)) for code in codes), default=0) + 1}"


def _require(by: Employee, municipality: str, *, at: datetime) -> None:
    if not units_with(by, Permission.EXPORT, at=at).filter(municipality=municipality).exists():
        raise PermissionDenied
