"""Search hits with what one needs to tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from people.models import Member
from people.search import Hit, Why

_WHY: dict[Why, str | Promise] = {
    Why.NUMBER: _("The national id"),
    Why.CASE: _("The case number"),
    Why.NAME_BEGINS: _("The name begins so"),
    Why.NAME_CONTAINS: _("Part of the name"),
    Why.NAME_ALIKE: _("A similar name"),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One household: the member who matched (by default the applicant), the applicant, and how it stands."""

    key: UUID
    name: str
    born_on: date | None
    applicant: str
    why: str | Promise
    state: str
    state_label: str


def found(hits: Sequence[Hit], *, at: datetime) -> list[Found]:
    """The hits in their order, in two statements whatever their number."""
    ids = [hit.household.pk for hit in hits]
    applicants = {
        member.household_id: member.person
        for member in Member.objects.on(localdate(at))
        .filter(household__in=ids, role="applicant")
        .select_related("person")
    }
    cases = {case.household_id: case for case in Case.objects.filter(household__in=ids).order_by("opened_on", "pk")}
    rows = []
    for hit in hits:
        applicant, case = applicants.get(hit.household.pk), cases.get(hit.household.pk)
        person = hit.person or applicant
        rows.append(
            Found(
                key=hit.household.key,
                name=person.name if person else "",
                born_on=person.born_on if person else None,
                applicant=applicant.name if applicant and applicant != person else "",
                why=_WHY[hit.why],
                state=case.state if case else "",
                state_label=case.get_state_display() if case else "",
            )
        )
    return rows
