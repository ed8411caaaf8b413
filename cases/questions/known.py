"""Whether somebody who is to be registered is followed up already."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from people.actions.persons import CHILDREN, not_here
from people.duplicates import person_with_number
from people.models import Employee, Household, Member


def household_of(number: str, *, by: Employee, at: datetime) -> Household | None:
    """The household where the person with this national id is a grown-up today; None when in none.

    :raises NotToBeToldHere: when the employee may not know of the person
    :raises FollowedElsewhere: when it is another unit's household
    """
    person = person_with_number(number, by=by, at=at)
    if person is None:
        return None
    grown_up = Member.objects.on(localdate(at)).filter(person=person).exclude(role__in=CHILDREN)
    membership = grown_up.select_related("household").first()
    if membership is None:
        return None
    household = Household.objects.filter(pk=membership.household_id).visible_to(by, at=at).first()
    if household is None:
        raise not_here(person, membership.household, by=by, at=at, field="national_id")
    return household
