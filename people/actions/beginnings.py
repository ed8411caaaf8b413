"""Moving a household's beginning back, when something older about it becomes known."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from people.models import Household
from people.refusals import Refusal


class CannotBeginEarlier(Refusal):
    """The household was formed by a split: what was before belongs to the one it left."""


def begin_no_later_than(household: Household, day: date) -> None:
    """Let the household exist from `day`: its opening, first responsible unit and first members move back with it.

    Nobody becomes a member before birth. To be called inside an act that holds the household's lock, before spells are
    refreshed. Does nothing when the household is old enough, or its beginning is not known.

    :raises CannotBeginEarlier: for a household formed by a split
    """
    first = household.opened_on
    if first is None or first <= day:
        return
    if household.split_on is not None:
        raise CannotBeginEarlier(
            _("The household was formed by a split that day or later. Correct the household that it left."),
            field="starts_on",
        )
    for member in household.members.filter(starts_on=first).select_related("person"):
        member.starts_on = max(day, min(member.person.born_on, first))
        member.save(update_fields=["starts_on"])
    responsibility = household.responsibilities.order_by("starts_on").first()
    if responsibility is not None and responsibility.starts_on > day:
        responsibility.starts_on = day
        responsibility.save(update_fields=["starts_on"])
    household.opened_on = day
    household.save(update_fields=["opened_on"])
