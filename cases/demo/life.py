"""One household's way as those who work here would register it: each verb is an act, done at the life's own moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cases.actions.absences import record_absence
from cases.actions.assignments import hand_over
from cases.actions.closing import close_case, reopen_case
from cases.actions.corrections import Corrected, correct_residence
from cases.actions.extending import Extension, approve_overstay, extend, extend_many
from cases.actions.forwarding import ForwardTo, forward_request
from cases.actions.households import Situation, SplitReason, join_households, split_household
from cases.actions.members import record_birth
from cases.actions.needs import end_need
from cases.actions.placing import move, place, place_undisclosed
from cases.actions.plans import NewStep, finish_step, make_plan
from cases.actions.registration import NewNeed, register_household
from cases.actions.requests import NewRequest, answer_request, open_request
from cases.actions.residences import Destination, leave, lose_home, settle
from cases.actions.reviews import review_breach
from cases.actions.tasks import finish_task
from cases.actions.undo import undo_last
from cases.demo.content import content
from cases.demo.followed import Followed
from cases.demo.homes_leases import sign
from cases.models import (
    BreachReason,
    Case,
    Channel,
    ClosingReason,
    HomeAim,
    HousingPlan,
    LostHomeReason,
    Need,
    Outcome,
    Request,
    Task,
    TaskKind,
)
from housing.actions.providers import ban, keep_apart
from housing.models import RENTALS, BelowStandard, Lease, Provider, Residence, ResidenceKind, Spell
from housing.rooms import RoomOffer, free_rooms
from housing.states import PERMANENT_LEASE_MONTHS, add_months
from people.actions.persons import NewMember
from people.models import Employee, Member, MemberRole, Unit
from people.working_days import is_working_day

#: Rooms kept for stories that ask for them: nobody else's way leads there.
WOMEN_ONLY = "Tunet for kvinner"


class Life(Followed):
    """Everything that happens to a household, each by the act that does it."""

    def register(
        self,
        members: Sequence[NewMember],
        *,
        reason: LostHomeReason | str = "",
        situation: ResidenceKind | None = None,
        since: int = 0,
        need: NewNeed | None = None,
        asks: bool = True,
        lacks_place: bool = True,
    ) -> None:
        """Register the household; it has lived so for `since` days. One that lacks no place tonight gets its help."""
        self.household = register_household(
            unit_id=self.unit.pk,
            members=members,
            opened_on=self.today,
            lost_home_reason=reason,
            situation=situation,
            since=self.today - timedelta(days=since),
            request=self._request(lacks_place=lacks_place) if asks else None,
            need=need,
            accepted_warnings=True,
            **self._by(),
        )
        self.name_parents()
        if asks and not lacks_place:
            self.answer(Outcome.OFFER)

    def ask(self) -> None:
        open_request(household_id=self.household.pk, request=self._request(), **self._by())

    def answer(self, outcome: Outcome, *, note: str = "") -> None:
        """Say what came of all that is unanswered."""
        for request in Request.objects.unanswered().filter(household=self.household).order_by("pk"):
            if outcome == Outcome.PASSED_ON:
                to = ForwardTo(body=self.pick("requests", "passed_on_to"))
                forward_request(request_id=request.pk, to=to, reason=note, **self._by())
                continue
            answer_request(request_id=request.pk, outcome=outcome, note=note, **self._by())

    def _request(self, *, lacks_place: bool = True) -> NewRequest:
        is_open = is_working_day(self.today)
        channel = self.rng.choice([*Channel] if is_open else [Channel.ON_CALL, Channel.PHONE])
        return NewRequest(
            channel=channel,
            asked_by=self.pick("requests", "asked_by"),
            about=self.pick("requests", "about" if lacks_place else "about_home"),
            lacks_place_tonight=lacks_place,
        )

    # the place

    def offer(self, *, provider: str = "", kind: ResidenceKind = ResidenceKind.TEMPORARY) -> RoomOffer | None:
        """A room that is free from today on, of those that suit best; anywhere or at one provider."""
        providers = Provider.objects.filter(municipality=self.household.municipality_id, kind=kind)
        providers = providers.filter(name=provider) if provider else providers.exclude(name=WOMEN_ONLY)
        here, found = self._room_id(), free_rooms(household=self.household, night=self.today, providers=providers)
        offers = [offer for offer in found if offer.is_possible and offer.room.pk != here]
        if not offers:
            return None
        fewest = min(len(offer.problems) for offer in offers)
        return self.rng.choice([offer for offer in offers if len(offer.problems) == fewest])

    def place(self, nights: int, *, in_writing: bool = True, provider: str = "") -> bool:
        """Place the household for so many nights. → whether there was a room; the special unit does not say which."""
        if self.is_shielded:
            granted: dict[str, Any] = {"starts_on": self.today, "planned_end": self.today + timedelta(days=nights)}
            place_undisclosed(household_id=self.household.pk, kind=ResidenceKind.TEMPORARY, **granted, **self._by())
            return True
        offer = self.offer(provider=provider) or (self.offer() if provider else None)
        if offer is None:
            return False
        place(
            household_id=self.household.pk,
            room_id=offer.room.pk,
            starts_on=self.today,
            planned_end=self.today + timedelta(days=nights),
            parts=self.parts() if in_writing else None,
            below_standard=self._excuse(offer),
            **self._by_for(offer),
        )
        self.hand_over_decisions()
        return True

    def shelter(self, nights: int) -> bool:
        """A bed for the night where there is no temporary accommodation to be had."""
        offer = self.offer(kind=ResidenceKind.NIGHT_SHELTER)
        if offer is None:
            return False
        place(
            household_id=self.household.pk,
            room_id=offer.room.pk,
            starts_on=self.today,
            planned_end=self.today + timedelta(days=nights),
            parts=None,
            below_standard=BelowStandard.NOTHING_ELSE_FREE,
            **self._by(),
        )
        return True

    def move(self, *, provider: str = "", in_writing: bool = True) -> bool:
        """Move to another room for the rest of what is granted. → whether there was one."""
        offer, here = self.offer(provider=provider), self.residence()
        if offer is None or here is None or here.planned_end is None or here.planned_end <= self.today:
            return False
        move(
            household_id=self.household.pk,
            room_id=offer.room.pk,
            starts_on=self.today,
            parts=self.parts(is_first=False) if in_writing else None,
            below_standard=self._excuse(offer),
            **self._by_for(offer),
        )
        self.hand_over_decisions()
        return True

    def grant_until(self, day: date, *, in_writing: bool = True) -> None:
        """More nights where it is, beyond three months with a reason. Nothing when they are granted already."""
        here = self.residence()
        if here is None or here.kind != ResidenceKind.TEMPORARY or here.ends_on is not None:
            return
        if here.planned_end is not None and here.planned_end >= day:
            return
        stay = Spell.objects.stays().on(self.today).get(household=self.household)
        is_over = stay.limit_on is not None and day > stay.limit_on
        reason = self.pick("reasons", "overstay") if is_over else self.pick("reasons", "extend")
        (approve_overstay if is_over else extend)(
            household_id=self.household.pk,
            planned_end=day,
            parts=self.parts(is_first=False) if in_writing else None,
            reason=reason,
            **self._by(),
        )
        self.hand_over_decisions()

    def grant_over_the_weekend(self, day: date) -> None:
        """As on Fridays: from the list, by word of mouth."""
        extensions = [Extension(self.household.pk, day)]
        extend_many(extensions=extensions, reason=self.pick("reasons", "friday"), **self._by())

    # what is done meanwhile

    def plan(self) -> None:
        """Make a housing plan after a talk today."""
        steps = self.rng.sample(content("texts")["plans"]["steps"], k=self.rng.randint(2, 4))
        make_plan(
            household_id=self.household.pk,
            talk_on=self.today,
            aim=self.rng.choice([HomeAim.MUNICIPAL_RENTAL, HomeAim.MUNICIPAL_RENTAL, HomeAim.PRIVATE_RENTAL]),
            user_wants=self.pick("plans", "wants"),
            steps=[
                NewStep(what, who, self.today + timedelta(days=14 * number))
                for number, (what, who) in enumerate(steps, 1)
            ],
            **self._by(),
        )

    def do_a_step(self) -> None:
        plan = HousingPlan.objects.filter(household=self.household, ended_on__isnull=True).first()
        step = plan and plan.steps.filter(done_on__isnull=True).order_by("due_on").first()
        if step:
            finish_step(step_id=step.pk, **self._by())

    def be_away(self, where: str, *, days: int | None = None, ago: int = 0) -> None:
        """Away with the place held, since so many days."""
        starts_on = self.today - timedelta(days=ago)
        record_absence(
            household_id=self.household.pk,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days) if days else None,
            where=self.pick("reasons", where),
            **self._by(),
        )

    def review(self, *, days: int = 21) -> None:
        """The leader's look at the stay, with a deadline in so many days."""
        review_breach(
            household_id=self.household.pk,
            reason=self.rng.choice([*BreachReason]),
            measure=self.pick("reasons", "measures"),
            deadline=self.today + timedelta(days=days),
            by=self.town.leader,
            at=self.sitting(),
        )

    def leader_takes_note(self) -> None:
        """The leader ticks off what was only to be known; of a shielded household there is no leader to know."""
        if self.is_shielded:
            return
        plan_or_decision = (TaskKind.MAKE_PLAN, TaskKind.WRITE_DECISION)
        tasks = Task.objects.open().filter(household=self.household, for_leader=True).exclude(kind__in=plan_or_decision)
        for task in tasks.order_by("pk"):
            finish_task(task_id=task.pk, by=self.town.leader, at=self.sitting())

    # going

    def go(self, kind: ResidenceKind, *, late: int = 0, ahead: int = 0, **facts: Any) -> None:
        """Move out to somewhere that is no home here; told `late` days after, or `ahead` of the day."""
        on = self.today + timedelta(days=ahead - late)
        leave(household_id=self.household.pk, on=on, to=Destination(kind, **facts), **self._by())

    def move_home(self, to: Destination, *, late: int = 0, ahead: int = 0, signs: bool = True) -> None:
        """Into a home; who rents signs for it, but for those whose papers nobody has registered."""
        on = self.today + timedelta(days=ahead - late)
        if signs and not self.is_shielded and sign(self.household, to, on=on, **self._by()):
            return
        reason = self.pick("reasons", "moved_out")
        settle(household_id=self.household.pk, on=on, to=to, reason=reason, **self._by())

    def home(self, kind: ResidenceKind, *, on: date, months: int = 0, lease: Lease = Lease.ORDINARY) -> Destination:
        """A home from a day on, rented for so many months or without end; one of ours where one is free."""
        dwelling = self.town.free_dwelling(on) if kind == ResidenceKind.MUNICIPAL_RENTAL else None
        is_rental = kind in RENTALS
        why = self.pick("reasons", "section_11_1" if lease == Lease.SECTION_11_1 else "lease")
        return Destination(
            kind,
            dwelling_id=dwelling.pk if dwelling else None,
            lease=lease if is_rental else "",
            lease_ends_on=add_months(on, months) if months else None,
            lease_reason=why if is_rental and 0 < months < PERMANENT_LEASE_MONTHS else "",
        )

    def lose_home(self, reason: LostHomeReason, *, to: ResidenceKind = ResidenceKind.FRIENDS) -> None:
        if not Case.objects.open().filter(household=self.household).exists():
            reopen_case(household_id=self.household.pk, reason=self.pick("reasons", "reopened"), **self._by())
        lose_home(
            household_id=self.household.pk, on=self.today, lost_home_reason=reason, to=Destination(to), **self._by()
        )

    def close(self, reason: ClosingReason) -> None:
        close_case(household_id=self.household.pk, closing_reason=reason, **self._by())

    def end_needs(self) -> None:
        """The home is safe again, or suits."""
        for need in Need.objects.filter(household=self.household, ends_on__isnull=True).order_by("pk"):
            end_need(need_id=need.pk, on=self.today, **self._by())

    def correct(self, *, days: int, end: bool = False) -> None:
        """The place it lives in, or the one it left last, began or ended so many days later than registered."""
        told = Residence.objects.filter(household=self.household, provider__isnull=False)
        here = told.filter(ends_on__isnull=not end).latest("starts_on")
        moved = timedelta(days=days)
        corrected = Corrected(
            kind=ResidenceKind(here.kind),
            starts_on=here.starts_on if end else here.starts_on + moved,
            ends_on=here.ends_on + moved if end and here.ends_on else here.ends_on,
            provider_id=here.provider_id,
            room_id=here.room_id,
            planned_end=here.planned_end,
        )
        reason = self.pick("reasons", "wrong_end" if end else "correction")
        correct_residence(residence_id=here.pk, corrected=corrected, reason=reason, **self._by())

    def undo(self) -> None:
        undo_last(household_id=self.household.pk, reason=self.pick("reasons", "undone"), **self._by())

    # with others

    def bear(self) -> None:
        """A child is born into the household yesterday."""
        name = Member.objects.on(self.today).filter(household=self.household).order_by("pk").first()
        family = name.person.name.split()[-1] if name else ""
        child = self.cast.newborn(self.today - timedelta(days=1), family=family)
        record_birth(household_id=self.household.pk, child=child, accepted_warnings=True, **self._by())

    def split(self, *, roles: Mapping[MemberRole, MemberRole], reason: str, situation: Situation | None) -> Life:
        """Those of `roles`, by the role they have, form a household of their own today. → its life."""
        members = Member.objects.on(self.today).filter(household=self.household, role__in=roles)
        other = Life(self.town, self.cast, self.rng, owner=self.owner, unit=self.unit)
        other.at = self.sitting()
        other.household = split_household(
            household_id=self.household.pk,
            leaving={member.pk: roles[MemberRole(member.role)] for member in members},
            on=self.today,
            because=SplitReason(reason),
            keeps_owner=reason != SplitReason.VIOLENCE,
            reason=self.pick("reasons", reason),
            situation=situation,
            **self._by(),
        )
        return other

    def join(self, other: Life) -> None:
        """The other household becomes one with this one today; `household` is the one that goes on."""
        self.household = join_households(
            household_id=self.household.pk,
            other_id=other.household.pk,
            on=self.today,
            reason=self.pick("reasons", "together"),
            **self._by(),
        )

    def be_banned(self, *, days: int) -> None:
        """From the provider where it is, for so many days from today."""
        here = self.residence()
        if here is not None and here.provider_id is not None:
            ban(
                household_id=self.household.pk,
                provider_id=here.provider_id,
                starts_on=self.today,
                ends_on=self.today + timedelta(days=days),
                reason=self.pick("reasons", "ban"),
                **self._by(),
            )

    def keep_apart_from(self, other: Life) -> None:
        keep_apart(
            household_id=self.household.pk,
            other_id=other.household.pk,
            reason=self.pick("reasons", "apart"),
            **self._by(),
        )

    def hand_over(self, to: Unit, owner: Employee) -> None:
        """Another unit answers from today; `owner` is who acts there, once they do."""
        reason = self.pick("reasons", "handed_over")
        hand_over(household_id=self.household.pk, unit_id=to.pk, on=self.today, reason=reason, **self._by())
        self.owner, self.unit = owner, to
