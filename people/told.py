"""What one calls a household on a page of the read log: by name where one sees it, by its case where one does not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from people.access import shielded_households
from people.models import Employee, Household, Member, MemberRole

#: A reference is shown by its first letters: enough to tell households apart and to find the case.
SHORT = 8


@dataclass(frozen=True)
class Told:
    """`key` only where the employee may open the household."""

    label: str
    key: UUID | None = None


def told(household_ids: Collection[int], employee: Employee, *, at: datetime) -> dict[int, Told]:
    """By household id: a name and a key, else the case's first letters, else that it is shielded. Two statements."""
    asked = Household.objects.filter(pk__in=household_ids)
    applicant = Member.objects.filter(household=OuterRef("pk"), role=MemberRole.APPLICANT)
    newest = applicant.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk").values("person__name")
    seen = asked.visible_to(employee, at=at).annotate(applicant=Subquery(newest[:1]))
    names = {one.pk: Told(one.applicant or _case(one.ref), one.key) for one in seen}
    hidden = Household.objects.filter(pk__in=[pk for pk in household_ids if pk not in names])
    shielded = set(shielded_households(hidden, on=localdate(at)).values_list("pk", flat=True))
    refs = dict(hidden.values_list("pk", "ref"))
    return names | {pk: Told(_("A shielded household") if pk in shielded else _case(ref)) for pk, ref in refs.items()}


def _case(ref: str) -> str:
    return _("Case %(case)s") % {"case": ref[:SHORT]}
