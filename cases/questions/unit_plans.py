"""The persons' plans of a unit's households, as its list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import IndividualPlan, PlanKind, PlanState
from people.masking import sights_of
from people.models import Employee, Household, Responsibility, Unit

#: What the list can show, by code.
SHOWN: dict[str, str | Promise] = {
    "late": _("To be looked at again"),
    "running": _("Plans that run"),
    "offered": _("Offered or not begun"),
}


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    key: UUID
    plan: IndividualPlan


def plans_of_unit(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[PlanRow]:
    """Plans of the households that the employee's lists show; a safety plan to who sees what is special there."""
    today = localdate(at)
    answered = Responsibility.objects.on(today).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    wanted = {
        "late": IndividualPlan.objects.filter(state=PlanState.ACTIVE, next_revision_on__lte=today),
        "running": IndividualPlan.objects.filter(state=PlanState.ACTIVE),
        "offered": IndividualPlan.objects.filter(state__in=[PlanState.OFFERED, PlanState.CONSENTED]),
    }[shown]
    found = wanted.filter(household__in=listed.values("pk")).select_related("person", "coordinator", "household")
    rows = list(found.order_by(F("next_revision_on").asc(nulls_last=True), "offered_on", "pk"))
    sights = sights_of({plan.household_id for plan in rows}, employee, at=at)
    return [
        PlanRow(key=plan.household.key, plan=plan)
        for plan in rows
        if plan.kind != PlanKind.SAFETY or sights[plan.household_id].special
    ]
