"""A household as it stands on a day: what its pages and its header show. A constant number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.timezone import localdate

from cases.models import GIVEN, Case, Decision, HousingPlan, Need, Representative, RepresentativeKind, Request, Task
from cases.questions.kinds import kinds_there
from cases.questions.places import place_in_words
from housing.masking import masked
from housing.models import OPEN, Residence, Spell, SpellState
from housing.states import add_months, birthday
from people.models import Assignment, AssignmentRole, Household, Member, MemberRole, Unit

ADULT_AGE = 18
_ROLES = list(MemberRole)
#: What many a household has nothing of.
_PERHAPS = (Assignment, Task, Decision, HousingPlan, Request, Need, Representative)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything about one household that its pages ask for, read once. `day` is the municipality's day of `at`.

    `tonight` is masked by the household's sight, and so is never to be saved.
    """

    household: Household
    day: date
    members: list[Member]
    case: Case | None
    tonight: Residence | None
    spells: list[Spell]
    owner: Assignment | None
    unit: Unit | None
    tasks: list[Task]
    decisions: list[Decision]
    plan: HousingPlan | None
    unanswered: list[Request]
    needs: list[Need]
    #: somebody of them has a guardian that day
    is_guarded: bool

    @property
    def applicant(self) -> Member | None:
        return next((member for member in self.members if member.role == MemberRole.APPLICANT), None)

    @property
    def name(self) -> str:
        """The applicant's name; the household's reference where there is none."""
        return str(self.applicant.person) if self.applicant else self.household.ref

    @property
    def place(self) -> str:
        """Where they are tonight, as far as the sight reaches; empty when not known."""
        return place_in_words(self.tonight, self.household.sight)

    @property
    def children(self) -> list[Member]:
        """Members in the role child who are under 18 that day."""
        return [
            member
            for member in self.members
            if member.role == MemberRole.CHILD and self.day < birthday(member.person.born_on, ADULT_AGE)
        ]

    @property
    def adults(self) -> int:
        children = (MemberRole.CHILD, MemberRole.CHILD_VISIT)
        grown = len([m for m in self.members if m.role == MemberRole.CHILD]) - len(self.children)
        return len([m for m in self.members if m.role not in children]) + grown

    @property
    def stay(self) -> Spell | None:
        """The stay in temporary accommodation whose span covers tonight."""
        covering = (s for s in self.spells if s.state == SpellState.TEMPORARY and s.starts_on <= self.day < s.ends_on)
        return next(covering, None)

    @property
    def stay_days(self) -> int | None:
        """Whole days since the stay's first night."""
        return (self.day - self.stay.starts_on).days if self.stay else None

    @property
    def is_over_three_months(self) -> bool:
        """Whether the day is later than the limit of a stay that goes on."""
        stay = self.stay
        return bool(stay and stay.limit_on and self.day > stay.limit_on)

    @property
    def homeless_since(self) -> date | None:
        covering = [s.homeless_since for s in self.spells if s.starts_on <= self.day < s.ends_on and s.homeless_since]
        return min(covering, default=None)

    @property
    def nights_in_year(self) -> int:
        """Nights in temporary accommodation in the twelve months before the coming night."""
        return sum(_nights(spell, add_months(self.day, -12), self.day) for spell in self.spells)

    @property
    def back_after(self) -> int | None:
        """Nights away between the stay of tonight and the one before it; None when there was none."""
        stay = self.stay
        before = [
            s.ends_on for s in self.spells if s.state == SpellState.TEMPORARY and stay and s.ends_on < stay.starts_on
        ]
        return (stay.starts_on - max(before)).days if stay and before else None

    @property
    def covering(self) -> Decision | None:
        """The decision given that grants tonight."""
        return next((d for d in self.decisions if d.grants(self.day)), None)

    @property
    def unwritten(self) -> Decision | None:
        """A decision given by word of mouth that nobody has written down."""
        return next((d for d in self.decisions if d.status == "oral"), None)

    @property
    def is_open(self) -> bool:
        return self.case is not None and self.case.state != "closed"


def situation_of(household: Household, *, at: datetime) -> Situation:
    """How the household, opened by a door of `people.access`, stands on the municipality's day of `at`."""
    day, sight, there = localdate(at), household.sight, kinds_there(household, _PERHAPS)
    tonight = residence_on(household, day)
    members = household.members.on(day).select_related("person")
    responsibility = household.responsibilities.on(day).select_related("unit").first()
    return Situation(
        household=household,
        day=day,
        members=sorted(members, key=lambda m: (_ROLES.index(MemberRole(m.role)), m.person.born_on, m.pk)),
        case=case_of(household),
        tonight=masked(tonight, sight) if tonight else None,
        spells=list(household.spells.order_by("starts_on")),
        owner=owner_on(household, day) if Assignment in there else None,
        unit=responsibility.unit if responsibility and sight.whereabouts else None,
        tasks=_open_tasks(household) if Task in there else [],
        decisions=_decisions(household) if Decision in there else [],
        plan=current_plan(household, day) if HousingPlan in there else None,
        unanswered=list(household.requests.filter(outcome="").order_by("asked_at")) if Request in there else [],
        needs=list(household.needs.on(day).order_by("starts_on")) if Need in there else [],
        is_guarded=Representative in there and is_guarded(household, day),
    )


def owner_on(household: Household, day: date) -> Assignment | None:
    owners = household.assignments.on(day).filter(role=AssignmentRole.OWNER)
    return owners.select_related("employee").first()


def _open_tasks(household: Household) -> list[Task]:
    return list(household.tasks.open().select_related("employee").order_by("due_on", "pk"))


def _decisions(household: Household) -> list[Decision]:
    return list(household.decisions.select_related("provider", "room").order_by("-pk"))


def is_guarded(household: Household, day: date) -> bool:
    """Whether a member of that day has a guardian."""
    guardians = household.representatives.on(day).filter(kind=RepresentativeKind.GUARDIAN)
    return guardians.filter(person__in=household.members.on(day).values("person")).exists()


def case_of(household: Household) -> Case | None:
    """The open case, else the one closed last."""
    return household.cases.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()


def residence_on(household: Household, day: date) -> Residence | None:
    """Where the household disposes of a place that night."""
    return household.residences.on(day).select_related("provider", "room", "dwelling").first()


def current_plan(household: Household, day: date) -> HousingPlan | None:
    plans = household.plans.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return plans.prefetch_related("steps").order_by("-made_on").first()


def next_deadline(situation: Situation) -> tuple[date, str] | None:
    """The nearest of `deadlines_of`."""
    return min(deadlines_of(situation), default=None)


def deadlines_of(situation: Situation) -> list[tuple[date, str]]:
    """What is to be done or ends: a day, with the words of the task's kind or one of `decision` and `planned_end`."""
    deadlines: list[tuple[date, str]] = [(task.due_on, task.get_kind_display()) for task in situation.tasks]
    if situation.covering and situation.tonight and situation.tonight.kind == SpellState.TEMPORARY:
        ends = [d.holds_until for d in situation.decisions if d.kind == "temporary" and d.status in GIVEN]
        deadlines.append((max(day for day in ends if day is not None), "decision"))
    if situation.tonight and situation.tonight.planned_end:
        deadlines.append((situation.tonight.planned_end, "planned_end"))
    return sorted(deadlines)


def _nights(spell: Spell, starts_on: date, ends_on: date) -> int:
    if spell.state != SpellState.TEMPORARY:
        return 0
    return sum(max((min(r.upper or OPEN, ends_on) - max(r.lower, starts_on)).days, 0) for r in spell.nights)
