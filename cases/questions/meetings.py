"""A housing meeting as one of its readers sees it: the least of each case, nameless unless one is on the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from cases.models import LIVE_OFFERS, AgendaItem, CaseState, HousingMeeting, Offer, Task
from cases.questions.offers import in_words
from cases.questions.people import applicant_name
from housing.models import Dwelling
from people.access import shielded_households
from people.decision import Grade, Level, Sight, decide
from people.facts import HouseholdFacts, Known
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, MemberRole, Unit


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """A case on an agenda. Not told: the reader neither takes part nor is on it, or it is kept from them.

    `name` stands only where the reader may follow the household anyway, or everybody in the room may.
    """

    item: AgendaItem
    is_told: bool
    name: str = ""
    is_linked: bool = False
    tells_place: bool = False
    adults: int = 0
    children: int = 0
    state: str = ""
    proposed: str = ""
    dwelling: str = ""

    @property
    def number(self) -> int:
        return self.item.number


def meetings_of(unit: Unit) -> QuerySet[HousingMeeting]:
    """The unit's meetings, the newest first, with `case_count`."""
    found = HousingMeeting.objects.filter(unit=unit).select_related("unit", "chair")
    counted: QuerySet[HousingMeeting] = found.annotate(case_count=Count("items")).order_by("-held_at", "-pk")
    return counted


def meetings_with(employee: Employee) -> QuerySet[HousingMeeting]:
    """Those that are not closed and that the employee takes part in, the next one first."""
    found = HousingMeeting.objects.open().attended_by(employee).select_related("unit")
    counted: QuerySet[HousingMeeting] = found.annotate(case_count=Count("items")).order_by("held_at", "pk")
    return counted


def is_member(meeting: HousingMeeting, employee: Employee) -> bool:
    return meeting.members.filter(employee=employee).exists()


def agenda_of(
    meeting: HousingMeeting, employee: Employee, *, at: datetime, for_the_room: bool = False
) -> list[AgendaRow]:
    """The agenda by number.

    :param for_the_room: as on a projector: a name only where everybody who takes part may follow the household
    """
    items = list(meeting.items.select_related("household", "proposed_dwelling", "dwelling", "responsible"))
    return _rows(sorted(items, key=lambda item: item.number), meeting, employee, at=at, for_the_room=for_the_room)


def minuted(meeting: HousingMeeting, *, at: datetime) -> list[AgendaRow]:
    """The agenda as everybody who takes part may read it: without a case in which somebody is shielded."""
    items = list(meeting.items.select_related("proposed_dwelling", "dwelling", "responsible").order_by("number"))
    asked = Household.objects.filter(pk__in={item.household_id for item in items})
    shielded = set(shielded_households(asked, on=localdate(at)).values_list("pk", flat=True))
    return [
        AgendaRow(
            item=item, is_told=item.household_id not in shielded, dwelling=_place(item.dwelling, tells_place=True)
        )
        for item in items
    ]


def keeps_back(row: AgendaRow) -> bool:
    """Whether something that the minutes have of the case is kept from the reader."""
    return not row.is_told or (row.item.dwelling_id is not None and not row.tells_place)


def agenda_row(item: AgendaItem, employee: Employee, *, at: datetime) -> AgendaRow:
    return _rows([item], item.meeting, employee, at=at)[0]


def still_open(meeting: HousingMeeting, employee: Employee, *, at: datetime) -> list[AgendaRow]:
    """What the unit's earlier meetings decided and is not done: a task stands open, or an offer is not ended."""
    task = Task.objects.open().filter(subject_kind="agendaitem", subject_id=OuterRef("pk"))
    offer = Offer.objects.filter(agenda_item=OuterRef("pk"), status__in=LIVE_OFFERS)
    earlier = AgendaItem.objects.filter(
        Q(Exists(task)) | Q(Exists(offer)), meeting__unit=meeting.unit_id, meeting__held_at__lt=meeting.held_at
    )
    items = list(
        earlier.select_related("household", "dwelling", "proposed_dwelling", "responsible", "meeting").order_by(
            "meeting__held_at", "number"
        )
    )
    took_part = set(
        HousingMeeting.objects.attended_by(employee)
        .filter(pk__in={item.meeting_id for item in items})
        .values_list("pk", flat=True)
    )
    rows = _rows(items, meeting, employee, at=at)
    return [row for row in rows if row.is_linked or row.item.meeting_id in took_part]


def _rows(
    items: Sequence[AgendaItem],
    meeting: HousingMeeting,
    employee: Employee,
    *,
    at: datetime,
    for_the_room: bool = False,
) -> list[AgendaRow]:
    ids = {item.household_id for item in items}
    if not ids:
        return []
    known = HouseholdFacts(employee, at=at).read(ids)
    takes_part = is_member(meeting, employee)
    named = _named(meeting, ids, employee, at=at, for_the_room=for_the_room)
    facts = _facts(ids, on=localdate(at))
    return [_row(item, known.get(item.household_id), takes_part, named, facts) for item in items]


def _row(
    item: AgendaItem,
    known: Known | None,
    takes_part: bool,
    named: set[int],
    facts: dict[int, Household],
) -> AgendaRow:
    sight = decide(known.facts) if known else None
    if known is None or sight is None or not _is_told(known, sight, takes_part):
        return AgendaRow(item=item, is_told=False)
    household, tells_place = facts[item.household_id], sight.whereabouts or known.facts.grade is Grade.OPEN
    is_named = item.household_id in named
    return AgendaRow(
        item=item,
        is_told=True,
        name=(household.name or household.ref) if is_named else "",  # type: ignore[attr-defined]
        is_linked=sight.level >= Level.SUMMARY,
        tells_place=tells_place,
        adults=household.adults,  # type: ignore[attr-defined]
        children=household.children,  # type: ignore[attr-defined]
        state=_state(household),
        proposed=_place(item.proposed_dwelling, tells_place=tells_place),
        dwelling=_place(item.dwelling, tells_place=tells_place),
    )


def _is_told(known: Known, sight: Sight, takes_part: bool) -> bool:
    """Whoever reads the whole case, and of open cases whoever takes part in the meeting."""
    if sight.level >= Level.FULL:
        return True
    facts = known.facts
    return takes_part and facts.grade is Grade.OPEN and not facts.party and not facts.sealed


def _named(meeting: HousingMeeting, ids: set[int], employee: Employee, *, at: datetime, for_the_room: bool) -> set[int]:
    """The households whose name may stand there: the reader's, or those of everybody in the room."""
    readers = [member.employee for member in meeting.members.select_related("employee")] if for_the_room else []
    named = set(ids)
    for reader in {employee, *readers}:
        sights = sights_of(ids, reader, at=at)
        named &= {pk for pk, sight in sights.items() if sight.level >= Level.SUMMARY and sight.listed}
    return named


def _facts(ids: set[int], *, on: date) -> dict[int, Household]:
    """How many they are and how their case stands; the name that day."""
    there = Q(members__starts_on__lte=on) & (Q(members__ends_on__isnull=True) | Q(members__ends_on__gt=on))
    child = there & Q(members__role=MemberRole.CHILD)
    adult = there & Q(members__role__in=[MemberRole.APPLICANT, MemberRole.PARTNER])
    found = Household.objects.filter(pk__in=ids).annotate(
        name=applicant_name(on),
        adults=Count("members", filter=adult, distinct=True),
        children=Count("members", filter=child, distinct=True),
    )
    return {household.pk: household for household in found.prefetch_related("cases")}


def _state(household: Household) -> str:
    cases = sorted(household.cases.all(), key=lambda case: (case.opened_on, case.pk))
    return str(CaseState(cases[-1].state).label) if cases else ""


def _place(dwelling: Dwelling | None, *, tells_place: bool) -> str:
    if dwelling is None:
        return ""
    return in_words(dwelling) if tells_place else str(SHIELDED_PLACE)
