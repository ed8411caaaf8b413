"""What a unit's own figures leave out for the employee who looks at them."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from people.models import Employee, Household, Responsibility, Unit


def left_out_of(unit: Unit, employee: Employee, *, at: datetime) -> tuple[int, ...]:
    """Ids of the households that the unit answers for and the employee's lists leave out.

    A unit's figure counts what its list shows: one more would tell that somebody shielded is to be found there. A
    municipality's figures count everybody.
    """
    answered = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    of_unit = Household.objects.filter(pk__in=answered)
    shown = of_unit.visible_to(employee, at=at)
    # a difference of two lists: excluding the one from the other asks it anew for every household
    left_out = of_unit.values_list("pk", flat=True).difference(shown.values_list("pk", flat=True))
    return tuple(sorted(left_out))
