"""The unit that a leader's page is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from cases.forms.units import UnitForm
from cases.views.shell import signed_in
from people.access import units_with
from people.components import Counter
from people.models import Responsibility, Unit
from people.roles import Permission


@dataclass(frozen=True)
class Chosen:
    """The unit of a page, and the form to choose another; None where there is only one."""

    unit: Unit
    form: UnitForm | None

    @property
    def query(self) -> str:
        """What the page's links carry on; nothing where there is no choice."""
        return f"?{urlencode({'unit': self.unit.ref})}" if self.form else ""


def chosen_unit(request: HttpRequest, permission: Permission, *, at: datetime) -> Chosen:
    """The unit named by `?unit=`, else the one with most households of those where the employee holds the permission.

    :raises PermissionDenied: when there is none
    :raises Http404: when the named one is not among them
    """
    answering = Responsibility.objects.on(localdate(at)).filter(unit=OuterRef("pk")).order_by().values("unit")
    known = units_with(signed_in(request), permission, at=at).annotate(
        households=Subquery(answering.annotate(n=Count("pk")).values("n"))
    )
    units = sorted(known, key=lambda unit: (unit.name, unit.pk))
    if not units:
        raise PermissionDenied
    ref = request.GET.get("unit") or max(units, key=lambda unit: unit.households or 0).ref
    unit = next((unit for unit in units if unit.ref == ref), None)
    if unit is None:
        raise Http404
    return Chosen(unit, UnitForm({"unit": ref}, units=units) if len(units) > 1 else None)


Code = TypeVar("Code", bound=str)


class Sorted(Protocol):
    """A row of a unit's list, and the counters it stands under."""

    @property
    def kinds(self) -> Collection[str]: ...


def counters_of(
    chosen: Chosen, rows: Sequence[Sorted], labels: Mapping[Code, str], *, shown: str, late: str
) -> list[Counter]:
    """How many rows of the unit's list stand under each label, each a link to those; `late` in red."""
    counted = {code: sum(code in row.kinds for row in rows) for code in labels}
    return [
        Counter(
            label=label,
            value=counted[code],
            url=f"?{urlencode({'unit': chosen.unit.ref, 'only': str(code)})}",
            is_chosen=code == shown,
            color="danger" if counted[code] and code == late else "",
        )
        for code, label in labels.items()
    ]
