"""Names for lists: the applicant of each household, in one statement or inside another."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from people.models import Member, MemberRole


def applicant_name(day: date, household: str = "pk") -> Coalesce:
    """The applicant's name that day as an expression on households; the reference of the person where it has no name.

    `household` is the path from the outer query to the household's key. Null when nobody is the applicant.
    """
    applicant = Member.objects.on(day).filter(household=OuterRef(household), role=MemberRole.APPLICANT)
    name = applicant.values(shown=Coalesce(NullIf("person__name", Value("")), "person__ref"))[:1]
    return Coalesce(Subquery(name, output_field=CharField()), Value(""))
