"""Names for lists: the applicant of each household, in one statement or inside another."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField

from people.conditions import HouseholdCondition, sql_text
from people.models import MemberRole


def applicant_name(day: date, household: str = "pk") -> HouseholdCondition:
    """The applicant's name that day as an expression on households; the reference of the person where it has no name.

    `household` is the path from the outer query to the household's key. Empty when nobody is the applicant.
    """
    return HouseholdCondition(
        sql_text("applicant.sql"),
        output_field=CharField(),
        paths={"pk": household},
        day=day,
        applicant=MemberRole.APPLICANT.value,
    )
