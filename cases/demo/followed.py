"""A household in the demo, seen by who follows it up: what its story needs to know before it acts."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from django.utils.timezone import localdate

from cases.actions.arrivals import NewNotice
from cases.actions.decisions import ADULT_AT, DecisionParts, children_of, draft_decision, issue_decision
from cases.actions.notices import register_notice
from cases.actions.representatives import NewRepresentative, register_representative
from cases.demo.cast import Cast
from cases.demo.content import content
from cases.demo.moments import Moments
from cases.demo.town import Town
from cases.models import Case, Decision, DecisionStatus, NoticeWay, RepresentativeKind
from cases.questions.recipients import addressed_on
from housing.models import AT_A_PROVIDER, BelowStandard, Residence
from housing.rooms import RoomOffer
from housing.states import birthday
from housing.suitability import FOR_THE_LEADER
from people.actions.grants import open_with_reason
from people.models import Employee, GrantKind, Household, Language, MemberRole, Unit

#: Share of letters in nynorsk.
NYNORSK = 0.15
#: Share of decisions that whoever they are for takes along from the counter.
HANDED_OVER = 0.95


class Followed(Moments):
    """A household that is or is to be registered, who follows it up, and the moment its story has come to."""

    def __init__(self, town: Town, cast: Cast, rng: Random, *, owner: Employee, unit: Unit | None = None) -> None:
        super().__init__(rng, edge=town.edge)
        self.town, self.cast = town, cast
        self.owner, self.unit = owner, unit or town.nav
        self.household: Household
        self.language = Language.NYNORSK if rng.random() < NYNORSK else Language.BOKMAL

    @property
    def is_shielded(self) -> bool:
        return self.unit == self.town.special_unit

    # who does it

    def _by(self) -> dict[str, Any]:
        return {"by": self.owner, "at": self.sitting()}

    def pick(self, *path: str) -> str:
        found: Any = content("texts")
        for name in path:
            found = found[name]
        return str(self.rng.choice(found) if isinstance(found, list) else found)

    # looking

    def residence(self) -> Residence | None:
        return Residence.objects.on(self.today).filter(household=self.household).first()

    def _room_id(self) -> int | None:
        here = self.residence()
        return here.room_id if here is not None and here.kind in AT_A_PROVIDER else None

    def _excuse(self, offer: RoomOffer) -> str:
        codes = (BelowStandard.NOTHING_ELSE_FREE, BelowStandard.TOO_LATE, BelowStandard.OWN_WISH)
        return str(self.rng.choice(codes)) if offer.problems else ""

    def _by_for(self, offer: RoomOffer) -> dict[str, Any]:
        """Where the approval lapsed a child is placed by the leader, who opens the case to do it."""
        if FOR_THE_LEADER.isdisjoint(offer.problems):
            return self._by()
        as_leader = {**self._by(), "by": self.town.leader}
        open_with_reason(key=self.household.key, kind=GrantKind.ON_DUTY, **as_leader)
        return as_leader

    def name_parents(self) -> None:
        """Whoever has parental responsibility for a party that is not of age: letters go to them."""
        for member in self.household.members.filter(role__in=[MemberRole.APPLICANT, MemberRole.PARTNER]):
            if self.today < birthday(member.person.born_on, ADULT_AT):
                new = NewRepresentative(kind=RepresentativeKind.PARENT, name=self.pick("parent"), starts_on=self.today)
                told = {"household_id": self.household.pk, "person_id": member.person_id, **self._by()}
                register_representative(new=new, **told)

    # what is written

    def write_down(self) -> None:
        """Write what was given by word of mouth."""
        for decision in Decision.objects.unwritten().filter(household=self.household).order_by("pk"):
            on = decision.starts_on
            parts = self.parts(is_first=on == localdate(decision.told_at), on=on)
            issue_decision(decision_id=decision.pk, parts=parts, **self._by())
        self.hand_over_decisions()

    def hand_over_decisions(self) -> None:
        """Whoever is to have what was decided gets it in the hand; of a few it is known only that it was sent."""
        if self.rng.random() > HANDED_OVER:
            return
        for decision in Decision.objects.filter(household=self.household, status=DecisionStatus.ISSUED).order_by("pk"):
            for one in addressed_on(self.household, on=self.today, kind=decision.kind).recipients:
                told = NewNotice(recipient=one.key, way=NoticeWay.HANDED_OVER, reached_on=self.today)
                register_notice(decision_id=decision.pk, new=told, **self._by())

    def parts(self, *, is_first: bool = True, on: date | None = None) -> DecisionParts:
        case = Case.objects.filter(household=self.household).latest("pk")
        language = str(self.language)
        children = children_of(self.household, on=on or self.today)
        return DecisionParts(
            facts=self.pick("facts", language, case.lost_home_reason or "other"),
            considerations=self.pick("parts", language, "considerations"),
            start_reason=self.pick("parts", language, "start_reason" if is_first else "start_reason_later"),
            child_interests={child.pk: self.pick("parts", language, "child_interest") for child in children},
            user_view=self.pick("parts", language, "user_view"),
            language=language,
        )

    def decide_afterwards(self) -> None:
        """A written decision on a place that the household got without one."""
        here = self.residence()
        if here is None or here.planned_end is None:
            return
        decision = draft_decision(
            household_id=self.household.pk,
            residence_id=here.pk,
            starts_on=here.starts_on,
            ends_on=here.planned_end,
            **self._by(),
        )
        issue_decision(decision_id=decision.pk, parts=self.parts(on=here.starts_on), **self._by())
        self.hand_over_decisions()
